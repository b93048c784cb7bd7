"""The right-hand side of an equation as a tree, which computes, writes itself down, and can be edited.

`(D[+1] @ W[+1].T) * slope(Z[0])` is the tree of Δ⁽ˡ⁺¹⁾ W⁽ˡ⁺¹⁾ᵀ ⊙ φ'(Z⁽ˡ⁾): layers are counted from the one at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np

from checks.formulas.operations import ACTIVATIONS, CLOSED, OPERATIONS
from checks.numerals import numeral
from checks.observing.observation import Array

Path = tuple[int, ...]
"""Where a node stands in a tree: which argument of which argument, from the root."""

RAISED = {0: "⁽ˡ⁾", 1: "⁽ˡ⁺¹⁾", -1: "⁽ˡ⁻¹⁾"}
"""How a layer is written, relative to the one at hand."""

LOWERED = {0: "ₖ", 1: "ₖ₊₁", -1: "ₖ₋₁"}
"""The same where layers are written below."""


class Scope(Protocol):
    """What a formula is computed from: the quantities that are known, the sizes, each layer's activation."""

    known: Mapping[tuple[str, int], Array]
    """Quantities by name and layer; those of no layer have layer 0."""

    def sizes(self) -> Mapping[str, int]:
        """Return the sizes of the case by their symbols."""

    def activation_of(self, layer: int) -> str:
        """Return the name of a layer's activation, as in ACTIVATIONS."""

    def is_at(self, layer: int, where: str) -> bool:
        """Tell whether a layer is one of those that `where` names."""

    def function(self, name: str) -> Callable[..., Array]:
        """Return a function that is given to whoever computes, by its name."""


class Node:
    """A part of a formula."""

    arguments: tuple[Node, ...] = ()

    def value(self, scope: Scope, layer: int) -> Array:
        """Return what it amounts to for a layer.

        Raises:
            ValueError: if a quantity is missing there, or shapes do not fit.
        """
        raise NotImplementedError

    def with_arguments(self, arguments: tuple[Node, ...]) -> Node:
        """Return the same of other arguments."""
        raise NotImplementedError

    def written(self, outside: int = 0) -> str:
        """Return it as the notebook writes it in plain text; in brackets if `outside` binds more strongly."""
        raise NotImplementedError

    def __str__(self) -> str:
        return self.written()

    def nodes(self, path: Path = ()) -> Iterator[tuple[Path, Node]]:
        """Yield itself and all that is in it, each with where it stands."""
        yield path, self
        for number, argument in enumerate(self.arguments):
            yield from argument.nodes((*path, number))

    def edited(self, path: Path, put: Node) -> Node:
        """Return the tree with `put` in the place of what stands at `path`.

        Raises:
            ValueError: if there is nothing.
        """
        if not path:
            return put
        first, *rest = path
        if first >= len(self.arguments):
            raise ValueError("an earlier edit has taken away what this one changes")
        changed = self.arguments[first].edited(tuple(rest), put)
        return self.with_arguments((*self.arguments[:first], changed, *self.arguments[first + 1 :]))

    def renamed(self, names: Mapping[Node, Node]) -> Node:
        """Return the tree with others in the place of some quantities, wherever they occur."""
        if self in names:
            return names[self]
        return self.with_arguments(tuple(one.renamed(names) for one in self.arguments)) if self.arguments else self

    def __matmul__(self, other: Node) -> Node:
        return Operation("@", (self, other))

    def __mul__(self, other: Node) -> Node:
        return Operation("*", (self, other))

    def __truediv__(self, other: Node) -> Node:
        return Operation("/", (self, other))

    def __add__(self, other: Node) -> Node:
        return Operation("+", (self, other))

    def __sub__(self, other: Node) -> Node:
        return Operation("-", (self, other))

    def __neg__(self) -> Node:
        return Scaled(Factor(-1), self)

    @property
    def T(self) -> Node:  # as NumPy writes it
        """The transpose."""
        return Operation("T", (self,))


