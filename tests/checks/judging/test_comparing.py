"""Shape first, then finiteness, then values."""

import numpy as np
import pytest

from checks.judging.comparing import agrees, compare, digits_for, fit, relative_error, tolerance_for
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
    assert relative_error(np.ones(2), np.array([-1.7e308, -1e308])) == pytest.approx(1)
    assert relative_error(np.array([2**32]), np.array([2**33])) == pytest.approx(1 / 3), "no whole number overflows"
    assert relative_error(np.array([1], np.uint8), np.array([2], np.uint8)) == pytest.approx(1 / 3)
    for infinite in (np.inf, np.nan):
        assert relative_error(np.array([infinite, 1.0]), huge) == np.inf


@pytest.mark.parametrize(("size", "right"), [(1e-13, True), (4e-13, True), (1e-11, False), (1e-9, False)])
def test_only_what_is_next_to_nothing_counts_as_zero(size, right):
    assert compared([0.0, 0.0], [size, 0.0]).right is right
    assert (relative_error(np.array([size]), np.array([-size])) == 0) is right


@pytest.mark.parametrize(("by", "right"), [(1.9e-6, True), (2.1e-6, False), (-1.9e-6, True), (-2.1e-6, False)])
def test_arrays_are_equal_whose_difference_is_a_millionth_of_both(by, right):
    expected = np.array([3.0, -4.0])
    assert compared(expected, expected * (1 + by)).right is right
    assert agrees(expected * (1 + by), expected) is right
    assert compared(expected, expected * (1 + by)).error == pytest.approx(abs(by) / 2, rel=1e-5)


def test_one_entry_far_off_counts_by_the_norm_of_all():
    assert relative_error(np.array([3.0, 4.0]), np.array([3.0, 0.0])) == pytest.approx(4 / 8)


@pytest.mark.parametrize(
    ("came", "single", "tolerance", "digits"),
    [(np.float64, False, 1e-6, 6), (np.float32, False, 1e-4, 4), (np.float64, True, 1e-4, 4), (None, False, 1e-6, 6)],
)
def test_tolerance_and_digits_go_with_the_precision(came, single, tolerance, digits):
    array = None if came is None else np.ones(2, came)
    assert (tolerance_for(array, single), digits_for(array, single)) == (tolerance, digits)


@pytest.mark.parametrize(
    ("came", "expected", "column_fits", "fits"),
    [
        ((3,), (3,), False, True),
        ((1,), (), False, True),
        ((1, 1), (), False, True),
        ((), (1,), False, False),
        ((1, 1), (1,), False, False),
        ((), (1,), True, True),
        ((1, 1), (1,), True, True),
        ((3, 1), (3,), True, True),
        ((1, 3), (3,), True, True),
        ((3, 1), (3,), False, False),
        ((3, 1, 1), (3,), True, False),
        ((4, 1), (3,), True, False),
        ((2,), (), True, False),
        ((3,), (3, 1), True, False),
        ((6,), (2, 3), True, False),
        ((6, 1), (2, 3), True, False),
        ((3, 1), (1, 3), True, False),
        ((3, 2), (2, 3), True, False),
    ],
)
def test_a_shape_fits_if_it_is_the_same_or_one_that_is_accepted_for_it(came, expected, column_fits, fits):
    fitted = fit(np.ones(came), np.ones(expected), column_fits=column_fits)
    assert (fitted is not None) is fits
    assert fitted is None or fitted.shape == expected
    result = compared(np.ones(expected), np.ones(came), column_fits=column_fits)
    assert (result.right, result.wrong_shape) == (fits, not fits)
    assert bool(result.note) == (fits and came != expected)
    assert fits or "numbers themselves are right" in result.remark or np.prod(came) != np.prod(expected)


