"""Students' cells of exercise 03."""

from checks.chain_rule.examples import RIGHT
from tests.checks.students import Students


class TestStudents(Students):
    """The promises that every exercise makes."""


def test_the_heart_of_the_exercise_accepts_many_styles():
    assert len(RIGHT["backpropagation"]) >= 8
    assert len(RIGHT["backpropagation_batch"]) >= 8
