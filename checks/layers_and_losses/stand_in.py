"""Layers, a network and a criterion that are known to be right: what a student's code is given while it is observed.

With them a wrong class spoils the check of no other one. They refuse what the given ones of the notebook refuse.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from checks.layers_and_losses.cases import NetworkCase, Parameters, TrainCase
from checks.observing.observation import Array


def sigmoid(v: Array) -> Array:
    """Return the sigmoid of every entry."""
    return np.asarray(1 / (1 + np.exp(-v)))


def sigmoid_derivative(v: Array) -> Array:
    """Return the derivative of the sigmoid at every entry."""
    return np.asarray(sigmoid(v) * (1 - sigmoid(v)))


def tanh_derivative(v: Array) -> Array:
    """Return the derivative of tanh at every entry."""
    return np.asarray(1 - np.tanh(v) ** 2)


ACTIVATIONS: dict[str, tuple[Callable[[Array], Array], Callable[[Array], Array]]] = {
    "sigmoid": (sigmoid, sigmoid_derivative),
    "tanh": (lambda v: np.asarray(np.tanh(v)), tanh_derivative),
}
"""Activation functions and their derivatives by name."""


def refuse_flat(x: Any) -> None:
    """Raise the ValueError of the given Linear unless x has one row per sample."""
    if np.ndim(x) != 2:
        raise ValueError(
            f"x must have one row per sample, shape (N, in), but it has shape {np.shape(x)}. "
            "A single sample is x[i : i + 1], not x[i]."
        )


class RightLinear:
    """A linear layer as the notebook describes it; it takes a batch unless `single`."""

    single = False

    def __init__(self, in_features: int, out_features: int, rng: Any = None):
        self.weight: Any = np.zeros((in_features, out_features))
        self.bias: Any = np.zeros(out_features)
        self.grad_weight: Any = None
        self.grad_bias: Any = None

    def forward(self, x: Any) -> Any:
        """Return x W + b."""
        refuse_flat(x)
        return np.asarray(x) @ self.weight + self.bias

    def backward(self, x: Any, grad_output: Any) -> Any:
        """Store both gradients and return that with respect to x."""
        refuse_flat(x)
        x, g = np.asarray(x), np.asarray(grad_output)
        if self.single and len(x) != 1:
            raise ValueError(
                f"Linear.backward is for a single sample, x of shape (1, in), but x has {len(x)} rows. "
                "A batch is for BatchLinear."
            )
        expected = (len(x), self.weight.shape[1])
        if g.shape != expected:
            raise ValueError(f"grad_output must have shape {expected}, but it has shape {g.shape}.")
        self.grad_weight = x.T @ g
        self.grad_bias = g.sum(axis=0)
        return g @ self.weight.T


class DrawnLinear(RightLinear):
    """A linear layer that draws its weight as the given one of the notebook does."""

    def __init__(self, in_features: int, out_features: int, rng: Any = None):
        super().__init__(in_features, out_features)
        rng = np.random.default_rng(0) if rng is None else rng
        self.weight = rng.uniform(-1, 1, size=(in_features, out_features))


class RightActivation:
    """A layer that applies an activation function entry by entry."""

    function: str = "sigmoid"

    def forward(self, x: Any) -> Any:
        """Return the activation of every entry."""
        return ACTIVATIONS[self.function][0](np.asarray(x))

    def backward(self, x: Any, grad_output: Any) -> Any:
        """Return the gradient with respect to x."""
        return np.asarray(grad_output) * ACTIVATIONS[self.function][1](np.asarray(x))


class RightTanh(RightActivation):
    """The layer that a network may end with instead of the sigmoid."""

    function = "tanh"


def set_parameters(layers: list[Any], case: NetworkCase | TrainCase) -> None:
    """Give the first and the third of four layers the weights and biases of a case."""
    for layer, (weight, bias) in zip((layers[0], layers[2]), _pairs(case.parameters), strict=True):
        layer.weight, layer.bias = case.given(weight), case.given(bias)


def _pairs(parameters: Parameters) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    return (parameters[0], parameters[1]), (parameters[2], parameters[3])


class StandIn:
    """A network to train: `layers`, `forward` and `backward`, all right, without a memory.

    Its linear layers count as instances of the notebook's class, so that a student's code recognises them, and so do
    its activations; with `ends_with_linear` the last layer is a linear one too. `visited` lists the rows of x that
    `backward` was given, call by call (-1 is none of them).
    """

    def __init__(self, case: TrainCase, names: dict[str, Any], ends_with_linear: bool = False):
        linear = "Linear" if case.single else "BatchLinear"
        if not isinstance(names.get(linear), type):
            linear = "Linear"
        n_in, hidden, out = case.sizes
        self.layers: list[Any] = [
            _disguised(_linear(n_in, hidden, case.single), names.get(linear)),
            _disguised(RightActivation(), names.get("Sigmoid")),
            _disguised(_linear(hidden, out, case.single), names.get(linear)),
            _disguised(RightActivation(), names.get("Sigmoid")),
        ]
        set_parameters(self.layers, case)
        if ends_with_linear:
            self.layers[3] = _disguised(_linear(out, out, case.single), names.get(linear))
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


def _linear(n_in: int, n_out: int, single: bool) -> RightLinear:
    layer = RightLinear(n_in, n_out)
    layer.single = single
    return layer


def _disguised(layer: Any, wanted: Any) -> Any:
    """Return `layer` as an instance of the class `wanted`, whose methods are those of `layer`, if that is possible."""
    if not isinstance(wanted, type):
        return layer
    try:
        disguised: Any = object.__new__(wanted)
        disguised.__dict__.update(vars(layer))
    except (TypeError, AttributeError):
        return layer
    kind = type(layer)
    disguised.forward = kind.forward.__get__(disguised)
    disguised.backward = kind.backward.__get__(disguised)
    for name in ("single", "function"):
        if hasattr(layer, name):
            setattr(disguised, name, getattr(layer, name))
    return disguised


def criterion_loss(scale: float, d: Array) -> float:
    """Return the loss of the probe's criterion for differences d = p - y."""
    return float(scale * (np.exp(d) - d - 1).sum())


def criterion_gradient(scale: float, d: Array) -> Array:
    """Return the gradient of the probe's criterion with respect to the predictions, for differences d = p - y."""
    return np.asarray(scale * (np.exp(d) - 1))


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
