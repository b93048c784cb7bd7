"""The seed decides nothing: a cell earns on fresh cases what it earns on those that students see."""

from itertools import cycle, islice
from pathlib import Path

import pytest

from course.audit.exercise import Exercise

SEEDS = range(1, 51)
EXERCISES = [Exercise(path) for path in sorted(Path("source_notebooks").glob("0[1-5]_*.py"))]
TASKS = [(exercise, task) for exercise in EXERCISES for task in exercise.checks]


def _cells(exercise: Exercise, task: str) -> list[str]:
    """Return a dozen cells at most, right and wrong ones, among which the seeds are dealt out."""
    right, wrong = exercise.right.get(task, {}), exercise.mistakes.get(task, {})
    return [exercise.solution(task), exercise.stubs[task], *islice(right.values(), 3), *islice(wrong.values(), 7)]


@pytest.mark.parametrize(("exercise", "task"), TASKS, ids=[f"{one.name}-{task}" for one, task in TASKS])
def test_a_cell_earns_the_same_on_every_seed(exercise: Exercise, task: str) -> None:
    check, cells = exercise.checks[task], _cells(exercise, task)
    usual = [check.verdict(exercise.student(task, cell)) for cell in cells]
    for seed, (cell, expected) in zip(SEEDS, cycle(zip(cells, usual, strict=True)), strict=False):
        got = check.verdict(exercise.student(task, cell), seed)
        assert (got.state, got.earned) == (expected.state, expected.earned), (seed, cell)
