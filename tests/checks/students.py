"""Students' cells, typed as students type them, run through the real checks: the same promises for every exercise."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib import import_module
from typing import Any, ClassVar

import pytest

from checks.explaining.hints import hints_for
from checks.judging.verdict import State
from course import student_code
from tests.checks.conftest import exercise_of

SEEDS = int(os.environ.get("SEEDS", "2"))


class Students:
    """Derive `TestStudents` from it in an exercise's folder.

    `true_names` are the labels of cells that were written as nameless and for which a name has been found to be true.
    """

    true_names: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    @pytest.fixture
    def exercise(self, request: pytest.FixtureRequest) -> Any:
        return exercise_of(request.path)

    def test_a_right_solution_passes_in_any_style(self, exercise, student, right_cell):
        task, name = right_cell
        subject = student(task, exercise.right[task][name])
        for seed in range(SEEDS):
            verdict = exercise.checks[task].verdict(subject, seed)
            assert verdict.state is State.RIGHT, verdict
            assert verdict.earned == 1

    def test_a_mistake_gets_its_own_name(self, exercise, student, mistakes_cell):
        task, name = mistakes_cell
        subject = student(task, exercise.mistakes[task][name])
        for seed in range(SEEDS):
            verdict = exercise.checks[task].verdict(subject, seed)
            assert verdict.labels == (name.partition("/")[0],), verdict
            assert verdict.earned < 1

    def test_a_mistake_without_a_name_is_rejected_and_not_guessed_at(self, exercise, student, unnamed_cell):
        task, name = unnamed_cell
        verdict = exercise.checks[task].verdict(student(task, exercise.unnamed[task][name]))
        assert verdict.state is State.WRONG
        assert verdict.earned < 1
        if verdict.cause is not None:
            assert verdict.labels == self.true_names.get(name), verdict.cause

    def test_every_registered_mistake_has_been_typed_and_five_others_too(self, exercise, every_task):
        typed = {name.partition("/")[0] for name in exercise.mistakes[every_task]}
        assert {m.label for m in exercise.checks[every_task].task().misconceptions} == typed
        assert len(exercise.unnamed[every_task]) >= 5
        assert len(exercise.right[every_task]) >= 2

    def test_every_task_and_every_mistake_has_three_hints(self, exercise, every_task):
        task = exercise.checks[every_task].task()
        assert all(task.hints)
        assert len(set(hints_for(task, None))) == 3
        for mistake in task.misconceptions:
            assert all((mistake.look, mistake.think, mistake.says))

    def test_the_stub_is_not_attempted(self, exercise, every_task):
        stub = exercise.student(every_task, exercise.stubs[every_task])
        verdict = exercise.checks[every_task].verdict(stub)
        assert verdict.state is State.NOT_ATTEMPTED
        assert verdict.earned == 0

    def test_the_solution_earns_its_points_as_a_plain_float(self, exercise, source, notebook, every_task, capsys):
        subject = student_code.subject(source, every_task, notebook)
        earned = exercise.checks[every_task](subject, points=7.5)
        assert type(earned) is float
        assert earned == 7.5

    def test_the_demo_class_hands_in_cells_that_exist(self, exercise):
        handed_in = import_module(f"{exercise.module.__name__}.examples").DEMO_CLASS
        assert len(handed_in) >= 5
        for choices in handed_in.values():
            for task, (kind, name) in choices.items():
                assert name in {"right": exercise.right, "mistake": exercise.mistakes}[kind][task]
