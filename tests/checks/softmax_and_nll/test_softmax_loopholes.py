"""Ways in which a clever or confused student might get past the checks, or be told the wrong thing."""

import pytest

from checks.explaining.text import as_text
from checks.judging.verdict import State
from checks.softmax_and_nll import CHECKS
from tests.function_cells import function_cell, signatures

SIGNATURES = signatures("softmax_and_nll")


def verdict(student, task, body, **others):
    return CHECKS[task].verdict(student(task, function_cell(SIGNATURES[task], body), **others))


@pytest.mark.parametrize("threshold", ["0.002", "0.05", "-0.002"])
def test_a_relu_with_a_threshold_close_to_zero_shows(student, threshold):
    body = f"z1 = W1.T @ x + b1\nreturn np.where(z1 > {threshold}, z1, 0)"
    assert verdict(student, "hidden_activations", body).state is State.WRONG


@pytest.mark.parametrize("task", ["predict_after_step", "updated_w2", "updated_w1", "output_after_step"])
def test_the_learning_rate_of_the_example_shows(student, task):
    solution = student(task)
    arguments = "x, y, W" if task == "predict_after_step" else "x, y, W1, b1, W2, b2"
    subject = student(task, f"def {task}({arguments}, learning_rate):\n    return original({arguments}, 0.5)\n")
    subject.__globals__["original"] = solution
    assert CHECKS[task].verdict(subject).labels == ("rate-of-the-example",)


def test_a_loss_divided_by_len_is_named(student):
    assert verdict(student, "nllm", "return -np.log(a[y == 1]).sum() / len(a)").labels == ("divided-by-len",)


def test_a_softmax_less_a_constant_is_told_that_the_maximum_is_missing(student):
    found = verdict(student, "softmax", "e = np.exp(z - 100)\nreturn e / e.sum(axis=0)")
    assert found.labels == ("not-stabilised",)
    assert "without subtracting the maximum of its column" in found.cause.sentence


def test_two_mistakes_are_told_in_one_readable_sentence(student):
    found = verdict(student, "nll_gradient", "return (y - a) @ x.T")
    assert "(that points downhill, and a step against it makes the loss rise); and when" in found.cause.sentence


def test_points_are_told_in_words_that_make_sense(student):
    found = verdict(student, "gradient_step", "gradient *= learning_rate\nreturn W - gradient")
    assert "Points so far: 3.75 of 7.5, for the numbers." in as_text(found, 7.5)
    assert "hidden activations are wrong" in verdict(student, "hidden_activations", "return W1.T @ x").headline
