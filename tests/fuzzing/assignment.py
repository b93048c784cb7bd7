"""A small assignment with a check and a hidden test, and a process that answers for a notebook's cells as it likes."""

from __future__ import annotations

import json
import pickle
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import jupytext
from nbgrader.utils import compute_checksum
from traitlets.config import Config

from course.grading.driver.opening import _pipeline
from course.grading.released import Assignment, ReleasedCell, ReleasedNotebook
from course.grading.sandbox import frames
from course.grading.sandbox.borders import Borders

NAME = "sigmoid"
SOURCE = '''\
# %% nbgrader={"grade_id": "given", "locked": true}
from checks.softmax_and_nll import check_sigmoid

# %% nbgrader={"grade_id": "sigmoid", "solution": true}
def sigmoid(z):
    """Return the sigmoid."""
    raise NotImplementedError

# %% nbgrader={"grade_id": "check_sigmoid", "grade": true, "points": 4}
check_sigmoid(sigmoid, points=4)

# %% nbgrader={"grade_id": "test_sigmoid", "grade": true, "points": 1}
assert sigmoid(0) == 0.5
### BEGIN HIDDEN TESTS
assert sigmoid(-1000) == 0
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "why", "grade": true, "solution": true, "points": 2}
# Why is $\\\\sigma(z) < 1$?
'''
PATIENCE = 0.1
DEFAULTS = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}


def notebook() -> Any:
    """Return the notebook as it is released."""
    made = jupytext.reads(SOURCE, fmt="py:percent")
    made.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    for number, cell in enumerate(made.cells):
        cell.id = f"cell-{number}"
        cell.metadata = {"nbgrader": {**DEFAULTS, **cell.metadata["nbgrader"]}}
    return made


def assignment() -> bytes:
    """Return the assignment as workers get it."""
    made = notebook()
    released = ReleasedNotebook(
        NAME, json.dumps(made.metadata["kernelspec"]), tuple(map(_released, made.cells)), json.dumps(made)
    )
    before, after, _ = _pipeline(Config())
    return pickle.dumps(Assignment(NAME, {NAME: released}, Config(), before, after, b"", (), Borders()))


def _released(cell: Any) -> ReleasedCell:
    settings = cell.metadata["nbgrader"]
    kinds = {kind: settings[kind] for kind in ("grade", "solution", "task")}
    return ReleasedCell(
        settings["grade_id"],
        cell.cell_type,
        settings["locked"],
        cell.source,
        compute_checksum(cell),
        **kinds,
        max_score=float(settings.get("points", 0)),
    )


class Impostor:
    """In the place of a zygote: each request of the grader's is answered by the next of `answers`, in any bytes.

    Where none comes for `PATIENCE` seconds, the next answer comes unasked. When they are used up, it ends, and its
    guardian's last words are `said`.
    """

    importing = False

    def __init__(self, answers: Sequence[bytes], said: bytes) -> None:
        self._answers, self._said = answers, said

    @contextmanager
    def forked(self, folder: str) -> Iterator[tuple[socket.socket, socket.socket]]:
        """Give the grader's sockets."""
        (talk, its_talk), (watch, its_watch) = socket.socketpair(), socket.socketpair()
        answering = threading.Thread(target=self._answer, args=(its_talk, its_watch))
        with talk, watch:
            answering.start()
            yield talk, watch
        answering.join()

    def _answer(self, talk: socket.socket, watch: socket.socket) -> None:
        talk.settimeout(PATIENCE)
        with talk, watch, suppress(OSError):
            for number, answer in enumerate(self._answers):
                with suppress(TimeoutError, EOFError):
                    frames.receive(talk) if number else list(frames.files(talk))
                talk.sendall(answer)
            talk.shutdown(socket.SHUT_RDWR)
            watch.sendall(self._said)
