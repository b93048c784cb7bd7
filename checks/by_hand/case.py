"""The inputs of one probe: a small network with its given numbers for typed answers, or a function's arguments.

Here are also the names of everything that is computed in a network, and the network of the notebook. Neurons are
numbered through the whole network, inputs first; a weight is named after its receiver and its sender, so `w53` leads
from neuron 3 to neuron 5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import Self

import numpy as np

from checks.observing.observation import Array
from checks.observing.quantity import Quantity

PASS_ONE = ("forward", "E", "error_signals", "gradients", "update")
"""The questions that are answered neuron by neuron."""

PASS_TWO = ("do2_ds2", "ds2_do1", "do1_ds1", "delta2", "delta1", "dW2", "dW1", "W2_new", "W1_new")
"""The questions that are answered with matrices."""

DIGITS = 4
"""Decimals that a number of a practice network may have."""

GIVEN = Quantity("given network")
"""What tells to which network an answer belongs."""


def taken_along(question: str) -> Quantity:
    """Return what tells that the answer to an earlier question came along with an answer."""
    return Quantity(question, aspect="taken along")


WEIGHTED_INPUT, OUTPUT, SIGNAL, GRADIENT, WEIGHT = "s", "o", "delta", "g", "w"
"""The kinds of numbers that neurons and weights have, by the letters of their names."""

RESULT, ERROR, NEW_WEIGHTS = Quantity("output"), Quantity("error"), Quantity("new W")
FOR_INTEGERS = "for integers"
"""What the functions of pass 3 return, and what is special about it."""


@dataclass(frozen=True)
class Names:
    """The names of all numbers in a network of one hidden layer; `sizes` counts inputs, hidden neurons and outputs."""

    sizes: tuple[int, int, int]

    def neurons(self, layer: int) -> list[int]:
        """Return the numbers of the neurons of a layer; layer 0 holds the inputs."""
        first = 1 + sum(self.sizes[:layer])
        return list(range(first, first + self.sizes[layer]))

    def of(self, letter: str, layer: int) -> list[str]:
        """Return one name for each neuron of a layer, such as s3 and s4."""
        return [f"{letter}{number}" for number in self.neurons(layer)]

    def edges(self, letter: str, layer: int) -> list[str]:
        """Return one name for each weight that leads to a layer, row by row, such as w53, w54, w63 and w64."""
        return [f"{letter}{to}{sender}" for to in self.neurons(layer) for sender in self.neurons(layer - 1)]

    def groups(self, question: str) -> list[list[str]]:
        """Return the names that answer a question, in groups that are computed together, in order."""
        match question:
            case "forward":
                return [self.of(letter, layer) for layer in (1, 2) for letter in "so"]
            case "error_signals":
                return [self.of("delta", 2), self.of("delta", 1)]
            case "gradients":
                return [self.edges("g", 2), self.edges("g", 1)]
            case "update":
                return [self.edges("w", 2), self.edges("w", 1)]
        return [[question]]

    def answers(self, question: str) -> list[str]:
        """Return the names that answer a question, in order."""
        return [name for group in self.groups(question) for name in group]

    def quantity(self, name: str) -> Quantity:
        """Return what a name stands for."""
        return self._quantities[name]

    @cached_property
    def _quantities(self) -> dict[str, Quantity]:
        found: dict[str, Quantity] = {}
        for layer in (1, 2):
            for letter in (WEIGHTED_INPUT, OUTPUT, SIGNAL):
                neurons = zip(self.of(letter, layer), self.neurons(layer), strict=True)
                found |= {name: Quantity(letter, neurons=(number,)) for name, number in neurons}
            for letter in (GRADIENT, WEIGHT):
                pairs = product(self.neurons(layer), self.neurons(layer - 1))
                edges = zip(self.edges(letter, layer), pairs, strict=True)
                found |= {name: Quantity(letter, neurons=pair) for name, pair in edges}
        return found | {name: Quantity(name) for name in ("E", *PASS_TWO)}


@dataclass(frozen=True, eq=False)
class Problem:
    """One forward pass, backward pass and update to compute by hand; each problem is equal to itself only.

    `x` (n_in,) is the input and `t` (n_out,) the target; `W1` (n_hidden, n_in) and `W2` (n_out, n_hidden) hold the
    weights, one row for each receiver.
    """

    x: Array
    t: Array
    W1: Array
    W2: Array
    epsilon: float
    title: str = "the network of this notebook"
    dtype: type[np.floating] = np.float64

    def __post_init__(self) -> None:
        for array in (self.x, self.t, self.W1, self.W2):
            array.setflags(write=False)

    @classmethod
    def from_given(cls, sizes: tuple[int, int, int], given: Sequence[float], title: str) -> Self:
        """Return the problem of these sizes whose given numbers, in a row, are `given`.

        Raises:
            ValueError: if they are too few or too many.
        """
        inputs, hidden, outputs = sizes
        shapes = ((inputs,), (outputs,), (hidden, inputs), (outputs, hidden), (1,))
        ends = np.cumsum([np.prod(shape) for shape in shapes])
        if len(given) != ends[-1]:
            raise ValueError(f"a network of these sizes has {ends[-1]} given numbers, but there are {len(given)}")
        parts = np.split(np.array(given, dtype=np.float64), ends[:-1])
        x, t, w1, w2, epsilon = (part.reshape(shape) for part, shape in zip(parts, shapes, strict=True))
        return cls(x, t, w1, w2, float(epsilon[0]), title)

    @cached_property
    def names(self) -> Names:
        """The names of the network's numbers."""
        return Names((len(self.x), len(self.W1), len(self.W2)))

    @cached_property
    def given(self) -> Array:
        """All given numbers in a row."""
        return np.concatenate([self.x, self.t, self.W1.ravel(), self.W2.ravel(), [self.epsilon]])

    @property
    def dimensions(self) -> dict[str, int]:
        """Nothing: a few typed numbers leave no room for factors that follow sizes."""
        return {}

    def __str__(self) -> str:
        return self.title

    def as_float32(self) -> Self:
        """Return the problem itself: typed numbers are compared in double precision."""
        return self

    def weights(self, layer: int) -> Array:
        """Return the matrix of the weights that lead to a layer, 1 or 2."""
        return self.W1 if layer == 1 else self.W2


