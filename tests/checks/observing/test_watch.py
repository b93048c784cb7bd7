"""However a student's code ends, what it did until then is kept, and how it ended is a problem with its place."""

import linecache
from itertools import count

import numpy as np
import pytest

from checks.observing import arrays
from checks.observing.observation import Note, Problem, Trouble
from checks.observing.quantity import Quantity
from checks.observing.watch import (
    Halt,
    Record,
    expect,
    missing_function,
    missing_method,
    raised_by,
    same,
    watched,
)

Y = Quantity("y")
CELLS = count()


def _cell(code):
    """Run a cell as a notebook does, and return its names."""
    name, names = f"<cell {next(CELLS)}>", {"np": np}
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
    exec(compile(code, name, "exec"), names)
    return names


def _problem_of(code, *, method=""):
    """Return how a call of a cell's `f` ends, or of a method of its class or object."""
    student = _cell(code)["f"]
    [problem] = watched(lambda record: getattr(student, method, student)(), student, method=method).problems
    return problem


def _trouble(record):
    return [problem.trouble for problem in record.problems]


def test_what_was_read_before_the_end_is_kept():
    def run(record):
        record.quantity(Y, [1, 2])
        record.problem(Trouble.CHANGED, "x is changed")
        print("here")
        raise Halt(Trouble.NEEDS, "It needs more.")

    seen = watched(run, None)
    assert seen.arrays[Y].tolist() == [1, 2]
    assert seen.problems == (Problem(Trouble.CHANGED, "x is changed"), Problem(Trouble.NEEDS, "It needs more."))
    assert [note.kind for note in seen.notes] == ["prints"]
    assert seen.computed > 0


@pytest.mark.parametrize(
    ("body", "exception", "message", "line"),
    [
        ("    a = 1\n    raise ValueError('bad\\n  thing')", "ValueError", "bad thing", 3),
        ("    return np.zeros(3).reshape(2)", "ValueError", "cannot reshape", 2),
        ("    return f()", "RecursionError", "", 2),
        ("    raise SystemExit(3)", "SystemExit", "3", 2),
        ("    raise NotImplementedError('for complex numbers')", "NotImplementedError", "for complex", 2),
        ("    raise ValueError('x' * 400)", "ValueError", "x" * 300, 2),
        ("    raise type('Mute', (Exception,), {'__str__': lambda self: None})", "Mute", "", 2),
    ],
)
def test_an_exception_is_told_with_its_place(body, exception, message, line):
    code = f"def f():\n{body}"
    problem = _problem_of(code)
    assert (problem.trouble, problem.exception, problem.line) == (Trouble.RAISED, exception, line)
    assert problem.message.startswith(message)
    assert len(problem.message) <= 300
    assert problem.source == code.splitlines()[line - 1].strip()
    assert f"line {line} of your cell, `{problem.source}`" in problem.sentence


def test_the_place_is_in_the_cell_that_is_checked_though_another_one_raises():
    helper = _cell("\n\n\ndef helper():\n    raise ValueError")["helper"]
    names = _cell("def f():\n    return helper()")
    names["helper"] = helper
    [problem] = watched(lambda record: names["f"](), names["f"]).problems
    assert (problem.line, problem.source) == (2, "return helper()")
    [problem] = watched(lambda record: names["f"](), None).problems
    assert (problem.line, problem.source) == (5, "raise ValueError")
    assert "of your cell" not in problem.sentence


@pytest.mark.parametrize("made", ["", "f = f()"])
def test_the_place_is_found_in_a_method_of_a_class_and_of_an_object(made):
    problem = _problem_of(f"class f:\n    def g(self=None):\n        raise ValueError\n{made}", method="g")
    assert (problem.line, problem.exception) == (3, "ValueError")
    assert "line 3 of your cell" in problem.sentence


@pytest.mark.parametrize(
    ("code", "trouble", "named"),
    [
        ("def f():\n    raise NotImplementedError()", Trouble.NOT_ATTEMPTED, "NotImplementedError"),
        ("def f():\n    raise NotImplementedError", Trouble.NOT_ATTEMPTED, "NotImplementedError"),
        ("def g():\n    raise NotImplementedError()\ndef f():\n    g()", Trouble.NEEDS, "calls g"),
    ],
)
def test_what_is_not_written_is_told_apart_from_what_it_needs(code, trouble, named):
    problem = _problem_of(code)
    assert problem.trouble is trouble
    assert named in problem.sentence


def test_the_sizes_of_a_product_that_does_not_fit_are_told_in_their_order():
    sentence = _problem_of("def f():\n    return np.ones((2, 3)) @ np.ones((4, 2))").sentence
    assert "3 on the left" in sentence
    assert "4 on the right" in sentence


@pytest.mark.parametrize(("said", "end"), [("why", "why."), ("why?", "why?"), ("", "`raise ValueError('')`.")])
def test_a_sentence_ends_once(said, end):
    assert _problem_of(f"def f():\n    raise ValueError({said!r})").sentence.endswith(end)


