"""A small network with its numbers, the names of everything that is computed in it, and the one of the notebook.

Neurons are numbered through the whole network, inputs first; a weight is named after its receiver and its sender, so
`w53` leads from neuron 3 to neuron 5.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

import numpy as np

from checks.observing.observation import Array

PASS_ONE = ("forward", "E", "error_signals", "gradients", "update")
"""The questions that are answered neuron by neuron."""

PASS_TWO = ("do2_ds2", "ds2_do1", "do1_ds1", "delta2", "delta1", "dW2", "dW1", "W2_new", "W1_new")
"""The questions that are answered with matrices."""

GIVEN = "given network"
"""The quantity that tells to which network an answer belongs."""


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


@dataclass(frozen=True, eq=False)
class Problem:
    """One forward pass, backward pass and update to compute by hand; each problem is equal to itself only.

    `x` (n_in,) is the input and `t` (n_out,) the target; `W1` (n_hidden, n_in) and `W2` (n_out, n_hidden) hold the
    weights, one row for each receiver. `dead` are the numbers of hidden neurons that ReLU switches off.
    """

    x: Array
    t: Array
    W1: Array
    W2: Array
    epsilon: float
    dead: frozenset[int] = field(default_factory=frozenset)
    title: str = "the network of this notebook"
    dtype: type[np.floating] = np.float64

    def __post_init__(self) -> None:
        for array in (self.x, self.t, self.W1, self.W2):
            array.setflags(write=False)

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
        """Return the same problem, compared in single precision."""
        return replace(self, dtype=np.float32)

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
