"""The traps of published versions of this exercise, one test each, and mistakes that cost once only."""

import numpy as np
import pytest

from checks.judging.verdict import State
from checks.softmax_and_nll import CHECKS
from tests.conftest import exercise_named
from tests.function_cells import function_cell, signatures

SIGNATURES = signatures("softmax_and_nll")
MISTAKES = exercise_named("softmax_and_nll").mistakes
RIGHT = exercise_named("softmax_and_nll").right


def verdict(student, task, body, **others):
    return CHECKS[task].verdict(student(task, function_cell(SIGNATURES[task], body), **others))


def test_nll_gradient_negated_and_transposed_is_named(student):
    found = verdict(student, "nll_gradient", "return (y - a) @ x.T")
    assert set(found.labels) == {"negated", "transposed"}
    assert "loss rise" in found.cause.sentence


def test_softmax_gradient_negated_and_transposed_is_named(student):
    found = verdict(student, "softmax_gradient", "return (y - a) @ x.T")
    assert set(found.labels) == {"negated", "transposed"}


def test_layer_1_gradient_from_the_updated_w2_is_named(student):
    for name in ("updated-w2-used", "updated-w2-used/own-function"):
        found = CHECKS["updated_w1"].verdict(student("updated_w1", MISTAKES["updated_w1"][name]))
        assert found.labels == ("updated-w2-used",)


def test_layer_1_gradient_from_w2_x_is_named(student):
    """W2 x has the right shape in the notebook's network alone, since it has as many inputs as outputs."""
    found = CHECKS["updated_w1"].verdict(student("updated_w1", MISTAKES["updated_w1"]["derivative-at-w2-x"]))
    assert found.labels == ("derivative-at-w2-x",)


def test_layer_1_gradient_from_the_updated_w2_and_from_w2_x_is_named(student):
    body = """
        a1 = hidden_activations(x, W1, b1)
        delta2 = network_output(x, W1, b1, W2, b2) - y
        W2 = W2 - learning_rate * a1 @ delta2.T
        return W1 - learning_rate * x @ ((W2 @ delta2) * (W2 @ x > 0)).T
    """
    found = verdict(student, "updated_w1", body)
    assert found.state is State.WRONG
    assert found.earned == 0
    assert found.cause is None or set(found.labels) <= {"updated-w2-used", "derivative-at-w2-x"}


def test_rows_of_w2_that_are_equal_do_not_hide_swapped_ones(student):
    body = """
        delta2 = network_output(x, W1, b1, W2, b2) - y
        delta1 = (np.roll(W2, 1, axis=0) @ delta2) * (hidden_activations(x, W1, b1) > 0)
        return W1 - learning_rate * x @ delta1.T
    """
    assert verdict(student, "updated_w1", body).state is State.WRONG


def test_nllm_that_transposes_one_argument_is_named(student):
    function = student("nllm", MISTAKES["nllm"]["one-argument-transposed"])
    columns = np.array([[0.1], [0.4], [0.5]]), np.array([[1], [0], [0]])
    assert function(*columns) == pytest.approx(3.912, abs=1e-3)
    assert CHECKS["nllm"].verdict(function).labels == ("one-argument-transposed",)


def test_softmax_that_divides_by_the_sum_over_everything_is_named(student):
    found = CHECKS["softmax"].verdict(student("softmax", MISTAKES["softmax"]["sum-over-everything"]))
    assert found.labels == ("sum-over-everything",)


def test_zero_times_log_zero_is_named(student):
    found = CHECKS["nllm"].verdict(student("nllm", MISTAKES["nllm"]["zero-times-log-zero"]))
    assert found.labels == ("zero-times-log-zero",)
    assert "nan" in found.headline


def test_one_maximum_for_columns_of_very_different_size_is_named(student):
    found = CHECKS["softmax"].verdict(student("softmax", MISTAKES["softmax"]["one-maximum-for-all-columns"]))
    assert found.labels == ("one-maximum-for-all-columns",)


@pytest.mark.parametrize("loss_of_zero", ["np.inf", "1e9", "36.0", "16.2"])
def test_a_large_loss_of_an_impossible_class_will_do(student, loss_of_zero):
    body = f"return sum({loss_of_zero} if p == 0 else -np.log(p) for p in a[y == 1])"
    assert verdict(student, "nllm", body).state is State.RIGHT


@pytest.mark.parametrize("loss_of_zero", ["0.0", "4.6", "9.2", "-np.inf", "np.nan"])
def test_a_small_loss_of_an_impossible_class_will_not_do(student, loss_of_zero):
    body = f"return sum({loss_of_zero} if p == 0 else -np.log(p) for p in a[y == 1])"
    assert verdict(student, "nllm", body).state is State.WRONG


def test_far_out_the_derivative_may_be_anything_with_a_note(student):
    found = CHECKS["sigmoid_derivative"].verdict(
        student("sigmoid_derivative", RIGHT["sigmoid_derivative"]["exponentials"])
    )
    assert found.state is State.RIGHT
    assert any("not asked for" in note for note in found.notes)


