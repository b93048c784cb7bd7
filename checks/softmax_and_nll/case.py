"""A probe of a function: the arguments of its calls, and how what they return is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np

from checks.observing.observation import Array
from checks.observing.quantity import FIRST, Quantity

ARGUMENTS: Mapping[str, tuple[str, ...]] = {
    "sigmoid": ("z",),
    "sigmoid_derivative": ("z",),
    "nll_gradient": ("x", "a", "y"),
    "softmax": ("z",),
    "nllm": ("a", "y"),
    "softmax_gradient": ("x", "a", "y"),
    "predict": ("x", "W"),
    "gradient_step": ("W", "gradient", "learning_rate"),
    "predict_after_step": ("x", "y", "W", "learning_rate"),
    "hidden_activations": ("x", "W1", "b1"),
    "network_output": ("x", "W1", "b1", "W2", "b2"),
    "updated_w2": ("x", "y", "W1", "b1", "W2", "b2", "learning_rate"),
    "updated_w1": ("x", "y", "W1", "b1", "W2", "b2", "learning_rate"),
    "output_after_step": ("x", "y", "W1", "b1", "W2", "b2", "learning_rate"),
}
"""The arguments of every function, in the order of the notebook."""

Inputs = Mapping[str, Any]
"""The arguments of one call by name: arrays, and numbers for learning rates."""

LARGE = "of large numbers"
ZERO = "where another class has probability 0"
IMPOSSIBLE = "of a class with probability 0"
"""Topics: what is special about the numbers of a case, and so about its quantities."""

HIDDEN = "hidden activations"
"""The one kind of quantity whose name is a plural."""

LARGE_LOSS = 13.0
"""From here on a loss counts as large: that of a probability which was clipped at 2e-6 or less."""

NOT_A_NUMBER, INFINITE = -7.318530717958647, 77.18281828459045
"""What stands for nan and inf in the arrays of this exercise, so that a mistake can be known by where it makes them."""


def legible(values: Any) -> Array:
    """Return values with nan and inf replaced by the numbers that stand for them."""
    return np.asarray(np.nan_to_num(np.asarray(values), nan=NOT_A_NUMBER, posinf=INFINITE, neginf=-INFINITE))


def holds(values: Array | None, stand_in: float) -> bool:
    """Tell whether an array holds the number that stands for nan or for inf."""
    return values is not None and bool(np.isclose(abs(values), abs(stand_in), rtol=1e-6, atol=0).any())


@dataclass(frozen=True, eq=False)
class FunctionCase:
    """Two calls of a function; each case is equal to itself only.

    `sizes` are the sizes that a mistaken factor may stand for, by their symbols. `beyond` is an argument outside the
    range that the function has to master. A `published` case is the notebook's own, whose friendly numbers make some
    things trivial.
    """

    description: str
    calls: tuple[Inputs, ...]
    topic: str = ""
    sizes: Mapping[str, int] = field(default_factory=dict)
    beyond: Array | None = None
    published: bool = False
    dtype: type[np.floating] = np.float64

    @property
    def dimensions(self) -> dict[str, int]:
        """The sizes a mistaken factor may stand for, by their symbols."""
        return dict(self.sizes)

    def __str__(self) -> str:
        return self.description

    def as_float32(self) -> Self:
        """Return the same case for code that only works in single precision."""
        return replace(self, dtype=np.float32)

    def quantities(self, noun: str) -> tuple[Quantity, ...]:
        """Return what each of the calls returns, `noun` being its kind."""
        return tuple(Quantity(noun, call=call, aspect=self.topic) for call in range(FIRST, FIRST + len(self.calls)))

    def given(self, value: Any) -> Any:
        """Return a copy of one argument: integers stay integers, other arrays get the precision of the case."""
        if not isinstance(value, np.ndarray):
            return value
        return value.copy() if value.dtype.kind == "i" else value.astype(self.dtype)

    def read(self, values: Array) -> Array:
        """Return what a call returned as it is compared: of an impossible class, only whether the loss is large."""
        if self.topic == IMPOSSIBLE and values.size == 1 and not np.isnan(values).any():
            return np.asarray(values >= LARGE_LOSS, dtype=np.float64)
        return legible(values)
