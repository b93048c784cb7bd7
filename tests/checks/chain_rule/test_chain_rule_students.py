"""Students' cells, typed as students type them, run through the real checks."""

import os

import pytest

from checks.chain_rule import CHECKS
from checks.chain_rule.examples import DEMO_CLASS, MISTAKES, RIGHT, UNNAMED
from checks.judging.verdict import State

SEEDS = int(os.environ.get("SEEDS", "2"))


def pairs(examples):
    return [(task, name) for task in examples for name in examples[task]]


@pytest.mark.parametrize(("task", "name"), pairs(RIGHT))
def test_a_right_solution_passes_in_any_style(student, task, name):
    subject = student(task, RIGHT[task][name])
    for seed in range(SEEDS):
        verdict = CHECKS[task].verdict(subject, seed)
        assert verdict.state is State.RIGHT, verdict


@pytest.mark.parametrize(("task", "name"), pairs(MISTAKES))
def test_a_mistake_gets_its_own_name(student, task, name):
    subject = student(task, MISTAKES[task][name])
    for seed in range(SEEDS):
        verdict = CHECKS[task].verdict(subject, seed)
        assert verdict.labels == (name.partition("/")[0],), verdict
        assert verdict.earned < 1


@pytest.mark.parametrize(("task", "name"), pairs(UNNAMED))
def test_a_mistake_without_a_name_is_rejected_and_not_guessed_at(student, task, name):
    verdict = CHECKS[task].verdict(student(task, UNNAMED[task][name]))
    assert verdict.state is State.WRONG
    assert verdict.earned < 1
    assert verdict.cause is None, verdict.cause


@pytest.mark.parametrize("task", CHECKS)
def test_every_registered_mistake_has_been_typed_and_enough_others_too(task):
    typed = {name.partition("/")[0] for name in MISTAKES[task]}
    assert {m.label for m in CHECKS[task].task().misconceptions} == typed
    assert len(UNNAMED[task]) >= 5
    assert len(RIGHT[task]) >= 5


def test_the_heart_of_the_exercise_accepts_many_styles():
    assert len(RIGHT["backpropagation"]) >= 8
    assert len(RIGHT["backpropagation_batch"]) >= 8


def test_the_demo_class_hands_in_examples_that_exist():
    assert len(DEMO_CLASS) == 8
    for choices in DEMO_CLASS.values():
        for task, (kind, name) in choices.items():
            assert name in {"right": RIGHT, "mistake": MISTAKES}[kind][task]


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
