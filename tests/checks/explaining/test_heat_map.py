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
    unknown = student("forward", next(iter(UNNAMED["forward"].values())))
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
