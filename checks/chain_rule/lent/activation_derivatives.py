"""The derivatives of the activation functions, element by element, that the checks hand to a student's code."""

from __future__ import annotations

from typing import Any

import autograd.numpy as np

from checks.chain_rule.lent.activations import Activation, sigmoid

ANSWERS = ("sigmoid_der",)


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
