"""The right `network_output`."""

from __future__ import annotations

from checks.observing.observation import Array
from checks.softmax_and_nll.lent.hidden_activations import hidden_activations
from checks.softmax_and_nll.lent.softmax import softmax

ANSWERS: tuple[str, ...] = ("softmax", "hidden_activations", "network_output")


def network_output(x: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> Array:
    """Return the probabilities, (n, 1)."""
    return softmax(W2.T @ hidden_activations(x, W1, b1) + b2)
