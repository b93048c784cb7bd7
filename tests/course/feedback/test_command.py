"""`course feedback`: who gets feedback, when it is made anew, and how the command ends."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course.feedback import Feedback, feedback
from course.kept_verdicts import verdicts_file
from course.problems import CannotRun
from tests.course import progress_lines
from tests.course.feedback.conftest import FLAGSHIP, Read
from tests.course.grading.classrooms import Classroom
from tests.course.grading.foreign_course import ASSIGNMENT, ForeignCourse

pytestmark = pytest.mark.nbgrader


def made(course: Classroom, name: str = FLAGSHIP, **options: Any) -> Feedback:
    return feedback(name, course_dir=course.root, **options)


def states(given: Feedback) -> dict[str, str]:
    return {row.student: row.state for row in given.rows}


def later(path: Path) -> None:
    """Let a file be newer than everything there is."""
    moment = path.stat().st_mtime + 3600
    os.utime(path, (moment, moment))


def page_of(course: Classroom, student: str) -> Path:
    return course.root / "feedback" / student / FLAGSHIP / f"{FLAGSHIP}.html"


def run(course: Classroom, *words: str) -> tuple[int, str, str]:
    program: subprocess.Popen[str] = course.start("course", "feedback", *words)
    out, err = program.communicate()
    return program.returncode, out, progress_lines.without(err)


def test_unchanged_pages_are_left_alone(with_pages: Classroom) -> None:
    before = page_of(with_pages, "felix").stat().st_ino
    assert set(states(made(with_pages)).values()) == {"unchanged"}
    assert page_of(with_pages, "felix").stat().st_ino == before
    assert states(made(with_pages, force=True, students=["felix"])) == {"felix": "made"}
    assert page_of(with_pages, "felix").stat().st_ino != before


def graded_again(folder: Path) -> None:
    later(folder / f"{FLAGSHIP}.ipynb")


def new_verdicts(folder: Path) -> None:
    later(verdicts_file(folder, FLAGSHIP))


def handed_in_again(folder: Path) -> None:
    (folder / "timestamp.txt").write_text("2030-01-01 12:00:00 UTC")
    (folder.parents[2] / "feedback" / folder.parent.name / FLAGSHIP / "timestamp.txt").write_text(
        "2029-01-01 12:00:00 UTC"
    )


def lost_text(folder: Path) -> None:
    (folder.parents[2] / "feedback" / folder.parent.name / FLAGSHIP / f"{FLAGSHIP}.txt").unlink()


@pytest.mark.parametrize("change", [graded_again, new_verdicts, handed_in_again, lost_text])
def test_a_page_is_made_anew_after_a_change(with_pages: Classroom, change: Callable[[Path], None]) -> None:
    change(with_pages.root / "autograded" / "felix" / FLAGSHIP)
    assert [student for student, state in states(made(with_pages)).items() if state == "made"] == ["felix"]


def test_a_broken_submission_is_a_row_and_the_others_get_theirs(with_pages: Classroom) -> None:
    flagship = with_pages
    page_of(flagship, "blaise").unlink()
    path = flagship.root / "autograded" / "felix" / FLAGSHIP / f"{FLAGSHIP}.ipynb"
    path.chmod(0o644)
    path.write_text('{"cells": [')
    later(path)
    status, out, err = run(flagship, FLAGSHIP)
    assert (status, err) == (1, "")
    assert [line for line in out.splitlines() if line.startswith("! felix: its graded notebook")]
    assert "1 not made" in out
    assert page_of(flagship, "blaise").is_file()
    assert not page_of(flagship, "felix").exists(), "an old page would be of another grade"


def test_without_a_graded_notebook_there_is_no_page(with_pages: Classroom) -> None:
    (with_pages.root / "autograded" / "felix" / FLAGSHIP / f"{FLAGSHIP}.ipynb").unlink()
    given = made(with_pages)
    assert given.status == 1
    assert states(given)["felix"] == "not made"


@pytest.mark.parametrize("content", [None, "", '{"version": 1, "verdicts": [', '{"version": 99, "verdicts": []}'])
def test_without_usable_verdicts_there_is_a_page_and_a_word(flagship: Classroom, content: str | None) -> None:
    path = verdicts_file(flagship.root / "autograded" / "felix" / FLAGSHIP, FLAGSHIP)
    path.unlink()
    if content is not None:
        path.write_text(content)
    given = made(flagship, students=["felix", "blaise"])
    assert given.status == 0
    assert f"{FLAGSHIP}: 1 page has no summary of the tasks" in "\n".join(given.lines())
    assert "Your tasks" not in page_of(flagship, "felix").read_text(encoding="utf-8")
    assert "Your tasks" in page_of(flagship, "blaise").read_text(encoding="utf-8")
    assert "check_backward (test): 6 of 12" in page_of(flagship, "felix").with_suffix(".txt").read_text()


def test_only_those_asked_for_get_feedback(flagship: Classroom) -> None:
    status, out, _ = run(flagship, FLAGSHIP, "--student", "fel*", "--student", "blaise")
    assert status == 0
    assert sorted(path.name for path in (flagship.root / "feedback").iterdir()) == ["blaise", "felix"]
    assert f"feedback for 2 (2 made), in feedback/STUDENT/{FLAGSHIP}/" in out


def test_only_what_is_graded_gets_feedback(with_pages: Classroom) -> None:
    stranger = with_pages.root / "autograded" / "stranger" / FLAGSHIP
    stranger.mkdir(parents=True)
    (stranger / f"{FLAGSHIP}.ipynb").write_text("{}")
    assert "stranger" not in states(made(with_pages))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["05_neural_netwrok"], 'did you mean "05_neural_network"?'),
        ([FLAGSHIP, "--student", "felx"], 'did you mean "felix"?'),
    ],
)
def test_what_is_not_there_is_said_in_one_sentence(flagship: Classroom, words: list[str], said: str) -> None:
    status, out, err = run(flagship, *words)
    assert (status, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1


def test_nothing_graded_yet_is_said(flagship: Classroom) -> None:
    (flagship.root / "autograded").rename(flagship.root / "elsewhere")
    with pytest.raises(CannotRun, match="nothing of 05_neural_network is graded yet"):
        made(flagship)


def test_a_cell_that_pretends_to_be_graded_spoils_no_page(foreign: ForeignCourse) -> None:
    path = foreign.root / "marked" / "ben" / ASSIGNMENT / "waves.ipynb"
    notebook = json.loads(path.read_text())
    settings = {"grade": True, "points": 100, "solution": False, "locked": True, "schema_version": 3}
    for name in ("my_own", "mean", '"><script>x</script>'):
        marks = {"nbgrader": {**settings, "grade_id": name}, "tags": ['"><script>x</script>']}
        cell = {"cell_type": "code", "metadata": marks, "source": "1", "outputs": [], "execution_count": None}
        notebook["cells"].append({**cell, "id": f"own-{len(notebook['cells'])}"})
    path.chmod(0o644)
    path.write_text(json.dumps(notebook))
    [row] = feedback(ASSIGNMENT, course_dir=foreign.root, students=["ben"]).rows
    assert row.state == "made", row.reason
    page = (foreign.root / "feedback/ben/ps1/waves.html").read_text(encoding="utf-8")
    assert "100" not in "".join(part[:40] for part in page.split("Score:")[1:])
    assert "<script>x" not in page


def test_the_disk_keeps_no_half_made_folder(flagship: Classroom, flagship_pages: Read) -> None:
    made(flagship, students=["felix"])
    names = [path.name for path in (flagship.root / "feedback" / "felix").iterdir()]
    assert names == [FLAGSHIP]
    assert page_of(flagship, "felix").read_text(encoding="utf-8") == flagship_pages("felix", "html")
