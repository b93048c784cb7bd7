"""For an honest class `course autograde` leaves what `nbgrader autograde` leaves, in gradebook and notebooks."""

from __future__ import annotations

import contextlib
import csv
import json
import shutil
import sqlite3
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from checks import sealing
from course.building.reported import MIME
from course.grading.driver.autograding import autograde
from tests.browser.jupyterlab import jupyterlab
from tests.course.grading import own_courses
from tests.course.grading.classrooms import Classroom
from tests.course.grading.foreign_course import ASSIGNMENT, ForeignCourse
from tests.course.grading.gradebooks import cells, heading, rows

pytestmark = [
    pytest.mark.nbgrader,
    pytest.mark.skipif(not own_courses.NAMES, reason="no exercises"),
]

OTHER_FILES = {
    ".graded.json": "only ours: says that the folder beside it is complete",
    ".verdicts.json": "only ours: what became of each check",
    "from_essay.txt": "only nbgrader's: what a cell writes stays in the sandbox, and goes with it",
}
"""The files that one of the two leaves in a graded folder and the other does not, and why."""

NOT_THERE = ("progress()", "practice(", "explore_training(", "inspect_gradients(", "try_a_bug(", "exercise.mark(")
"""Calls that need the judging side, which is not in the sandbox: they say so instead."""

SAYING_SO = (sealing.SENTENCE, "No practice networks are drawn while a notebook is graded")

OTHER_NETWORK = ("exercise.draw(", "exercise.blank")
"""What is shown of a practice network, for which the notebook's own stands in there."""


@dataclass(frozen=True)
class Pair:
    """One class, graded by nbgrader and by `course autograde`."""

    stock: Classroom
    ours: Classroom
    names: tuple[str, ...]
    full: bool

    def notebooks(self) -> Iterator[tuple[str, Path, Path]]:
        """Yield where each graded notebook lies in the two courses; both must have the same."""
        for name in self.names:
            expected, got = self.stock.graded(name), self.ours.graded(name)
            assert list(expected) == list(got)
            for notebook, path in expected.items():
                yield f"{name}: {notebook}", path, got[notebook]

    def files(self, classroom: Classroom) -> dict[str, str]:
        """Return the files of all graded folders, each with its permissions."""
        folder = classroom.root / classroom.autograded
        files = [path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(tuple(OTHER_FILES))]
        return {str(path.relative_to(folder)): oct(path.stat().st_mode) for path in files}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("same")


@pytest.fixture(scope="module")
def stock_foreign(handed_in: ForeignCourse, folder: Path) -> ForeignCourse:
    course = handed_in.copy(folder / "stock-foreign")
    course.in_two_rounds(lambda: course.grade_with_nbgrader(ASSIGNMENT))
    return course


@pytest.fixture(scope="module")
def own(folder: Path) -> Classroom:
    return own_courses.build(folder / "own")


@pytest.fixture(scope="module")
def stock_own(own: Classroom, folder: Path) -> Classroom:
    course = own.copy(folder / "stock-own")
    course.grade_with_nbgrader(*own_courses.NAMES)
    return course


@pytest.fixture(scope="module")
def foreign(in_two_rounds: tuple[ForeignCourse, Any], folder: Path) -> ForeignCourse:
    """The foreign class as `course autograde` grades it."""
    return in_two_rounds[0].copy(folder / "foreign")


@pytest.fixture(scope="module", params=["foreign", "own, full", "own"])
def pair(request: pytest.FixtureRequest, folder: Path, scheduler: str) -> Pair:
    """A class of each course; of ours, which have cells for exploring, with `--full` and without.

    The foreign class is graded by the command itself, ours by what it calls.
    """
    if request.param == "foreign":
        stock, ours = map(request.getfixturevalue, ("stock_foreign", "foreign"))
        return Pair(stock, ours, (ASSIGNMENT,), full=True)
    full = "full" in request.param
    ours = request.getfixturevalue("own").copy(folder / ("full" if full else "quick"))
    for name in own_courses.NAMES:
        assert autograde(name, course_dir=ours.root, scheduler=scheduler, full=full).status == 0
    return Pair(request.getfixturevalue("stock_own"), ours, own_courses.NAMES, full)


def test_every_row_of_the_gradebook_is_the_same(pair: Pair) -> None:
    expected, got = rows(pair.stock.db_url), rows(pair.ours.db_url)
    assert list(expected) == list(got)
    for table in expected:
        assert got[table] == expected[table], table


def test_a_single_point_more_would_be_noticed(foreign: ForeignCourse, tmp_path: Path) -> None:
    other = shutil.copy(foreign.root / "gradebook.db", tmp_path)
    with contextlib.closing(sqlite3.connect(other)) as connection, connection:
        first = "(SELECT min(id) FROM grade WHERE auto_score IS NOT NULL)"
        connection.execute(f"UPDATE grade SET auto_score = auto_score + 1 WHERE id = {first}")
    expected, got = rows(foreign.db_url), rows(f"sqlite:///{other}")
    assert [table for table in expected if got[table] != expected[table]] == ["grade"]


