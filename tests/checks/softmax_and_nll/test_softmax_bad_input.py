"""Whatever a check is given, it answers with one clear sentence and leaves everything as it was."""

import numpy as np
import pytest

import checks.softmax_and_nll as exercise
from checks.check import CheckFailed
from checks.observing import watch
from checks.softmax_and_nll import CHECKS
from tests.function_cells import function_cell, signatures

SIGNATURES = signatures("softmax_and_nll")

UPDATES = {"gradient_step": "W", "updated_w2": "W2", "updated_w1": "W1"}


def check_of(task):
    return getattr(exercise, f"check_{task}")


def _arguments(task):
    return SIGNATURES[task].removeprefix(f"{task}(").removesuffix(")")


def made(student, task, body):
    return student(task, function_cell(SIGNATURES[task], body))


@pytest.mark.parametrize("task", SIGNATURES)
@pytest.mark.parametrize("argument", [None, 3.5, "softmax", int, np.ones((2, 2))])
def test_what_is_no_function_is_named_in_one_sentence(task, argument, capfd):
    with pytest.raises(CheckFailed, match="expects your function") as caught:
        check_of(task)(argument)
    assert SIGNATURES[task] in str(caught.value)
    assert "Traceback" not in str(caught.value)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("task", SIGNATURES)
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return None", "returned None"),
        ("print(1.5)", "prints its result and returns None"),
        ("raise ValueError('no idea')", "raises ValueError"),
        ("return 'many'", "returned the string"),
        ("return {'a': 1}", "returned a dict"),
        ("return 1j", "complex"),
        ("return np.full((2, 3, 5), np.nan)", ""),
        ("return float('nan')", ""),
        ("return undefined", "raises NameError"),
        ("import sys\nsys.exit()", "tries to end Python"),
        ("return lambda: 0", "returned the function"),
        ("import sys\nprint('x', file=sys.stderr)\nreturn 0.0", ""),
    ],
)
def test_bad_code_ends_in_a_clear_verdict(student, capfd, task, body, expected):
    subject = made(student, task, body)
    before = np.geterr(), np.random.get_state()[1].tolist()
    with pytest.raises(CheckFailed) as caught:
        check_of(task)(subject, points=5)
    assert expected in str(caught.value)
    assert "Traceback" not in str(caught.value)
    assert capfd.readouterr().err == ""
    assert (np.geterr(), np.random.get_state()[1].tolist()) == before


@pytest.mark.parametrize("task", SIGNATURES)
def test_too_few_arguments_are_an_error_of_the_students(student, task):
    subject = student(task, f"def {task}():\n    return 1\n")
    assert "raises TypeError" in CHECKS[task].verdict(subject).problem


@pytest.mark.parametrize("task", SIGNATURES)
def test_code_that_hangs_is_stopped(student, monkeypatch, task):
    monkeypatch.setitem(watch.watched.__kwdefaults__, "seconds", 0.2)
    subject = made(student, task, "while True:\n    pass")
    verdict = CHECKS[task].verdict(subject)
    assert verdict.labels == ("too-slow",)
    assert all(not getattr(value, "__qualname__", "").startswith("_supplied") for value in subject.__globals__.values())


@pytest.mark.parametrize("task", SIGNATURES)
def test_a_function_that_changes_its_arguments_is_told_so(student, task):
    arguments = _arguments(task)
    argument = arguments.split(", ")[0]
    body = f"{argument}[...] = {argument} + 1\nreturn original({arguments})"
    solution = student(task)
    subject = made(student, task, body)
    subject.__globals__["original"] = lambda first, *others: solution(first - 1, *others)
    verdict = CHECKS[task].verdict(subject)
    if argument == UPDATES.get(task):
        assert verdict.earned == 1
        assert any("in place" in note for note in verdict.notes)
    else:
        assert 0 < verdict.earned < 1 or verdict.labels, verdict
        assert f"changes {argument}" in verdict.problem


def test_state_left_over_from_a_first_call_is_noticed(student):
    cell = """
memory = {}

def softmax(z):
    if z.shape[0] not in memory:
        e = np.exp(z - z.max(axis=0))
        memory[z.shape[0]] = e / e.sum(axis=0)
    return memory[z.shape[0]]
"""
    assert CHECKS["softmax"].verdict(student("softmax", cell)).earned < 1


def test_the_notebooks_names_are_as_before(student):
    subject = student("output_after_step")
    before = dict(subject.__globals__)
    CHECKS["output_after_step"].verdict(subject)
    assert subject.__globals__ == before


@pytest.mark.parametrize("task", SIGNATURES)
def test_code_in_single_precision_is_right(student, task):
    subject = student(task)
    single = made(student, task, f"return original({_arguments(task)})")
    single.__globals__["original"] = lambda *given: np.asarray(subject(*given), dtype=np.float32)
    verdict = CHECKS[task].verdict(single)
    assert verdict.earned == 1, verdict


def test_the_hints_come_one_after_the_other(capsys):
    exercise.hint("updated_w1")
    exercise.hint("updated_w1")
    exercise.hint("updated_w1")
    printed = capsys.readouterr().out
    assert "hint 3 of 3" in printed
    assert "Equations (17), (18) and (19)" in printed
    exercise.hint("backward")
    assert 'hint("softmax")' in capsys.readouterr().out
