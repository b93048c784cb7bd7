"""Marks in a student's own lines: the first wrong value is found where it is made, and nothing uncertain is said."""

from textwrap import dedent

import numpy as np
import pytest

from checks.explaining.html import as_html
from checks.explaining.text import as_text
from checks.judging.margin import _leaves, _Seen
from checks.judging.student_cell import Place
from checks.judging.verdict import State, What
from checks.observing.line_values import PART, SOURCE, WHOLE
from checks.observing.looking import Look, Sight
from checks.observing.observation import Note, Observation
from checks.observing.quantity import Quantity
from tests.conftest import exercise_named

BACKWARD = """
    @add_to_class(NeuralNetwork)
    def backward(self, x, y):
        a = self.forward(x)
        delta = self.loss.get_gradient(y, a) * self.layers[-1].act.get_gradient(self.layers[-1].last_zin)
        for l in range(len(self.layers) - 1, -1, -1):
            layer = self.layers[l]
            layer.set_weight_gradient(layer.last_input.T @ delta)
            layer.set_bias_gradient(delta.sum(0))
            if l:
                before = self.layers[l - 1]
                passed = delta @ layer.get_weight().T
                delta = passed * before.act.get_gradient(before.last_zin)
"""


def judged(exercise, task, cell, seed=0):
    """Return the verdict on a cell, with its margin."""
    check, student = exercise_named(exercise).checks[task], exercise_named(exercise).student(task, dedent(cell))
    sight = Sight(check, student)
    probes = check.seen(sight.at, seed)
    return check.with_margin(check.judged(probes), probes[0], sight.at)


def marked(verdict):
    """Return the marked lines: sign, what stands there, and what is said of it."""
    margin = verdict.margin
    lines = []
    for mark in margin.marks if margin else ():
        line = margin.source[mark.line - 1]
        text = line[mark.begin : mark.end] if mark.what is What.WRONG and mark.end_line == mark.line else line.strip()
        lines.append((mark.what, text, mark.quantity))
    return lines


def wrong(verdict):
    return [(text, quantity) for what, text, quantity in marked(verdict) if what is What.WRONG]


def right(verdict):
    return [quantity for what, _, quantity in marked(verdict) if what is What.RIGHT]


@pytest.mark.parametrize(
    ("written", "instead", "expression", "quantity"),
    [
        ("before.last_zin)", "before.last_zout)", "before.last_zout", "φ⁽³⁾'(Z⁽³⁾)"),
        ("passed * before.act", "passed + before.act", "passed + before.act.get_gradient(before.last_zin)", "Δ⁽³⁾"),
        ("passed * before.act.get_gradient(before.last_zin)", "passed", "passed", "Δ⁽³⁾"),
        ("delta.sum(0)", "delta.mean(0)", "delta.mean(0)", "∇b⁽⁴⁾"),
        ("layer.last_input.T @", "layer.last_zout.T @", "layer.last_zout", "∇W⁽⁴⁾"),
        ("(y, a) *", "(y, a) * a *", "self.loss.get_gradient(y, a) * a", "∂C/∂A⁽ᴸ⁾"),
        ("passed = delta @", "passed = 2 * delta @", "2 * delta @ layer.get_weight().T", "∂C/∂A⁽³⁾"),
    ],
)
def test_the_first_wrong_value_is_found_where_it_is_made(written, instead, expression, quantity):
    assert BACKWARD.count(written) == 1
    verdict = judged("neural_network", "backward", BACKWARD.replace(written, instead))
    assert verdict.state is State.WRONG
    assert wrong(verdict) == [(expression, quantity)]


def test_what_was_right_before_is_marked_with_its_symbol():
    verdict = judged("neural_network", "backward", BACKWARD.replace("before.last_zin)", "before.last_zout)"))
    assert right(verdict) == ["A⁽⁴⁾", "Δ⁽⁴⁾", "∇W⁽⁴⁾", "∇b⁽⁴⁾", "∂C/∂A⁽³⁾"]


def test_right_work_has_no_margin():
    verdict = judged("neural_network", "backward", BACKWARD)
    assert verdict.state is State.RIGHT
    assert verdict.margin is None