def test_every_cell_and_what_it_shows_are_the_same(pair: Pair) -> None:
    for notebook, expected, got in pair.notebooks():
        for there, here in zip(cells(expected), cells(got), strict=True):
            if not pair.full and "explore" in there["metadata"].get("tags", []):
                assert here["outputs"] == [], notebook
                here, there = _without_outputs(here), _without_outputs(there)
            elif "outputs" in there and any(call in there["source"] for call in NOT_THERE):
                assert any(sentence in json.dumps(here["outputs"]) for sentence in SAYING_SO), notebook
                here, there = _without_outputs(here), _without_outputs(there)
            elif any(call in there["source"] for call in OTHER_NETWORK):
                assert not any(output["output_type"] == "error" for output in here.get("outputs", ())), notebook
                here, there = _without_outputs(here), _without_outputs(there)
            elif "check_" in there["source"] and there["metadata"].get("nbgrader", {}).get("grade"):
                assert _verdicts(here) == _verdicts(there), notebook  # the numbers are those of other random cases
                here, there = _without_outputs(here), _without_outputs(there)
            assert here == there, notebook


def _without_outputs(cell: dict[str, Any]) -> dict[str, Any]:
    return {**cell, "outputs": None, "execution_count": None}


def _verdicts(cell: dict[str, Any]) -> list[Any]:
    """Return what a check cell shows, without the numbers of its cases."""
    told = []
    for output in cell["outputs"]:
        data = output.get("data", {})
        verdict = data.get(MIME, {})
        kept = {name: verdict.get(name) for name in ("task", "state", "causes", "earned", "points", "parts", "cause")}
        said = data.get("text/plain") if output["output_type"] == "execute_result" else sorted(data)
        told.append([output["output_type"], output.get("ename"), output.get("text"), said, kept])
    return told


def test_the_notebooks_say_the_same_of_themselves(pair: Pair) -> None:
    for notebook, expected, got in pair.notebooks():
        said, says = heading(expected), heading(got)
        if not pair.full:  # the widgets are in cells for exploring
            said, says = ({**each, "widgets": []} for each in (said, says))
        assert says == said, notebook


def test_the_same_files_lie_beside_them(pair: Pair) -> None:
    assert pair.files(pair.ours) == pair.files(pair.stock)


def test_feedback_is_made_from_it(foreign: ForeignCourse) -> None:
    foreign.run("nbgrader", "generate_feedback", ASSIGNMENT)
    pages = {path.parts[-3]: path for path in foreign.root.glob(f"feedback/*/{ASSIGNMENT}/waves.html")}
    assert sorted(pages) == foreign.students(ASSIGNMENT)
    page = pages["ben"].read_text(encoding="utf-8")
    assert "AssertionError" in page
    assert "(Score: 1.6 / 4.0)" in page


def test_grades_are_exported_from_it(foreign: ForeignCourse) -> None:
    foreign.run("nbgrader", "export")
    with (foreign.root / "grades.csv").open(newline="") as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert scores["ben"] == 3.6
    assert scores["eve"] == 9 - 5, "she was late"
    assert scores["nobody"] == 0


@pytest.fixture(scope="module")
def formgrader(foreign: ForeignCourse, folder: Path) -> Iterator[Callable[[str], str]]:
    """Fetch a page or an answer of Formgrader in a Jupyter server that runs in the course's folder."""
    with contextlib.chdir(foreign.root), jupyterlab(foreign.root, folder / "settings") as address:

        def fetched(path: str) -> str:
            with urllib.request.urlopen(f"{address}/formgrader{path}", timeout=60) as answer:
                text: str = answer.read().decode()
                return text

        yield fetched


def test_formgrader_opens_and_lists_the_class(formgrader: Callable[[str], str], foreign: ForeignCourse) -> None:
    assert "formgrade" in formgrader("")
    listed: list[dict[str, Any]] = json.loads(formgrader(f"/api/submissions/{ASSIGNMENT}"))
    autograded = {entry["student"]: entry for entry in listed if entry["autograded"]}
    assert sorted(autograded) == foreign.students(ASSIGNMENT)
    assert autograded["ben"]["score"] == 3.6
    assert autograded["ben"]["needs_manual_grade"]


def test_formgrader_shows_a_submission_for_marking_by_hand(formgrader: Callable[[str], str]) -> None:
    listed: list[dict[str, Any]] = json.loads(formgrader(f"/api/submitted_notebooks/{ASSIGNMENT}/waves"))
    [ben] = [entry for entry in listed if entry["student"] == "ben"]
    page = formgrader(f"/submissions/{ben['id']}")
    assert "AssertionError" in page
    assert 'id="sketch"' in page
