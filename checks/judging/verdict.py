"""A verdict: what a check found, as data that text, HTML and the gradebook are rendered from."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from checks.judging.comparing import Comparison
from checks.judging.reference import Override


class State(StrEnum):
    """How a task stands."""

    RIGHT = "right"
    WRONG = "wrong"
    NOT_ATTEMPTED = "not attempted"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Cause:
    """A mistake that reproduces what was observed, to `digits` digits at least (0: no numbers were compared).

    `equation` names the equations that it spoils; `convention` is the rule that the exercise has set, where the
    mistake is a constant factor; `mistakes` are what it was found with, as steps done otherwise.
    """

    labels: tuple[str, ...]
    sentence: str
    digits: int = 0
    equation: str = ""
    convention: str = ""
    mistakes: tuple[Override, ...] = field(default=(), compare=False)


class What(StrEnum):
    """What is certain of a line of a student's cell."""

    RIGHT = "right"
    WRONG = "the first that is not right"
    STOPS = "where it stops"


@dataclass(frozen=True)
class Mark:
    """What is certain of a line: that what it makes is right, or is the first that is not, or that it stops there.

    `quantity` is what it makes, or should make, in the notebook's symbols, and `equation` its number, where they are
    known. The wrong expression stands from the column `begin` to the column `end` of the line `end_line`.
    """

    line: int
    what: What
    quantity: str = ""
    equation: str = ""
    begin: int = 0
    end_line: int = 0
    end: int = 0


@dataclass(frozen=True)
class Margin:
    """A student's cell, line by line, and what is certain of some of its lines, in order."""

    source: tuple[str, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Verdict:
    """The outcome of one check.

    `headline` says what is right or wrong, `location` where the error starts, `cause` why if that is known,
    `evidence` what was compared, `notes` what is worth knowing although it costs nothing, `next_step` what to do.
    `comparison` is the first that went wrong, `pictured` one whose numbers the student may and should see.
    `earned` is the share of the task's points, from 0 to 1, and `parts` names what it was earned for. `incomplete` is
    what is not right only because something is still missing. `failing` are the numbers of the cases that went
    wrong, and `margin` shows where in the student's own lines.
    """

    task: str
    state: State
    headline: str
    location: str = ""
    cause: Cause | None = None
    problem: str = ""
    evidence: str = ""
    notes: tuple[str, ...] = ()
    next_step: str = ""
    earned: float = 0.0
    parts: tuple[str, ...] = ()
    comparison: Comparison | None = None
    pictured: Comparison | None = None
    labels: tuple[str, ...] = field(default=())
    incomplete: bool = False
    failing: tuple[int, ...] = ()
    margin: Margin | None = None

    def as_data(self) -> dict[str, Any]:
        """Return what a program wants to know, ready for JSON."""
        return {
            "task": self.task,
            "state": str(self.state),
            "causes": list(self.labels),
            "earned": self.earned,
            "headline": self.headline,
            "location": self.location,
            "cause": self.cause.sentence if self.cause else "",
            "equation": self.cause.equation if self.cause else "",
            "problem": self.problem,
            "evidence": self.evidence,
            "notes": list(self.notes),
            "next_step": self.next_step,
            "parts": list(self.parts),
        }
