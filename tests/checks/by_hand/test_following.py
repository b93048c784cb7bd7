"""Marking follows the student's own earlier numbers, and following never makes a task easier."""

from typing import Any

import numpy as np
import pytest

from checks import CheckFailed
from checks.by_hand import CHECKS, PUBLISHED, check_error_signals, check_forward, check_gradients, check_update
from checks.explaining.html import as_html
from checks.explaining.text import as_text
from checks.judging.verdict import State


@pytest.fixture
def answers(right_answers):
    return right_answers(PUBLISHED)


def sigmoid(s):
    return 1 / (1 + np.exp(-s))


def slip_in_s3(answers):
    """A student who took 2 for s3 and computed everything after it rightly."""
    o5, o6 = sigmoid(4.0), sigmoid(-2.0)
    answers["forward"] = {"s3": 2, "s4": 4, "o3": 2, "o4": 4, "s5": 4, "s6": -2, "o5": o5, "o6": o6}
    answers["E"] = ((1 - o5) ** 2 + o6**2) / 2
    d5, d6 = (1 - o5) * o5 * (1 - o5), -o6 * o6 * (1 - o6)
    d3, d4 = 4 * d5 - 2 * d6, -d5 + 0.5 * d6
    answers["error_signals"] = {"delta5": d5, "delta6": d6, "delta3": d3, "delta4": d4}
    g = {"g53": 2 * d5, "g54": 4 * d5, "g63": 2 * d6, "g64": 4 * d6, "g31": d3, "g32": 2 * d3, "g41": d4, "g42": 2 * d4}
    answers["gradients"] = g
    old = {"w53": 4, "w54": -1, "w63": -2, "w64": 0.5, "w31": -3, "w32": 2, "w41": 2, "w42": 1}
    answers["update"] = {name: weight + g["g" + name[1:]] for name, weight in old.items()}
    answers["do2_ds2"] = np.diag([o5 * (1 - o5), o6 * (1 - o6)])
    answers["delta2"], answers["delta1"] = np.array([[d5], [d6]]), [d3, d4]
    answers["dW2"], answers["dW1"] = np.outer([d5, d6], [2, 4]), np.outer([d3, d4], [1, 2])
    answers["W2_new"] = np.array([[4, -1], [-2, 0.5]]) + answers["dW2"]
    answers["W1_new"] = np.array([[-3, 2], [2, 1]]) + answers["dW1"]
    return answers


def test_numbers_that_are_the_same_agree_to_the_last_digit(answers):
    verdict = CHECKS["forward"].verdict(answers["forward"])
    assert verdict.evidence == "Every number agrees."


def test_what_is_not_complete_is_not_wrong(answers):
    started = {"s3": answers["forward"]["s3"], "s4": None}
    verdict = CHECKS["forward"].verdict(started)
    assert as_text(verdict).startswith("○ forward: not complete: s3 is right, s4 and 6 others are missing.")
    assert "Not complete yet" in as_html(verdict)
    assert (verdict.state, verdict.earned) == (State.WRONG, 1 / 8)
    assert as_text(CHECKS["forward"].verdict(started | {"s4": -7})).startswith("✗ forward: s4 is wrong.")
    half = [[0.125, 0.5], [None, -0.5]]
    assert as_text(CHECKS["dW2"].verdict(half)).startswith("○ dW2: not complete: 1 entry is missing")
    assert as_text(CHECKS["dW2"].verdict([[0.125, 0.5], [None, 7]])).startswith("✗ dW2: ")


def test_a_wrong_s3_costs_s3_only(answers, with_earlier):
    answers = slip_in_s3(answers)
    verdict = CHECKS["forward"].verdict(answers["forward"])
    assert verdict.parts == ("s4", "o3", "o4", "s5", "s6", "o5", "o6")
    assert "Points so far: 1.75 of 2, for s4, o3, o4, s5, s6, o5 and o6." in as_text(verdict, 2)
    assert verdict.earned == 7 / 8
    for question in list(answers)[1:]:
        verdict = CHECKS[question].verdict(with_earlier(question, answers))
        assert verdict.state is State.RIGHT, (question, verdict)


def test_without_the_earlier_answers_the_right_ones_are_taken_for_granted(answers):
    wrong = slip_in_s3(answers)
    assert CHECKS["E"].verdict(0.25).state is State.RIGHT
    assert CHECKS["E"].verdict(wrong["E"]).state is State.WRONG


@pytest.mark.parametrize("from_output", [False, True])
def test_a_slope_may_come_from_the_students_s_or_from_the_students_o(answers, with_earlier, from_output):
    answers["forward"] |= {"s5": 1.0, "o5": 0.6}  # o5 does not follow from s5
    slope = 0.6 * 0.4 if from_output else sigmoid(1.0) * (1 - sigmoid(1.0))
    d5 = 0.4 * slope
    answers["error_signals"] = {"delta5": d5, "delta6": -0.125, "delta3": 4 * d5 + 0.25, "delta4": -d5 - 0.0625}
    verdict = CHECKS["error_signals"].verdict(with_earlier("error_signals", answers))
    assert verdict.state is State.RIGHT, verdict


def test_who_goes_on_with_the_right_number_after_a_wrong_one_is_right(answers, with_earlier):
    answers["forward"]["o5"] = 0.7
    assert CHECKS["E"].verdict(with_earlier("E", answers)).state is State.RIGHT


@pytest.fixture
def positive(answers):
    for question in ("error_signals", "gradients"):
        answers[question] = {name: -value for name, value in answers[question].items()}
    return answers


