"""What a report on a large class costs: `python -m tests.benchmarks.bench_report [STUDENTS]`, 2000 if not given.

The class has 25 tasks, of whom some kept logs; measured are wall time and peak memory of the whole command.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from course.kept_verdicts import KeptVerdict
from tests.course.report import made_up_class
from tests.course.report.made_up_class import NAME, MadeUpClass

REPEATS = 5
"""How many times the five tasks of exercise 05 stand in the notebook."""


def many_tasks(random: np.random.Generator, skill: float) -> list[KeptVerdict]:
    return [
        replace(verdict, task=f"{verdict.task}_{place}", grade_id=f"{verdict.grade_id}_{place}")
        for place in range(REPEATS)
        for verdict in made_up_class.typical(random, skill)
    ]


def large_class(root: Path, size: int) -> MadeUpClass:
    made = made_up_class.course(root)
    random = np.random.default_rng(5)
    for number in range(size):
        student = f"student-{number:05}"
        verdicts = many_tasks(random, random.beta(3, 2))
        made.grade(student, verdicts)
        if number % 2:
            begun = datetime(2025, 11, 3, 9, tzinfo=UTC) + timedelta(days=14 * random.beta(4, 1.3))
            made.log(student, made_up_class.logged(random, verdicts, begun))
    return made


def measure(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = large_class(Path(folder) / "course", size)
        started = time.monotonic()
        command = [Path(sys.executable).parent / "course", "report", NAME, "--course-dir", made.root]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seconds = time.monotonic() - started
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        written = {path.name: path.stat().st_size / 1e6 for path in (made.root / "reports" / NAME).iterdir()}
    print(f"{size} students x {REPEATS * len(made_up_class.POINTS)} tasks")
    print(f"time    {seconds:6.2f} s")
    print(f"memory  {peak:6.0f} MB")
    for name, size_mb in sorted(written.items()):
        print(f"{name:13} {size_mb:6.2f} MB")


if __name__ == "__main__":
    measure(int(sys.argv[1]) if sys.argv[1:] else 2000)
