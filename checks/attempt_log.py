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
    SESSION.listeners.pop(_LISTENER, None)
    if not isinstance(on, bool) or not isinstance(file, str | Path):
        print('Checks are not logged: call log_attempts(), or log_attempts(file="...") for a file of another name.')
        return
    try:
        path = Path(file).absolute()
        path.open("a", encoding="utf-8").close()
    except (OSError, ValueError) as problem:
        print(_refusal(Path(file), problem))
        return
    SESSION.listeners[_LISTENER] = lambda attempts: _write(path, attempts)
    print(
        f"From now on every check adds a line to {file}: the time, the exercise and check, right or not, the share of "
        "the points, and the name of the mistake. Nothing of your code and not your name. log_attempts(False) stops it."
    )


def _refusal(path: Path, problem: Exception) -> str:
    """Say why a file cannot be written; of a very long name only the beginning."""
    why = getattr(problem, "strerror", None) or problem
    return f"Checks are not logged: {path.name:.60} cannot be written ({why})."


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
    try:
        with path.open("a", encoding="utf-8") as log:
            log.write(json.dumps(entry) + "\n")
    except OSError as problem:  # its folder is gone, or the disk is full: told once
        SESSION.listeners.pop(_LISTENER, None)
        print(_refusal(path, problem))
