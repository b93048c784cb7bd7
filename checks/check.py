"""A check: observe the student's object, judge what was seen, show the verdict, then raise or return points."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from checks import sealing
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


HALTING = (
    Trouble.NOT_ATTEMPTED,
    Trouble.NEEDS,
    Trouble.UNUSABLE,
    Trouble.MISSING,
    Trouble.TOO_SLOW,
    Trouble.AUTODIFF,
)
"""Problems after which no further case is looked at."""


class Incomplete(ValueError):
    """What was seen is not what observing gives."""


@dataclass(frozen=True)
class Seen:
    """What was observed on a case: `kind` is "case", "single" (its copy in single precision) or "more"."""

    kind: str
    index: int
    observation: Observation


def _expect_complete(seen: Sequence[Seen], kind: str, number: int) -> None:
    """Raise `Incomplete` unless all cases of a kind are there in order, or those up to one that ends the observing."""
    if [(one.kind, one.index) for one in seen] != [(kind, index) for index in range(len(seen))]:
        raise Incomplete("its cases are in no order")
    halted = [one.observation.has(*HALTING) is not None for one in seen]
    if any(halted[:-1]) or len(seen) > number or (len(seen) < number and not (halted and halted[-1])):
        raise Incomplete("it lacks cases, or has too many")


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

    def seen(self, subject: Any, seed: int = 0) -> list[Seen]:
        """Observe `subject` on its cases and, if it raises, on those that help to find out why."""
        seen = self._observed(subject, "case", self.cases(seed))
        if any(_precision_clash(one.observation) for one in seen) and _works_in_single_precision():
            single = self._observed(subject, "single", [case.as_float32() for case in self.cases(seed)])
            if not any(one.observation.raised for one in single):
                seen = single
        if any(one.observation.raised for one in seen):
            seen += self._observed(subject, "more", self.more_cases(seed))
        return seen

    def _observed(self, subject: Any, kind: str, cases: Sequence[Any]) -> list[Seen]:
        seen = []
        started = time.monotonic()
        for index, case in enumerate(cases):
            observation = self.observe(subject, case)
            if time.monotonic() - started > self.seconds:
                observation = replace(observation, problems=(too_slow(self.seconds), *observation.problems))
            seen.append(Seen(kind, index, observation))
            if observation.has(*HALTING):
                break
        return seen

    def probes(self, seen: Sequence[Seen], seed: int = 0) -> tuple[list[Probe], list[Probe]]:
        """Put what was seen beside the cases that the seed makes, which need not be the very ones that were observed.

        Raises:
            Incomplete: if it is not what observing gives: a case is missing without a reason, or there twice.
        """
        from checks.judging.task import Probe

        single = bool(seen) and seen[0].kind == "single"
        cases = [case.as_float32() for case in self.cases(seed)] if single else list(self.cases(seed))
        first = [one for one in seen if one.kind != "more"]
        more = [one for one in seen if one.kind == "more"]
        _expect_complete(first, "single" if single else "case", len(cases))
        extra = list(self.more_cases(seed)) if any(one.observation.raised for one in first) else []
        _expect_complete(more, "more", len(extra))
        if [one.kind == "more" for one in seen] != sorted(one.kind == "more" for one in seen):
            raise Incomplete("its cases are in no order")
        return (
            [Probe(case, one.observation) for case, one in zip(cases, first, strict=False)],
            [Probe(case, one.observation) for case, one in zip(extra, more, strict=False)],
        )

    def judged(self, seen: Sequence[Seen], seed: int = 0) -> Verdict:
        """Return the verdict on what was seen, perhaps in another process.

        Raises:
            Incomplete: if it is not what observing gives.
        """
        from checks.judging.judge import judge

        probes, more = self.probes(seen, seed)
        with np.errstate(all="ignore"):
            return judge(self.task(), probes, more)

    def verdict(self, subject: Any, seed: int = 0) -> Verdict:
        """Return the verdict on `subject` without showing it."""
        return self.judged(self.seen(subject, seed), seed)

    def __call__(self, subject: Any, points: float | None = None, seed: int = 0) -> float | None:
        """Check `subject`, show the report and return None, or the earned points if `points` is given.

        Raises:
            CheckFailed: if the task is not right; with `points` only if nothing was earned.
        """
        if sealing.SEAL is not None:
            sealing.SEAL.hand_over(self, subject)
            return None
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
