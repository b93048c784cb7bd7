"""Whatever a check is given, it answers with one clear sentence and leaves everything as it was."""

import copy
import re
import traceback

import numpy as np
import pytest
import torch

from checks import CheckFailed, check_apply_gradients, check_backward, check_forward, check_get_loss, check_train
from checks.neural_network import CHECKS
from checks.observing import watch
from tests.conftest import exercise_named

HOSTILE = exercise_named("neural_network").hostile
MISTAKES = exercise_named("neural_network").mistakes

NETWORK_CHECKS = [check_forward, check_get_loss, check_backward, check_apply_gradients]
ENDS_THE_PROCESS = {"exits-at-once", "raises-keyboard-interrupt"}
"""What no code in the same process can prevent, or should: the stop button must work."""


def failure(check, argument) -> str:
    with pytest.raises(CheckFailed) as caught:
        check(argument)
    message = str(caught.value)
    assert "checks/" not in message
    assert "Traceback" not in message
    return message


def without(net, *path):
    *owners, name = path
    owner = net
    for part in owners:
        owner = owner[part] if isinstance(part, int) else getattr(owner, part)
    delattr(owner, name)
    return net


@pytest.mark.parametrize("check", NETWORK_CHECKS)
@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda net: None, "it got None"),
        (lambda net: type(net), "it got the class NeuralNetwork"),
        (lambda net: 3.5, "it got the number 3.5"),
        (lambda net: net.layers[0], "has no .layers"),
        (lambda net: without(net, "layers"), "has no .layers"),
        (lambda net: without(net, "loss"), "has no .loss"),
        (lambda net: setattr(net, "layers", []) or net, "net.layers should be a list"),
        (lambda net: setattr(net, "layers", 5) or net, "net.layers should be a list"),
        (lambda net: net.layers.__setitem__(1, "layer") or net, "Layer 2 should be a NeuralLayer"),
        (lambda net: without(net, "layers", 1, "linear", "weight") or net, r"without \.linear\.weight"),
        (lambda net: setattr(net.layers[1].linear, "bias", torch.ones(7)) or net, r"Layer 2 .* shape \(7,\)"),
        (lambda net: setattr(net.layers[1].linear, "weight", "w") or net, "no shape at all"),
        (lambda net: net.layers.pop(1) and net, "Layer 2 takes 3 inputs, but layer 1 gives 5 outputs"),
    ],
)
def test_what_is_no_network_is_named_in_one_sentence(notebook, check, spoil, expected):
    message = failure(check, spoil(notebook["NeuralNetwork"](2, 1, [5, 3])))
    assert re.search(expected, message), message


@pytest.mark.parametrize("argument", [None, 3, "train", int])
def test_check_train_expects_the_function_itself(argument):
    assert "expects your function train(x, y, net, epochs, lr)" in failure(check_train, argument)


def test_a_check_called_without_its_argument_says_what_it_wants():
    for check in (*NETWORK_CHECKS, check_train):
        with pytest.raises(CheckFailed, match="expects"):
            check()


def test_a_method_that_is_not_there_yet_is_not_attempted(source, capsys):
    from course.student_code import namespace

    names = namespace(source)
    del names["NeuralNetwork"].backward
    assert "○ backward: not attempted yet." in failure(check_backward, names["NeuralNetwork"](2, 1, [5, 3]))


def test_a_constructor_that_was_changed_is_named(notebook):
    class Fixed(notebook["NeuralNetwork"]):  # type: ignore[name-defined]
        def __init__(self):
            super().__init__(2, 1, [5, 3])

    assert "Keep the given constructor" in failure(check_backward, Fixed())


hostile = [(task, name) for task in HOSTILE for name in HOSTILE[task] if name not in ENDS_THE_PROCESS]


@pytest.mark.parametrize(("task", "name"), hostile)
def test_hostile_code_ends_in_a_verdict_and_disturbs_nothing(student, monkeypatch, capfd, task, name):
    monkeypatch.setitem(watch.watched.__kwdefaults__, "seconds", 1.0)
    subject = student(task, HOSTILE[task][name])
    before = torch.get_default_dtype(), torch.is_grad_enabled(), np.geterr(), torch.get_rng_state().tolist()
    verdict = CHECKS[task].verdict(subject)
    assert verdict.headline
    if "right-but" not in name:
        assert verdict.earned < 1, verdict
    after = torch.get_default_dtype(), torch.is_grad_enabled(), np.geterr(), torch.get_rng_state().tolist()
    assert after == before
    assert capfd.readouterr().err == ""


def test_the_students_network_stays_as_it_is(notebook):
    net = notebook["NeuralNetwork"](3, 2, [5, 4])
    net.forward(torch.ones(4, 3))
    before = copy.deepcopy([vars(layer.linear) | {"zin": layer.last_zin} for layer in net.layers])
    names = set(vars(net))
    for check in NETWORK_CHECKS:
        check(net)
    for layer, old in zip(net.layers, before, strict=True):
        assert torch.equal(layer.linear.weight, old["weight"])
        assert torch.equal(layer.last_zin, old["zin"])
        assert layer.linear.weight_grad is None
    assert set(vars(net)) == names


def test_the_traceback_in_jupyter_is_the_headline_only(student):
    with pytest.raises(CheckFailed) as caught:
        check_backward(student("backward", MISTAKES["backward"]["bias-not-summed"]))
    rendered = caught.value._render_traceback_()
    assert len(rendered) == 1
    assert rendered[0].startswith("✗ backward:")
    assert caught.value.__cause__ is None
    assert "not summed over the batch" in "".join(traceback.format_exception_only(caught.value))
