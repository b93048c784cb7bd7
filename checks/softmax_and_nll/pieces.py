"""The functions of the notebook as they should be, and how the later ones are put together from the earlier ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from checks.observing.observation import Array

Call = Callable[..., Any]
"""`call(name, *arguments)` gives what the function `name` returns; who passes it decides which function that is."""


def _sigmoid(z: Array) -> Array:
    small = np.exp(-abs(z))
    return np.asarray(np.where(z >= 0, 1, small) / (1 + small))


def _softmax(z: Array) -> Array:
    shifted = np.exp(z - z.max(axis=0, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=0, keepdims=True))


def _nllm(a: Array, y: Array) -> float:
    return -float(np.log(a[y == 1]).sum())


def _hidden_activations(x: Array, W1: Array, b1: Array) -> Array:
    return np.asarray(np.maximum(W1.T @ x + b1, 0))


_ELEMENTARY: Mapping[str, Callable[..., Any]] = {
    "sigmoid": _sigmoid,
    "sigmoid_derivative": lambda z: _sigmoid(z) * _sigmoid(-z),
    "nll_gradient": lambda x, a, y: x @ (a - y),
    "softmax": _softmax,
    "nllm": _nllm,
    "softmax_gradient": lambda x, a, y: x @ (a - y).T,
    "gradient_step": lambda W, gradient, learning_rate: W - learning_rate * gradient,
    "hidden_activations": _hidden_activations,
}


def _predict(call: Call, x: Array, W: Array) -> Array:
    return np.asarray(call("softmax", W.T @ x))


def _predict_after_step(call: Call, x: Array, y: Array, W: Array, learning_rate: float) -> Array:
    gradient = call("softmax_gradient", x, call("predict", x, W), y)
    return np.asarray(call("predict", x, call("gradient_step", W, gradient, learning_rate)))


def _network_output(call: Call, x: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> Array:
    return np.asarray(call("softmax", W2.T @ call("hidden_activations", x, W1, b1) + b2))


def _units_on(call: Call, x: Array, W1: Array, b1: Array) -> Array:
    return np.asarray(call("hidden_activations", x, W1, b1) > 0)


def _updated_w2(
    call: Call, x: Array, y: Array, W1: Array, b1: Array, W2: Array, b2: Array, learning_rate: float
) -> Array:
    a1, a2 = call("hidden_activations", x, W1, b1), call("network_output", x, W1, b1, W2, b2)
    return np.asarray(call("gradient_step", W2, call("softmax_gradient", a1, a2, y), learning_rate))


def _updated_w1(
    call: Call, x: Array, y: Array, W1: Array, b1: Array, W2: Array, b2: Array, learning_rate: float
) -> Array:
    delta2 = call("network_output", x, W1, b1, W2, b2) - y
    delta1 = (W2 @ delta2) * call("units_on", x, W1, b1)
    return np.asarray(call("gradient_step", W1, x @ delta1.T, learning_rate))


def _output_after_step(
    call: Call, x: Array, y: Array, W1: Array, b1: Array, W2: Array, b2: Array, learning_rate: float
) -> Array:
    given = (x, y, W1, b1, W2, b2, learning_rate)
    return np.asarray(call("network_output", x, call("updated_w1", *given), b1, call("updated_w2", *given), b2))


COMPOSED: Mapping[str, Callable[..., Array]] = {
    "predict": _predict,
    "predict_after_step": _predict_after_step,
    "network_output": _network_output,
    "units_on": _units_on,
    "updated_w2": _updated_w2,
    "updated_w1": _updated_w1,
    "output_after_step": _output_after_step,
}
"""Functions that consist of earlier ones, which they reach through `call`.

`units_on`, relu'(z1), is no task of its own: it may be found from the activations or from z1.
"""


def right_call(name: str, *arguments: Any) -> Any:
    """Return what the function `name` should return."""
    return COMPOSED[name](right_call, *arguments) if name in COMPOSED else _ELEMENTARY[name](*arguments)


_ORDER = (
    "sigmoid", "sigmoid_derivative", "nll_gradient", "softmax", "nllm", "softmax_gradient", "predict", "gradient_step",
    "predict_after_step", "hidden_activations", "network_output", "updated_w2", "updated_w1",
)  # fmt: skip

RIGHT: Mapping[str, Callable[..., Any]] = {
    name: partial(COMPOSED[name], right_call) if name in COMPOSED else _ELEMENTARY[name] for name in _ORDER
}
"""Every function that a later one may call, in the order of the notebook."""
