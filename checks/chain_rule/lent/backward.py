"""Back-propagation for one sample, from autograd.

Nothing of it is shared with that for rows of samples, which is a later task.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from autograd.builtins import list as traced_list
from autograd.core import make_vjp

from checks.chain_rule.lent.derivatives import floats, mse_der
from checks.chain_rule.lent.forward import weighted_input

ANSWERS = ("backpropagation",)


def backpropagation(
    input: Any,
    layers: list[tuple[Any, Any]],
    activation_funcs: Any,
    target: Any,
    activation_ders: Any,
    cost_der: Callable[[Any, Any], Any] = mse_der,
) -> list[tuple[Any, Any]]:
    """Return the gradients of every layer for one sample, weights (out, in)."""

    def last_z(flat: list[Any]) -> Any:
        z, into_layers = input, [_as_it_is, *activation_funcs[:-1]]
        for W, b, function in zip(flat[::2], flat[1::2], into_layers, strict=True):
            z = weighted_input(W, b, function(z))
        return z

    pull_back, z = make_vjp(last_z, traced_list([floats(part) for pair in layers for part in pair]))
    error = cost_der(activation_funcs[-1](z), target) * activation_ders[-1](z)
    flat = pull_back(np.asarray(error))
    return list(zip(flat[::2], flat[1::2], strict=True))


def _as_it_is(x: Any) -> Any:
    return x