@dataclass(frozen=True)
class Symbol(Node):
    """A quantity of the notebook: of the layer at hand, one further up or down, or of none (`offset` None).

    It is written as its name, or as `form`, in which the layer stands for "{}", or below for "{k}".
    """

    name: str
    noun: str = ""
    offset: int | None = None
    form: str = ""

    def __getitem__(self, offset: int) -> Symbol:
        """Return the quantity of the layer so many further up."""
        return replace(self, offset=offset)

    def value(self, scope: Scope, layer: int) -> Array:
        place = self.name, 0 if self.offset is None else layer + self.offset
        if place not in scope.known:
            raise ValueError(f"there is no {self.name} of layer {place[1]}")
        return scope.known[place]

    def with_arguments(self, arguments: tuple[Node, ...]) -> Node:
        return self

    def written(self, outside: int = 0) -> str:
        layer = "" if self.offset is None else RAISED[self.offset]
        if not self.form:
            return self.name + layer
        return self.form.replace("{}", layer).replace("{k}", LOWERED.get(self.offset or 0, ""))

    @property
    def described(self) -> str:
        """Its noun and how it is written, as in "the error signal Δ⁽ˡ⁾"."""
        return f"{self.noun} {self}" if self.noun else str(self)


@dataclass(frozen=True)
class Number(Node):
    """A number that somebody typed; None as long as it is not known which."""

    number: float | None = None

    def value(self, scope: Scope, layer: int) -> Array:
        if self.number is None:
            raise ValueError("the number is not known yet")
        return np.asarray(self.number)

    def with_arguments(self, arguments: tuple[Node, ...]) -> Node:
        return self

    def written(self, outside: int = 0) -> str:
        return "…" if self.number is None else numeral(self.number, ".4g")


UNKNOWN = Number()
"""A number that is to be found out from what was observed."""


@dataclass(frozen=True)
class Factor:
    """A number times powers of sizes, as in 2/(N K)."""

    number: float = 1.0
    powers: tuple[tuple[str, int], ...] = ()

    def of(self, sizes: Mapping[str, int]) -> float:
        """Return it for the sizes of a case."""
        value = self.number
        for size, power in self.powers:
            if size not in sizes:
                raise ValueError(f"there is no {size}")
            value *= float(sizes[size]) ** power
        return value

    def times(self, other: Factor) -> Factor:
        """Return the product of two."""
        powers = dict(self.powers)
        for size, power in other.powers:
            powers[size] = powers.get(size, 0) + power
        return Factor(self.number * other.number, tuple((s, p) for s, p in sorted(powers.items(), reverse=True) if p))

    def __str__(self) -> str:
        above = [size for size, power in self.powers for _ in range(power)]
        below = [size for size, power in self.powers for _ in range(-power)]
        sign, number = "-" * (self.number < 0), abs(self.number)
        if number < 1 and (1 / number).is_integer():
            below.insert(0, f"{1 / number:g}")
        elif number != 1 or not above:
            above.insert(0, f"{number:g}")
        under = below[0] if len(below) == 1 else f"({' '.join(below)})"
        return sign + (" ".join(above) or "1") + (f"/{under}" if below else "")


@dataclass(frozen=True)
class Scaled(Node):
    """A node times a constant."""

    factor: Factor
    inner: Node

    @cached_property
    def arguments(self) -> tuple[Node, ...]:  # type: ignore[override]
        return (self.inner,)

    def value(self, scope: Scope, layer: int) -> Array:
        sizes = scope.sizes() if self.factor.powers else {}
        return np.asarray(self.factor.of(sizes) * self.inner.value(scope, layer))

    def with_arguments(self, arguments: tuple[Node, ...]) -> Node:
        return replace(self, inner=arguments[0])

    def written(self, outside: int = 0) -> str:
        if self.factor != Factor(-1):
            return _bracketed(f"{self.factor} {self.inner.written(2)}", 2, outside)
        twice = isinstance(self.inner, Scaled) and self.inner.factor.number < 0  # which then stands in brackets
        return _bracketed(f"-{self.inner.written(3 if twice else 2)}", 2, outside)


