"""What was seen can be put together, and asked for what kept it from being compared."""

import numpy as np
import pytest

from checks.observing.observation import Note, Observation, Problem, Trouble, single_precision
from checks.observing.quantity import Quantity

A, B = Quantity("a"), Quantity("b")
FIRST, SECOND = Problem(Trouble.CHANGED, "first"), Problem(Trouble.RAISED, "second")


def test_of_two_observations_the_problems_and_notes_of_the_first_come_first():
    one = Observation({A: np.array(1.0), B: np.array(2.0)}, (FIRST,), (Note("x", ""),), computed=1)
    other = Observation({B: np.array(3.0)}, (SECOND,), (Note("y", ""),), computed=2)
    both = one.followed_by(other)
    assert {quantity: float(array) for quantity, array in both.arrays.items()} == {A: 1, B: 3}
    assert (both.problems, both.computed) == ((FIRST, SECOND), 3)
    assert both.notes == (Note("x", ""), Note("y", ""))


def test_the_first_problem_of_some_kinds_is_found():
    seen = Observation(problems=(FIRST, SECOND, Problem(Trouble.RAISED, "third")))
    assert seen.has(Trouble.RAISED) == SECOND
    assert seen.has(Trouble.RAISED, Trouble.CHANGED) == FIRST
    assert seen.has(Trouble.MISSING) is None
    assert (seen.raised, Observation(problems=(FIRST,)).raised) == (True, False)


@pytest.mark.parametrize(("dtype", "single"), [(np.float32, True), (np.float64, False)])
def test_single_precision_is_told_by_the_dtype(dtype, single):
    assert single_precision(np.ones(2, dtype)) is single
