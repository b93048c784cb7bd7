"""What became of each graded check of a notebook, for the files that are kept beside the grades."""

import importlib
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from typing import Any

from nbgrader.utils import determine_grade

from ...kept_verdicts import KeptVerdict
from ..released import ReleasedCell, ReleasedNotebook
from .graded_checks import GradedCheck
from .sealed import Judged

LONGEST = 400
"""The most characters of a sentence that a student's process has written."""

MOST = 8
"""The most labels, notes and parts that are kept."""

NO_VERDICT = "no verdict"
NO_CELL = {"headline": "The check said nothing: its cell was not handed in."}


def kept_verdicts(notebook: Any, released: ReleasedNotebook, judged: Mapping[str, Judged]) -> list[KeptVerdict]:
    """Return the verdicts on a graded notebook, in the order of the release; points are those of the gradebook."""
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells}
    return [
        _kept(cells.get(grade_id), released.cells[grade_id], check, judged.get(grade_id, Judged()))
        for grade_id, check in released.checks.items()
    ]


def _kept(cell: Any, known: ReleasedCell, check: GradedCheck, judged: Judged) -> KeptVerdict:
    verdict = judged.verdict
    said = verdict.as_data() if verdict is not None else NO_CELL if cell is None else {}
    texts: dict[str, Any] = {
        field: str(said.get(field, ""))[:LONGEST]
        for field in ("headline", "location", "cause", "equation", "problem", "evidence", "next_step")
    }
    lists: dict[str, Any] = {field: _texts(said.get(field)) for field in ("notes", "parts")}
    return KeptVerdict(
        grade_id=known.name,
        exercise=exercise_of(check),
        task=said.get("task", check.function.removeprefix("check_")),
        state=said.get("state", NO_VERDICT),
        points=known.max_score,
        earned=_earned(cell, known.max_score),
        labels=_texts(said.get("causes")),
        seed=judged.seed,
        cases=judged.cases,
        sealed=True,
        **texts,
        **lists,
    )


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(str(one)[:LONGEST] for one in value[:MOST]) if isinstance(value, list) else ()


@cache
def exercise_of(check: GradedCheck) -> str:
    """Return the name of the exercise that a check belongs to, such as neural_network."""
    with suppress(ImportError, AttributeError):
        return str(getattr(importlib.import_module(check.module), check.function).__module__).rpartition(".")[2]
    return check.module.rpartition(".")[2]


def _earned(cell: Any, points: float) -> float:
    if cell is None:
        return 0.0
    try:
        score, _ = determine_grade(cell)
    except (ValueError, KeyError, TypeError):  # more than there are; the driver sees to it
        return 0.0
    return min(float(score or 0.0), points)
