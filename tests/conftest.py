"""What all tests share: the source notebooks and students made from them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from course import student_code

ROOT = Path(__file__).resolve().parents[1]

collect_ignore = ["disturbing"]  # what the kernels of a disturbed build import, and nobody else


@pytest.fixture(scope="module", autouse=True)
def forgotten() -> Iterator[None]:
    """Forget after each file what the checks have computed: it is gigabytes in the end, and slows every fork."""
    yield
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "checks":
            for value in list(vars(module).values()):
                getattr(value, "cache_clear", lambda: None)()


@pytest.fixture(scope="session")
def source() -> Path:
    """The flagship's source notebook."""
    return ROOT / "source_notebooks" / "05_neural_network.py"


@pytest.fixture(scope="session")
def notebook(source: Path) -> dict[str, Any]:
    """The names that the solved flagship defines."""
    return student_code.namespace(source)


@pytest.fixture(scope="session")
def student(source: Path) -> Callable[[str, str], Any]:
    """Make what a check gets from a student who wrote one cell differently."""
    return lambda task, cell: student_code.student(source, task, cell)
