"""Look for the mistake that reproduces what was observed, on every case, and only that one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import combinations

import numpy as np

from checks.judging import factor
from checks.judging.candidates import Candidates, Overrides
from checks.judging.reference import LAST_STAGE, Misconception, Slip
from checks.judging.task import Probe, Task
from checks.judging.verdict import Cause
from checks.numerals import numeral

FACTOR = "constant-factor"
"""The label of an answer that is right up to a factor."""

BEGINNING = "Yours is what comes out "

EQUATION_NUMBER, EQUATION_RANGE = re.compile(r"\(\w+\)"), re.compile(r"\((\d+)\) to \((\d+)\)")

Mistakes = tuple[Misconception, ...]

MOST_TOLD = 2
"""The most mistakes of different meaning that are told for one answer, with "or" between them."""


def find_cause(task: Task, probes: Sequence[Probe], extra: Sequence[Probe], stage: int) -> Cause | None:
    """Return the cause of a wrong answer, or None if no known mistake or more than one explains it.

    Looked for in this order: one misconception, a slip in one of the reference's formulas, two misconceptions, a
    factor, a slip with a number of its own, two of any kind, one misconception and a constant factor; mistakes alone
    with each accepted variant as well, slips only with those that repeat no earlier mistake. What none of them
    explains is measured.
    Only quantities up to `stage` take part: what comes after the first error follows from it. Two mistakes that only
    together leave something right explain nothing. What reproduces the same numbers is one mistake in other words: a
    misconception has the first say, then the slip that is least far-fetched. Nothing but zeros tells of no slip.
    """
    seen = Candidates(task, [*probes, *extra], stage)
    if not seen.telling:
        return None
    entirely = Candidates(task, [*probes, *extra], LAST_STAGE)
    bases: list[Overrides] = [(), *((variant.override,) for variant in task.variants)]
    own_bases = [(), *((variant.override,) for variant in task.variants if not variant.counted)]
    slips = () if seen.blank else task.reference.slips()

    def singles() -> Iterable[Mistakes]:
        return [(m,) for m in task.misconceptions]

    def slipped() -> Iterable[Mistakes]:
        return [(slip,) for slip in slips if slip.filled is None]

    def numbered() -> Iterable[Mistakes]:
        for slip in slips:
            number = None if slip.filled is None else seen.number(slip.filled)
            if slip.filled is not None and number is not None:
                made = slip.filled(number)
                if entirely.agreement((made.override,)) is not None:  # a number fits something too easily
                    yield (made,)

    def pairs() -> Iterable[Mistakes]:
        plausible = [m for m in task.misconceptions if seen.keeps_what_is_right((m.override,))]
        return combinations(plausible, 2)

    def in_turn() -> Iterable[Mistakes]:
        return (
            _one_after_the_other(seen, (*task.misconceptions, *(s for s in slips if s.filled is None))) if slips else ()
        )

    def matching(sets: Iterable[Mistakes], on: Sequence[Overrides] = own_bases) -> Cause | None:
        tried = list(sets)
        for base in on if tried else ():
            matches = _matches(seen, base, tried)
            if len(matches) > 1:  # all fit what went wrong first; does one fit what came after as well?
                matches = _matches(entirely, base, [mistakes for mistakes, _ in matches]) or matches
            if matches:
                return _told([mistakes for mistakes, _ in matches], min(digits for _, digits in matches))
        return None

    with np.errstate(all="ignore"), suppress(_Ambiguous):
        return (
            matching(singles(), bases)
            or matching(slipped())
            or matching(pairs(), bases)  # which are many, and mostly a single one is found
            or _factor_of_the_right_one(task, seen, entirely)
            or matching(numbered())
            or matching(in_turn())
            or _factor_of_a_mistake(task, seen, entirely)
            or entirely.measured()
        )
    return None


class _Ambiguous(Exception):
    """Mistakes that have nothing in common explain an answer."""


def _one_after_the_other(seen: Candidates, mistakes: Mistakes) -> Iterator[Mistakes]:
    """Yield pairs of which one accounts for what went wrong first, and the other changes only what comes later."""
    unaided = seen.progress(())
    if seen.to_follow <= unaided + 1:
        return
    accounted = ((first, seen.progress((first.override,))) for first in mistakes)
    promising = [(first, upto) for first, upto in accounted if unaided < upto < seen.to_follow]
    later = [(other, seen.onset((other.override,))) for other in mistakes] if promising else []
    for first, upto in promising:
        yield from ((first, other) for other, onset in later if onset >= upto and other is not first)


def _told(matches: Sequence[Mistakes], digits: int) -> Cause:
    """Return the cause for sets of mistakes that all reproduce what was seen.

    Raises:
        _Ambiguous: if they are too many.
    """
    told = [mistakes for mistakes in matches if not any(isinstance(m, Slip) for m in mistakes)]
    if told:
        shared = tuple(m for m in told[0] if all(m in mistakes for mistakes in told))
        if not shared:
            raise _Ambiguous
        return _named(shared, digits, more=len(shared) < len(told[0]))
    ranked = sorted(matches, key=_far_fetched)
    meanings: dict[tuple[str, ...], Mistakes] = {}
    for mistakes in ranked:
        if _far_fetched(mistakes) == _far_fetched(ranked[0]):
            meanings.setdefault(tuple(_meaning(m) for m in mistakes), mistakes)
    if len(meanings) > MOST_TOLD:
        raise _Ambiguous
    first, *others = [_named(mistakes, digits) for mistakes in meanings.values()]
    alternatives = "".join(f", or {other.sentence.removeprefix(BEGINNING)}" for other in others)
    return replace(first, sentence=first.sentence + alternatives, mistakes=() if others else first.mistakes)


def _far_fetched(mistakes: Mistakes) -> int:
    return sum(m.rank if isinstance(m, Slip) else 0 for m in mistakes)


def _meaning(mistake: Misconception) -> str:
    return mistake.meaning if isinstance(mistake, Slip) else mistake.label


def _matches(candidates: Candidates, base: Overrides, sets: Iterable[Mistakes]) -> list[tuple[Mistakes, int]]:
    agreements = ((mistakes, candidates.agreement((*base, *(m.override for m in mistakes)))) for mistakes in sets)
    return [(mistakes, digits) for mistakes, digits in agreements if digits is not None]


def _named(mistakes: Mistakes, digits: int = 0, scaled: str = "", *, more: bool = False) -> Cause:
    """Return the cause for mistakes, with `more` that they alone do not account for what was seen."""
    also = ", and with another mistake besides, which may be one of several" if more else ""
    joint = "; and " if any(set(m.says) & set(":;,") for m in mistakes) else " and "
    return Cause(
        labels=tuple(m.label for m in mistakes) + ((FACTOR,) if scaled else ()),
        sentence=f"{BEGINNING}{joint.join(m.says for m in mistakes)}{scaled}{also}",
        digits=digits,
        equation=equations(m.equation for m in mistakes),
        mistakes=() if more or scaled else tuple(m.override for m in mistakes),
    )


def equations(numbers: Iterable[str]) -> str:
    """Write the equations that mistakes refer to, in order.

    >>> equations(["(5), (7)"]), equations(["(2)", "(1) to (3)"])
    ('Equations (5) and (7)', 'Equations (1), (2) and (3)')
    """
    found = [n for text in map(_spelt_out, numbers) for n in EQUATION_NUMBER.findall(text)]
    distinct = sorted(set(found), key=lambda n: (len(n), n))
    if len(distinct) < 2:
        return f"Equation {distinct[0]}" if distinct else ""
    return f"Equations {', '.join(distinct[:-1])} and {distinct[-1]}"


def _spelt_out(text: str) -> str:
    """Write "(1) to (3)" as "(1), (2), (3)"."""
    return EQUATION_RANGE.sub(lambda m: ", ".join(f"({n})" for n in range(int(m[1]), int(m[2]) + 1)), text)


def _nearly_right(seen: Candidates) -> bool:
    factors = seen.factors(())
    return factors is not None and bool((abs(factors - 1) < 0.01).all())


def _factor_of_the_right_one(task: Task, seen: Candidates, entirely: Candidates) -> Cause | None:
    """Return the factor that separates an answer from the right one."""
    if _nearly_right(seen):
        return None  # no mistake, whatever is made of it, explains so little
    number = factor.constant(entirely.factors(()))
    words = factor.in_words(number) if number is not None else factor.of_dimensions(seen.factors(()), seen.probes)
    return Cause((FACTOR,), f"Yours is {words}", convention=task.convention) if words else None


def _factor_of_a_mistake(task: Task, seen: Candidates, entirely: Candidates) -> Cause | None:
    """Return the only misconception of which an answer is a multiple."""
    if _nearly_right(seen):
        return None
    factors = ((mistake, factor.constant(entirely.factors((mistake.override,)))) for mistake in task.misconceptions)
    match [(mistake, number) for mistake, number in factors if number is not None]:
        case [(mistake, number)]:
            return _named((mistake,), scaled=f", and {numeral(number, '.4g')} times as large")
    return None