# --- a mistake costs once --------------------------------------------------------------------------------------

EARLIER = [
    ("sigmoid_derivative", "of-the-sigmoid", "sigmoid", "sign-of-the-exponent"),
    ("predict", "own-softmax", "softmax", "sum-over-the-samples"),
    ("predict_after_step", "own-functions", "softmax_gradient", "negated"),
    ("predict_after_step", "own-functions", "gradient_step", "ascent"),
    ("predict_after_step", "named-arguments", "predict", "softmax-left-out"),
    ("network_output", "own-functions", "hidden_activations", "relu-left-out"),
    ("network_output", "own-functions", "softmax", "not-normalised"),
    ("updated_w2", "own-functions", "network_output", "softmax-left-out"),
    ("updated_w2", "softmax-layer", "softmax_gradient", "transposed"),
    ("updated_w1", "own-functions", "hidden_activations", "hidden-bias-left-out"),
    ("updated_w1", "own-functions", "network_output", "relu-left-out"),
    ("output_after_step", "own-functions", "updated_w1", "updated-w2-used"),
    ("output_after_step", "own-functions", "updated_w2", "x-for-a1"),
    ("output_after_step", "named-arguments", "network_output", "output-bias-left-out"),
]


@pytest.mark.parametrize(("task", "style", "earlier", "name"), EARLIER)
def test_an_earlier_mistake_does_not_cost_twice(student, task, style, earlier, name):
    subject = student(task, RIGHT[task][style], **{earlier: MISTAKES[earlier][name]})
    found = CHECKS[task].verdict(subject)
    assert found.state is State.RIGHT, found
    assert any(f"Your {earlier} is not right yet" in note for note in found.notes)
    wrong = CHECKS[earlier].verdict(subject.__globals__[earlier])
    assert wrong.state is State.WRONG, "afterwards the student's own function is back"


def test_an_earlier_function_that_is_not_written_yet_does_not_block_a_later_one(student):
    stub = "def softmax(z):\n    raise NotImplementedError()\n"
    assert CHECKS["network_output"].verdict(student("network_output", softmax=stub)).state is State.RIGHT


def test_an_earlier_function_that_is_not_there_is_lent_and_taken_back(student):
    subject = student("network_output")
    del subject.__globals__["softmax"]
    assert CHECKS["network_output"].verdict(subject).state is State.RIGHT
    assert "softmax" not in subject.__globals__


def test_another_name_for_an_earlier_function_is_put_right_too(student):
    cell = "sm = softmax\n" + function_cell(SIGNATURES["predict"], "return sm(W.T @ x)")
    cell = cell.replace("def predict", "def predict", 1)
    subject = student("predict", cell, softmax=MISTAKES["softmax"]["not-normalised"])
    assert CHECKS["predict"].verdict(subject).state is State.RIGHT


def test_an_earlier_function_with_more_arguments_is_left_to_do_its_work(student):
    more = function_cell(SIGNATURES["predict"], "return softmax(W.T @ x, axis=0)")
    subject = student("predict", more, softmax=RIGHT["softmax"]["axis-argument"])
    assert CHECKS["predict"].verdict(subject).state is State.RIGHT


WITHOUT_BIAS = "a1 = np.maximum(W1.T @ x, 0)\n"


@pytest.mark.parametrize(
    ("task", "end"),
    [
        ("network_output", "return softmax(W2.T @ a1 + b2)"),
        ("updated_w2", "return W2 - learning_rate * a1 @ (softmax(W2.T @ a1 + b2) - y).T"),
        ("updated_w1", "return W1 - learning_rate * x @ ((W2 @ (softmax(W2.T @ a1 + b2) - y)) * (a1 > 0)).T"),
    ],
)
def test_what_is_computed_rightly_from_ones_own_wrong_numbers_counts(student, task, end):

    cell = function_cell(SIGNATURES[task], WITHOUT_BIAS + end)
    own = {"hidden_activations": MISTAKES["hidden_activations"]["hidden-bias-left-out"]}
    earlier = {"hidden_activations": CHECKS["hidden_activations"].verdict(student("hidden_activations", **own))}
    followed = CHECKS[task].verdict(student(task, cell, **own), earlier=earlier)
    assert followed.state is State.RIGHT, followed
    assert any("It follows from your hidden_activations" in note for note in followed.notes)
    assert CHECKS[task].verdict(student(task, cell)).state is State.WRONG, "with right numbers before, it is wrong"


def test_following_an_output_that_is_the_label_earns_nothing(student):
    own = {"network_output": function_cell(SIGNATURES["network_output"], "return np.eye(len(b2))[:, :1]")}
    earlier = {"network_output": CHECKS["network_output"].verdict(student("network_output", **own))}
    cell = function_cell(SIGNATURES["updated_w2"], "return W2")
    assert CHECKS["updated_w2"].verdict(student("updated_w2", cell, **own), earlier=earlier).earned == 0
