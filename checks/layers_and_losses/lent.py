"""What the checks lend to a student's code in the place of what was to be written earlier."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar

import numpy as np

from checks.layers_and_losses.case import NetworkCase, TrainCase
from checks.layers_and_losses.observe import right_forward_standing_in
from checks.observing.observation import Array
from checks.observing.standing_in import method_standing_in

# --- layers, as the notebook gives them ------------------------------------------------------------------------------
# With them a wrong class spoils the check of no other one. They refuse what the given ones refuse. Of a batch, a linear
# layer keeps the gradients sample by sample: to sum them is a task of its own.

ANSWERS = {
    "passed": ("TwoLayerNetwork",),
    "StandIn": ("TwoLayerNetwork",),
    "relu": ("ReLU",),
    "tanh": ("Tanh",),
    "RightBatchLinear": ("BatchLinear", "summed_gradients"),
}

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


# --- the forward pass of a network, for losses and for a `backward` whose own `forward` may be wrong -----------------


def passed(layers: Any, x: Any) -> list[Any]:
    """Return what each layer gives, one after the other."""
    outputs = []
    for layer in layers:
        x = layer.forward(x)
        outputs.append(x)
    return outputs


@contextlib.contextmanager
def right_layers_standing_in(cls: type) -> Iterator[None]:
    """Let a class have a forward that returns what is right, and remembers what is right where it can.

    While the student's own forward runs, every layer gives its right output whatever it is handed, so that an error in
    forward does not get into what backward reads later.
    """

    def maker(then: Any) -> Any:
        def prompted(net: Any, *arguments: Any, **options: Any) -> Any:
            with _prompting(net.layers, np.array(arguments[0] if arguments else next(iter(options.values())))):
                return then(net, *arguments, **options)

        return prompted

    right = right_forward_standing_in(cls, lambda net, x: passed(net.layers, x)[-1])
    with right, method_standing_in(cls, "forward", maker):
        yield


def _returning(output: Any, _own: Any) -> Any:
    return lambda *_, **__: output.copy()


@contextlib.contextmanager
def _prompting(layers: Any, x: Any) -> Iterator[None]:
    """Let every layer return its right output for the network's input x, whatever it is given."""
    with contextlib.ExitStack() as stack:
        for layer, output in zip(layers, passed(layers, x), strict=True):
            stack.enter_context(method_standing_in(layer, "forward", partial(_returning, output)))
        yield


# --- a network and a criterion to train ------------------------------------------------------------------------------


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
    """A criterion that is no student's: it tells predictions from labels, and refuses unequal shapes.

    `visited` lists the rows of `labels` that `backward` was given (-1 is none of them).
    """

    def __init__(self, scale: float, labels: Any = ()):
        self.scale = scale
        self.visited: list[int] = []
        self._rows = {row.tobytes(): number for number, row in enumerate(labels)}

    def forward(self, predictions: Any, labels: Any) -> float:
        """Return the sum over all entries."""
        return criterion_loss(self.scale, self._difference(predictions, labels))

    def backward(self, predictions: Any, labels: Any) -> Any:
        """Return the gradient with respect to the predictions."""
        difference = self._difference(predictions, labels)
        self.visited += [self._rows.get(np.ascontiguousarray(row).tobytes(), -1) for row in np.atleast_2d(labels)]
        return criterion_gradient(self.scale, difference)

    def _difference(self, predictions: Any, labels: Any) -> Array:
        if np.shape(predictions) != np.shape(labels):
            raise ValueError(
                f"the predictions have shape {np.shape(predictions)}, but the labels have shape {np.shape(labels)}. "
                "Both must be (N, K), one row per sample."
            )
        return np.asarray(np.asarray(predictions) - np.asarray(labels))


# --- the forward of a layer, for a `backward` whose own `forward` may be wrong ---------------------------------------


def relu(x: Array) -> Array:
    """Return what a ReLU layer gives."""
    return np.asarray(np.maximum(x, 0))


def tanh(x: Array) -> Array:
    """Return what a Tanh layer gives."""
    return np.asarray(np.tanh(x))


# --- a linear layer for batches, for training in mini-batches --------------------------------------------------------


@shown_as("BatchLinear")
class RightBatchLinear(RightLinear):
    """A linear layer whose gradients are those of a whole batch."""

    def backward(self, x: Any, grad_output: Any) -> Any:
        """Store both gradients and return that with respect to x."""
        x, g = accepted(self, x, grad_output)
        self.grad_weight = x.T @ g
        self.grad_bias = g.sum(axis=0)
        return g @ self.weight.T
