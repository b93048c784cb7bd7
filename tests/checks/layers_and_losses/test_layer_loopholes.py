"""Ways to be wrong that look right, ways to be right that look wrong, and words that would mislead."""
# ruff: noqa: E501 - students' cells, as short as they can be shown

import numpy as np
import pytest

from checks.judging.verdict import State
from checks.layers_and_losses import CHECKS
from checks.observing import watch
from course.answers import changed
from tests.checks.layers_and_losses.harmful_cells import HOSTILE
from tests.conftest import exercise_named

RIGHT = exercise_named("layers_and_losses").right

BASE = {task: next(iter(styles.values())) for task, styles in RIGHT.items()}
KEPT = RIGHT["TwoLayerNetwork"]["attributes"]


def verdict(student, task, *changes, cell=None, seed=0):
    return CHECKS[task].verdict(student(task, changed(cell or BASE[task], *changes)), seed)


RNG = "rng = np.random.default_rng(seed)"
MEAN, BIAS = "        losses.append(total / len(x))\n", "grad_output.sum(axis=0)"
CLIP = "np.clip(predictions, 1e-12, 1 - 1e-12)\n        return (a"
WRONG = {
    "a layer of its own": ("single_layer_step", ("    z = ", "    linear = Linear(*linear.weight.shape)\n    z = ")),
    "one step for every output": ("single_layer_step", ("linear.bias -=", "linear.bias[:1] -=")),
    "the first two samples": ("summed_gradients", ("range(len(x))", "range(2)")),
    "sums that go on": (
        "summed_gradients",
        ("def summed", "SUM = [0, 0]\ndef summed"),
        ("    return", "    SUM[0], SUM[1] = SUM[0] + grad_weight, SUM[1] + grad_bias\n    return"),
        ("return grad_weight, grad_bias", "return tuple(SUM)"),
    ),
    "the global generator": ("TwoLayerNetwork", (RNG, "rng = np.random")),
    "the global generator, seeded": ("TwoLayerNetwork", (RNG, "np.random.seed(seed); rng = np.random")),
    "a seed that does not count": ("TwoLayerNetwork", (RNG, "rng = np.random.default_rng(0)")),
    "another seed every time": ("TwoLayerNetwork", (RNG, "rng = np.random.default_rng()")),
    "a default seed of its own": ("TwoLayerNetwork", ("seed=0", "seed=1")),
    "a layer without the generator": ("TwoLayerNetwork", ("(hidden, out_features, rng)", "(hidden, out_features)")),
    "stops when the loss rises": ("train_sgd", (MEAN, f"{MEAN}        if losses[-1] > losses[0]: break\n")),
    "stops when the loss is small": ("train_sgd", (MEAN, f"{MEAN}        if losses[-1] < 1e-3: break\n")),
    "first ten samples": ("train_sgd", ("range(len(x))", "range(min(10, len(x)))")),
    "learning rate at most 1": ("train_minibatch", ("-= learning_rate", "-= min(1, learning_rate)")),
    "layers cut off": ("train_sgd", ("    return losses", "    network.layers = network.layers[:2]\n    return losses")),
    "weights become lists": (
        "train_sgd",
        ("    return losses", "    network.layers[0].bias = list(network.layers[0].bias)\n    return losses"),
    ),
    "not put back": ("numerical_gradient", ("        parameter[i] = old\n", "")),
    "small inputs cut off": ("ReLU", ("(x > 0)", "(x > 0.05)")),
    "nothing at zero": ("ReLU", ("np.maximum(0, x)", "x * x / abs(x) * (x > 0)")),
    "large errors capped": ("AbsCriterion", ("(predictions - labels).sum()", "(predictions - labels).clip(-1, 1).sum()")),
    "changes predictions at the ends": ("BCECriterion", (CLIP, CLIP.replace("1e-12)", "1e-12, out=predictions)", 1)
                                                        .replace("1e-12", "1e-9"))),
    "bias gradient in a column": ("BatchLinear", (BIAS, f"{BIAS}[:, None]")),
    "its own forward, without the bias": (
        "BatchLinear",
        ("    def backward", "    def forward(self, x):\n        return x @ self.weight\n\n    def backward"),
    ),
    "a constructor without the generator": (
        "BatchLinear",
        ("    def backward", "    def __init__(self, a, b):\n        super().__init__(a, b)\n\n    def backward"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_wrong_solutions_are_rejected(student, name):
    task, *changes = WRONG[name]
    for seed in range(3):
        seen = verdict(student, task, *changes, seed=seed)
        assert seen.state is State.WRONG, seen
        assert seen.earned < 1


UPDATE = "if isinstance(layer, Linear)"
IN_CALL = BASE["train_sgd"].replace("def train_sgd(", "def __call__(self, ").replace("\n", "\n    ").rstrip()
ACCEPTED = {
    "asks what the network is": (
        "train_sgd",
        ("    losses = []", "    assert isinstance(network, TwoLayerNetwork)\n    losses = []"),
    ),
    "all but the sigmoids": ("train_sgd", (UPDATE, "if not isinstance(layer, Sigmoid)")),
    "a forward of its own that remembers": (
        "BatchLinear",
        (
            "    def backward",
            "    def forward(self, x):\n        self.x = x\n        return super().forward(x)\n\n    def backward",
        ),
        ("x.T @", "self.x.T @"),
    ),
    "keeps the labels' difference": (
        "AbsCriterion",
        (
            "        return np.abs(predictions - labels)",
            "        self.d = predictions - labels\n        return np.abs(self.d)",
        ),
        ("np.sign(predictions - labels)", "np.sign(self.d)"),
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_right_solutions_pass(student, name):
    task, *changes = ACCEPTED[name]
    assert verdict(student, task, *changes).state is State.RIGHT


def test_a_callable_object_finds_the_layers_by_their_class(student):
    cell = f"class Trainer:\n    {IN_CALL}\n\n\ntrain_sgd = Trainer()\n"
    assert CHECKS["train_sgd"].verdict(student("train_sgd", cell)).state is State.RIGHT


def test_two_mistakes_are_told_apart_where_one_takes_two_halves_of_a_sentence(student):
    swapped = "return grad_bias / len(x), grad_weight / len(x)"
    seen = verdict(student, "summed_gradients", ("return grad_weight, grad_bias", swapped))
    assert "plain sums here; and when the bias gradient is returned first" in seen.cause.sentence


def test_the_given_layer_leaves_the_gradient_that_it_was_given_to_its_owner(notebook):
    """To add up in place what backward has stored must not change grad_output."""
    linear, g = notebook["Linear"](2, 3), np.ones((1, 3))
    linear.backward(np.ones((1, 2)), g)
    linear.grad_bias += 1
    assert (g == 1).all()


def test_extrapolated_differences_are_right(student):
    cell = """
def numerical_gradient(loss, parameter, epsilon=1e-5):
    gradient = np.zeros_like(parameter)
    for i, w in np.ndenumerate(parameter.copy()):
        def central(h):
            parameter[i] = w + h
            above = loss()
            parameter[i] = w - h
            below = loss()
            parameter[i] = w
            return (above - below) / (2 * h)
        gradient[i] = (4 * central(epsilon / 2) - central(epsilon)) / 3
    return gradient
"""
    assert CHECKS["numerical_gradient"].verdict(student("numerical_gradient", cell)).state is State.RIGHT


def test_a_wrong_forward_does_not_spoil_a_backward_that_reads_what_it_kept(student):
    kept = verdict(student, "TwoLayerNetwork", ("l2.forward(self.a1)", "l2.forward(self.z1)"), cell=KEPT)
    assert kept.labels == ("hidden-activation-left-out",)
    assert kept.parts == ("the gradients of layer 2", "the gradients of layer 1 and of x")
    output = verdict(
        student,
        "Tanh",
        ("self.a = np.tanh(x)", "self.a = 1 / (1 + np.exp(-x))"),
        cell=RIGHT["Tanh"]["remembered-output"],
    )
    assert output.parts == ("the backward method",)


def test_a_wrong_backward_is_not_hidden_by_right_layers_in_forward(student):
    seen = verdict(student, "TwoLayerNetwork", ("l2.backward(self.a1, g)", "l2.backward(self.z1, g)"), cell=KEPT)
    assert "the gradients of layer 2" not in seen.parts


def test_a_forward_that_works_in_place_does_not_spoil_backward(student):
    seen = verdict(student, "ReLU", ("return np.maximum(0, x)", "return np.maximum(0, x, out=x)"))
    assert "the backward method" in seen.parts


@pytest.mark.parametrize("task", ["train_sgd", "train_minibatch"])
def test_going_by_position_gets_a_note_and_asking_each_layer_does_not(student, task):
    assert not CHECKS[task].verdict(student(task, BASE[task])).notes
    seen = verdict(student, task, ("in network.layers:", "in network.layers[:-1]:"))
    assert seen.state is State.RIGHT
    assert any("by their position" in note for note in seen.notes)


@pytest.mark.parametrize("task", ["train_sgd", "train_minibatch"])
def test_another_order_of_the_samples_gets_a_note(student, task):
    seen = CHECKS[task].verdict(student(task, RIGHT[task]["shuffled"]))
    assert any("another order" in note for note in seen.notes)


@pytest.mark.parametrize("task", ["train_sgd", "train_minibatch"])
def test_training_a_copy_is_named_for_what_it_does(student, task):
    copied = ("    losses = []", "    import copy\n    network = copy.deepcopy(network)\n    losses = []")
    assert verdict(student, task, copied).labels == ("network-not-updated",)


@pytest.mark.parametrize(
    ("task", "slip", "name"),
    [
        ("summed_gradients", ("linear.weight)", "linear.weights)"), "'Linear' object has no attribute 'weights'"),
        ("single_layer_step", ("return loss", "return linear"), "returned a Linear;"),
        ("TwoLayerNetwork", ("layer.backward(", "layer.backwards("), "'Sigmoid' object has no attribute 'backwards'"),
        ("train_sgd", ("return losses", "return network"), "returned a TwoLayerNetwork;"),
        ("train_sgd", ("criterion.forward", "criterion.loss"), "'Criterion' object has no attribute 'loss'"),
        ("train_minibatch", ("layer.weight -=", "layer.weights -="), "'BatchLinear' object has no attribute 'weights'"),
    ],
)  # fmt: skip
def test_what_stands_in_is_called_as_in_the_notebook(student, task, slip, name):
    assert name in verdict(student, task, slip).problem


def test_no_internal_name_is_shown_when_the_loss_is_called_with_an_argument(student):
    seen = verdict(student, "numerical_gradient", ("up = loss()", "up = loss(parameter)"))
    assert "loss() takes 0 positional arguments" in seen.problem
    assert "locals" not in seen.problem


hostile = [(task, name) for task in HOSTILE for name in HOSTILE[task]]


@pytest.mark.parametrize(("task", "name"), hostile)
def test_hostile_code_ends_in_a_verdict_and_disturbs_nothing(student, monkeypatch, capfd, task, name):
    monkeypatch.setitem(watch.watched.__kwdefaults__, "seconds", 0.3)
    subject = student(task, HOSTILE[task][name])
    before = np.geterr(), np.random.get_state()[1].tolist()
    seen = CHECKS[task].verdict(subject)
    assert (seen.state is State.RIGHT) == name.startswith("right-but-"), seen
    assert (np.geterr(), np.random.get_state()[1].tolist()) == before
    assert capfd.readouterr().err == ""
