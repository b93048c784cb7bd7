"""The right `predict`."""

from __future__ import annotations

from checks.observing.observation import Array
from checks.softmax_and_nll.lent.softmax import softmax

ANSWERS: tuple[str, ...] = ("softmax", "predict")


def predict(x: Array, W: Array) -> Array:
    """Return the probabilities, (n, 1)."""
    return softmax(W.T @ x)
