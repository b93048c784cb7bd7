"""A student's feedback does not show the source of hidden tests, wherever it could stand."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from course.feedback import feedback
from tests.course.feedback.conftest import NAMES, Read
from tests.course.grading.foreign_course import ASSIGNMENT, ForeignCourse
from tests.course.grading.foreign_notebooks import CLASS

pytestmark = pytest.mark.nbgrader

HIDDEN = "wave_tools.checked(mean(readings),limit)==0.85"
"""A hidden test, without `assert` (which may stand in another line) and spaces."""

SPACED = "the   sea"
"""What another hidden test differs in from one that can be seen."""


def told(page: str) -> str:
    """Return what can be read on a page, without spaces and quotes, whatever colours and tags are in it."""
    bare = re.sub(r"<[^<>]*>", "", page)
    bare = re.sub(r"\x1b\[[0-9;]*m|\\x1b\[[0-9;]*m", "", unescape(bare))
    return re.sub(r"[\s'\"\\]|\\n", "", bare)


def test_nbgraders_own_page_does_show_it(nbgraders_pages: ForeignCourse) -> None:
    page = (nbgraders_pages.root / "feedback" / "ben" / ASSIGNMENT / "waves.html").read_text(encoding="utf-8")
    assert HIDDEN in told(page)
    assert "HIDDEN TESTS" in page


@pytest.mark.parametrize("student", [*NAMES, "nosy", "scripts"])
def test_no_page_and_no_text_shows_it(foreign_pages: Read, student: str) -> None:
    for name in ("waves", "essay")[: 1 if student == "gus" else 2]:
        for ending in ("html", "txt"):
            page = foreign_pages(student, f"{name}.{ending}")
            assert HIDDEN not in told(page)
            assert "0.85" not in told(page)
            assert SPACED not in unescape(page)


def test_a_student_who_prints_it_sees_that_it_was_left_out(foreign_pages: Read) -> None:
    for name in ("waves.html", "essay.html"):
        assert "[left out: it quotes a hidden test]" in foreign_pages("nosy", name)


def test_what_can_be_seen_of_a_check_stays(foreign_pages: Read) -> None:
    shown = told(foreign_pages("ben", "waves.html"))
    assert "assertmean([1,2,3])==2" in shown
    assert "Hiddentestsranhere" in shown
    assert "AssertionError" in shown


def test_other_tracebacks_and_outputs_stay_as_they_are(foreign_pages: Read) -> None:
    page = foreign_pages("ben", "waves.html")
    for words in ("no such wave", "first to stdout", "then to stderr", "buoy", "data:image/png"):
        assert words in page


def test_a_page_of_nbgraders_is_made_anew(nbgraders_pages: ForeignCourse, tmp_path: Path) -> None:
    foreign = nbgraders_pages.copy(tmp_path / "foreign")
    [row] = feedback(ASSIGNMENT, course_dir=foreign.root, students=["ben"]).rows
    assert row.state == "made"
    assert HIDDEN not in told((foreign.root / "feedback/ben/ps1/waves.html").read_text(encoding="utf-8"))


def test_files_that_hold_hidden_tests_or_verdicts_are_not_handed_on(foreign: ForeignCourse) -> None:
    graded = foreign.root / "marked" / "ben" / ASSIGNMENT
    (graded / "found.txt").write_text("assert wave_tools.checked(mean(readings), limit) == 0.85")
    (graded / "waves.verdicts.json").write_text("{}")
    (graded / "hostname").symlink_to("/etc/hostname")
    feedback(ASSIGNMENT, course_dir=foreign.root, students=["ben"])
    names = {path.name for path in (foreign.root / "feedback" / "ben" / ASSIGNMENT).iterdir()}
    assert {"waves.html", "waves.txt", "readings.csv", "timestamp.txt"} <= names
    assert not names & {"found.txt", "waves.verdicts.json", "hostname", ".graded.json", "waves.ipynb"}


def test_nor_to_somebody_whose_name_is_a_pattern(foreign: ForeignCourse) -> None:
    foreign.hand_in("[x]", CLASS["ben"])
    foreign.grade(ASSIGNMENT, "--student", "[x]")
    feedback(ASSIGNMENT, course_dir=foreign.root, students=["[x]"])
    folder = foreign.root / "feedback" / "[x]" / ASSIGNMENT
    assert (folder / "waves.html").is_file()
    assert not [*folder.glob("*.ipynb")]


def test_a_courses_own_delimiters_are_known(foreign: ForeignCourse) -> None:
    with (foreign.root / "nbgrader_config.py").open("a") as config:
        config.write('c.ClearHiddenTests.begin_test_delimeter = "SECRET ON"\n')
        config.write('c.ClearHiddenTests.end_test_delimeter = "SECRET OFF"\n')
    path = foreign.root / "marked" / "ben" / ASSIGNMENT / "waves.ipynb"
    path.chmod(0o644)
    path.write_text(
        path.read_text().replace("BEGIN HIDDEN TESTS", "SECRET ON").replace("END HIDDEN TESTS", "SECRET OFF")
    )
    feedback(ASSIGNMENT, course_dir=foreign.root, students=["ben"])
    page = (foreign.root / "feedback/ben/ps1/waves.html").read_text(encoding="utf-8")
    assert HIDDEN not in told(page)
    assert "SECRET" not in page


@pytest.mark.parametrize(
    ("said", "stays"),
    [
        ("division by zero", True),
        ("mean of an empty list", True),
        ("0.85 is not 2.0", False),
        ("wrong for tides", False),
        ("expected 17 m", False),
        ("name 'spring_tide' is not defined", False),
        ("assert mean(spring_tide) == 0.85", False),
    ],
)
def test_a_message_stays_unless_it_is_of_the_hidden_test(said: str, stays: bool) -> None:
    hidden = "assert mean(spring_tide) == 0.85, f'expected {len(spring_tide)} m'\nassert mean([7]), 'wrong for tides'"
    source = f"assert mean([1, 2]) == 1.5\n### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS"
    error = new_output("error", ename="ValueError", evalue=said, traceback=[f"---> 3 \x1b[0mValueError: {said}"])
    [output] = hide(source, error)
    assert output.ename == "ValueError"
    assert (output.evalue == said) is stays
    assert not any("--->" in line for line in output.traceback)


def test_a_region_that_is_never_closed_is_hidden_to_the_end() -> None:
    assert "secret" not in str(hidden_cell("x = 1\n### BEGIN HIDDEN TESTS\nassert secret(3)"))


def hidden_cells(*cells: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """Return cells as they are shown, of which that with the grade_id "test" is the assignment's."""
    from course.feedback.hiding import HideHiddenTests
    from course.feedback.sheet import Sheet

    test = next(cell for cell in cells if cell.metadata["nbgrader"]["grade_id"] == "test")
    kinds = {"test": {"grade": True, "solution": False}, "mean": {"grade": False, "solution": True}}
    sheet = Sheet("ada", "ps1", "waves", sources=(test.source, "def mean(values):\n    ..."), kinds=kinds)
    return list(HideHiddenTests().preprocess(new_notebook(cells=cells), {"feedback": sheet})[0].cells)


def cell_named(grade_id: str, source: str, *outputs: nbformat.NotebookNode) -> nbformat.NotebookNode:
    return new_code_cell(source, outputs=list(outputs), metadata={"nbgrader": {"grade_id": grade_id}})


def hidden_cell(source: str, *outputs: nbformat.NotebookNode) -> nbformat.NotebookNode:
    return hidden_cells(cell_named("test", source, *outputs))[0]


def test_a_students_own_marks_hide_nothing() -> None:
    test = "assert mean([1, 2]) == 1.5\n### BEGIN HIDDEN TESTS\nassert mean([17]) == 17\n### END HIDDEN TESTS"
    own = "def mean(values):\n    ### BEGIN HIDDEN TESTS\n    return sum(values) / secretly_counted(values)"
    error = new_output("error", ename="NameError", evalue="name 'secretly_counted' is not defined", traceback=["here"])
    first, later = hidden_cells(cell_named("mean", own, error), cell_named("test", test, error.copy()))
    assert first.source == own
    assert first.outputs[0].traceback == ["here"]
    assert later.outputs[0].evalue == "name 'secretly_counted' is not defined"
    assert "mean([17])" not in later.source


def hide(source: str, *outputs: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return list(hidden_cell(source, *outputs).outputs)
