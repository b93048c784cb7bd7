"""How long the checks of exercise 05 take, and importing them: `python tests/benchmarks/bench_checks.py`.

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

from checks.neural_network import CHECKS
from checks.neural_network.examples import MISTAKES, UNNAMED
from course.student_code import namespace, student, subject

SOURCE = Path(__file__).resolve().parents[2] / "source_notebooks" / "05_neural_network.py"


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


def main() -> None:
    """Print the table."""
    names = namespace(SOURCE)
    print(f"{'check':18}{'right':>9}{'named':>9}{'slowest':>9}{'unnamed':>9}{'slowest':>9}   (ms)")
    for task, check in CHECKS.items():
        right = subject(SOURCE, task, names)
        named = [milliseconds(partial(check.verdict, student(SOURCE, task, c)), 3) for c in MISTAKES[task].values()]
        unnamed = [milliseconds(partial(check.verdict, student(SOURCE, task, c)), 3) for c in UNNAMED[task].values()]
        print(
            f"{task:18}{milliseconds(partial(check.verdict, right)):9.1f}"
            f"{statistics.median(named):9.1f}{max(named):9.1f}{statistics.median(unnamed):9.1f}{max(unnamed):9.1f}"
        )
    numpy, checks = importing("import numpy"), importing("import checks")
    print(f"import: numpy {numpy:.0f} ms, checks {checks:.0f} ms, ratio {checks / numpy:.2f}")


if __name__ == "__main__":
    main()
