"""Inspecting gradients: where the error starts, what is drawn and said, and that the network stays as it was."""

import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
import torch

from checks.neural_network.widgets import inspect_gradients as module
from checks.neural_network.widgets.gradients_seen import Standing, gradients_seen
from checks.widgets import inspect_gradients
from tests.conftest import exercise_named

MISTAKES = exercise_named("neural_network").mistakes

DERIVATIVE = MISTAKES["backward"]["derivative-left-out-in-hidden-layers"]


@pytest.fixture(autouse=True)
def double():
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(before)


@pytest.fixture
def data(notebook):
    return notebook["x"].double(), notebook["y"].double()


def made(kind, sizes=(5, 3)):
    with torch.random.fork_rng():
        torch.manual_seed(1)
        return kind(2, 1, list(sizes))


def test_right_gradients_agree(notebook, data, capfd):
    shown = inspect_gradients(made(notebook["NeuralNetwork"]), *data)
    assert "every gradient agrees" in shown.text()
    for drawn in re.findall(r"<svg.*?</svg>", shown.html()):
        ElementTree.fromstring(drawn)
    assert shown.html().count("✓ right") >= 6
    assert len(shown.html()) < 200_000
    assert capfd.readouterr() == ("", "")


def test_the_reference_is_the_derivative_of_the_loss(notebook, data):
    net = made(notebook["NeuralNetwork"])
    seen = gradients_seen(net, *data)
    for layer, gradients in zip(net.layers, seen.layers, strict=True):
        for parameter, comparison in ((layer.linear.weight, gradients.weight), (layer.linear.bias, gradients.bias)):
            flat, expected = parameter.view(-1), comparison.expected.ravel()
            for k in range(len(flat)):
                losses = []
                for step in (1e-5, -1e-5):
                    flat[k] += step
                    losses.append(float(net.get_loss(*data)))
                    flat[k] -= step
                assert (losses[0] - losses[1]) / 2e-5 == pytest.approx(expected[k], abs=1e-8)


def test_the_error_starts_where_the_mistake_is(student, data):
    net = made(type(student("backward", DERIVATIVE)))
    seen = gradients_seen(net, *data)
    assert [g.standing for g in seen.layers] == [Standing.WRONG, Standing.STARTS, Standing.RIGHT]
    shown = inspect_gradients(net, *data)
    assert "the error starts in layer 2. Layer 3 is right." in shown.text()
    assert "✗ the error starts here" in shown.html()
    assert "without the derivative" in shown.text()


def test_nothing_of_the_network_changes(student, data):
    net = made(type(student("backward", DERIVATIVE)))
    before = [(layer.linear.weight.clone(), layer.linear.weight_grad, layer.last_input) for layer in net.layers]
    random = torch.get_rng_state()
    inspect_gradients(net, *data).html()
    for layer, (weight, gradient, remembered) in zip(net.layers, before, strict=True):
        assert torch.equal(layer.linear.weight, weight)
        assert layer.linear.weight_grad is gradient
        assert layer.last_input is remembered
    assert torch.equal(random, torch.get_rng_state())


def test_a_wrong_shape_is_shown_and_named(student, data):
    net = made(type(student("backward", MISTAKES["backward"]["bias-not-summed/assigned"])))
    assert "a sum or a mean over the samples is missing" in inspect_gradients(net, *data).html()


def test_an_unfinished_network_says_so(notebook, data, capfd):
    def backward(self, x, y):
        raise NotImplementedError

    kind = type("NeuralNetwork", (notebook["NeuralNetwork"],), {"backward": backward})
    shown = inspect_gradients(made(kind), *data)
    assert "not attempted yet" in shown.text()
    assert "nothing is stored" in shown.html()
    assert capfd.readouterr() == ("", "")


def test_a_wrong_forward_does_not_matter(notebook, data):
    kind = type("NeuralNetwork", (notebook["NeuralNetwork"],), {"forward": lambda self, x: x[:, :1] * 0})
    assert "every gradient agrees" in inspect_gradients(made(kind), *data).text()


