"""The right numerical gradient, written with its equation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from checks.formulas.formula import Formula
from checks.formulas.slips import Worked
from checks.formulas.tree import Symbol, scaled
from checks.judging.reference import Answer
from checks.layers_and_losses.case import BY_DIFFERENCES, NumericalCase
from checks.layers_and_losses.conclusions import RIGHT_PASSES, bugs, planted
from checks.layers_and_losses.reference import Special, joint
from checks.observing.observation import Array
from checks.observing.quantity import SECOND


def shifted(steps: float) -> Symbol:
    """Return the loss where the entry has moved by so many ε."""
    number = "" if abs(steps) in (0, 1) else f"{abs(steps):g} "
    return Symbol(f"L{steps:g}", form="L(w)" if not steps else f"L(w {'+' if steps > 0 else '-'} {number}ε eᵢ)")


MOVES = (1.0, -1.0, 0.0, 0.5, -0.5, 2.0, -2.0)
EPSILON, WI = Symbol("ε", "the step"), Symbol("wᵢ", "the entry")


class NumericalReference(Worked):
    """Equation (13)."""

    case: NumericalCase
    symbols = (shifted(1), shifted(-1), shifted(0), EPSILON, WI)
    steps = ("quotient",)
    addends = (WI,)
    results = frozenset({"quotient"})
    explained: ClassVar[Mapping[str, tuple[str, str]]] = {
        step: ("(13)", "∂L/∂wᵢ ≈ (L(w + ε eᵢ) - L(w - ε eᵢ)) / (2 ε), one entry i at a time")
        for step in ("quotient", "step", "direction", "entries")
    }

    quotient = Formula(
        "(13)",
        Symbol("∂L/∂wᵢ", "the gradient"),
        (shifted(1) - shifted(-1)) / scaled(2)(EPSILON),
    )

    def sizes(self) -> Mapping[str, int]:
        return {}

    def step(self, epsilon: float) -> Any:
        """Return the step that is used, one for all entries or one for each."""
        return epsilon

    def direction(self, w: Array, index: int) -> Array:
        """Return what moves for the entry number `index`."""
        direction = np.zeros(w.size)
        direction[index] = 1.0
        return direction.reshape(w.shape)

    def entries(self, gradient: Array) -> Array:
        """Return the gradient as far as its entries are computed."""
        return gradient

    def gradient(self, epsilon: float) -> Array:
        """Return the difference quotients of all entries."""
        w, moves = self.case.start, self.step(epsilon)
        self.known = {("ε", 0): np.asarray(epsilon if np.ndim(moves) else moves), ("wᵢ", 0): w.ravel()}
        if {"step", "direction"} & {override.step for override in self.overrides}:
            directions = [self.direction(w, i) for i in range(w.size)]
            self.known |= _moved(self.case, directions, np.broadcast_to(np.ravel(moves), (w.size,)))
        else:
            self.known |= _losses(self.case, epsilon)
        return self.entries(np.broadcast_to(self.quotient(), (w.size,)).reshape(w.shape))

    def quantities(self) -> Special:
        """Yield the gradients for two steps, and the verdicts that follow from a right gradient."""
        yield BY_DIFFERENCES, self.gradient(1e-5)
        yield BY_DIFFERENCES.in_call(SECOND), self.gradient(self.case.epsilon)
        yield RIGHT_PASSES, np.array(1.0)
        yield from ((planted(bug), np.array(0.0)) for bug in bugs(self.case.layer))

    def answer(self) -> Answer:
        """Return all of them."""
        return dict(self.quantities())

    others = (
        joint("first entry", "entries", lambda ref, right, g: _only(g, slice(1)),
              "when only the first entry is computed, and the others stay 0", "Is your `return` inside the loop?"),
        joint("last left out", "entries", lambda ref, right, g: _only(g, slice(-1)),
              "when the last entry is left out and stays 0", "Where does your loop end?"),
        joint("first left out", "entries", lambda ref, right, g: _only(g, slice(1, None)),
              "when the first entry is left out and stays 0", "Where does your loop begin?"),
        joint("columns first", "entries", lambda ref, right, g: g.ravel().reshape(g.shape, order="F"),
              "when the entries of a matrix are computed row by row and filled in column by column",
              "In which order do you go through the entries, and in which do you put them together?"),
        joint("relative", "step", lambda ref, right, epsilon: epsilon * ref.case.start,
              "when each entry is moved by ε times its own size, while the difference is divided by 2 ε",
              "By how much does the parameter move, and is that what you divide by?"),
        joint("half", "step", lambda ref, right, epsilon: np.full(ref.case.start.size, epsilon / 2),
              "when each entry is moved by ε / 2, while the difference is divided by 2 ε",
              "By how much does the parameter move, and is that what you divide by?"),
        *(
            joint(f"{own:g}", "step", lambda ref, right, epsilon, own=own: own,
                  f"with a step of {own:g}, whatever is given as `epsilon`",
                  "Which of your function's arguments is never used?")
            for own in (1e-2, 1e-3, 1e-4, 1e-6, 0.1)
        ),
    )  # fmt: skip


def _only(gradient: Array, part: slice) -> Array:
    kept = np.zeros(gradient.size)
    kept[part] = gradient.ravel()[part]
    return kept.reshape(gradient.shape)


def _moved(case: NumericalCase, directions: list[Array], steps: Array) -> dict[tuple[str, int], Array]:
    pairs = list(zip(directions, steps, strict=True))
    return {
        (shifted(move).name, 0): np.array([case.loss(case.start + move * step * d) for d, step in pairs])
        for move in MOVES
    }


@lru_cache(maxsize=64)
def _losses(case: NumericalCase, epsilon: float) -> dict[tuple[str, int], Array]:
    """Return the losses that the difference quotients of all entries are made of."""
    size = case.start.size
    return _moved(case, list(np.eye(size).reshape(size, *case.start.shape)), np.full(size, epsilon))
