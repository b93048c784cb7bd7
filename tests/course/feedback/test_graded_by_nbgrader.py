"""Who was graded by stock nbgrader all the same is told apart: by the feedback, the report, and the next run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from course.feedback import Feedback, feedback
from course.kept_verdicts import verdicts_file
from course.report import Report, report
from tests.course.feedback.conftest import FLAGSHIP
from tests.course.grading.classrooms import STOCK, Classroom

pytestmark = pytest.mark.nbgrader

UNTOUCHED = "untouched"


@dataclass(frozen=True)
class Mixed:
    """Exercise 05's class, of which felix was graded again by stock nbgrader, and what is said about it then."""

    feedback: Feedback
    report: Report
    page: str
    run: Any


@pytest.fixture(scope="module")
def mixed(_flagship_with_pages: Classroom, tmp_path_factory: pytest.TempPathFactory) -> Mixed:
    course = _flagship_with_pages.copy(tmp_path_factory.mktemp("mixed") / "course")
    course.run("nbgrader", "autograde", FLAGSHIP, "--student=felix", "--force", STOCK)
    verdicts_file(course.root / "autograded" / UNTOUCHED / FLAGSHIP, FLAGSHIP).unlink()
    given = feedback(FLAGSHIP, course_dir=course.root)
    page = course.root / "feedback" / "felix" / FLAGSHIP / f"{FLAGSHIP}.html"
    told = report(FLAGSHIP, course_dir=course.root)
    return Mixed(given, told, page.read_text(encoding="utf-8"), course.grade(FLAGSHIP))


def test_feedback_says_so_and_gives_no_other_reason(mixed: Mixed) -> None:
    said = "\n".join(mixed.feedback.lines())
    assert "felix: `course autograde` has not graded it, but stock nbgrader" in said
    [felix] = [row for row in mixed.feedback.rows if row.student == "felix"]
    assert (felix.state, felix.unsummarised) == ("made", {})
    assert "Your tasks" not in mixed.page


def test_the_report_leaves_him_out_and_says_why(mixed: Mixed) -> None:
    reasons = {left_out.student: str(left_out) for left_out in mixed.report.left_out}
    assert reasons["felix"].startswith("`course autograde` has not graded it, but stock nbgrader")
    assert "it is missing" in reasons[UNTOUCHED], "his verdicts are gone, and nothing else"


def test_the_next_run_grades_him_again_and_says_why(mixed: Mixed) -> None:
    rows = {row["student"]: row for row in mixed.run["submissions"]}
    assert rows["felix"]["state"] == "graded"
    assert rows["felix"]["notes"] == [
        "graded again: `course autograde` has not graded it, but stock nbgrader or an earlier version"
    ]


def test_verdicts_that_are_gone_are_there_again(mixed: Mixed) -> None:
    rows = {row["student"]: row for row in mixed.run["submissions"]}
    assert rows[UNTOUCHED]["state"] == "graded"
    assert {row["state"] for student, row in rows.items() if student not in ("felix", UNTOUCHED)} == {"unchanged"}
