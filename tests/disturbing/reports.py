"""Print what the checks say of wrong and right answers, as text, HTML and data: `reports.py EVERY NAME...`.

Of each exercise, the solution of every task is played and each EVERY-th of the registered mistakes, nameless mistakes
and right styles. `arithmetic` shows how this process computes.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from checks.explaining.display import bundle
from course.audit.exercise import Exercise

ROOT = Path(__file__).resolve().parents[2]


def reports(name: str, every: int) -> Iterator[tuple[str, object]]:
    """Yield what was typed for an exercise and the report on it."""
    exercise = Exercise(ROOT / "source_notebooks" / f"{name}.py")
    kinds = (exercise.mistakes, exercise.unnamed, exercise.right)
    typed = [(task, *entry) for kind in kinds for task in exercise.checks for entry in kind.get(task, {}).items()]
    solved = [(task, "solution", exercise.solution(task)) for task in exercise.checks]
    for task, label, cell in [*solved, *typed[::every]]:
        _same_luck()
        yield (
            f"{name}, {task}: {label}",
            bundle(exercise.checks[task].verdict(exercise.student(task, cell)), points=7.5),
        )


def _same_luck() -> None:
    """Let answers that are drawn at random be the same in every process."""
    random.seed(0)
    np.random.seed(0)
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.manual_seed(0)


if __name__ == "__main__":
    every, *names = sys.argv[1:]
    found = dict(report for name in names for report in reports(name, int(every)))
    arithmetic = np.exp(np.sin(np.arange(64.0)).reshape(8, 8)).tolist()
    json.dump({"reports": found, "arithmetic": arithmetic}, sys.stdout, ensure_ascii=False)
