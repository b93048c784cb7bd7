"""A check: observe the student's object, judge what was seen, show the verdict, then raise or return points."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from checks import sealing
from checks.libraries import advice
from checks.observing.looking import HALTING, Look, Sight
from checks.observing.observation import Observation
from checks.observing.time_limit import SECONDS, TimeUp
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


class Incomplete(ValueError):
    """What was seen is not what observing gives."""


def _all_of(look: Look, at: Callable[[Look], list[Observation]]) -> list[Observation]:
    """Return what a look sees, of which nothing may be missing; in single precision there may be nothing to see.

    Raises:
        Incomplete: unless all cases were seen, or those up to one that ends the looking.
    """
    seen, number = at(look), len(look.cases)
    if look.single and not seen:  # nothing says that the notebook works in single precision
        return seen
    halted = [observation.has(*HALTING) is not None for observation in seen]
    if any(halted[:-1]) or len(seen) > number or (len(seen) < number and not (halted and halted[-1])):
        raise Incomplete("it lacks cases, or has too many")
    return seen


@dataclass(frozen=True)
class _MadeBy:
    """A function of a module that is imported when it is called."""

    place: str

    def __call__(self, seed: int) -> Sequence[Any]:
        module, _, name = self.place.partition(":")
        cases: Sequence[Any] = getattr(import_module(module), name)(seed)
        return cases


def made_by(place: str) -> Callable[[int], Sequence[Any]]:
    """Return the function of a seed at "module:name", whose module is imported when it is called.

    So an exercise's checks can be imported without what makes their cases.
    """
    return _MadeBy(place)


Probes = tuple[list["Probe"], list["Probe"]]
"""What was seen on the cases of a check, and on those that help to find a cause."""


@dataclass(frozen=True)
class Check:
    """The two sides of one task: how it is observed, and where its judge lives.

    `observe(subject, case)` runs the student's code; `cases(seed)` makes the probes and `more_cases(seed)` those that
    are added when the code raises. `lends` names what stands in for earlier tasks while it runs. `then(subject, case,
    first)` has a second look when what `observe` saw on all cases has been handed over; what is lent only then,
    `then_lends`, may answer what was observed first, so quantities of the kinds `seen_first` are none of the second
    look's, and single precision is not tried. `judged_by` is "module:name" of a mapping of tasks, imported when a
    verdict is needed, so that observing works without it. All cases of a look together may take `seconds`. Where one of
    the modules that it `needs` is not installed, it says so in one sentence, raises nothing and gives no points.
    `exercise` is where progress counts; by default the package of the judge. Asked about a function, the check stands
    for that of the task `of_functions`.
    """

    name: str
    observe: Callable[[Any, Any], Observation]
    cases: Callable[[int], Sequence[Any]]
    judged_by: str
    more_cases: Callable[[int], Sequence[Any]] = lambda seed: ()
    lends: tuple[str, ...] = ()
    then: Callable[[Any, Any, Observation], Observation] | None = None
    then_lends: tuple[str, ...] = ()
    seen_first: tuple[str, ...] = ()
    seconds: float = SECONDS
    needs: tuple[str, ...] = ()
    exercise: str = ""
    of_functions: str = ""

    def __post_init__(self) -> None:
        """Name the exercise after the package that judges, unless it was named."""
        if not self.exercise:
            object.__setattr__(self, "exercise", self.judged_by.partition(":")[0].split(".")[1])

    def task(self) -> Task:
        """Return what the judge knows of this task."""
        module, _, name = self.judged_by.partition(":")
        task: Task = getattr(import_module(module), name)[self.name]
        return task

    def first_look(self, seed: int = 0) -> Look:
        """Return the look that everything begins with."""
        return Look(self.cases(seed), self.lends)

    def probes(self, subject: Any, seed: int = 0) -> Probes:
        """Observe `subject` here, on its cases and, if it raises, on those that help to find out why."""
        return self.seen(Sight(self, subject).at, seed)

    def seen(self, at: Callable[[Look], list[Observation]], seed: int = 0) -> Probes:
        """Return the probes that come of the looks that it takes; `at` says what a look sees, here or elsewhere.

        Raises:
            Incomplete: if what it says is not what a look gives.
        """
        from checks.judging.task import Probe

        look = self.first_look(seed)
        cases, seen = look.cases, _all_of(look, at)
        if self.then is None and any(observation.raised for observation in seen):
            in_single = [case.as_float32() for case in cases]
            again = _all_of(replace(look, cases=in_single, single=True), at)
            if again and not any(observation.raised for observation in again):
                cases, seen = in_single, again
        seen = self._with_second_look(cases, seen, at)
        extra = self.more_cases(seed) if any(observation.raised for observation in seen) else ()
        more = self._with_second_look(extra, _all_of(replace(look, cases=extra), at), at) if extra else []
        first = [Probe(*one) for one in zip(cases, seen, strict=False)]
        return first, [Probe(*one) for one in zip(extra, more, strict=False)]

    def _with_second_look(
        self, cases: Sequence[Any], seen: list[Observation], at: Callable[[Look], list[Observation]]
    ) -> list[Observation]:
        if self.then is None or any(observation.has(*HALTING) for observation in seen):
            return seen
        more = _all_of(Look(cases, (*self.lends, *self.then_lends), second=True), at)
        if any(quantity.kind in self.seen_first for observation in more for quantity in observation.arrays):
            raise Incomplete("it says only later what it was asked before")
        return [first.followed_by(then) for first, then in zip(seen, more, strict=False)]

    def judged(self, probes: Probes, earlier: Mapping[str, Verdict] | None = None) -> Verdict:
        """Return the verdict on what was seen, perhaps in another process.

        `earlier` are the verdicts on other tasks of the notebook: a mistake that was counted there counts once.
        """
        from checks.judging.judge import judge

        with np.errstate(all="ignore"):
            return judge(self.task(), *probes, earlier or {})

    def with_margin(
        self, verdict: Verdict, probes: Sequence[Probe], at: Callable[[Look], list[Observation]]
    ) -> Verdict:
        """Return a verdict with where in the student's lines it goes wrong, if that is certain; `at` has another look.

        It explains, and changes nothing else.
        """
        from checks.judging.margin import margin, most_telling

        for probe in most_telling(self.task(), [probes[number] for number in verdict.failing]):
            [seen] = at(Look([probe.case], (*self.lends, *self.then_lends), lines=True))
            with np.errstate(all="ignore"):
                return replace(verdict, margin=margin(self.task(), verdict, probe, seen))
        return verdict

    def verdict(self, subject: Any, seed: int = 0, earlier: Mapping[str, Verdict] | None = None) -> Verdict:
        """Return the verdict on `subject` without showing it; see `judged`."""
        return self.judged(self.probes(subject, seed), earlier)

    def __call__(self, subject: Any, points: float | None = None, seed: int = 0) -> float | None:
        """Check `subject`, show the report and return None, or the earned points if `points` is given.

        Raises:
            CheckFailed: if it is not right; with `points` only if nothing was earned.
        """
        if sealing.judged_elsewhere():
            sealing.hand_over(self, subject)
            return None
        return self.reported(subject, points, seed)

    def reported(self, subject: Any, points: float | None, seed: int) -> float | None:
        """Judge `subject` here and show the report; see `__call__`."""
        from checks.explaining.display import show
        from checks.explaining.text import as_text, earned_points
        from checks.judging.verdict import State, Verdict

        if sentence := advice(*self.needs):
            headline = f"{self.name}: skipped, and so it could not be checked."
            show(Verdict(self.name, State.BLOCKED, headline, problem=sentence), points)
            return None if points is None else 0.0  # nbgrader would take no number at all for full marks
        sight = Sight(self, subject)
        probes = self.seen(sight.at, seed)
        verdict = self.judged(probes, SESSION.verdicts(self.exercise))
        with suppress(Exception, TimeUp):  # without an explanation the verdict is as good
            verdict = self.with_margin(verdict, probes[0], sight.at)
        SESSION.remember(self.exercise, self.task(), verdict, points)
        show(verdict, points)
        if verdict.earned == 1:
            return None if points is None else float(points)
        earned = 0.0 if points is None else earned_points(verdict, points)
        if earned > 0:
            return earned
        raise CheckFailed(as_text(verdict), verdict) from None
