"""Expressions of a student's cell report what they amount to, and nothing else changes."""

import linecache
from itertools import count

import numpy as np
import pytest

from checks.observing.line_values import (
    HELD,
    LARGEST,
    LOOKING_SECONDS,
    MOST_LINES,
    MOST_VALUES,
    PART,
    SOURCE,
    WHOLE,
    lines_reporting,
)
from checks.observing.time_limit import TimeUp
from tests.conftest import exercise_named

NUMBERS = count()


def defined(source, **names):
    """Return what a cell defines, with its lines to be found."""
    name = f"<tried cell {next(NUMBERS)}>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    names = {"np": np, "__name__": "__main__", **names}
    exec(compile(source, name, "exec"), names)
    return names


def reported(source, function="f", *arguments, of=None):
    """Return what a function returns while its lines report, and what each expression amounted to."""
    names = defined(source)
    with lines_reporting(names[of or function]) as lines:
        returned = names[function](*arguments)
    seen = lines.observation()
    told = source.split("\n")
    values = []
    for quantity, value in seen.arrays.items():
        line, begin, end_line, end = map(int, quantity.aspect.split(","))
        text = told[line - 1][begin : end if line == end_line else None]
        values.append((quantity.kind, text, value.tolist()))
    return returned, values, seen


def test_every_expression_is_reported_where_it_stands():
    source = "def f(a, b):\n    c = a * b + 1.5\n    return c\n"
    returned, values, _ = reported(source, "f", np.array([1.0, 2.0]), np.array([3.0, 4.0]))
    assert returned.tolist() == [4.5, 9.5]
    assert values == [
        (PART, "a", [1.0, 2.0]),
        (PART, "b", [3.0, 4.0]),
        (PART, "a * b", [3.0, 8.0]),
        (WHOLE, "a * b + 1.5", [4.5, 9.5]),
        (WHOLE, "c", [4.5, 9.5]),
    ]


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        ("a += 1\n    return a", ["a += 1", "a"]),
        ("d = {}\n    d['x'] = a\n    d['x'] *= 2\n    return d['x']", ["a", "d['x'] *= 2", "d['x']"]),
        ("grads = []\n    grads.append((2 * a, -a))\n    return grads[0][0]", ["2 * a", "-a", "grads[0][0]"]),
        ("return [2 * one for one in (a,)][0]", ["[2 * one for one in (a,)][0]"]),
        ("if (b := 2 * a).any():\n        return b", ["b"]),
        ("match 1:\n        case 1:\n            return 3 * a", ["3 * a"]),
        ("g = lambda x: x + 1\n    return g(a)", ["g(a)"]),
        ("b: object = a / 2\n    return (b)", ["a / 2", "b"]),
        ("é = 'äöü', a * 2  # ß\n    return é[1]", ["a * 2", "é[1]"]),
    ],
)
def test_what_a_line_makes_is_told_from_its_parts(body, whole):
    source = f"def f(a):\n    {body}\n"
    plain = defined(source)["f"](np.array([1.0, 2.5]))
    returned, values, _ = reported(source, "f", np.array([1.0, 2.5]))
    assert returned.tolist() == plain.tolist()
    assert [text for kind, text, _ in values if kind == WHOLE] == whole


CLASS = """
class Layer:
    scale = 2.0

    def __init__(self, w):
        self.__w = w

    @property
    def w(self):
        return self.__w

    @staticmethod
    def doubled(x):
        return 2 * x

    def forward(self, x):
        def inner():
            nonlocal x
            x = self.doubled(x) @ self.w
            return x
        return inner() * self.scale


class Child(Layer):
    def forward(self, x):
        return super().forward(x) + 0.5
"""


def test_methods_closures_private_names_and_super_stay_what_they_are():
    names = defined(CLASS)
    layer, x = names["Child"](np.eye(2)), np.array([1.25, 2.5])
    codes = [vars(kind)["forward"].__code__ for kind in (names["Layer"], names["Child"])]
    plain = layer.forward(x)
    with lines_reporting(layer, "forward") as lines:
        assert vars(names["Child"])["forward"].__code__ is not codes[1]
        assert layer.forward(x).tolist() == plain.tolist()
    assert [vars(kind)["forward"].__code__ for kind in (names["Layer"], names["Child"])] == codes
    assert any(np.array_equal(value, 2 * x) for value in lines.values.values())


