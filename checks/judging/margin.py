"""Where in a student's own lines it goes wrong: their values beside those of the right answer and of the mistake.

Only what is certain is marked: a value counts as that of an equation if no other equation, nor anything that was given,
has the same; numbers that are zero, whole, or the same throughout tell nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any, Generic, TypeVar

import numpy as np

from checks.judging.comparing import norm
from checks.judging.reference import Reference, needs_own_numbers
from checks.judging.student_cell import Place, assigns, handed_over, line_of, picks, text_at
from checks.judging.task import Probe, Task
from checks.judging.trace import Step, Trace
from checks.judging.verdict import Margin, Mark, Verdict, What
from checks.observing.line_values import HELD, LONGEST_NOTE, SOURCE, WHOLE
from checks.observing.observation import Array, Observation, Trouble, single_precision

CLOSE = {False: 1e-9, True: 1e-5}
"""Greatest relative difference of values that are the same, in double precision, and in single precision."""

ROUND = 1e-6
"""By how much a number is another one than a whole number, or one of a few digits."""

Tag = TypeVar("Tag")


@dataclass(frozen=True)
class _Seen:
    """A value of a student's expression; `whole` is what a line makes, and `held` what is in a list."""

    place: Place
    whole: bool
    held: bool
    value: Array


def most_telling(task: Task, probes: Sequence[Probe]) -> list[Probe]:
    """Return the probe that went wrong whose right numbers tell most; none where nothing tells anything."""
    told = [(right.share, probe) for probe in probes if (right := _right_on(task.reference, probe)) is not None]
    return [probe for share, probe in sorted(told, key=lambda one: -one[0])[:1] if share]


def margin(task: Task, verdict: Verdict, probe: Probe, lines: Observation) -> Margin | None:
    """Return a student's lines with marks, or None where nothing is certain of them.

    `lines` is what they amounted to on the case of the probe, see `observing.line_values`.
    """
    source = _source(lines)
    seen = list(_in_order(lines, source))
    own, mistakes = probe.observation.arrays, verdict.cause.mistakes if verdict.cause else ()
    right = _right_on(task.reference, probe)
    mistaken = task.reference.trace(mistakes, probe.case, own) if mistakes else None
    if not seen or not source or right is None:
        return None
    fault = None
    came = own.get(verdict.comparison.quantity) if verdict.comparison else None
    begun = _begun(right, mistaken) if mistaken is not None else None
    if mistaken is not None:
        fault = _first_of_the_mistake(seen, right, mistaken, source)
    if fault is None and came is not None and (begun is None or _telling(begun[1])):
        fault = _first_that_came(seen, right, came, source)
    doubtful = _Values((None, value) for value in (None if fault else came, begun and begun[1]) if value is not None)
    marks = _marks(seen, right, fault, doubtful)
    raised = probe.observation.has(Trouble.RAISED)
    stops = (raised.line if raised else None) or 0
    if fault is None and line_of(source, stops).strip():
        marks = [*(mark for mark in marks if mark.line < stops), Mark(stops, What.STOPS)]
    return Margin(source, tuple(marks)) if marks else None


def _in_order(lines: Observation, source: Sequence[str]) -> Iterator[_Seen]:
    """Yield the values that stand somewhere in the lines; who has sent them may lie."""
    for quantity, value in sorted(lines.arrays.items(), key=lambda item: item[0].step):
        numbers = quantity.aspect.split(",")
        if len(numbers) == len(Place._fields) and all(one.isascii() and one.isdigit() for one in numbers):
            place = Place(*map(int, numbers))
            if place.line <= place.end_line <= len(source) and line_of(source, place.line).strip():
                yield _Seen(place, quantity.kind == WHOLE, quantity.kind == HELD, value)


def _source(lines: Observation) -> tuple[str, ...]:
    notes = [note for note in lines.notes if note.kind == SOURCE]
    told = (line for note in notes for line in note.sentence.split("\n"))
    return tuple("".join(sign if sign.isprintable() else " " for sign in line[:LONGEST_NOTE]) for line in told)


def _telling(value: Array) -> bool:
    """Tell whether numbers are evidence: not all alike, or a single one of many digits; and none is infinite."""
    if not value.size or not np.isfinite(value).all():
        return False
    beyond = abs(value - np.round(value, 0 if np.ptp(value) > 0 else 4)).max()
    return bool(beyond > ROUND and (value.size == 1 or np.ptp(value) > 0))


class _Values(Generic[Tag]):
    """Values that can be found again, up to the last digits."""

    def __init__(self, values: Iterable[tuple[Tag, Array]]) -> None:
        told = [(norm(value), tag, value) for tag, value in values if np.isfinite(value).all()]
        self._sorted = sorted(told, key=lambda entry: entry[0])
        self._norms = [entry[0] for entry in self._sorted]

    def like(self, value: Array, *, loosely: bool = False) -> list[Tag]:
        """Return what is known by this value, if it is telling.

        With `loosely` it need not be, and may be transposed or another form of a vector.
        """
        if not np.isfinite(value).all() or not (loosely or _telling(value)):
            return []
        close, length = CLOSE[single_precision(value)], norm(value)
        found = []
        for place in range(bisect_left(self._norms, length * (1 - close)), len(self._norms)):
            other, tag, known = self._sorted[place]
            if other > length * (1 + close):
                break
            forms = _forms(known, value) if loosely else [known] if known.shape == value.shape else []
            if (loosely or _telling(known)) and any(norm(form - value) <= close * length for form in forms):
                found.append(tag)
        return found


