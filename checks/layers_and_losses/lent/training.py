"""A network and a criterion that are known to be right: what a training function is given while it is observed."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.layers_and_losses.case import TrainCase
from checks.layers_and_losses.lent.layers import (
    RightActivation,
    RightLinear,
    disguised,
    refuse_flat,
    set_parameters,
    shown_as,
)
from checks.observing.observation import Array

ANSWERS = ("TwoLayerNetwork",)


@shown_as("TwoLayerNetwork")
class StandIn:
    """A network to train: `layers`, `forward` and `backward`, all right, without a memory.

    Its linear layers, of the class `linear`, count as instances of the notebook's class, so that a student's code
    recognises them, and so do its activations; with `ends_with_linear` the last layer is a linear one too. `visited`
    lists the rows of x that `backward` was given, call by call (-1 is none of them).
    """

    def __init__(
        self, case: TrainCase, linear: type[RightLinear], names: dict[str, Any], ends_with_linear: bool = False
    ):
        name = "Linear" if case.single else "BatchLinear"
        if not isinstance(names.get(name), type):
            name = "Linear"
        n_in, hidden, out = case.sizes
        self.layers: list[Any] = [
            disguised(linear(n_in, hidden), names.get(name)),
            disguised(RightActivation(), names.get("Sigmoid")),
            disguised(linear(hidden, out), names.get(name)),
            disguised(RightActivation(), names.get("Sigmoid")),
        ]
        set_parameters(self.layers, case)
        if ends_with_linear:
            self.layers[3] = disguised(linear(out, out), names.get(name))
            self.layers[3].weight, self.layers[3].bias = case.given(np.eye(out)), case.given(np.zeros(out))
        self._kind = names.get("TwoLayerNetwork")
        self.visited: list[list[int]] = []
        self._rows = {row.tobytes(): number for number, row in enumerate(case.given(case.x))}

    @property  # type: ignore[misc] # what isinstance(network, TwoLayerNetwork) asks
    def __class__(self) -> Any:
        return self._kind if isinstance(self._kind, type) else StandIn

    def forward(self, x: Any) -> Any:
        """Return the outputs (batch, out)."""
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, x: Any, grad_output: Any) -> Any:
        """Store the gradients in the linear layers and return that with respect to x."""
        refuse_flat(x)
        x = np.asarray(x)
        inputs = [x]
        for layer in self.layers[:-1]:
            inputs.append(layer.forward(inputs[-1]))
        for layer, received in zip(reversed(self.layers), reversed(inputs), strict=True):
            grad_output = layer.backward(received, grad_output)
        self.visited.append([self._rows.get(np.ascontiguousarray(row).tobytes(), -1) for row in x])
        return grad_output


def criterion_loss(scale: float, d: Array) -> float:
    """Return the loss of the probe's criterion for differences d = p - y."""
    return float(scale * (np.exp(d) - d - 1).sum())


def criterion_gradient(scale: float, d: Array) -> Array:
    """Return the gradient of the probe's criterion with respect to the predictions, for differences d = p - y."""
    return np.asarray(scale * (np.exp(d) - 1))


@shown_as("Criterion")
class RightCriterion:
    """A criterion that is no student's: it tells predictions from labels, and refuses unequal shapes."""

    def __init__(self, scale: float):
        self.scale = scale

    def forward(self, predictions: Any, labels: Any) -> float:
        """Return the sum over all entries."""
        return criterion_loss(self.scale, self._difference(predictions, labels))

    def backward(self, predictions: Any, labels: Any) -> Any:
        """Return the gradient with respect to the predictions."""
        return criterion_gradient(self.scale, self._difference(predictions, labels))

    def _difference(self, predictions: Any, labels: Any) -> Array:
        if np.shape(predictions) != np.shape(labels):
            raise ValueError(
                f"the predictions have shape {np.shape(predictions)}, but the labels have shape {np.shape(labels)}. "
                "Both must be (N, K), one row per sample."
            )
        return np.asarray(np.asarray(predictions) - np.asarray(labels))
