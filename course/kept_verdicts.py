"""Verdicts kept beside the grades: a file of JSON for each autograded notebook, for the report and the feedback."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

VERSION = 1
"""The version of the file's form; it changes when a field changes its meaning."""

SUFFIX = ".verdicts.json"
STATES = ("right", "wrong", "not attempted", "blocked", "no verdict")
LARGEST = 4 << 20


class UnusableVerdicts(Exception):
    """A file of verdicts that cannot be used; the message is a clause that says why."""


@dataclass(frozen=True)
class KeptVerdict:
    """What became of one graded check of a notebook.

    `state` is one of `STATES`; there is "no verdict" where the check's cell is missing, or ended before it could say
    anything. `labels` name the mistakes, `cause` is the sentence that explains them, with its `equation`. `earned` are
    points of `points`. `seed` made the `cases`. `sealed` tells whether it was judged outside the student's process.
    """

    grade_id: str
    exercise: str
    task: str
    state: str
    points: float
    earned: float
    labels: tuple[str, ...] = ()
    headline: str = ""
    location: str = ""
    cause: str = ""
    equation: str = ""
    problem: str = ""
    evidence: str = ""
    notes: tuple[str, ...] = ()
    next_step: str = ""
    parts: tuple[str, ...] = ()
    seed: int = 0
    cases: tuple[str, ...] = ()
    sealed: bool = False

    @classmethod
    def from_data(cls, entry: Any) -> KeptVerdict:
        """Return the verdict that `asdict` and JSON have written.

        Raises:
            UnusableVerdicts: if it is none.
        """
        if not isinstance(entry, dict):
            raise UnusableVerdicts("a verdict in it is none")
        values: dict[str, Any] = {}
        for field in fields(cls):
            if field.name not in entry:
                raise UnusableVerdicts(f"a verdict in it has no {field.name}")
            value = entry[field.name]
            values[field.name] = tuple(value) if isinstance(value, list) else value
            if not _fits(field.type, values[field.name]):
                raise UnusableVerdicts(f"the {field.name} of a verdict in it is {value!r:.40}")
        if values["state"] not in STATES:
            raise UnusableVerdicts(f"the state of a verdict in it is {values['state']!r:.40}")
        return cls(**values)


def verdicts_file(folder: Path, notebook: str) -> Path:
    """Return where the verdicts on a notebook are kept in its autograded folder."""
    return folder / f"{notebook}{SUFFIX}"


def write_verdicts(folder: Path, assignment: str, notebook: str, verdicts: Sequence[KeptVerdict]) -> None:
    """Keep the verdicts on a notebook in its autograded folder."""
    data = {
        "version": VERSION,
        "assignment": assignment,
        "notebook": notebook,
        "verdicts": [asdict(verdict) for verdict in verdicts],
    }
    text = json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False)
    verdicts_file(folder, notebook).write_text(text + "\n", encoding="utf-8")


def read_verdicts(path: Path, assignment: str) -> list[KeptVerdict]:
    """Return the verdicts of a file.

    Raises:
        UnusableVerdicts: if it is missing, truncated, of another version, of another assignment, or no such file.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise UnusableVerdicts(f"it has more than {LARGEST >> 20} MB")
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UnusableVerdicts("it is missing") from None
    except (OSError, ValueError, RecursionError) as problem:
        raise UnusableVerdicts("it cannot be read: it is truncated or no JSON") from problem
    if not isinstance(data, dict) or not isinstance(data.get("verdicts"), list):
        raise UnusableVerdicts("it holds no verdicts")
    if data.get("version") != VERSION:
        raise UnusableVerdicts(f"it is of version {data.get('version')!r:.20}, but this is version {VERSION}")
    if data.get("assignment") != assignment:
        raise UnusableVerdicts(f"it is of the assignment {data.get('assignment')!r:.60}")
    return [KeptVerdict.from_data(entry) for entry in data["verdicts"]]


def _fits(kind: Any, value: Any) -> bool:
    match kind:
        case "float":
            return isinstance(value, int | float) and not isinstance(value, bool) and value == value
        case "int":
            return isinstance(value, int) and not isinstance(value, bool)
        case "bool":
            return isinstance(value, bool)
        case "str":
            return isinstance(value, str)
    return isinstance(value, tuple) and all(isinstance(one, str) for one in value)
