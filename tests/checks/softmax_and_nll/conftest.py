"""What the tests of this exercise share: its source notebook and students made from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course import student_code

SOURCE = Path(__file__).resolve().parents[3] / "source_notebooks" / "02_softmax_and_nll.py"


@pytest.fixture(scope="session")
def source() -> Path:
    """The exercise's source notebook."""
    return SOURCE


@pytest.fixture(scope="session")
def student() -> Callable[..., Any]:
    """Make what the check of a task gets from a student who wrote some cells differently."""

    def made(task: str, cell: str | None = None, **others: str) -> Any:
        cells = {**others, **({} if cell is None else {task: cell})}
        return student_code.subject(SOURCE, task, student_code.namespace(SOURCE, cells))

    return made