@pytest.mark.parametrize(
    ("expected", "came", "samples", "facts", "not_said"),
    [
        ((3,), (3, 1, 1), 0, ["2 axes too many"], ["transposed"]),
        ((3,), (1, 3), 0, ["one axis too many"], ["transposed"]),
        ((1, 3), (3,), 0, ["one axis too few"], ["transposed"]),
        ((2, 3), (3, 2), 0, ["transposed"], ["axis", "axes"]),
        ((3, 1), (1, 3), 0, ["transposed"], ["axis", "square"]),
        ((3, 1), (3, 3), 0, ["square"], ["samples", "transposed"]),
        ((3, 2), (3, 3), 0, [], ["square", "transposed"]),
        ((3, 1), (4, 4), 0, [], ["square", "transposed"]),
        ((3, 1), (3, 4), 0, [], ["square", "transposed"]),
        ((3,), (3, 3), 0, [], ["square", "transposed"]),
        ((3, 1), (4, 3), 0, [], ["square", "transposed"]),
        ((1,), (), 0, ["one axis too few"], []),
        ((3,), (0, 3), 0, [], ["samples"]),
        ((2, 3), (1, 2, 3), 1, [], ["samples"]),
        ((3,), (2, 3), 2, ["2 samples"], []),
        ((2,), (6, 2), 6, ["6 samples"], ["axis"]),
        ((), (6,), 6, ["single number", "(6,)", "6 samples"], []),
        ((2,), (5, 2), 6, [], ["samples"]),
        ((2,), (), 0, ["(2,)", "single number"], ["samples", "axis"]),
        ((6,), (2, 3), 0, [], ["axis", "axes"]),
    ],
)  # fmt: skip
def test_what_is_known_of_a_wrong_shape_is_said_and_nothing_else(expected, came, samples, facts, not_said):
    remark = compared(np.ones(expected), np.full(came, 2.0), samples=samples).remark
    assert all(fact in remark for fact in facts), remark
    assert not any(words in remark for words in (*not_said, "numbers themselves")), remark


@pytest.mark.parametrize(
    ("came", "said"),
    [([np.nan, 2.0], "1 of 2 entries is"), ([np.nan, np.inf], "2 of 2 entries are"), ([np.nan], "quantity is not")],
)
def test_what_is_not_finite_is_counted(came, said):
    result = compared(np.ones(len(came)), came)
    assert said in result.remark
    assert (result.error, result.right, result.wrong_shape) == (np.inf, False, False)


def test_a_note_on_a_shape_is_about_what_differs_by_layer_neuron_and_step_alone():
    def about(quantity, came, expected=()):
        options = {"tolerance": 1e-6, "column_fits": True}
        return compare(quantity, np.ones(expected), np.ones(came), **options).note.about

    one = about(QUANTITY, (1,))
    assert one == about(QUANTITY._replace(layer=3, neurons=(1, 2), step=2), (1,))
    assert one != about(QUANTITY, (1, 1))
    assert one != about(Quantity("other"), (1,))


@pytest.mark.parametrize(("expected", "said"), [((), "a plain number"), ((3,), "shape (3,)")])
def test_an_unusual_shape_that_is_accepted_is_compared_and_noted(expected, said):
    came = np.full((*expected, 1), 2.0)
    result = compare(QUANTITY, np.ones(expected), came, tolerance=1e-6, column_fits=True)
    assert not result.right
    assert result.came.shape == expected
    assert said in result.note.sentence
    assert str(came.shape) in result.note.sentence


@pytest.mark.parametrize("came", [np.ones(2), np.zeros(2), np.array([1.0, np.nan]), np.ones(3), np.ones((2, 1)), None])
def test_what_was_compared_is_kept(came):
    expected = np.ones(2)
    result = compare(QUANTITY, expected, came, tolerance=1e-6)
    assert result.quantity == QUANTITY
    assert result.expected is expected
    assert result.came is came


def test_no_column_is_accepted_unless_that_is_said():
    assert fit(np.ones((2, 1)), np.ones(2)) is None


def test_nothing_set_has_no_error_that_could_be_small():
    result = compare(QUANTITY, np.ones(2), None, tolerance=1e-6)
    assert (result.came, result.error, result.wrong_shape) == (None, np.inf, False)
    assert result.remark
