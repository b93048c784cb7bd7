"""A machine that has too much to do."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

PROCESSES = 8


@contextmanager
def a_busy_machine() -> Iterator[None]:
    """Have as many processes as `PROCESSES` beside this one that never rest."""
    spinning = [subprocess.Popen([sys.executable, "-S", "-c", "while True: pass"]) for _ in range(PROCESSES)]
    try:
        yield
    finally:
        for process in spinning:
            process.kill()
            process.wait()