def test_a_mistake_without_a_name_is_found_by_what_it_is_made_of():
    strange = "delta.sum(0) ** 3 + 0.25 * delta[0]"
    verdict = judged("neural_network", "backward", BACKWARD.replace("delta.sum(0)", strange))
    assert verdict.cause is None
    assert wrong(verdict) == [(strange, "")]


def test_what_is_made_of_something_unknown_is_not_marked():
    cell = BACKWARD.replace("delta.sum(0)", "strange[0]").replace(
        "            layer.set_bias", "            strange = delta ** 3 + 0.25\n            layer.set_bias"
    )
    verdict = judged("neural_network", "backward", cell)
    assert verdict.cause is None
    assert not wrong(verdict)
    assert "∇b⁽⁴⁾" not in right(verdict)


def test_a_quantity_that_is_there_and_not_used_does_not_blame_the_line_that_made_the_other():
    cell = """
        def gradients_layer_1(layers, x, target):
            (W1, b1), (W2, b2) = layers
            z1 = W1 @ x + b1
            a1 = sigmoid(z1)
            z2 = W2 @ z1 + b2
            d2 = mse_der(sigmoid(z2), target) * sigmoid_der(z2)
            d1 = d2 @ W2 * sigmoid_der(z1)
            return np.outer(d1, x), d1
    """
    assert wrong(judged("chain_rule", "gradients_layer_1", cell)) == [("z1", "z2")]


def test_an_error_is_marked_where_the_code_stops():
    verdict = judged("neural_network", "backward", BACKWARD.replace("delta.sum(0)", "delta.summe(0)"))
    assert marked(verdict)[-1][:2] == (What.STOPS, "layer.set_bias_gradient(delta.summe(0))")


def test_zeros_and_whole_numbers_are_no_evidence():
    cell = BACKWARD.replace("delta.sum(0)", "torch.zeros(delta.shape[1])")
    assert "∇b⁽⁴⁾" not in right(judged("neural_network", "backward", cell))


HELPER = """
    def passed_on(layer, before, delta):
        return delta @ layer.get_weight().T * before.act.get_gradient(before.last_zout)


    @add_to_class(NeuralNetwork)
    def backward(self, x, y):
        self.forward(x)
        last = self.layers[-1]
        deltas = [self.loss.get_gradient(y, last.last_zout) * last.act.get_gradient(last.last_zin)]
        for before, layer in list(zip(self.layers, self.layers[1:]))[::-1]:
            deltas.insert(0, passed_on(layer, before, deltas[0]))
        [layer.set_weight_gradient(layer.last_input.T @ d) for layer, d in zip(self.layers, deltas)]
        [layer.set_bias_gradient(d.sum(0)) for layer, d in zip(self.layers, deltas)]
"""


def test_helpers_lists_and_comprehensions_are_followed():
    verdict = judged("neural_network", "backward", HELPER)
    assert wrong(verdict) == [("before.last_zout", "φ⁽³⁾'(Z⁽³⁾)")]


@pytest.mark.parametrize("seed", range(3))
def test_a_look_at_lines_changes_no_verdict(seed):
    exercise, cell = exercise_named("neural_network"), dedent(HELPER)
    check = exercise.checks["backward"]
    plain = check.verdict(exercise.student("backward", cell), seed)
    with_margin = judged("neural_network", "backward", HELPER, seed)
    assert with_margin.as_data() == plain.as_data()


TRAINED = """def train_sgd(network, criterion, x, y, learning_rate, epochs):
    losses = []
    for epoch in range(epochs):
        per_sample = []
        for i in range(len(x)):
            p = network.forward(x[i : i + 1])
            per_sample.append(criterion.forward(p, y[i : i + 1]))
            network.backward(x[i : i + 1], criterion.backward(p, y[i : i + 1]))
            for layer in network.layers:
                if hasattr(layer, "weight"):
                    layer.weight = layer.weight + learning_rate * layer.grad_weight
                    layer.bias -= learning_rate * layer.grad_bias
        mean = sum(per_sample) / len(per_sample)
        losses.append(mean)
    return losses
"""

