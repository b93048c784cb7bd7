"""What all tests share: the source notebooks and students made from them."""

from __future__ import annotations

import fcntl
import os
import pickle
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from course import student_code
from course.audit.exercise import Exercise

ROOT = Path(__file__).resolve().parents[1]

Once = Callable[[str, Callable[[Path], Any]], Any]
"""What makes something of a name in a folder of its own, or returns what was made of that name before."""

collect_ignore = ["disturbing"]  # what the kernels of a disturbed build import, and nobody else


@cache
def exercise_named(name: str) -> Exercise:
    """Return the exercise whose checks are in `checks.NAME`."""
    [source] = (ROOT / "source_notebooks").glob(f"[0-9][0-9]_{name}.py")
    return Exercise(source)


@pytest.fixture(scope="module", autouse=True)
def forgotten() -> Iterator[None]:
    """Forget after each file what the checks have computed: it is gigabytes in the end, and slows every fork."""
    yield
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "checks":
            for value in list(vars(module).values()):
                getattr(value, "cache_clear", lambda: None)()


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Make something once in a run, in whichever of pytest's processes wants it first; to be copied, not changed.

    What it returns goes to the others pickled.
    """
    own = tmp_path_factory.getbasetemp()
    shared = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "once"
    shared.mkdir(exist_ok=True)

    def made(name: str, make: Callable[[Path], Any]) -> Any:
        folder, kept = shared / name, shared / f"{name}.pickle"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            try:
                if not kept.exists():
                    shutil.rmtree(folder, ignore_errors=True)  # somebody failed at it
                    folder.mkdir()
                    kept.write_bytes(pickle.dumps(make(folder)))
            finally:
                fcntl.flock(lock, fcntl.LOCK_UN)  # for those too that were forked meanwhile and have it open
        return pickle.loads(kept.read_bytes())

    return made


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
