"""What the tests of this exercise share: its source notebook and students made from it."""

from pathlib import Path

import pytest

from course import student_code

SOURCE = Path(__file__).resolve().parents[3] / "source_notebooks" / "03_chain_rule.py"


@pytest.fixture(scope="session")
def source():
    return SOURCE


@pytest.fixture(scope="session")
def notebook(source):
    return student_code.namespace(source)


@pytest.fixture(scope="session")
def student(source):
    return lambda task, cell: student_code.student(source, task, cell)
