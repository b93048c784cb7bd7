"""What is certain of a wrong answer that no mistake explains: facts about its numbers, measured and not guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from checks.judging.comparing import agrees
from checks.judging.factor import SIZES
from checks.judging.verdict import Cause
from checks.numerals import numeral
from checks.observing.observation import Array

SOME_SIZES, CUT_OFF = "wrong-for-some-sizes", "cut-off"
"""Labels of two facts; those of the others stand in FACTS."""


@dataclass(frozen=True)
class Sight:
    """One quantity of one case: what came, what is right, the sizes of the case.

    `came_again` and `right_again` are those of a second call with other data, if there is one.
    """

    came: Array
    right: Array
    sizes: Mapping[str, int]
    came_again: Array | None = None
    right_again: Array | None = None


def measured(wrong: Sequence[Sight], right: Sequence[Mapping[str, int]], partly: bool) -> Cause | None:
    """Return the first fact that holds wherever a quantity is wrong; `right` are the sizes of cases where it is right.

    `partly` tells that there are right numbers beside the wrong ones, of which a fact says nothing. What differs in
    shape, or is not finite, is not measured.
    """
    if not wrong:
        return None
    if not all(sight.came.shape == sight.right.shape and np.isfinite(sight.came).all() for sight in wrong):
        return None
    where = _sizes(wrong, right)
    if where:
        return Cause((SOME_SIZES,), where)
    limit, exactly = _limit(wrong)
    cut_off = limit and (CUT_OFF, f"has no entry larger in size than {limit}, where the right numbers go beyond it")
    held = [  # the numbers of one case fit most facts too easily
        (label, says)
        for label, (holds, says) in FACTS.items()
        if (len(wrong) > 1 or label == ORDER) and all(map(holds, wrong))
    ]
    # beside what is right, a limit says more than that what reaches it is one number, or a whole one
    found = [cut_off, *held] if partly and exactly else [*held, cut_off]
    for label, says in filter(None, found):
        return Cause((label,), f"Where it goes wrong first, yours {says}" if partly else f"Yours {says}")
    return None


def _sizes(wrong: Sequence[Sight], right: Sequence[Mapping[str, int]]) -> str:
    """Say of which size it is that something is wrong where it is 1, and right in several cases where it is larger.

    That is what stretching does to an axis of one entry. The opposite may have other reasons: small cases are easy.
    """
    for size, counts in SIZES.items():
        larger = [sizes[size] for sizes in right if sizes.get(size, 1) > 1]
        if len(larger) == len(right) > 1 and all(sight.sizes.get(size) == 1 for sight in wrong):
            return f"Of the cases tried, yours is wrong where the number of {counts} is 1, and right elsewhere"
    return ""


def _unmoved(sight: Sight) -> bool:
    again, expected = sight.came_again, sight.right_again
    if again is None or expected is None or again.shape != sight.came.shape or expected.shape != sight.right.shape:
        return False
    return agrees(again, sight.came) and not agrees(expected, sight.right)


def _in_another_order(sight: Sight) -> bool:
    came, right = np.sort(sight.came, axis=None), np.sort(sight.right, axis=None)
    return np.unique(right).size > 2 and agrees(came, right)  # any two arrays of ones and twos are alike in that


def _one_number(sight: Sight) -> bool:
    return bool(sight.came.size > 1 and sight.came.any() and np.ptp(sight.came) == 0 < np.ptp(sight.right))


def _whole(sight: Sight) -> bool:
    return bool(sight.came.any() and not (sight.came % 1).any() and (sight.right % 1).any())


def _shifted(sight: Sight) -> bool:
    shift = sight.came - sight.right
    return sight.came.size > 2 and agrees(np.full_like(shift, shift.mean()), shift) and not agrees(shift, 0 * shift)


def _multiple(sight: Sight) -> bool:
    factor = sight.came.ravel() @ sight.right.ravel() / (sight.right.ravel() @ sight.right.ravel() or 1.0)
    return sight.came.size > 2 and abs(factor) > 1e-6 and agrees(sight.came, factor * sight.right)


ORDER = "another-order"

Fact = tuple[Callable[[Sight], bool], str]

FACTS: Mapping[str, Fact] = MappingProxyType(
    {
        "unmoved-by-the-data": (_unmoved, "does not change when it is called again with other numbers"),
        ORDER: (_in_another_order, "has the right numbers in another order"),
        "one-number-everywhere": (_one_number, "has the same number in every entry"),
        "whole-numbers": (_whole, "has whole numbers only"),
        "shifted": (_shifted, "differs from the right one by the same number in every entry"),
        "multiple": (
            _multiple,
            "is a multiple of the right one wherever it gives numbers, but not always the same",
        ),
    }
)
"""Facts by their labels: whether one holds in a case, and what is said of an answer."""

LABELS = frozenset({SOME_SIZES, CUT_OFF, *FACTS})
"""The labels of all facts."""


def _limit(wrong: Sequence[Sight]) -> tuple[str, bool]:
    """Return the size at which all numbers are cut off, or "", and whether they are the right ones but for that.

    In each case it is the same, and the right numbers cut off there are those that came, or else several entries reach
    it and none exceeds it, though right ones do.
    """
    greatest = [float(np.abs(sight.came).max(initial=0)) for sight in wrong]
    top = greatest[0]
    beyond = any(np.abs(sight.right).max(initial=0) > top for sight in wrong)
    if not (beyond and top > 0 and len(wrong) > 1 and np.ptp(greatest) <= 1e-12 * top):
        return "", False
    cut = all(agrees(sight.came, np.clip(sight.right, -top, top)) for sight in wrong)
    reached = min(np.isclose(np.abs(sight.came), top, rtol=1e-12).sum() for sight in wrong)
    return (numeral(top, ".4g") if cut or reached > 1 else ""), cut
