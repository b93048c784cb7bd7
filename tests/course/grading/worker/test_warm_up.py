"""After the first submission a worker's zygote holds what the instructor's version imports, who need not run twice."""

import json
import pickle
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from nbformat import v4
from traitlets.config import Config

from course.grading.driver.opening import _pipeline
from course.grading.released import Assignment, ReleasedNotebook, packed
from course.grading.sandbox import frames
from course.grading.sandbox.borders import Borders
from course.grading.sandbox.scratch import scratch_folder
from course.grading.worker import pipeline, zygotes
from course.grading.worker.zygotes import Zygote

NAME, HELD = "plain", "colorsys"
INSTRUCTORS = v4.writes(v4.new_notebook(cells=[v4.new_code_cell(f"import {HELD}")]))
ASKS = v4.writes(v4.new_notebook(cells=[v4.new_code_cell(f"import sys\nprint({HELD!r} in sys.modules)")]))


@pytest.fixture
def scratch() -> Iterator[Path]:
    with scratch_folder() as folder:
        yield folder


@pytest.fixture
def assignment() -> Iterator[bytes]:
    before, after, _ = _pipeline(Config())
    released = ReleasedNotebook(NAME, None, (), INSTRUCTORS)
    made = Assignment(NAME, {NAME: released}, Config(), before, after, packed({}), (), Borders())
    yield pickle.dumps(made)
    zygotes.leave(made.warmth)


@pytest.fixture
def forks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """In whose folders notebooks have run."""
    seen: list[str] = []
    fork = Zygote.forked

    def noticed(zygote: Zygote, folder: str) -> AbstractContextManager[Any]:
        seen.append(folder)
        return fork(zygote, folder)

    monkeypatch.setattr(Zygote, "forked", noticed)
    return seen


def _graded(assignment: bytes, scratch: Path, text: str, imported: pipeline.Imported, **said: bool) -> str:
    """Return what the last cell of a notebook shows that is graded."""
    sent = {"student": "ada", "notebooks": {NAME: text}, "files": frames.wrapped(packed({})), **said}
    graded = json.loads(pipeline.grade(assignment, json.dumps(sent).encode(), scratch, imported))
    outputs = v4.reads(graded["notebooks"][NAME]["text"]).cells[-1].outputs
    return "".join(output.text for output in outputs)


def test_what_was_tried_already_is_not_run_again(assignment: bytes, scratch: Path, forks: list[str]) -> None:
    imported: pipeline.Imported = {}
    _graded(assignment, scratch, INSTRUCTORS, imported, instructors=True)
    assert HELD in imported[NAME]
    pipeline.warm_up(assignment, scratch, imported)
    assert len(forks) == 1
    assert _graded(assignment, scratch, ASKS, {}) == "True\n"


def test_what_was_not_tried_runs_once(assignment: bytes, scratch: Path, forks: list[str]) -> None:
    assert _graded(assignment, scratch, ASKS, {}) == "False\n"
    pipeline.warm_up(assignment, scratch, {})
    assert len(forks) == 2
    assert _graded(assignment, scratch, ASKS, {}) == "True\n"


def test_a_student_says_nothing_of_what_is_imported(assignment: bytes, scratch: Path) -> None:
    imported: pipeline.Imported = {}
    _graded(assignment, scratch, INSTRUCTORS, imported)
    assert imported == {}


def test_garbage_is_looked_for_as_in_a_kernel_but_not_in_what_was_there(assignment: bytes, scratch: Path) -> None:
    asks = v4.writes(
        v4.new_notebook(cells=[v4.new_code_cell("import gc\nprint(gc.isenabled(), gc.get_freeze_count() > 0)")])
    )
    assert _graded(assignment, scratch, asks, {}) == "True True\n"
