"""The seed decides nothing: a cell earns on fresh cases what it earns on those that students see."""

from itertools import cycle, islice
from pathlib import Path

import pytest

from course.audit.exercise import Exercise

SEEDS = range(1, 51)
EXERCISES = [Exercise(path) for path in sorted(Path("source_notebooks").glob("0[1-6]_*.py"))]
TASKS = [(exercise, task) for exercise in EXERCISES for task in exercise.checks]


def _in_jax(task: str) -> bool:
    return task.startswith(("jax_", "flax_"))


def _cells(exercise: Exercise, task: str) -> list[str]:
    """Return a dozen cells at most, right and wrong ones, among which the seeds are dealt out.

    In JAX there are fewer, because each of them is compiled for a second; further seeds cost next to nothing.
    """
    most_right, most_wrong = (2, 3) if _in_jax(task) else (3, 7)
    right = islice(exercise.right.get(task, {}).values(), most_right)
    wrong = islice(exercise.mistakes.get(task, {}).values(), most_wrong)
    return [exercise.solution(task), exercise.stubs[task], *right, *wrong]


@pytest.mark.parametrize(("exercise", "task"), TASKS, ids=[f"{one.name}-{task}" for one, task in TASKS])
def test_a_cell_earns_the_same_on_every_seed(exercise: Exercise, task: str) -> None:
    if _in_jax(task):
        pytest.importorskip("flax.linen")
    check, cells = exercise.checks[task], _cells(exercise, task)
    subjects = [exercise.student(task, cell) for cell in cells]  # made once, for what is compiled
    usual = [check.verdict(subject) for subject in subjects]
    for seed, (cell, subject, expected) in zip(SEEDS, cycle(zip(cells, subjects, usual, strict=True)), strict=False):
        got = check.verdict(subject, seed)
        assert (got.state, got.earned) == (expected.state, expected.earned), (seed, cell)
