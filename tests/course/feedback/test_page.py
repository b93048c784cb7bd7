"""What a student reads: the table of the tasks, the scores, the comments, on a page and in a text."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.course.feedback.conftest import FLAGSHIP, Read
from tests.course.grading.classrooms import Classroom
from tests.course.grading.foreign_course import ASSIGNMENT, ForeignCourse

pytestmark = pytest.mark.nbgrader

CAUSE = "Yours is what comes out when the bias gradient is averaged over the batch instead of summed. Equation (9)."


def rows(page: str) -> dict[str, list[str]]:
    """Return the summary's cells by task."""
    table = BeautifulSoup(page, "html.parser").select_one("table.feedback")
    assert table is not None
    lines = [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in table.select("tbody tr")
    ]
    return {line[0]: line[1:] for line in lines}


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_each_task_has_its_result_points_and_explanation(flagship_pages: Read) -> None:
    table = rows(flagship_pages("felix", "html"))
    assert list(table) == ["predictions", "forward", "get_loss", "backward", "apply_gradients", "train"]
    assert table["forward"][:2] == ["✓ Right", "4 of 4"]
    result, points, said = table["backward"]
    assert (result, points) == ("✗ Not right yet", "6 of 12")
    assert "the bias gradient of every layer is wrong" in said
    assert CAUSE in said
    assert 'hint("backward")' in said


def test_an_untouched_exercise_says_so_for_each_task(flagship_pages: Read) -> None:
    table = rows(flagship_pages("untouched", "html"))
    assert {row[0] for row in table.values()} <= {"○ Not attempted yet", "○ Waiting for another part"}
    assert all(row[1].startswith("0 of") for row in table.values())


def test_each_task_leads_to_its_cell(flagship_pages: Read) -> None:
    page = BeautifulSoup(flagship_pages("felix", "html"), "html.parser")
    links = [str(link["href"]) for link in page.select("table.feedback a")]
    assert len(links) == 6
    assert all(page.select(f'a[name="{link[1:]}"]') for link in links)


def test_the_text_says_the_same(flagship_pages: Read) -> None:
    text = flagship_pages("felix", "txt")
    assert "Score: 20 of 40 points" in text
    assert "4. backward: ✗ Not right yet, 6 of 12 points" in text
    assert CAUSE in flat(text)
    assert "- Question 5 · A whole batch (answer): 0 of 3, not graded by a person yet" in text.replace("\n  ", " ")
    assert max(map(len, text.splitlines())) <= 78


def test_scores_are_those_of_nbgraders_page(nbgraders_pages: ForeignCourse, foreign_pages: Read) -> None:
    folder = nbgraders_pages.root / "feedback"
    for student in ("ada", "ben", "eve"):
        for name in ("waves", "essay"):
            theirs = (folder / student / ASSIGNMENT / f"{name}.html").read_text(encoding="utf-8")
            assert scores(foreign_pages(student, f"{name}.html")) == scores(theirs)


def scores(page: str) -> list[str]:
    """Return every score on a page, the late penalty among them."""
    return re.findall(r"[Ss]core: [-\d./ ]+", unescape(page))


def test_a_late_penalty_and_points_given_by_hand_are_shown(foreign_pages: Read) -> None:
    assert "Late submission penalty" in foreign_pages("eve", "waves.html")
    assert "3 points are taken off already" in flat(foreign_pages("eve", "waves.txt"))
    assert "· spectrum (answer): 1.75 of 2" in foreign_pages("ada", "waves.txt")


def test_what_no_person_has_graded_yet_is_told_from_what_is_wrong(flagship_pages: Read, foreign_pages: Read) -> None:
    assert "12 points wait for a person" in flagship_pages("felix", "html")
    assert "spectrum (answer): 0 of 2, not graded by a person yet" in foreign_pages("ben", "waves.txt")
    assert "spectrum (answer): 1.75 of 2\n" in foreign_pages("ada", "waves.txt")


def test_a_failed_test_without_a_report_tells_its_error(foreign_pages: Read) -> None:
    assert "· test_mean (test): 0 of 3. It ended with “AssertionError" in flat(foreign_pages("ben", "waves.txt"))


def test_the_page_can_be_read_without_seeing_it(flagship_pages: Read, foreign_pages: Read) -> None:
    for page in map(parsed, (flagship_pages("felix", "html"), foreign_pages("ben", "waves.html"))):
        assert page.html["lang"] == "en"
        levels = [int(heading.name[1]) for heading in page.find_all(re.compile(r"h[1-6]"))]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
        assert page.find("main") is not None
        assert not page.select("img:not([alt])")
        for table in page.select("table.feedback"):
            assert table.caption is not None
            assert all(cell["scope"] in ("row", "col") for cell in table.find_all("th"))
    assert not parsed(foreign_pages("ben", "waves.html")).select("table.feedback")


def parsed(page: str) -> Any:
    return BeautifulSoup(page, "html.parser")


def test_our_feedback_folder_is_where_nbgrader_looks_for_it(with_pages: Classroom) -> None:
    from course.feedback import feedback

    assert feedback(FLAGSHIP, course_dir=with_pages.root).place == f"feedback/STUDENT/{FLAGSHIP}"
