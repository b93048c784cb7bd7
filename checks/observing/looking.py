"""Looks at a student's object: the cases that somebody wants to see it on, and what is seen."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from checks.observing.line_values import lines_reporting
from checks.observing.observation import Observation, Trouble
from checks.observing.watch import raised_by, too_slow

if TYPE_CHECKING:
    from checks.check import Check

HALTING = (
    Trouble.NOT_ATTEMPTED,
    Trouble.NEEDS,
    Trouble.UNUSABLE,
    Trouble.MISSING,
    Trouble.TOO_SLOW,
    Trouble.WAITS,
    Trouble.AUTODIFF,
)
"""Problems after which no further case is looked at."""


@dataclass(frozen=True)
class Look:
    """Cases to observe, one after the other, with what is lent for it.

    A `second` look is at the cases of the one before, when what was seen there has been handed over. A `single` one,
    in single precision, is only for code of a notebook that works in it. One at `lines` is at what each of the
    student's lines amounts to, when all else has been seen.
    """

    cases: Sequence[Any]
    lends: tuple[str, ...] = ()
    second: bool = False
    single: bool = False
    lines: bool = False


class Sight:
    """What a check sees of one object, look by look."""

    def __init__(self, check: Check, subject: Any) -> None:
        self._check, self._subject = check, subject
        self._first: list[Observation] = []

    def at(self, look: Look) -> list[Observation]:
        """Return what is seen on each case, up to one that ends the looking."""
        if look.single and not _works_in_single_precision():
            return []
        if look.lines:
            return [self._lines_of(case) for case in look.cases]
        seen: list[Observation] = []
        computed = 0.0
        for index, case in enumerate(look.cases):
            observation = self._observed(case, index, look.second)
            computed += observation.computed
            if computed > self._check.seconds and not observation.has(*HALTING):
                problems = (too_slow(self._check.seconds), *observation.problems)
                observation = replace(observation, problems=problems)
            seen.append(observation)
            if observation.has(*HALTING):
                break
        if not look.second:
            self._first = seen
        return seen

    def _lines_of(self, case: Any) -> Observation:
        with lines_reporting(self._subject, self._check.name) as lines:
            self._first = [self._observed(case, 0, second=False)]
            if self._check.then is not None:
                self._observed(case, 0, second=True)
        return lines.observation()

    def _observed(self, case: Any, index: int, second: bool) -> Observation:
        try:
            if not second:
                return self._check.observe(self._subject, case)
            assert self._check.then is not None
            return self._check.then(self._subject, case, self._first[index])
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # by a property of a student's object, say, that an observer looked at
            problem = raised_by(error)
            if problem is None:
                raise
            return Observation(problems=(problem,))


def _works_in_single_precision() -> bool:
    """Tell whether the notebook itself works in float32, so that code which does too is right there."""
    torch = sys.modules.get("torch")
    return torch is not None and torch.get_default_dtype() == torch.float32
