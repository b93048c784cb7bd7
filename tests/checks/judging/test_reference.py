"""Steps done otherwise compose, and an answer is computed again only for those who follow their own numbers."""

import numpy as np
import pytest

from checks.judging.reference import LAST_STAGE, Override, Reference, answer_with, needs_own_numbers, with_overrides
from checks.observing.quantity import Quantity
from tests.checks.judging.tiny_task import CASES, CRASH, NO_SHIFT, PRODUCT, SUM, Case, Line

DOUBLED = Override("product", lambda ref, right: 2 * right())
PLUS_ONE = Override("product", lambda ref, right: right() + 1)


def test_the_later_override_is_around_the_earlier_one():
    case = CASES[0]
    right = case.slope * case.x
    for overrides, expected in [((DOUBLED, PLUS_ONE), 2 * right + 1), ((PLUS_ONE, DOUBLED), 2 * (right + 1))]:
        assert np.array_equal(with_overrides(Line, overrides, case).answer()[PRODUCT], expected)
        assert with_overrides(Line, list(overrides), case).overrides == overrides


def test_an_override_gets_the_reference_the_right_step_and_its_arguments():
    halfway = Override("sum", lambda ref, right, product: (right(product) + ref.case.shift) / 2)
    assert np.array_equal(answer_with(Line, [halfway], CASES[0])[SUM], (CASES[0].x * 3 + 10) / 2)


def test_an_answer_that_cannot_be_computed_is_none_and_other_errors_are_told():
    assert answer_with(Line, (CRASH.override,), CASES[0]) is None
    with pytest.raises(ZeroDivisionError):
        answer_with(Line, (Override("product", lambda ref, right: 1 // 0),), CASES[0])


def test_numbers_may_overflow_in_silence(recwarn):
    answer_with(Line, (Override("product", lambda ref, right: np.exp(1e5 * ref.case.x) / 0.0),), CASES[1])
    assert not recwarn.list


@pytest.mark.parametrize(
    "asking",
    [
        lambda own: own[PRODUCT],
        lambda own: own.get(PRODUCT, 1.0),
        lambda own: sum(own.values()),
        lambda own: 1.0 * len(own),
        lambda own: 1.0 * (PRODUCT in own),
    ],
)
def test_an_answer_follows_own_numbers_whichever_way_a_step_asks_for_them(asking):
    class Follows(Line):
        def product(self):
            return asking(self.own) * self.case.x

    case = CASES[0]
    for value in (2.0, 3.0):
        own = {PRODUCT: value}
        assert np.array_equal(answer_with(Follows, (), case, own)[PRODUCT], asking(own) * case.x)
    assert needs_own_numbers(Follows, (), case)
    assert not needs_own_numbers(Follows, (DOUBLED, Override("product", lambda ref, right: ref.case.x)), case)
    assert not needs_own_numbers(Line, (NO_SHIFT.override,), case)


def test_without_own_numbers_a_step_that_may_do_without_does():
    class Follows(Line):
        def product(self):
            return self.own.get(PRODUCT, self.case.x)

    assert np.array_equal(answer_with(Follows, (), CASES[0])[PRODUCT], CASES[0].x)
    assert Line(CASES[0]).own == {}
    assert Line(CASES[0], {PRODUCT: CASES[0].x}).own


def test_answers_are_computed_once_for_a_case_and_a_stage():
    asked = []

    class Counted(Reference):
        def answer(self):
            asked.append((self.case, self.last_stage))
            return {Quantity("x"): np.ones(1)}

    one, other = Case(), Case()
    for case in (one, one, other):
        answer_with(Counted, (), case)
    answer_with(Counted, [], one, {}, 3)
    assert asked == [(one, LAST_STAGE), (other, LAST_STAGE), (one, 3)]
    assert Counted(one).last_stage == LAST_STAGE


def test_a_reference_must_say_its_answer():
    with pytest.raises(NotImplementedError):
        Reference(CASES[0]).answer()
