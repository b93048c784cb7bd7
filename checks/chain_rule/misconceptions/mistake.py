"""How a misconception is written here: with the equation that its step has in the part it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from checks.chain_rule.autograd_watch import ASSIGNED, CAST, UNKNOWN
from checks.judging.reference import Misconception, Override
from checks.observing.observation import Array

Formulas = Mapping[str, tuple[str, str]]


def mistake(
    formulas: Formulas, label: str, step: str, otherwise: Callable[..., Any], says: str, look: str, think: str
) -> Misconception:
    """Return a misconception: `otherwise(reference, right, *arguments)` in the place of `step`."""
    return Misconception(label, Override(step, otherwise), says, look, think, formulas.get(step, ("", ""))[0])


def _stops(label: str, code: float, says: str, look: str, think: str) -> Misconception:
    return mistake({}, label, "differentiability", lambda ref, right: np.array(code), says, look, think)


CAST_TO_FLOAT = _stops(
    "cast-to-float",
    CAST,
    "when a cast such as `float(...)` cuts autograd's trace: the number is right, but autograd cannot differentiate it",
    "Look at what happens to the number just before you return it, or on the way there.",
    "autograd follows a computation through the functions of autograd.numpy. Does float(...) or math.exp tell it?",
)
ASSIGNED_IN_PLACE = _stops(
    "assigned-into-an-array",
    ASSIGNED,
    "when entries are assigned into an array: the numbers are right, but autograd cannot follow an assignment",
    "Look at where you write into an array entry by entry.",
    "autograd needs an expression that makes a new array. Which one gives all entries at once?",
)
UNKNOWN_TO_AUTOGRAD = _stops(
    "unknown-to-autograd",
    UNKNOWN,
    "with a function whose derivative autograd does not know: the numbers are right, but autograd cannot go through it",
    "Look at which functions of `np` you call.",
    "autograd knows the derivatives of the everyday functions, such as np.sum and np.mean. Which one is less common?",
)
STOPPING = (CAST_TO_FLOAT, ASSIGNED_IN_PLACE, UNKNOWN_TO_AUTOGRAD)
"""What stops autograd, in whatever function it has to differentiate."""


def truncated(values: Array, like: Array) -> Array:
    """Return values as they are after they were written into an array of the type of `like`."""
    return values.astype(like.dtype) if like.dtype.kind == "i" else values


TRUNCATED = {
    "says": "when the results for integers are cut off to integers",
    "look": "Look at how you make the array for your results.",
    "think": "Which type does np.zeros_like(...) of an array of integers have?",
}
"""The words about results that are written into an array of integers."""
