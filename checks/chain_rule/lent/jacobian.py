"""The Jacobian of the sigmoid, from autograd."""

from __future__ import annotations

from typing import Any

import autograd

from checks.chain_rule.lent.activations import sigmoid
from checks.chain_rule.lent.derivatives import floats

ANSWERS = ("sigmoid_jacobian",)


def sigmoid_jacobian(z: Any) -> Any:
    """Return the derivative of sigmoid(z) with respect to z, (out, out)."""
    return autograd.jacobian(sigmoid)(floats(z))
