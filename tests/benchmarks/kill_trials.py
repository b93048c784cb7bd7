"""Kill grading runs at random moments and see what is lost: `python tests/benchmarks/kill_trials.py [--trials 50]`.

A trial starts the command in a copy of a course, kills the driver, a worker or a zygote (-9), runs the same command
again, and compares everything with a run that nobody disturbed. Exit status 1 if anything differs.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.course.grading.driver.hand_graded import (
    STUDENTS,
    by_hand,
    grade_by_hand,
    hand_in_again,
    handed_in,
    outcome,
)
from tests.course.grading.plain_course import PATIENCE, PlainCourse, Ran, clean_environment
from tests.course.grading.survivors import command_line, descendants, left_by, watched

VICTIMS = ("driver", "worker", "zygote")
WORKERS = "2"


@dataclass(frozen=True)
class Situation:
    """A course as the command finds it, and what an undisturbed run makes of it."""

    name: str
    course: PlainCourse
    options: tuple[str, ...]
    expected: dict[str, Any]


@dataclass(frozen=True)
class Trial:
    """What one trial did, and every way in which its end differs from that of an undisturbed run."""

    situation: str
    victim: str
    moment: float
    killed: bool
    losses: tuple[str, ...]

    def __str__(self) -> str:
        when = f"at {self.moment:4.0%}" if self.killed else "too late"
        return f"{self.situation:12} {self.victim:7} {when:9} {'; '.join(self.losses) or 'nothing lost'}"


SITUATIONS = ("new", "no results", "forced", "handed in")
Pair = tuple[str, str]


class Situations:
    """The courses that trials start from, each made and graded once without disturbance when it is first wanted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        course = handed_in(folder / "class", seconds=0.25)
        self._graded = course.copy(folder / "graded")
        start = time.monotonic()
        _done(self._graded.autograde("--workers", WORKERS))
        self.seconds = time.monotonic() - start
        self._made = {"new": Situation("new", course, ("--workers", WORKERS), outcome(self._graded))}
        grade_by_hand(self._graded)

    def __getitem__(self, name: str) -> Situation:
        if name not in self._made:
            options = ("--workers", WORKERS, *(["--force"] if name == "forced" else []))
            course = self._course(name)
            reference = course.copy(self._folder / f"undisturbed {name}")
            _done(reference.autograde(*options))
            self._made[name] = Situation(name, course, options, outcome(reference))
        return self._made[name]

    def _course(self, name: str) -> PlainCourse:
        course = self._graded.copy(self._folder / name)
        if name == "no results":
            shutil.rmtree(course.root / "autograded")
        elif name == "handed in":
            hand_in_again(course)
        return course


def _done(ran: Ran) -> None:
    assert ran.status == 0, ran.stdout + ran.stderr


def trial(situation: Situation, victim: str, moment: float, seconds: float, folder: Path) -> Trial:
    """Kill `victim` at a moment, a share of what is left of a run of so many seconds when it has appeared."""
    course = situation.course.copy(folder / "course")
    scratch = folder / "tmp"
    scratch.mkdir()
    written = by_hand(course)
    processes: set[int] = set()
    with watched() as survivors:
        kill = partial(_killed, victim, moment, seconds)
        first, killed = _disturbed(course, situation.options, kill, scratch, processes)
        losses = list(_left_whole(course, written))
        done = _results(course)
        if killed and victim != "driver":
            losses += _as_usual("the disturbed run", first)
        second, _ = _disturbed(course, situation.options, lambda run: False, scratch, processes)
    losses += _as_usual("the second run", second)
    if situation.name != "forced":
        losses += [f"{name} was graded twice" for name, result in done.items() if _results(course).get(name) != result]
    losses += _differences(outcome(course), situation.expected)
    losses += [f"left in the temporary folder: {path.name}" for path in scratch.iterdir()]
    losses += [f"left running: {process}" for process in survivors.left]
    losses += [f"left: {group}" for process in processes for group in left_by(process)]
    return Trial(situation.name, victim, moment, killed, tuple(losses))


def _disturbed(
    course: PlainCourse,
    options: tuple[str, ...],
    kill: Callable[[subprocess.Popen[bytes]], bool],
    scratch: Path,
    processes: set[int],
) -> tuple[Ran, bool]:
    """Run the command and kill a part of it; return how the run ended, and whether it came to the killing.

    The command's processes are added to `processes`.
    """
    with (scratch.parent / "out").open("w+") as out, (scratch.parent / "err").open("w+") as err:
        run = subprocess.Popen(
            course.command("--json", *options),
            cwd=course.root,
            env=clean_environment(TMPDIR=str(scratch)),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )
        try:
            killed = kill(run)
            until = time.monotonic() + PATIENCE
            while run.poll() is None and time.monotonic() < until:
                processes.update(descendants(run.pid))
                _slept(run, 0.2)
            status = run.wait(0)
        finally:
            with suppress(OSError):
                run.kill()
        out.seek(0)
        err.seek(0)
        return Ran(status, out.read(), err.read()), killed


