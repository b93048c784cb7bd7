"""What the tests of the report share: a course in which nobody is graded yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.course.report import made_up_class
from tests.course.report.made_up_class import MadeUpClass


@pytest.fixture
def made(tmp_path: Path) -> MadeUpClass:
    """A course with an assignment and no grades."""
    return made_up_class.course(tmp_path / "course")
