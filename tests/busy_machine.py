"""A machine that has too much to do, whatever machine it is."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SPINNING = 4
"""Processes that never rest on the one processor that is left for whatever is tried: eight on two of them."""


@contextmanager
def a_busy_machine() -> Iterator[None]:
    """Leave this process, and what it starts meanwhile, a fifth of one processor."""
    processors = os.sched_getaffinity(0)
    spinning = []
    try:
        os.sched_setaffinity(0, {min(processors)})
        for _ in range(SPINNING):
            spinning.append(subprocess.Popen([sys.executable, "-S", "-c", "while True: pass"]))
        yield
    finally:
        os.sched_setaffinity(0, processors)
        for process in spinning:
            process.kill()
            process.wait()
