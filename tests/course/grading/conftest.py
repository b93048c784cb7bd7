"""What the tests of grading share: a course from elsewhere whose class has handed in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.course.grading import foreign_course, plain_course
from tests.course.grading.foreign_course import ForeignCourse
from tests.course.grading.plain_course import Grade, PlainCourse


@pytest.fixture(scope="session")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> ForeignCourse:
    """The foreign course before any grading; to be copied, not graded."""
    course = foreign_course.build(tmp_path_factory.mktemp("foreign") / "course")
    course.hand_in_class()
    return course


@pytest.fixture(scope="session")
def grade() -> Iterator[Grade]:
    """Return a function that runs the command in this process, with workers that are there for all the tests."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None) as workers:
        yield lambda course, *options: course.autograde_here("--scheduler", workers.scheduler_address, *options)


@pytest.fixture(scope="session")
def plain_released(tmp_path_factory: pytest.TempPathFactory) -> PlainCourse:
    """The plain course before anybody has handed in; to be copied."""
    return plain_course.make(tmp_path_factory.mktemp("plain") / "course")
