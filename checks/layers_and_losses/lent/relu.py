"""The right forward of ReLU, for a `backward` whose own `forward` may be wrong."""

from __future__ import annotations

import numpy as np

from checks.observing.observation import Array

ANSWERS = ("ReLU",)


def relu(x: Array) -> Array:
    """Return what a ReLU layer gives."""
    return np.asarray(np.maximum(x, 0))