def _forms(known: Array, value: Array) -> Iterator[Array]:
    """Yield the forms of what is known that have the shape of a value."""
    if known.size == known.T.size == value.size:
        if known.shape == value.shape:
            yield known
        if known.T.shape == value.shape:
            yield known.T
        if max((1, *known.shape)) == max((1, *value.shape)) == value.size:
            yield known.reshape(value.shape)


class _Right:
    """What the right answer works out on a case; `share` of its equations have values that tell something."""

    def __init__(self, trace: Trace) -> None:
        self.share = sum(_telling(value) for _, value in trace.made) / (len(trace.made) or 1)
        self._made, self._parts = _Values(trace.made), _Values([*trace.parts, *trace.inner])
        self._given = _Values((None, value) for value in trace.given)
        self._results, self._within = _by_step(trace.made), _by_step(trace.direct)

    def steps(self, value: Array) -> list[Step]:
        """Return the equations that have this value, unless something given has it too."""
        return [] if self._given.like(value) else list(dict.fromkeys(self._made.like(value)))

    def has(self, value: Array, *, loosely: bool = False) -> bool:
        """Tell whether a value is given, or that of an equation or of a part of one; see `_Values`."""
        return any(values.like(value, loosely=loosely) for values in (self._given, self._made, self._parts))

    def knows(self, value: Array, *, loosely: bool) -> bool:
        """Tell whether a value belongs to the right answer, or is a difference taken the other way.

        One that tells nothing must have been given, or else is known `loosely` only.
        """
        if not loosely and not _telling(value):
            return bool(self._given.like(value, loosely=True))
        return self.has(value, loosely=loosely) or bool(
            self._parts.like(-value, loosely=loosely) and not self._made.like(-value, loosely=loosely)
        )

    def takes(self, step: Step, value: Array) -> bool:
        """Tell whether an equation contains a value."""
        return step not in self._within or bool(self._within[step].like(value, loosely=True))

    def gives(self, step: Step, value: Array) -> bool:
        """Tell whether an equation comes to a value."""
        return step in self._results and bool(self._results[step].like(value, loosely=True))


def _right_on(reference: type[Reference], probe: Probe) -> _Right | None:
    """Return what the right answer works out; for all who are judged on the case once, if it is the same for all."""
    if not needs_own_numbers(reference, (), probe.case):
        return _right_for_all(reference, probe.case)  # type: ignore[arg-type] # mypy takes the class for an instance
    trace = reference.trace((), probe.case, probe.observation.arrays)
    return _Right(trace) if trace is not None else None


@lru_cache(maxsize=128)
def _right_for_all(reference: type[Reference], case: Any) -> _Right | None:
    trace = reference.trace((), case, {})
    return _Right(trace) if trace is not None else None


def _by_step(values: Iterable[tuple[Step, Array]]) -> dict[Step, _Values[None]]:
    found: dict[Step, list[tuple[None, Array]]] = {}
    for step, value in values:
        found.setdefault(step, []).append((None, value))
    return {step: _Values(some) for step, some in found.items()}


@dataclass(frozen=True)
class _Fault:
    """The first value that departs from what is right: its number among the values, where it stands, its equation.

    What was made before is right, but for the values of the numbers `misplaced`, which do not belong where they go.
    """

    number: int
    place: Place
    step: Step | None
    misplaced: tuple[int, ...] = ()


def _first_of_the_mistake(
    seen: Sequence[_Seen], right: _Right, mistaken: Trace, source: Sequence[str]
) -> _Fault | None:
    """Return the first value that the mistake has and the right answer has not, made of nothing but what is known.

    Where it goes wrong because of what one equation of the mistake gives, which is right elsewhere, that is where it is
    made.
    """
    values = _Values(mistaken.all)
    begun = _begun(right, mistaken)
    for number, one in enumerate(seen):
        steps = [] if one.held or right.has(one.value) else values.like(one.value)
        turned = steps and right.has(one.value, loosely=True) and picks(source, one.place)  # by .T
        if steps and not turned:
            within = _by_step(mistaken.direct)[steps[0]]
            fault = _made_of_the_known(seen, number, right, source, steps[0], within)
            return fault and _where_it_began(seen, right, fault, begun)
    return None


def _begun(right: _Right, mistaken: Trace) -> tuple[Step, Array] | None:
    """Return the first equation that a mistake spoils, with what it comes to then."""
    return next(((step, value) for step, value in mistaken.made if not right.gives(step, value)), None)


