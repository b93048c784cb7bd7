"""A notebook and the script that jupytext keeps beside it: one is graded, and who worked in the other is told apart."""

from __future__ import annotations

import json
from typing import Any

import jupytext
import nbformat
import pytest

from course.bounds import LARGEST_SCRIPT
from course.building.build import paired_script
from tests.course.grading import plain_course
from tests.course.grading.plain_course import FULL, NAME, PlainCourse, Ran

PAIRING = {"formats": "ipynb,py:percent"}


def paired(notebook: Any, **metadata: Any) -> Any:
    return {**notebook, "metadata": {**notebook["metadata"], "jupytext": PAIRING, **metadata}}


def script_of(notebook: Any) -> str:
    """Return what jupytext keeps beside a notebook."""
    return paired_script(nbformat.reads(json.dumps(paired(notebook)), as_version=4))


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> tuple[PlainCourse, Ran]:
    """Who worked in the script, in the notebook, in both, and in both but each in another answer."""
    course = plain_course.make(tmp_path_factory.mktemp("paired") / "course")
    magic = "%time\ndef add(a, b):\n    return a + b"
    handed_in = {
        "script": (course.released(), course.solved()),
        "notebook": (course.solved(), course.released()),
        "both": (course.solved(add=magic), course.solved(add=magic)),
        "each": (course.solved(), course.solved(total=plain_course.WRONG_TOTAL, why="Because of the mean.")),
    }
    for student, (notebook, script) in handed_in.items():
        (course.hand_in(student, paired(notebook)) / f"{NAME}.py").write_text(script_of(script), encoding="utf-8")
    (course.hand_in("module", paired(course.solved())) / f"{NAME}.py").write_text("# %%\ndef mine():\n    return 1\n")
    (course.hand_in("bytes", paired(course.solved())) / f"{NAME}.py").write_bytes(b'# %% "grade_id": "add"\n\xff\x00\n')
    larger = script_of(course.released()).replace("# YOUR CODE HERE", "#" * LARGEST_SCRIPT)
    assert len(larger) > LARGEST_SCRIPT
    (course.hand_in("larger", paired(course.solved())) / f"{NAME}.py").write_text(larger)
    return course, course.autograde_here()


def test_other_answers_in_the_script_are_a_remark_that_names_the_cells(graded: tuple[PlainCourse, Ran]) -> None:
    _, ran = graded
    said = f"{NAME}.py, which is not graded, has other answers than the notebook: "
    reasons = {student: row["reasons"] for student, row in ran.rows.items() if row["reasons"]}
    assert reasons == {
        "script": [f"{said}“add”, “total”, “mean”, “why”"],
        "each": [f"{said}“total”, “why”"],
        "bytes": [f"{said}“add”"],
    }


def test_the_notebook_is_what_counts(graded: tuple[PlainCourse, Ran]) -> None:
    _, ran = graded
    scores = {student: row["score"] for student, row in ran.rows.items()}
    assert scores == {**dict.fromkeys(scores, FULL), "script": 0}


def test_a_graded_notebook_is_not_paired_and_shows_what_was_graded(graded: tuple[PlainCourse, Ran]) -> None:
    course, _ = graded
    path = course.autograded("each") / f"{NAME}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert "jupytext" not in notebook["metadata"]
    assert path.with_suffix(".py").exists()
    shown = jupytext.read(path)
    assert plain_course.cell_of(shown, "total")["source"] == plain_course.RIGHT["total"]


def test_control_a_notebook_that_is_paired_shows_the_script(graded: tuple[PlainCourse, Ran]) -> None:
    """As it is handed in: jupytext's contents manager, which JupyterLab asks, takes the cells from the newer script."""
    from jupytext import TextFileContentsManager

    course, _ = graded
    manager = TextFileContentsManager(root_dir=str(course.root))
    for step, shown in (("submitted", plain_course.WRONG_TOTAL), ("autograded", plain_course.RIGHT["total"])):
        opened = manager.get(f"{step}/each/{NAME}/{NAME}.ipynb")
        assert plain_course.cell_of(opened["content"], "total")["source"] == shown
