"""The instructor's version is graded before anybody is: what fails there would fail for the whole class."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import nbformat
from nbgrader.utils import determine_grade

from ...problems import CannotRun
from ...quoting import quoted
from ..released import Assignment, ReleasedCell, ReleasedNotebook, labelled_cells
from ..sandbox import frames
from ..worker.execution import ENDED
from ..worker.losses import error_in, grade_id_of, told, words_that_cost

INSTRUCTOR = "instructor"
"""Whose folder the cells find themselves in."""

PLACE = Path(".nbgrader", "instructor")
"""Where the course keeps of each assignment in which surroundings the instructor's version has earned full marks."""

MOST_TOLD = 3
"""How many faults are named when a run ends because of them."""

ELSEWHERE = ("CourseDirectory", "NbGrader")
"""Settings that say where a course lies, and nothing of how notebooks run."""

MEANT = "raises-exception"
"""The tag by which Jupyter knows a cell whose error is meant."""


class Graders(Protocol):
    """What grades submissions; see `Cluster`."""

    @property
    def slots(self) -> int:
        """How many submissions can be graded at the same time."""

    @property
    def in_flight(self) -> int:
        """How many submissions have been sent and not been given back."""

    def send(self, student: str, submission: bytes) -> None:
        """Have a submission graded."""

    def next(self) -> tuple[str, bytes | BaseException]:
        """Wait for a submission to come back; return whose it is with the answer, or with what went wrong."""


class Trial:
    """The instructor's version of an assignment, and what became of it.

    `state` is "not needed" where nobody was graded, "missing" where there is none, "passed before", "passed" or
    "failed"; `faults` say why, and `without` of which notebooks there is none. With `anyway`, faults stop nothing. That
    it has passed is written down if `keep`.
    """

    def __init__(self, course: Any, assignment: Assignment, *, anyway: bool, keep: bool) -> None:
        self.state = "not needed"
        self.faults: list[str] = []
        self._assignment, self._anyway, self._keep = assignment, anyway, keep
        solutions = Path(course.format_path(course.solution_directory, ".", assignment.name))
        self._texts: dict[str, str] = {}
        self.without: dict[str, str] = {}
        for name, notebook in assignment.notebooks.items():
            try:
                self._texts[name] = _version(notebook, solutions)
            except _NoVersion as why:
                self.without[name] = str(why)
        self._kept = Path(course.root) / PLACE / f"{assignment.name}.json"
        self._surroundings = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What every row says."""
        return (f"graded although the instructor's version fails here: {self.faults[0]}",) if self.faults else ()

    def as_data(self) -> dict[str, Any]:
        """Return what became of it, ready for JSON."""
        return {"state": self.state, "faults": self.faults, "without": self.without}

    def needed(self, surroundings: str) -> bool:
        """Return whether it has to be graded first: it has not earned full marks in these surroundings before."""
        assignment = self._assignment
        settings = {part: chosen for part, chosen in assignment.config.items() if part not in ELSEWHERE}
        said = (
            assignment.digest, assignment.judges, sorted(self._texts.items()), surroundings, assignment.borders.layers,
            assignment.limits, assignment.full, json.dumps(settings, sort_keys=True, default=_named),
            [_named(kind) for kind in (*assignment.before, *assignment.after)],
        )  # fmt: skip
        self._surroundings = hashlib.sha256(repr(said).encode()).hexdigest()
        if not self._texts:
            self.state = "missing"
        elif self._remembered() == self._surroundings:
            self.state = "passed before"
        return self._texts != {} and self.state != "passed before"

    def submission(self) -> bytes:
        """Return it as a student's would be sent to a worker."""
        files = frames.wrapped(self._assignment.files)
        sent = {"student": INSTRUCTOR, "instructors": True, "notebooks": self._texts, "files": files}
        return json.dumps(sent).encode()

    def hear(self, answer: bytes | BaseException) -> None:
        """Take what came back.

        Raises:
            CannotRun: if it has not earned full marks, unless that stops nothing.
        """
        if isinstance(answer, BaseException):
            self.faults = [f"it could not be graded ({type(answer).__name__}: {quoted(str(answer))})"]
        else:
            self.faults = list(_faults(self._assignment, json.loads(answer)["notebooks"]))
        if not self.faults:
            self.state = "passed"
            if self._keep:
                self._remember()
            return
        self.state = "failed"
        if not self._anyway:
            name = self._assignment.name
            more = f" and {len(self.faults) - MOST_TOLD} more" if len(self.faults) > MOST_TOLD else ""
            raise CannotRun(
                f"the instructor's version of {name} does not earn full marks in this sandbox, so nobody was graded: "
                f"{'; '.join(self.faults[:MOST_TOLD])}{more}. Put that right where notebooks run or in the source, or "
                f"grade all the same with `course autograde {name} --anyway`"
            )

    def _remembered(self) -> str:
        with suppress(OSError, ValueError, TypeError, KeyError):
            return str(json.loads(self._kept.read_bytes())["passed in"])
        return ""

    def _remember(self) -> None:
        with suppress(OSError):  # it will be graded once more, that is all
            self._kept.parent.mkdir(parents=True, exist_ok=True)
            arriving = self._kept.with_suffix(".new")
            arriving.write_text(json.dumps({"passed in": self._surroundings}), encoding="utf-8")
            arriving.replace(self._kept)


