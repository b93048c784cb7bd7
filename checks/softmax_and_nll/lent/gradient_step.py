"""The right `gradient_step`."""

from __future__ import annotations

from checks.observing.observation import Array

ANSWERS: tuple[str, ...] = ("gradient_step",)


def gradient_step(W: Array, gradient: Array, learning_rate: float) -> Array:
    """Return W after one step."""
    return W - learning_rate * gradient
