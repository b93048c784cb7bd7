"""What is seen when a student's code runs on one case: arrays by their quantities, or a named problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checks.observing.quantity import Quantity

Array = NDArray[Any]

TOLERANCE = MappingProxyType({"float64": 1e-6, "float32": 1e-4})
"""Greatest norm-wise relative difference ||g - r|| / (||g|| + ||r||) that counts as equal, by precision."""


class Trouble(StrEnum):
    """The kinds of problem that can keep an observation from being compared."""

    NOT_ATTEMPTED = "not attempted"
    NEEDS = "needs an unfinished part"
    UNUSABLE = "unusable argument"
    MISSING = "missing"
    RAISED = "raised"
    WRONG_TYPE = "wrong type"
    TOO_SLOW = "too slow"
    WAITS = "waits for something"
    AUTODIFF = "autodiff used"
    CHANGED = "changed what it was given"


@dataclass(frozen=True)
class Problem:
    """A named problem with one sentence for the student, and where in the student's code it arose.

    `sentence` says what was expected, what came and what to do; `exception` and `message` are those of what
    was raised; `line` and `source` are the number and the text of the student's line.
    """

    trouble: Trouble
    sentence: str
    exception: str = ""
    message: str = ""
    line: int | None = None
    source: str = ""


PUT_RIGHT = "put-right"
"""The kind of a note about an earlier function, by its name, whose right values stood in for it."""


@dataclass(frozen=True)
class Note:
    """A sentence on what is worth saying although it is right; a report holds one of a kind `about` the same thing."""

    kind: str
    sentence: str
    about: str = ""


@dataclass(frozen=True)
class Observation:
    """What one run on one case gave.

    `arrays` holds every quantity that could be read (a quantity that was never set is absent),
    `problems` what went wrong in the order of its weight, `notes` what is worth saying although it is right.
    `computed` is the processor time in seconds that the student's code took; it stays in the process that observed.
    """

    arrays: Mapping[Quantity, Array] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()
    computed: float = field(default=0.0, compare=False)

    def followed_by(self, other: Observation) -> Observation:
        """Return both observations as one: the arrays of either, problems and notes of this one first."""
        return Observation(
            {**self.arrays, **other.arrays},
            (*self.problems, *other.problems),
            (*self.notes, *other.notes),
            self.computed + other.computed,
        )

    @property
    def raised(self) -> bool:
        """Whether the student's code ended in an exception."""
        return any(problem.trouble is Trouble.RAISED for problem in self.problems)

    def has(self, *troubles: Trouble) -> Problem | None:
        """Return the first problem of one of these kinds, if there is one."""
        return next((problem for problem in self.problems if problem.trouble in troubles), None)


def single_precision(array: Array) -> bool:
    """Tell whether an array came back in float32, whose comparison is less strict."""
    return bool(array.dtype == np.float32)
