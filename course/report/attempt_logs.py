"""Read the logs that students may keep of their attempts, trusting nothing in them."""

from __future__ import annotations

import json
import os
import stat
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from checks.attempt_log import FILE

LARGEST = 1 << 20
LONGEST_LINE = 2000
MOST_LINES = 5000
EARLIEST = datetime(2015, 1, 1, tzinfo=UTC)

Check = tuple[str, str]
"""A check as a log and a verdict name it: exercise and task."""

ATTEMPTS = {"right": True, "wrong": False}
"""The states that count as an attempt, and whether it was right; a check on an untouched cell is none."""

STATES = (*ATTEMPTS, "not attempted", "blocked")


@dataclass
class Attempts:
    """The attempts of a class, counted.

    `hours` has, by the hour since 1970 in UTC, how many attempts were right and how many were not. `until_right` has,
    by check, how many attempts each student made up to the first right one; `never` how many made some and have none.
    """

    logs: int = 0
    hours: dict[int, list[int]] = field(default_factory=dict)
    until_right: dict[Check, list[int]] = field(default_factory=dict)
    never: Counter[Check] = field(default_factory=Counter)
    bad_lines: int = 0
    lines_too_many: int = 0
    elsewhere: int = 0
    unusable: Counter[str] = field(default_factory=Counter)

    @property
    def right(self) -> int:
        """The number of right attempts."""
        return sum(right for right, _ in self.hours.values())

    @property
    def total(self) -> int:
        """The number of attempts."""
        return sum(right + wrong for right, wrong in self.hours.values())

    def median(self, check: Check) -> float | None:
        """Return the median number of attempts until right, of those who got there."""
        return median(self.until_right[check]) if self.until_right.get(check) else None

    def add(self, folder: Path, wanted: Collection[Check], now: datetime) -> None:
        """Count the log in a submission's folder, if there is one: the lines about the checks that are `wanted`."""
        try:
            text = _text(folder / FILE)
        except FileNotFoundError:
            return
        except OSError as problem:
            self.unusable[problem.strerror or "it cannot be read"] += 1
            return
        tries: Counter[Check] = Counter()
        done: set[Check] = set()
        used = False
        lines = [line for line in text.split(b"\n") if line.strip()]
        self.lines_too_many += max(len(lines) - MOST_LINES, 0)
        for line in lines[:MOST_LINES]:
            entry = _entry(line, now)
            if entry is None:
                self.bad_lines += 1
                continue
            hour, check, state = entry
            if check not in wanted:
                self.elsewhere += 1
            elif state in ATTEMPTS:
                used = True
                self.hours.setdefault(hour, [0, 0])[0 if ATTEMPTS[state] else 1] += 1
                if check not in done:
                    tries[check] += 1
                if ATTEMPTS[state]:
                    done.add(check)
        self.logs += used
        for check, many in tries.items():
            if check in done:
                self.until_right.setdefault(check, []).append(many)
            else:
                self.never[check] += 1


def _text(path: Path) -> bytes:
    """Return a log's bytes; anything but a regular file of moderate size is refused."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as log:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(0, "it is no regular file")
        text = log.read(LARGEST + 1)
    if len(text) > LARGEST:
        raise OSError(0, f"it has more than {LARGEST >> 20} MB")
    return text


def _entry(line: bytes, now: datetime) -> tuple[int, Check, str] | None:
    """Return hour, check and state of a line, or None if it is not what the log writes."""
    if len(line) > LONGEST_LINE:
        return None
    try:
        entry: Any = json.loads(line)
        exercise, check, state = entry["exercise"], entry["check"], entry["state"]
        time = datetime.fromisoformat(entry["time"])
        time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None
    if not (isinstance(exercise, str) and isinstance(check, str) and isinstance(state, str) and state in STATES):
        return None
    if not EARLIEST <= time <= now + timedelta(days=1):
        return None
    return int(time.timestamp()) // 3600, (exercise, check), state
