"""A candidate agrees if it gives what was observed, and cannot be computed where the student's code stops."""

from dataclasses import replace

import numpy as np
import pytest

from checks.judging.candidates import Candidates
from checks.judging.reference import LAST_STAGE, Override
from checks.observing.observation import Trouble
from tests.checks.judging.tiny_task import (
    CASES,
    CRASH,
    LOSS,
    NO_SHIFT,
    PRODUCT,
    STEEP,
    SUM,
    TABLE,
    TASK,
    Line,
    impossible,
    seen,
)

RAISED = [Trouble.RAISED]
ON_FIRST = Override("sum", lambda ref, right, p: CRASH.override.otherwise() if ref.case is CASES[0] else p)
UNKNOWN = Override("answer", lambda ref, right: {**right(), SUM: None, LOSS: None})


def agreement(probes, *overrides, stage=LAST_STAGE, task=TASK):
    return Candidates(task, probes, stage).agreement(overrides)


@pytest.mark.parametrize(("change", "digits"), [(np.array, 6), (np.float32, 4)])
def test_agreement_has_the_digits_of_the_least_precise_numbers(change, digits):
    assert agreement(seen(NO_SHIFT.override, sum=change), NO_SHIFT.override) == digits
    assert agreement(seen(NO_SHIFT.override, product=change), NO_SHIFT.override) == digits


def test_a_probe_of_single_precision_promises_four_digits():
    cases = [*CASES[:2], replace(CASES[2], precision=np.float32)]
    assert agreement(seen(NO_SHIFT.override, cases=cases), NO_SHIFT.override) == 4


def test_another_candidate_or_the_right_answer_does_not_agree():
    assert agreement(seen(NO_SHIFT.override), STEEP.override) is None
    assert agreement(seen(NO_SHIFT.override)) is None
    assert agreement(seen(NO_SHIFT.override), CRASH.override) is None


def test_nothing_agrees_with_right_numbers():
    assert not Candidates(TASK, seen(), LAST_STAGE).telling
    assert agreement(seen()) is None


@pytest.mark.parametrize("index", range(3))
def test_a_candidate_that_differs_on_one_case_does_not_agree(index):
    probes = seen(NO_SHIFT.override)
    probes[index] = seen()[index]
    assert Candidates(TASK, probes, LAST_STAGE).telling
    assert agreement(probes, NO_SHIFT.override) is None


def test_where_code_stops_a_candidate_must_stop_and_only_there():
    probes = [*seen(cases=CASES[:1], problems=RAISED, without=[SUM, LOSS]), *seen(NO_SHIFT.override, cases=CASES[1:])]
    assert agreement(probes, ON_FIRST) == 6
    assert agreement(probes, NO_SHIFT.override) is None
    assert agreement(seen(NO_SHIFT.override), ON_FIRST) is None
    stopped = [*seen(NO_SHIFT.override, cases=CASES[:1], problems=RAISED), *probes[1:]]
    assert agreement(stopped, NO_SHIFT.override) is None, "it can be computed, and the student's code stopped"


def test_where_all_code_stops_there_are_no_numbers_that_tell():
    assert not Candidates(TASK, seen(problems=RAISED, without=[SUM, LOSS]), LAST_STAGE).telling


def test_stages_after_the_last_that_counts_are_not_compared_unless_it_stops_somewhere():
    later = seen(NO_SHIFT.override, loss=lambda a: a + 1)
    assert agreement(later, NO_SHIFT.override, stage=1) == 6
    assert agreement(later, NO_SHIFT.override, stage=2) is None
    assert Candidates(TASK, later, 1).stage == 1
    assert Candidates(TASK, [*later, *seen(problems=RAISED)], 1).stage == LAST_STAGE


def test_what_a_candidate_does_not_predict_may_be_anything():
    assert agreement(seen(sum=lambda a: a + 1, loss=lambda a: a - 1), UNKNOWN) == 6


def test_what_is_absent_agrees_with_what_is_not_answered_alone():
    fewer = Override("answer", lambda ref, right: {q: a for q, a in right().items() if q != SUM})
    assert agreement(seen(without=[SUM]), fewer) == 6
    assert agreement(seen(), fewer) is None
    assert agreement(seen(sum=lambda a: a + 1), fewer) is None
    assert agreement(seen(NO_SHIFT.override, without=[TABLE]), NO_SHIFT.override) is None


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_nothing_agrees_with_what_is_not_finite(bad):
    infinite = Override("sum", lambda ref, right, product: product * bad)
    probes = seen(infinite)
    assert Candidates(TASK, probes, LAST_STAGE).telling
    assert agreement(probes, infinite) is None


def test_shapes_agree_as_they_are_compared():
    column = seen(NO_SHIFT.override, sum=lambda a: a[:, None])
    assert agreement(column, NO_SHIFT.override) == 6
    assert agreement(seen(NO_SHIFT.override, product=lambda a: a[:, None]), NO_SHIFT.override) is None


