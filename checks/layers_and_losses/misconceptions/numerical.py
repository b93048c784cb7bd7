"""Mistakes in the numerical gradient, and difference quotients of another form that are accepted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from checks.judging.reference import Misconception, Override, Variant
from checks.layers_and_losses.reference import FORMULAS, NumericalReference
from checks.observing.observation import Array


def _mistake(label: str, step: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    return Misconception(label, Override(step, otherwise), says, look, think, FORMULAS["quotient"][0])


def _rows(ref: NumericalReference, right: Any, w: Array, index: int) -> Array:
    if w.ndim == 1:
        return np.asarray(right(w, index))
    direction = np.zeros_like(w)
    direction[index // w.shape[1]] = 1.0
    return direction


NUMERICAL_GRADIENT = (
    _mistake(
        "two-left-out",
        "quotient",
        lambda ref, right, w, d, e: 2 * right(w, d, e),
        "when the difference is divided by ε: the two losses are 2 ε apart",
        "Look at what you divide by.",
        "How far apart are w + ε and w - ε?",
    ),
    _mistake(
        "one-side-over-two-steps",
        "quotient",
        lambda ref, right, w, d, e: (ref.loss(w + e * d) - ref.loss(w)) / (2 * e),
        "when the parameter moves to one side only, while the difference is divided by 2 ε",
        "Look at the two places where loss() is called.",
        "How far apart are the two values of the parameter?",
    ),
    _mistake(
        "not-divided",
        "quotient",
        lambda ref, right, w, d, e: 2 * e * right(w, d, e),
        "when the difference of the losses is not divided by anything",
        "Look at what happens to the difference of the two losses.",
        "A derivative is a change of the loss divided by a change of the parameter. How large is that change?",
    ),
    _mistake(
        "parentheses-forgotten",
        "quotient",
        lambda ref, right, w, d, e: e**2 * right(w, d, e),
        "with / 2 * ε: Python divides by 2 and then multiplies by ε",
        "Look at the parentheses around your denominator.",
        "In which order does Python evaluate a / 2 * e?",
    ),
    _mistake(
        "losses-not-in-parentheses",
        "quotient",
        lambda ref, right, w, d, e: ref.loss(w + e * d) - ref.loss(w - e * d) / (2 * e),
        "when only the second loss is divided by 2 ε",
        "Look at the parentheses around your numerator.",
        "What does Python evaluate first in a - b / c?",
    ),
    _mistake(
        "sign-flipped",
        "quotient",
        lambda ref, right, w, d, e: -right(w, d, e),
        "with the two losses in the wrong order",
        "Look at which loss is subtracted from which.",
        "If the loss rises with w, is the derivative positive or negative?",
    ),
    _mistake(
        "losses-added",
        "quotient",
        lambda ref, right, w, d, e: (ref.loss(w + e * d) + ref.loss(w - e * d)) / (2 * e),
        "with the sum of the two losses instead of their difference",
        "Look at the sign between the two losses.",
        "What should come out if the loss does not change at all?",
    ),
    _mistake(
        "parameter-never-varied",
        "quotient",
        lambda ref, right, w, d, e: 0.0,
        "when the loss is the same on both sides: it was computed before the parameter moved, or a copy of the "
        "parameter was moved, which `loss` does not see",
        "Look at what changes between the two calls of loss().",
        "`loss` takes no argument. How does it learn about the parameter's new value?",
    ),
    _mistake(
        "all-entries-at-once",
        "direction",
        lambda ref, right, w, index: np.ones_like(w),
        "when all entries are moved at once: each number is the sum over the whole gradient",
        "Look at what you add ε to.",
        "A partial derivative moves one entry and leaves the others. Does yours?",
    ),
    _mistake(
        "row-at-once",
        "direction",
        _rows,
        "when a whole row of the parameter is moved at once: each number is the sum over a row of the gradient",
        "Look at the index of the entry that you move.",
        "What is parameter[i] if the parameter has two axes?",
    ),
    _mistake(
        "epsilon-ignored",
        "step",
        lambda ref, right, e: 1e-5,
        "with a step of 1e-5, whatever is given as `epsilon`",
        "Look at which of your function's arguments is never used.",
        "What should change if the caller asks for epsilon=0.1?",
    ),
)
"""Mistakes in `numerical_gradient`."""


def _quotient(formula: Callable[[Callable[[float], float], float], float]) -> Override:
    """Return a difference quotient of another form, from the loss along one direction and the step."""

    def otherwise(ref: NumericalReference, right: Any, w: Array, direction: Array, e: float) -> float:
        return formula(lambda t: ref.loss(w + t * direction), e)

    return Override("quotient", otherwise)


_COST = (
    "Its error shrinks like ε, that of the central difference (13) like ε²: with ε = 1e-5 that is about 1e-5 against "
    "1e-10, so only bugs larger than 1e-4 can be told from it."
)

_FOUR = "You use four losses for each entry, which is even more accurate than equation (13), and twice the work."

NUMERICAL_VARIANTS = (
    Variant(
        "forward-difference",
        _quotient(lambda loss, e: (loss(e) - loss(0)) / e),
        f"You use a forward difference, (L(w + ε) - L(w)) / ε. {_COST}",
    ),
    Variant(
        "backward-difference",
        _quotient(lambda loss, e: (loss(0) - loss(-e)) / e),
        f"You use a backward difference, (L(w) - L(w - ε)) / ε. {_COST}",
    ),
    Variant(
        "half-step",
        _quotient(lambda loss, e: (loss(e / 2) - loss(-e / 2)) / e),
        "You move by ε/2 to each side; equation (13) moves by ε.",
    ),
    Variant(
        "five-points",
        _quotient(lambda loss, e: (8 * (loss(e) - loss(-e)) - (loss(2 * e) - loss(-2 * e))) / (12 * e)),
        _FOUR,
    ),
    Variant(
        "five-points-half-step",
        _quotient(lambda loss, e: (8 * (loss(e / 2) - loss(-e / 2)) - (loss(e) - loss(-e))) / (6 * e)),
        _FOUR,
    ),
)
"""Difference quotients of another form."""
