"""The activation functions that the checks hand to a student's code, and their derivatives, element by element.

They work on autograd's traced arrays too, so that a student's function stays differentiable with them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Function = Callable[[Any], Any]


def _np() -> Any:
    import autograd.numpy  # not at import time: importing `checks` stays light

    return autograd.numpy


def sigmoid(z: Any) -> Any:
    """Return 1 / (1 + exp(-z))."""
    return 1 / (1 + _np().exp(-z))


def _sigmoid_der(z: Any) -> Any:
    return sigmoid(z) * (1 - sigmoid(z))


def _tanh(z: Any) -> Any:
    return _np().tanh(z)


def _tanh_der(z: Any) -> Any:
    return 1 - _np().tanh(z) ** 2


def relu(z: Any) -> Any:
    """Return max(0, z)."""
    return _np().maximum(0.0, z)


def _relu_der(z: Any) -> Any:
    return _np().where(z > 0, 1.0, 0.0)


def _arctan(z: Any) -> Any:
    return _np().arctan(z)


def _arctan_der(z: Any) -> Any:
    return 1 / (1 + z**2)


def softmax(z: Any) -> Any:
    """Return the softmax of every row of z, (N, K)."""
    powers = _np().exp(z - _np().max(z, axis=1, keepdims=True))
    return powers / _np().sum(powers, axis=1, keepdims=True)


def _one(z: Any) -> Any:
    return _np().ones_like(z)


ACTIVATIONS: dict[str, tuple[Function, Function]] = {
    "sigmoid": (sigmoid, _sigmoid_der),
    "tanh": (_tanh, _tanh_der),
    "relu": (relu, _relu_der),
    "arctan": (_arctan, _arctan_der),
    "softmax": (softmax, _one),
}
"""For each name the function and what goes into `activation_ders` for it; for softmax that is 1, see equation (32)."""


def own_cost_der(predict: Any, target: Any) -> Any:
    """Return a derivative of a cost that no notebook uses, the same shape as `predict`.

    It is not symmetric in its arguments, and it divides by the length of what it is given, as (32) does.
    """
    return ((predict - target) ** 3 + 0.4 * predict - 0.1 * target) / len(predict)