def test_an_object_that_cannot_even_be_asked_is_the_students():
    class Refuses:
        def __getattr__(self, name):
            raise KeyError(name)

    def run(record):
        raise ValueError

    [problem] = watched(run, Refuses()).problems
    assert (problem.trouble, problem.exception) == (Trouble.RAISED, "KeyError")


def test_an_interruption_is_no_problem():
    def run(record):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watched(run, None)


def test_whose_exception_it_is_is_told_by_the_code_that_raised_it():
    with pytest.raises(arrays.NotAnArrayError) as caught:
        arrays.as_array(None)
    error = caught.value
    assert raised_by(error).exception == "NotAnArrayError"  # code that is no part of the checks has called it
    error.__traceback__ = error.__traceback__.tb_next
    assert raised_by(error) is None


def test_what_was_never_set_is_absent_and_what_is_no_array_is_a_problem():
    record = Record()
    record.quantity(Y, None)
    assert not record.problems
    record.quantity(Y, "text")
    assert not record.arrays
    assert _trouble(record) == [Trouble.WRONG_TYPE]
    assert "the string 'text'" in record.problems[0].sentence


def test_what_should_have_been_returned_is_missed():
    record = Record()
    record.returned(Y, None, "f(x)", "a number")
    record.returned(Y, "text", "f(x)", "a number")
    assert not record.arrays
    assert _trouble(record) == [Trouble.WRONG_TYPE] * 2
    for problem, came in zip(record.problems, ("None", "the string 'text'"), strict=True):
        assert f"f(x) returned {came}; it should return a number" in problem.sentence
    record.returned(Y, 3, "f(x)", "a number")
    assert record.arrays[Y] == 3


@pytest.mark.parametrize("printed", [True, False])
def test_who_prints_instead_of_returning_is_told_so_of_the_first_result(printed):
    def run(record):
        record.problem(Trouble.CHANGED, "first")
        record.returned(Y, None, "f(1)", "a number")
        record.returned(Y, None, "f(2)", "a number")
        if printed:
            print(3)

    problems = watched(run, None).problems
    assert [problem.trouble for problem in problems] == [Trouble.CHANGED, Trouble.WRONG_TYPE, Trouble.WRONG_TYPE]
    assert ["`return`" in problem.sentence for problem in problems] == [False, printed, False]
    assert all(call in problem.sentence for call, problem in zip(("f(1)", "f(2)"), problems[1:], strict=True))


def test_who_prints_and_returns_is_told_nothing_but_that_it_prints():
    def run(record):
        print(3)
        record.returned(Y, 3, "f(1)", "a number")

    assert watched(run, None).problems == ()


def test_a_note_is_made_once_of_a_kind_about_the_same_thing():
    record = Record()
    for kind, sentence, about in (("k", "one", "a"), ("k", "two", "a"), ("k", "three", "b"), ("l", "four", "a")):
        record.note(kind, sentence, about)
    assert record.notes == [Note("k", "one", "a"), Note("k", "three", "b"), Note("l", "four", "a")]


@pytest.mark.parametrize(
    ("after", "kept"),
    [
        ([1.0, np.nan], True),
        ([1.0 + 1e-13, np.nan], True),
        ([1.0 + 1e-9, np.nan], False),
        (np.array([1.0 + 5e-7, np.nan], np.float32), True),
        (np.array([1.0 + 1e-4, np.nan], np.float32), False),
        ([[1.0, np.nan]], False),
        ([1.0, 2.0], False),
        ("gone", False),
    ],
)
def test_what_should_stay_may_differ_in_its_last_digits_only(after, kept):
    before = np.array([1.0, np.nan])
    assert same(before, after) is kept
    record = Record()
    record.unchanged("x", before, after, "Make a copy.")
    assert _trouble(record) == ([] if kept else [Trouble.CHANGED])


def test_numbers_that_are_infinite_stay_what_they_are():
    assert same(np.array([np.inf, 1.0]), [np.inf, 1.0])


def test_what_is_expected_of_a_subject_ends_the_observation_where_it_lacks():
    expect(None)
    with pytest.raises(Halt) as halted:
        expect(Problem(Trouble.MISSING, "no method"))
    assert halted.value.problem == Problem(Trouble.MISSING, "no method")


def test_a_method_is_there_if_the_class_has_one_that_can_be_called():
    class Network:
        loss = 3

        def forward(self):
            pass

    assert missing_method(Network(), "forward") is None
    for name in ("backward", "loss"):
        problem = missing_method(Network(), name)
        assert problem.trouble is Trouble.MISSING
        assert f"Network has no method {name}" in problem.sentence


@pytest.mark.parametrize(("subject", "came"), [(3, "the number 3"), (Record, "the class Record"), (None, "None")])
def test_a_function_is_expected_and_not_what_it_returns_nor_a_class(subject, came):
    assert missing_function(len, "size", "x") is None
    problem = missing_function(subject, "size", "x")
    assert problem.trouble is Trouble.UNUSABLE
    assert all(told in problem.sentence for told in ("size(x)", "check_size(size)", came))
