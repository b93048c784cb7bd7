"""What a mistake does is computed, not claimed: verdicts agree with the real checks, effects with real training."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

import checks.neural_network as exercise
from checks.judging.verdict import State
from checks.neural_network import CHECKS
from checks.neural_network.tasks import TASKS
from checks.neural_network.widgets import try_a_bug as module
from checks.neural_network.widgets.bug_effects import compared, effect
from checks.neural_network.widgets.bug_training import EPOCHS, RATE, SIZES, Bug, X, Y, _start, trained
from checks.neural_network.widgets.bug_verdicts import catching, verdicts
from checks.neural_network.widgets.try_a_bug import EXAMPLES
from checks.widgets import try_a_bug
from tests.conftest import exercise_named

MISTAKES = exercise_named("neural_network").mistakes

BUGS = [Bug(name, mistake) for name in TASKS for mistake in TASKS[name].misconceptions]
ids = [f"{bug.task}-{bug.mistake.label}" for bug in BUGS]


def bug_named(task, label):
    return next(bug for bug in BUGS if (bug.task, bug.mistake.label) == (task, label))


@pytest.mark.parametrize("bug", BUGS, ids=ids)
def test_the_own_check_alone_catches_a_mistake_and_names_it(bug):
    found = verdicts(bug)
    assert catching(found) == [bug.task]
    assert found[bug.task].labels == (bug.mistake.label,)


@pytest.mark.parametrize("task", TASKS)
def test_the_real_checks_say_the_same_of_a_student_who_makes_the_mistake(student, task):
    """Two typed mistakes of each task, through the checks as a student runs them."""
    labels = [label for label in MISTAKES[task] if "/" not in label][1::6][:2]
    for label in labels:
        subject = student(task, MISTAKES[task][label])
        real = CHECKS[task].verdict(subject)
        said = verdicts(bug_named(task, label))
        assert (real.state, real.labels) == (said[task].state, said[task].labels)
        if task == "train":
            continue
        for other in set(TASKS) - {task, "train"}:
            assert CHECKS[other].verdict(subject).state is said[other].state is State.RIGHT


def test_the_right_training_is_that_of_torch():
    import torch

    start = _start()
    parameters = [
        torch.tensor(p, dtype=torch.float64, requires_grad=True)
        for pair in zip(start.weights, start.biases, strict=True)
        for p in pair
    ]
    x, y = torch.tensor(X), torch.tensor(Y)
    losses = []
    for _ in range(EPOCHS):
        a = x
        for layer in range(len(SIZES) - 1):
            z = a @ parameters[2 * layer] + parameters[2 * layer + 1]
            a = torch.sigmoid(z) if layer == len(SIZES) - 2 else torch.tanh(z)
        loss = ((a - y) ** 2).mean()
        losses.append(loss.item())
        gradients = torch.autograd.grad(loss, parameters)
        parameters = [(p - RATE * g).detach().requires_grad_() for p, g in zip(parameters, gradients, strict=True)]
    assert trained(None).losses[:-1] == pytest.approx(losses, rel=1e-6)
    assert trained(None).recorded == pytest.approx(losses, rel=1e-6)
    assert losses[-1] < 0.01


@pytest.mark.parametrize(
    ("task", "label", "words"),
    [
        ("backward", "sign-flipped", "The loss rises"),
        ("apply_gradients", "ascent", "The loss rises"),
        ("apply_gradients", "nothing-updated", "learns nothing"),
        ("train", "network-not-updated", "learns nothing"),
        ("train", "copy-trained", "The curve looks perfect"),
        ("train", "network-recreated", "The curve looks perfect"),
        ("train", "losses-swapped", "train returns (losses, net)"),
        ("backward", "loss-gradient-per-sample", "exactly as well: here nobody would notice"),
        ("backward", "stale-pass", "exactly as well: here nobody would notice"),
        ("backward", "loss-gradient-without-2", "only slower"),
        ("backward", "averaged-twice", "no further than answering about the mean"),
        ("backward", "derivative-at-zout-in-hidden-layers", "almost as well: nobody would notice"),
        ("backward", "loss-gradient-summed", "even learns faster"),
        ("backward", "bias-not-summed", "stops with an error in the first epoch: layer 1 refuses"),
        ("backward", "weights-transposed", "stops with an error"),
        ("backward", "last-layer-only", "finds no gradient in layer 1"),
        ("forward", "pass-not-remembered", "stops with an error"),
        ("train", "one-epoch-too-many", "only the losses that are written down"),
        ("get_loss", "loss-halved", "only the losses that are written down"),
        ("get_loss", "loss-not-reduced", "5 numbers instead of one"),
    ],
)
def test_the_effect_on_training_is_told_by_rules(task, label, words):
    bug = bug_named(task, label)
    assert words in effect(bug, trained(None), trained(bug))


def test_gradients_are_compared_layer_by_layer():
    what, rows = compared(bug_named("backward", "sign-flipped"), trained(None), trained(BUGS[0]))
    assert [row.layer for row in rows] == [3, 2, 1]
    flipped = bug_named("backward", "sign-flipped")
    _, rows = compared(flipped, trained(None), trained(flipped))
    assert all(row.angle == pytest.approx(180) and row.mistaken == pytest.approx(row.right) for row in rows)
    halved = bug_named("backward", "loss-gradient-without-2")
    _, rows = compared(halved, trained(None), trained(halved))
    assert all(row.angle == pytest.approx(0, abs=1e-4) and row.mistaken * 2 == pytest.approx(row.right) for row in rows)
    accumulated = bug_named("backward", "gradients-accumulated")
    what, rows = compared(accumulated, trained(None), trained(accumulated))
    assert "second epoch" in what
    hidden = bug_named("backward", "derivative-left-out-in-hidden-layers")
    _, rows = compared(hidden, trained(None), trained(hidden))
    assert [row.same for row in rows] == [True, False, False]


@pytest.fixture
def controls(monkeypatch):
    monkeypatch.setattr(module, "live", lambda: True)

    def start(check="backward"):
        shown = try_a_bug(check)
        mistake, said, _, guess, see, result = shown.root.children
        return shown, mistake, said, guess, see, result

    return start


def choose(mistake, label):
    mistake.value = next(bug for _, bug in mistake.options if bug.mistake.label == label)


def test_one_predicts_first_and_then_sees(controls, capfd):
    shown, mistake, said, guess, see, result = controls()
    choose(mistake, "sign-flipped")
    assert "y - ŷ for ŷ - y" in said.value
    see.click()
    assert "Take a guess first" in result.value
    guess.value = "backward"
    see.click()
    assert "Well predicted" in result.value
    assert "The loss rises" in result.value
    assert "opposite direction" in result.value
    assert result.value.count("<svg") == 2
    assert result.value in shown.html()
    guess.value = "train"
    see.click()
    assert "Not this time" in result.value
    assert capfd.readouterr().err == ""


def test_another_mistake_clears_the_page_for_a_new_prediction(controls):
    _, mistake, _, guess, see, result = controls("apply_gradients")
    guess.value = "train"
    see.click()
    choose(mistake, "ascent")
    assert guess.value is None
    assert result.value == ""


@pytest.mark.parametrize("check", [*TASKS, "all"])
def test_every_mistake_can_be_tried(controls, check):
    _, mistake, _, guess, see, result = controls(check)
    assert {bug for _, bug in mistake.options} == {bug for bug in BUGS if check in (bug.task, "all")}
    for _, bug in mistake.options[:: 1 if check != "all" else 20]:
        mistake.value = bug
        guess.value = "forward"
        see.click()
        ET.fromstring(result.value)
        assert "Training" in result.value
        assert len(result.value) < 40_000


def test_the_check_itself_names_its_mistakes_too():
    for name in TASKS:
        assert module._task(getattr(exercise, f"check_{name}")) == name
        assert module._task(CHECKS[name]) == name
        assert module._task(f"check_{name}") == name


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("backwards", 'did you mean try_a_bug("backward")'),
        ("aply_gradients", "apply_gradients"),
        (3, "got 3"),
        (len, "len"),
    ],
)
def test_an_unknown_check_is_refused_in_one_sentence(given, words):
    with pytest.raises(ValueError, match="try_a_bug expects the name of a check") as caught:
        try_a_bug(given)
    assert words in str(caught.value)


@pytest.mark.parametrize("check", [*TASKS, "all"])
def test_without_a_live_page_a_few_mistakes_are_shown(check, capfd):
    shown = try_a_bug(check)
    assert shown.root is None
    html = shown.html()
    ET.fromstring(html)
    assert html.count("<svg") == len(EXAMPLES.get(check, EXAMPLES))
    assert len(html) < 100_000
    assert "Caught by check_" in repr(shown)
    assert capfd.readouterr().err == ""


def test_random_numbers_and_warnings_are_left_alone(recwarn):
    import torch

    before, state = np.random.get_state()[1].copy(), torch.get_rng_state()
    try_a_bug("forward").html()
    assert (np.random.get_state()[1] == before).all()
    assert torch.equal(torch.get_rng_state(), state)
    assert not recwarn.list


def test_examples_exist():
    assert all(bug_named(task, label) for task, labels in EXAMPLES.items() for label in labels)
