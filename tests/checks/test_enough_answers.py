"""What the audit plays is there: for every task right styles, each of its mistakes, others, and a class of students.

That all of them are judged as they should be is the audit's to say: `course audit`, a part of `make test`.
"""

import pytest

from course.audit.exercise import Exercise
from tests.conftest import ROOT

EXERCISES = [Exercise(path) for path in sorted((ROOT / "source_notebooks").glob("0[1-6]_*.py"))]

pytestmark = pytest.mark.parametrize("exercise", EXERCISES, ids=[one.name for one in EXERCISES])


def test_every_task_is_written_right_in_several_styles_and_wrong_in_ways_that_have_no_name(exercise: Exercise) -> None:
    for task in exercise.checks:
        assert len(exercise.right[task]) >= 2, task
        assert len(exercise.unnamed[task]) >= 5, task


def test_no_two_mistakes_have_one_label(exercise: Exercise) -> None:
    for task, check in exercise.checks.items():
        labels = [mistake.label for mistake in check.task().misconceptions]
        assert len(labels) == len(set(labels)), task


def test_every_mistake_says_where_to_look_what_to_think_of_and_what_it_is(exercise: Exercise) -> None:
    for check in exercise.checks.values():
        for mistake in check.task().misconceptions:
            assert all((mistake.look, mistake.think, mistake.says)), mistake.label


def test_every_file_of_answers_is_about_a_task(exercise: Exercise) -> None:
    assert set(exercise.answers.by_task) == set(exercise.checks)


def test_the_demo_class_hands_in_cells_that_exist(exercise: Exercise) -> None:
    handed_in = exercise.answers.students()
    assert len(handed_in) >= 5
    for choices in handed_in.values():
        for task, (kind, name) in choices.items():
            assert name in {"right": exercise.right, "mistake": exercise.mistakes}[kind][task]
