"""Every number of the small network, in order, with its formula; with controls and without."""

import json
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from checks.by_hand import personal, practice
from checks.by_hand.case import PASS_ONE, PUBLISHED, Problem
from checks.by_hand.nice_networks import sizes_of
from checks.by_hand.personal import class_list
from checks.by_hand.solution import solution
from checks.by_hand.widgets import step_through as module
from checks.by_hand.widgets.learning_step import steps
from checks.widgets import step_through
from tests.checks.by_hand.conftest import dead_neurons

UNEVEN = Problem(
    np.array([0.3, -1.7]), np.array([0.2]), np.array([[0.1, 0.7], [1 / 3, 2.0], [5.0, 1.0]]), np.ones((1, 3)), 0.1
)


@pytest.fixture
def walk(monkeypatch):
    monkeypatch.setattr(module, "live", lambda: True)

    def start(problem=None):
        shown = step_through(problem)
        row, words, picture, _ = shown.root.children
        *buttons, slider = row.children
        return shown, {button.description: button for button in buttons}, slider, words, picture

    return start


@pytest.mark.parametrize("problem", [PUBLISHED, practice(0).problem, practice(7).problem, UNEVEN], ids=str)
def test_every_number_comes_in_the_order_of_the_exercise_and_is_right(problem):
    made, right = steps(problem), solution(problem)
    assert [step.name for step in made] == [n for question in PASS_ONE for n in problem.names.answers(question)]
    assert all(step.value == float(right[step.name]) for step in made)


@pytest.mark.parametrize("problem", [PUBLISHED, *(practice(seed).problem for seed in range(12))], ids=str)
def test_the_numbers_put_in_give_the_number(problem):
    for step in steps(problem):
        for stage in step.numbers:
            code = stage.replace("·", "*").replace("²", "**2").replace("[", "(").replace("]", ")")
            value = eval(code, {"exp": np.exp, "max": max})  # the line is arithmetic
            assert value == pytest.approx(step.value, abs=1e-9), step.formula


def test_formulas_are_those_of_the_brief_example_and_carry_their_equation_number():
    first = steps(PUBLISHED)[0]
    assert first.formula == "s3 = w31·x1 + w32·x2 = (-3)·1 + 2·2 = 1"
    assert first.equations.startswith("(1) s_j")
    assert [re.findall(r"\(\d+\)", step.equations)[0] for step in steps(PUBLISHED)][-1] == "(11)"


def test_rounded_numbers_are_marked_as_rounded():
    assert all("≈" in step.formula for step in steps(UNEVEN))
    assert not any("≈" in step.formula for step in steps(PUBLISHED))


def test_buttons_and_slider_walk_forwards_and_backwards(walk):
    _, buttons, slider, words, picture = walk()
    assert "Start" in words.value
    assert buttons["back"].disabled
    buttons["next"].click()
    assert "Step 1 of 29" in words.value
    assert "s₃ = w₃₁·x₁ + w₃₂·x₂ = (−3)·1 + 2·2 = 1" in words.value
    one = picture.value
    buttons["next"].click()
    assert picture.value != one
    buttons["back"].click()
    assert picture.value == one
    buttons["last"].click()
    assert slider.value == 29
    assert buttons["next"].disabled
    assert "1 → 0.625" in picture.value
    slider.value = 9
    assert "E = 1/2" in words.value
    buttons["first"].click()
    assert slider.value == 0


def test_a_number_appears_when_it_is_computed_and_not_before(walk):
    _, _, slider, _, picture = walk()
    slider.value = 11
    assert ">0.75<" not in picture.value
    slider.value = 12
    assert ">0.75<" in picture.value
    assert "δ₃" in picture.value


@pytest.mark.parametrize("seed", [next(s for s in range(99) if sizes_of(s) == size) for size in ((3, 3, 2), (2, 3, 3))])
def test_wider_practice_networks_are_walked_through(walk, seed):
    shown, _, slider, _, picture = walk(practice(seed))
    for position in range(slider.max + 1):
        slider.value = position
        ET.fromstring(picture.value)
        assert len(picture.value) < 30_000
    assert shown.html()


def test_a_dead_neuron_is_told(walk):
    seed = next(s for s in range(99) if dead_neurons(practice(s).problem))
    sentences = " ".join(step.sentence for step in steps(practice(seed).problem))
    assert "is switched off" in sentences
    assert "nothing of that gets past" in sentences


def test_without_a_live_page_there_is_the_finished_picture_and_the_list_of_all_steps(capfd):
    shown = step_through()
    assert shown.root is None
    html = shown.html()
    assert html.count("<li>") == 29
    assert html.count("<svg") == 1
    assert len(html) < 60_000
    ET.fromstring(html.replace("<br>", "<br/>"))
    assert "s3 = w31·x1 + w32·x2 = (-3)·1 + 2·2 = 1" in repr(shown)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("nonsense", ["a network", 3, [1, 2], object()])
def test_something_else_is_refused_in_one_sentence(nonsense):
    with pytest.raises(TypeError, match=r"step_through\(practice\(3\)\)"):
        step_through(nonsense)


def test_what_cannot_be_drawn_is_refused():
    wide = Problem(np.ones(9), np.ones(1), np.ones((2, 9)), np.ones((1, 2)), 1.0)
    with pytest.raises(ValueError, match="at most 8"):
        step_through(wide)
    with pytest.raises(ValueError, match="finite"):
        step_through(Problem(np.array([np.nan]), np.ones(1), np.ones((1, 1)), np.ones((1, 1)), 1.0))


def test_huge_numbers_do_not_warn(capfd, recwarn):
    step_through(Problem(np.array([1.0]), np.ones(1), np.array([[900.0]]), np.array([[-900.0]]), 1.0)).html()
    assert not recwarn.list
    assert capfd.readouterr().err == ""


def test_a_network_of_ones_own_is_not_given_away(tmp_path, monkeypatch):
    (tmp_path / "class.json").write_text(json.dumps(class_list(["ada"])))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="does not give away"):
        step_through(personal("ada"))
