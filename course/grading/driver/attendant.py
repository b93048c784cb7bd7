"""The process behind nbgrader's doors: it grades what it is asked to, and keeps its workplace warm between."""

import glob
import io
import json
import os
import pickle
import traceback
from contextlib import ExitStack, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from rich.console import Console

from ...problems import CannotRun, lacking
from ...terminal import Screen
from ..imports import guessed
from .autograding import autograde
from .workplace import Workplace

WIDTH = 120
"""Columns of the summary in a log."""


def attend(descriptor: int) -> None:
    """Answer requests that come from a connection, until it is closed; a run that fails leaves its workplace cold."""
    nobody_waits = suppress(KeyboardInterrupt, BrokenPipeError)
    with nobody_waits, Connection(descriptor) as asking, ExitStack() as stack:
        workplace: Workplace | None = None
        while (request := _next(asking)) is not None:
            try:
                os.chdir(request["config"].CourseDirectory.root)  # as nbgrader does; where it was may be gone
                if workplace is None:
                    workplace = stack.enter_context(_workplace(request["config"].CourseDirectory))
                _say(asking, _graded(asking, workplace, request))
            except BrokenPipeError:
                raise
            except Exception as problem:
                said = str(problem) if isinstance(problem, CannotRun) else lacking(problem) or traceback.format_exc()
                stack.close()
                workplace = None
                _say(asking, {"summary": [], "refused": [said]})


def _workplace(course: Any) -> Workplace:
    """Return a workplace for a course's first request: for a click on one submission one worker is enough."""
    workers = None if glob.has_magic(course.student_id) else 1
    return Workplace(workers=workers, guess=guessed(Path(course.root), course.assignment_id))


def _next(asking: Connection) -> Any:
    try:
        return pickle.loads(asking.recv_bytes())  # of the process that started this one
    except (EOFError, KeyboardInterrupt):
        return None


def _say(asking: Connection, what: dict[str, Any]) -> None:
    asking.send_bytes(json.dumps(what).encode())


def _graded(asking: Connection, workplace: Workplace, request: dict[str, Any]) -> dict[str, Any]:
    graded = autograde(
        request["config"].CourseDirectory.assignment_id,
        config=request["config"],
        force=request["force"],
        workplace=workplace,
        tell=lambda done, of: _say(asking, {"done": done, "of": of}),
    )
    text = io.StringIO()
    Screen(Console(file=text, width=WIDTH, highlight=False)).autograded(graded)
    refused = [f"{row.student}: {'; '.join(row.reasons)}" for row in graded.rows if row.refused]
    return {"summary": [line.rstrip() for line in text.getvalue().splitlines()], "refused": refused}
