"""nbgrader's gradebook, with one engine for a whole run and one transaction for each submission."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Self
from unittest.mock import patch

import sqlalchemy
from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Notebook,
    SourceCell,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy.orm import Session, scoped_session, sessionmaker

WAIT_SECONDS = 60
"""How long to wait for somebody else who is writing into the same SQLite file, such as Formgrader."""

COMPUTED = {
    kind: [
        column.key
        for column in sqlalchemy.inspect(kind).column_attrs
        if not isinstance(column.columns[0], sqlalchemy.Column)
    ]
    for kind in (SubmittedAssignment, SubmittedNotebook)
}
"""What the database computes of a submission from other tables, such as its score."""


@dataclass(frozen=True)
class Points:
    """What a grade of the gradebook is worth; `score` is None until a person or a program has given one."""

    score: float | None
    most: float
    by_hand: bool

    @classmethod
    def of(cls, grade: Any) -> Self:
        """Return the points of a row of nbgrader's: what a person gave counts before what a program did."""
        given = grade.auto_score if grade.manual_score is None else grade.manual_score
        score = None if given is None else float(given) + float(grade.extra_credit or 0)
        return cls(score, float(grade.cell.max_score), grade.manual_score is not None)


class Held(Session):  # type: ignore[misc]
    """A session whose commits wait for the end of the submission: nbgrader's API commits after every step."""

    def commit(self) -> None:
        """Leave the transaction open; what is pending is written before the next query."""

    def commit_all(self) -> None:
        """Make the transaction's changes last."""
        super().commit()


