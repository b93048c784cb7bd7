"""How long the checks take, and importing them: `python tests/benchmarks/bench_checks.py [NN_name ...]`.

Times are medians of one run on this machine; compare the ratios, not the milliseconds, between machines.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from checks.check import Check
from checks.observing.looking import Sight
from course.audit.exercise import Exercise
from course.student_code import namespace, student, subject

SOURCES = Path(__file__).resolve().parents[2] / "source_notebooks"


def milliseconds(run: Callable[[], object], times: int = 15) -> float:
    """Return the median time of a call after one that does not count."""
    run()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append((time.perf_counter() - start) * 1e3)
    return statistics.median(taken)


def importing(statement: str) -> float:
    """Return the median time of a fresh interpreter that runs a statement, less that of an empty one."""

    def start(code: str) -> float:
        return milliseconds(lambda: subprocess.run([sys.executable, "-c", code], check=True), times=11)

    return start(statement) - start("pass")


def lines_of(check: Check, student: object) -> float:
    """Return how long it takes to find out where in its lines a wrong answer goes wrong."""
    sight = Sight(check, student)
    probes = check.seen(sight.at)
    verdict = check.judged(probes)
    return milliseconds(partial(check.with_margin, verdict, probes[0], sight.at), 3)


def print_times(exercise: Exercise) -> None:
    """Print one line for each check: right, wrong with a name, and wrong without one; what the lines of these take."""
    source = exercise.source
    names = namespace(source)
    heads = ("right", "named", "slowest", "unnamed", "slowest", "lines", "slowest")
    print(f"{exercise.name:24}{''.join(f'{head:>9}' for head in heads)}   (ms)")
    for task, check in exercise.checks.items():
        right = milliseconds(partial(check.verdict, subject(source, task, names)))
        times = [f"{right:9.1f}"]
        kinds = exercise.mistakes.get(task, {}), exercise.unnamed.get(task, {})
        for cells in kinds:
            wrong = [milliseconds(partial(check.verdict, student(source, task, cell)), 3) for cell in cells.values()]
            times.append(f"{statistics.median(wrong):9.1f}{max(wrong):9.1f}" if wrong else f"{'-':>9}{'-':>9}")
        lines = [lines_of(check, student(source, task, cell)) for cells in kinds for cell in cells.values()]
        times.append(f"{statistics.median(lines):9.1f}{max(lines):9.1f}" if lines else f"{'-':>9}{'-':>9}")
        print(f"  {task:22}{''.join(times)}", flush=True)


def main() -> None:
    """Print the tables of the named exercises, or of all."""
    wanted = sys.argv[1:]
    for path in sorted(SOURCES.glob("*.py")):
        if not wanted or path.stem in wanted:
            print_times(Exercise(path))
    numpy, checks = importing("import numpy"), importing("import checks")
    print(f"import: numpy {numpy:.0f} ms, checks {checks:.0f} ms, ratio {checks / numpy:.2f}")


if __name__ == "__main__":
    main()
