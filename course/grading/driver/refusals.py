"""Which submissions could not be graded when they were last tried, and why: for who asks about them later."""

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .run import Row

PLACE = Path(".nbgrader", "refused")


def refusals(root: Path, assignment: str) -> dict[str, str]:
    """Return the reasons by student, each as a clause, "not graded: ..."; nothing if none can be read."""
    with suppress(OSError, ValueError, AttributeError):
        kept = json.loads(_file(root, assignment).read_bytes())
        return {str(student): str(why) for student, why in kept.items()}
    return {}


def keep_refusals(root: Path, assignment: str, rows: Iterable["Row"]) -> None:
    """Keep what became of the students of these rows; of others that stays which was kept before."""
    before = refusals(root, assignment)
    kept = dict(before)
    for row in rows:
        kept.pop(row.student, None)
        if row.refused:
            kept[row.student] = row.reasons[0]
    if kept != before:
        with suppress(OSError):  # it is told once more by every run
            file = _file(root, assignment)
            file.parent.mkdir(parents=True, exist_ok=True)
            arriving = file.with_suffix(".new")
            arriving.write_text(json.dumps(kept, indent=1), encoding="utf-8")
            arriving.replace(file)


def _file(root: Path, assignment: str) -> Path:
    return root / PLACE / f"{assignment}.json"
