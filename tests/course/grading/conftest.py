"""What the tests of grading share: a course from elsewhere whose class has handed in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from course.grading.driver import autograde
from tests.course.grading import foreign_course, own_courses, plain_course
from tests.course.grading.classrooms import Classroom
from tests.course.grading.foreign_course import ForeignCourse
from tests.course.grading.plain_course import Grade, PlainCourse


@pytest.fixture(scope="session")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> ForeignCourse:
    """The foreign course before any grading; to be copied, not graded."""
    course = foreign_course.build(tmp_path_factory.mktemp("foreign") / "course")
    course.hand_in_class()
    return course


@pytest.fixture(scope="session")
def scheduler() -> Iterator[str]:
    """The address of workers that are there for all the tests."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None) as workers:
        yield workers.scheduler_address


@pytest.fixture(scope="session")
def grade(scheduler: str) -> Grade:
    """Return a function that runs the command in this process with these workers."""
    return lambda course, *options: course.autograde_here("--scheduler", scheduler, *options)


@pytest.fixture(scope="session")
def plain_released(tmp_path_factory: pytest.TempPathFactory) -> PlainCourse:
    """The plain course before anybody has handed in; to be copied."""
    return plain_course.make(tmp_path_factory.mktemp("plain") / "course")


@pytest.fixture(scope="session")
def by_hand_graded(scheduler: str, tmp_path_factory: pytest.TempPathFactory) -> Classroom:
    """Exercise 01 with two students, graded: one who makes mistakes, and one who has done nothing; to be copied."""
    course = own_courses.build(tmp_path_factory.mktemp("by-hand") / "course", ("01_by_hand",), own_courses.ANYBODY[1:])
    autograde("01_by_hand", course_dir=course.root, scheduler=scheduler)
    return course
