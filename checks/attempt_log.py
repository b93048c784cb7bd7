"""An opt-in log of a student's attempts, from which a class report can draw a time line."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from checks.session import SESSION, Attempts

FILE = "attempts.jsonl"
_LISTENER = "attempt log"


def log_attempts(on: bool = True, file: str | Path = FILE) -> None:
    """Keep a log of checks from now on, one line of JSON each, in a file beside the notebook; or stop it.

    It is off unless this is called, and while nbgrader grades.
    """
    if not on:
        SESSION.listeners.pop(_LISTENER, None)
        print("Checks are not logged any more. What was logged stays where it is; delete it if you like.")
        return
    if "NBGRADER_EXECUTION" in os.environ:
        return
    path = Path(file).absolute()
    try:
        path.open("a", encoding="utf-8").close()
    except OSError as problem:
        print(f"Checks are not logged: {path.name} cannot be written ({problem.strerror}).")
        return
    SESSION.listeners[_LISTENER] = lambda attempts: _write(path, attempts)
    print(
        f"From now on every check adds a line to {path.name} in this folder: the time, the check, right or not, and "
        "the name of the mistake. Nothing of your code and not your name. log_attempts(False) stops it."
    )


def _write(path: Path, attempts: Attempts) -> None:
    verdict = attempts.verdict
    if verdict is None:
        return
    entry = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "exercise": attempts.exercise,
        "check": verdict.task,
        "state": str(verdict.state),
        "labels": list(verdict.labels),
        "earned": verdict.earned,
    }
    with path.open("a", encoding="utf-8") as log:
        log.write(json.dumps(entry) + "\n")