def test_code_is_put_back_whatever_ends_the_look():
    names = defined("def f(a):\n    raise KeyboardInterrupt\n")
    code = names["f"].__code__
    with pytest.raises(KeyboardInterrupt), lines_reporting(names["f"]):
        names["f"](1)
    assert names["f"].__code__ is code


def test_there_is_an_end_to_what_is_kept():
    source = "def f(a):\n    for _ in range(5000):\n        a = a + 0.5\n    return np.zeros(100_000)\n"
    _, values, _ = reported(source, "f", np.array([1.0, 2.5]))
    assert len(values) == MOST_VALUES
    assert all(np.size(value) <= LARGEST for _, _, value in values)


def test_code_without_a_source_runs_as_it_is():
    names = {"np": np}
    exec("def f(a):\n    return 2 * a\n", names)
    with lines_reporting(names["f"]) as lines:
        assert names["f"](2.5) == 5.0
    assert not lines.values


def test_helpers_of_the_same_cell_report_and_those_of_others_do_not():
    source = "def helper(a):\n    return a * 1.5\n\n\ndef f(a):\n    return other(helper(a))\n"
    names = defined(source)
    names["other"] = defined("def other(a):\n    return a * 2.5\n")["other"]
    with lines_reporting(names["f"]) as lines:
        names["f"](np.array([1.0, 2.0]))
    told = [value.tolist() for value in lines.values.values()]
    assert [1.5, 3.0] in told
    assert [(note.kind, note.sentence) for note in lines.observation().notes] == [(SOURCE, source)]


@pytest.mark.parametrize("name", ["by_hand", "softmax_and_nll", "chain_rule", "layers_and_losses", "neural_network"])
def test_right_answers_compute_what_they_compute_while_their_lines_report(name):
    exercise = exercise_named(name)
    played = 0
    for task, cells in exercise.right.items():
        check = exercise.checks[task]
        case = check.cases(3)[0]
        for cell in list(cells.values())[:6]:
            student = exercise.student(task, cell)
            plain = check.observe(student, case)
            with lines_reporting(student, task):
                again = check.observe(student, case)
            assert set(again.arrays) == set(plain.arrays), (task, cell)
            assert all(np.array_equal(again.arrays[one], plain.arrays[one], equal_nan=True) for one in plain.arrays)
            assert [one.trouble for one in again.problems] == [one.trouble for one in plain.problems]
            played += 1
    assert played


def test_lines_of_any_length_come_as_notes_that_a_wire_takes():
    source = "def f(a):\n" + "    # " + "x" * 5000 + "\n" + "    b = a + 0.5  # one of many\n" * 300 + "    return b\n"
    _, _, seen = reported(source, "f", np.array([1.0, 2.5]))
    told = "\n".join(note.sentence for note in seen.notes).split("\n")
    assert max(len(note.sentence) for note in seen.notes) <= 2_000
    assert [line[:1_000] for line in told] == [line[:1_000] for line in source.split("\n")]


def test_only_the_cell_of_the_class_itself_is_looked_at() -> None:
    base = defined("class Base:\n    def twice(self, x):\n        return 2 * x\n")["Base"]
    own = defined("class Own(Base):\n    def thrice(self, x):\n        return 3 * x\n", Base=base)["Own"]
    with lines_reporting(own) as lines:
        own().twice(np.ones(2))
        assert not lines.values
        own().thrice(np.ones(2))
    assert lines.values
    assert ["class Own" in note.sentence for note in lines.observation().notes if note.kind == SOURCE] == [True]


def test_what_a_list_holds_is_reported() -> None:
    function = defined("def f(x):\n    parts = []\n    parts.append(x)\n    return np.sum(parts)\n")["f"]
    with lines_reporting(function) as lines:
        function(0.5)
    assert [value.tolist() for place, value in lines.values.items() if place.kind == HELD] == [[0.5]]


def test_a_long_look_ends_and_the_code_is_put_back() -> None:
    function = defined("def f():\n    i = 1\n    while i:\n        i = i + 1\n")["f"]
    before = function.__code__
    with pytest.raises(TimeUp), lines_reporting(function) as lines:
        function()
    assert function.__code__ is before
    assert lines.clock.computed < 3 * LOOKING_SECONDS


def test_a_very_long_cell_is_not_looked_at() -> None:
    function = defined("def f(x):\n" + "    x = x + 1.5\n" * (MOST_LINES + 1) + "    return x\n")["f"]
    before = function.__code__
    with lines_reporting(function) as lines:
        assert function.__code__ is before
    assert lines.sources == []
