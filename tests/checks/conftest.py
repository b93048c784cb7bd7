"""The source notebook of the exercise whose folder a test lies in, and students made from it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from course import student_code
from course.audit.exercise import Exercise
from tests.conftest import ROOT

_solved = cache(student_code.namespace)


def exercise_of(test: Path) -> Exercise:
    """Return the exercise that a folder above a test is named after, or the flagship."""
    sources = sorted((ROOT / "source_notebooks").glob("[0-9][0-9]_*.py"))
    found = [source for source in sources if source.stem[3:] in test.parts]
    return Exercise(found[0] if found else ROOT / "source_notebooks" / "05_neural_network.py")


@pytest.fixture(scope="module")
def source(request: pytest.FixtureRequest) -> Path:
    """The source notebook of the exercise."""
    return exercise_of(request.path).source


@pytest.fixture(scope="module")
def notebook(source: Path) -> dict[str, Any]:
    """The names that the solved notebook defines."""
    return _solved(source)


@pytest.fixture(scope="module")
def student(source: Path) -> Callable[[str, str], Any]:
    """Make what a check gets from a student who wrote one cell differently."""
    return lambda task, cell: student_code.student(source, task, cell)
