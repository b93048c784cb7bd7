"""Softmax and cross-entropy, and what training is handed: functions, derivatives and a derivative of the cost."""

from __future__ import annotations

from typing import Any

import autograd
import autograd.numpy as np

from checks.chain_rule.lent import activation_derivatives, activations
from checks.chain_rule.lent.activations import Activation
from checks.chain_rule.lent.derivatives import floats

ANSWERS = ("softmax", "cross_entropy", "softmax_cross_entropy_der")


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


FUNCTIONS: dict[str, Activation] = {**activations.FUNCTIONS, "softmax": softmax}
"""What goes into `activation_funcs`, by its name."""

DERIVATIVES: dict[str, Activation] = {**activation_derivatives.DERIVATIVES, "softmax": _one}
"""What goes into `activation_ders`, by the name of the function; for softmax that is 1, see equation (32)."""


def cost_der_for_training(predict: Any, target: Any) -> Any:
    """Return a derivative that is neither (25) nor (32), so that ignoring the argument shows."""
    return 1.7 * (predict - target) / len(predict) + 0.05 * predict
