"""What a class is asked is made once, and told apart where students have numbers of their own."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from checks.observing.looking import Sight
from checks.observing.wire import as_wire
from checks.softmax_and_nll import CHECKS
from course.grading.judging.sealed import Hearing


@pytest.mark.parametrize(("personal", "times"), [(False, 1), (True, 3)], ids=["a class", "each student's own"])
def test_the_cases_of_a_seed_are_made_once(personal: bool, times: int) -> None:
    drawn: list[int] = []

    def cases(seed: int) -> Sequence[Any]:
        drawn.append(seed)
        return CHECKS["sigmoid"].cases(seed)

    check = replace(CHECKS["sigmoid"], cases=cases)
    look = CHECKS["sigmoid"].first_look(5)
    seen = [as_wire(one) for one in Sight(check, lambda z: 1 / (1 + np.exp(-z))).at(look)]
    for _ in range(3):
        hearing = Hearing({"sigmoid": check}, "", personal=personal, seed=5)
        assert hearing.next_look({"check": "sigmoid", "seen": seen}) is None
        assert hearing.verdict.earned == 1
    assert drawn == times * [5]
