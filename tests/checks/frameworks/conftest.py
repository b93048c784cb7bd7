"""The solved notebook once, and students who wrote one cell differently."""

from pathlib import Path

import pytest

from course import student_code

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def source():
    return ROOT / "source_notebooks" / "06_frameworks.py"


@pytest.fixture(scope="session")
def notebook(source):
    return student_code.namespace(source)


@pytest.fixture(scope="session")
def student(notebook):
    """Make a student's function from a cell, among the names of the solved notebook."""

    def made(task, cell):
        names = dict(notebook)
        exec(student_code.compiled(cell), names)
        return names[task]

    return made
