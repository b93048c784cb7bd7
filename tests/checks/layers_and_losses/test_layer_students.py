"""Students' cells of exercise 04."""

from tests.checks.students import Students


class TestStudents(Students):
    """The promises that every exercise makes."""
