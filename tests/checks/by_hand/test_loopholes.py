"""Ways in which a clever or confused student might get past the checks, or be told the wrong thing."""

import numpy as np
import pytest

from checks.by_hand import CHECKS, PUBLISHED
from checks.judging.verdict import State


def verdict(student, task, arguments, body):
    return CHECKS[task].verdict(student(task, f"def {task}({arguments}):\n    {body}\n"))


@pytest.mark.parametrize("threshold", ["0.04", "0.15", "-0.04"])
@pytest.mark.parametrize(("task", "value"), [("relu", "s"), ("relu_derivative", "1.0")])
def test_a_threshold_close_to_zero_shows(student, task, value, threshold):
    assert verdict(student, task, "s", f"return np.where(s > {threshold}, {value}, 0)").state is State.WRONG


def test_vectorize_that_takes_its_type_from_a_negative_first_entry_is_named(student):
    found = verdict(student, "relu", "s", "return np.vectorize(lambda v: max(v, 0))(s)")
    assert found.labels == ("type-of-the-first-entry",)
    assert verdict(student, "relu", "s", "return np.vectorize(lambda v: max(v, 0.0))(s)").state is State.RIGHT


def test_an_s1_that_relu_changes_in_place_is_named(student):
    cell = """
def forward_pass(x, W1, W2):
    s1 = W1 @ x
    o1 = s1
    o1[o1 < 0] = 0
    s2 = W2 @ o1
    return s1, o1, s2, sigmoid(s2)
"""
    assert CHECKS["forward_pass"].verdict(student("forward_pass", cell)).labels == ("cut-off-in-place",)


def test_a_jacobian_in_the_place_of_slopes_is_named(student):
    for task in ("relu_derivative", "sigmoid_derivative"):
        slope = {"relu_derivative": "(s > 0) * 1.0", "sigmoid_derivative": "sigmoid(s) * (1 - sigmoid(s))"}[task]
        assert verdict(student, task, "s", f"return np.diagflat({slope})").labels == ("whole-jacobian",)


@pytest.mark.parametrize(
    ("question", "answer", "earlier"),
    [
        ("error_signals", dict.fromkeys(("delta5", "delta6", "delta3", "delta4"), 0), {"o5": 1, "o6": 0}),
        ("error_signals", dict.fromkeys(("delta5", "delta6", "delta3", "delta4"), np.nan), {"o5": np.nan}),
        ("E", 0.0, {"o5": 1.0, "o6": 0.0}),
        ("E", np.inf, {"o5": np.inf}),
        ("do1_ds1", [[0, 0], [0, 0]], {"s3": -1, "s4": -4}),
        ("delta2", [0, 0], {"o5": 1, "o6": 0}),
        ("dW2", [[0, 0], [0, 0]], {"o3": 0, "o4": 0}),
    ],
)
def test_degenerate_earlier_numbers_earn_nothing(right_answers, with_earlier, question, answer, earlier):
    answers = right_answers(PUBLISHED)
    answers["forward"] |= earlier
    answers[question] = answer
    found = CHECKS[question].verdict(with_earlier(question, answers))
    assert found.state is State.BLOCKED
    assert found.problem.startswith("Put forward right first: ")
    assert found.earned == 0


def test_points_are_told_in_words_that_make_sense(student):
    from checks.explaining.text import as_text

    found = verdict(student, "relu", "s", "s[s < 0] = 0; return s")
    assert "Points so far: 0.25 of 0.5, for the numbers." in as_text(found, 0.5)
