"""The inputs of one probe of a layer, a criterion, a network or a training function, and what is seen of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np

from checks.observing.observation import Array
from checks.observing.quantity import Quantity

Parameters = tuple[Array, Array, Array, Array]
"""Weight (in, hidden) and bias (hidden,) of layer 1, weight (hidden, out) and bias (out,) of layer 2."""

WEIGHT, BIAS = "weight", "bias"
TRAINED, NUMERICAL = "after training", "by numerical_gradient"
"""What is special about a parameter: it is that after training, or what is seen is its numerical gradient."""

PARAMETERS = tuple(Quantity(kind, layer) for layer in (1, 2) for kind in (WEIGHT, BIAS))
"""The parameters of a two-layer network, in order."""

OUTPUT, GRADIENT, LOSS = Quantity("output"), Quantity("gradient with respect to x"), Quantity("loss")
PREDICTION_GRADIENT = Quantity("gradient with respect to the predictions")
BY_DIFFERENCES, DERIVATIVE, LOSSES = Quantity("gradient"), Quantity("derivative"), Quantity("losses")

AT_ZERO, AT_THE_ENDS, NEAR_THE_ENDS = "at exactly 0", "at exactly 0 and 1", "near 0 and 1"
"""Where a layer or a criterion needs care."""

FORWARD_UNWRITTEN = Quantity("forward is not written yet")
"""What the first look at a class leaves for the second one, which finds out whether any method is written."""

WEIGHT_GRADIENT, BIAS_GRADIENT = Quantity("weight gradient"), Quantity("bias gradient")
WEIGHT_AFTER, BIAS_AFTER = (Quantity(kind, aspect="after the step") for kind in (WEIGHT, BIAS))

SAMPLE_BY_SAMPLE = "sample by sample"
"""What is special about a gradient that is not summed over the samples: its first axis is that of the batch."""

ORDER, SIZES = Quantity("order of the samples"), Quantity("sizes of the batches")
"""Which samples `backward` was given, one call after the other, and how many in each call."""

LABELS = Quantity("order of the labels")
"""Whose labels the criterion's `backward` was given, one call after the other."""


@dataclass(frozen=True, eq=False)
class _Case:
    """What all cases share: a precision, and the sizes that a factor may consist of."""

    dtype: Any = field(default=np.float64, kw_only=True)

    @property
    def dimensions(self) -> dict[str, int]:
        """The sizes by their symbols."""
        return {}

    def as_float32(self) -> Self:
        """Return the same case in single precision."""
        return replace(self, dtype=np.float32)

    def given(self, array: Array) -> Array:
        """Return a copy of an array for the student's code, in the precision of this case; integers stay integers."""
        copied = np.array(array, dtype=None if array.dtype.kind == "i" else self.dtype)
        return np.asarray(copied)


@dataclass(frozen=True, eq=False)
class ElementCase(_Case):
    """Inputs x and gradients g (batch, width) of a layer that works entry by entry, and those of a second call.

    `integer` tells that x holds integers.
    """

    x: Array
    g: Array
    second_x: Array
    second_g: Array
    integer: bool = False

    @property
    def dimensions(self) -> dict[str, int]:
        """Batch size N and width K."""
        return {"N": len(self.x), "K": self.x.shape[1]}

    def __str__(self) -> str:
        kind = "integer inputs" if self.integer else "inputs"
        return f"{kind} of shape {self.x.shape}"


@dataclass(frozen=True, eq=False)
class CriterionCase(_Case):
    """Predictions p in (0, 1) and labels y (batch, out), and those of a second call."""

    p: Array
    y: Array
    second_p: Array
    second_y: Array

    @property
    def dimensions(self) -> dict[str, int]:
        """Batch size N and number of outputs K."""
        return {"N": len(self.p), "K": self.p.shape[1]}

    def __str__(self) -> str:
        return f"{len(self.p)} samples with {self.p.shape[1]} output{'s' * (self.p.shape[1] > 1)}"


def special_predictions(name: str) -> list[tuple[str, Array, Array]]:
    """Return the places where a criterion needs care: what they are, predictions and labels."""
    if name == "AbsCriterion":
        return [(AT_ZERO, np.array([[0.5, -1.0, 0.0]]), np.array([[0.5, -1.0, 0.0]]))]
    return [
        (NEAR_THE_ENDS, np.array([[1e-3, 1e-3], [0.999, 0.999]]), np.array([[0.0, 1.0], [0.0, 1.0]])),
        (AT_THE_ENDS, np.array([[0.0, 0.0], [1.0, 1.0]]), np.array([[0.0, 1.0], [0.0, 1.0]])),
    ]


