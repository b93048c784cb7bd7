"""The exercise's source notebook, and students made from it."""

from pathlib import Path

import pytest

from course import student_code


@pytest.fixture(scope="session")
def source() -> Path:
    return Path(__file__).resolve().parents[3] / "source_notebooks" / "04_layers_and_losses.py"


@pytest.fixture(scope="session")
def notebook(source):
    return student_code.namespace(source)


@pytest.fixture(scope="session")
def student(source):
    return lambda task, cell: student_code.student(source, task, cell)
