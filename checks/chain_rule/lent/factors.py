"""The other factors of the chain rule for one layer, from autograd."""

from __future__ import annotations

from typing import Any

import autograd
import autograd.numpy as np

from checks.chain_rule.lent.activations import sigmoid
from checks.chain_rule.lent.cost import mean_squared_error
from checks.chain_rule.lent.derivatives import floats

ANSWERS = ("dC_dz", "dz_dW", "dz_db")


def dC_dz(z: Any, target: Any) -> Any:
    """Return the derivative of the mean squared error of sigmoid(z) with respect to z, (out,)."""
    return autograd.grad(lambda z: mean_squared_error(sigmoid(z), floats(target)))(floats(z))


def dz_dW(W: Any, x: Any) -> Any:
    """Return the derivative of W x with respect to W, (out, out, in)."""
    return autograd.jacobian(lambda W: np.dot(W, floats(x)))(floats(W))


def dz_db(b: Any) -> Any:
    """Return the derivative of W x + b with respect to b, (out, out)."""
    return autograd.jacobian(lambda b: 1.0 * b)(floats(b))
