"""What a teacher does with the wheel alone: start a course, release, audit, grade, report."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from course.audit.exercise import Exercise
from tests.conftest import ROOT
from tests.course.progress_lines import without
from tests.installed.conftest import Environment

NAME = "01_by_hand"
PROWLER = """
import pathlib, sys
lib, lib64 = (pathlib.Path(sys.prefix, name) for name in ("lib", "lib64"))
patterns = ("**/source_notebooks/**/*.py", "**/checks/*/reference*.py")
print("found", *(path for place in (lib, lib64) for pattern in patterns for path in place.glob(pattern)))
print("left", any(lib.glob("**/course/grading/sandbox/shell.py")))
"""


@pytest.fixture(scope="module")
def teacher(installed: Callable[..., Environment]) -> Environment:
    return installed("course")


@pytest.fixture(scope="module")
def made(teacher: Environment) -> Path:
    """A course that `course start` has made, with one exercise released."""
    place = teacher.root / "back-propagation"
    done = teacher.run("course", "start", "back-propagation")
    assert (done.returncode, without(done.stderr)) == (0, "")
    released = teacher.run("course", "release", NAME, cwd=place)
    assert (released.returncode, without(released.stderr)) == (0, ""), released.stdout
    return place


def test_the_course_has_every_source_the_configuration_and_a_page_of_ten_lines(made: Path) -> None:
    here = {path.relative_to(ROOT): path for path in (ROOT / "source_notebooks").rglob("*.py")}
    for name, path in {**here, Path("nbgrader_config.py"): ROOT / "nbgrader_config.py"}.items():
        assert (made / name).read_bytes() == path.read_bytes()
    assert len((made / "README.md").read_text(encoding="utf-8").splitlines()) <= 12


def test_what_it_releases_is_what_a_checkout_releases(made: Path, teacher: Environment) -> None:
    assert (made / "exercises" / NAME / f"{NAME}.ipynb").read_bytes() == (
        ROOT / "exercises" / NAME / f"{NAME}.ipynb"
    ).read_bytes()
    again = teacher.run("course", "release", NAME, cwd=made)
    assert "unchanged" in again.stdout


def test_it_audits(made: Path, teacher: Environment) -> None:
    done = teacher.run("course", "audit", NAME, "--seeds", "1", "--json", cwd=made)
    assert done.returncode == 0, done.stderr
    [told] = json.loads(done.stdout)
    assert told["faults"] == []
    assert min(told["trials"][kind] for kind in ("style", "mistake", "mutant")) > 0


def test_it_grades_and_reports_and_no_solution_can_be_read_meanwhile(made: Path, teacher: Environment) -> None:
    exercise = Exercise(made / "source_notebooks" / f"{NAME}.py")
    for student, prowls in (("ada", False), ("mallory", True)):
        notebook = nbformat.read(made / "exercises" / NAME / f"{NAME}.ipynb", as_version=4)
        for cell in notebook.cells:
            task = cell.metadata.get("nbgrader", {}).get("grade_id")
            if task in exercise.checks:
                cell.source = exercise.solution(task)
        if prowls:
            notebook.cells.append(nbformat.v4.new_code_cell(PROWLER))
        folder = made / "submitted" / student / NAME
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{NAME}.ipynb")
    graded = teacher.run("course", "autograde", NAME, "--json", cwd=made)
    assert graded.returncode in (0, 1), graded.stderr
    rows = {row["student"]: row for row in json.loads(graded.stdout)["submissions"]}
    assert rows["ada"]["state"] == "graded"
    assert rows["ada"]["score"] == rows["mallory"]["score"] > 0
    mallory = nbformat.read(made / "autograded" / "mallory" / NAME / f"{NAME}.ipynb", as_version=4)
    assert mallory.cells[-1].outputs[0].text == "found\nleft True\n"
    reported = teacher.run("course", "report", NAME, cwd=made)
    assert reported.returncode == 0, reported.stderr
    assert (made / "reports" / NAME / "report.html").is_file()


def test_the_command_tells_the_version_of_the_wheel(teacher: Environment, wheel: Path) -> None:
    done = teacher.run("course", "--version")
    assert done.stdout == f"course {wheel.name.split('-')[1]}\n"
