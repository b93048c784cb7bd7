"""What operations of formulas compute that are functions of single entries or of columns, and how each is written.

Samples are columns here; `tree.py` has what belongs to rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from checks.observing.observation import Array


def sigmoid(z: Array) -> Array:
    """Return the logistic sigmoid, element by element."""
    return np.asarray(1 / (1 + np.exp(-z)))


def softmax(z: Array) -> Array:
    """Return the softmax of every column, without overflow."""
    exponentials = _shifted_exponentials(z)
    return np.asarray(exponentials / exponentials.sum(axis=0, keepdims=True))


def softmax_of_rows(z: Array) -> Array:
    """Return the softmax of every row, without overflow."""
    return softmax(z.T).T


def _shifted_exponentials(z: Array) -> Array:
    return np.asarray(np.exp(z - z.max(axis=0, keepdims=True)))


def _decided(a: Array) -> Array:
    """Return 1 for the largest of each column, 0 for all others.

    Raises:
        ValueError: if there is nothing to choose from.
    """
    if a.ndim == 0 or len(a) < 2:
        raise ValueError("a column of one entry leaves no choice")
    return np.asarray((a == a.max(axis=0, keepdims=True)) * 1.0)


def _kept(reduced: Callable[..., Any], axis: int) -> Callable[[Array], Array]:
    """Return a reduction over an axis that is kept with length 1, as in the denominator of a softmax."""
    return lambda array: np.asarray(reduced(array, axis=axis, keepdims=True))


def _over_length(axis: int) -> Callable[[Array], Array]:
    return lambda array: np.asarray(array.sum() / (array.shape[axis] if array.ndim else 1))


def _rounded(decimals: int) -> tuple[Callable[..., Any], str, int]:
    return lambda array: np.round(array, decimals), f"{{}}, rounded to {decimals} decimal{'s' * (decimals > 1)}", 0


CALL, SUFFIX, FACTORS = 4, 0, 2
"""How strongly a function in brackets binds, words behind an expression, and a product."""

FUNCTIONS: Mapping[str, tuple[Callable[..., Any], str, int]] = MappingProxyType(
    {
        "natural log": (np.log, "log({})", CALL),
        "log of one minus": (lambda a: np.log(1 - a), "log(1 - {})", CALL),
        "log of one plus": (np.log1p, "log(1 + {})", CALL),
        "power of two": (lambda z: 2.0**z, "2^({})", CALL),
        "softmax": (softmax, "softmax({})", CALL),
        "softmax of rows": (softmax_of_rows, "the softmax of each row of {}", CALL),
        "log of softmax": (lambda z: np.log(softmax(z)), "log(softmax({}))", CALL),
        "shifted exp": (_shifted_exponentials, "exp({} - its maximum)", CALL),
        "σ'": (lambda z: sigmoid(z) * (1 - sigmoid(z)), "σ'({})", CALL),
        "relu": (lambda z: np.maximum(z, 0), "relu({})", CALL),
        "relu'": (lambda z: (z > 0) * 1.0, "relu'({})", CALL),
        "leaky relu": (lambda z: np.where(z > 0, z, 0.01 * z), "leaky relu({})", CALL),
        "leaky relu'": (lambda z: np.where(z > 0, 1, 0.01), "leaky relu'({})", CALL),
        "leakier relu": (lambda z: np.where(z > 0, z, 0.1 * z), "leaky relu({})", CALL),
        "leakier relu'": (lambda z: np.where(z > 0, 1, 0.1), "leaky relu'({})", CALL),
        "soft plus": (lambda z: np.log1p(np.exp(z)), "log(1 + exp({}))", CALL),
        "relu6": (lambda z: np.clip(z, 0, 6), "min(6, max(0, {}))", CALL),
        "clipped": (lambda z: np.clip(z, 0, 1), "min(1, max(0, {}))", CALL),
        "off": (lambda z: (z <= 0) * 1.0, "1 - relu'({})", CALL),
        "share": (lambda array: array / array.sum(), "{} / its sum", FACTORS),
        "unit": (lambda array: array / np.linalg.norm(array), "{} / its length", FACTORS),
        "decision": (_decided, "onehot({})", CALL),
        "first entry": (lambda array: array.ravel()[0], "the first entry of {}", CALL),
        "in the type of": (lambda array, like: array.astype(like.dtype), "{}, in the type of {}", SUFFIX),
        "in the shape of": (lambda array, like: array.reshape(like.shape), "{}, in the shape of {}", SUFFIX),
        "counted": (lambda y, terms: np.where(y == 0, 0.0, y * terms), "{} {}", FACTORS),
        "column sum": (_kept(np.sum, 0), "the sum of each column of {}", CALL),
        "first column's sum": (lambda array: array[..., 0].sum(), "the sum of the first column of {}", CALL),
        "row sum": (_kept(np.sum, -1), "the sum of each row of {}", CALL),
        "row mean": (_kept(np.mean, -1), "the mean of each row of {}", CALL),
        "column mean": (_kept(np.mean, 0), "the mean of each column of {}", CALL),
        "column maximum": (_kept(np.max, 0), "the maximum of each column of {}", CALL),
        "row maximum": (_kept(np.max, -1), "the maximum of each row of {}", CALL),
        "column minimum": (_kept(np.min, 0), "the minimum of each column of {}", CALL),
        "maximum": (np.max, "the maximum of all of {}", CALL),
        "over length": (_over_length(0), "the sum of {} / its length", CALL),
        "over columns": (
            lambda array: np.asarray(array.sum() / (array.shape[1] if array.ndim == 2 else 1)),
            "the sum of {} / the number of columns",
            CALL,
        ),
        "over width": (_over_length(-1), "the sum of {} / the length of its last axis", CALL),
        **{f"rounded to {decimals}": _rounded(decimals) for decimals in (1, 2, 3, 4)},
        "rounded down": (np.floor, "{}, rounded down", SUFFIX),
    }
)
"""By name: what is computed, how it is written ("{}" for each argument), and how strongly it binds."""
