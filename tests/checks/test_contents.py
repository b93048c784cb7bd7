"""The contents of each exercise agree with its source notebook."""

import re
from importlib import import_module

import jupytext
import pytest

from course.sources import in_edition

from ..conftest import ROOT

SOURCES = sorted((ROOT / "source_notebooks").glob("*.py"))


def held_by(source):
    """Return the points and section of every check of a source, and the points of its written answers."""
    section, tasks, written = "", {}, 0
    for cell in jupytext.read(source).cells:
        if not in_edition(cell, "published"):
            continue
        marks = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "markdown":
            for heading in re.findall(r"(?m)^#{1,4} (.*)", cell.source):
                section = re.sub(r" \([\d.]+ points?\)$", "", heading)
        if marks.get("grade") and cell.cell_type == "code":
            tasks[marks["grade_id"].removeprefix("check_")] = (marks["points"], section)
        elif marks.get("grade"):
            written += marks["points"]
    return tasks, written


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_points_and_sections_are_those_of_the_notebook(source):
    name = source.stem.split("_", 1)[1]
    contents = import_module(f"checks.{name}.contents").CONTENTS
    tasks, written = held_by(source)
    assert {task: (item.points, item.section) for task, item in contents.tasks.items()} == tasks
    assert list(contents.tasks) == list(tasks)
    assert (contents.exercise, contents.written) == (name, written)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_every_check_of_an_exercise_counts_for_it(source):
    module = import_module(f"checks.{source.stem.split('_', 1)[1]}")
    contents = import_module(f"{module.__name__}.contents").CONTENTS
    assert {check.exercise for check in module.CHECKS.values()} == {contents.exercise}
    assert set(module.CHECKS) == set(contents.tasks)
