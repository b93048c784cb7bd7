"""The inputs of one probe of the chain rule's functions, and the names of what is observed on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from checks.observing.observation import Array

DIFFERENTIABLE = "differentiability"
"""The quantity that says what autograd makes of a function, see `autograd_watch`."""

CALLS = "calls of an activation function"
"""How often the activation functions were called, for each layer, in the first call."""

PARTS = ("dC/dW", "dC/db")


def second(quantity: str) -> str:
    """Name what a quantity is in a second call with other data."""
    return f"{quantity} (second call)"


def of_layer(quantity: str, layer: int) -> str:
    """Name a quantity of a layer; layers are counted from 1."""
    return f"{quantity} of layer {layer}"


@dataclass(frozen=True, eq=False)
class ChainCase:
    """A network, two sets of samples, and numbers for the functions around it; each case is equal to itself only.

    `weights[l]` is (in, out) of layer l + 1, as in the batched part; the part with one sample uses its transpose
    `single_weights[l]`, (out, in). `inputs` are (N, in) and `targets` (N, out), of which one sample is the first row.
    `labels` are one-hot, (N, out); `logits` and `whole` (integers) are (N, out). `activations` and
    `other_activations` name the functions of the first and the second call.

    Three things are left out where they would be an answer: `weights` and `biases` where layers are to be created, `z`
    (out,) of the first layer before it has been computed, and the probabilities `predict` (N, out) before softmax.
    """

    sizes: tuple[int, ...]
    weights: tuple[Array, ...]
    biases: tuple[Array, ...]
    inputs: Array
    targets: Array
    other_inputs: Array
    other_targets: Array
    labels: Array
    logits: Array
    whole: Array
    activations: tuple[str, ...]
    other_activations: tuple[str, ...]
    rate: float
    epochs: int
    many: bool
    dtype: type[np.floating] = np.float64
    z: Array | None = None
    predict: Array | None = None

    @property
    def single_weights(self) -> tuple[Array, ...]:
        """The weights as (out, in)."""
        return tuple(weight.T.copy() for weight in self.weights)

    @property
    def batch(self) -> int:
        """Number of samples N."""
        return len(self.inputs)

    @property
    def dimensions(self) -> dict[str, int]:
        """The sizes a mistaken factor may stand for, by their symbols."""
        return {"N": self.batch, "K": self.sizes[-1]} if self.many else {"K": self.sizes[-1]}

    def samples(self, call: int) -> tuple[Array, Array]:
        """Return inputs and targets of the first or the second call, all samples or one of them."""
        inputs, targets = ((self.inputs, self.targets), (self.other_inputs, self.other_targets))[call]
        return (inputs, targets) if self.many else (np.asarray(inputs[0]), np.asarray(targets[0]))

    def functions(self, call: int) -> tuple[str, ...]:
        """Return the names of the activation functions of the first or the second call."""
        return (self.activations, self.other_activations)[call]

    def __str__(self) -> str:
        sizes = "-".join(map(str, self.sizes))
        return f"a {sizes} network with {self.batch} samples" if self.many else f"a {sizes} network"

    def as_float32(self) -> Self:
        """Return the same case for code that only works in single precision."""
        return replace(self, dtype=np.float32)


def layers_of(case: ChainCase) -> list[tuple[Array, Array]]:
    """Return fresh copies of the layers, weights as (in, out) with rows of samples and as (out, in) with one."""
    weights = case.weights if case.many else case.single_weights
    return [
        (weight.astype(case.dtype), bias.astype(case.dtype)) for weight, bias in zip(weights, case.biases, strict=True)
    ]


def in_precision(case: ChainCase, *arrays: Array) -> list[Array]:
    """Return fresh copies of arrays in the precision of a case."""
    return [array.astype(case.dtype) for array in arrays]
