"""Students' cells, typed as students type them, run through the real checks."""

import os

import pytest

from checks.judging.verdict import State
from checks.layers_and_losses import CHECKS
from checks.layers_and_losses.examples import DEMO_CLASS, MISTAKES, RIGHT, UNNAMED

SEEDS = int(os.environ.get("SEEDS", "1"))


def listed(examples):
    return [(task, name) for task in examples for name in examples[task]]


@pytest.mark.parametrize(("task", "name"), listed(RIGHT))
def test_a_right_solution_passes_in_any_style(student, task, name):
    subject = student(task, RIGHT[task][name])
    for seed in range(SEEDS + 1):
        verdict = CHECKS[task].verdict(subject, seed)
        assert verdict.state is State.RIGHT, verdict
        assert verdict.earned == 1


@pytest.mark.parametrize(("task", "name"), listed(MISTAKES))
def test_a_mistake_gets_its_own_name(student, task, name):
    subject = student(task, MISTAKES[task][name])
    for seed in range(SEEDS):
        verdict = CHECKS[task].verdict(subject, seed)
        assert verdict.labels == (name.partition("/")[0],), verdict
        assert verdict.earned < 1


@pytest.mark.parametrize(("task", "name"), listed(UNNAMED))
def test_a_mistake_without_a_name_is_rejected_and_not_guessed_at(student, task, name):
    verdict = CHECKS[task].verdict(student(task, UNNAMED[task][name]))
    assert verdict.state is State.WRONG
    assert verdict.earned < 1
    assert verdict.cause is None, verdict.cause


@pytest.mark.parametrize("task", CHECKS)
def test_every_registered_mistake_has_been_typed_by_a_student(task):
    typed = {name.partition("/")[0] for name in MISTAKES[task]}
    assert {m.label for m in CHECKS[task].task().misconceptions} == typed
    assert len(UNNAMED[task]) >= 5


def test_the_demo_class_hands_in_what_exists():
    assert len(DEMO_CLASS) == 8
    for student, tasks in DEMO_CLASS.items():
        for task, (kind, name) in tasks.items():
            assert name in (RIGHT if kind == "right" else MISTAKES)[task], (student, task)


@pytest.mark.parametrize("task", CHECKS)
def test_the_solution_passes_and_the_stub_is_not_attempted(source, task):
    from course.student_code import code_cells, namespace, student, subject

    assert CHECKS[task].verdict(subject(source, task, namespace(source))).earned == 1
    solution = next(cell.source for cell in code_cells(source) if cell.name == task)
    verdict = CHECKS[task].verdict(student(source, task, stub(solution)))
    assert verdict.state is State.NOT_ATTEMPTED
    assert verdict.earned == 0


def stub(cell: str) -> str:
    kept, inside = [], False
    for line in cell.splitlines():
        if "BEGIN SOLUTION" in line:
            kept.append(line.partition("#")[0] + "raise NotImplementedError()")
            inside = True
        elif "END SOLUTION" in line:
            inside = False
        elif not inside:
            kept.append(line)
    return "\n".join(kept)


def test_the_points_are_those_of_the_exercise(source):
    import jupytext

    settings = [cell.metadata.get("nbgrader", {}) for cell in jupytext.read(source).cells]
    assert sum(s.get("points", 0) for s in settings) == 30
    assert [s["grade_id"] for s in settings if s.get("grade")] == [f"check_{task}" for task in CHECKS]


def test_every_task_has_three_hints_and_every_formula_it_names():
    for check in CHECKS.values():
        task = check.task()
        assert len(task.hints) == 3
        for mistake in task.misconceptions:
            assert mistake.look
            assert mistake.think
