"""Back-propagation for rows of samples, from autograd."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from autograd.builtins import list as traced_list
from autograd.core import make_vjp

from checks.chain_rule.lent.derivatives import floats, mse_der
from checks.chain_rule.lent.saver_batch import feed_forward_saver_batch

ANSWERS = ("backpropagation_batch",)


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
    flat = pull_back(np.asarray(error))
    return list(zip(flat[::2], flat[1::2], strict=True))