INHERITED = """class BatchLinear(Linear):
    def backward(self, x, grad_output):
        self.grad_weight = x.T @ grad_output
        self.grad_bias = grad_output.sum(axis=0)
        return x @ self.weight
"""


def test_a_line_is_not_wrong_that_sums_a_list_of_what_was_wrong_before() -> None:
    verdict = judged("layers_and_losses", "train_sgd", TRAINED)
    assert "mean = sum(per_sample) / len(per_sample)" not in [text for text, _ in wrong(verdict)]


def test_what_a_class_inherits_is_not_marked() -> None:
    assert wrong(judged("layers_and_losses", "BatchLinear", INHERITED))[0][0] in "return x @ self.weight"


@pytest.mark.parametrize("where", ["9,0,9,4", "0,0,0,4", "2,0,2,4", "1,0,9,4", "1,4,1," + "9" * 400])
def test_values_that_stand_nowhere_are_no_trouble(where: str) -> None:
    check = exercise_named("softmax_and_nll").checks["sigmoid"]
    sight = Sight(check, lambda z: 1.37 * z + 0.21)
    probes, _ = check.seen(sight.at, 0)
    verdict = check.judged((probes, ()))

    def lying(look: Look) -> list[Observation]:
        right = [1 / (1 + np.exp(-case.z)) if hasattr(case, "z") else np.zeros(2) for case in look.cases]
        own = [probe.observation.arrays for probe in probes]
        came = next(iter(own[verdict.failing[0]].values()))
        arrays = {
            Quantity(PART, aspect=where, step=1): right[0],
            Quantity(WHOLE, aspect=where, step=2): came,
        }
        return [Observation(arrays, notes=(Note(SOURCE, "x = 1\n   \n", "1"),))] * len(look.cases)

    told = check.with_margin(verdict, probes, lying)
    assert as_text(told)
    assert as_html(told)


def test_many_values_within_each_other_take_no_long_time() -> None:
    seen = [_Seen(Place(1, 2000 - n, 1, 2000 + n), True, False, np.ones(1)) for n in range(2000)]
    assert [one.place for one in _leaves(seen, 1999)] == [seen[0].place]


SUMMED = """
    def summed_gradients(linear, x, grad_output):
        grad_weight = np.zeros_like(linear.weight)
        grad_bias = np.zeros_like(linear.bias)
        for n in range(len(x)):
            linear.backward(x[n : n + 1], grad_output[n : n + 1])
            grad_weight += linear.grad_weight
            grad_bias += linear.grad_bias
            return grad_weight, grad_bias
"""
NUMERICAL = """
    def numerical_gradient(loss, parameter, epsilon=1e-5):
        gradient = np.zeros(parameter.shape)
        for i in np.ndindex(*parameter.shape):
            old = parameter[i]
            parameter[i] = old + epsilon
            up = loss()
            parameter[i] = old - epsilon
            down = loss()
            parameter[i] = old
            gradient[i] = (up + down) / (2 * epsilon)
        return gradient
"""


@pytest.mark.parametrize(("task", "cell"), [("summed_gradients", SUMMED), ("numerical_gradient", NUMERICAL)])
def test_no_line_is_wrong_that_only_says_where_a_value_is_kept(task, cell):
    verdict = judged("layers_and_losses", task, cell)
    assert verdict.cause is not None
    assert not wrong(verdict)


def test_a_part_of_a_value_is_something_that_is_made():
    cell = """
        def nll_gradient(x, a, y):
            gradient = x * (a - y)
            return gradient[:1]
    """
    assert [text for text, _ in wrong(judged("softmax_and_nll", "nll_gradient", cell))] == ["gradient[:1]"]


def test_a_function_is_not_to_blame_for_what_another_hands_to_it():
    cell = """
        class Tanh:
            def forward(self, x):
                return np.tanh(x)

            def backward(self, x, grad_output):
                a = self.forward(self.forward(x))
                return (1 - a * a) * grad_output
    """
    verdict = judged("layers_and_losses", "Tanh", cell)
    assert verdict.cause is not None
    assert "np.tanh(x)" not in [text for text, _ in wrong(verdict)]