def _killed(victim: str, moment: float, seconds: float, run: subprocess.Popen[bytes]) -> bool:
    start = time.monotonic()
    while not FIND[victim](run.pid) and run.poll() is None:
        time.sleep(0.05)
    left = max(0.0, seconds - (time.monotonic() - start))  # a worker or a zygote is only there for the rest of the run
    _slept(run, moment * left)
    found = FIND[victim](run.pid)
    if not found or run.poll() is not None:
        return False
    with suppress(ProcessLookupError):
        os.kill(found[0], signal.SIGKILL)
        return True
    return False


def _slept(run: subprocess.Popen[bytes], seconds: float) -> None:
    with suppress(subprocess.TimeoutExpired):
        run.wait(seconds)


def _workers(driver: int) -> list[int]:
    return [process for process in descendants(driver) if "spawn_main" in command_line(process)]


def _zygotes(driver: int) -> list[int]:
    """Return the zygotes, and not what they have forked, which has their name."""
    return [process for process in descendants(driver, not_below=_is_zygote) if _is_zygote(process)]


def _is_zygote(process: int) -> bool:
    command = command_line(process)
    return "course.grading.sandbox.zygote" in command and "bwrap" not in command.split()[0]


FIND: dict[str, Callable[[int], list[int]]] = {
    "driver": lambda driver: [driver],
    "worker": _workers,
    "zygote": _zygotes,
}


def _left_whole(course: PlainCourse, written: dict[str, list[Any]]) -> Iterator[str]:
    """Yield what the killed run has spoilt."""
    with closing(sqlite3.connect(course.gradebook)) as connection:
        [[verdict]] = connection.execute("PRAGMA integrity_check").fetchall()
    if verdict != "ok":
        yield f"the gradebook is broken: {verdict}"
    elif by_hand(course) != written:
        yield "what a person had written into the gradebook is changed after the kill"


def _results(course: PlainCourse) -> dict[str, tuple[int, int]]:
    """Return what identifies the completed result of each student's present submission."""
    found = {}
    for student in STUDENTS:
        record = course.autograded(student) / ".graded.json"
        submitted = course.submission(student) / "timestamp.txt"
        graded = record.with_name("timestamp.txt")
        if record.is_file() and graded.is_file() and graded.read_text() == submitted.read_text():
            found[student] = (record.stat().st_ino, record.stat().st_mtime_ns)
    return found


def _as_usual(which: str, ran: Ran) -> list[str]:
    """Return what is unusual about a run that had to succeed."""
    if ran.status not in (0, 1):
        return [f"{which} ended with {ran.status}: {ran.stderr[-300:]}"]
    missing = set(STUDENTS) - set(ran.rows)
    odd = [f"{which}: {s}: {row['reasons']}" for s, row in ran.rows.items() if row["state"] == "needs a look"]
    return [f"{which} misses {', '.join(sorted(missing))}"] * bool(missing) + odd


def _differences(found: dict[str, Any], expected: dict[str, Any]) -> Iterator[str]:
    for what, wanted in expected.items():
        if found[what] == wanted:
            continue
        if isinstance(wanted, list):
            yield f"{what}: {sorted(set(found[what]) ^ set(wanted))}"
            continue
        parts = [part for part in {*wanted, *found[what]} if wanted.get(part) != found[what].get(part)]
        yield f"{what} differ from the undisturbed run's in {', '.join(sorted(parts))}"


def pairs(count: int, drawn: random.Random) -> list[Pair]:
    """Return so many situations with victims, each pair as often as the others."""
    every = [(situation, victim) for situation in SITUATIONS for victim in VICTIMS]
    drawn.shuffle(every)
    return [every[number % len(every)] for number in range(count)]


def trials(wanted: Sequence[Pair], drawn: random.Random, folder: Path) -> Iterator[Trial]:
    """Yield a trial for each situation and victim, at a moment drawn at random."""
    situations = Situations(folder)
    for number, (situation, victim) in enumerate(wanted):
        place = folder / f"trial-{number}"
        place.mkdir()
        yield trial(situations[situation], victim, drawn.random(), situations.seconds, place)
        shutil.rmtree(place)


def main() -> None:
    """Run the trials and print each."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--trials", type=int, default=50)
    options.add_argument("--seed", type=int, default=random.randrange(10**6))
    chosen = options.parse_args()
    print(f"seed {chosen.seed}")
    lost = late = 0
    with tempfile.TemporaryDirectory(prefix="kill-trials-") as folder:
        drawn = random.Random(chosen.seed)
        for one in trials(pairs(chosen.trials, drawn), drawn, Path(folder)):
            lost, late = lost + bool(one.losses), late + (not one.killed)
            print(one, flush=True)
    print(f"{chosen.trials} trials, {late} of them too late to disturb anything; something was lost in {lost}")
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
