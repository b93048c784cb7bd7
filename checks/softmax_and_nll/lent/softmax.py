"""The right `softmax`."""

from __future__ import annotations

import numpy as np

from checks.observing.observation import Array

ANSWERS: tuple[str, ...] = ("softmax",)


def softmax(z: Array) -> Array:
    """Return the probabilities of every column."""
    shifted = np.exp(z - z.max(axis=0, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=0, keepdims=True))
