"""Compare one observed quantity with the right one: shape first, then finiteness, then values."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite, sqrt
from types import MappingProxyType

import numpy as np

from checks.observing.observation import TOLERANCE, Array, Note, single_precision
from checks.observing.quantity import Quantity, named

DIGITS = MappingProxyType({"float64": 6, "float32": 4})
"""Digits to which numbers agree at least that count as equal, by precision."""

NEGLIGIBLE = 1e-12
"""A norm below which an array counts as zero."""


@dataclass(frozen=True)
class Comparison:
    """One quantity, what was expected, what came, and how far apart they are.

    `came` is None where the quantity was never set. `error` is the norm-wise relative difference, infinite where
    shapes differ or something is not finite. `remark` says in a sentence what is wrong about the form, if anything.
    """

    quantity: Quantity
    expected: Array
    came: Array | None
    error: float
    right: bool
    remark: str = ""
    note: Note | None = None
    wrong_shape: bool = False


def relative_error(came: Array, expected: Array) -> float:
    """Return ||came - expected|| / (||came|| + ||expected||), 0 if both are negligible."""
    size = norm(came) + norm(expected)
    if size <= NEGLIGIBLE:
        return 0.0
    if not isfinite(size):  # too large to be squared, unless it is measured in units of its greatest entry
        unit = float(max(abs(came).max(), abs(expected).max()))
        came, expected = came / unit, expected / unit
        size = norm(came) + norm(expected)
        if not isfinite(size):
            return inf
    return norm(np.asarray(came, dtype=np.float64) - expected) / size


def agrees(came: Array, expected: Array) -> bool:
    """Tell whether an array counts as equal to one of its shape, in double precision."""
    return relative_error(came, expected) <= TOLERANCE["float64"]


def norm(array: Array) -> float:
    """Return the Euclidean norm of all entries; it is taken often, and NumPy's `norm` takes four times as long."""
    entries = np.asarray(array, dtype=np.float64).ravel()
    return sqrt(entries.dot(entries))


def compare(
    quantity: Quantity,
    expected: Array,
    came: Array | None,
    *,
    tolerance: float,
    column_fits: bool = False,
    samples: int = 0,
) -> Comparison:
    """Compare `came` with `expected`.

    A number may come as an array of one element, and with `column_fits` a vector as a single column. `samples` is the
    size of the batch, if there is one.
    """
    if came is None:
        return Comparison(
            quantity, expected, None, np.inf, False, f"{named(quantity)} is None: nothing was stored there."
        )
    fitted = fit(came, expected, column_fits=column_fits)
    if fitted is None:
        remark = _shape_remark(quantity, expected, came, samples)
        if came.size == expected.size and relative_error(came.reshape(expected.shape), expected) <= tolerance:
            remark += " The numbers themselves are right."
        return Comparison(quantity, expected, came, np.inf, False, remark, wrong_shape=True)
    if not np.isfinite(fitted).all():
        bad = np.argwhere(~np.isfinite(fitted))
        are = "is" if len(bad) == 1 else "are"
        some = f": {len(bad)} of {fitted.size} entries {are}" if fitted.size > 1 else " is"
        remark = f"{named(quantity)}{some} not finite (nan or inf)."
        return Comparison(quantity, expected, came, np.inf, False, remark)
    note = None
    if fitted.shape != came.shape:
        usual = "a plain number" if expected.shape == () else f"shape {expected.shape}"
        sentence = f"{named(quantity)} came as an array of shape {came.shape}; {usual} is usual."
        alike = quantity._replace(layer=0, neurons=(), step=0)
        note = Note("unusual-shape", sentence, f"{alike!r}/{came.ndim}")
    error = relative_error(fitted, expected)
    return Comparison(quantity, expected, fitted, error, error <= tolerance, note=note)


def tolerance_for(came: Array | None, single: bool) -> float:
    """Return the tolerance for an array that came back, in a probe of single precision or not."""
    return TOLERANCE[_precision(came, single)]


def digits_for(came: Array | None, single: bool) -> int:
    """Return to how many digits an array that came back agrees at least with what it counts as equal to."""
    return DIGITS[_precision(came, single)]


def _precision(came: Array | None, single: bool) -> str:
    return "float32" if single or (came is not None and single_precision(came)) else "float64"


def fit(came: Array, expected: Array, *, column_fits: bool = False) -> Array | None:
    """Return `came` in the shape of `expected` if it has that shape, or one that is accepted for it, else None."""
    if came.shape == expected.shape:
        return came
    number = came.size == expected.size == 1 and (expected.ndim == 0 or column_fits)
    column = column_fits and expected.ndim == 1 and came.shape in ((expected.size, 1), (1, expected.size))
    return came.reshape(expected.shape) if number or column else None


def _shape_remark(quantity: Quantity, expected: Array, came: Array, samples: int) -> str:
    """Say in a sentence how the shape differs and what that usually means."""
    should = f"have shape {expected.shape}" if expected.shape else "be a single number"
    has = f"has shape {came.shape}" if came.shape else "is a single number"
    remark = f"{named(quantity)} should {should}, but yours {has}."
    along = max(expected.shape, default=1) == max(came.shape, default=1) == expected.size == came.size
    if along and came.ndim != expected.ndim:
        one = "one axis" if abs(came.ndim - expected.ndim) == 1 else f"{abs(came.ndim - expected.ndim)} axes"
        few = "few" if came.ndim < expected.ndim else "many"
        remark += f" The number of entries fits, but yours has {one} too {few}: NumPy stretches such an array later, "
        remark += "without a warning."
    elif came.shape == expected.shape[::-1]:
        remark += " It is transposed."
    elif (
        came.ndim == 2
        and expected.ndim == 2
        and came.shape[0] == came.shape[1] == expected.shape[0]
        and expected.shape[1] == 1
    ):
        remark += " A column minus a flat vector gives such a square: NumPy stretches both."
    elif samples > 1 and came.shape == (samples, *expected.shape):
        remark += f" It has one row for each of the {samples} samples: a sum or a mean over the samples is missing."
    return remark