class InstructorFirst:
    """Graders that give no answer before they have given that on the instructor's version to its trial.

    Students' work runs meanwhile; what comes back waits, so that nothing is written down if the trial ends the run.
    `passed` is called when it does not.
    """

    def __init__(self, graders: Graders, trial: Trial, passed: Callable[[], None]) -> None:
        self._graders, self._trial, self._passed = graders, trial, passed
        self._waiting: deque[tuple[str, bytes | BaseException]] = deque()
        self._awaited = True
        graders.send("", trial.submission())  # no student has an empty name

    @property
    def slots(self) -> int:
        """How many submissions can be graded at the same time."""
        return self._graders.slots

    @property
    def in_flight(self) -> int:
        """How many submissions have been sent and not been given back."""
        return self._graders.in_flight + len(self._waiting) - self._awaited

    def send(self, student: str, submission: bytes) -> None:
        """Have a submission graded."""
        self._graders.send(student, submission)

    def next(self) -> tuple[str, bytes | BaseException]:
        """Wait for a submission to come back; return whose it is with the answer, or with what went wrong.

        Raises:
            CannotRun: if the instructor's version does not earn full marks.
        """
        while self._awaited:
            student, answer = self._graders.next()
            if student:
                self._waiting.append((student, answer))
            else:
                self._trial.hear(answer)
                self._passed()
                self._awaited = False
        return self._waiting.popleft() if self._waiting else self._graders.next()


def _named(thing: Any) -> str:
    """Return what tells a setting that is no plain data from another one, in every process the same."""
    return str(getattr(thing, "__qualname__", type(thing).__qualname__))


class _NoVersion(Exception):
    """There is no instructor's version of a notebook; the message is a clause that says why."""


def _version(notebook: ReleasedNotebook, solutions: Path) -> str:
    """Return the text of a notebook with its author's answers: nbgrader's source, or else the built solution."""
    if any(check.personal for check in notebook.checks.values()):
        raise _NoVersion("each student has numbers of their own")
    text = notebook.text
    with suppress(OSError, ValueError):
        text = text or (solutions / f"{notebook.name}.ipynb").read_text(encoding="utf-8")
    if not text:
        raise _NoVersion("there is neither a source nor a solution")
    answers = {cell.name: cell.source for cell in notebook.solution_cells if cell.cell_type == "code"}
    given = {name: "".join(cell["source"]) for name, cell in labelled_cells(text)}
    if answers and all(given.get(name, source) == source for name, source in answers.items()):
        raise _NoVersion("the source has no answers")
    return text


def _faults(assignment: Assignment, results: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the graded instructor's version, cell by cell."""
    for name, result in results.items():
        if "unreadable" in result:
            yield f"{name}.ipynb: {result['unreadable']}"
            continue
        released = assignment.notebooks[name]
        cells = nbformat.v4.reads(result["text"]).cells
        for number, cell in enumerate(cells, start=1):
            label = grade_id_of(cell) or str(number)
            if result["ended"] and (error_in(cell) or ("",))[0] == ENDED:
                yield f"{name}.ipynb, cell {label}: {result['ended']}"
                break
            if cell.cell_type != "code" or not (fault := _fault(cell, released.cells.get(label))):
                continue
            met = result["limits_met"].get(label)
            limit = f" (it met {met})" if met else ""
            yield f"{name}.ipynb, cell {label}: {fault}{limit}"
        there = set(map(grade_id_of, cells))
        missing = [cell.name for cell in released.grade_cells if cell.name not in there]
        yield from (f"{name}.ipynb, cell {cell}: the instructor's version lacks it" for cell in missing)


def _fault(cell: Any, known: ReleasedCell | None) -> str:
    """Return what is wrong with a cell that has run; an empty text if nothing is.

    An error is nothing wrong where it is meant, nor in a cell that the gradebook does not know, such as one that shows
    what an error looks like.
    """
    error, tested = error_in(cell), known is not None and known.grade and not known.solution
    if error and known is not None and (tested or MEANT not in cell.metadata.get("tags", ())):
        return told(error)
    if not tested:
        return ""
    if words := words_that_cost(cell):
        return f"it writes on stderr, which costs its points: {quoted(words)}"
    try:
        score, most = determine_grade(cell)
    except (ValueError, KeyError, TypeError) as problem:
        return f"it returns what is no grade ({quoted(str(problem))})"
    return "" if score is None or score >= most else f"it earns {score:g} of {most:g} points"
