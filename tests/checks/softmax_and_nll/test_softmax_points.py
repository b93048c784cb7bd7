"""The points of exercise 02."""

import pytest

from checks.softmax_and_nll import CHECKS
from checks.softmax_and_nll.examples import MISTAKES
from course.student_code import code_cells

POINTS = dict(zip(CHECKS, (5, 5, 5, 7.5, 7.5, 7.5, 5, 7.5, 5, 10, 10, 10, 10, 5), strict=True))


def test_the_points_are_those_of_the_table(source):
    assert sum(POINTS.values()) == 100
    for task, points in POINTS.items():
        cell = next(cell for cell in code_cells(source) if cell.name == f"check_{task}")
        assert cell.source.strip().endswith(f"check_{task}({task}, points={points})")


@pytest.mark.parametrize(
    ("task", "name", "earned"),
    [("sigmoid", "overflow", 3.33), ("softmax", "not-stabilised", 5.0), ("nllm", "zero-times-log-zero", 5.0)],
)
def test_what_is_right_for_moderate_numbers_earns_two_thirds(student, capsys, task, name, earned):
    assert CHECKS[task](student(task, MISTAKES[task][name]), points=POINTS[task]) == earned
