"""Follow a reference whose steps are formulas: the value of each of its equations, and of every part of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np

from checks.formulas.formula import Applied, Formula
from checks.formulas.tree import Node
from checks.judging.reference import UNFIT, Override, Reference, with_overrides
from checks.judging.trace import Step, Trace
from checks.observing.observation import Array
from checks.observing.quantity import Quantity


def traced(
    reference: type[Reference],
    overrides: Sequence[Override],
    case: Any,
    own: Mapping[Quantity, Array],
    written_out: Callable[[Node], Node],
) -> Trace:
    """Return what a reference, with steps done otherwise, works out on a case, as far as it gets.

    `written_out` writes a formula with what other formulas make in it.
    """
    trace, known = Trace(), dict[int, Array]()
    with np.errstate(all="ignore"):
        try:
            made = with_overrides(reference, overrides, case, own)
        except ValueError:
            return trace
        for name, formula in _formulas(reference):
            setattr(made, name, _Traced(trace, written_out, formula, getattr(made, name), known))
        with suppress(ValueError, *UNFIT):
            for _ in made.answer().items() if "answer" in vars(made) else made.quantities():
                pass
    worked_out = {id(value) for _, value in trace.made}
    trace.given += [value for value in known.values() if id(value) not in worked_out]
    return trace


def _formulas(reference: type[Reference]) -> Iterator[tuple[str, Formula]]:
    for name in dir(reference):
        formula = getattr(reference, name, None)
        if isinstance(formula, Formula):
            yield name, formula


@dataclass
class _Traced:
    """Stands for a step of a reference, and keeps what it makes."""

    trace: Trace
    written_out: Callable[[Node], Node]
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
            for right, kept in ((formula.right, self.trace.parts), (self.written_out(formula.right), self.trace.inner)):
                kept += [(step, part) for part in _parts(right, scope, layer)]
        return value


def _parts(tree: Node, scope: Any, layer: int) -> Iterator[Array]:
    for path, node in tree.nodes():
        if path:
            with suppress(ValueError, *UNFIT):
                yield np.asarray(node.value(scope, layer))
