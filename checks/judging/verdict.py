"""A verdict: what a check found, as data that text, HTML and the gradebook are rendered from."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from checks.judging.comparing import Comparison


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
    mistake is a constant factor.
    """

    labels: tuple[str, ...]
    sentence: str
    digits: int = 0
    equation: str = ""
    convention: str = ""


@dataclass(frozen=True)
class Verdict:
    """The outcome of one check.

    `headline` says what is right or wrong, `location` where the error starts, `cause` why if that is known,
    `evidence` what was compared, `notes` what is worth knowing although it costs nothing, `next_step` what to do.
    `comparison` is the first that went wrong, `pictured` one whose numbers the student may and should see.
    `earned` is the share of the task's points, from 0 to 1, and `parts` names what it was earned for. `incomplete` is
    what is not right only because something is still missing.
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
