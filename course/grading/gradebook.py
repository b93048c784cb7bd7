"""nbgrader's gradebook, with one engine for a whole run and one transaction for each submission."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import ModuleType
from typing import Any
from unittest.mock import patch

import sqlalchemy
from nbgrader.api import BaseCell, Comment, Grade, Gradebook, MissingEntry, Notebook, SubmittedNotebook
from sqlalchemy.orm import Session, scoped_session, sessionmaker

WAIT_SECONDS = 60
"""How long to wait for somebody else who is writing into the same SQLite file, such as Formgrader."""


class Held(Session):
    """A session whose commits wait for the end of the submission: nbgrader's API commits after every step."""

    def commit(self) -> None:
        """Write the changes into the transaction, which stays open."""
        self.flush()

    def commit_all(self) -> None:
        """Make the transaction's changes last."""
        super().commit()


class RunGradebook(Gradebook):  # type: ignore[misc]
    """The gradebook of one run; `closed` by nbgrader's preprocessors it stays open."""

    def __init__(self, url: str, course_id: str) -> None:
        super().__init__(url, course_id)
        self.check_course()  # the course that nbgrader's preprocessors name by naming none
        super().close()
        options = {"timeout": WAIT_SECONDS} if url.startswith("sqlite") else {}
        self.engine = sqlalchemy.create_engine(url, connect_args=options)
        self.db = scoped_session(sessionmaker(bind=self.engine, class_=Held, expire_on_commit=False))
        self._grades: dict[tuple[str, str], Grade] = {}
        self._comments: dict[tuple[str, str], Comment] = {}

    def close(self) -> None:
        """Do nothing: who uses the gradebook within a submission does not end it."""

    def close_all(self) -> None:
        """Close the gradebook at the end of the run."""
        super().close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is written within, or nothing of it if the block raises."""
        try:
            yield
            self.db().commit_all()
        except BaseException:
            self.db.rollback()
            raise
        finally:
            self.db.remove()
            self._grades.clear()
            self._comments.clear()

    def find_grade(self, grade_cell: str, notebook: str, assignment: str, student: str) -> Any:
        """Return a grade of the submission at hand; all of them are read at once."""
        if not self._grades:
            self._grades = self._of_submission(Grade, assignment, student)
        return _found(self._grades, grade_cell, notebook, student)

    def find_comment(self, solution_cell: str, notebook: str, assignment: str, student: str) -> Any:
        """Return a comment of the submission at hand; all of them are read at once."""
        if not self._comments:
            self._comments = self._of_submission(Comment, assignment, student)
        return _found(self._comments, solution_cell, notebook, student)

    def _of_submission(self, kind: Any, assignment: str, student: str) -> dict[tuple[str, str], Any]:
        rows = (
            self.db.query(kind, BaseCell.name, Notebook.name)
            .join(BaseCell, BaseCell.id == kind.cell_id)
            .join(SubmittedNotebook, SubmittedNotebook.id == kind.notebook_id)
            .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
            .filter(SubmittedNotebook.assignment_id == self.find_submission(assignment, student).id)
        )
        return {(cell, notebook): row for row, cell, notebook in rows}

    def submission_ids(self, assignment: str) -> dict[str, str]:
        """Return the database's ids of an assignment's submissions by student."""
        with self.transaction():
            return {found.student_id: found.id for found in self.assignment_submissions(assignment)}


def _found(rows: dict[tuple[str, str], Any], cell: str, notebook: str, student: str) -> Any:
    if (cell, notebook) not in rows:
        raise MissingEntry(f"No such cell: {cell} of {notebook} for {student}")
    return rows[cell, notebook]


@contextmanager
def used_by(gradebook: RunGradebook, modules: list[ModuleType]) -> Iterator[None]:
    """Let nbgrader's modules, each of which opens a gradebook of its own for every step, use this one."""
    with ExitStack() as stack:
        for module in modules:
            if getattr(module, "Gradebook", None) is Gradebook:
                stack.enter_context(patch.object(module, "Gradebook", lambda *_, **__: gradebook))
        yield
