"""What a notebook session remembers: the last verdict of each task and which hint comes next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checks.judging.task import Task
    from checks.judging.verdict import Verdict


@dataclass
class Attempts:
    """The attempts at one task so far."""

    task: Task
    verdict: Verdict | None = None
    failed: int = 0
    hints_given: int = 0


@dataclass
class Session:
    """The attempts at every task, by name."""

    attempts: dict[str, Attempts] = field(default_factory=dict)

    def remember(self, name: str, task: Task, verdict: Verdict) -> None:
        """Keep a verdict; a mistake of another kind starts its hints anew."""
        attempts = self.attempts.setdefault(name, Attempts(task))
        if attempts.verdict is None or attempts.verdict.labels != verdict.labels:
            attempts.hints_given = 0
        attempts.verdict = verdict
        attempts.failed += verdict.earned < 1


SESSION = Session()
"""The session of this kernel: the one place that a check writes to."""