PUBLISHED = Problem(
    x=np.array([1.0, 2.0]),
    t=np.array([1.0, 0.0]),
    W1=np.array([[-3.0, 2.0], [2.0, 1.0]]),
    W2=np.array([[4.0, -1.0], [-2.0, 0.5]]),
    epsilon=1.0,
)
"""The network of the notebook: inputs 1 and 2, hidden neurons 3 and 4, outputs 5 and 6."""


@dataclass(frozen=True, eq=False, kw_only=True)
class FunctionCase:
    """Arguments for a function of pass 3; vectors are columns, and each case is equal to itself only.

    `sizes` counts the inputs, hidden neurons and outputs of the network that they are drawn for.
    """

    sizes: tuple[int, int, int]
    dtype: type[np.floating] = np.float64

    @property
    def dimensions(self) -> dict[str, int]:
        """The number of outputs, which a mistaken factor may stand for."""
        return {"K": self.sizes[2]}

    def __str__(self) -> str:
        return f"a {'-'.join(map(str, self.sizes))} network"

    def as_float32(self) -> Self:
        """Return the same case for code that only works in single precision."""
        return replace(self, dtype=np.float32)


@dataclass(frozen=True, eq=False, kw_only=True)
class ElementwiseCase(FunctionCase):
    """Floats and integers, both (n, 1), for a function that works element by element."""

    values: Array
    integers: Array


@dataclass(frozen=True, eq=False, kw_only=True)
class ErrorCase(FunctionCase):
    """Outputs `y` and targets `t`, both (n_out, 1)."""

    y: Array
    t: Array


@dataclass(frozen=True, eq=False, kw_only=True)
class ForwardCase(FunctionCase):
    """An input `x` (n_in, 1) and the weights of both layers."""

    x: Array
    W1: Array
    W2: Array


@dataclass(frozen=True, eq=False, kw_only=True)
class BackwardCase(FunctionCase):
    """What a forward pass leaves, `s1` (n_hidden, 1), `s2` and `o2` (n_out, 1), with targets `t` and weights `W2`."""

    t: Array
    s1: Array
    s2: Array
    o2: Array
    W2: Array


@dataclass(frozen=True, eq=False, kw_only=True)
class UpdateCase(FunctionCase):
    """Weights `W`, error signals `delta` of their receivers, outputs `o` of their senders, and the learning rate."""

    W: Array
    delta: Array
    o: Array
    epsilon: float
