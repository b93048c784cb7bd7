"""Students of exercise 02, who may have written several cells differently."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course import student_code


@pytest.fixture(scope="module")
def student(source: Path) -> Callable[..., Any]:
    """Make what the check of a task gets from a student who wrote some cells differently."""

    def made(task: str, cell: str | None = None, **others: str) -> Any:
        cells = {**others, **({} if cell is None else {task: cell})}
        return student_code.subject(source, task, student_code.namespace(source, cells))

    return made
