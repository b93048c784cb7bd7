"""A mistake is named if it alone reproduces, on every case, what was observed."""

from dataclasses import replace

import numpy as np
import pytest

from checks.judging import factor
from checks.judging.diagnosis import FACTOR, equations, find_cause
from checks.judging.reference import LAST_STAGE, Override, Variant
from checks.observing.observation import Trouble
from tests.checks.judging.tiny_task import (
    CASES,
    CRASH,
    LOSS,
    NEGATED,
    NO_SHIFT,
    STEEP,
    SUM,
    TABLE,
    TASK,
    Case,
    misconception,
    seen,
)

TRANSPOSED = misconception("transposed", "table", lambda ref, right, product: right(product).T, "(3)")
SUMMED = misconception("summed", "loss", lambda ref, right, total: right(total) * total.size)
ALIKE = replace(NO_SHIFT, label="alike")


def cause(probes, *mistakes, extra=(), stage=LAST_STAGE, **settings):
    return find_cause(replace(TASK, misconceptions=mistakes, **settings), probes, extra, stage)


def labels(*arguments, **settings):
    found = cause(*arguments, **settings)
    return found and found.labels


@pytest.mark.parametrize("mistake", [NO_SHIFT, STEEP, TRANSPOSED, SUMMED])
def test_each_mistake_is_named_with_its_digits_and_its_equation(mistake):
    found = cause(seen(mistake.override), NO_SHIFT, STEEP, TRANSPOSED, SUMMED)
    assert (found.labels, found.digits) == ((mistake.label,), 6)
    assert found.equation == (f"Equation {mistake.equation}" if mistake.equation else "")
    assert mistake.says in found.sentence


def test_a_mistake_that_fits_some_cases_only_is_not_named():
    probes = [*seen(NO_SHIFT.override, cases=CASES[:2]), *seen(cases=CASES[2:], sum=lambda a: a + 0.1)]
    assert cause(probes, NO_SHIFT) is None
    assert cause(seen(NO_SHIFT.override), NO_SHIFT, extra=seen(sum=lambda a: a + 0.1)) is None


def test_nothing_is_named_where_nothing_is_wrong_or_no_numbers_came():
    assert cause(seen(), NO_SHIFT) is None
    assert cause(seen(problems=[Trouble.RAISED], without=[SUM, LOSS]), CRASH) is None
    assert cause(seen(NO_SHIFT.override), NO_SHIFT, stage=0) is None, "only the product counts, and it is right"


def test_what_comes_after_the_first_error_does_not_count_against_a_mistake():
    probes = seen(NO_SHIFT.override, loss=lambda a: a + 1)
    assert labels(probes, NO_SHIFT, STEEP, stage=1) == ("no-shift",)
    assert cause(probes, NO_SHIFT, STEEP) is None


def test_two_mistakes_that_both_fit_are_ambiguous_and_none_is_named():
    assert cause(seen(NO_SHIFT.override), NO_SHIFT, ALIKE) is None
    assert cause(seen(NO_SHIFT.override, loss=lambda a: a + 1), NO_SHIFT, ALIKE, stage=1) is None


def test_digits_are_those_of_what_went_wrong_first():
    assert cause(seen(NO_SHIFT.override, loss=np.float32), NO_SHIFT, stage=1).digits == 6
    assert cause(seen(NO_SHIFT.override, loss=np.float32), NO_SHIFT).digits == 4


def test_of_mistakes_that_fit_what_went_wrong_first_the_one_that_fits_everything_is_named():
    later = replace(ALIKE, override=Override("loss", lambda ref, right, total: right(total) + 1))
    both = misconception("both", "sum", lambda ref, right, product: product)
    ours = replace(TASK, stage=lambda quantity: int(quantity == LOSS))
    summed = misconception("sum", "product", lambda ref, right: right() + 1)
    forked = misconception("forked", "answer", lambda ref, right: {**right(), LOSS: np.array(0.5)})
    assert labels(seen(summed.override), summed, later, both) == ("sum",)
    wrong = misconception("wrong", "sum", lambda ref, right, product: product)
    also = misconception("also", "answer", lambda ref, right: {**right(), SUM: ref.product(), LOSS: np.array(0.5)})
    assert find_cause(replace(ours, misconceptions=(wrong, also, forked)), seen(wrong.override), (), 0).labels == (
        "wrong",
    )
    assert find_cause(replace(ours, misconceptions=(wrong, also, forked)), seen(also.override), (), 0).labels == (
        "also",
    )


def test_two_mistakes_together_are_named_and_each_of_them_once():
    found = cause(seen(TRANSPOSED.override, NO_SHIFT.override), NO_SHIFT, STEEP, TRANSPOSED, SUMMED)
    assert set(found.labels) == {"no-shift", "transposed"}
    assert found.digits == 6
    assert found.equation == "Equations (2) and (3)"
    assert all(mistake.says in found.sentence for mistake in (NO_SHIFT, TRANSPOSED))


