"""Where the kernel forbids every border, nothing is graded unless `--no-sandbox` says that the code is trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.course.grading import plain_course
from tests.course.grading.plain_course import FULL, PlainCourse
from tests.course.grading.sandbox.no_borders import WITHOUT_BORDERS


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> PlainCourse:
    course = plain_course.make(tmp_path_factory.mktemp("no-sandbox") / "course")
    course.hand_in("ada", course.solved())
    return course


def test_nothing_is_graded_where_no_sandbox_holds(course: PlainCourse, tmp_path: Path) -> None:
    course = course.copy(tmp_path / "course")
    ran = course.autograde(before=WITHOUT_BORDERS)
    assert ran.status == 2, ran.stdout
    [sentence] = ran.stderr.strip().splitlines()
    assert "the sandbox does not hold on this system" in sentence
    assert "namespaces: " in sentence
    assert "landlock: " in sentence
    assert "--no-sandbox" in sentence
    assert not (course.root / "autograded").exists()


def test_who_trusts_the_code_grades_all_the_same_and_is_told(course: PlainCourse, tmp_path: Path) -> None:
    course = course.copy(tmp_path / "course")
    ran = course.autograde("--no-sandbox", before=WITHOUT_BORDERS)
    assert ran.status == 0, ran.stderr
    assert {student: row["score"] for student, row in ran.rows.items()} == {"ada": FULL}
    assert ran.report["sandbox"] == {"layers": [], "missing": {"all": "switched off by --no-sandbox"}}
