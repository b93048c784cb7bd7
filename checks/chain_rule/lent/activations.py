"""Activation functions that the checks hand to a student's code: two that the notebook gives, and two of NumPy's.

They work on autograd's traced arrays too, so that a student's function stays differentiable with them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import autograd.numpy as np

ANSWERS: tuple[str, ...] = ()

Activation = Callable[[Any], Any]


def sigmoid(z: Any) -> Any:
    """Return 1 / (1 + exp(-z))."""
    return 1 / (1 + np.exp(-z))


def relu(z: Any) -> Any:
    """Return max(0, z)."""
    return np.maximum(0.0, z)


def _tanh(z: Any) -> Any:
    return np.tanh(z)


def _arctan(z: Any) -> Any:
    return np.arctan(z)


FUNCTIONS: dict[str, Activation] = {"sigmoid": sigmoid, "tanh": _tanh, "relu": relu, "arctan": _arctan}
"""What goes into `activation_funcs`, by its name."""
