"""A step of a reference that is one equation of the notebook, and an edit of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, overload

from checks.formulas.tree import UNKNOWN, Node, Path, Scope, Symbol
from checks.judging.reference import Override
from checks.observing.observation import Array


@dataclass(frozen=True)
class Formula:
    """An equation: its number, the quantity on its left, the tree on its right, and words for what it makes.

    As an attribute of a reference it is a step: called with a layer, it computes that layer's value.
    """

    number: str
    left: Symbol
    right: Node
    note: str = ""
    makes: str = ""
    also: tuple[Node, ...] = ()
    """Other ways to write the right-hand side, in which slips are made as well."""

    @property
    def noun(self) -> str:
        """What it makes, as words in a sentence."""
        return self.makes or self.left.noun or str(self.left)

    def __str__(self) -> str:
        return f"{self.left} = {self.right}{self.note}"

    @overload
    def __get__(self, scope: None, owner: Any) -> Formula: ...
    @overload
    def __get__(self, scope: object, owner: Any) -> Applied: ...
    def __get__(self, scope: Any, owner: Any) -> Formula | Applied:
        return self if scope is None else Applied(self, scope)


@dataclass(frozen=True)
class Applied:
    """A formula together with what it is computed from, and with the layers in which it is another one."""

    formula: Formula
    scope: Scope
    elsewhere: tuple[tuple[str, Formula], ...] = ()

    def __call__(self, layer: int = 0) -> Array:
        """Return its value for a layer."""
        fitting = (formula for where, formula in self.elsewhere if self.scope.is_at(layer, where))
        return next(fitting, self.formula).right.value(self.scope, layer)


@dataclass(frozen=True, eq=False)
class Edit(Override):
    """A formula written otherwise: `put` stands where `path` leads, in all layers or in those that `where` names.

    It composes with edits elsewhere in the tree.
    """

    otherwise: Callable[..., Any] = field(default=lambda *_: None, repr=False, compare=False)
    path: Path = ()
    put: Node = UNKNOWN
    where: str = ""
    twins: tuple[Edit, ...] = ()
    _latest: dict[str, Formula] = field(default_factory=dict, init=False, repr=False)

    @property
    def also(self) -> tuple[Override, ...]:
        """The same in other equations."""
        return self.twins

    def around(self, reference: Any, right: Any) -> Any:
        """Return the step of `reference` with this edit.

        Raises:
            ValueError: if the step is no formula any more, or has lost what this changes.
        """
        if not isinstance(right, Applied):
            raise ValueError("what this edit changes has been replaced")
        if self.where:
            return replace(right, elsewhere=((self.where, self._made(right.formula)), *right.elsewhere))
        elsewhere = tuple((where, self._made(formula)) for where, formula in right.elsewhere)
        return replace(right, formula=self._made(right.formula), elsewhere=elsewhere)

    def _made(self, formula: Formula) -> Formula:
        if self._latest.get("of") is not formula:  # thousands are made of the same few formulas, case by case
            made = replace(formula, right=formula.right.edited(self.path, self.put))
            self._latest.update({"of": formula, "made": made})
        return self._latest["made"]
