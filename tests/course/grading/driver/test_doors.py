"""nbgrader's own command and the call behind Formgrader's button grade as `course autograde` does."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from nbgrader.apps.api import NbGraderAPI

from course.grading import doors
from course.grading.driver.records import RECORD
from course.layout import Layout
from tests.course.grading import plain_course
from tests.course.grading.classrooms import BIN, STOCK
from tests.course.grading.gradebooks import rows
from tests.course.grading.plain_course import FULL, NAME, PlainCourse, clean_environment

pytestmark = pytest.mark.nbgrader

DOORS = 'c.Autograde.exporter_class = "course.grading.doors.CourseAutograde"\n'

WRITTEN = "written by a student"
WRITES = f"def add(a, b):\n    return a + b\nfrom pathlib import Path\nPath(%r, {WRITTEN!r}).touch()"


def hand_in_class(course: PlainCourse) -> PlainCourse:
    """Let an honest student, one who writes into the course's folder, and one with no notebook hand in."""
    course.hand_in("ada", course.solved())
    course.hand_in("mallory", course.solved(add=WRITES % str(course.root)))
    course.hand_in("eve", b"no notebook")
    return course


def nbgrader_autograde(course: PlainCourse, *options: str) -> subprocess.CompletedProcess[str]:
    """Run nbgrader's own command."""
    return subprocess.run(
        [BIN / "nbgrader", "autograde", NAME, *options],
        cwd=course.root,
        env=clean_environment(PATH=f"{BIN}{os.pathsep}{os.environ['PATH']}"),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> PlainCourse:
    """A course with the doors open, before any grading; to be copied."""
    return hand_in_class(plain_course.make(tmp_path_factory.mktemp("doors") / "course", DOORS))


@pytest.fixture(scope="module")
def graded(handed_in: PlainCourse, tmp_path_factory: pytest.TempPathFactory) -> tuple[PlainCourse, Any]:
    """The same, after nbgrader's own command, with what that said."""
    course = handed_in.copy(tmp_path_factory.mktemp("by-nbgrader") / "course")
    return course, nbgrader_autograde(course)


def test_nbgraders_command_leaves_what_ours_leaves(
    graded: tuple[PlainCourse, Any], handed_in: PlainCourse, tmp_path: Path
) -> None:
    course, _ = graded
    ours = handed_in.copy(tmp_path / "course")
    ours.autograde_here()
    assert rows(course.url) == rows(ours.url)
    for student in ("ada", "mallory"):
        files = sorted(path.name for path in course.autograded(student).iterdir())
        assert files == sorted(path.name for path in ours.autograded(student).iterdir())
        assert RECORD in files


def test_nbgraders_command_says_what_it_did_and_what_it_could_not(graded: tuple[PlainCourse, Any]) -> None:
    _, ran = graded
    assert "3 of 3 submissions graded" in ran.stderr
    assert f"{FULL:g} / 15" in ran.stderr
    assert "eve: not graded" in ran.stderr
    assert ran.returncode == 1


def test_a_submission_that_was_graded_and_needs_a_look_is_no_error_of_nbgraders(
    handed_in: PlainCourse, tmp_path: Path
) -> None:
    course = handed_in.copy(tmp_path / "course")
    notebook = course.solved()
    notebook["cells"] = [cell for cell in notebook["cells"] if plain_course.grade_id(cell) != "test_add"]
    course.hand_in("ada", notebook)
    ran = nbgrader_autograde(course, "--student=ada")
    assert "the cell test_add is missing" in ran.stderr
    assert ran.returncode == 0
    assert course.autograded("ada").is_dir()


def test_what_nbgraders_command_runs_is_in_the_sandbox(graded: tuple[PlainCourse, Any]) -> None:
    course, _ = graded
    assert course.autograded("mallory").is_dir()
    assert not (course.root / WRITTEN).exists()


def test_control_stock_nbgrader_runs_it_on_the_teachers_account(handed_in: PlainCourse, tmp_path: Path) -> None:
    course = handed_in.copy(tmp_path / "course")
    course.hand_in("mallory", course.solved(add=WRITES % str(course.root)))
    assert nbgrader_autograde(course, STOCK, "--student=mallory").returncode == 0
    assert (course.root / WRITTEN).exists()


@dataclass
class Clicks:
    """What Formgrader got back for some clicks, each with the process that answered."""

    answers: dict[str, dict[str, Any]]
    processes: dict[str, subprocess.Popen[bytes] | None]
    attendant: doors.Attendant


@pytest.fixture(scope="module")
def clicks(graded: tuple[PlainCourse, Any]) -> Iterator[Clicks]:
    """Four clicks on submissions, and a fifth one while there is no gradebook; the next would not be waited for."""
    course, _ = graded
    config = Layout(course.root).config
    config.CourseDirectory.root = str(course.root)
    away = course.gradebook.with_suffix(".away")
    done = Clicks({}, {}, doors.Attendant())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(doors, "_attendant", done.attendant)

        def click(which: str, student: str) -> None:
            done.answers[which] = NbGraderAPI(config=config).autograde(NAME, student)
            done.processes[which] = done.attendant.process

        (course.root / ".#late.py").symlink_to("somebody@editing.1")  # as Emacs does
        click("first", "ada")
        click("second", "mallory")
        click("no notebook", "eve")
        course.gradebook.rename(away)
        click("no gradebook", "ada")
        away.rename(course.gradebook)
        (course.root / "penalties").mkdir()
        (course.root / "penalties" / "late.py").touch()
        patch.setattr(doors, "IDLE_SECONDS", 0.0)
        click("after that", "ada")
        yield done
    done.attendant.end()


def test_a_click_is_answered_with_what_was_done(clicks: Clicks) -> None:
    for which in ("first", "second", "after that"):
        assert clicks.answers[which]["success"]
        assert "1 of 1 submissions graded" in clicks.answers[which]["log"]
        assert f"{FULL:g} / 15" in clicks.answers[which]["log"]


def test_what_cannot_be_graded_is_nbgraders_error_with_our_sentence(clicks: Clicks) -> None:
    for which, sentence in (("no notebook", "eve: not graded"), ("no gradebook", "there is no gradebook")):
        assert not clicks.answers[which]["success"]
        assert sentence in clicks.answers[which]["error"].splitlines()[-1]


def test_one_process_answers_all_until_its_code_changes(clicks: Clicks) -> None:
    *same, after = clicks.processes.values()
    assert len({process and process.pid for process in same}) == 1
    assert after is not same[0]


def test_the_process_leaves_when_nobody_asks_any_more(clicks: Clicks) -> None:
    for which in ("first", "after that"):
        process = clicks.processes[which]
        assert process is None or process.wait(plain_course.PATIENCE) == 0, "it left with a status"
