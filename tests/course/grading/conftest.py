"""What the tests of grading share: a course from elsewhere whose class has handed in."""

from __future__ import annotations

import pytest

from tests.course.grading import foreign_course
from tests.course.grading.foreign_course import ForeignCourse


@pytest.fixture(scope="session")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> ForeignCourse:
    """The foreign course before any grading; to be copied, not graded."""
    course = foreign_course.build(tmp_path_factory.mktemp("foreign") / "course")
    course.hand_in_class()
    return course
