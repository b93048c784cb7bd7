"""Turn whatever a student's code returned into a plain array, or say why that is not possible."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from checks.observing.observation import Array


class NotAnArrayError(Exception):
    """What came back is no array of numbers; the message says what it is."""


def as_array(value: Any) -> Array:
    """Return `value` as a float array of its own: float32 stays float32, every other number becomes float64.

    Accepts what `numpy.asarray` or `torch.as_tensor` turns into numbers: scalars, (nested) lists, arrays,
    `numpy.matrix`, tensors with or without a graph, and lists of those.

    Raises:
        NotAnArrayError: if `value` holds anything but real numbers, or refuses to be read.
    """
    try:
        array = np.array(_detached(value))
    except Exception as error:
        raise NotAnArrayError(described(value)) from error
    if array.dtype.kind == "c":
        raise NotAnArrayError(f"an array of complex numbers of shape {array.shape}")
    if array.dtype.kind not in "fiub":
        raise NotAnArrayError(described(value))
    return array if array.dtype == np.float32 else array.astype(np.float64, copy=False)


def _detached(value: Any) -> Any:
    """Replace torch tensors by arrays, also inside lists and tuples."""
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor):
        detached = value.detach()
        try:
            return detached.numpy()
        except (TypeError, RuntimeError):  # it lies elsewhere, is sparse, or is another one's negative
            return detached.cpu().to_dense().resolve_conj().resolve_neg().numpy()
    if isinstance(value, list | tuple):
        return [_detached(entry) for entry in value]
    return value


def described(value: Any) -> str:
    """Describe a value in a few words a student understands, such as 'None' or "the string 'abc'"."""
    kind = type(value)
    if value is None:
        return "None"
    if issubclass(kind, type):
        return f"the class {type.__dict__['__name__'].__get__(value)}"
    if kind is str:
        return f"the string {value[:40]!r}"
    if kind is int and abs(value) >= 10**40:  # Python refuses to write those of thousands of digits
        return "an integer of more than 40 digits"
    if kind in (bool, int, float, complex):
        return f"the number {value}"
    if kind in (list, tuple, set, dict):
        return f"a {kind.__name__} of {len(value)} {'entry' if len(value) == 1 else 'entries'}"
    if kind is np.ndarray and value.dtype == object:
        return f"an array of objects, not numbers, of shape {value.shape}"
    if kind is np.ndarray:
        return f"an array of shape {value.shape}"
    torch = sys.modules.get("torch")
    if torch is not None and kind is torch.Tensor:
        return f"a tensor of shape {tuple(value.shape)}"
    if callable(value) and (name := _name_of(value)):
        return f"the function {name}"
    article = "an" if kind.__name__[:1].lower() in "aeiou" else "a"
    return f"{article} {kind.__name__}"


def _name_of(function: Any) -> str:
    """Return the name of something that can be called, or "" where it has none or refuses to be asked."""
    try:
        name = function.__name__
    except Exception:
        return ""
    return name if type(name) is str else ""
