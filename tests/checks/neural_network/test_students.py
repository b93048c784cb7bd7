"""Students' cells, typed as students type them, run through the real checks."""

import os

import pytest

from checks.judging.verdict import State
from checks.neural_network import CHECKS
from checks.neural_network.examples import MISTAKES, RIGHT, UNNAMED

SEEDS = int(os.environ.get("SEEDS", "2"))

right = [(task, name) for task in RIGHT for name in RIGHT[task]]
mistakes = [(task, name) for task in MISTAKES for name in MISTAKES[task]]
unnamed = [(task, name) for task in UNNAMED for name in UNNAMED[task]]

TRUE_NAMES = {
    "returned-not-stored": ("nothing-stored",),
    "stored-under-another-name": ("nothing-stored",),
    "copy-trained-original-returned": ("copy-trained",),
    "returned-in-the-first-epoch": ("one-epoch-only",),
}
"""Cells that were written as nameless and for which a name has been found to be true since."""


@pytest.mark.parametrize(("task", "name"), right)
def test_a_right_solution_passes_in_any_style(student, task, name):
    subject = student(task, RIGHT[task][name])
    for seed in range(SEEDS):
        verdict = CHECKS[task].verdict(subject, seed)
        assert verdict.state is State.RIGHT, verdict
        assert verdict.earned == 1


@pytest.mark.parametrize(("task", "name"), mistakes)
def test_a_mistake_gets_its_own_name(student, task, name):
    subject = student(task, MISTAKES[task][name])
    for seed in range(SEEDS):
        verdict = CHECKS[task].verdict(subject, seed)
        assert verdict.labels == (name.partition("/")[0],), verdict
        assert verdict.earned < 1


@pytest.mark.parametrize(("task", "name"), unnamed)
def test_a_mistake_without_a_name_is_rejected_and_not_guessed_at(student, task, name):
    verdict = CHECKS[task].verdict(student(task, UNNAMED[task][name]))
    assert verdict.state is State.WRONG
    assert verdict.earned < 1
    if verdict.cause is not None:
        assert verdict.labels == TRUE_NAMES.get(name), verdict.cause


@pytest.mark.parametrize("task", CHECKS)
def test_every_registered_mistake_has_been_typed_by_a_student(task):
    typed = {name.partition("/")[0] for name in MISTAKES[task]}
    assert {m.label for m in CHECKS[task].task().misconceptions} == typed


@pytest.mark.parametrize("task", CHECKS)
def test_the_solution_passes_and_the_stub_is_not_attempted(source, task):
    from course.student_code import code_cells, namespace, student, subject

    assert CHECKS[task].verdict(subject(source, task, namespace(source))).earned == 1
    solution = next(cell.source for cell in code_cells(source) if cell.name == task)
    head, _, rest = solution.partition("### BEGIN SOLUTION")
    stub = head.rstrip(" ") + "    raise NotImplementedError()" + rest.partition("### END SOLUTION")[2]
    verdict = CHECKS[task].verdict(student(source, task, stub))
    assert verdict.state is State.NOT_ATTEMPTED
    assert verdict.earned == 0
