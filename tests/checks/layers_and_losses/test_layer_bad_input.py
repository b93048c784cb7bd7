"""Whatever a check is given, it answers with one clear sentence and leaves everything as it was."""

import numpy as np
import pytest

from checks import CheckFailed
from checks import layers_and_losses as exercise
from checks.layers_and_losses import CHECKS
from checks.layers_and_losses.tasks import TASKS
from checks.observing import watch
from tests.conftest import exercise_named

RIGHT = exercise_named("layers_and_losses").right

FUNCTIONS = ("summed_gradients", "single_layer_step", "train_sgd", "numerical_gradient", "train_minibatch")
CLASSES = tuple(task for task in TASKS if task not in FUNCTIONS)


def failure(task, *arguments):
    with pytest.raises(CheckFailed) as caught:
        getattr(exercise, f"check_{task}")(*arguments)
    message = str(caught.value)
    assert "Traceback" not in message
    assert "checks/" not in message
    return message


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("argument", [None, 3.5, "text", np.ones(3)])
def test_what_is_no_class_or_function_is_named_in_one_sentence(task, argument):
    assert f"check_{task} expects your" in failure(task, argument)
    assert "expects your" in failure(task)


@pytest.mark.parametrize("task", CLASSES)
def test_an_instance_for_a_class_is_named(notebook, task):
    arguments = {"TwoLayerNetwork": (2, 3, 1), "BatchLinear": (2, 3)}.get(task, ())
    assert f"check_{task}({task})" in failure(task, notebook[task](*arguments))


@pytest.mark.parametrize("task", FUNCTIONS)
def test_a_class_for_a_function_is_named(task):
    assert "it got the class int" in failure(task, int)


@pytest.mark.parametrize("task", CLASSES)
def test_a_class_without_its_methods_is_not_attempted(task):
    class Empty:
        pass

    assert "has no method" in failure(task, Empty)


@pytest.mark.parametrize("task", CLASSES)
def test_a_changed_constructor_is_named(task):
    class Changed:
        def __init__(self, one, two, three, four):
            pass

        def forward(self, *arguments):
            return 0

        backward = forward

    assert "constructor" in failure(task, Changed)


BODIES = {
    "raises": ("raise ValueError('my own words')", "my own words"),
    "returns None": ("return None", "returned None"),
    "prints": ("print(1.5)", "prints its result"),
    "returns a string": ("return 'nothing'", "the string 'nothing'"),
    "exits": ("import sys; sys.exit()", "end Python"),
    "calls itself": ("return {call}", "without end"),
    "hangs": ("while True: pass", "never ends"),
    "returns nan": ("return np.float64('nan')", "not finite|shape|wrong|not trained|never set|the pair"),
}
CELLS = {
    "summed_gradients": "def summed_gradients(linear, x, grad_output):\n    {body}\n",
    "single_layer_step": "def single_layer_step(linear, x, y, learning_rate):\n    {body}\n",
    "ReLU": "class ReLU:\n    def forward(self, x):\n        {body}\n\n    def backward(self, x, g):\n        {body}\n",
    "AbsCriterion": "class AbsCriterion:\n    def forward(self, p, y):\n        {body}\n\n    def backward(self, p, y):\n        {body}\n",  # noqa: E501
    "BatchLinear": "class BatchLinear(Linear):\n    def backward(self, x, g):\n        {body}\n",
    "numerical_gradient": "def numerical_gradient(loss, parameter, epsilon=1e-5):\n    {body}\n",
    "train_sgd": "def train_sgd(network, criterion, x, y, learning_rate, epochs):\n    {body}\n",
    "train_minibatch": "def train_minibatch(network, criterion, x, y, rate, epochs, size):\n    {body}\n",
}
CALLS = {
    "summed_gradients": "summed_gradients(linear, x, grad_output)",
    "single_layer_step": "single_layer_step(linear, x, y, learning_rate)",
    "ReLU": "self.forward(x) if 'g' not in dir() else self.backward(x, g)",
    "AbsCriterion": "self.forward(p, y)",
    "BatchLinear": "self.backward(x, g)",
    "numerical_gradient": "numerical_gradient(loss, parameter)",
    "train_sgd": "train_sgd(network, criterion, x, y, learning_rate, epochs)",
    "train_minibatch": "train_minibatch(network, criterion, x, y, rate, epochs, size)",
}


@pytest.mark.parametrize("task", CELLS)
@pytest.mark.parametrize("kind", BODIES)
def test_code_that_misbehaves_gets_one_clear_sentence(student, monkeypatch, capfd, task, kind):
    monkeypatch.setitem(watch.watched.__kwdefaults__, "seconds", 0.5)
    body, expected = BODIES[kind]
    subject = student(task, CELLS[task].format(body=body.format(call=CALLS[task])))
    before = np.geterr(), np.random.get_state()[1].tolist()
    verdict = CHECKS[task].verdict(subject)
    assert verdict.earned == 0
    text = " ".join((verdict.headline, verdict.problem, verdict.evidence))
    assert any(words in text for words in expected.split("|")), text
    assert (np.geterr(), np.random.get_state()[1].tolist()) == before
    assert capfd.readouterr().err == ""


def test_two_runs_of_a_check_say_the_same(student):
    for task in CHECKS:
        subject = student(task, next(iter(RIGHT[task].values())))
        assert CHECKS[task].verdict(subject) == CHECKS[task].verdict(subject)
