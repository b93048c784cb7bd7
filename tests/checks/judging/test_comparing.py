"""Shape first, then finiteness, then values."""

import numpy as np
import pytest

from checks.judging.comparing import compare, relative_error, tolerance_for
from checks.observing.quantity import Quantity

QUANTITY = Quantity("quantity")


def compared(expected, came, **options):
    return compare(QUANTITY, np.asarray(expected, float), np.asarray(came, float), tolerance=1e-6, **options)


def test_equal_numbers_in_another_shape_are_wrong_and_the_lost_axis_is_named():
    result = compared(np.ones((6, 1)), np.ones(6))
    assert not result.right
    assert "(6, 1)" in result.remark
    assert "(6,)" in result.remark
    assert "one axis too few" in result.remark


def test_a_silent_broadcast_is_named():
    assert "gives such a square" in compared(np.ones((5, 1)), np.ones((5, 5))).remark


def test_unsummed_rows_are_named():
    assert "over the samples is missing" in compared(np.ones(3), np.ones((6, 3)), samples=6).remark


@pytest.mark.parametrize("scalar", [[2.0], [[2.0]], 2.0])
def test_a_number_may_come_in_brackets(scalar):
    assert compared(2.0, scalar).right


def test_a_column_is_accepted_only_where_that_is_declared():
    column = np.ones((4, 1))
    assert compared(np.ones(4), column, column_fits=True).right
    assert not compared(np.ones(4), column).right


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_is_not_finite_is_wrong(bad):
    result = compared([1.0, 2.0], [1.0, bad])
    assert not result.right
    assert "not finite" in result.remark


def test_nothing_set_is_wrong():
    assert not compare(QUANTITY, np.ones(2), None, tolerance=1e-6).right


def test_zeros_are_wrong_where_something_is_expected_and_right_where_nothing_is():
    assert not compared([1e-3, 1e-3], [0.0, 0.0]).right
    assert compared([0.0, 0.0], [1e-14, 0.0]).right


def test_single_precision_is_compared_by_norm_and_less_strictly():
    exact = np.random.default_rng(0).normal(size=(50, 40))
    single = exact.astype(np.float32)
    assert relative_error(single, exact) < tolerance_for(single, single=False) == 1e-4
    assert tolerance_for(exact, single=False) == 1e-6


def test_numbers_too_large_to_be_squared_are_compared_all_the_same():
    huge = np.array([1e300, -1.7e308])
    assert relative_error(huge, huge) == 0
    assert relative_error(huge, -huge) == pytest.approx(1)
    for infinite in (np.inf, np.nan):
        assert relative_error(np.array([infinite, 1.0]), huge) == np.inf
