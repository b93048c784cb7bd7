"""The inputs of one probe of a neural network, and the quantities that are seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from checks.observing.observation import Array
from checks.observing.quantity import Quantity

WEIGHT_GRADIENT, BIAS_GRADIENT, WEIGHT, BIAS = "weight gradient", "bias gradient", "weight", "bias"
"""Kinds of quantities that every layer has."""

AFTERWARDS, TRAINED = "afterwards", "after training"
"""What is special about a weight or bias: it is that after a call which should not change it, or after training."""

PREDICTION, LOSS, LOSSES = Quantity("prediction"), Quantity("loss"), Quantity("losses")

RETURNED, SAME_NETWORK = Quantity("return value"), Quantity("network returned")
"""In which form `train` returns its results, an index of RETURNS, and whether it is the network that it was given."""

RETURNS = ("(net, losses)", "(losses, net)", "the losses only", "the network only")
"""What `train` may return."""

PASSES = Quantity("forward passes")
"""How many forward passes the first call of backward made."""


@dataclass(frozen=True, eq=False)
class NetworkCase:
    """A network's parameters and mini-batches; each case is equal to itself only.

    `weights[l]` is (in, out) and `biases[l]` (out,) of layer l + 1; `x` is (batch, in), `y` (batch, out);
    the second mini-batch has one sample more; `stale_x` is a third one as large as the first.
    `steps` are gradients for two updates with the two `learning_rates`; `train` runs for `epochs` with `train_rate`,
    which is 1 where the fastest parameter arrives in one step and above 2 where the loss rises.
    """

    sizes: tuple[int, ...]
    weights: tuple[Array, ...]
    biases: tuple[Array, ...]
    x: Array
    y: Array
    second_x: Array
    second_y: Array
    stale_x: Array
    steps: tuple[tuple[tuple[Array, Array], ...], ...]
    learning_rates: tuple[float, float]
    train_rate: float
    epochs: int
    dtype: type[np.floating] = np.float64

    @property
    def batch(self) -> int:
        """Number of samples N."""
        return len(self.x)

    @property
    def outputs(self) -> int:
        """Number of outputs K."""
        return self.sizes[-1]

    @property
    def dimensions(self) -> dict[str, int]:
        """The sizes a mistaken factor may stand for, by their symbols."""
        return {"N": self.batch, "K": self.outputs}

    def __str__(self) -> str:
        return f"a {'-'.join(map(str, self.sizes))} network with {self.batch} samples"

    def as_float32(self) -> Self:
        """Return the same case for code that only works in single precision."""
        return replace(self, dtype=np.float32)
