"""Predictions are right or wrong one by one; a known wrong answer has a cause, no answer is only missing."""

import numpy as np
import pytest

from checks.judging.judge import judge
from checks.judging.predicting import NAME, Distractor, Predictions, Question
from checks.judging.task import Probe
from checks.judging.verdict import State
from checks.observing.observation import Observation
from checks.observing.quantity import Quantity

QUESTIONS = {
    "many": Question(
        12, "Part 1", "Count them.", (Distractor(6, "half", "Half of them."), Distractor(24, "twice", "Twice."))
    ),
    "share": Question(0.25, "Part 2", "Draw it.", (Distractor(0.5, "coin", "A coin has that."),), tolerance=0.05),
    "which": Question("b", "Part 3", "Try it.", (Distractor("a", "first", "The first."),), letters="abc"),
}
PREDICTIONS = Predictions(QUESTIONS)
TASK = PREDICTIONS.tasks[NAME]
RIGHT = {"many": 12, "share": 0.25, "which": 2}


def judged(**answers):
    arrays = {Quantity(key): np.array(value, float) for key, value in (RIGHT | answers).items() if value is not None}
    (case,) = PREDICTIONS.cases(0)
    return judge(TASK, [Probe(case, Observation(arrays))])


def test_right_answers_earn_everything_and_each_question_its_share():
    assert judged().state is State.RIGHT
    assert [part.name for part in TASK.parts] == list(QUESTIONS)
    assert judged(many=7).earned == pytest.approx(2 / 3)
    assert judged(many=7).parts == ("share", "which")


@pytest.mark.parametrize(
    ("answers", "labels", "said"),
    [
        ({"many": 6}, ["half"], ["many, your 6: Half of them"]),
        ({"many": 24}, ["twice"], ["many, your 24: Twice"]),
        ({"which": 1}, ["first"], ["which, your a: The first"]),
        ({"many": 6, "share": 0.54}, ["half", "coin"], ["many, your 6", "share, your 0.54"]),
    ],
)
def test_known_wrong_answers_are_explained(answers, labels, said):
    verdict = judged(**answers)
    assert list(verdict.labels) == labels
    assert all(words in verdict.cause.sentence for words in said)
    assert not verdict.cause.sentence.endswith(".")
    assert "is not the answer" not in verdict.location
    assert f"{3 - len(answers)} of 3" in verdict.headline


@pytest.mark.parametrize(("answers", "said"), [({"many": 7}, "many: 7 "), ({"which": 3}, "which: c ")])
def test_another_wrong_answer_gets_no_cause_and_is_sent_to_where_it_is_answered(answers, said):
    verdict = judged(**answers)
    assert (verdict.cause, verdict.labels) == (None, ("unexplained",))
    assert said in verdict.location
    assert QUESTIONS[next(iter(answers))].after in verdict.location
    assert not verdict.incomplete
    right = ", ".join(key for key in QUESTIONS if key not in answers)
    assert f"Right: {right}." in verdict.location
    assert "Still open" not in verdict.location
    assert "yours is" not in verdict.evidence


@pytest.mark.parametrize("nothing", [None, np.nan, np.inf, 0, 4, 1.5, [1, 2]])
def test_what_is_no_answer_is_missing(nothing):
    verdict = judged(which=nothing)
    assert verdict.incomplete
    assert "which is missing" in verdict.headline
    assert "many and share are right" in verdict.headline
    beside = judged(which=nothing, many=6)
    assert (beside.labels, beside.incomplete) == (("half",), False)
    assert "Still open: which." in beside.location
    assert "1 of 3" in beside.headline


def test_nothing_right_is_not_listed_as_right():
    assert "Right:" not in judged(many=7, share=0.9, which=3).location


@pytest.mark.parametrize(("number", "near"), [(0.2, True), (0.3, True), (0.19, False), (0.31, False)])
def test_a_number_is_near_enough_within_its_tolerance(number, near):
    assert (judged(share=number).state is State.RIGHT) is near
    assert judged(share=[number]).state is judged(share=number).state
    assert judged(share=[number, number]).state is State.WRONG


def test_without_a_tolerance_a_number_must_be_equal():
    assert judged(many=12.1).state is State.WRONG
    assert judged(many=12 * (1 + 1e-7)).state is State.RIGHT
    many = QUESTIONS["many"]
    assert many.same(12 * (1 + 0.9e-6), 12)
    assert not many.same(12 * (1 + 1.1e-6), 12)
    assert many.same(-12 * (1 + 0.9e-6), -12)


def test_a_letter_is_observed_as_its_place():
    which, many = QUESTIONS["which"], QUESTIONS["many"]
    assert [which.number(letter) for letter in "abc"] == [1, 2, 3]
    assert [which.written(number) for number in (1.0, 2.0, 3.0)] == ["a", "b", "c"]
    assert [which.may_be(number) for number in (0, 1, 3, 4, 1.5, np.nan)] == [False, True, True, False, False, False]
    assert [many.may_be(number) for number in (0.5, -7, np.inf)] == [True, True, False]
    assert (many.number(12), many.written(12345.678)) == (12.0, "12345.7")
    assert (which.distractor(1.0).label, which.distractor(3.0)) == ("first", None)


def test_the_one_case_holds_what_the_notebook_shows_and_no_answer():
    (case,) = PREDICTIONS.cases(5)
    assert case.questions == {"many": "", "share": "", "which": "abc"}


def test_each_wrong_answer_is_a_mistake_that_can_be_played():
    assert [mistake.label for mistake in TASK.misconceptions] == ["half", "twice", "coin", "first"]
    from checks.judging.reference import answer_with

    (case,) = PREDICTIONS.cases(0)
    for mistake, (key, number) in zip(
        TASK.misconceptions, [("many", 6), ("many", 24), ("share", 0.5), ("which", 1)], strict=True
    ):
        played = {q.kind: float(a) for q, a in answer_with(TASK.reference, (mistake.override,), case).items()}
        assert played == RIGHT | {key: number}
        assert mistake.think == QUESTIONS[key].think
        assert key in mistake.look


def test_the_last_hint_says_where_each_question_is_answered():
    assert len(TASK.hints) == 3
    assert all(f"{key} in {question.after}" in TASK.hints[-1] for key, question in QUESTIONS.items())
