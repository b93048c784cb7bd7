"""The right `sigmoid_derivative`."""

from __future__ import annotations

import numpy as np

from checks.observing.observation import Array
from checks.softmax_and_nll.lent.sigmoid import sigmoid

ANSWERS: tuple[str, ...] = ("sigmoid", "sigmoid_derivative")


def sigmoid_derivative(z: Array) -> Array:
    """Return the derivative of the sigmoid at every entry."""
    return np.asarray(sigmoid(z) * sigmoid(-z))
