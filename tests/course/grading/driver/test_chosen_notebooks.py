"""`--notebook` has some notebooks of an assignment graded and leaves the others as they are, as nbgrader does."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from course.building.nbgrader_steps import generate_assignment
from course.grading.driver.records import strangeness
from course.layout import Layout
from tests.course.grading.driver.test_bad_input import contents
from tests.course.grading.foreign_course import notebook_of
from tests.course.grading.plain_course import CONFIG, NAME, Grade, PlainCourse, Ran

pytestmark = pytest.mark.nbgrader

FIRST = """
# %% nbgrader={"grade_id": "one", "solution": true}
### BEGIN SOLUTION
one = 1
### END SOLUTION

# %% nbgrader={"grade_id": "test_one", "grade": true, "points": 1}
assert one == 1

# %%
with open("written.txt", "w") as file:
    file.write(str(one))
"""
SECOND = """
# %% nbgrader={"grade_id": "two", "solution": true}
### BEGIN SOLUTION
two = 2
### END SOLUTION

# %% nbgrader={"grade_id": "test_two", "grade": true, "points": 10}
assert two == 2

# %% nbgrader={"grade_id": "test_written", "grade": true, "points": 100}
assert open("written.txt").read() == "1"
"""


def hand_in(course: PlainCourse, **answers: str) -> None:
    """Let Ada hand in some of the notebooks, with an answer each."""
    for path in (course.root / "release" / NAME).glob("*.ipynb"):
        if path.stem in answers:
            notebook = nbformat.read(path, as_version=4)
            notebook.cells[0].source = answers[path.stem]
            course.submission("ada").mkdir(parents=True, exist_ok=True)
            nbformat.write(notebook, course.submission("ada") / path.name)


@pytest.fixture(scope="module")
def graded(grade: Grade, tmp_path_factory: pytest.TempPathFactory) -> PlainCourse:
    """A course with two notebooks, of which a student had the first one right; to be copied."""
    course = PlainCourse(tmp_path_factory.mktemp("two") / "course")
    source = course.source().parent
    source.mkdir(parents=True)
    (course.root / "nbgrader_config.py").write_text(CONFIG)
    for name, text in (("first", FIRST), ("second", SECOND)):
        nbformat.write(notebook_of(text), source / f"{name}.ipynb")
    generate_assignment(Layout(course.root), NAME, course.root, course.url)
    hand_in(course, first="one = 1", second="two = 0")
    assert score(grade(course)) == 101
    return course


@pytest.fixture
def course(graded: PlainCourse, tmp_path: Path) -> PlainCourse:
    return graded.copy(tmp_path / "course")


def score(ran: Ran) -> float:
    assert ran.status == 0, ran.stdout + ran.stderr
    return float(ran.rows["ada"]["score"])


def test_the_others_stay_as_they_are_until_all_are_graded(course: PlainCourse, grade: Grade) -> None:
    hand_in(course, first="one = 0", second="two = 2")
    first = (course.autograded("ada") / "first.ipynb").read_bytes()
    ran = grade(course, "--notebook", "s*")
    assert score(ran) == 11, "the second has found what the first wrote this time"
    assert ran.report["left_out"] == ["first"]
    assert (course.autograded("ada") / "first.ipynb").read_bytes() == first
    assert grade(course, "--notebook", "second").states == {"ada": "unchanged"}
    ran = grade(course)
    assert (score(ran), ran.rows["ada"]["because"]) == (10, ["notebooks"])
    assert grade(course).states == {"ada": "unchanged"}


def test_each_on_its_own_is_as_good_as_all_together(course: PlainCourse, grade: Grade) -> None:
    hand_in(course, first="one = 1  # again", second="two = 2")
    assert score(grade(course, "--notebook", "first")) == 101
    assert score(grade(course, "--notebook", "second")) == 111
    assert grade(course).states == {"ada": "unchanged"}


def test_a_dry_run_tells_of_those_only(course: PlainCourse, grade: Grade) -> None:
    hand_in(course, first="one = 0", second="two = 2")
    before = contents(course.root)
    [row] = grade(course, "--notebook", "second", "--dry-run").rows.values()
    assert [change["cell"] for change in row["changes"]] == ["second/test_two", "second/test_written"]
    assert contents(course.root) == before


def test_what_somebody_else_has_made_of_another_is_still_told_apart(course: PlainCourse, grade: Grade) -> None:
    with (course.autograded("ada") / "first.ipynb").open("a") as notebook:
        notebook.write("\n")
    assert score(grade(course, "--notebook", "second", "--force")) == 101
    assert "first.ipynb" in strangeness(course.autograded("ada"))


def test_one_that_is_gone_is_made_again_when_all_are_graded(course: PlainCourse, grade: Grade) -> None:
    (course.autograded("ada") / "first.ipynb").unlink()
    ran = grade(course, "--notebook", "second", "--force")
    assert (score(ran), ran.rows["ada"]["notes"]) == (101, []), "the first was not graded again"
    assert grade(course).rows["ada"]["because"] == ["files"]
    assert (course.autograded("ada") / "first.ipynb").is_file()


def test_one_that_is_not_handed_in_any_more_keeps_its_score_until_all_are_graded(
    course: PlainCourse, grade: Grade
) -> None:
    (course.submission("ada") / "first.ipynb").unlink()
    hand_in(course, second="two = 2")
    assert score(grade(course, "--notebook", "second")) == 11
    assert score(grade(course)) == 10


def test_who_has_not_handed_it_in_has_a_row_that_says_so(course: PlainCourse, grade: Grade) -> None:
    (course.submission("ada") / "first.ipynb").unlink()
    ran = grade(course, "--notebook", "first")
    assert ran.states == {"ada": "needs a look"}
    assert "first.ipynb" in ran.rows["ada"]["reasons"][0]
    assert ran.rows["ada"]["score"] == 101
