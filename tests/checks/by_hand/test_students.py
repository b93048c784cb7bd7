"""Students' cells, typed as students type them, run through the real checks."""

import contextlib
import os

import pytest

from checks.by_hand import CHECKS
from checks.by_hand.examples import MISTAKES, RIGHT, UNNAMED
from checks.judging.verdict import State
from course.student_code import code_cells
from course.student_code import subject as given_to_check

SEEDS = int(os.environ.get("SEEDS", "2"))

right = [(task, name) for task in RIGHT for name in RIGHT[task]]
mistakes = [(task, name) for task in MISTAKES for name in MISTAKES[task]]
unnamed = [(task, name) for task in UNNAMED for name in UNNAMED[task]]


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
    assert verdict.cause is None, verdict.cause


@pytest.mark.parametrize("task", CHECKS)
def test_every_registered_mistake_has_been_typed_by_a_student(task):
    typed = {name.partition("/")[0] for name in MISTAKES[task]}
    assert {m.label for m in CHECKS[task].task().misconceptions} == typed


@pytest.mark.parametrize("task", CHECKS)
def test_every_task_has_examples_hints_and_five_mistakes_without_a_name(task):
    assert len(RIGHT[task]) >= 2
    assert len(UNNAMED[task]) >= 5
    assert len(set(CHECKS[task].task().hints)) == 3


@pytest.mark.parametrize("task", CHECKS)
def test_the_solution_passes_and_the_stub_is_not_attempted(source, solved, task):
    assert CHECKS[task].verdict(given_to_check(source, task, solved)).earned == 1
    solution = next(cell.source for cell in code_cells(source) if cell.name == task)
    head, _, rest = solution.partition("### BEGIN SOLUTION")
    raising = head + "raise NotImplementedError()" + rest.partition("### END SOLUTION")[2]
    names = dict(solved)
    with contextlib.suppress(NotImplementedError):  # as in a notebook, the next cell runs all the same
        exec(raising, names)
    verdict = CHECKS[task].verdict(given_to_check(source, task, names))
    assert verdict.state is State.NOT_ATTEMPTED
    assert verdict.earned == 0
