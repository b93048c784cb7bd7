"""What became of each graded check of a notebook, for the files that are kept beside the grades."""

import importlib
import json
from contextlib import suppress
from functools import cache
from typing import Any

from nbgrader.utils import determine_grade

from checks.explaining.display import MIME

from ..kept_verdicts import STATES, KeptVerdict
from .graded_checks import GradedCheck
from .released import ReleasedCell, ReleasedNotebook

LONGEST = 400
"""The most characters of a sentence that a student's process has written."""

MOST = 8
"""The most labels, notes and parts that are kept."""

NO_VERDICT = "no verdict"


def kept_verdicts(notebook: Any, released: ReleasedNotebook) -> list[KeptVerdict]:
    """Return what the check cells of a graded notebook say, in the order of the release.

    Points are those that the gradebook gets. The rest is what the student's own process has shown.
    """
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells}
    return [
        _verdict(cells.get(grade_id), released.cells[grade_id], check) for grade_id, check in released.checks.items()
    ]


def _verdict(cell: Any, known: ReleasedCell, check: GradedCheck) -> KeptVerdict:
    exercise, tasks = _judged_by(check)
    said = _shown(cell) if cell is not None else {}
    name = str(said.get("task"))
    if name not in tasks or said.get("state") not in STATES:
        name, said = check.function.removeprefix("check_"), {}
    texts: dict[str, Any] = {
        field: str(said.get(field, ""))[:LONGEST]
        for field in ("headline", "location", "cause", "equation", "problem", "evidence", "next_step")
    }
    lists: dict[str, Any] = {field: _texts(said.get(field)) for field in ("notes", "parts")}
    return KeptVerdict(
        grade_id=known.name,
        exercise=exercise,
        task=name,
        state=said.get("state", NO_VERDICT),
        points=known.max_score,
        earned=_earned(cell, known.max_score),
        labels=_texts(said.get("causes")),
        **texts,
        **lists,
    )


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(str(one)[:LONGEST] for one in value[:MOST]) if isinstance(value, list) else ()


@cache
def _judged_by(check: GradedCheck) -> tuple[str, frozenset[str]]:
    """Return the exercise of a check, and the names of its tasks."""
    with suppress(ImportError, AttributeError):
        home = getattr(importlib.import_module(check.module), check.function).__module__
        return home.rpartition(".")[2], frozenset(importlib.import_module(home).CHECKS)
    return check.module.rpartition(".")[2], frozenset()


def _shown(cell: Any) -> dict[str, Any]:
    """Return the last verdict that a cell shows, as data."""
    for output in reversed(cell.get("outputs", [])):
        bundle = output.get("data", {}).get(MIME)
        with suppress(ValueError):
            data = json.loads(bundle) if isinstance(bundle, str) else bundle
            if isinstance(data, dict):
                return data
    return {}


def _earned(cell: Any, points: float) -> float:
    if cell is None:
        return 0.0
    try:
        score, _ = determine_grade(cell)
    except (ValueError, KeyError, TypeError):  # more than there are; the driver sees to it
        return 0.0
    return min(float(score or 0.0), points)