def test_a_positive_gradient_costs_the_error_signal_once(positive, with_earlier):
    verdict = CHECKS["error_signals"].verdict(with_earlier("error_signals", positive))
    assert verdict.labels == ("positive-gradient",)
    assert verdict.earned == 0.5  # the hidden signals follow from those of the outputs
    assert "(5) and (6)" in verdict.cause.equation
    assert CHECKS["gradients"].verdict(with_earlier("gradients", positive)).state is State.RIGHT


def test_an_update_that_subtracts_a_positive_gradient_is_right(positive, with_earlier):
    assert CHECKS["update"].verdict(with_earlier("update", positive)).state is State.RIGHT


def test_an_update_that_subtracts_a_positive_gradient_is_right_after_another_slip(answers, with_earlier):
    answers = slip_in_s3(answers)
    answers["gradients"] = {name: -value for name, value in answers["gradients"].items()}
    verdict = CHECKS["update"].verdict(with_earlier("update", answers))
    assert verdict.state is State.RIGHT
    assert any("opposite sign" in note for note in verdict.notes)


def test_an_update_that_subtracts_the_negative_gradient_is_wrong(answers, with_earlier):
    old = {"w53": 4, "w54": -1, "w63": -2, "w64": 0.5, "w31": -3, "w32": 2, "w41": 2, "w42": 1}
    answers["update"] = {name: weight - answers["gradients"]["g" + name[1:]] for name, weight in old.items()}
    assert CHECKS["update"].verdict(with_earlier("update", answers)).labels == ("subtracted",)


def test_subtracting_a_positive_gradient_is_right_in_matrix_form_too(answers, with_earlier):
    answers["dW2"] = -np.array(answers["dW2"])
    assert CHECKS["W2_new"].verdict(with_earlier("W2_new", answers)).state is State.RIGHT


DEGENERATE: dict[str, Any] = {
    "zero": ("E", {"forward": {"o5": 0}}, "o5 is 0"),
    "on target": ("E", {"forward": {"o5": 1}}, "o5 is 1, which leaves no error"),
    "missing": ("E", {"forward": {"o5": None}}, "o5 is missing"),
    "not finite": ("E", {"forward": {"o6": float("nan")}}, "o6 is not finite"),
    "switched off": ("error_signals", {"forward": {"s3": -1, "o3": 0.1}}, "leaves its neuron no slope"),
    "hidden zero": ("gradients", {"forward": {"o3": 0}}, "o3 is 0"),
    "constant": (
        "gradients",
        {"error_signals": dict.fromkeys(("delta5", "delta6", "delta3", "delta4"), 1)},
        "the same",
    ),
    "one zero": ("update", {"gradients": {"g53": 0}}, "g53 is 0"),
    "all of forward": (
        "E",
        {"forward": dict.fromkeys(("s3", "s4", "o3", "o4", "s5", "s6", "o5", "o6"), 0.5)},
        "all numbers of forward are the same",
    ),
    "zero Jacobian": ("delta2", {"do2_ds2": np.zeros((2, 2))}, "zeros"),
    "zero matrix": ("W2_new", {"dW2": np.zeros((2, 2))}, "zeros"),
    "constant matrix": ("W2_new", {"dW2": np.ones((2, 2))}, "the same"),
    "wrong shape": ("W1_new", {"dW1": np.ones((2, 3))}, "shape"),
    "no answer": ("dW1", {"delta1": None}, "missing"),
}


@pytest.mark.parametrize("name", DEGENERATE)
def test_following_never_makes_a_task_easier(answers, with_earlier, name):
    question, changes, reason = DEGENERATE[name]
    for source, changed in changes.items():
        answers[source] = answers[source] | changed if isinstance(changed, dict) else changed
    verdict = CHECKS[question].verdict(with_earlier(question, answers))
    assert verdict.state is State.BLOCKED, verdict
    assert verdict.earned == 0
    assert f"Put {next(iter(changes))} right first" in verdict.problem
    assert reason in verdict.problem


@pytest.mark.parametrize("number", [0, 1, 0.5, -1, 2, 100])
def test_the_same_number_everywhere_earns_no_more_than_one_lucky_hit_each(answers, with_earlier, number):
    earned = CHECKS["forward"].verdict(dict.fromkeys(answers["forward"], number)).earned
    assert earned <= 1 / 8
    answers["forward"] = dict.fromkeys(answers["forward"], number)
    for question in ("E", "error_signals", "gradients"):
        assert CHECKS[question].verdict(with_earlier(question, answers)).state is State.BLOCKED


def test_numbers_that_follow_from_degenerate_ones_of_the_same_question_earn_nothing(answers):
    answers["forward"] |= {"o3": 0, "o4": 0, "s5": 0, "s6": 0}  # right by luck, from nothing
    verdict = CHECKS["forward"].verdict(answers["forward"])
    assert "s5" not in verdict.parts
    assert "s6" not in verdict.parts


def test_the_report_does_not_tell_the_right_number(answers):
    answers["forward"]["s4"] = 17
    with pytest.raises(CheckFailed) as caught:
        check_forward(answers["forward"])
    assert "s4 is wrong" in str(caught.value)
    assert "17" in str(caught.value)
    assert "expected" not in str(caught.value)


def test_points_come_as_a_plain_float(answers):
    assert check_forward(answers["forward"], points=2) == 2.0
    answers["forward"]["s6"] = 1
    earned = check_forward(answers["forward"], points=2)
    assert type(earned) is float
    assert 0 < earned < 2


def test_blocked_and_untouched_answers_raise_even_with_points(answers, with_earlier):
    answers["forward"]["s3"] = None
    with pytest.raises(CheckFailed, match="Put forward right first"):
        check_error_signals(with_earlier("error_signals", answers), points=2)
    for check in (check_gradients, check_update):
        with pytest.raises(CheckFailed, match="not attempted"):
            check(None, points=1)