def test_single_precision_agrees_too(notebook, data):
    torch.set_default_dtype(torch.float32)
    net = made(notebook["NeuralNetwork"])
    assert all(g.standing is Standing.RIGHT for g in gradients_seen(net, data[0].float(), data[1].float()).layers)


def test_large_networks_stay_small_pictures(notebook, data):
    net = made(notebook["NeuralNetwork"], (60, 40, 20))
    assert len(inspect_gradients(net, *data).html()) < 200_000


def test_with_a_page_a_button_chooses_the_layer(student, data, monkeypatch):
    monkeypatch.setattr(module, "live", lambda: True)
    shown = inspect_gradients(made(type(student("backward", DERIVATIVE))), *data)
    _, tabs, pictures = shown.root.children
    assert tabs.value == 2
    assert "weight gradient of layer 2" in pictures.value
    tabs.value = 1
    assert "weight gradient of layer 1" in pictures.value


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"net": None}, TypeError, "expects a network"),
        ({"net": 3}, TypeError, "the number 3"),
        ({"x": torch.zeros(5, 3)}, ValueError, "2 columns"),
        ({"y": torch.zeros(5)}, ValueError, "reshape"),
        ({"y": torch.zeros(4, 1)}, ValueError, "as many rows"),
        ({"x": "a"}, ValueError, "tensor of numbers"),
    ],
)
def test_nonsense_is_refused_in_a_sentence(notebook, data, change, error, words):
    given = {"net": made(notebook["NeuralNetwork"]), "x": data[0], "y": data[1], **change}
    with pytest.raises(error, match=words):
        inspect_gradients(**given)


def test_gradients_that_are_not_finite_are_named(notebook, data):
    def backward(self, x, y):
        for layer in self.layers:
            layer.set_weight_gradient(layer.get_weight() * np.nan)
            layer.set_bias_gradient(layer.get_bias())

    kind = type("NeuralNetwork", (notebook["NeuralNetwork"],), {"backward": backward})
    assert "not finite" in inspect_gradients(made(kind), *data).html()


@pytest.mark.parametrize("which", [0, 1])
def test_data_that_are_not_finite_are_not_blamed_on_the_student(notebook, data, which):
    spoilt = [array.clone() for array in data]
    spoilt[which][0, 0] = np.nan
    with pytest.raises(ValueError, match="finite numbers"):
        inspect_gradients(made(notebook["NeuralNetwork"]), *spoilt)


def test_a_diverged_network_is_called_one(notebook, data):
    net = made(notebook["NeuralNetwork"])
    net.layers[1].linear.weight[0, 0] = np.inf
    with pytest.raises(ValueError, match="not finite any more"):
        inspect_gradients(net, *data)


def test_enormous_gradients_leave_stderr_empty(notebook, data, capfd):
    def backward(self, x, y):
        for layer in self.layers:
            layer.set_weight_gradient(torch.full_like(layer.linear.weight, 1e308))
            layer.set_bias_gradient(torch.full_like(layer.linear.bias, 1e308))

    kind = type("NeuralNetwork", (notebook["NeuralNetwork"],), {"backward": backward})
    inspect_gradients(made(kind), *data).html()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("answer", "word"),
    [(lambda z: 1 / 0, "ZeroDivisionError"), (lambda z: None, "None"), (lambda z: z[:, :1], "of shape")],
)
def test_an_activation_that_fails_is_told_in_one_sentence_and_disturbs_nothing(notebook, data, answer, word, capfd):
    class Activation:
        def forward(self, z):
            print("computing")
            torch.manual_seed(3)
            return answer(z)

        get_gradient = forward

    net, state = made(notebook["NeuralNetwork"]), torch.get_rng_state()
    net.layers[0].act = Activation()
    with pytest.raises(ValueError, match=f"an activation of its layers fails.*{word}"):
        inspect_gradients(net, *data)
    assert torch.equal(torch.get_rng_state(), state)
    assert capfd.readouterr() == ("", "")
