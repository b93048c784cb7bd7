"""Find what a program leaves: cgroups, and running processes.

Whatever loses its parent becomes a child of this process, where it is seen.
"""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from course.grading.sandbox.cgroups import PREFIX, places

_PR_SET_CHILD_SUBREAPER = 36
GRACE = 30.0
"""Seconds that are left to what has just lost its parent, to notice it and leave."""


def parents() -> dict[int, int]:
    """Return the parent of every process on this machine."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, IndexError):
                found[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    return found


def descendants(ancestor: int, *, not_below: Callable[[int], bool] = lambda process: False) -> list[int]:
    """Return every process below one, parents first; `not_below` says of which to leave out what is below."""
    children: dict[int, list[int]] = {}
    for process, parent in parents().items():
        children.setdefault(parent, []).append(process)
    found, waiting = [], [ancestor]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += [process for process in below if not not_below(process)]
    return found


def command_line(process: int) -> str:
    """Return what a process was started as, or an empty string if it is gone."""
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    return ""


def left_by(process: int) -> list[Path]:
    """Return the cgroups that a process has made and that are there still."""
    return [group for place in places() for group in place.glob(f"{PREFIX}{process}-*")]


class Survivors:
    """What was left running when the block had ended; filled in then."""

    def __init__(self) -> None:
        self.left: list[str] = []


@contextmanager
def watched() -> Iterator[Survivors]:
    """Watch over the programs started in the block, and kill what they left behind after the grace."""
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    before = {process for process, parent in parents().items() if parent == os.getpid()}
    survivors = Survivors()
    prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield survivors
    finally:
        deadline = time.monotonic() + GRACE
        while (left := _adopted(before)) and time.monotonic() < deadline:
            time.sleep(0.05)
        survivors.left = [f"{process}: {command_line(process)}" for process in left]
        for process in left:
            with suppress(OSError):
                os.kill(process, 9)
                os.waitpid(process, 0)
        prctl(_PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def _adopted(before: set[int]) -> list[int]:
    """Return the living children of this process that were not there before, after burying the dead ones."""
    alive = []
    for process, parent in parents().items():
        if parent == os.getpid() and process not in before:
            with suppress(ChildProcessError):
                if os.waitpid(process, os.WNOHANG) == (0, 0):
                    alive.append(process)
    return alive
