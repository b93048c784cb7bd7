"""The right `hidden_activations`."""

from __future__ import annotations

import numpy as np

from checks.observing.observation import Array

ANSWERS: tuple[str, ...] = ("hidden_activations",)


def hidden_activations(x: Array, W1: Array, b1: Array) -> Array:
    """Return the activations of the hidden layer, (h, 1)."""
    return np.asarray(np.maximum(W1.T @ x + b1, 0))
