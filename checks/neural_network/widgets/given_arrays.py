"""What a student hands to an interactive picture, as arrays."""

from __future__ import annotations

from typing import Any

from checks.observing.arrays import NotAnArrayError, as_array
from checks.observing.observation import Array


def numbers_in(name: str, value: Any) -> Array:
    """Return what a student gives as `name`.

    Raises:
        ValueError: if it is no array of numbers.
    """
    try:
        return as_array(value)
    except NotAnArrayError as problem:
        raise ValueError(f"{name} should be a tensor of numbers, but it is {problem}.") from None
