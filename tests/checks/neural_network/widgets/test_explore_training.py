"""Exploring training: a run, its words, its controls, and what a student's code may do to it."""

import asyncio
import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
import torch

from checks.neural_network.widgets import explore_training as module
from checks.neural_network.widgets.explore_training import Explorer
from checks.neural_network.widgets.training_run import Run, Settings
from checks.widgets import explore_training

SHORT = Settings(epochs=30)


@pytest.fixture
def given(notebook):
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    yield notebook["NeuralNetwork"], notebook["x"].double(), notebook["y"].double()
    torch.set_default_dtype(before)


@pytest.fixture
def controls(given, monkeypatch):
    from checks.neural_network.widgets.training_controls import _Controls

    return lambda settings=SHORT: _Controls(Explorer(*given, settings))  # type: ignore[call-arg]


def broken(given, **methods):
    return type("NeuralNetwork", (given[0],), methods)


def unwritten(self, *_):
    raise NotImplementedError


def test_a_run_does_what_train_does(given, notebook):
    run = Run(*given, Settings(epochs=40))  # type: ignore[call-arg]
    while run.advance(epochs=7):
        pass
    with torch.random.fork_rng():
        torch.manual_seed(1)
        _, losses = notebook["train"](given[1], given[2], given[0](2, 1, [5, 3]), 40, 0.25)
    np.testing.assert_allclose(run.losses[:-1], losses.numpy(), rtol=1e-12)
    assert run.epoch == 40


def test_without_a_page_it_trains_and_says_so(given, capfd):
    before = torch.get_rng_state()
    shown = explore_training(*given, epochs=50)
    assert shown.root is None
    assert "Epoch 50 of 50" in shown.text()
    for drawn in re.findall(r"<svg.*?</svg>", shown.html()):
        ElementTree.fromstring(drawn)
    assert len(shown.html()) < 60_000
    assert torch.equal(before, torch.get_rng_state())
    assert capfd.readouterr() == ("", "")


def test_it_stops_in_time_and_says_so(given, monkeypatch):
    monkeypatch.setattr(module, "SECONDS_WITHOUT_PAGE", 0.05)
    assert "in JupyterLab you can play on" in explore_training(*given, epochs=20_000).text()


def test_a_diverging_run_says_so_and_why(given):
    shown = explore_training(*given, learning_rate=1e6)
    assert "This run diverges" in shown.text()
    assert "learning rate 1e+06" in shown.text()


def test_a_run_that_is_not_finite_diverges(given):
    kind = broken(given, get_loss=lambda self, x, y: torch.tensor(float("nan")))
    text = explore_training(kind, *given[1:], epochs=5).text()
    assert "not finite" in text
    assert "check_backward" in text


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("forward", "forward is not written yet"),
        ("get_loss", "get_loss is not written yet"),
        ("backward", "backward is not written yet"),
        ("apply_gradients", "apply_gradients is not written yet"),
    ],
)
def test_an_unfinished_network_says_what_is_missing(given, method, words, capfd):
    text = explore_training(broken(given, **{method: unwritten}), *given[1:], epochs=5).text()
    assert words in text
    assert capfd.readouterr() == ("", "")


def test_a_missing_method_is_named(given):
    kind = type("NeuralNetwork", (), {"forward": lambda self, x: x})
    assert "has no get_loss, backward and apply_gradients yet" in explore_training(kind, *given[1:]).text()


def test_an_exception_is_a_calm_sentence(given, capfd):
    def backward(self, x, y):
        print("hello")
        raise ValueError("shapes do not fit")

    text = explore_training(broken(given, backward=backward), *given[1:]).text()
    assert "stopped in backward" in text
    assert "ValueError" in text
    assert "shapes do not fit" in text
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("value", "words"), [(None, "forward returned None"), (torch.zeros(5), r"shape (5, 1)")])
def test_a_wrong_prediction_is_named(given, value, words):
    assert words in explore_training(broken(given, forward=lambda self, x: value), *given[1:]).text()


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"hidden": ()}, ValueError, "one to 5 hidden layers"),
        ({"hidden": 5}, ValueError, "hidden"),
        ({"learning_rate": -1}, ValueError, "above 0"),
        ({"learning_rate": "fast"}, ValueError, "above 0"),
        ({"initialisation": "glorot"}, ValueError, "ten times Glorot"),
        ({"epochs": 0}, ValueError, "whole number"),
        ({"seed": 1.5}, ValueError, "seed"),
        ({"x": torch.zeros(5, 3)}, ValueError, r"\(N, 2\)"),
        ({"y": torch.zeros(5)}, ValueError, "reshape"),
        ({"y": torch.full((5, 1), 0.5)}, ValueError, "0 or 1"),
        ({"x": "points"}, ValueError, "tensor of numbers"),
    ],
)
def test_nonsense_is_refused_in_a_sentence(given, changes, error, words):
    kind, x, y = given
    with pytest.raises(error, match=words):
        explore_training(**{"NeuralNetwork": kind, "x": x, "y": y, **changes})


