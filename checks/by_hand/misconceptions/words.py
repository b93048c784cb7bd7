"""What the mistakes share: how they are written down, rounding, and the accepted subtraction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from checks.by_hand.reference import FORMULAS
from checks.judging.comparing import agrees
from checks.judging.reference import Misconception, Override, Variant
from checks.observing.observation import Array


def mistake(
    label: str, step: str, otherwise: Callable[..., Any], says: str, look: str, think: str, equation: str = ""
) -> Misconception:
    """Return a mistake in one step; its equation is that of the step if it is not given."""
    return Misconception(
        label, Override(step, otherwise), says, look, think, equation or FORMULAS.get(step, ("", ""))[0]
    )


def matching(own: Array | None, *candidates: Any) -> Array:
    """Return the first candidate that an own answer agrees with, or else the first one."""
    arrays = [np.asarray(candidate, dtype=np.float64) for candidate in candidates]
    for array in arrays:
        if own is not None and own.size == array.size and agrees(own.reshape(array.shape), array):
            return array
    return arrays[0]


def _rounded(ref: Any, right: Callable[..., Array], name: str, value: Array) -> Array:
    value = right(name, value)
    forms = []
    for scale in (100.0, 1000.0):
        forms += [np.round(value * scale) / scale, np.sign(value) * np.floor(np.abs(value) * scale + 0.5) / scale]
    return matching(ref.typed(name), *forms, value)


ROUNDED = mistake(
    "rounded",
    "written",
    _rounded,
    "when the numbers are rounded to two or three decimals",
    "Look at how many decimals your numbers have.",
    "All numbers of this exercise end after at most four decimals. What do rounding errors do to the next step?",
)

SUBTRACTED = (
    Variant(
        "subtracted-a-positive-gradient",
        Override(
            "new_weights",
            lambda ref, right, layer, weights, gradient, positive: (
                2 * weights - right(layer, weights, gradient, positive)
                if positive
                else right(layer, weights, gradient, positive)
            ),
        ),
        "Your gradients have the opposite sign, and you subtract them: that is right, the new weights go downhill.",
    ),
    Variant(
        "subtracted-a-positive-gradient-matrix",
        Override(
            "new_matrix",
            lambda ref, right, layer, weights, gradient, positive: (
                2 * weights - right(layer, weights, gradient, positive)
                if positive
                else right(layer, weights, gradient, positive)
            ),
        ),
        "Your gradient has the opposite sign, and you subtract it: that is right, the new weights go downhill.",
    ),
)
"""Whoever computed the positive gradient and then subtracts it has paid once already."""
