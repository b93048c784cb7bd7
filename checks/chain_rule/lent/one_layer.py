"""The forward pass of one layer."""

from __future__ import annotations

from typing import Any

import autograd.numpy as np

from checks.chain_rule.lent.activations import sigmoid

ANSWERS = ("feed_forward_one_layer",)


def feed_forward_one_layer(W: Any, b: Any, x: Any) -> Any:
    """Return the activations (out,) of one sigmoid layer with W (out, in)."""
    return sigmoid(np.dot(W, x) + b)
