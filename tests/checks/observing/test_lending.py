"""Of what an exercise could lend, a look brings the parts that it names and what they need, and nothing else."""

import json
import re
import sys
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
import pytest

from checks.observing.lending import answered, look_as_wire, look_from_wire
from checks.observing.looking import Look

LENT = '''"""What is lent in an exercise of a test."""

from __future__ import annotations

import json
import math
from os import path, sep

ANSWERS = {"Layer": ("Linear",)}


def sigmoid(z: Number) -> Number:
    return 1 / (1 + math.exp(-z))


def slope(z):
    return sigmoid(z) * (1 - sigmoid(z))


class Layer:
    forward = staticmethod(sigmoid)


LAYERS: dict[str, type] = {"first": Layer}
SMALL, LARGE = 1e-3, 1e3


def place():
    return path.join("a", "b"), LARGE
'''


class Exercise:
    """A package with `lent.py` as the judge has it, and as the sandbox has it after `goes`: without."""

    def __init__(self, name, folder, content, monkeypatch):
        self.name, self._here, self._patch = name, folder / "here", monkeypatch
        for place in (folder / "there", self._here):
            (place / name).mkdir(parents=True)
            (place / name / "__init__.py").write_text("")
        (folder / "there" / name / "lent.py").write_text(content)
        monkeypatch.syspath_prepend(str(folder / "there"))

    def part(self, name):
        return f"{self.name}.lent.{name}"

    def sent(self, *parts):
        return json.loads(json.dumps(look_as_wire(Look((), tuple(map(self.part, parts))))))

    def goes(self):
        for module in (self.name, f"{self.name}.lent"):
            del sys.modules[module]
        self._patch.syspath_prepend(str(self._here))

    @property
    def lent(self):
        return sys.modules[f"{self.name}.lent"]

    @property
    def names(self):
        return {name for name in vars(self.lent) if not name.startswith("__")}


@pytest.fixture
def exercise(request, tmp_path, monkeypatch):
    name = re.sub(r"\W", "_", request.node.name)  # what is lent is read once in a process
    return Exercise(name, tmp_path, LENT + getattr(request, "param", ""), monkeypatch)


def test_a_part_comes_with_what_it_needs_and_with_nothing_else(exercise):
    slope, place = exercise.sent("slope"), exercise.sent("place")
    exercise.goes()
    assert look_from_wire(slope, ()).lends == (exercise.part("slope"),)
    assert exercise.names == {"math", "sigmoid", "slope"}
    assert import_module(f"{exercise.name}.lent").slope(0) == 0.25
    look_from_wire(place, ())
    assert exercise.names == {"math", "sigmoid", "slope", "path", "sep", "SMALL", "LARGE", "place"}


def test_what_is_there_already_stays_as_it_is(exercise):
    looks = [exercise.sent("Layer"), exercise.sent("slope", "LAYERS", "Layer"), exercise.sent("LAYERS")]
    exercise.goes()
    look_from_wire(looks[0], ())
    layer = exercise.lent.Layer
    for look in looks[1:]:
        look_from_wire(look, ())
    assert exercise.lent.LAYERS["first"] is exercise.lent.Layer is layer


def test_nothing_is_sent_twice_in_a_look(exercise):
    lent = exercise.sent("slope", "sigmoid", "Layer")["lends"]
    brought = [[names for names, _ in statements] for statements in lent.values()]
    assert brought == [[["math"], ["sigmoid"], ["slope"]], [], [["Layer"]]]


def test_a_part_answers_what_it_brings(exercise):
    assert answered(exercise.part("slope")) == {"math", "sigmoid", "slope"}
    assert answered(exercise.part("LAYERS")) == {"math", "sigmoid", "Layer", "LAYERS", "Linear"}


def test_what_is_not_there_cannot_be_lent(exercise):
    with pytest.raises(LookupError, match=r"no tanh in .*lent to lend"):
        exercise.sent("tanh")


REFUSED = ("LAYERS['last'] = Layer", "SMALL += 1", "if SMALL:\n    LARGE = 2")


@pytest.mark.parametrize("exercise", REFUSED, indirect=True)
def test_a_statement_that_parts_would_lack_is_refused(exercise):
    line = len(LENT.splitlines()) + 1
    with pytest.raises(TypeError, match=rf"line {line} of .*lent neither .* could not be lent"):
        exercise.sent("slope")


@dataclass(frozen=True)
class Case:
    """What an exercise wants to see something on."""

    x: Any
    name: str = "x"


def _over(look):
    return json.loads(json.dumps(look_as_wire(look)))


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        "text",
        3,
        0.5,
        np.float32,
        (1, (2, None)),
        [1, [2]],
        frozenset({1, 2}),
        {"a": (1,), 2: [0.5]},
        Case((1, "a"), "y"),
    ],
)
def test_a_case_comes_through_whole(value):
    [came] = look_from_wire(_over(Look([value])), ()).cases
    assert (type(came), came) == (type(value), value)


def test_arrays_of_cases_come_through_each_as_its_own():
    given = [np.arange(6.0).reshape(2, 3).T, np.array([1, 2]), np.array(True), np.zeros((0, 2)), np.ones(2, np.float32)]
    came = look_from_wire(_over(Look([*map(Case, given), np.float32(0.5)])), ()).cases
    for array, expected in zip((*(case.x for case in came[:-1]), came[-1]), [*given, np.array(0.5, "f4")], strict=True):
        assert (array.dtype, array.shape, array.tolist()) == (expected.dtype, expected.shape, expected.tolist())
        array[...] = 0  # it is nobody else's


@pytest.mark.parametrize("value", [print, object(), np.array([None]), Case])
def test_a_case_holds_plain_data_only(value):
    with pytest.raises(TypeError, match="a case cannot hold"):
        look_as_wire(Look([value]))


def test_the_cases_of_a_second_look_are_known():
    known = [object()]
    there = look_from_wire(_over(Look([1], second=True, single=True)), known)
    assert there == Look(known, second=True, single=True)
    assert look_from_wire(_over(Look([1])), known) == Look([1])
