"""The cost of one layer."""

from __future__ import annotations

from typing import Any

import autograd.numpy as np

from checks.chain_rule.lent.one_layer import feed_forward_one_layer

ANSWERS = ("cost_one_layer",)


def mean_squared_error(predict: Any, target: Any) -> Any:
    """Return the mean over all entries of the squared differences."""
    return np.mean((predict - target) ** 2)


def cost_one_layer(W: Any, b: Any, x: Any, target: Any) -> Any:
    """Return the mean squared error of one sigmoid layer."""
    return mean_squared_error(feed_forward_one_layer(W, b, x), target)