@dataclass(frozen=True, eq=False)
class NetworkCase(_Case):
    """A network's parameters, inputs x (batch, in), gradients g (batch, out), and those of a second call.

    `output` names the activation of the last layer.
    """

    sizes: tuple[int, int, int]
    parameters: Parameters
    x: Array
    g: Array
    second_x: Array
    second_g: Array
    output: str = "sigmoid"

    @property
    def dimensions(self) -> dict[str, int]:
        """Batch size N and number of outputs K."""
        return {"N": len(self.x), "K": self.sizes[2]}

    @property
    def labels(self) -> Array:
        """Labels (batch, out) for a loss."""
        return np.asarray(0.5 * np.sign(self.g))

    def __str__(self) -> str:
        samples = "one sample" if len(self.x) == 1 else f"{len(self.x)} samples"
        ends = "" if self.output == "sigmoid" else " that ends with another layer than Sigmoid"
        return f"a {'-'.join(map(str, self.sizes))} network{ends}, {samples}"


@dataclass(frozen=True, eq=False)
class LinearCase(_Case):
    """A linear layer's weight (in, out) and bias (out,), inputs x (batch, in) and gradients g (batch, out), twice."""

    weight: Array
    bias: Array
    x: Array
    g: Array
    second_x: Array
    second_g: Array

    @property
    def dimensions(self) -> dict[str, int]:
        """Batch size N and number of outputs K."""
        return {"N": len(self.x), "K": len(self.bias)}

    def __str__(self) -> str:
        n_in, out = self.weight.shape
        return f"a layer with {n_in} inputs and {out} output{'s' * (out > 1)}, {len(self.x)} samples"


@dataclass(frozen=True, eq=False)
class StepCase(_Case):
    """A layer's weight (in, out) and bias (out,), a sample x (1, in) with its label y (1, out), and another sample."""

    weight: Array
    bias: Array
    x: Array
    y: Array
    second_x: Array
    second_y: Array
    learning_rate: float

    @property
    def dimensions(self) -> dict[str, int]:
        """Number of outputs K."""
        return {"K": len(self.bias)}

    def __str__(self) -> str:
        n_in, out = self.weight.shape
        return f"a layer with {n_in} inputs and {out} output{'s' * (out > 1)}, one sample"


@dataclass(frozen=True, eq=False)
class NumericalCase(_Case):
    """A smooth loss, the sum of sin(m * w + phase) * c + w^3 / 9 over all entries and products of neighbours.

    Its parameter w has the shape of `start`. `epsilon` is the step of a second call, so large that the difference
    quotient can be told from the derivative. `layer` is a network for the test of the checker.
    """

    start: Array
    slopes: Array
    phases: Array
    epsilon: float
    layer: NetworkCase

    def loss(self, w: Array) -> float:
        """Return the loss of a parameter of the shape of `start`."""
        flat = w.reshape(-1)
        coupling = float(flat[:-1] @ flat[1:]) / 4
        return float((2 * np.sin(self.slopes * w + self.phases) + w**3 / 9).sum()) + coupling

    def __str__(self) -> str:
        return f"a parameter of shape {self.start.shape}"


@dataclass(frozen=True, eq=False)
class TrainCase(_Case):
    """A network to train on x (samples, in) and y (samples, out); `size` is the mini-batch's, 1 for one at a time.

    The criterion is `scale` times the sum of exp(d) - d - 1 over d = p - y, which is not symmetric.
    """

    sizes: tuple[int, int, int]
    parameters: Parameters
    x: Array
    y: Array
    learning_rate: float
    epochs: int
    size: int
    single: bool
    scale: float = 1.0

    @property
    def dimensions(self) -> dict[str, int]:
        """Number of samples N and of outputs K."""
        return {"N": len(self.x), "K": self.sizes[2]}

    def __str__(self) -> str:
        batches = "" if self.single else f", mini-batches of {self.size}"
        return f"a {'-'.join(map(str, self.sizes))} network, {len(self.x)} samples{batches}, {self.epochs} epochs"
