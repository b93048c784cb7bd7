"""A made-up class whose verdicts are kept as `course autograde` keeps them, with the mistakes of exercise 05."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from checks.neural_network.tasks import TASKS
from course.grading.driver.records import Record, digests
from course.kept_verdicts import KeptVerdict, write_verdicts
from course.layout import CONFIG

NAME = "05_neural_network"
EXERCISE = "neural_network"
POINTS = {"forward": 4.0, "get_loss": 2.0, "backward": 12.0, "apply_gradients": 4.0, "train": 5.0}
OUT_OF = sum(POINTS.values())
CONFIGURATION = 'c = get_config()\nc.CourseDirectory.course_id = "made-up"\n'


def right(task: str) -> KeptVerdict:
    return KeptVerdict(
        f"check_{task}",
        EXERCISE,
        task,
        "right",
        POINTS[task],
        POINTS[task],
        headline=f"{task} is right.",
        sealed=True,
    )


def untouched(task: str) -> KeptVerdict:
    return replace(right(task), state="not attempted", earned=0.0, headline=f"{task}: not attempted yet.")


def no_verdict(task: str) -> KeptVerdict:
    return replace(untouched(task), state="no verdict", headline="")


def wrong(task: str, *places: int, earned: float = 0.0) -> KeptVerdict:
    """Return a verdict with the mistakes of a task that stand at `places` of its registry."""
    mistakes = [TASKS[task].misconceptions[place] for place in places]
    equations = " and ".join(dict.fromkeys(one.equation for one in mistakes if one.equation))
    return replace(
        right(task),
        state="wrong",
        earned=earned,
        labels=tuple(one.label for one in mistakes),
        headline=f"{task}: the gradients of layer 2 are wrong.",
        location="Layer 3 is right, so the error starts between delta3 and delta2.",
        cause=f"Yours is what comes out {' and '.join(one.says for one in mistakes)}",
        equation=f"Equation {equations}" if equations else "",
        evidence="The greatest difference is 0.83, at row 2, column 1 (yours -0.2, expected 0.63), net 3-4-2.",
        next_step=f'hint("{task}")',
    )


def unexplained(task: str) -> KeptVerdict:
    return replace(wrong(task), labels=("unexplained",), cause="", equation="")


def all_right() -> list[KeptVerdict]:
    return [right(task) for task in POINTS]


@dataclass(frozen=True)
class MadeUpClass:
    """A course with graded students in a folder."""

    root: Path
    name: str = NAME

    def folder(self, student: str, step: str = "autograded") -> Path:
        return self.root / step / student / self.name

    def verdicts(self, student: str) -> Path:
        return self.folder(student) / f"{self.name}.verdicts.json"

    def grade(self, student: str, verdicts: Sequence[KeptVerdict] | None) -> None:
        """Keep the verdicts on a student's notebook; None is a notebook without any."""
        folder = self.folder(student)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{self.name}.ipynb").write_text("{}")
        if verdicts is not None:
            write_verdicts(folder, self.name, self.name, verdicts)
        self.record(student)

    def record(self, student: str) -> None:
        """Say that `course autograde` has graded what lies in a student's folder."""
        folder = self.folder(student)
        Record("", "", "", files=digests(folder)).write(folder)

    def log(self, student: str, lines: Iterable[str]) -> Path:
        folder = self.folder(student, "submitted")
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "attempts.jsonl"
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path


def course(root: Path) -> MadeUpClass:
    """Return a course in which nobody is graded yet."""
    root.mkdir(parents=True)
    (root / CONFIG).write_text(CONFIGURATION)
    (root / "source" / NAME).mkdir(parents=True)
    return MadeUpClass(root)


def attempt(task: str, state: str, at: datetime) -> str:
    """Return a line of a log as `log_attempts` writes it."""
    entry = {"time": at.isoformat(timespec="seconds"), "exercise": EXERCISE, "check": task, "state": state}
    return json.dumps({**entry, "labels": [], "earned": float(state == "right")})


def typical(random: np.random.Generator, skill: float) -> list[KeptVerdict]:
    """Return what a student of some skill, from 0 to 1, has: more of the usual mistakes the less of it."""
    verdicts = []
    for difficulty, task in zip((0.2, 0.15, 0.55, 0.3, 0.4), POINTS, strict=True):
        if random.random() < 0.03 + 0.25 * (1 - skill) ** 3:
            verdicts.append(untouched(task))
        elif random.random() > difficulty * 1.6 * (1 - skill):
            verdicts.append(right(task))
        elif random.random() < 0.12:
            verdicts.append(unexplained(task))
        elif random.random() < 0.04:
            verdicts.append(no_verdict(task))
        else:
            known = len(TASKS[task].misconceptions)
            places = np.minimum(random.geometric(0.35, size=1 + int(random.random() < 0.1)) - 1, known - 1)
            earned = round(POINTS[task] * random.choice([0, 0, 0.25, 0.4167]), 2)
            verdicts.append(wrong(task, *dict.fromkeys(map(int, places)), earned=earned))
    return verdicts


def logged(random: np.random.Generator, verdicts: Sequence[KeptVerdict], begun: datetime) -> Iterable[str]:
    """Yield the lines of a student's log that leads to some verdicts."""
    at = begun
    for verdict in verdicts:
        if verdict.state not in ("right", "wrong"):
            continue
        for _ in range(int(random.geometric(0.4)) - 1):
            yield attempt(verdict.task, "wrong", at)
            at += timedelta(minutes=float(random.exponential(25)))
        yield attempt(verdict.task, verdict.state, at)
        at += timedelta(hours=float(random.exponential(7)))


def typical_class(root: Path, size: int, *, logs: float = 0.4) -> MadeUpClass:
    """Make a class of some size, of whom a share kept logs."""
    made = course(root)
    random = np.random.default_rng(7)
    for number in range(size):
        student = f"anna-{number:04}"
        verdicts = typical(random, random.beta(3, 2))
        made.grade(student, verdicts)
        if random.random() < logs:
            day = datetime(2025, 11, 3, 9, tzinfo=UTC) + timedelta(days=14 * random.beta(4, 1.3))
            made.log(student, logged(random, verdicts, day))
    return made
