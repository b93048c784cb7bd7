"""Ways to be wrong that look right, ways to be right that look wrong, and words that would mislead."""

import numpy as np
import pytest

from checks.chain_rule import CHECKS
from checks.judging.verdict import State
from tests.conftest import exercise_named
from tests.function_cells import function_cell, signatures

MISTAKES = exercise_named("chain_rule").mistakes
RIGHT = exercise_named("chain_rule").right
SIGNATURES = signatures("chain_rule")


@pytest.fixture
def verdict(student):
    """Judge the function of a task with a body."""

    def judged(task, body):
        return CHECKS[task].verdict(student(task, function_cell(SIGNATURES[task], body)))

    return judged


def test_what_autograd_can_follow_is_worth_nothing_if_the_numbers_are_wrong(verdict):
    assert verdict("feed_forward_one_layer", "return relu(W @ x + b)").earned == 0
    assert verdict("softmax", "return 1.0 * z").earned == 0


def test_a_result_that_no_longer_depends_on_the_weights_for_autograd_is_told(verdict):
    said = verdict("feed_forward_one_layer", "return np.round(sigmoid(W @ x + b), 8)")
    assert said.earned == 0.5
    assert "autograd cannot differentiate" in said.headline


def test_changed_arguments_are_not_mistaken_for_what_autograd_cannot_follow(verdict):
    said = verdict("feed_forward_one_layer", "x += 1\nreturn sigmoid(W @ (x - 1) + b)")
    assert "changes x" in said.problem
    assert "autograd" not in said.headline


DIFFERENCES = {
    "sigmoid_der": "return (sigmoid(z + 1e-5) - sigmoid(z - 1e-5)) / 2e-5",
    "gradients_one_layer": """
h = 1e-6
pair = []
for p in (W, b):
    g = np.zeros(p.shape)
    for i in np.ndindex(*p.shape):
        p[i] += h
        above = cost_one_layer(W, b, x, target)
        p[i] -= 2 * h
        g[i] = (above - cost_one_layer(W, b, x, target)) / (2 * h)
        p[i] += h
    pair.append(g)
return pair
""",
}


@pytest.mark.parametrize("task", DIFFERENCES)
def test_a_difference_quotient_is_no_formula(verdict, task):
    said = verdict(task, DIFFERENCES[task])
    assert said.earned == 0
    assert "digits" in said.problem


def test_nine_rounded_digits_are_no_difference_quotient(verdict):
    assert verdict("sigmoid_der", "return np.round(sigmoid(z) * (1 - sigmoid(z)), 9)").earned == 1


def test_gradients_by_formula_are_right_where_autograd_is_asked_for_but_told(verdict):
    said = verdict("gradients_by_autograd", "d = dC_dz(W @ x + b, target)\nreturn np.outer(d, x), d")
    assert said.earned == 1
    assert any("autograd" in note for note in said.notes)


@pytest.mark.parametrize(("style", "told"), [("plain", True), ("stable", False)])
def test_a_softmax_that_overflows_for_huge_scores_is_right_with_a_note(student, style, told):
    said = CHECKS["softmax"].verdict(student("softmax", RIGHT["softmax"][style]))
    assert said.state is State.RIGHT
    assert any("overflows" in note for note in said.notes) is told


def test_swapped_gradients_are_not_blamed_on_the_error_signal(student):
    cell = MISTAKES["gradients_one_layer"]["pair-swapped"]
    assert "∂C/∂z" not in CHECKS["gradients_one_layer"].verdict(student("gradients_one_layer", cell)).location


def test_an_earlier_mistake_costs_once_also_for_methods_and_objects(source):
    from course.student_code import namespace, subject

    cell = """
class Layer:
    def __call__(self, W, b, x, target):
        delta = dC_dz(W @ x + b, target)
        return np.outer(delta, x), delta
gradients_one_layer = Layer()
"""
    for text in (cell, cell.replace("__call__", "go").replace("Layer()", "Layer().go")):
        names = namespace(source, {"dC_dz": MISTAKES["dC_dz"]["derivative-left-out"], "gradients_one_layer": text})
        assert CHECKS["gradients_one_layer"].verdict(subject(source, "gradients_one_layer", names)).earned == 1


def test_code_for_one_sample_copied_for_a_batch_is_recognised(verdict):
    said = verdict(
        "backpropagation_batch",
        """
layer_inputs, zs, predict = feed_forward_saver(inputs, layers, activation_funcs)
gradients = [None] * len(layers)
dC_da = cost_der(predict, targets)
for l in reversed(range(len(layers))):
    delta = dC_da * activation_ders[l](zs[l])
    gradients[l] = (np.outer(delta, layer_inputs[l]), delta)
    W, b = layers[l]
    dC_da = W.T @ delta
return gradients
""",
    )
    assert said.labels == ("saver-of-one-sample", "products-of-one-sample")
    assert "one sample" in said.problem


def test_the_number_of_layers_is_no_size_of_any_probe():
    for task in ("backpropagation", "backpropagation_batch", "train_network"):
        for case in CHECKS[task].cases(0):
            assert len(case.weights) not in (*case.sizes, case.batch)


def test_a_single_layer_is_probed():
    for task in ("create_layers", "feed_forward", "feed_forward_saver", "backpropagation", "train_network"):
        assert min(len(case.sizes) - 1 for case in CHECKS[task].cases(0)) == 1


def test_no_probe_has_gradients_that_are_zero():
    for task in ("backpropagation", "backpropagation_batch"):
        for seed in range(20):
            for case in CHECKS[task].cases(seed):
                answer = CHECKS[task].task().reference(case).answer()
                assert all(np.any(gradient) for gradient in answer.values()), (task, seed, case)
