"""What formulas are made of: activations with their derivatives, and operations, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from checks.formulas.functions import FUNCTIONS, sigmoid, softmax_of_rows
from checks.observing.observation import Array

ACTIVATIONS: Mapping[str, tuple[Callable[[Array], Array], Callable[[Array], Array], str]] = MappingProxyType(
    {
        "σ": (sigmoid, lambda a: a * (1 - a), "a (1 - a)"),
        "tanh": (np.tanh, lambda a: 1 - a * a, "1 - a²"),
        "relu": (lambda z: np.maximum(z, 0), lambda a: np.asarray((a > 0) * 1.0), "1 where a > 0"),
        "arctan": (np.arctan, lambda a: np.cos(a) ** 2, "cos²(a)"),
        "identity": (lambda z: z, np.ones_like, "1"),
        "softmax of rows": (softmax_of_rows, np.ones_like, "1"),
    }
)
"""Activations by name: the function, its derivative written for the function's value a, and how that is written.

For a softmax that is 1: the derivative of the cost that goes with it holds its own.
"""


@dataclass(frozen=True)
class Kind:
    """What an operation computes, how it is written ("{}" for each argument), and how strongly it binds."""

    compute: Callable[..., Any]
    form: str
    strength: int = 4


def _sum(axis: int | None, *, mean: bool = False) -> Callable[[Array], Array]:
    def reduced(array: Array) -> Array:
        return np.asarray(array.mean(axis=axis) if mean else array.sum(axis=axis))

    return reduced


def _only_first(array: Array) -> Array:
    return array[:1] if array.ndim > 1 else array


def _alone(place: Any) -> Callable[[Array], Array]:
    """Return what keeps the entries at a place and sets all others to zero."""

    def kept(array: Array) -> Array:
        zeros = np.zeros_like(array)
        zeros[place] = array[place]
        return zeros

    return kept


def _left_zero(place: Any) -> Callable[[Array], Array]:
    """Return what sets the entries at a place to zero."""

    def changed(array: Array) -> Array:
        copied = np.array(array)
        copied[place] = 0
        return copied

    return changed


def _spread(reduced: Callable[[Array], Any]) -> Callable[[Array], Array]:
    """Return what puts a reduction of the rows into every row."""
    return lambda array: np.broadcast_to(reduced(array), array.shape)


MOST_ENTRIES = 1_000_000
"""So many a product of every entry with every other one has at most: in a walk over layers they feed on each other."""


def _outer(left: Array, right: Array) -> Array:
    """Return the outer product.

    Raises:
        ValueError: if it would be too large.
    """
    if left.size * right.size > MOST_ENTRIES:
        raise ValueError(f"a product of {left.size} by {right.size} entries is too large")
    return np.outer(left, right)


def _row_sums_multiplied(left: Array, right: Array) -> Array:
    return _outer(left.sum(axis=1), right.sum(axis=0))


def _means_multiplied(left: Array, right: Array) -> Array:
    return _outer(left.mean(axis=1), right.sum(axis=0))


def _products_of_rows(left: Array, right: Array) -> Array:
    """Return the outer product of each row with that of the same number."""
    if left.size * right.shape[-1] > MOST_ENTRIES:
        raise ValueError(f"products of {left.size} by {right.shape[-1]} entries are too large")
    return np.asarray(left[..., :, None] * right[..., None, :])


def _tensor_product(left: Array, right: Array) -> Array:
    if left.size * right.size > MOST_ENTRIES:
        raise ValueError(f"a product of {left.size} by {right.size} entries is too large")
    return np.asarray(np.tensordot(left, right, axes=0))


CLOSED = 6
"""How strongly binds what is written with brackets of its own."""

OPERATIONS: Mapping[str, Kind] = MappingProxyType(
    {
        "@": Kind(np.matmul, "{} {}", 3),
        "*": Kind(np.multiply, "{} ⊙ {}", 2),
        "/": Kind(np.divide, "{} / {}", 2),
        "+": Kind(np.add, "{} + {}", 1),
        "-": Kind(np.subtract, "{} - {}", 1),
        "times": Kind(np.multiply, "{} {}", 2),
        "outer": Kind(_outer, "outer({}, {})"),
        "T": Kind(np.transpose, "{}ᵀ", 5),
        "sum over rows": Kind(_sum(0), "column sums of {}"),
        "sum over columns": Kind(_sum(-1), "row sums of {}"),
        "sum": Kind(_sum(None), "Σ {}"),
        "mean over rows": Kind(_sum(0, mean=True), "column means of {}"),
        "mean over columns": Kind(_sum(-1, mean=True), "row means of {}"),
        "mean": Kind(_sum(None, mean=True), "mean of {}"),
        "first row": Kind(lambda array: array[0], "the first row of {}"),
        "first sample": Kind(_only_first, "the first row of {}"),
        "first row everywhere": Kind(_spread(lambda a: a[0]), "the first row of {}"),
        "last row": Kind(lambda array: array[-1], "the last row of {}"),
        "first sample alone": Kind(_alone((slice(0, 1),)), "the first row of {}"),
        "last sample alone": Kind(_alone((slice(-1, None),)), "the last row of {}"),
        "first output alone": Kind(_alone((..., slice(0, 1))), "the first column of {}"),
        "mean everywhere": Kind(_spread(lambda a: a.mean(axis=0)), "the column means of {}"),
        "sum everywhere": Kind(lambda array: np.full(array.shape[-1], array.sum()), "the sum of {}"),
        "sums multiplied": Kind(_row_sums_multiplied, "the sums of {} and {}"),
        "means multiplied": Kind(_means_multiplied, "the mean of {} and the sum of {}"),
        "first term": Kind(lambda left, right: left[..., :1] @ right[:1], "the first term of {} {}", 3),
        "last term": Kind(lambda left, right: left[..., -1:] @ right[-1:], "the last term of {} {}", 3),
        "without the first term": Kind(
            lambda left, right: left[..., 1:] @ right[1:], "{} {} without its first term", 3
        ),
        "without the last term": Kind(
            lambda left, right: left[..., :-1] @ right[:-1], "{} {} without its last term", 3
        ),
        "all but the first row": Kind(lambda array: array[1:].sum(axis=0), "column sums of {} without the first row"),
        "all but the last row": Kind(lambda array: array[:-1].sum(axis=0), "column sums of {} without the last row"),
        **{
            f"{one} {line} left 0": Kind(_left_zero(place), f"{{}} with zeros in its {one} {line}")
            for one, end in (("first", slice(0, 1)), ("last", slice(-1, None)))
            for line, place in (("row", (end,)), ("column", (..., end)))
        },
        "reshaped": Kind(lambda array: array.T.reshape(array.shape), "{} reshaped"),
        "turned": Kind(lambda array: array.reshape(array.shape[::-1]), "{} reshaped"),
        "squeezed": Kind(np.squeeze, "{} squeezed"),
        "rounded": Kind(np.round, "round({})"),
        "column": Kind(lambda array: array.reshape(-1, 1), "the column {}"),
        "square": Kind(np.square, "{}²", 5),
        "one minus": Kind(lambda array: 1 - array, "1 - {}", 1),
        "abs": Kind(np.abs, "|{}|"),
        "root": Kind(np.sqrt, "√{}"),
        "sign": Kind(np.sign, "sign({})"),
        "exp": Kind(np.exp, "exp({})"),
        "log": Kind(np.log, "ln({})"),
        "log2": Kind(np.log2, "log₂({})"),
        "log10": Kind(np.log10, "log₁₀({})"),
        "log1p": Kind(np.log1p, "ln(1 + {})"),
        "cube": Kind(lambda array: array**3, "{}³", 5),
        "one plus": Kind(lambda array: 1 + array, "1 + {}", 1),
        "tanh": Kind(np.tanh, "tanh({})"),
        "reciprocal tanh": Kind(lambda array: 1 / np.tanh(array), "1/tanh({})"),
        "tan": Kind(np.tan, "tan({})"),
        "arctan": Kind(np.arctan, "arctan({})"),
        "sine": Kind(np.sin, "sin({})"),
        "cosh": Kind(np.cosh, "cosh({})"),
        "σ": Kind(sigmoid, "σ({})"),
        "between -1 and 1": Kind(lambda array: np.clip(array, -1, 1), "clip({}, -1, 1)"),
        "positive part": Kind(lambda array: np.maximum(array, 0), "max(0, {})"),
        "at least 1": Kind(lambda array: np.maximum(array, 1), "max(1, {})"),
        "diagonal": Kind(np.diagflat, "diag({})"),
        "negative part": Kind(lambda array: np.minimum(array, 0), "min(0, {})"),
        "capped at 1": Kind(lambda array: np.clip(array, 0, 1), "clip({}, 0, 1)"),
        "capped at 6": Kind(lambda array: np.clip(array, 0, 6), "clip({}, 0, 6)"),
        "leaky": Kind(lambda array: np.where(array > 0, array, 0.01 * array), "max(0.01 {0}, {0})"),
        "softplus": Kind(lambda array: np.log1p(np.exp(array)), "ln(1 + exp({}))"),
        "step": Kind(lambda array: (array > 0) * 1.0, "[{} > 0]"),
        "negative step": Kind(lambda array: (array < 0) * 1.0, "[{} < 0]"),
        "above 1": Kind(lambda array: (array > 1) * 1.0, "[{} > 1]"),
        "leaky step": Kind(lambda array: np.where(array > 0, 1.0, 0.01), "(1 or 0.01 by [{} > 0])"),
        "where positive, else 1": Kind(lambda g, x: np.where(x > 0, g, 1.0), "{} where {} > 0, else 1"),
        "ones": Kind(np.ones_like, "1"),
        "truncated": Kind(np.trunc, "trunc({})"),
        "largest": Kind(np.max, "largest of {}"),
        "row products": Kind(_products_of_rows, "{}ᵀ {}", 3),
        "sum over samples": Kind(_sum(0), "Σ {}", 2),
        "filled": Kind(lambda array: np.full_like(array, array.mean()), "the mean of {}"),
        "column by row": Kind(_outer, "{} {}ᵀ", 3),
        "diag": Kind(np.diag, "diag({})"),
        "identity": Kind(lambda array: np.eye(len(array)), "I"),
        "tensor product": Kind(_tensor_product, "{} ⊗ {}", 2),
        "in every row": Kind(lambda array: np.tile(array, (len(array), 1)), "{} in every row"),
        "in every column": Kind(lambda array: np.tile(array, (len(array), 1)).T, "{} in every column"),
        "all ones": Kind(lambda array: np.ones((len(array), len(array))), "1 everywhere"),
        "all zeros": Kind(lambda array: np.zeros((len(array), len(array))), "0 everywhere"),
        "lower triangle": Kind(lambda array: np.tri(len(array)), "1 on and below the diagonal"),
        "one size too large": Kind(lambda array: np.eye(len(array) + 1), "I, one row and one column too large"),
        "as many ones": Kind(lambda array: np.ones(len(array)), "a vector of ones"),
        "axes 0 2 1": Kind(lambda array: array.transpose(0, 2, 1), "{} with the last two axes exchanged"),
        "axes 2 0 1": Kind(lambda array: array.transpose(2, 0, 1), "{} with the last axis first"),
        "rows on the diagonal": Kind(
            lambda array: np.eye(len(array))[:, :, None] * array, "the rows of {} on the diagonal"
        ),
        "last entry": Kind(lambda array: array.ravel()[-1], "the last entry of {}"),
        "reversed": Kind(lambda array: array[::-1], "{} in reverse order"),
        **{name: Kind(*function) for name, function in FUNCTIONS.items()},
    }
)
"""The operations of formulas by name."""