def test_of_ambiguous_pairs_what_they_share_is_named_and_that_it_is_not_all():
    found = cause(seen(TRANSPOSED.override, NO_SHIFT.override), NO_SHIFT, ALIKE, TRANSPOSED)
    assert found.labels == ("transposed",)
    assert "another mistake" in found.sentence
    assert "another mistake" not in cause(seen(TRANSPOSED.override), TRANSPOSED).sentence


def test_two_mistakes_of_which_one_spoils_what_was_right_explain_nothing():
    halved = misconception("halved", "sum", lambda ref, right, product: right(product / 2))
    doubled = misconception("doubled", "product", lambda ref, right: 2 * right())
    assert cause(seen(doubled.override, halved.override), doubled, halved) is None


def test_a_single_mistake_comes_before_two():
    both = misconception("both", "answer", lambda ref, right: {
        **right(), TABLE: ref.table(ref.product()).T, SUM: ref.product(), LOSS: ref.loss(ref.product()),
    })  # fmt: skip
    assert labels(seen(TRANSPOSED.override, NO_SHIFT.override), NO_SHIFT, TRANSPOSED, both) == ("both",)


def test_mistakes_are_found_beside_an_accepted_variant():
    probes = seen(NEGATED.override, NO_SHIFT.override)
    assert labels(probes, NO_SHIFT, STEEP, variants=(NEGATED,)) == ("no-shift",)
    assert cause(probes, NO_SHIFT, STEEP) is None
    doubled = Variant("doubled", Override("product", lambda ref, right: 2 * right()), "")
    pair = seen(NEGATED.override, NO_SHIFT.override, TRANSPOSED.override)
    assert set(labels(pair, NO_SHIFT, TRANSPOSED, variants=(doubled, NEGATED))) == {"no-shift", "transposed"}


ALL = ("product", "table", "sum", "loss")


def scaled(by, *overrides, **settings):
    return seen(*overrides, **dict.fromkeys(ALL, lambda a: a * (by(a) if callable(by) else by)), **settings)


@pytest.mark.parametrize("by", [-1.0, 0.5, 2.0, 3.0, 1.02, 1e-3])
def test_what_is_right_up_to_a_factor_is_named_as_such_with_the_convention(by):
    found = cause(scaled(by), NO_SHIFT, convention="So it is here.")
    assert (found.labels, found.digits, found.convention) == ((FACTOR,), 0, "So it is here.")
    assert factor.in_words(by) in found.sentence


@pytest.mark.parametrize("by", [1.005, 0.995, 1.0005, 1.00001, 1.0, 0.0])
def test_what_is_nearly_right_or_nothing_is_no_factor(by):
    assert cause(scaled(by), NO_SHIFT) is None


@pytest.mark.parametrize("by", [1.005, 0.9995, 1.00001])
def test_nearly_right_is_no_mistake_up_to_a_factor_either(by):
    same = misconception("same", "answer", lambda ref, right: {q: 2 * a for q, a in right().items()})
    assert cause(scaled(by), same) is None
    assert cause(scaled(by, cases=[Case(x=np.array([3.0]))]), NO_SHIFT) is None, "N is 1 there"


def test_a_factor_that_follows_a_dimension_is_named_by_it():
    probes = [probe for case in CASES for probe in scaled(len(case.x), cases=[case])]
    found = cause(probes, NO_SHIFT)
    assert found.labels == (FACTOR,)
    assert "N times the right one" in found.sentence
    assert labels(seen(product=lambda a: a / len(a)), NO_SHIFT, stage=0) == (FACTOR,)


def test_one_mistake_and_a_factor_are_named_together():
    found = cause(scaled(3.0, NO_SHIFT.override), NO_SHIFT, STEEP)
    assert found.labels == ("no-shift", FACTOR)
    assert "3 times as large" in found.sentence
    assert (found.digits, found.convention) == (0, "")
    assert found.equation == "Equation (2)"
    assert cause(scaled(3.0, NO_SHIFT.override), NO_SHIFT, ALIKE) is None
    assert cause(scaled(3.0, NO_SHIFT.override), STEEP) is None


def test_says_of_several_mistakes_are_kept_apart():
    commas = replace(NO_SHIFT, says="if, say, no shift")
    probes = seen(TRANSPOSED.override, NO_SHIFT.override)
    assert "; and " in cause(probes, commas, TRANSPOSED).sentence
    assert "; and " not in cause(probes, NO_SHIFT, TRANSPOSED).sentence


@pytest.mark.parametrize(
    ("texts", "written"),
    [
        ([], ""),
        (["", "no number"], ""),
        (["(3)"], "Equation (3)"),
        (["(3)", "(3)"], "Equation (3)"),
        (["(10) and (9)", "(2)"], "Equations (2), (9) and (10)"),
        (["(1) to (3)", "(7b)"], "Equations (1), (2), (3) and (7b)"),
    ],
)
def test_equations_are_written_in_order_each_once(texts, written):
    assert equations(texts) == written
