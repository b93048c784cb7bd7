"""Load and compile beforehand what the first check would otherwise make a student wait for."""

from __future__ import annotations

import contextlib
from functools import cache
from typing import Any

from checks.frameworks.cases import FrameworkCase, jax_cases


@cache
def get_ready(framework: str) -> None:
    """Load what "torch" needs for its first optimiser, or compile what "jax" needs for arrays of the checks' shapes.

    This takes some seconds, once. It changes no setting, and where it fails, the first check is slow, no more.
    """
    with contextlib.suppress(Exception):
        _READY[framework]()


def _torch_ready() -> None:
    import torch

    parameter = torch.nn.Parameter(torch.zeros(1))
    parameter.grad = torch.zeros(1)
    torch.optim.SGD([parameter], lr=1.0).step()


def _jax_ready() -> None:
    """Compute what sections 3 to 5 compute, which JAX compiles operation by operation for every shape."""
    import jax

    for case in jax_cases(0):
        _compute(case)
        if case.published:
            with jax.disable_jit():
                _compute(case)
        _initialise(case)


def _compute(case: FrameworkCase) -> None:
    import jax
    import jax.numpy as jnp

    x, t, W1, W2 = (jnp.asarray(array) for array in (case.x, case.t, case.W1, case.W2))
    s1 = x @ W1.T
    o1 = jnp.maximum(0, s1)
    s2 = o1 @ W2.T
    o2 = 1 / (1 + jnp.exp(-s2))
    jax.nn.relu(s1), jax.nn.sigmoid(s2)
    jnp.sum((t - o2) ** 2) / 2
    delta2 = (o2 - t) * o2 * (1 - o2)
    delta1 = (delta2 @ W2) * (s1 > 0)
    for W, gradient in ((W1, delta1.T @ x), (W2, delta2.T @ o1)):
        (W - case.epsilon * gradient).T.copy()


def _initialise(case: FrameworkCase) -> None:
    import jax
    from flax import linen

    o: Any = case.x
    for features in case.sizes[1:]:
        layer = linen.Dense(features, use_bias=False)
        o = layer.apply(layer.init(jax.random.key(0), o), o)


_READY = {"torch": _torch_ready, "jax": _jax_ready}
