"""Load and compile beforehand what the first check would otherwise make a student wait for."""

from __future__ import annotations

import contextlib
from functools import cache
from typing import Any

import numpy as np

from checks.frameworks.case import JAX_SHAPES, PUBLISHED_SHAPE, Shape


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
    """Run the operations of sections 3 to 5 on zeros: JAX compiles them one by one for every shape."""
    import jax

    for shape in (*JAX_SHAPES, PUBLISHED_SHAPE):
        _operate(shape)
        if shape == PUBLISHED_SHAPE:
            with jax.disable_jit():
                _operate(shape)
        _initialise(shape)


_PRODUCTS = ("Ni ih", "Nh ho", "No oh", "hN Ni", "oN Nh")
"""Axes of the matrices that are multiplied: the samples (N), the inputs, the hidden neurons and the outputs."""


def _operate(shape: Shape) -> None:
    """Run every operation by itself on arrays of zeros."""
    import jax
    import jax.numpy as jnp

    sizes, batch, *_ = shape
    length = dict(zip("Niho", (batch, *sizes), strict=True))
    zeros = {axes: jnp.asarray(np.zeros([length[axis] for axis in axes])) for axes in ("Ni", "Nh", "No", "hi", "oh")}
    zeros |= {axes[::-1]: zeros[axes].T for axes in ("Nh", "No", "hi", "oh")}
    for first, second in map(str.split, _PRODUCTS):
        zeros[first] @ zeros[second]
    hidden, output = zeros["Nh"], zeros["No"]
    jnp.maximum(0, hidden), jax.nn.relu(hidden), hidden > 0, hidden * (hidden > 0)
    jnp.exp(-output), 1 + output, 1 / output, 1 - output, jax.nn.sigmoid(output)
    output - output, output * output, output**2, jnp.sum(output) / 2
    for W in (zeros["hi"], zeros["oh"]):
        0.1 * W, W - W, W.T.copy()


def _initialise(shape: Shape) -> None:
    import jax
    from flax import linen

    (n_in, *others), batch, *_ = shape
    o: Any = np.zeros((batch, n_in))
    for features in others:
        layer = linen.Dense(features, use_bias=False)
        o = layer.apply(layer.init(jax.random.key(0), o), o)


_READY = {"torch": _torch_ready, "jax": _jax_ready}
