"""Print every report that the checks of an exercise make of wrong and right answers, as text, HTML and data.

    python reports.py 05_neural_network [EVERY [SEED]]

plays each EVERY-th of the registered mistakes, nameless mistakes and right styles on one seed.
"""

from __future__ import annotations

import json
import sys
from itertools import chain
from pathlib import Path

from checks.explaining.display import bundle
from course.audit.exercise import Exercise

ROOT = Path(__file__).resolve().parents[2]


def reports(name: str, every: int = 1, seed: int = 0) -> dict[str, object]:
    """Return the reports on an exercise's students by what they typed."""
    exercise = Exercise(ROOT / "source_notebooks" / f"{name}.py")
    found: dict[str, object] = {}
    kinds = (exercise.mistakes, exercise.unnamed, exercise.right)
    typed = [(task, *entry) for kind in kinds for task in exercise.checks for entry in kind.get(task, {}).items()]
    solved = ((task, "solution", exercise.solution(task)) for task in exercise.checks)
    for task, label, cell in chain(solved, typed[::every]):
        verdict = exercise.checks[task].verdict(exercise.student(task, cell), seed)
        found[f"{task}: {label}"] = bundle(verdict, points=7.5)
    return found


if __name__ == "__main__":
    name, *numbers = sys.argv[1:]
    json.dump(reports(name, *map(int, numbers)), sys.stdout, ensure_ascii=False, indent=1)
