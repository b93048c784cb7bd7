"""The right `updated_w1`."""

from __future__ import annotations

from checks.observing.observation import Array
from checks.softmax_and_nll.lent.gradient_step import gradient_step
from checks.softmax_and_nll.lent.hidden_activations import hidden_activations
from checks.softmax_and_nll.lent.network_output import network_output

ANSWERS: tuple[str, ...] = ("softmax", "gradient_step", "hidden_activations", "network_output", "updated_w1")


def updated_w1(x: Array, y: Array, W1: Array, b1: Array, W2: Array, b2: Array, learning_rate: float) -> Array:
    """Return W1 after one step."""
    delta2 = network_output(x, W1, b1, W2, b2) - y
    delta1 = (W2 @ delta2) * (hidden_activations(x, W1, b1) > 0)
    return gradient_step(W1, x @ delta1.T, learning_rate)
