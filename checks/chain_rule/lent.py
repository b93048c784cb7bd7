"""What the checks lend to a student's code in place of what was to be written before, by parts of the notebook.

Derivatives come from autograd, which shows nothing by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import autograd
import autograd.numpy as np
import numpy
from autograd.builtins import list as traced_list
from autograd.core import make_vjp

_OF_FEW_LAYERS = ("feed_forward_one_layer", "feed_forward_two_layers")
_GRADIENTS = ("dC_dz", "gradients_one_layer", "gradients_layer_2", "gradients_layer_1")

ANSWERS = {
    "_sigmoid_der": ("sigmoid_der",),
    "feed_forward": _OF_FEW_LAYERS,
    "feed_forward_saver": ("feed_forward", *_OF_FEW_LAYERS),
    "backpropagation": _GRADIENTS,
    "feed_forward_batch": ("feed_forward", *_OF_FEW_LAYERS),
    "feed_forward_saver_batch": ("feed_forward_batch", "feed_forward_saver", "feed_forward", *_OF_FEW_LAYERS),
    "backpropagation_batch": ("backpropagation", *_GRADIENTS),
}

# --- activation functions, two that the notebook gives and two of NumPy's --------------------------------------------
# They work on autograd's traced arrays too, so that a student's function stays differentiable with them.

Activation = Callable[[Any], Any]


def sigmoid(z: Any) -> Any:
    """Return 1 / (1 + exp(-z))."""
    return 1 / (1 + np.exp(-z))


def relu(z: Any) -> Any:
    """Return max(0, z)."""
    return np.maximum(0.0, z)


def _tanh(z: Any) -> Any:
    return np.tanh(z)


def _arctan(z: Any) -> Any:
    return np.arctan(z)


FUNCTIONS: dict[str, Activation] = {"sigmoid": sigmoid, "tanh": _tanh, "relu": relu, "arctan": _arctan}
"""What goes into `activation_funcs`, by its name."""


# --- one and two layers ----------------------------------------------------------------------------------------------


def feed_forward_one_layer(W: Any, b: Any, x: Any) -> Any:
    """Return the activations (out,) of one sigmoid layer with W (out, in)."""
    return sigmoid(np.dot(W, x) + b)


def mean_squared_error(predict: Any, target: Any) -> Any:
    """Return the mean over all entries of the squared differences."""
    return np.mean((predict - target) ** 2)


def cost_one_layer(W: Any, b: Any, x: Any, target: Any) -> Any:
    """Return the mean squared error of one sigmoid layer."""
    return mean_squared_error(feed_forward_one_layer(W, b, x), target)


# --- derivatives -----------------------------------------------------------------------------------------------------


def floats(value: Any) -> Any:
    """Return an array of floats, as autograd wants it."""
    return numpy.asarray(value, dtype=numpy.float64)


def mse_der(predict: Any, target: Any) -> Any:
    """Return the derivative of the mean squared error with respect to `predict`."""
    return autograd.grad(mean_squared_error)(floats(predict), floats(target))


def sigmoid_der(z: Any) -> Any:
    """Return the derivative of the sigmoid at every entry of z."""
    return autograd.elementwise_grad(sigmoid)(floats(z))


def sigmoid_jacobian(z: Any) -> Any:
    """Return the derivative of sigmoid(z) with respect to z, (out, out)."""
    return autograd.jacobian(sigmoid)(floats(z))


def dC_dz(z: Any, target: Any) -> Any:
    """Return the derivative of the mean squared error of sigmoid(z) with respect to z, (out,)."""
    return autograd.grad(lambda z: mean_squared_error(sigmoid(z), floats(target)))(floats(z))


def dz_dW(W: Any, x: Any) -> Any:
    """Return the derivative of W x with respect to W, (out, out, in)."""
    return autograd.jacobian(lambda W: np.dot(W, floats(x)))(floats(W))


def dz_db(b: Any) -> Any:
    """Return the derivative of W x + b with respect to b, (out, out)."""
    return autograd.jacobian(lambda b: 1.0 * b)(floats(b))


def feed_forward_two_layers(layers: list[tuple[Any, Any]], x: Any) -> Any:
    """Return the output of two sigmoid layers with weights (out, in)."""
    for W, b in layers:
        x = feed_forward_one_layer(W, b, x)
    return x


def _sigmoid_der(z: Any) -> Any:
    return sigmoid(z) * (1 - sigmoid(z))


def _tanh_der(z: Any) -> Any:
    return 1 - np.tanh(z) ** 2


def _relu_der(z: Any) -> Any:
    return np.where(z > 0, 1.0, 0.0)


def _arctan_der(z: Any) -> Any:
    return 1 / (1 + z**2)


DERIVATIVES: dict[str, Activation] = {
    "sigmoid": _sigmoid_der,
    "tanh": _tanh_der,
    "relu": _relu_der,
    "arctan": _arctan_der,
}
"""What goes into `activation_ders`, by the name of the function."""


# --- networks of any depth, one sample -------------------------------------------------------------------------------


def weighted_input(W: Any, b: Any, a: Any) -> Any:
    """Return W a + b for one sample, with W (out, in).

    Raises:
        ValueError: if they do not fit.
    """
    try:
        return np.dot(W, a) + b
    except ValueError as error:
        if np.ndim(a) < 2:
            raise
        raise ValueError(
            f"W {np.shape(W)} does not fit {np.shape(a)}: this function is for one sample, a vector, not for a matrix"
        ) from error


def feed_forward(input: Any, layers: list[tuple[Any, Any]], activation_funcs: Any) -> Any:
    """Return the prediction for one sample."""
    a = input
    for (W, b), function in zip(layers, activation_funcs, strict=True):
        a = function(weighted_input(W, b, a))
    return a


def feed_forward_saver(
    input: Any, layers: list[tuple[Any, Any]], activation_funcs: Any
) -> tuple[list[Any], list[Any], Any]:
    """Return the input and z of every layer, and the prediction, for one sample."""
    layer_inputs, zs, a = [], [], input
    for (W, b), function in zip(layers, activation_funcs, strict=True):
        layer_inputs.append(a)
        zs.append(weighted_input(W, b, a))
        a = function(zs[-1])
    return layer_inputs, zs, a


def backpropagation(
    input: Any,
    layers: list[tuple[Any, Any]],
    activation_funcs: Any,
    target: Any,
    activation_ders: Any,
    cost_der: Callable[[Any, Any], Any] = mse_der,
) -> list[tuple[Any, Any]]:
    """Return the gradients of every layer for one sample, weights (out, in)."""

    def last_z(flat: list[Any]) -> Any:
        z, into_layers = input, [_as_it_is, *activation_funcs[:-1]]
        for W, b, function in zip(flat[::2], flat[1::2], into_layers, strict=True):
            z = weighted_input(W, b, function(z))
        return z

    pull_back, z = make_vjp(last_z, traced_list([floats(part) for pair in layers for part in pair]))
    error = cost_der(activation_funcs[-1](z), target) * activation_ders[-1](z)
    flat = pull_back(numpy.asarray(error))
    return list(zip(flat[::2], flat[1::2], strict=True))


def _as_it_is(x: Any) -> Any:
    return x


# --- rows of samples; nothing is shared with that for one sample, which is an earlier task ---------------------------


def feed_forward_batch(inputs: Any, layers: list[tuple[Any, Any]], activation_funcs: Any) -> Any:
    """Return the predictions (N, out) for rows of samples."""
    a = inputs
    for (W, b), function in zip(layers, activation_funcs, strict=True):
        a = function(np.dot(a, W) + b)
    return a


def feed_forward_saver_batch(
    inputs: Any, layers: list[tuple[Any, Any]], activation_funcs: Any
) -> tuple[list[Any], list[Any], Any]:
    """Return the inputs and z of every layer, and the predictions, for rows of samples."""
    layer_inputs, zs, a = [], [], inputs
    for (W, b), function in zip(layers, activation_funcs, strict=True):
        layer_inputs.append(a)
        zs.append(np.dot(a, W) + b)
        a = function(zs[-1])
    return layer_inputs, zs, a


def backpropagation_batch(
    inputs: Any,
    layers: list[tuple[Any, Any]],
    activation_funcs: Any,
    targets: Any,
    activation_ders: Any,
    cost_der: Callable[[Any, Any], Any] = mse_der,
) -> list[tuple[Any, Any]]:
    """Return the gradients of every layer for rows of samples, weights (in, out)."""

    def last_z(flat: list[Any]) -> Any:
        pairs = list(zip(flat[::2], flat[1::2], strict=True))
        return feed_forward_saver_batch(inputs, pairs, activation_funcs)[1][-1]

    pull_back, z = make_vjp(last_z, traced_list([floats(part) for pair in layers for part in pair]))
    error = cost_der(activation_funcs[-1](z), targets) * activation_ders[-1](z)
    flat = pull_back(numpy.asarray(error))
    return list(zip(flat[::2], flat[1::2], strict=True))


# --- softmax and cross-entropy, and what training is handed ----------------------------------------------------------


def softmax(z: Any) -> Any:
    """Return the softmax of every row of z, (N, K)."""
    powers = np.exp(z - np.max(z, axis=1, keepdims=True))
    return powers / np.sum(powers, axis=1, keepdims=True)


def cross_entropy(predict: Any, target: Any) -> Any:
    """Return the mean over the samples of the cross-entropy with one-hot targets."""
    return -np.sum(target * np.log(predict)) / len(target)


def softmax_cross_entropy_der(predict: Any, target: Any) -> Any:
    """Return the derivative of the cross-entropy with respect to the softmax's input, made from its output."""
    return autograd.grad(lambda z: cross_entropy(softmax(z), floats(target)))(np.log(floats(predict)))


def _one(z: Any) -> Any:
    return np.ones_like(z)


FUNCTIONS_IN_TRAINING: dict[str, Activation] = {**FUNCTIONS, "softmax": softmax}
"""What goes into `activation_funcs`, by its name."""

DERIVATIVES_IN_TRAINING: dict[str, Activation] = {**DERIVATIVES, "softmax": _one}
"""What goes into `activation_ders`, by the name of the function; for softmax that is 1, see equation (32)."""


def cost_der_for_training(predict: Any, target: Any) -> Any:
    """Return a derivative that is neither (25) nor (32), so that ignoring the argument shows."""
    return 1.7 * (predict - target) / len(predict) + 0.05 * predict
