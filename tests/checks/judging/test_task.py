"""What a task says of numbers that are wrong or missing."""

from dataclasses import replace

import numpy as np
import pytest

from checks.judging.task import Probe, listed, locate_first_wrong, not_complete, those
from checks.observing.observation import Observation
from checks.observing.quantity import Quantity
from tests.checks.judging.tiny_task import CASES, TASK, compared

A, B, C, D, E = (Quantity(letter) for letter in "abcde")


@pytest.mark.parametrize(
    ("right", "missing", "said"),
    [
        ([], [A], "a is missing"),
        ([], [A, B, C], "a, b and c are missing"),
        ([], [A, B, C, D], "a and 3 others are missing"),
        ([E], [A, B], "e is right, a and b are missing"),
        ([D, E], [A], "d and e are right, a is missing"),
    ],
)
def test_what_is_missing_is_named_or_counted(right, missing, said):
    location = not_complete(right, missing)
    assert location.headline == f"not complete: {said}."
    assert (location.incomplete, location.numbers) == (True, False)


@pytest.mark.parametrize(("names", "written"), [([], ""), ([A], "a"), ([A, B], "a and b"), ([A, B, C], "a, b and c")])
def test_quantities_are_listed(names, written):
    assert listed(names) == written


@pytest.mark.parametrize(
    ("came", "headline", "right"),
    [
        ({A: 2, B: 1, C: 1}, "a is wrong", ""),
        ({A: 1, B: 2, C: 2}, "b is wrong", "a is right."),
        ({A: 1, B: 1, C: 2}, "c is wrong", "a and b are right."),
    ],
)
def test_the_first_wrong_number_is_where_an_error_starts(came, headline, right):
    verdict = compared({A: 1.0, B: 1.0, C: 1.0}, came)
    assert headline in verdict.headline
    assert verdict.location == right
    assert "yours is 2, right is 1" in verdict.evidence
    assert not verdict.incomplete
    assert verdict.comparison
    assert locate_first_wrong([verdict.comparison]).numbers


def test_a_part_chooses_what_fits_a_condition():
    assert those(lambda quantity: quantity.kind > "a")([C, A, B]) == [C, B]


@pytest.mark.parametrize(("precision", "single"), [(np.float64, False), (np.float32, True), (np.float16, False)])
def test_a_probe_is_of_single_precision_by_its_case(precision, single):
    assert Probe(replace(CASES[0], precision=precision), Observation()).single is single


def test_a_task_that_says_no_more_has_one_part_one_stage_and_objects_to_nothing():
    task = type(TASK)("tiny", TASK.reference, (), "Right", ())
    assert [part.chosen([A, B]) for part in task.parts] == [[A, B]]
    assert [part.share for part in task.parts] == [1]
    assert task.stage(A) == task.stage(B) == 0
    assert (task.objection(None, Observation(), []), task.counted({})) == ("", ())
    probe = Probe(CASES[0], Observation())
    assert task.concluded(probe) is probe
    assert task.diagnose is None
