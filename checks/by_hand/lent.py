"""The four element-wise functions that stand in for the student's own while what calls them is observed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from checks.observing.observation import Array


def relu(s: Any) -> Array:
    """Return max(0, s), element by element."""
    return np.asarray(np.maximum(np.asarray(s), 0))


def sigmoid(s: Any) -> Array:
    """Return the logistic sigmoid, element by element."""
    return np.asarray(1 / (1 + np.exp(-np.asarray(s, dtype=np.float64))))


def relu_derivative(s: Any) -> Array:
    """Return the slope of ReLU at the weighted input s, element by element."""
    return np.asarray(np.asarray(s) > 0, dtype=np.float64)


def sigmoid_derivative(s: Any) -> Array:
    """Return the slope of the sigmoid at the weighted input s, element by element."""
    return np.asarray(sigmoid(s) * (1 - sigmoid(s)))


STAND_INS: dict[str, Callable[[Any], Array]] = {
    "relu": relu,
    "sigmoid": sigmoid,
    "relu_derivative": relu_derivative,
    "sigmoid_derivative": sigmoid_derivative,
}
"""The stand-ins by the names that the notebook gives to the student's functions."""


@contextlib.contextmanager
def stand_ins_for(function: Any) -> Iterator[None]:
    """Let a student's function find right element-wise functions under their names while the block runs.

    So a wrong `relu` costs its own points and no others. Names that the student has not defined stay undefined.
    """
    names = getattr(getattr(function, "__wrapped__", function), "__globals__", {})
    kept = {name: names[name] for name in STAND_INS if name in names}
    names.update({name: STAND_INS[name] for name in kept})
    try:
        yield
    finally:
        names.update(kept)