def _where_it_began(
    seen: Sequence[_Seen], right: _Right, fault: _Fault, begun: tuple[Step, Array] | None
) -> _Fault | None:
    if begun is None:
        return fault
    step, value = begun
    if step != fault.step and not _telling(value):  # what tells nothing is passed over where it is made
        return None
    if not fault.misplaced:
        return fault
    origin = seen[fault.misplaced[-1]]
    has_it = any(one.whole and right.gives(step, one.value) for one in seen[: fault.number])
    if step != fault.step and not has_it and _Values([(None, value)]).like(origin.value, loosely=True):
        return _Fault(fault.misplaced[-1], origin.place, step)
    return fault


def _first_that_came(seen: Sequence[_Seen], right: _Right, came: Array, source: Sequence[str]) -> _Fault | None:
    """Return where what went wrong first was made, if it was made of nothing but what is right."""
    wrong = _Values([(None, np.asarray(came))])
    for number, one in enumerate(seen):
        if not one.held and not right.has(one.value) and wrong.like(one.value):
            return _made_of_the_known(seen, number, right, source)
    return None


def _made_of_the_known(
    seen: Sequence[_Seen],
    number: int,
    right: _Right,
    source: Sequence[str],
    step: Step | None = None,
    mistaken: _Values[None] | None = None,
) -> _Fault | None:
    """Return the fault at a value, or None if it was made of something that is not known to be right.

    What stands in an equation of the mistake, `mistaken`, and not in the right one, is where it lies.
    """
    leaves = [leaf for leaf in _leaves(seen, number) if leaf.value.ndim]
    if (
        not _is_made(seen, number)
        or picks(source, seen[number].place)
        or not all(right.knows(leaf.value, loosely=step is not None) for leaf in leaves)
    ):
        return None
    misplaced = [
        leaf
        for leaf in leaves
        if step and mistaken and mistaken.like(leaf.value, loosely=True) and not right.takes(step, leaf.value)
    ]
    once_right = any(one.place == seen[number].place and right.has(one.value) for one in seen[:number])
    blamed = leaves if once_right else misplaced
    if any(handed_over(tuple(source), leaf.place) for leaf in blamed):
        return None
    where = {leaf.place for leaf in misplaced}
    names = {text_at(source, place) for place in where}
    origins = (
        index
        for index, one in enumerate(seen[:number])
        if one.whole
        and any(np.array_equal(one.value, leaf.value) for leaf in misplaced)
        and any(assigns(line_of(source, one.place.line), name) for name in names)
    )
    return _Fault(number, where.pop() if len(where) == 1 else seen[number].place, step, tuple(origins))


def _leaves(seen: Sequence[_Seen], number: int) -> list[_Seen]:
    """Return the values of the smallest expressions within one, as they were when it was worked out."""
    leaves, place = list[_Seen](), seen[number].place
    for last in range(number - 1, -1, -1):
        one = seen[last]
        if one.place == place or not one.place.within(place):
            break
        if not _is_made(seen, last):
            leaves.append(one)
    return leaves


def _is_made(seen: Sequence[_Seen], number: int) -> bool:
    """Tell whether a value was made of others, the last of which comes just before it."""
    before, one = seen[number - 1] if number else seen[number], seen[number]
    return before.place != one.place and before.place.within(one.place)


def _marks(seen: Sequence[_Seen], right: _Right, fault: _Fault | None, doubtful: _Values[None]) -> list[Mark]:
    """Return a mark for each line of which something is certain, in order; what is doubtful is not called right."""
    end = len(seen) if fault is None else fault.number
    by_line: dict[int, list[list[Step]]] = {}
    worked: set[int] = set()  # lines that do more than hand on what was made, or pick it from a list
    for number, one in enumerate(seen[:end]):
        misplaced = fault is not None and number in fault.misplaced
        if one.whole and (one.value.ndim or _telling(one.value)):
            wrong = misplaced or doubtful.like(one.value, loosely=True)
            by_line.setdefault(one.place.line, []).append([] if wrong else right.steps(one.value))
            worked |= {one.place.line} if _is_made(seen, number) and not seen[number - 1].held else set()
    marks = []
    for line in worked - ({fault.place.line} if fault else set()):
        if all(len(steps) == 1 for steps in by_line[line]):
            marks.append(Mark(line, What.RIGHT, *_named(list(dict.fromkeys(step for (step,) in by_line[line])))))
    if fault is not None:
        place, steps = fault.place, [fault.step] if fault.step else []
        marks.append(Mark(place.line, What.WRONG, *_named(steps), place.begin, place.end_line, place.end))
    return sorted(marks, key=attrgetter("line"))


def _named(steps: Sequence[Step]) -> tuple[str, str]:
    """Return the quantities of some equations, and the numbers of these."""
    symbols = [step.symbol for step in steps]
    if len(symbols) > 2:  # of so many layers
        symbols = list(dict.fromkeys(step.quantity for step in steps))
    return ", ".join(symbols), ", ".join(dict.fromkeys(step.number for step in steps))
