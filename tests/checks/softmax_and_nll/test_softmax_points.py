"""The points of exercise 02."""

import pytest

from checks.softmax_and_nll import CHECKS
from checks.softmax_and_nll.contents import CONTENTS
from tests.conftest import exercise_named

MISTAKES = exercise_named("softmax_and_nll").mistakes


def test_all_points_are_a_hundred():
    assert sum(item.points for item in CONTENTS.tasks.values()) + CONTENTS.written == 100


@pytest.mark.parametrize(
    ("task", "name", "earned"),
    [("sigmoid", "overflow", 3.33), ("softmax", "not-stabilised", 5.0), ("nllm", "zero-times-log-zero", 5.0)],
)
def test_what_is_right_for_moderate_numbers_earns_two_thirds(student, capsys, task, name, earned):
    assert CHECKS[task](student(task, MISTAKES[task][name]), points=CONTENTS.tasks[task].points) == earned
