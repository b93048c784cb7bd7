"""What a check reported, read back from an executed notebook."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MIME = "application/vnd.backprop-checks.verdict+json"


@dataclass(frozen=True)
class ReportedVerdict:
    """One check's verdict on one task, as it stands in the notebook; `earned` is a share of its points, 0 to 1."""

    task: str
    state: str
    causes: tuple[str, ...]
    earned: float
    points: float
    headline: str


def _label(cause: Any) -> str:
    if isinstance(cause, Mapping):
        return str(cause.get("label") or cause.get("name") or cause.get("message") or cause)
    return str(cause)


def read_verdict(cell: Any) -> ReportedVerdict | None:
    """Return the last verdict that an executed check cell shows, or None."""
    for output in reversed(cell.get("outputs", [])):
        bundle = output.get("data", {}).get(MIME)
        if bundle is None:
            continue
        data = json.loads(bundle) if isinstance(bundle, str) else bundle
        return ReportedVerdict(
            task=str(data.get("task", "")),
            state=str(data.get("state", "")),
            causes=tuple(_label(cause) for cause in data.get("causes") or ()),
            earned=float(data.get("earned") or 0),
            points=float(data.get("points") or 0),
            headline=str(data.get("headline", "")),
        )
    return None


def raised(cell: Any) -> str | None:
    """Return the name of the exception that a cell ended with, or None."""
    return next((str(o.ename) for o in cell.get("outputs", []) if o.output_type == "error"), None)


def is_check(cell: Any) -> bool:
    """Return whether a cell is graded by running it."""
    settings = cell.metadata.get("nbgrader", {})
    return cell.cell_type == "code" and bool(settings.get("grade")) and not settings.get("solution")
