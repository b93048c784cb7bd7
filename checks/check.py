"""A check: observe the student's object, judge what was seen, show the verdict, then raise or return points."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from checks.observing.observation import Observation, Trouble
from checks.observing.time_limit import SECONDS
from checks.observing.watch import too_slow
from checks.session import SESSION

if TYPE_CHECKING:
    from checks.judging.task import Probe, Task
    from checks.judging.verdict import Verdict


class CheckFailed(AssertionError):
    """A check did not find what it should; the message is the report in plain text."""

    def __init__(self, message: str, verdict: Verdict | None = None):
        super().__init__(message)
        self.verdict = verdict

    def _render_traceback_(self) -> list[str]:
        """Give IPython the headline alone: the report above it says the rest."""
        return [str(self).partition("\n")[0]]


@dataclass(frozen=True)
class Check:
    """The two sides of one task: how it is observed, and where its judge lives.

    `observe(subject, case)` runs the student's code; `cases(seed)` makes the probes and `more_cases(seed)` those that
    are added when the code raises. `judged_by` is "module:name" of a mapping of tasks, imported when a verdict is
    needed, so that observing works without it. All cases together may take `seconds`.
    `exercise` is where progress counts; by default the package of the judge.
    """

    name: str
    observe: Callable[[Any, Any], Observation]
    cases: Callable[[int], Sequence[Any]]
    judged_by: str
    more_cases: Callable[[int], Sequence[Any]] = lambda seed: ()
    seconds: float = SECONDS
    exercise: str = ""

    def __post_init__(self) -> None:
        """Name the exercise after the package that judges, unless it was named."""
        if not self.exercise:
            object.__setattr__(self, "exercise", self.judged_by.partition(":")[0].split(".")[1])

    def task(self) -> Task:
        """Return what the judge knows of this task."""
        module, _, name = self.judged_by.partition(":")
        task: Task = getattr(import_module(module), name)[self.name]
        return task

    def probes(self, subject: Any, seed: int = 0) -> tuple[list[Probe], list[Probe]]:
        """Observe `subject` on its cases and, if it raises, on those that help to find out why."""
        from checks.judging.task import Probe

        observed = self._observed(subject, self.cases(seed))
        if any(_precision_clash(observation) for _, observation in observed) and _works_in_single_precision():
            single = self._observed(subject, [case.as_float32() for case in self.cases(seed)])
            if not any(observation.raised for _, observation in single):
                observed = single
        more: list[tuple[Any, Observation]] = []
        if any(observation.raised for _, observation in observed):
            more = self._observed(subject, self.more_cases(seed))
        return [Probe(*pair) for pair in observed], [Probe(*pair) for pair in more]

    def _observed(self, subject: Any, cases: Sequence[Any]) -> list[tuple[Any, Observation]]:
        observed = []
        started = time.monotonic()
        for case in cases:
            observation = self.observe(subject, case)
            if time.monotonic() - started > self.seconds:
                observation = replace(observation, problems=(too_slow(self.seconds), *observation.problems))
            observed.append((case, observation))
            if observation.has(
                Trouble.NOT_ATTEMPTED,
                Trouble.NEEDS,
                Trouble.UNUSABLE,
                Trouble.MISSING,
                Trouble.TOO_SLOW,
                Trouble.AUTODIFF,
            ):
                break
        return observed

    def verdict(self, subject: Any, seed: int = 0) -> Verdict:
        """Return the verdict on `subject` without showing it."""
        from checks.judging.judge import judge

        probes, more = self.probes(subject, seed)
        with np.errstate(all="ignore"):
            return judge(self.task(), probes, more)

    def __call__(self, subject: Any, points: float | None = None, seed: int = 0) -> float | None:
        """Check `subject`, show the report and return None, or the earned points if `points` is given.

        Raises:
            CheckFailed: if the task is not right; with `points` only if nothing was earned.
        """
        from checks.explaining.display import show
        from checks.explaining.text import as_text, earned_points

        verdict = self.verdict(subject, seed)
        SESSION.remember(self.exercise, self.task(), verdict, points)
        show(verdict, points)
        if verdict.earned == 1:
            return None if points is None else float(points)
        earned = 0.0 if points is None else earned_points(verdict, points)
        if earned > 0:
            return earned
        raise CheckFailed(as_text(verdict), verdict) from None


def _precision_clash(observation: Observation) -> bool:
    """Tell whether code raised because it mixes its own float32 with the probe's float64."""
    problem = observation.has(Trouble.RAISED)
    return problem is not None and any(word in problem.message for word in ("dtype", "Float", "Double", "float !="))


def _works_in_single_precision() -> bool:
    """Tell whether the notebook itself works in float32, so that code which does too is right there."""
    torch = sys.modules.get("torch")
    return torch is not None and torch.get_default_dtype() == torch.float32
