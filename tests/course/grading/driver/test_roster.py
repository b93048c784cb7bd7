"""Who of the gradebook's students has handed in nothing is said, with the folder or file that may be meant."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from course.grading.driver import roster
from course.grading.driver.opening import open_course, open_gradebook, submitted
from course.grading.driver.roster import Missing, Roster, who_is_missing
from course.grading.driver.settings import quiet_log, read_config
from tests.course.grading.plain_course import NAME, Grade, PlainCourse

ROSTER = {"ada": "Ada", "ben": "Ben", "cyd": "Cyd", "dora": "Dora", "student-07": ""}


@pytest.fixture(scope="module")
def enrolled(plain_released: PlainCourse, tmp_path_factory: pytest.TempPathFactory) -> PlainCourse:
    """The course with a roster, of whom Ada has handed in."""
    from nbgrader.api import Gradebook

    course = plain_released.copy(tmp_path_factory.mktemp("roster") / "course")
    with Gradebook(course.url, "plain") as gradebook:
        for student, first in ROSTER.items():
            gradebook.add_student(student, first_name=first or None)
        gradebook.add_assignment("essays")
    course.hand_in("ada", course.solved())
    return course


@pytest.fixture
def course(enrolled: PlainCourse, tmp_path: Path) -> PlainCourse:
    return enrolled.copy(tmp_path / "course")


def _missing(course: PlainCourse) -> Mapping[str, Missing]:
    directory = open_course(course.root, read_config(course.root), quiet_log())
    directory.assignment_id = NAME
    gradebook = open_gradebook(directory)
    try:
        found = Roster(directory, gradebook, NAME).missing(submitted(directory, ()))
    finally:
        gradebook.close_all()
    return {one.student: one for one in found}


def test_who_handed_in_nothing_at_all_is_named_and_nobody_else(course: PlainCourse) -> None:
    assert _missing(course) == {student: Missing(student) for student in ROSTER if student != "ada"}


def test_an_empty_folder_is_said(course: PlainCourse) -> None:
    course.submission("ben").parent.mkdir()
    assert "submitted/ben" in _missing(course)["ben"].there
    assert "empty" in _missing(course)["ben"].there


@pytest.mark.parametrize("named", ["Functions", "function", "functions-1", "functions (1)"])
def test_a_misspelt_assignment_is_likely(named: str, course: PlainCourse) -> None:
    course.hand_in("ben", course.solved()).rename(course.submission("ben").with_name(named))
    assert _missing(course)["ben"].likely == f"submitted/ben/{named}"


def test_another_assignment_is_not_and_what_is_like_nothing_is_only_said_to_be_there(course: PlainCourse) -> None:
    course.submission("ben").with_name("essays").mkdir(parents=True)
    course.submission("cyd").with_name("photographs").mkdir(parents=True)
    found = _missing(course)
    assert found["ben"] == Missing("ben")
    assert found["cyd"].likely == ""
    assert "photographs" in found["cyd"].there


@pytest.mark.parametrize("named", ["Dora", "dorra", "dora_"])
def test_a_misspelt_student_is_likely_also_when_nbgrader_has_added_them(
    named: str, course: PlainCourse, grade: Grade
) -> None:
    course.hand_in(named, course.solved())
    assert _missing(course)["dora"].likely == f"submitted/{named}/{NAME}"
    assert _missing(course)["ben"] == Missing("ben")
    if named == "dorra":
        assert grade(course).status == 0
        assert _missing(course)["dora"].likely == f"submitted/{named}/{NAME}"


def test_somebody_on_the_roster_is_no_misspelling_of_another(course: PlainCourse) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(course.url, "plain") as gradebook:
        gradebook.add_student("student-08")
    course.hand_in("student-08", course.solved())
    assert _missing(course)["student-07"] == Missing("student-07")


def test_where_everybody_is_called_otherwise_nobody_is_compared(
    course: PlainCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where folders have other ids than the gradebook: comparing would take time by the square of the class."""
    compared: list[str] = []
    monkeypatch.setattr(roster, "MOST_PAIRS", 11)
    monkeypatch.setattr(roster, "likeness", lambda one, other: float(bool(compared.append(one))))
    for folder in ("ben_", "cyd_"):
        course.submission(folder).mkdir(parents=True)
    _missing(course)
    assert len(compared) == 8, "four who are missing with two who are unknown"
    course.submission("dora_").mkdir(parents=True)
    compared.clear()
    _missing(course)
    assert compared == []


def test_summary_and_json_say_who_is_missing_and_the_exit_status_does_not(course: PlainCourse, grade: Grade) -> None:
    course.hand_in("ben", course.solved()).rename(course.submission("ben").with_name("Functions"))
    ran = grade(course)
    assert ran.status == 0, ran.stderr
    missing = ran.report["missing"]
    assert [one["student"] for one in missing] == ["ben", "cyd", "dora", "student-07"]
    assert missing[0]["likely"] == "submitted/ben/Functions"
    assert grade(course, "--student", "ada").report["missing"] == [], "the others were not asked for"
    first, second = who_is_missing([Missing(**one) for one in missing])
    assert "submitted/ben/Functions" in first
    assert "cyd, dora, student-07" in second


def test_a_row_says_what_is_there_in_the_place_of_the_notebook(course: PlainCourse, grade: Grade) -> None:
    (course.hand_in("ada", course.solved()) / f"{NAME}.ipynb").rename(course.submission("ada") / "Functions v2.ipynb")
    course.submission("ben").mkdir(parents=True)
    rows = grade(course).rows
    assert "Functions v2.ipynb" in rows["ada"]["reasons"][0]
    assert "empty" in rows["ben"]["reasons"][0]


def test_where_all_have_named_their_folders_otherwise_that_is_said(course: PlainCourse, grade: Grade) -> None:
    course.submission("ada").rename(course.submission("ada").with_name("Function"))
    ran = grade(course)
    assert ran.status == 2
    assert 'did you mean "Function"?' in ran.stderr


def test_a_course_without_a_roster_misses_nobody(plain_released: PlainCourse, tmp_path: Path) -> None:
    course = plain_released.copy(tmp_path / "course")
    course.hand_in("ada", course.solved())
    assert _missing(course) == {}
    shutil.rmtree(course.root)
