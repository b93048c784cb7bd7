"""What a run would change: grades are written by nbgrader's own steps, looked at, and taken back."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat

from ...kept_verdicts import KeptVerdict, UnusableVerdicts, read_verdicts, verdicts_file
from ..released import labelled_cells
from ..worker.losses import error_in, grade_id_of, told
from . import records
from .recording import Recorder
from .run_gradebook import Points, used_by
from .submissions import Submission

Verdicts = Mapping[str, Sequence[KeptVerdict]]


@dataclass(frozen=True)
class Change:
    """A graded cell, as NOTEBOOK/GRADE_ID, whose score or explanation would change; a score is None where none is.

    Of a score `by_hand` only a person can change something.
    """

    cell: str
    points: float
    before: float | None
    after: float | None
    said_before: str
    said_after: str
    by_hand: bool

    def __str__(self) -> str:
        """Return it as a line for the terminal."""
        scores = f"{in_points(self.before)} → {in_points(self.after)} of {self.points:g}"
        if self.before == self.after:
            scores = f"{in_points(self.after)} of {self.points:g} as before{', given by hand' if self.by_hand else ''}"
        return f"{self.cell}: {scores} ({self.said_before or 'nothing'} → {self.said_after or 'nothing'})"


@dataclass(frozen=True)
class Rehearsed:
    """What would become of one submission: what changes, its score, and the verdicts by notebook."""

    changes: tuple[Change, ...]
    score: float
    verdicts: Verdicts


class Rehearsal(Recorder):
    """A recorder that keeps nothing but what would have changed, by student; `scratch` is a folder for its files."""

    def __init__(self, *arguments: Any, scratch: Path) -> None:
        super().__init__(*arguments)
        self.found: dict[str, Rehearsed] = {}
        self._scratch = scratch

    def begin(self) -> None:
        """Leave the rows that a run makes first to each transaction."""

    def record(
        self, submission: Submission, notebooks: Mapping[str, str], verdicts: Verdicts, record: records.Record
    ) -> records.Record:
        """Do everything that writing a submission down does, note what it changes, and undo it."""
        name, student = self._course.assignment_id, submission.student
        folder = Path(self._course.format_path(self._course.autograded_directory, student, name))
        fresh = Path(tempfile.mkdtemp(dir=self._scratch))
        said_before = _said_in(folder, name)
        said_after = {cell: words for cell, words in said_before.items() if cell.partition("/")[0] in self._others}
        said_after |= said(notebooks, verdicts)
        reasons: list[str] = []
        with suppress(_Undone):
            try:
                with self._gradebook.transaction(), used_by(self._gradebook, self._modules):
                    self._gradebook.check_courses()
                    before = self._gradebook.points(name, student)
                    reasons = self._staged(submission, notebooks, fresh)
                    after = self._gradebook.points(name, student)
                    changes = (
                        Change(
                            cell,
                            now.most,
                            before[cell].score if cell in before else None,
                            now.score,
                            said_before.get(cell, ""),
                            said_after.get(cell, ""),
                            now.by_hand,
                        )
                        for cell, now in in_order(after, notebooks).items()
                    )
                    changed = [one for one in changes if (one.before, one.said_before) != (one.after, one.said_after)]
                    score = self._gradebook.score_of(name, student)
                    self.found[student] = Rehearsed(tuple(changed), score, verdicts)
                    raise _Undone
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
        return replace(record, reasons=(*record.reasons, *reasons))


class _Undone(Exception):
    """Ends a transaction of which nothing is to be kept."""


def notebooks_in(folder: Path) -> dict[str, str]:
    """Return the texts of the notebooks in an autograded folder by their names; nothing of those that are no text."""
    texts = {}
    for path in sorted(folder.glob("*.ipynb")):
        with suppress(OSError, ValueError):
            texts[path.stem] = path.read_text(encoding="utf-8")
    return texts


def in_order(points: Mapping[str, Points], texts: Mapping[str, str]) -> dict[str, Points]:
    """Return points by cell, as NOTEBOOK/GRADE_ID, in the order of the cells; those that are not there come last."""
    cells: list[str] = []
    for name, text in texts.items():
        with suppress(ValueError, AttributeError):  # what is there may be anybody's
            cells += [f"{name}/{grade_id}" for grade_id, _ in labelled_cells(text)]
    places = {cell: place for place, cell in enumerate(cells)}
    return dict(sorted(points.items(), key=lambda item: places.get(item[0], len(cells))))


def _said_in(folder: Path, assignment: str) -> dict[str, str]:
    """Return what is said of each graded cell in an autograded folder; nothing where that cannot be read."""
    texts = notebooks_in(folder)
    verdicts: dict[str, list[KeptVerdict]] = {}
    for name in texts:
        with suppress(UnusableVerdicts):
            verdicts[name] = read_verdicts(verdicts_file(folder, name), assignment)
    return said(texts, verdicts)


def said(notebooks: Mapping[str, str], verdicts: Verdicts) -> dict[str, str]:
    """Return in a few words what is said of each cell, as NOTEBOOK/GRADE_ID: a verdict, or the error that ended it."""
    found = {}
    for name, text in notebooks.items():
        with suppress(ValueError, KeyError, AttributeError):  # what is there may be anybody's
            for cell in nbformat.reads(text, as_version=4).cells:
                if error := error_in(cell):
                    found[f"{name}/{grade_id_of(cell)}"] = told(error)
    for name, on_it in verdicts.items():
        found |= {f"{name}/{verdict.grade_id}": _in_short(verdict) for verdict in on_it}
    return found


def _in_short(verdict: KeptVerdict) -> str:
    labels = ", ".join(verdict.labels)
    return labels or (verdict.state if verdict.state != "wrong" else verdict.headline)


def in_points(score: float | None) -> str:
    """Return a score to hundredths, as nbgrader has it."""
    return "–" if score is None else f"{round(score, 2):g}"
