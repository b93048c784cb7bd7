"""Write a graded submission into the gradebook and the autograded folder, with nbgrader's own steps for both."""

import shutil
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import MissingEntry
from nbgrader.converters import Autograde
from nbgrader.converters import autograde as nbgrader_autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties, CheckCellMetadata, SaveAutoGrades
from nbgrader.utils import determine_grade, is_grade

from ...kept_verdicts import KeptVerdict, write_verdicts
from ...quoting import quoted
from ..worker.losses import grade_id_of
from ..worker.preprocessors import OURS
from . import records
from .run_gradebook import RunGradebook, used_by
from .submissions import Submission

INBOX = ".inbox"

UNCHANGING = {SaveAutoGrades, AssignLatePenalties, CheckCellMetadata}
"""Preprocessors that leave the notebook itself as it is."""


class Steps(Autograde):  # type: ignore[misc]
    """nbgrader's `Autograde`, whose input and output are the folders of one submission at a time."""

    inbox: Path
    staged: Path

    def _format_source(self, assignment_id: str, student_id: str, escape: bool = False) -> str:
        return str(self.inbox)

    def _format_dest(self, assignment_id: str, student_id: str, escape: bool = False) -> str:
        return str(self.staged)


class Recorder:
    """Records the graded submissions of one assignment.

    `last` are nbgrader's preprocessors from the saving of grades on, `others` notebooks that are left as they are.
    Everything of a submission is one transaction; the folder takes its place when the transaction is through, and with
    it the record that says so.
    """

    def __init__(
        self,
        course: CourseDirectory,
        config: Any,
        gradebook: RunGradebook,
        last: Sequence[type],
        log: Any,
        others: Collection[str],
    ) -> None:
        self._course, self._config, self._log = course, config, log
        self._gradebook, self._last, self._others = gradebook, last, others
        self._steps = Steps(coursedir=course, config=config, log=log)
        self._modules = [nbgrader_autograde, *(sys.modules[kind.__module__] for kind in last)]

    @property
    def forced(self) -> bool:
        """Whether the configuration has everything graded again."""
        return bool(self._steps.force)

    def not_overwritten(self, assignment: str) -> list[str]:
        """Return the files of an assignment that students may hand in in the place of those that were released."""
        return list(self._steps.exclude_overwriting.get(assignment, []))

    def record(
        self,
        submission: Submission,
        notebooks: Mapping[str, str],
        verdicts: Mapping[str, Sequence[KeptVerdict]],
        record: records.Record,
    ) -> records.Record:
        """Write down the graded notebooks of a submission, with the verdicts on them, and return its record.

        Raises `OSError` or SQLAlchemy's errors where that cannot be done; then nothing is changed.
        """
        name = self._course.assignment_id
        folder = Path(self._course.format_path(self._course.autograded_directory, submission.student, name))
        fresh = records.staging(folder)
        try:
            others = self._left_as_they_are(folder, fresh)
            with self._gradebook.transaction(), used_by(self._gradebook, self._modules):
                reasons = self._staged(submission, notebooks, fresh)
                for notebook, on_it in verdicts.items():
                    if on_it:
                        write_verdicts(fresh, name, notebook, on_it)
                row = self._gradebook.find_submission(name, submission.student).id
                reasons = [*record.reasons, *reasons]
                files = records.of_notebooks(records.digests(fresh), notebooks) | others
                record = replace(record, row=row, reasons=tuple(reasons), files=files)
                record.write(fresh)
                records.make_durable(fresh)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        records.put_in_place(fresh, folder)
        return record

    def _left_as_they_are(self, folder: Path, fresh: Path) -> dict[str, str]:
        """Take the other notebooks over from a folder; return the digests that they had when they were graded."""
        for file in records.of_notebooks(records.digests(folder), self._others):
            shutil.copyfile(folder / file, fresh / file)
        record = records.Record.read(folder)
        return records.of_notebooks(record.files, self._others) if record else {}

    def _staged(self, submission: Submission, notebooks: Mapping[str, str], fresh: Path) -> list[str]:
        """Make the folder's contents and the gradebook's changes; return what a person should look at."""
        steps, name = self._steps, self._course.assignment_id
        steps.inbox, steps.staged = fresh / INBOX, fresh
        for path, content in submission.files.items():
            target = steps.inbox / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        steps.notebooks = [str(steps.inbox / f"{notebook}.ipynb") for notebook in notebooks]
        steps.run_pre_convert_hook()
        with self._scores_left(submission.student):
            steps.init_assignment(name, submission.student)
        shutil.rmtree(steps.inbox, ignore_errors=True)

        there = {notebook: nbformat.v4.reads(text) for notebook, text in notebooks.items()}
        present = {(grade_id_of(cell), name) for name, one in there.items() for cell in one.cells}
        self._take_back(submission.student, present)
        reasons: list[str] = []
        for notebook, text in notebooks.items():
            cells = there[notebook]
            impossible = _impossible_grades(cells)
            cells = self._save(cells, notebook, submission.student)
            if impossible or not set(self._last) <= UNCHANGING:
                text = nbformat.v4.writes(cells)
            (fresh / f"{notebook}.ipynb").write_text(text + "\n", encoding="utf-8")
            reasons += impossible
        steps.set_permissions(name, submission.student)
        steps.run_post_convert_hook()
        return reasons

    @contextmanager
    def _scores_left(self, student: str) -> Iterator[None]:
        """Leave the other notebooks their scores; nbgrader gives 0 to those that are not handed in any more."""
        grades: list[Any] = []
        with suppress(MissingEntry):
            found = self._gradebook.grades(self._course.assignment_id, student)
            grades += [grade for (_, notebook), grade in found.items() if notebook in self._others]
        before = [(grade.auto_score, grade.needs_manual_grade) for grade in grades]
        yield
        for grade, (score, needed) in zip(grades, before, strict=True):
            grade.auto_score, grade.needs_manual_grade = score, needed

    def _take_back(self, student: str, present: Collection[tuple[str, str]]) -> None:
        """Take back what an earlier submission earned by cells that are not `present`, named with their notebooks."""
        for cell, grade in self._gradebook.grades(self._course.assignment_id, student).items():
            if cell not in present and cell[1] not in self._others:
                grade.auto_score = grade.auto_score and 0.0
                grade.needs_manual_grade = grade.manual_score is not None

    def _save(self, cells: Any, notebook: str, student: str) -> Any:
        names = {"student": student, "assignment": self._course.assignment_id, "notebook": notebook}
        resources: dict[str, Any] = {"nbgrader": {**names, "db_url": self._course.db_url}}
        for kind in self._last:
            cells, resources = OURS.get(kind, kind)(config=self._config, log=self._log)(cells, resources)
            self._gradebook.look_again()
        return cells


def _impossible_grades(notebook: Any) -> list[str]:
    """Let a check that returns more points than its cell has count nothing; nbgrader would drop the submission."""
    reasons = []
    for cell in notebook.cells:
        if not is_grade(cell):
            continue
        try:
            determine_grade(cell)
        except (ValueError, KeyError, TypeError) as problem:
            settings = cell.metadata["nbgrader"]
            reasons.append(
                f"the check {settings['grade_id']} returned what is no grade ({quoted(str(problem), 160)}); it counts 0"
            )
            said = f"Not graded: {quoted(str(problem), 160)}."
            cell.outputs.insert(0, nbformat.v4.new_output("error", ename="NoGrade", evalue=said, traceback=[said]))
    return reasons
