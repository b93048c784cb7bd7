"""Layers as the notebook gives them: what a network is made of while it is observed.

With them a wrong class spoils the check of no other one. They refuse what the given ones refuse. Of a batch, a linear
layer keeps the gradients sample by sample: to sum them is a task of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from checks.layers_and_losses.case import NetworkCase, TrainCase
from checks.observing.observation import Array

ANSWERS: tuple[str, ...] = ()

Made = TypeVar("Made")


def sigmoid(v: Array) -> Array:
    """Return the sigmoid of every entry."""
    return np.asarray(1 / (1 + np.exp(-v)))


def sigmoid_derivative(v: Array) -> Array:
    """Return the derivative of the sigmoid at every entry."""
    return np.asarray(sigmoid(v) * (1 - sigmoid(v)))


def arctan(v: Array) -> Array:
    """Return the arc tangent of every entry."""
    return np.asarray(np.arctan(v))


def arctan_derivative(v: Array) -> Array:
    """Return the derivative of the arc tangent at every entry."""
    return np.asarray(1 / (1 + v**2))


ACTIVATIONS: dict[str, tuple[Callable[[Array], Array], Callable[[Array], Array]]] = {
    "sigmoid": (sigmoid, sigmoid_derivative),
    "arctan": (arctan, arctan_derivative),
}
"""Activation functions and their derivatives by name."""


def refuse_flat(x: Any) -> None:
    """Raise the ValueError of the given Linear unless x has one row per sample."""
    if np.ndim(x) != 2:
        raise ValueError(
            f"x must have one row per sample, shape (N, in), but it has shape {np.shape(x)}. "
            "A single sample is x[i : i + 1], not x[i]."
        )


def shown_as(name: str) -> Callable[[type[Made]], type[Made]]:
    """Return a decorator that gives a class the name by which the notebook knows it, for messages that tell it."""

    def named(cls: type[Made]) -> type[Made]:
        cls.__name__ = cls.__qualname__ = name
        return cls

    return named


class SampleBySample(np.ndarray[Any, Any]):
    """A gradient whose first axis is that of the batch, because it has not been summed; also after a division."""


@shown_as("Linear")
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
        """Store both gradients, of several samples one by one, and return that with respect to x."""
        x, g = accepted(self, x, grad_output)
        if len(x) == 1:
            self.grad_weight, self.grad_bias = x.T @ g, g[0].copy()
        else:
            self.grad_weight = (x[:, :, None] * g[:, None, :]).view(SampleBySample)
            self.grad_bias = g.copy().view(SampleBySample)
        return g @ self.weight.T


def accepted(layer: Any, x: Any, grad_output: Any) -> tuple[Array, Array]:
    """Return what a linear layer's backward is given as arrays.

    Raises:
        ValueError: if the layer refuses it.
    """
    refuse_flat(x)
    x, g = np.asarray(x), np.asarray(grad_output)
    if layer.single and len(x) != 1:
        raise ValueError(
            f"Linear.backward is for a single sample, x of shape (1, in), but x has {len(x)} rows. "
            "A batch is for BatchLinear."
        )
    expected = (len(x), layer.weight.shape[1])
    if g.shape != expected:
        raise ValueError(f"grad_output must have shape {expected}, but it has shape {g.shape}.")
    return x, g


@shown_as("Linear")
class SingleLinear(RightLinear):
    """A linear layer for a single sample, as the given one of the notebook is."""

    single = True


@shown_as("Linear")
class DrawnLinear(RightLinear):
    """A linear layer that draws its weight as the given one of the notebook does."""

    def __init__(self, in_features: int, out_features: int, rng: Any = None):
        super().__init__(in_features, out_features)
        rng = np.random.default_rng(0) if rng is None else rng
        self.weight = rng.uniform(-1, 1, size=(in_features, out_features))


@shown_as("Sigmoid")
class RightActivation:
    """A layer that applies an activation function entry by entry."""

    function: str = "sigmoid"

    def forward(self, x: Any) -> Any:
        """Return the activation of every entry."""
        return ACTIVATIONS[self.function][0](np.asarray(x))

    def backward(self, x: Any, grad_output: Any) -> Any:
        """Return the gradient with respect to x."""
        return np.asarray(grad_output) * ACTIVATIONS[self.function][1](np.asarray(x))


@shown_as("ArcTan")
class RightArcTan(RightActivation):
    """The layer that a network may end with instead of the sigmoid; no task is about it."""

    function = "arctan"


def disguised(layer: Any, wanted: Any) -> Any:
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


def set_parameters(layers: list[Any], case: NetworkCase | TrainCase) -> None:
    """Give the first and the third of four layers the weights and biases of a case."""
    w1, b1, w2, b2 = map(case.given, case.parameters)
    layers[0].weight, layers[0].bias, layers[2].weight, layers[2].bias = w1, b1, w2, b2
