"""The right `softmax_gradient`."""

from __future__ import annotations

import numpy as np

from checks.observing.observation import Array

ANSWERS: tuple[str, ...] = ("softmax_gradient",)


def softmax_gradient(x: Array, a: Array, y: Array) -> Array:
    """Return the gradient of a softmax layer, (m, n)."""
    return np.asarray(x @ (a - y).T)
