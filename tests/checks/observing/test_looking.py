"""A check looks at one case after the other, until something ends the looking."""

import sys
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from checks.observing.looking import Look, Sight
from checks.observing.observation import Observation, Problem, Trouble
from checks.observing.quantity import Quantity

Y = Quantity("y")


def _sight(observe, then=None, subject=None):
    return Sight(SimpleNamespace(observe=observe, then=then, seconds=1.0), subject)


def _scaled(subject, case):
    return Observation({Y: np.array(subject * case)})


def _numbers(seen):
    return [float(one.arrays[Y]) for one in seen]


def test_each_case_is_seen_in_its_turn():
    assert _numbers(_sight(_scaled, subject=2).at(Look([1, 2, 3]))) == [2, 4, 6]


@pytest.mark.parametrize("trouble", Trouble)
def test_looking_ends_where_nothing_more_can_be_seen(trouble):
    seen = _sight(lambda subject, case: Observation(problems=(Problem(trouble, ""),))).at(Look([1, 2]))
    assert len(seen) == (2 if trouble in (Trouble.RAISED, Trouble.WRONG_TYPE, Trouble.CHANGED) else 1)


def test_all_cases_together_may_compute_no_longer_than_one():
    changed = Problem(Trouble.CHANGED, "")
    at_the_limit = _sight(lambda subject, case: Observation(computed=0.5)).at(Look([1, 2]))
    seen = _sight(lambda subject, case: Observation(problems=(changed,), computed=0.6)).at(Look([1, 2, 3]))
    assert [one.problems for one in at_the_limit] == [(), ()]
    assert [[problem.trouble for problem in one.problems] for one in seen] == [
        [Trouble.CHANGED],
        [Trouble.TOO_SLOW, Trouble.CHANGED],
    ]


def test_what_ended_the_looking_by_itself_is_not_called_slow():
    waits = Problem(Trouble.WAITS, "")
    assert _sight(lambda *_: Observation(problems=(waits,), computed=5)).at(Look([1]))[0].problems == (waits,)


def test_a_second_look_is_told_what_the_first_saw():
    def then(subject, case, earlier):
        return Observation({Y: earlier.arrays[Y] + 100 * case})

    sight = _sight(_scaled, then, 2)
    sight.at(Look([1, 2]))
    for _ in range(2):
        assert _numbers(sight.at(Look([3, 4], second=True))) == [302, 404]


def test_single_precision_is_looked_at_where_the_notebook_works_in_it(monkeypatch):
    look, sight = Look([1], single=True), _sight(_scaled, subject=2)
    assert _numbers(sight.at(look)) == [2]
    torch.set_default_dtype(torch.float64)
    try:
        assert sight.at(look) == []
    finally:
        torch.set_default_dtype(torch.float32)
    monkeypatch.delitem(sys.modules, "torch")
    assert sight.at(look) == []


def test_what_a_students_object_raises_when_it_is_looked_at_is_the_students():
    class Network:
        @property
        def layers(self):
            raise AttributeError("no layers")

    [seen] = _sight(lambda subject, case: subject.layers, subject=Network()).at(Look([1]))
    assert [(problem.trouble, problem.exception) for problem in seen.problems] == [(Trouble.RAISED, "AttributeError")]


def test_what_an_observer_itself_raises_is_nobody_elses():
    with pytest.raises(AttributeError):
        _sight(getattr, subject=object()).at(Look(["absent"]))


def test_an_interruption_is_no_problem_of_the_students():
    def interrupted(subject, case):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _sight(interrupted).at(Look([1]))