def test_a_network_instead_of_its_class_is_refused(given):
    with pytest.raises(TypeError, match="the class itself"):
        explore_training(given[0](2, 1, [5, 3]), *given[1:])


def test_with_a_page_there_are_controls(given, monkeypatch):
    monkeypatch.setattr(module, "live", lambda: True)
    assert explore_training(*given).root is not None


def test_step_restart_and_end(controls):
    it = controls()
    it.step.click()
    assert "Epoch 1 of 30" in it.picture.value
    it.finish.click()
    assert "Epoch 30 of 30" in it.picture.value
    assert it.play.disabled
    it.restart.click()
    assert "Epoch 0 of 30" in it.picture.value
    assert not it.play.disabled


def test_a_setting_begins_a_fresh_run_and_layers_come_and_go(controls):
    it = controls()
    it.step.click()
    it.depth.value = 3
    it.widths[2].value = 7
    it.rate.value = 1.0
    assert it.explorer.run.settings == Settings((5, 3, 7), 1.0, epochs=30)
    assert it.explorer.run.epoch == 0
    assert it.widths[3].layout.display == "none"


def test_a_run_is_kept_beside_the_next(controls):
    it = controls()
    it.finish.click()
    it.keep.click()
    it.seed.value = 2
    assert it.picture.value.count("<svg") == 3
    assert "B: seed 2" in it.picture.value
    assert "Kept beside it" in it.explorer.text()
    it.forget.click()
    assert it.picture.value.count("<svg") == 2


def test_pause_works_at_once_and_old_tasks_end(given, controls):
    async def play():
        it = controls(Settings(epochs=20_000))
        it.play.click()
        await asyncio.sleep(0.3)
        assert it.play.description == "Pause"
        first = it.player._task
        it.seed.value = 5
        await asyncio.sleep(0.1)
        assert first.done()
        assert it.player.playing
        it.play.click()
        epoch = it.explorer.run.epoch
        await asyncio.sleep(0.1)
        assert it.explorer.run.epoch == epoch > 0
        it.play.click()
        it.root.close()
        await asyncio.sleep(0.1)
        assert not it.player.playing

    asyncio.run(play())


def test_an_exception_in_a_run_leaves_the_controls_working(given, monkeypatch):
    from checks.neural_network.widgets.training_controls import _Controls

    kind = broken(given, backward=unwritten)
    it = _Controls(Explorer(kind, *given[1:], SHORT))  # type: ignore[call-arg]
    it.step.click()
    assert "backward is not written yet" in it.picture.value
    kind.backward = given[0].backward
    it.restart.click()
    it.step.click()
    assert "Epoch 1 of 30" in it.picture.value


@pytest.mark.parametrize("precision", [torch.float16, torch.float32])
def test_samples_of_another_precision_are_taken_in_that_of_the_network(given, precision, capfd):
    kind, x, y = given
    run = Run(kind, *module._data(x.to(precision), y), SHORT)
    assert run.advance(epochs=3)
    assert run.x.dtype == torch.float64
    assert capfd.readouterr() == ("", "")


def test_a_network_that_changes_its_samples_changes_those_of_its_run_only(given):
    explorer = Explorer(broken(given, backward=lambda self, x, y: x.zero_()), *given[1:], SHORT)  # type: ignore[call-arg]
    explorer.run.advance()
    assert torch.equal(explorer.x, given[1])


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"learning_rate": True}, "above 0"),
        ({"learning_rate": 10**400}, "above 0"),
        ({"initialisation": np.zeros(3)}, "one of Glorot"),
    ],
)
def test_odd_settings_are_told_in_one_sentence(given, options, word):
    with pytest.raises(ValueError, match=word):
        explore_training(*given, **options)


@pytest.mark.parametrize("x", [torch.zeros(1001, 2), torch.full((5, 2), 1.7e308, dtype=torch.float64)])
def test_what_cannot_be_drawn_small_is_refused(given, x, capfd):
    with pytest.raises(ValueError, match="at most 1000 points"):
        explore_training(given[0], x, torch.zeros(len(x), 1))
    assert capfd.readouterr() == ("", "")
