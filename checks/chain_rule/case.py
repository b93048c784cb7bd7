"""The inputs of one probe of the chain rule's functions, and the quantities that are observed on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from checks.observing.observation import Array
from checks.observing.quantity import Quantity

DIFFERENTIABLE = Quantity("differentiability")
"""What autograd makes of a function, see `autograd_watch`."""

CALLS = Quantity("calls of an activation function")
"""How often the activation functions were called, for each layer, in the first call."""

ACTIVATION, COST, OUTPUT, PREDICTION = map(Quantity, ("activation a", "cost", "output a2", "prediction"))

GRADIENTS = WEIGHT_GRADIENT, BIAS_GRADIENT = "dC/dW", "dC/db"
DA_DZ, DC_DZ, DZ_DW, DZ_DB, DC_DZ_ROWS = map(Quantity, ("da/dz", "dC/dz", "dz/dW", "dz/db", "dC/dZ"))
SYMBOLS = (*GRADIENTS, *(one.kind for one in (DA_DZ, DC_DZ, DZ_DW, DZ_DB, DC_DZ_ROWS)))
"""The kinds that are named by their symbols."""

DERIVATIVE, PROBABILITIES = Quantity("derivative"), Quantity("probabilities")
FOR_A_VECTOR, FOR_A_MATRIX, FOR_INTEGERS, FOR_LARGE_Z = "for a vector", "for a matrix", "for integers", "for large z"
"""What is special about what a function returns: what it was given."""

WEIGHT, BIAS, TRAINED = "W", "b", "after training"
LAYERS, WEIGHT_SHAPE, BIAS_SHAPE, VARIETY = Quantity("number of layers"), "shape of W", "shape of b", "variety of W"
"""What is observed of fresh layers: how many they are, the shapes of each, and whether its nodes differ."""

LAYER_INPUT, Z = "layer input", "z"
INPUTS_SAVED, ZS_SAVED = Quantity("number of layer inputs"), Quantity("number of zs")
"""What the forward pass saves: an array of each kind for every layer, and how many arrays there are."""

RETURNED, LOSSES = Quantity("return value"), Quantity("losses")
"""In which form training returns its results, an index of RETURNS, and the losses."""

RETURNS = ("(layers, losses)", "(losses, layers)", "the losses only", "the layers only")
"""What `train_network` may return."""


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
    def large(self) -> Array:
        """Whole numbers from 9 on, where whoever cuts off what goes into an exponential is noticed."""
        return np.asarray(self.whole - self.whole.min() + 9)

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
