"""The right `sigmoid`."""

from __future__ import annotations

import numpy as np

from checks.observing.observation import Array

ANSWERS: tuple[str, ...] = ("sigmoid",)


def sigmoid(z: Array) -> Array:
    """Return the sigmoid of every entry."""
    small = np.exp(-abs(z))
    return np.asarray(np.where(z >= 0, 1, small) / (1 + small))
