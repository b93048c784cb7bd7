"""Students' cells, typed as students type them, run through the real checks."""

import os
import time

import pytest

from checks.judging.verdict import State
from checks.softmax_and_nll import CHECKS
from checks.softmax_and_nll.examples import DEMO_CLASS, MISTAKES, RIGHT, UNNAMED
from course.student_code import code_cells

SEEDS = int(os.environ.get("SEEDS", "2"))
POINTS = dict(zip(CHECKS, (5, 5, 5, 7.5, 7.5, 7.5, 5, 7.5, 5, 10, 10, 10, 10, 5), strict=True))

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
    assert len(UNNAMED[task]) >= 5


@pytest.mark.parametrize("task", CHECKS)
def test_the_solution_passes_and_the_stub_is_not_attempted(student, source, task):
    assert CHECKS[task].verdict(student(task)).earned == 1
    solution = next(cell.source for cell in code_cells(source) if cell.name == task)
    head, _, rest = solution.partition("### BEGIN SOLUTION")
    stub = head.rstrip(" ") + "    raise NotImplementedError()" + rest.partition("### END SOLUTION")[2]
    verdict = CHECKS[task].verdict(student(task, stub))
    assert verdict.state is State.NOT_ATTEMPTED
    assert verdict.earned == 0


def test_the_points_are_those_of_the_table(source):
    assert sum(POINTS.values()) == 100
    for task, points in POINTS.items():
        cell = next(cell for cell in code_cells(source) if cell.name == f"check_{task}")
        assert cell.source.strip().endswith(f"check_{task}({task}, points={points})")


@pytest.mark.parametrize("task", CHECKS)
def test_points_are_plain_floats(student, capsys, task):
    earned = CHECKS[task](student(task), points=7.5)
    assert type(earned) is float
    assert earned == 7.5


@pytest.mark.parametrize(
    ("task", "name", "earned"),
    [("sigmoid", "overflow", 3.33), ("softmax", "not-stabilised", 5.0), ("nllm", "zero-times-log-zero", 5.0)],
)
def test_what_is_right_for_moderate_numbers_earns_two_thirds(student, capsys, task, name, earned):
    assert CHECKS[task](student(task, MISTAKES[task][name]), points=POINTS[task]) == earned


@pytest.mark.parametrize("task", CHECKS)
def test_a_right_answer_is_checked_in_50_ms(student, task):
    subject = student(task)
    CHECKS[task].verdict(subject)
    taken = []
    for _ in range(5):
        started = time.process_time()  # of this process alone: other ones may be busy as well
        CHECKS[task].verdict(subject)
        taken.append(time.process_time() - started)
    assert min(taken) < 0.05


def test_the_demo_class_hands_in_cells_that_exist():
    assert len(DEMO_CLASS) == 8
    for choices in DEMO_CLASS.values():
        for task, (kind, name) in choices.items():
            assert name in {"right": RIGHT, "mistake": MISTAKES}[kind][task]


@pytest.mark.parametrize("task", CHECKS)
def test_every_task_and_every_mistake_has_three_hints(task):
    from checks.explaining.hints import hints_for
    from checks.judging.reference import answer_with

    known = CHECKS[task].task()
    assert all(known.hints)
    for mistake in known.misconceptions:
        assert all((mistake.look, mistake.think, mistake.equation))
        assert mistake.override.step in known.reference.formulas
        assert mistake.says[0] not in " ."
    assert len(hints_for(known, None)) == 3
    assert answer_with(known.reference, (), CHECKS[task].cases(0)[0]) is not None
