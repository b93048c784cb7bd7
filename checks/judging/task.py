"""What the judge knows of one task: its reference, misconceptions, accepted variants, parts and words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checks.judging.comparing import Comparison
from checks.judging.reference import Misconception, Reference, Variant
from checks.judging.verdict import Cause, Verdict
from checks.observing.observation import Observation
from checks.observing.quantity import SECOND, Quantity

MOST_NAMED = 3
"""The most missing numbers that are named one by one."""


@dataclass(frozen=True)
class Probe:
    """A case and what was observed on it."""

    case: Any
    observation: Observation

    @property
    def single(self) -> bool:
        """Whether the probe was made in single precision."""
        return bool(self.case.dtype().itemsize == 4)


@dataclass(frozen=True)
class Part:
    """A share of a task's points, earned if the quantities that `chosen` picks are right on every case.

    `name` is as it stands in a sentence: "the outputs", or "s3".
    """

    name: str
    chosen: Callable[[Sequence[Quantity]], Sequence[Quantity]]
    share: int = 1


def those(fitting: Callable[[Quantity], bool]) -> Callable[[Sequence[Quantity]], Sequence[Quantity]]:
    """Choose, for a part, the quantities that fit a condition."""
    return lambda quantities: [quantity for quantity in quantities if fitting(quantity)]


def of_kind(*kinds: str) -> Callable[[Sequence[Quantity]], Sequence[Quantity]]:
    """Choose, for a part, the quantities of some kinds."""
    return those(lambda quantity: quantity.kind in kinds)


def second_is_later(quantity: Quantity) -> int:
    """Stage a second call after the first."""
    return int(quantity.call == SECOND)


@dataclass(frozen=True)
class Location:
    """Where the error starts: the sentence that says what is wrong, and the one that says what that means.

    `numbers` tells whether the numbers that differ are worth showing, `incomplete` that nothing is wrong yet and only
    something missing.
    """

    headline: str
    meaning: str = ""
    numbers: bool = True
    incomplete: bool = False


def not_complete(right: Sequence[Quantity], missing: Sequence[Quantity]) -> Location:
    """Say of numbers that are typed one by one what is there, which is right, and what is missing."""
    said = f"{listed(missing)} {'is' if len(missing) == 1 else 'are'}"
    if len(missing) > MOST_NAMED:
        said = f"{missing[0]} and {len(missing) - 1} others are"
    there = f"{listed(right)} {'is' if len(right) == 1 else 'are'} right, " if right else ""
    return Location(f"not complete: {there}{said} missing.", numbers=False, incomplete=True)


def listed(quantities: Sequence[Quantity]) -> str:
    """Write quantities in a row, as in "s3, s4 and o3"."""
    names = [str(quantity) for quantity in quantities]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def locate_first_wrong(comparisons: Sequence[Comparison]) -> Location:
    """Name the first result that is wrong, and those before it that are right."""
    names = [str(comparison.quantity) for comparison in comparisons]
    wrong = next(number for number, comparison in enumerate(comparisons) if not comparison.right)
    right = f"{' and '.join(names[:wrong])} {'is' if wrong == 1 else 'are'} right." if wrong else ""
    return Location(f"{names[wrong]} is wrong.", right)


@dataclass(frozen=True)
class Task:
    """One thing that a student writes, as the judge sees it.

    `stage` orders quantities: a mistake is looked for in what was wrong first and all before it. `locate` gets the
    comparisons of one case, one of them wrong, and says where the error starts. `convention` is the sentence for
    answers that are right up to a factor. `diagnose(comparisons)` names the mistakes of one case where it is not to be
    searched for what reproduces the numbers. `objection` may object to right numbers that were made in a way which the
    task rules out. `concluded` adds to a probe what follows from it, since whoever observes must not know what is
    right. `pieces` are the earlier tasks that it consists of; `counted(earlier)` are the variants that repeat mistakes
    which the verdicts on earlier tasks, by name, have counted.
    """

    name: str
    reference: type[Reference]
    misconceptions: tuple[Misconception, ...]
    praise: str
    hints: tuple[str, ...]
    locate: Callable[[Sequence[Comparison]], Location] = locate_first_wrong
    parts: tuple[Part, ...] = (Part("the numbers", lambda names: names),)
    variants: tuple[Variant, ...] = ()
    stage: Callable[[Quantity], int] = lambda _: 0
    convention: str = ""
    diagnose: Callable[[Sequence[Comparison]], Cause | None] | None = None
    objection: Callable[[Any, Observation, Sequence[Comparison]], str] = lambda case, observation, comparisons: ""
    pieces: tuple[str, ...] = ()
    counted: Callable[[Mapping[str, Verdict]], tuple[Variant, ...]] = lambda earlier: ()
    concluded: Callable[[Probe], Probe] = lambda probe: probe