class RunGradebook(Gradebook):  # type: ignore[misc]
    """The gradebook of one run; `closed` by nbgrader's preprocessors it stays open."""

    def __init__(self, url: str, course_id: str) -> None:
        options = {"timeout": WAIT_SECONDS} if url.startswith("sqlite") else {}
        self.engine = sqlalchemy.create_engine(url, connect_args=options)
        self.db = scoped_session(sessionmaker(bind=self.engine, class_=Held, expire_on_commit=False))
        self.course_id = course_id
        self.authenticator = None
        self._released: dict[tuple[str, ...], Any] = {}
        self._found: dict[tuple[str, ...], Any] = {}
        self._grades: dict[tuple[str, str], Grade] = {}
        self._comments: dict[tuple[str, str], Comment] = {}

    @property
    def is_empty(self) -> bool:
        """Whether no assignment was ever put into this database."""
        return "assignment" not in sqlalchemy.inspect(self.engine).get_table_names()

    def begin(self) -> None:
        """Make the rows that nbgrader makes whenever it opens a gradebook."""
        with self.transaction():
            self.check_courses()

    def check_courses(self) -> None:
        """Make those rows within a transaction that is there."""
        self.check_course(self.course_id)
        self.check_course()  # the course that nbgrader's preprocessors name by naming none

    def close(self) -> None:
        """Do nothing: who uses the gradebook within a submission does not end it."""

    def close_all(self) -> None:
        """Close the gradebook at the end of the run."""
        super().close()

    def look_again(self) -> None:
        """Write what is pending and forget the scores computed before, as a gradebook does that is opened anew."""
        self.db.flush()
        for row in list(self.db.identity_map.values()):
            if isinstance(row, SubmittedAssignment | SubmittedNotebook):
                self.db.expire(row, COMPUTED[type(row)])

    def find_assignment(self, name: str) -> Any:
        """Return an assignment. Raise `MissingEntry` if there is none of this name."""
        return _once(self._released, super().find_assignment, name)

    def find_notebook(self, name: str, assignment: str) -> Any:
        """Return a released notebook. Raise `MissingEntry` if there is none of this name."""
        return _once(self._released, super().find_notebook, name, assignment)

    def find_student(self, student_id: str) -> Any:
        """Return a student. Raise `MissingEntry` if there is none with this id."""
        return _once(self._found, super().find_student, student_id)

    def find_submission(self, assignment: str, student: str) -> Any:
        """Return a student's submission. Raise `MissingEntry` if there is none."""
        known = ("find_submission", assignment, student) in self._found
        if not known and sqlalchemy.inspect(self.find_student(student)).pending:
            raise MissingEntry(f"{student}, who was just added, has not submitted {assignment}")
        return _once(self._found, super().find_submission, assignment, student)

    def find_submission_notebook(self, notebook: str, assignment: str, student: str) -> Any:
        """Return a notebook of a student's submission. Raise `MissingEntry` if there is none."""
        return _once(self._found, super().find_submission_notebook, notebook, assignment, student)

    def add_student(self, student_id: str, **fields: Any) -> Any:
        """Add a student, who is then found without asking the database."""
        student = super().add_student(student_id, **fields)
        self._found["find_student", student_id] = student
        return student

    def add_submission(self, assignment: str, student: str, **fields: Any) -> Any:
        """Add a submission with all its grades and comments, which are then found without asking the database."""
        submission = super().add_submission(assignment, student, **fields)
        self._found["find_submission", assignment, student] = submission
        for notebook in submission.notebooks:
            notebook.late_submission_penalty = None  # which it is later found to be: then nothing is to be changed
            name = notebook.notebook.name
            self._found["find_submission_notebook", name, assignment, student] = notebook
            cells = {cell.id: cell.name for cell in notebook.notebook._base_cells}
            self._grades |= {(cells[grade.cell_id], name): grade for grade in notebook.grades}
            self._comments |= {(cells[comment.cell_id], name): comment for comment in notebook.comments}
        return submission

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is written within, or nothing of it if the block raises.

        What was released stays at hand for the next transaction; what belongs to a student is forgotten.
        """
        try:
            yield
            self.db().commit_all()
        except BaseException:
            self.db.rollback()
            raise
        finally:
            self._forget_student()

    def _forget_student(self) -> None:
        for row in list(self.db.identity_map.values()):
            if not isinstance(row, Assignment | Notebook | BaseCell | SourceCell):
                self.db.expunge(row)
            elif isinstance(row, Assignment | Notebook):
                self.db.expire(row, ["submissions"])  # which holds what was added to them
        for found in (self._found, self._grades, self._comments):
            found.clear()

    def grades(self, assignment: str, student: str) -> dict[tuple[str, str], Any]:
        """Return the grades of the submission at hand by the names of cell and notebook; all are read at once."""
        if not self._grades:
            self._grades = self._of_submission(Grade, assignment, student)
        return self._grades

    def find_grade(self, grade_cell: str, notebook: str, assignment: str, student: str) -> Any:
        """Return a grade of the submission at hand. Raise `MissingEntry` if there is none of this cell."""
        return _of_cell(self.grades(assignment, student), grade_cell, notebook, student)

    def find_comment(self, solution_cell: str, notebook: str, assignment: str, student: str) -> Any:
        """Return a comment of the submission at hand; all of them are read at once."""
        if not self._comments:
            self._comments = self._of_submission(Comment, assignment, student)
        return _of_cell(self._comments, solution_cell, notebook, student)

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
            found = self.db.query(SubmittedAssignment.student_id, SubmittedAssignment.id)
            return {student: row for student, row in self._of_assignment(found, assignment)}

    def scores(self, assignment: str) -> tuple[dict[str, float], float]:
        """Return the scores of an assignment's submissions by student, without late penalties, and the greatest."""
        with self.transaction():
            earned = self.db.query(SubmittedAssignment.student_id, SubmittedAssignment.score)
            scores = {student: float(score) for student, score in self._of_assignment(earned, assignment)}
            late = self.db.query(SubmittedAssignment.student_id, SubmittedNotebook.late_submission_penalty)
            late = late.join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            for student, penalty in self._of_assignment(late, assignment):
                scores[student] -= float(penalty or 0)
            return scores, float(self.find_assignment(assignment).max_score)

    def waiting(self, assignment: str) -> dict[str, float]:
        """Return the points that wait for a person to give them, by student who has some."""
        with self.transaction():
            found = self.db.query(SubmittedAssignment.student_id, Grade.max_score)
            found = found.join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            found = found.join(Grade, Grade.notebook_id == SubmittedNotebook.id).filter(Grade.needs_manual_grade)
            waiting: dict[str, float] = {}
            for student, points in self._of_assignment(found, assignment):
                waiting[student] = waiting.get(student, 0.0) + float(points or 0)
            return waiting

    def score_of(self, assignment: str, student: str) -> float:
        """Return a student's score as `scores` does, within a transaction."""
        self.look_again()
        submission = self.find_submission(assignment, student)
        return float(submission.score) - sum(float(one.late_submission_penalty or 0) for one in submission.notebooks)

    def points(self, assignment: str, student: str) -> dict[str, Points]:
        """Return the points for each graded cell of a submission, as NOTEBOOK/GRADE_ID; nothing if there is none."""
        self.db.flush()
        try:
            grades = self._of_submission(Grade, assignment, student)
        except MissingEntry:
            return {}
        return {f"{notebook}/{cell}": Points.of(grade) for (cell, notebook), grade in sorted(grades.items())}

    def _of_assignment(self, query: Any, assignment: str) -> Any:
        joined = query.join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        return joined.filter(Assignment.name == assignment)


def _once(found: dict[tuple[str, ...], Any], find: Callable[..., Any], *names: str) -> Any:
    """Return what `find` finds by these names, which is kept in `found`."""
    key = (find.__name__, *names)
    if key not in found:
        found[key] = find(*names)
    return found[key]


def _of_cell(rows: dict[tuple[str, str], Any], cell: str, notebook: str, student: str) -> Any:
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
