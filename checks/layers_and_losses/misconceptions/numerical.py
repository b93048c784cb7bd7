"""Mistakes in the numerical gradient that have a label of their own, and difference quotients that are accepted."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.formulas.formula import Edit
from checks.formulas.slips import listed
from checks.formulas.tree import Node, Number, scaled, times
from checks.judging.reference import Variant
from checks.layers_and_losses.reference import joints
from checks.layers_and_losses.reference_numerical import EPSILON, NumericalReference, shifted
from checks.observing.observation import Array

_UP, _DOWN, _HERE, _TWO_STEPS = shifted(1), shifted(-1), shifted(0), scaled(2)(EPSILON)


def _rows(ref: NumericalReference, right: Any, w: Array, index: int) -> Array:
    if w.ndim == 1:
        return np.asarray(right(w, index))
    direction = np.zeros_like(w)
    direction[index // w.shape[1]] = 1.0
    return direction


NUMERICAL_GRADIENT = (
    *listed(
        NumericalReference,
        "quotient",
        {
            "two-left-out": (
                (_UP - _DOWN) / EPSILON,
                "when the difference is divided by ε: the two losses are 2 ε apart",
                "How far apart are w + ε and w - ε?",
            ),
            "one-side-over-two-steps": (
                (_UP - _HERE) / _TWO_STEPS,
                "when the parameter moves to one side only, while the difference is divided by 2 ε",
                "How far apart are the two values of the parameter?",
            ),
            "not-divided": (_UP - _DOWN, "when the difference of the losses is not divided by anything"),
            "parentheses-forgotten": (
                times(scaled(0.5)(_UP - _DOWN), EPSILON),
                "with / 2 * ε: Python divides by 2 and then multiplies by ε",
            ),
            "losses-not-in-parentheses": (
                _UP - _DOWN / _TWO_STEPS,
                "when only the second loss is divided by 2 ε",
            ),
            "sign-flipped": ((_DOWN - _UP) / _TWO_STEPS, "with the two losses in the wrong order"),
            "losses-added": (
                (_UP + _DOWN) / _TWO_STEPS,
                "with the sum of the two losses instead of their difference",
                "What should come out if the loss does not change at all?",
            ),
            "parameter-never-varied": (
                Number(0),
                "when the loss is the same on both sides: it was computed before the parameter moved, or a copy of the "
                "parameter was moved, which `loss` does not see",
                "`loss` takes no argument. How does it learn about the parameter's new value?",
            ),
        },
    ),
    *joints(
        NumericalReference,
        "direction",
        {
            "all-entries-at-once": (
                lambda ref, right, w, index: np.ones_like(w),
                "when all entries are moved at once: each number is the sum over the whole gradient",
                "A partial derivative moves one entry and leaves the others. Does yours?",
            ),
            "row-at-once": (
                _rows,
                "when a whole row of the parameter is moved at once: each number is the sum over a row of the gradient",
                "What is parameter[i] if the parameter has two axes?",
            ),
        },
    ),
    *joints(
        NumericalReference,
        "step",
        {
            "epsilon-ignored": (
                lambda ref, right, epsilon: 1e-5,
                "with a small step of its own, whatever is given as `epsilon`",
                "Which of your function's arguments is never used?",
            )
        },
    ),
)
"""Mistakes in `numerical_gradient`."""


def _variant(label: str, tree: Node, note: str) -> Variant:
    return Variant(label, Edit("quotient", put=tree), note)


_COST = (
    "Its error shrinks like ε, that of the central difference (13) like ε²: with ε = 1e-5 that is about 1e-5 against "
    "1e-10, so only bugs larger than 1e-4 can be told from it."
)
_FOUR = "You use four losses for each entry, which is even more accurate than equation (13), and twice the work."
_FAR, _NEAR = shifted(2) - shifted(-2), shifted(0.5) - shifted(-0.5)

NUMERICAL_VARIANTS = (
    _variant(
        "forward-difference",
        (_UP - _HERE) / EPSILON,
        f"You use a forward difference, (L(w + ε) - L(w)) / ε. {_COST}",
    ),
    _variant(
        "backward-difference",
        (_HERE - _DOWN) / EPSILON,
        f"You use a backward difference, (L(w) - L(w - ε)) / ε. {_COST}",
    ),
    _variant("half-step", _NEAR / EPSILON, "You move by ε/2 to each side; equation (13) moves by ε."),
    _variant("five-points", (scaled(8)(_UP - _DOWN) - _FAR) / scaled(12)(EPSILON), _FOUR),
    _variant("five-points-half-step", (scaled(8)(_NEAR) - (_UP - _DOWN)) / scaled(6)(EPSILON), _FOUR),
)
"""Difference quotients of another form."""
