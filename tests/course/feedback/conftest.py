"""Classes whose feedback is looked at: one of a course from elsewhere, with hidden tests, and one of exercise 05."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Once
from tests.course.feedback.nosy import NOSY, SCRIPTS
from tests.course.grading import foreign_course, own_courses
from tests.course.grading.classrooms import Classroom
from tests.course.grading.foreign_course import ASSIGNMENT, ForeignCourse
from tests.course.grading.foreign_notebooks import CLASS

FLAGSHIP = "05_neural_network"
NAMES = ("ada", "ben", "eve", "gus")
"""Of the foreign class: all right, a wrong answer, late, and one with a notebook missing and an endless recursion."""


@pytest.fixture(scope="session")
def graded_foreign(once: Once) -> ForeignCourse:
    """The foreign course, graded by `course autograde` and partly marked by hand; to be copied."""

    def made(folder: Path) -> ForeignCourse:
        course = foreign_course.build(folder / "course")
        for name in NAMES:
            course.hand_in(name, CLASS[name])
        course.hand_in("nosy", NOSY)
        course.hand_in("scripts", SCRIPTS)
        course.grade(ASSIGNMENT)
        with course.gradebook() as gradebook:
            grade = gradebook.find_grade("spectrum", "waves", ASSIGNMENT, "ada")
            grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 1.5, 0.25, False
            comment = "Neat – go on. <script>document.title = 'comment'</script>"
            gradebook.find_comment("spectrum", "waves", ASSIGNMENT, "ada").manual_comment = comment
            gradebook.db.commit()
        return course

    course: ForeignCourse = once("graded-foreign", made)
    return course


@pytest.fixture(scope="session")
def graded_flagship(once: Once) -> Classroom:
    """A right, a wrong and an untouched submission of exercise 05, graded; to be copied."""

    def made(folder: Path) -> Classroom:
        course = own_courses.build(folder / "course", (FLAGSHIP,))
        course.grade(FLAGSHIP)
        return course

    course: Classroom = once("graded-flagship", made)
    return course


@pytest.fixture
def foreign(graded_foreign: ForeignCourse, tmp_path: Path) -> ForeignCourse:
    """A copy of the foreign course for one test."""
    return graded_foreign.copy(tmp_path / "foreign")


@pytest.fixture
def flagship(graded_flagship: Classroom, tmp_path: Path) -> Classroom:
    """A copy of exercise 05's class for one test."""
    return graded_flagship.copy(tmp_path / "flagship")


@pytest.fixture(scope="session")
def _flagship_with_pages(graded_flagship: Classroom, once: Once) -> Classroom:
    from course.feedback import feedback

    def made(folder: Path) -> Classroom:
        course = graded_flagship.copy(folder / "course")
        given = feedback(FLAGSHIP, course_dir=course.root)
        assert {row.state for row in given.rows} == {"made"}
        assert given.status == 0
        return course

    course: Classroom = once("flagship-with-pages", made)
    return course


@pytest.fixture
def with_pages(_flagship_with_pages: Classroom, tmp_path: Path) -> Classroom:
    """A copy of exercise 05's class, which has its feedback, for one test."""
    return _flagship_with_pages.copy(tmp_path / "with-pages")


@pytest.fixture(scope="session")
def nbgraders_pages(graded_foreign: ForeignCourse, once: Once) -> ForeignCourse:
    """The foreign course with the feedback that nbgrader itself makes of it; to be copied."""

    def made(folder: Path) -> ForeignCourse:
        course = graded_foreign.copy(folder / "course")
        course.run("nbgrader", "generate_feedback", ASSIGNMENT)
        return course

    course: ForeignCourse = once("nbgraders-pages", made)
    return course


Read = Callable[[str, str], str]


@pytest.fixture(scope="session")
def foreign_folder(graded_foreign: ForeignCourse, once: Once) -> Path:
    """Return the folder of the foreign class's feedback."""
    from course.feedback import feedback

    def made(folder: Path) -> Path:
        course = graded_foreign.copy(folder / "course")
        assert feedback(ASSIGNMENT, course_dir=course.root).status == 0
        return course.root / "feedback"

    pages: Path = once("foreign-pages", made)
    return pages


@pytest.fixture(scope="session")
def foreign_pages(foreign_folder: Path) -> Read:
    """Return the feedback of the foreign class, by student and file."""
    return lambda student, name: (foreign_folder / student / ASSIGNMENT / name).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def flagship_pages(_flagship_with_pages: Classroom) -> Read:
    """Return the feedback of exercise 05's class, by student and file's ending."""
    folder = _flagship_with_pages.root / "feedback"
    return lambda student, ending: (folder / student / FLAGSHIP / f"{FLAGSHIP}.{ending}").read_text(encoding="utf-8")
