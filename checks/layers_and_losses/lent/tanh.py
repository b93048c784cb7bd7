"""The right forward of Tanh, for a `backward` whose own `forward` may be wrong."""

from __future__ import annotations

import numpy as np

from checks.observing.observation import Array

ANSWERS = ("Tanh",)


def tanh(x: Array) -> Array:
    """Return what a Tanh layer gives."""
    return np.asarray(np.tanh(x))
