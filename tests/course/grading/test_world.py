"""In the sandbox a notebook finds the world of a kernel: every cell shows what it shows after `nbgrader autograde`."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course.layout import Layout
from course.nbgrader_steps import generate_assignment
from tests.course.grading.classrooms import Classroom
from tests.course.grading.foreign_course import notebook_of
from tests.course.grading.gradebooks import cells

pytestmark = pytest.mark.nbgrader

NAME = "world"
CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "worldly"\n'
OUTPUTS = '''
# %% nbgrader={"grade_id": "picture", "grade": true, "points": 1}
class Picture:
    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": "a picture", "image/png": b"\\x89PNG", "application/octet-stream": b"bytes"}


Picture()

# %% nbgrader={"grade_id": "numbers", "grade": true, "points": 1}
import datetime

import numpy as np
from IPython.display import JSON

JSON({"one": np.int64(1), "half": np.float32(0.5), "row": np.arange(3), "day": datetime.date(2024, 2, 29)})

# %% nbgrader={"grade_id": "not-a-number", "grade": true, "points": 1}
JSON({"nan": float("nan"), "when": datetime.datetime(2024, 2, 29, tzinfo=datetime.timezone.utc), "set": {1}})
'''


@dataclass(frozen=True)
class World(Classroom):
    """A course whose modules lie beside its notebooks, in `lib`, and where other packages of the same names are."""

    def environment(self) -> dict[str, str]:
        kept = super().environment()
        return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, [str(self.root / "lib"), kept.get("PYTHONPATH")]))}


def build(root: Path, notebooks: dict[str, str], files: dict[str, str]) -> World:
    """Make a course with one assignment, which one student hands in as it was released."""
    source = root / "source" / NAME
    for name, text in {"nbgrader_config.py": CONFIG, **files}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    source.mkdir(parents=True, exist_ok=True)
    for name, text in notebooks.items():
        nbformat.write(notebook_of(text), source / f"{name}.ipynb")
    course = World(root, f"sqlite:///{root}/gradebook.db", "worldly")
    generate_assignment(Layout(root), NAME, root, course.db_url)
    return course


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Any]]:
    """What each labelled cell has shown after both ways to grade."""
    root = tmp_path_factory.mktemp("world")
    course = build(root / "course", {"world": OUTPUTS}, {})
    (root / "course" / "submitted" / "ada").mkdir(parents=True)
    (root / "course" / "release" / NAME).rename(root / "course" / "submitted" / "ada" / NAME)
    ours, stock = course.copy(root / "ours"), course.copy(root / "stock")
    ours.grade(NAME)
    stock.grade_with_nbgrader(NAME)
    return _by_label(ours), _by_label(stock)


def _by_label(course: Classroom) -> dict[str, Any]:
    [path] = course.graded(NAME).values()
    return {cell["metadata"].get("nbgrader", {}).get("grade_id", number): cell for number, cell in enumerate(cells(path))}


def test_every_cell_shows_what_it_shows_with_a_kernel(shown: tuple[dict[str, Any], dict[str, Any]]) -> None:
    ours, stock = shown
    assert [*ours] == [*stock]
    for label, cell in stock.items():
        assert ours[label] == cell, label
