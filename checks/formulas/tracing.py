"""What a reference works out on the way: the value of each of its equations, and of every part of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from checks.formulas.formula import Applied, Formula
from checks.formulas.slips import Worked, expanded
from checks.formulas.tree import Node
from checks.judging.reference import UNFIT, Override, with_overrides
from checks.observing.observation import Array
from checks.observing.quantity import Quantity

DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True)
class Step:
    """One equation for one layer: its number, the quantity on its left, and which time it was worked out."""

    number: str
    quantity: str
    layer: int

    @property
    def symbol(self) -> str:
        """The quantity of that very layer, as in "Δ⁽²⁾"."""
        layer = str(self.layer)
        if not self.layer:
            return self.quantity
        return self.quantity.replace("ˡ", layer.translate(DIGITS)).replace("ₖ", layer.translate(LOWERED))


@dataclass
class Trace:
    """The values of a reference on one case: of its equations, of parts of equations, and what it was given."""

    made: list[tuple[Step, Array]] = field(default_factory=list)
    parts: list[tuple[Step, Array]] = field(default_factory=list)
    given: list[Array] = field(default_factory=list)


def traced(
    reference: type[Worked], overrides: Sequence[Override], case: Any, own: dict[Quantity, Array] | Any
) -> Trace:
    """Return what a reference, with steps done otherwise, works out on a case, as far as it gets."""
    trace, known = Trace(), {}
    with np.errstate(all="ignore"):
        try:
            made = with_overrides(reference, overrides, case, own)
        except ValueError:
            return trace
        for name, formula in _formulas(reference):
            setattr(made, name, _Traced(trace, reference, formula, getattr(made, name), known))
        with suppress(ValueError, *UNFIT):
            for _ in made.answer().items() if "answer" in vars(made) else made.quantities():
                pass
    worked_out = {id(value) for _, value in trace.made}
    trace.given += [value for value in known.values() if id(value) not in worked_out]
    return trace


def _formulas(reference: type[Worked]) -> Iterator[tuple[str, Formula]]:
    for name in dir(reference):
        formula = getattr(reference, name, None)
        if isinstance(formula, Formula):
            yield name, formula


@dataclass
class _Traced:
    """Stands for a step of a reference, and keeps what it makes."""

    trace: Trace
    reference: type[Worked]
    formula: Formula
    step: Callable[..., Array]
    known: dict[int, Array]

    def __call__(self, layer: int = 0) -> Array:
        value = np.asarray(self.step(layer))
        formula, scope = self.formula, None
        if isinstance(self.step, Applied):
            scope = self.step.scope
            fitting = (one for where, one in self.step.elsewhere if scope.is_at(layer, where))  # type: ignore[union-attr] # just set
            formula = next(fitting, self.step.formula)
        left = self.formula.left
        step = Step(formula.number, str(left), layer + (left.offset or 0) if layer else 0)
        self.trace.made.append((step, value))
        if scope is not None:
            self.known |= {id(one): one for one in scope.known.values() if isinstance(one, np.ndarray)}
            self.trace.parts += [(step, part) for part in self._parts(formula.right, scope, layer)]
        return value

    def _parts(self, right: Node, scope: Any, layer: int) -> Iterator[Array]:
        for tree in {right, expanded(self.reference, right)}:
            for path, node in tree.nodes():
                if path:
                    with suppress(ValueError, *UNFIT):
                        yield np.asarray(node.value(scope, layer))