def test_a_candidate_keeps_what_is_right_if_it_changes_only_what_is_wrong():
    probes = seen(sum=lambda a: a + 1, loss=lambda a: a + 1)
    candidates = Candidates(TASK, probes, LAST_STAGE)
    assert candidates.keeps_what_is_right((NO_SHIFT.override,))
    assert candidates.keeps_what_is_right((CRASH.override,))
    assert candidates.keeps_what_is_right(())
    assert not candidates.keeps_what_is_right((STEEP.override,))
    assert not candidates.keeps_what_is_right((Override("table", lambda ref, right, product: -right(product)),))
    for case in CASES:
        there = Override("product", lambda ref, right, case=case: right() + (ref.case is case))
        assert not candidates.keeps_what_is_right((there,))
    first = Override("product", lambda ref, right: CRASH.override.otherwise() if ref.case is CASES[1] else right() + 1)
    assert not candidates.keeps_what_is_right((first,)), "one case on which it cannot be computed excuses no other"


KINDS = ("product", "table", "sum", "loss")


def factors(by, *overrides, stage=LAST_STAGE, kinds=KINDS, **settings):
    probes = seen(*overrides, **{kind: lambda a: np.array(by(a)) for kind in kinds}, **settings)
    found = Candidates(TASK, probes, stage).factors(overrides)
    return None if found is None else sorted(found.round(9))


def test_factors_are_those_of_all_quantities_up_to_the_stage():
    assert factors(lambda a: -2.0 * a) == [-2.0] * 3
    assert factors(lambda a: 1e-8 * a) == pytest.approx([1e-8] * 3)
    assert factors(lambda a: 3.0 * a, NO_SHIFT.override) == [3.0] * 3
    assert factors(lambda a: 3.0 * a, kinds=["product"], stage=0) == [3.0] * 3
    assert factors(lambda a: 3.0 * a, kinds=["product"], stage=1) is None
    assert factors(lambda a: a / len(a), kinds=["product"], stage=0) == pytest.approx([1 / 4, 1 / 3, 1 / 2])


@pytest.mark.parametrize(
    "by",
    [
        lambda a: a + 1.0,
        lambda a: 0.0 * a,
        lambda a: 1e-10 * a,
        lambda a: np.inf * a,
        lambda a: np.stack([a, a]),
        lambda a: 2.0 * a * (1 + 1e-5 * (np.arange(a.size).reshape(a.shape) - a.size / 2)),
    ],
)
def test_there_is_no_factor_where_numbers_differ_otherwise(by):
    assert factors(by) is None


def test_a_factor_is_told_less_strictly_of_single_precision():
    def off(array):
        return 2.0 * array * (1 + 2e-5 * (np.arange(array.size).reshape(array.shape) % 2))

    assert factors(off) is None
    assert factors(off, cases=[replace(case, precision=np.float32) for case in CASES]) is not None
    assert factors(lambda a: off(a).astype(np.float32)) is not None


@pytest.mark.parametrize("settings", [{"without": [SUM]}, {"problems": RAISED}])
def test_there_is_no_factor_where_something_is_missing(settings):
    assert factors(lambda a: 2.0 * a, **settings) is None


def test_there_is_no_factor_of_what_cannot_be_computed_or_is_zero():
    probes = seen(**dict.fromkeys(KINDS, lambda a: 2 * a))
    assert Candidates(TASK, probes, LAST_STAGE).factors((CRASH.override,)) is None
    assert Candidates(TASK, probes, LAST_STAGE).factors((UNKNOWN,)) is None
    no_loss = Override("answer", lambda ref, right: {**right(), LOSS: None})
    assert Candidates(TASK, probes, LAST_STAGE).factors((no_loss,)) is None
    zero = Override("product", lambda ref, right: 0 * right())
    with np.errstate(all="raise"):
        assert Candidates(TASK, seen(product=lambda a: 2 * a), 0).factors((zero,)) is None


def test_a_case_on_which_the_right_answer_cannot_be_computed_tells_nothing():
    partly = type(
        "Partly", (Line,), {"sum": lambda ref, p: p + (ref.case.shift if ref.case is CASES[0] else impossible())}
    )
    probes = [*seen(NO_SHIFT.override, cases=CASES[:1]), *seen(STEEP.override, cases=CASES[1:])]
    task = replace(TASK, reference=partly)
    assert agreement(seen(NO_SHIFT.override), NO_SHIFT.override, task=task) == 6
    assert agreement(probes, NO_SHIFT.override, task=task) == 6


def test_what_follows_a_students_own_numbers_is_computed_from_them():
    class Follows(Line):
        def product(self):
            return self.own[PRODUCT]

    task = replace(TASK, reference=Follows)
    probes = [*seen(NO_SHIFT.override, STEEP.override), *seen(NO_SHIFT.override)]
    assert agreement(probes, NO_SHIFT.override, task=task) == 6
    assert agreement(probes, task=task) is None
