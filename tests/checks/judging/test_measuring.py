"""Facts about wrong numbers say nothing of the right ones beside them."""

import numpy as np
import pytest

from checks.judging.measuring import Sight, measured

RNG = np.random.default_rng(7)
RIGHT = [RNG.normal(size=(4, 3)) * 3, RNG.normal(size=(5, 2)) * 3]


def fact(made, right=RIGHT, *, partly=False):
    sights = [Sight(np.asarray(made(one)), one, {}, np.asarray(made(one + 1)), one + 1) for one in right]
    return measured(sights, [], partly=partly)


@pytest.mark.parametrize(
    ("label", "made"),
    [
        ("unmoved-by-the-data", lambda right: np.arange(right.size).reshape(right.shape)),
        ("whole-numbers", np.round),
        ("another-order", lambda right: right[::-1]),
        ("cut-off", lambda right: np.clip(right, -2, 2)),
        ("shifted", lambda right: right + 2),
    ],
)
def test_a_fact_is_told_of_all_or_of_where_it_goes_wrong(label, made):
    whole, partly = fact(made), fact(made, partly=True)
    assert whole.labels == partly.labels == (label,)
    assert whole.sentence.startswith("Yours ")
    assert partly.sentence.startswith("Where it goes wrong first, yours ")


def test_a_limit_that_single_numbers_reach_comes_before_that_they_do_not_change():
    losses = [np.array(7.5), np.array(9.25)]
    assert fact(lambda right: np.minimum(right, 5.0), losses, partly=True).labels == ("cut-off",)
    assert fact(lambda right: np.array(5.0), losses).labels == ("unmoved-by-the-data",)


def test_signs_in_another_order_are_no_fact():
    signs = [np.sign(one) for one in RIGHT]
    assert fact(lambda right: np.roll(right, 1, axis=0), signs) is None
