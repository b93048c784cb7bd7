"""Expected, yours and difference: shown where they help, never where the answer is the student's to find."""

import re

import numpy as np
import pytest

from checks import by_hand
from checks.explaining.heat_map import as_tables, helps
from checks.explaining.html import as_html
from checks.judging.comparing import compare
from checks.neural_network import CHECKS
from tests.conftest import exercise_named

MISTAKES = exercise_named("neural_network").mistakes
UNNAMED = exercise_named("neural_network").unnamed

EXPECTED = np.arange(6.0).reshape(2, 3)


def compared(came):
    return compare("weight gradient", EXPECTED, came, tolerance=1e-6)


def test_entries_that_agree_are_dots_and_are_counted():
    came = EXPECTED.copy()
    came[1] += 1
    tables = as_tables(compared(came))
    assert tables.count(">·<") == 3
    assert "3 of 6 entries agree" in tables


def test_signs_are_written_not_only_coloured():
    assert "\N{MINUS SIGN}5.00<" in as_tables(compared(-EXPECTED))


@pytest.mark.parametrize("came", [None, EXPECTED.T, EXPECTED * np.nan])
def test_nothing_is_drawn_of_what_has_not_the_form_of_a_matrix(came):
    assert not helps(compared(came))


def test_a_large_matrix_and_a_vector_are_left_to_the_sentence():
    for expected in (np.ones((30, 3)), np.ones(5), np.ones((1, 4))):
        assert not helps(compare("x", expected, 2 * expected, tolerance=1e-6))


def test_a_named_mistake_folds_the_matrices_up_and_an_unknown_one_shows_them(student):
    named = student("backward", MISTAKES["backward"]["derivative-left-out-in-hidden-layers"])
    unknown = student("forward", UNNAMED["forward"]["rounded-to-three-digits"])
    folded, open_ = (as_html(CHECKS[task].verdict(made)) for task, made in (("backward", named), ("forward", unknown)))
    assert re.search(r"<details [^>]*\">\s*<summary[^>]*>The weight gradient of layer 3 in numbers", folded)
    assert re.search(r"<details [^>]* open>", open_)


def test_numbers_that_the_student_is_to_find_are_not_shown():
    verdict = by_hand.CHECKS["dW1"].verdict({"dW1": [[9, 9], [9, 9]]})
    assert "<details" not in as_html(verdict)


def test_entries_that_agree_in_single_precision_are_dots_too():
    came = (EXPECTED * (1 + 1e-5)).astype(np.float32)
    came[0, 0] = 3
    assert "5 of 6 entries agree" in as_tables(compared(came))


def test_numbers_whose_difference_overflows_are_left_to_the_sentence():
    with np.errstate(all="ignore"):
        comparison = compared(np.full_like(EXPECTED, -1.7e308))
    assert not helps(comparison)


@pytest.mark.parametrize(
    ("shape", "drawn"), [((2, 2), True), ((10, 10), True), ((2, 11), False), ((11, 2), False), ((1, 2), False)]
)
def test_a_matrix_is_drawn_if_it_can_be_taken_in_at_a_glance(shape, drawn):
    assert helps(compare("x", np.ones(shape), 2 * np.ones(shape), tolerance=1e-6)) == drawn


@pytest.mark.parametrize(("size", "drawn"), [(1e100, True), (1.1e100, False)])
def test_a_matrix_is_drawn_if_its_numbers_can_be(size, drawn):
    assert helps(compared(EXPECTED * size / 5)) == drawn
    assert helps(compare("x", EXPECTED * size / 5, EXPECTED, tolerance=1e-6)) == drawn


def _cells(tables, title):
    table = re.search(f">{title}</caption>(.*?)</table>", tables)[1]
    return re.findall(r"background:rgba\(([\d,]+),([\d.]+)\)[^>]*>(.*?)</td>", table)


def test_a_cell_has_its_number_and_the_colour_of_its_sign_and_the_strength_of_its_size():
    tables = as_tables(compare("x", np.array([[4.0, -4.0], [2.0, 0.0]]), np.zeros((2, 2)), tolerance=1e-6))
    expected, yours = _cells(tables, "expected"), _cells(tables, "yours")
    difference = _cells(tables, "yours \N{MINUS SIGN} expected")
    assert [written for *_, written in expected] == ["4.00", "\N{MINUS SIGN}4.00", "2.00", "0.00"]
    assert [written for *_, written in yours] == ["0.00"] * 4
    assert [written for *_, written in difference] == ["\N{MINUS SIGN}4.00", "4.00", "\N{MINUS SIGN}2.00", "·"]
    assert [strength for _, strength, _ in expected] == ["0.55", "0.55", "0.34", "0.00"]
    assert expected[0][0] == difference[1][0] == expected[2][0] != expected[1][0] == difference[0][0]


@pytest.mark.parametrize(
    ("scale", "written"), [(100.0, "100"), (1000.0, "1e+03"), (1.0, "1.00"), (1e-3, "0.00100"), (1e-5, "1e-05")]
)
def test_numbers_have_as_many_decimals_as_their_size_asks_for(scale, written):
    tables = as_tables(compare("x", np.eye(2) * scale, np.zeros((2, 2)), tolerance=1e-6))
    assert _cells(tables, "expected")[0][2] == written.replace("-", "\N{MINUS SIGN}")


def test_where_no_entry_agrees_that_is_said():
    assert "No entry agrees" in as_tables(compared(EXPECTED + 100))
