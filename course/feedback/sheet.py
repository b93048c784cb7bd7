"""What is told on one notebook's feedback: its scores from the gradebook, its kept verdicts, the comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from checks.explaining.look import COLOURS, SYMBOLS, WORDS
from checks.judging.verdict import State

from ..building.sections import SAID_POINTS
from ..kept_verdicts import KeptVerdict
from ..quoting import quoted
from .hiding import LINE_LEFT_OUT, Delimiters, Hidden, plain

NO_VERDICT = ("!", "No verdict", "#8a6100")
"""For a check whose cell ended before it could say anything."""

HEADING = re.compile(r"^#{1,6}[ \t]+(\S.{0,99})", re.MULTILINE)

KINDS = {"task": "task", "solution": "answer", "grade": "test"}


@dataclass(frozen=True)
class Scored:
    """A cell as the gradebook has it: its score of `points`, if it is graded, and what the teacher says about it.

    `title` is the heading above it, with its name if others stand there or it is a test. `ended` is how its run ended,
    if that was an error.
    """

    grade_id: str
    title: str
    kind: str
    score: float | None
    points: float
    comment: str = ""
    ended: str = ""


@dataclass
class Sheet:
    """Everything that is told about one notebook of one submission.

    `sources` are the assignment's cells as its author wrote them, `kinds` what each grade_id is in the gradebook.
    `verdicts` are None where there is no usable file of them; `unread` are the cells that a person has still to grade.
    The rest is filled in while the page is made.
    """

    student: str
    assignment: str
    notebook: str
    sources: tuple[str, ...] = ()
    kinds: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)
    verdicts: tuple[KeptVerdict, ...] | None = None
    delimiters: Delimiters = field(default_factory=Delimiters)
    unread: tuple[str, ...] = ()
    hidden: Hidden = field(default_factory=Hidden)
    cells: tuple[Scored, ...] = ()
    score: float = 0.0
    max_score: float = 0.0
    late_penalty: float = 0.0

    def tasks(self) -> list[tuple[KeptVerdict, Scored | None]]:
        """Return each verdict, with nothing of hidden tests in it, and the cell that it is about."""
        cells = {cell.grade_id: cell for cell in self.cells}
        return [(self._tellable(verdict), cells.get(verdict.grade_id)) for verdict in self.verdicts or ()]

    def _tellable(self, verdict: KeptVerdict) -> KeptVerdict:
        told: dict[str, Any] = {
            name: self.hidden.without_quotations(plain(value))
            for name, value in vars(verdict).items()
            if isinstance(value, str) and name not in ("grade_id", "state")
        }
        notes = tuple(self.hidden.without_quotations(plain(note)) for note in verdict.notes)
        return replace(verdict, notes=notes, **told)


def state_of(verdict: KeptVerdict) -> tuple[str, str, str]:
    """Return a verdict's state as a symbol, words and a colour."""
    if verdict.state not in set(State):
        return NO_VERDICT
    state = State(verdict.state)
    return SYMBOLS[state], WORDS[state], COLOURS[state]


def explanation(verdict: KeptVerdict) -> Iterator[str]:
    """Yield a verdict's sentences, most important first: what, where, why, and where to look next."""
    yield verdict.headline or "The check said nothing: its cell ended before it could."
    if verdict.location:
        yield verdict.location
    if verdict.problem:
        yield verdict.problem
    if verdict.cause:
        cause = f"{verdict.cause.rstrip('. ')}."
        named = verdict.equation and verdict.equation not in cause
        yield f"{cause} {verdict.equation.rstrip('. ')}." if named else cause
    yield from (f"Note: {note}" for note in verdict.notes)
    if verdict.next_step:
        yield f"Next: {verdict.next_step}"


def points_of(verdict: KeptVerdict, cell: Scored | None) -> str:
    """Return the points for a task: the gradebook's, which a person may have changed, or else the check's own."""
    if cell is not None and cell.score is not None:
        return out_of(cell.score, cell.points)
    return out_of(verdict.earned, verdict.points)


def out_of(score: float, points: float) -> str:
    """Return points in words, to hundredths as nbgrader has them."""
    return f"{round(score, 2):g} of {round(points, 2):g}"


class CollectScores(NbGraderPreprocessor):  # type: ignore[misc]
    """A preprocessor that notes what nbgrader's `GetGrades` has put into the notebook."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook as it is, its scores and comments in the sheet."""
        sheet, told = resources["feedback"], resources["nbgrader"]
        sheet.score, sheet.max_score = float(told["score"]), float(told["max_score"])
        sheet.late_penalty = float(told["late_penalty"])
        sheet.cells = tuple(_scored_cells(nb.cells))
        return nb, resources


def _scored_cells(cells: Sequence[Any]) -> Iterator[Scored]:
    heading, found = "", []
    for cell in cells:
        if "nbgrader" in cell.metadata:
            found.append(_scored(cell, heading))
        if cell.cell_type == "markdown" and not cell.metadata.get("nbgrader", {}).get("solution"):
            headings = [SAID_POINTS.sub("", plain(one).strip()) for one in HEADING.findall(cell.source)]
            heading = (headings or [heading])[-1]
    times = Counter(cell.title for cell in found if cell.kind != "test")
    for cell in found:
        alone = cell.title and cell.kind != "test" and times[cell.title] == 1
        yield cell if alone else replace(cell, title=" · ".join(filter(None, (cell.title, cell.grade_id))))


def _scored(cell: Any, heading: str) -> Scored:
    settings = cell.metadata["nbgrader"]
    kind = next((word for key, word in KINDS.items() if settings.get(key)), "")
    score = settings.get("score")
    ended = [_ending(output) for output in cell.get("outputs", []) if output.output_type == "error"]
    return Scored(
        settings["grade_id"],
        heading,
        kind,
        None if score is None else float(score),
        float(settings.get("points") or 0),
        str(settings.get("comment") or ""),
        ended[-1] if ended else "",
    )


def _ending(error: Any) -> str:
    first = (plain(str(error.evalue)).splitlines() or [""])[0]
    name = plain(str(error.ename))
    return quoted(f"{name}: {first}" if first and first != LINE_LEFT_OUT else name)