@dataclass(frozen=True)
class Operation(Node):
    """An operation of OPERATIONS on its arguments."""

    name: str
    arguments: tuple[Node, ...]

    def value(self, scope: Scope, layer: int) -> Array:
        values = [one.value(scope, layer) for one in self.arguments]
        try:
            return np.asarray(OPERATIONS[self.name].compute(*values))
        except IndexError as error:
            raise ValueError("an axis is missing") from error

    def with_arguments(self, arguments: tuple[Node, ...]) -> Node:
        return replace(self, arguments=arguments)

    def written(self, outside: int = 0) -> str:
        kind = OPERATIONS[self.name]
        closed = kind.form.endswith((")", "|", "]"))
        inside = 0 if closed else kind.strength
        last = len(self.arguments) - 1
        # what is taken away or divided by stands in brackets, if it is of the same kind
        parts = [one.written(inside + (number == last > 0)) for number, one in enumerate(self.arguments)]
        return _bracketed(kind.form.format(*parts), CLOSED if closed else kind.strength, outside)


@dataclass(frozen=True)
class Activation(Node):
    """An activation or its derivative: the layer's own, or a certain one.

    `of` is a name in ACTIVATIONS, "" for the layer's own, "above" for that of the layer above; `form` is "value",
    "slope", or "slope from value", which is the derivative as it is written for the activation's value.
    """

    inner: Node
    form: str = "value"
    of: str = ""

    @cached_property
    def arguments(self) -> tuple[Node, ...]:  # type: ignore[override]
        return (self.inner,)

    def value(self, scope: Scope, layer: int) -> Array:
        own = "" if self.of in ACTIVATIONS else scope.activation_of(layer + 1 if self.of == "above" else layer)
        function, slope, _ = ACTIVATIONS[own or self.of]
        given = self.inner.value(scope, layer)
        if self.form == "slope from value":
            return np.asarray(slope(given))
        return np.asarray(function(given) if self.form == "value" else slope(function(given)))

    def with_arguments(self, arguments: tuple[Node, ...]) -> Node:
        return replace(self, inner=arguments[0])

    def written(self, outside: int = 0) -> str:
        if self.form == "slope from value" and self.of:
            return _bracketed(ACTIVATIONS[self.of][2].replace("a", self.inner.written(5)), 1, outside)
        name = {"": "φ", "above": "φ⁽ˡ⁺¹⁾"}.get(self.of, self.of)
        return f"{name}{'' if self.form == 'value' else chr(39)}({self.inner})"


@dataclass(frozen=True)
class Called(Node):
    """A function that the code is given, of its arguments: `cost_der(P, T)`."""

    name: str
    arguments: tuple[Node, ...]

    def value(self, scope: Scope, layer: int) -> Array:
        return np.asarray(scope.function(self.name)(*(one.value(scope, layer) for one in self.arguments)))

    def with_arguments(self, arguments: tuple[Node, ...]) -> Node:
        return replace(self, arguments=arguments)

    def written(self, outside: int = 0) -> str:
        return f"{self.name}({', '.join(map(str, self.arguments))})"


def phi(z: Node) -> Node:
    """Return the layer's activation at z."""
    return Activation(z)


def slope(z: Node) -> Node:
    """Return the derivative of the layer's activation at z."""
    return Activation(z, "slope")


def times(number: Node, node: Node) -> Node:
    """Return a single number times a node."""
    return Operation("times", (number, node))


def over_samples(node: Node) -> Node:
    """Return the sum over the rows: one number for each column."""
    return Operation("sum over rows", (node,))


def total(node: Node) -> Node:
    """Return the sum of all entries."""
    return Operation("sum", (node,))


def square(node: Node) -> Node:
    """Return the squares of all entries."""
    return Operation("square", (node,))


def scaled(number: float, **powers: int) -> Callable[[Node], Node]:
    """Return what multiplies a node by a number and powers of sizes: `scaled(2, N=-1, K=-1)`."""
    return lambda node: Scaled(Factor(number).times(Factor(1.0, tuple(powers.items()))), node)


def _bracketed(text: str, strength: int, outside: int) -> str:
    return f"({text})" if strength < outside else text
