"""One mistake costs once: tasks are isolated, errors are located, points are given for what is right."""

import pytest

from checks import CheckFailed, check_apply_gradients, check_backward, check_get_loss, check_train
from checks.neural_network import CHECKS
from tests.conftest import exercise_named

MISTAKES = exercise_named("neural_network").mistakes
RIGHT = exercise_named("neural_network").right

OUTPUT_ONLY = MISTAKES["backward"]["last-layer-only"]
WRONG_FORWARD = MISTAKES["forward"]["bias-left-out"]


def test_a_wrong_forward_does_not_spoil_loss_and_backward(source):
    from course.student_code import namespace, subject

    names = namespace(source, {"forward": WRONG_FORWARD})
    for task in ("get_loss", "backward", "apply_gradients", "train"):
        assert CHECKS[task].verdict(subject(source, task, names)).earned == 1


def test_wrong_methods_of_the_network_do_not_spoil_train(source):
    from course.student_code import namespace, subject

    wrong = {
        "backward": MISTAKES["backward"]["sign-flipped"],
        "apply_gradients": MISTAKES["apply_gradients"]["ascent"],
        "get_loss": MISTAKES["get_loss"]["loss-summed"],
    }
    assert CHECKS["train"].verdict(subject(source, "train", namespace(source, wrong))).earned == 1


def test_points_come_as_a_plain_float(student, notebook):
    net = notebook["NeuralNetwork"](2, 1, [5, 3])
    assert check_backward(net) is None
    full = check_backward(net, points=12)
    assert type(full) is float
    assert full == 12.0


def test_a_backward_pass_right_for_the_output_layer_only_earns_a_part(student):
    earned = check_backward(student("backward", OUTPUT_ONLY), points=12)
    assert type(earned) is float
    assert earned == 5.0


def test_nothing_earned_raises_even_with_points(student):
    with pytest.raises(CheckFailed):
        check_backward(student("backward", MISTAKES["backward"]["sign-flipped"]), points=12)


def test_something_wrong_raises_without_points(student):
    with pytest.raises(CheckFailed):
        check_backward(student("backward", OUTPUT_ONLY))


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("derivative-left-out-in-hidden-layers", ["Layer 4 is right", "between Δ⁽⁴⁾ and Δ⁽³⁾", "tanh'(z)", "(7)"]),
        ("derivative-left-out-at-the-output", ["layer 4, the last one", "σ'(z)"]),
        ("bias-averaged", ["bias gradient of every layer", "averaged", "(9)"]),
        ("zin-for-zout", ["weight gradient of layer 4", "Δ⁽⁴⁾ is right", "(8)"]),
        ("last-layer-only", ["layer 3 were never set"]),
        ("gradients-accumulated", ["first call is right", "call before"]),
        ("weights-transposed", ["stops with an error", "W for Wᵀ", "(6)"]),
    ],
)
def test_the_report_says_where_the_error_starts_and_why(student, label, expected):
    with pytest.raises(CheckFailed) as caught:
        check_backward(student("backward", MISTAKES["backward"][label]))
    for words in expected:
        assert words in str(caught.value)


def test_two_mistakes_are_both_named(student):
    both = MISTAKES["backward"]["derivative-left-out-in-hidden-layers"].replace(".sum(0)", ".mean(0)")
    assert both != MISTAKES["backward"]["derivative-left-out-in-hidden-layers"]
    verdict = CHECKS["backward"].verdict(student("backward", both))
    assert set(verdict.labels) == {"derivative-left-out-in-hidden-layers", "bias-averaged"}


def test_a_constant_factor_is_named_with_the_convention(student):
    cell = next(iter(RIGHT["get_loss"].values())).replace("return ", "return 3 * ", 1)
    verdict = CHECKS["get_loss"].verdict(student("get_loss", cell))
    assert verdict.labels == ("constant-factor",)
    assert "3 times" in verdict.cause.sentence
    assert "mean over all N K entries" in verdict.cause.convention


def test_a_sentence_tells_wrong_shapes_apart(student):
    cell = "@add_to_class(NeuralNetwork)\ndef get_loss(self, x, y):\n    return (self.forward(x) - y) ** 2\n"
    with pytest.raises(CheckFailed, match="one squared error for every entry"):
        check_get_loss(student("get_loss", cell))


def test_losses_after_each_update_are_right_with_a_note(student):
    cell = next(source for name, source in RIGHT["train"].items() if "after" in name)
    verdict = CHECKS["train"].verdict(student("train", cell))
    assert verdict.earned == 1
    assert any("after each update" in note for note in verdict.notes)
    assert check_train(student("train", cell), points=5) == 5.0


def test_cleared_gradients_are_right_with_a_note(student):
    cell = """
@add_to_class(NeuralNetwork)
def apply_gradients(self, learning_rate):
    for layer in self.layers:
        layer.linear.weight -= learning_rate * layer.linear.weight_grad
        layer.linear.bias -= learning_rate * layer.linear.bias_grad
        layer.linear.weight_grad = layer.linear.bias_grad = None
"""
    assert check_apply_gradients(student("apply_gradients", cell), points=4) == 4.0
