"""What a notebook session remembers: the last verdict of each task, which hint comes next, and who wants to know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checks.judging.task import Task
    from checks.judging.verdict import Verdict


@dataclass
class Attempts:
    """The attempts at one task of an exercise so far, with the points that its check was given.

    `turn` counts verdicts over the whole session: the later of two verdicts has the greater one.
    """

    exercise: str
    task: Task
    verdict: Verdict | None = None
    points: float | None = None
    failed: int = 0
    hints_given: int = 0
    turn: int = 0


Listener = Callable[[Attempts], None]


@dataclass
class Session:
    """The attempts at every task, by exercise and name; listeners hear of each verdict."""

    attempts: dict[tuple[str, str], Attempts] = field(default_factory=dict)
    listeners: dict[str, Listener] = field(default_factory=dict)
    turns: int = 0

    def of(self, exercise: str, task: Task) -> Attempts:
        """Return the attempts at a task, of which there may be none."""
        return self.attempts.setdefault((exercise, task.name), Attempts(exercise, task))

    def pointed_to(self, exercises: Sequence[str], task: Task) -> Attempts:
        """Return the attempts of which the last report has pointed to a hint; if none has, those in the first exercise.

        What is practised counts as an exercise of its own.
        """
        own = [self.attempts[key] for key in ((name, task.name) for name in exercises) if key in self.attempts]
        pointed = [attempts for attempts in own if attempts.verdict is not None and attempts.verdict.next_step]
        return max(pointed, key=lambda attempts: attempts.turn) if pointed else self.of(exercises[0], task)

    def verdicts(self, exercise: str) -> dict[str, Verdict]:
        """Return the last verdict on each task of an exercise that was checked, by name."""
        attempts = ((task, found.verdict) for (name, task), found in self.attempts.items() if name == exercise)
        return {task: verdict for task, verdict in attempts if verdict is not None}

    def remember(self, exercise: str, task: Task, verdict: Verdict, points: float | None = None) -> None:
        """Keep a verdict and tell it to the listeners."""
        attempts = self.keep(exercise, task, verdict)
        attempts.points = points
        for name, listener in list(self.listeners.items()):
            try:
                listener(attempts)
            except Exception:  # a listener that fails costs nobody a verdict
                del self.listeners[name]

    def keep(self, exercise: str, task: Task, verdict: Verdict) -> Attempts:
        """Keep a verdict and return the attempts at its task; a mistake of another kind starts its hints anew."""
        attempts = self.of(exercise, task)
        if attempts.verdict is None or attempts.verdict.labels != verdict.labels:
            attempts.hints_given = 0
        self.turns += 1
        attempts.task, attempts.verdict, attempts.turn = task, verdict, self.turns
        if verdict.earned == 1:
            attempts.failed = 0
        elif verdict.state == "wrong" and not verdict.incomplete:  # nor is an untouched stub an attempt
            attempts.failed += 1
        return attempts


SESSION = Session()
"""The session of this kernel: the one place that a check writes to."""
