"""Own numbers are followed only if nothing vanishes with them that the right ones keep."""

from math import inf

import numpy as np
import pytest

from checks.judging.following import NOTHING, TINY, constant, degenerate, trivial, vanishing

SHARE = NOTHING["float64"]
RIGHT = np.array([1.0, -2.0, 4.0])


def test_nothing_is_ten_times_what_counts_as_equal():
    assert {"float64": pytest.approx(1e-5), "float32": pytest.approx(1e-3)} == NOTHING


@pytest.mark.parametrize(
    ("own", "each", "reason"),
    [
        ([3.0, 5.0, -1.0], True, ""),
        ([3.0, 5.0], False, "shape (2,) instead of (3,)"),
        ([np.nan, 1.0, 2.0], False, "not finite"),
        ([1.0, np.inf, 2.0], False, "not finite"),
        ([0.0, 1.0, 2.0], True, "zeros"),
        ([0.0, 1.0, 2.0], False, ""),
        ([1.9e-5, 1.0, 2.0], True, "zeros"),
        ([2.1e-5, 1.0, 2.0], True, ""),
        ([0.0, 0.0, 0.0], True, "zeros"),
        ([0.0, 0.0, 0.0], False, "zeros"),
        ([3e-9, -2e-9, 1e-9], False, "zeros"),
        ([5e-9, -2e-9, 1e-9], False, ""),
        ([3e-9, -5e-9, 5e-9], True, "zeros"),
        ([5e-9, -6e-9, 7e-9], True, ""),
        ([7.0, 7.0, 7.0], False, "the same number"),
        ([7.0, 7.0, 7.00006], True, "the same number"),
        ([-7.0, -7.0, -7.0], True, "the same number"),
        ([7.0, 7.0, 7.0001], True, ""),
    ],
)
def test_numbers_from_which_nothing_follows_are_told(own, each, reason):
    said = degenerate(np.array(own), RIGHT, SHARE, each=each)
    assert reason in said
    assert bool(reason) == bool(said)


@pytest.mark.parametrize(
    ("own", "right", "each"),
    [
        ([0.0, 1.0], [0.0, 3.0], True),
        ([2e-6, 1.0], [2e-6, 3.0], True),
        ([2.0, 2.0], [3.0, 3.0], True),
        ([0.0, 0.0], [0.0, 0.0], True),
        ([0.0, 0.0], [0.0, 0.0], False),
        ([7.0, 8.0], [0.0, 0.0], True),
    ],
)
def test_what_vanishes_from_the_right_numbers_may_vanish(own, right, each):
    assert degenerate(np.array(own), np.array(right), SHARE, each=each) == ""


@pytest.mark.parametrize("each", [True, False])
def test_a_single_number_is_zero_and_never_the_same_everywhere(each):
    assert degenerate(np.array(0.0), np.array(2.0), SHARE, each=each) == "is 0"
    assert degenerate(np.array([0.0]), np.array([2.0]), SHARE, each=each) == "is 0"
    assert degenerate(np.array(0.0), np.array(0.0), SHARE, each=each) == ""
    assert degenerate(np.array(5.0), np.array(2.0), SHARE, each=each) == ""
    assert degenerate(np.array(5.0), np.array([]), SHARE, each=each).startswith("has the shape")


def test_no_numbers_leave_nothing_to_compute():
    assert degenerate(np.zeros(0), np.zeros(0), SHARE)
    assert degenerate(np.zeros(0), np.zeros(0), SHARE, each=True) == ""


def test_the_share_of_single_precision_is_wider():
    own = np.array([1e-3, 1.0, 2.0])
    assert degenerate(own, RIGHT, NOTHING["float32"], each=True)
    assert not degenerate(own, RIGHT, SHARE, each=True)


