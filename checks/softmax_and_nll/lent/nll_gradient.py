"""The right `nll_gradient`."""

from __future__ import annotations

import numpy as np

from checks.observing.observation import Array

ANSWERS: tuple[str, ...] = ("nll_gradient",)


def nll_gradient(x: Array, a: Array, y: Array) -> Array:
    """Return the gradient of one unit, (m, 1); a and y are single numbers, of a layer it gives nothing away."""
    return np.asarray(x * (a - y).item())
