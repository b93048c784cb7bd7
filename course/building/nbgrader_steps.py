"""nbgrader's own steps, run in this process on a course directory of our choice, with its reason where it refuses."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

from ..kernel import CELL_TIMEOUT, own_tools
from ..layout import Layout
from ..problems import Problem, ProblemsFound


def generate_assignment(course: Layout, name: str, root: Path, gradebook_url: str) -> None:
    """Make the release version of an exercise in the course directory `root`, and note its cells in the gradebook.

    Raise `ProblemsFound` with nbgrader's reason if it refuses.
    """
    from nbgrader.converters import GenerateAssignment

    _convert(GenerateAssignment, course, name, root, gradebook_url)


def generate_solution(course: Layout, name: str, root: Path, gradebook_url: str) -> None:
    """Make the executed solution of an exercise in the course directory `root`, which must know the assignment.

    Raise `ProblemsFound` with nbgrader's reason if it refuses.
    """
    from nbgrader.converters import GenerateSolution

    _convert(GenerateSolution, course, name, root, gradebook_url)


def autograde(course: Layout, name: str, student: str) -> None:
    """Grade one student's submission as nbgrader itself does. Raise `ProblemsFound` with its reason if it cannot."""
    from nbgrader.converters import Autograde

    _convert(Autograde, course, name, course.root, course.gradebook_url, student)


def _convert(converter: Any, course: Layout, name: str, root: Path, gradebook_url: str, student: str = "*") -> None:
    from nbgrader.converters.base import NbGraderException
    from nbgrader.coursedir import CourseDirectory

    config = deepcopy(course.config)
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.db_url = gradebook_url
    config.CourseDirectory.assignment_id = name
    config.CourseDirectory.student_id = student
    config.Autograde.pop("exporter_class", None)  # which would lead to our own run
    config.Execute.timeout = config.Execute.startup_timeout = CELL_TIMEOUT
    with own_tools(), _listening() as (log, said), warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"nbgrader\.api")  # SQLAlchemy about nbgrader's own queries
        try:
            directory = CourseDirectory(config=config, log=log)
            converter(coursedir=directory, config=config, log=log, force=True).start()
        except (NbGraderException, SystemExit) as problem:
            shown = course.shown(course.source(name))
            raise ProblemsFound([Problem(shown, _reason(said, str(problem)))]) from problem


@contextmanager
def _listening() -> Iterator[tuple[logging.Logger, list[str]]]:
    """Give a logger for nbgrader that keeps what it says from a warning up, instead of printing it."""
    said: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    log = logging.getLogger("course.nbgrader")
    log.propagate = False
    log.setLevel(logging.WARNING)
    handler = Keep()
    log.addHandler(handler)
    try:
        yield log, said
    finally:
        log.removeHandler(handler)


def _reason(said: list[str], otherwise: str) -> str:
    """Return nbgrader's own reason: the last line of the traceback that it logged."""
    traceback = next((text for text in said if "Traceback (most recent call last)" in text), None)
    reason = traceback.strip().splitlines()[-1].split(": ", 1)[-1] if traceback else otherwise
    if "submissions associated with it" in reason:
        return (
            "the gradebook has submissions for this exercise, so the grade_ids of its cells must stay as they were, "
            "but some were added or taken away; restore them, or give the exercise a new name"
        )
    return f"nbgrader refuses it: {reason}"
