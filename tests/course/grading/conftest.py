"""What the tests of grading share: a course from elsewhere whose class has handed in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from course.grading.driver.autograding import autograde
from tests.conftest import Once
from tests.course.grading import foreign_course, own_courses, plain_course
from tests.course.grading.classrooms import Classroom
from tests.course.grading.foreign_course import ForeignCourse
from tests.course.grading.plain_course import Grade, PlainCourse


@pytest.fixture(scope="session")
def handed_in(once: Once) -> ForeignCourse:
    """The foreign course before any grading; to be copied, not graded."""

    def made(folder: Path) -> ForeignCourse:
        course = foreign_course.build(folder / "course")
        course.hand_in_class()
        return course

    course: ForeignCourse = once("foreign", made)
    return course


@pytest.fixture(scope="session")
def in_two_rounds(handed_in: ForeignCourse, once: Once) -> tuple[ForeignCourse, list[dict[str, list[Any]]]]:
    """The foreign course after `course autograde` has graded it twice, to be copied, and its gradebook after each."""

    def made(folder: Path) -> tuple[ForeignCourse, list[dict[str, list[Any]]]]:
        course = handed_in.copy(folder / "course")
        return course, course.in_two_rounds(lambda: course.grade(foreign_course.ASSIGNMENT))

    graded: tuple[ForeignCourse, list[dict[str, list[Any]]]] = once("in-two-rounds", made)
    return graded


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
def plain_released(once: Once) -> PlainCourse:
    """The plain course before anybody has handed in; to be copied."""
    course: PlainCourse = once("plain", lambda folder: plain_course.make(folder / "course"))
    return course


@pytest.fixture(scope="session")
def by_hand_graded(scheduler: str, once: Once) -> Classroom:
    """Exercise 01 with two students, graded: one who makes mistakes, and one who has done nothing; to be copied."""

    def made(folder: Path) -> Classroom:
        course = own_courses.build(folder / "course", ("01_by_hand",), own_courses.ANYBODY[1:])
        autograde("01_by_hand", course_dir=course.root, scheduler=scheduler)
        return course

    course: Classroom = once("by-hand", made)
    return course
