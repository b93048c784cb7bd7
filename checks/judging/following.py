"""When a student's own earlier numbers may be followed: only if they leave something to compute.

What is computed rightly from an own wrong number is right. But zeros, a constant, or a number beside which another
term cannot be seen leave nothing to compute. So with the own numbers nothing may vanish that the right ones keep: no
entry, no difference between entries, and no term of what is made from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from types import MappingProxyType

import numpy as np

from checks.observing.observation import TOLERANCE, Array

NOTHING = MappingProxyType({precision: 10 * tolerance for precision, tolerance in TOLERANCE.items()})
"""What is a smaller share of a number cannot be seen beside it, by precision: comparing allows a tenth of that."""

TINY = 1e-4
"""What is smaller than this share of nothing, measured by the right number, is zero whatever stands beside it."""


def degenerate(own: Array, right: Array, share: float, *, each: bool = False, bound: float = inf) -> str:
    """Return why nothing is left to compute from own numbers in the place of the right ones, as "is 0", or "".

    `share` is one of NOTHING, and beside numbers beyond `bound` nothing else counts. With `each`, every entry counts by
    itself, otherwise an array as a whole.
    """
    if own.shape != right.shape:
        return f"has the shape {own.shape} instead of {right.shape}"
    if not np.isfinite(own).all():
        return "is not finite"
    sizes, largest = np.abs(own), float(np.abs(right).max(initial=0))
    gone = (sizes <= max(share * sizes.max(initial=0), TINY * share * largest)) & ~vanishing(right, share)
    if gone.any() if each else not own.size or (largest > 0 and sizes.max() <= TINY * share * largest):
        return "is 0" if own.size == 1 else "has zeros where it should have none"
    if constant(own, share) and not constant(right, share):
        return "is the same number everywhere"
    if sizes.max(initial=0) > bound:
        return "is far too large"
    return ""


def constant(numbers: Array, share: float) -> bool:
    """Tell whether several numbers are all the same."""
    return numbers.size > 1 and bool(np.ptp(numbers) <= share * np.abs(numbers).max())


Term = tuple[Array, Array]
"""Something that was there before: as it goes with the own numbers, and with the right ones."""


def trivial(own: Array, right: Array, terms: Mapping[str, Term], share: float, *, each: bool = False) -> str:
    """Return the name of the first of `terms` that a result is no more than, although the right one is, or "".

    `own` is what follows from own numbers. With `each`, every entry counts by itself, otherwise an array as a whole.
    """
    for name, (own_term, right_term) in terms.items():
        if own.shape != np.shape(own_term) or right.shape != np.shape(right_term):
            continue
        added, size, right_added, right_size = (
            np.abs(array) if each else np.asarray(np.linalg.norm(array))
            for array in (own - own_term, own, right - right_term, right)
        )
        unseen = (added <= share * size) & (right_added > share * right_size)
        if (unseen | ((added <= share * right_added) & (right_added > 0))).any():
            return name
    return ""


def vanishing(numbers: Array, share: float) -> Array:
    """Tell which entries are nothing beside the largest."""
    sizes = np.abs(numbers)
    return np.asarray(sizes <= share * sizes.max(initial=0))
