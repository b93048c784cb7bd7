"""A factor is a number that is not 1 and the same for all cases, or a product of powers of their dimensions."""

from itertools import product
from types import SimpleNamespace

import numpy as np
import pytest

from checks.judging.factor import constant, in_words, of_dimensions

SIZES = [{"N": 5, "K": 3}, {"N": 2, "K": 7}, {"N": 6, "K": 4}]
PROBES = [SimpleNamespace(case=SimpleNamespace(dimensions=sizes)) for sizes in SIZES]


@pytest.mark.parametrize(
    ("factors", "found"),
    [
        ([2.0, 2.0], 2.0),
        ([-1.0], -1.0),
        ([2.0, 2.0 + 1e-5], 2.0),
        ([2.0, 2.0 + 4e-5], None),
        ([-2.0, -2.0 + 1e-5], -2.0),
        ([2.0, 3.0], None),
        ([1.0, 1.0], None),
        ([1.0009], None),
        ([0.9991], None),
        ([1.0011], 1.0011),
        ([0.9989], 0.9989),
    ],
)
def test_a_factor_is_constant_and_not_one(factors, found):
    assert constant(np.array(factors)) == found


def test_no_factors_are_none():
    assert constant(None) is None
    assert of_dimensions(None, PROBES) == ""


def test_common_factors_have_words():
    assert in_words(-3.0) == "-3 times the right one"
    assert in_words(-1.0) == "the right one with the opposite sign"
    assert [in_words(x).split()[0] for x in (0.25, 0.5, 2.0, 2.000009, 2.0001, 4.0)] == [
        "a", "half", "twice", "twice", "2", "4",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "powers", "written"),
    [
        (1, (1, 0), "N"),
        (1, (-1, 0), "1/N"),
        (-1, (-1, 0), "-1/N"),
        (0.5, (0, 1), "K/2"),
        (0.5, (0, -1), "1/(2 K)"),
        (2, (0, 1), "2 K"),
        (2, (1, -2), "2 N/(K K)"),
        (-4, (1, -1), "-4 N/K"),
        (0.25, (1, 1), "N K/4"),
        (1, (2, 0), "N N"),
        (-0.25, (1, 0), "-N/4"),
        (1, (-1, -1), "1/(N K)"),
    ],
)
def test_a_product_of_dimensions_is_written_as_a_fraction(number, powers, written):
    factors = np.array([number * float(sizes["N"]) ** powers[0] * float(sizes["K"]) ** powers[1] for sizes in SIZES])
    words = of_dimensions(factors, PROBES)
    assert words.startswith(f"{written} times the right one (")
    assert ("number of samples" in words, "number of outputs" in words) == (powers[0] != 0, powers[1] != 0)
    assert of_dimensions(factors * (1 + 1e-6 * np.arange(3)), PROBES) == words
    assert not of_dimensions(factors * (1 + 2e-5 * np.arange(3)), PROBES)


@pytest.mark.parametrize(
    "factors", [[3.0, 3.0, 3.0], [1.0, 1.0, 1.0], [2.0, 2.0, 2.0], [5.0, 2.0, 7.0], [-40.0, -16.0, -48.0]]
)
def test_other_numbers_are_no_product_of_dimensions(factors):
    assert of_dimensions(np.array(factors), PROBES) == ""


def test_the_fewest_dimensions_explain_a_factor():
    same = [SimpleNamespace(case=SimpleNamespace(dimensions=dict.fromkeys("NK", n))) for n in (2, 3, 5)]
    assert of_dimensions(np.array([2.0, 3.0, 5.0]), same).startswith(("N times", "K times"))


def test_every_product_is_found_again():
    for exponents in product((-2, -1, 0, 1, 2), repeat=2):
        factors = np.array([4.0 * float(s["N"]) ** exponents[0] * float(s["K"]) ** exponents[1] for s in SIZES])
        assert bool(of_dimensions(factors, PROBES)) is any(exponents)