@pytest.mark.parametrize(("bound", "said"), [(inf, ""), (7.0, ""), (6.9, "is far too large")])
def test_beyond_a_bound_a_number_is_too_large(bound, said):
    assert degenerate(np.array([1.0, -7.0, 3.0]), RIGHT, SHARE, bound=bound) == said
    assert degenerate(np.array([1.0, -7.0, 3.0]) / 10, RIGHT, SHARE, bound=bound / 10) == said


def test_right_numbers_count_by_their_size_whatever_their_sign():
    assert "zeros" in degenerate(np.array([3e-9, -2e-9, 1e-9]), -abs(RIGHT), SHARE)


@pytest.mark.parametrize(
    ("numbers", "same"),
    [([1.0], False), ([2.0, 2.0], True), ([2.0, 2.00003], False), ([-2.0, -2.00001], True), ([2.0, -2.0], False)],
)
def test_several_numbers_are_the_same(numbers, same):
    assert constant(np.array(numbers), SHARE) is same


def test_vanishing_is_measured_by_the_largest_of_several_and_of_one_by_zero():
    assert vanishing(np.array([0.0, 0.9e-3, -3e-3, -100.0]), SHARE).tolist() == [True, True, False, False]
    assert vanishing(np.array([0.0, 0.0]), SHARE).tolist() == [True, True]
    assert [bool(vanishing(np.array(x), SHARE)) for x in (0.0, 1e-300, 1.0)] == [True, False, False]
    assert vanishing(np.array([1e-300]), SHARE).tolist() == [False]
    assert TINY < 1


OLD, STEP = np.array([1.0, 2.0]), np.array([0.5, -0.5])


@pytest.mark.parametrize(
    ("own_old", "own_step", "each", "found"),
    [
        (OLD, STEP, False, ""),
        (3 * OLD, 2 * STEP, True, ""),
        (OLD, 0 * STEP, False, "old"),
        (1e7 * OLD, STEP, False, "old"),
        (1e4 * OLD, STEP, False, ""),
        (OLD, [0.0, -0.5], True, "old"),
        (OLD, [0.0, -0.5], False, ""),
        (0 * OLD, 1e-6 * STEP, False, "old"),
        (0 * OLD, 1e-4 * STEP, False, ""),
        (0 * OLD, [1e-7, 0.5], True, "old"),
        (-1e7 * OLD, STEP, True, "old"),
    ],
)
def test_a_result_that_is_no_more_than_what_was_there_before_is_trivial(own_old, own_step, each, found):
    own_old, own_step = np.array(own_old), np.array(own_step)
    terms = {"other": (np.zeros(3), np.zeros(3)), "none": (np.full(2, 9.0), np.full(2, 9.0)), "old": (own_old, OLD)}
    assert trivial(own_old + own_step, OLD + STEP, terms, SHARE, each=each) == found


def test_the_first_of_the_terms_is_named_and_those_of_other_shapes_are_not_compared():
    own, terms = OLD, {"shape": (OLD[:1], OLD), "right": (OLD, OLD[:1]), "one": (OLD, 0 * OLD), "two": (OLD, 0 * OLD)}
    assert trivial(own, OLD, terms, SHARE) == "one"
    assert trivial(own, OLD, {}, SHARE) == ""
    assert trivial(OLD + np.array([0.0, -0.5]), OLD + STEP, {"old": (OLD, OLD)}, SHARE) == ""
    assert degenerate(np.array([0.0, 1.0, 2.0]), RIGHT, SHARE) == ""


@pytest.mark.parametrize("each", [True, False])
def test_where_the_right_result_is_no_more_either_nothing_is_trivial(each):
    assert trivial(OLD, OLD, {"old": (OLD, OLD)}, SHARE, each=each) == ""
    assert trivial(1e3 * OLD + 1e-3, 1e3 * OLD + 1e-3, {"old": (1e3 * OLD, 1e3 * OLD)}, SHARE, each=each) == ""
    assert trivial(OLD + 1e-7, OLD + 0.9e-6, {"old": (OLD, OLD)}, SHARE, each=each) == ""
