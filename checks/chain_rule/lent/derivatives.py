"""The derivatives of the cost and of the sigmoid, from autograd."""

from __future__ import annotations

from typing import Any

import autograd
import numpy as np

from checks.chain_rule.lent.activations import sigmoid
from checks.chain_rule.lent.cost import mean_squared_error

ANSWERS = ("mse_der", "sigmoid_der")


def floats(value: Any) -> Any:
    """Return an array of floats, as autograd wants it."""
    return np.asarray(value, dtype=np.float64)


def mse_der(predict: Any, target: Any) -> Any:
    """Return the derivative of the mean squared error with respect to `predict`."""
    return autograd.grad(mean_squared_error)(floats(predict), floats(target))


def sigmoid_der(z: Any) -> Any:
    """Return the derivative of the sigmoid at every entry of z."""
    return autograd.elementwise_grad(sigmoid)(floats(z))
