"""A busy machine changes no verdict: a sample here, everything in tests/benchmarks/busy_audit.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.audit.exercise import Exercise
from tests.busy_machine import a_busy_machine

SOURCES = Path(__file__).parents[2] / "source_notebooks"
EVERY = 4
"""One task of so many is tried."""


@pytest.mark.parametrize("name", ["03_chain_rule", "04_layers_and_losses", "05_neural_network"])
def test_it_is_what_it_is_on_an_idle_machine(name):
    exercise = Exercise(SOURCES / f"{name}.py")
    tasks = {"train", *list(exercise.checks)[::EVERY]} & set(exercise.checks)
    with a_busy_machine():
        for task in tasks:
            check = exercise.checks[task]
            assert check.verdict(exercise.student(task, exercise.solution(task))).earned == 1, task
            label, cell = list(exercise.mistakes[task].items())[-1]
            assert check.verdict(exercise.student(task, cell)).labels == (label.partition("/")[0],), task
