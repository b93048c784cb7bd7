"""The observations of a check, prepared for comparing many candidate answers with them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from checks.judging.comparing import NEGLIGIBLE, agrees, digits_for, fit, norm, relative_error, tolerance_for
from checks.judging.measuring import Sight, measured
from checks.judging.reference import (
    LAST_STAGE,
    Answer,
    Misconception,
    Override,
    Reference,
    answer_with,
    computed,
    in_turn,
)
from checks.judging.task import Probe, Task
from checks.judging.verdict import Cause
from checks.observing.observation import Array
from checks.observing.quantity import SECOND, Quantity

Overrides = tuple[Override, ...]

MOST_SIZES = 4
"""Of how many quantities it is remembered what size a candidate gives them: most candidates fail at the first ones."""


class Candidates:
    """Compares candidates (the reference with steps done otherwise) with what was observed, up to a stage."""

    def __init__(self, task: Task, probes: Sequence[Probe], stage: int):
        # The smallest case that gave numbers comes first: most candidates fail on it already.
        self.task, self.probes = task, sorted(probes, key=_size)
        self._came = [_Came(task, probe) for probe in self.probes]
        # Whether a candidate can be computed at all shows only if it is computed to its end.
        self.stage = LAST_STAGE if any(came.raised for came in self._came) else stage
        answers = [self._answer((), came) or {} for came in self._came]
        self._names = [[name for name in answer if task.stage(name) <= stage] for answer in answers]
        self._right = [
            {name for name in names if came.is_given(name, answer.get(name), name in answer)}
            for came, answer, names in zip(self._came, answers, self._names, strict=True)
        ]
        self.telling = any(
            not came.raised and len(right) < len(names)
            for came, right, names in zip(self._came, self._right, self._names, strict=True)
        )

    def agreement(self, overrides: Overrides) -> int | None:
        """Return to how many digits at least a candidate reproduces every observation, None if it does not.

        Where the student's code raised, the candidate must be impossible to compute; where it is right, right. At
        least one observation must be wrong by its values.
        """
        if not self.telling:
            return None
        digits = 0
        for came, names in zip(self._came, self._names, strict=True):
            if not came.raised and self._refuted(overrides, came, names):
                return None
            followed = self._followed(overrides, came, () if came.raised else names)
            if followed is None or came.raised:
                if followed is not None or not came.raised:
                    return None
                continue
            if followed < len(names):
                return None
            promised = (digits_for(came.arrays[name], came.single) for name in names if name in came.arrays)
            digits = min(filter(None, (digits, *promised)), default=0)
        return digits

    def progress(self, overrides: Overrides) -> int:
        """Return how many quantities a candidate reproduces from the first on, on the smallest case that went wrong."""
        came, quantity = self._first_wrong
        return self._followed(overrides, came, self._names[self._came.index(came)]) or 0 if quantity else 0

    def onset(self, overrides: Overrides) -> int:
        """Return how many quantities a candidate leaves right from the first on, on the smallest case that went wrong.

        0 if it cannot be computed.
        """
        came, _ = self._first_wrong
        names, right, kept = set(self._names[self._came.index(came)]), self._answer((), came) or {}, 0
        try:
            for name, value in self._computed(overrides, came):
                if name in names:
                    expected = right.get(name)
                    if value is not None and expected is not None and not _alike(np.asarray(value), expected):
                        return kept
                    kept += 1
        except ValueError:
            return 0
        return kept

    def number(self, candidate: Callable[[float], Misconception]) -> float | None:
        """Return the number with which a candidate comes closest to what went wrong first, on the smallest such case.

        That has to depend on the number linearly; None where it does not depend on it, or cannot be computed.
        """
        came, quantity = self._first_wrong
        if quantity is None:
            return None
        try:
            at_zero, at_one = (self._one((candidate(number).override,), came, quantity) for number in (0.0, 1.0))
        except ValueError:
            return None
        array = came.arrays.get(quantity)
        if at_zero is None or at_one is None or array is None or not at_zero.shape == at_one.shape == array.shape:
            return None
        per_unit = (at_one - at_zero).ravel()
        size = per_unit @ per_unit
        number = float((array - at_zero).ravel() @ per_unit / size) if size > 0 else np.nan
        return number if np.isfinite(number) else None

    def measured(self) -> Cause | None:
        """Return what is certain of the numbers that went wrong first; see `measuring`."""
        _, quantity = self._first_wrong
        if quantity is None or self.blank or not self.task.reference.measured:
            return None
        wrong, well = [], []
        for came, right in zip(self._came, self._right, strict=True):
            answer, sizes = self._answer((), came) or {}, came.case.dimensions
            if came.raised or answer.get(quantity) is None or quantity not in came.arrays:
                continue
            if quantity in right:
                well.append(sizes)
            else:
                again, expected = quantity.in_call(SECOND), np.asarray(answer[quantity])
                second = came.arrays.get(again), answer.get(again)
                wrong.append(Sight(came.arrays[quantity], expected, sizes, *second))
        return measured(wrong, well, partly=any(self._right))

    @cached_property
    def blank(self) -> bool:
        """Whether what went wrong first is zero throughout, in all cases and calls."""
        _, quantity = self._first_wrong
        if quantity is None:
            return False
        seen = (item for came in self._came for item in came.arrays.items())
        alike = [array for name, array in seen if name._replace(call=quantity.call, aspect=quantity.aspect) == quantity]
        return bool(alike) and not any(array.any() for array in alike)

    @cached_property
    def to_follow(self) -> int:
        """How many quantities there are to reproduce on the smallest case that went wrong."""
        came, _ = self._first_wrong
        return len(self._names[self._came.index(came)])

    @cached_property
    def _first_wrong(self) -> tuple[_Came, Quantity | None]:
        for came, right, names in zip(self._came, self._right, self._names, strict=True):
            if not came.raised and len(right) < len(names):
                return came, next(name for name in names if name not in right)
        return self._came[0], None

    def _one(self, overrides: Overrides, came: _Came, quantity: Quantity) -> Array | None:
        found = (value for name, value in self._computed(overrides, came) if name == quantity)
        value = next(found, None)
        return None if value is None else np.asarray(value, dtype=np.float64)

    def keeps_what_is_right(self, overrides: Overrides) -> bool:
        """Tell whether a candidate leaves every quantity right that was observed to be right, as far as it gets."""
        for came, right in zip(self._came, self._right, strict=True):
            waiting = set(right)
            try:
                for name, value in self._computed(overrides, came) if waiting else ():
                    if name in waiting and not came.is_given(name, value, predicted=True):
                        return False
                    waiting.discard(name)
                    if not waiting:
                        break
            except ValueError:
                continue
            if any(name in came.arrays for name in waiting):
                return False
        return True

    def _refuted(self, overrides: Overrides, came: _Came, names: Collection[Quantity]) -> bool:
        """Tell whether sizes that are known from an earlier answer rule a candidate out, without computing anything."""
        known = _sketch(self.task.reference, overrides, came.case, self.stage)
        return known is not None and any(
            name in names and came.differs(name, *size) for name, size in known.sizes.items()
        )

    def _followed(self, overrides: Overrides, came: _Came, names: Collection[Quantity]) -> int | None:
        """Return how many of some quantities a candidate reproduces, up to the first that it does not.

        None if it cannot be computed so far.
        """
        waiting = set(names)
        try:
            for name, value in self._computed(overrides, came):
                if name in waiting:
                    if not came.is_given(name, value, predicted=True):
                        return len(names) - len(waiting)
                    waiting.discard(name)
        except ValueError:
            return None
        absent = sum(name not in came.arrays for name in waiting)
        return len(names) if absent == len(waiting) else len(names) - len(waiting)

    def _computed(self, overrides: Overrides, came: _Came) -> Iterable[tuple[Quantity, Array | None]]:
        """Yield what a candidate amounts to, one quantity after the other where they are worked out so.

        Raises:
            ValueError: where it cannot be computed.
        """
        reference = self.task.reference
        if in_turn(reference):
            return self._sketched(overrides, came)
        answer = self._answer(overrides, came)
        if answer is None:
            raise ValueError
        return answer.items()

    def _sketched(self, overrides: Overrides, came: _Came) -> Iterator[tuple[Quantity, Array | None]]:
        """Yield what a candidate amounts to; sizes of what does not follow from a student's numbers are remembered."""
        sketch, own = _sketch(self.task.reference, overrides, came.case, self.stage), _Own(came.arrays)
        for name, value in computed(self.task.reference, overrides, came.case, own, self.stage):
            if sketch is not None and own.asked:
                sketch.sizes.clear()
            elif sketch is not None and value is not None and len(sketch.sizes) < MOST_SIZES:
                sketch.sizes.setdefault(name, (np.shape(value), norm(np.asarray(value))))
            yield name, value

    def factors(self, overrides: Overrides) -> Array | None:
        """Return for each case the factor by which all observed quantities differ from a candidate, if there is one."""
        factors = []
        for came, names in zip(self._came, self._names, strict=True):
            candidate = self._answer(overrides, came)
            if candidate is None or came.raised:
                return None
            pairs = [(came.arrays.get(name), candidate.get(name)) for name in names]
            if any(a is None or b is None or fit(a, np.asarray(b)) is None for a, b in pairs):
                return None
            got = np.concatenate([np.asarray(a, dtype=np.float64).ravel() for a, _ in pairs])
            wanted = np.concatenate([np.asarray(b).ravel() for _, b in pairs])
            if not np.isfinite(got).all() or not wanted.any():
                return None
            factor = float(got @ wanted / (wanted @ wanted))
            tolerance = max(tolerance_for(a, came.single) for a, _ in pairs)
            if abs(factor) < 1e-9 or not relative_error(got, factor * wanted) <= tolerance:
                return None
            factors.append(factor)
        return np.array(factors)

    def _answer(self, overrides: Overrides, came: _Came) -> Answer | None:
        made = came.made
        if overrides not in made:  # what follows a student's own numbers is kept nowhere else
            made[overrides] = answer_with(self.task.reference, overrides, came.case, came.arrays, self.stage)
        return made[overrides]


class _Sketch:
    """Shapes and norms of what a candidate amounts to on a case, as far as it has been computed for anybody."""

    def __init__(self) -> None:
        self.sizes: dict[Quantity, tuple[tuple[int, ...], float]] = {}


@lru_cache(maxsize=20_000)
def _sketch_of(reference: type[Reference], overrides: Overrides, case: Any, stage: int) -> _Sketch:
    return _Sketch()


def _sketch(reference: type[Reference], overrides: Overrides, case: Any, stage: int) -> _Sketch | None:
    """Return what is remembered of a candidate; those of more than two mistakes are too many."""
    return _sketch_of(reference, overrides, case, stage) if len(overrides) <= 2 else None  # type: ignore[arg-type] # mypy takes the class for an instance


class _Own(Mapping[Quantity, Array]):
    """A student's numbers, and whether anybody has asked for them."""

    def __init__(self, arrays: Mapping[Quantity, Array]) -> None:
        self._arrays, self.asked = arrays, False

    def __getitem__(self, name: Quantity) -> Array:
        self.asked = True
        return self._arrays[name]

    def __iter__(self) -> Iterator[Quantity]:
        self.asked = True
        return iter(self._arrays)

    def __len__(self) -> int:
        self.asked = True
        return len(self._arrays)


class _Came:
    """One probe, with what is known of it before the first of thousands of candidates; `made` is what they give."""

    def __init__(self, task: Task, probe: Probe):
        self.case, self.arrays, self.single = probe.case, probe.observation.arrays, probe.single
        self.raised = probe.observation.raised
        self.made: dict[Overrides, Answer | None] = {}
        self._column_fits = task.reference.column_fits
        self._finite = {
            name: (array, norm(array), tolerance_for(array, probe.single))
            for name, array in self.arrays.items()
            if np.isfinite(array).all()
        }

    def is_given(self, name: Quantity, wanted: Array | None, predicted: bool) -> bool:
        """Tell whether what a candidate gives for a quantity, if it says anything of it, is what came."""
        came = self._finite.get(name)
        if wanted is None:
            return predicted or name not in self.arrays  # not predicted, or absent in both
        if came is None:
            return False
        array, _, tolerance = came
        wanted = np.asarray(wanted)
        if array.shape == wanted.shape:
            return not self.differs(name, wanted.shape, norm(wanted)) and relative_error(array, wanted) <= tolerance
        fitted = fit(array, wanted, column_fits=name in self._column_fits)
        return fitted is not None and relative_error(fitted, wanted) <= tolerance

    def differs(self, name: Quantity, shape: tuple[int, ...], length: float) -> bool:
        """Tell whether what came cannot be an array of this shape and norm: most candidates go by that."""
        array, own, tolerance = self._finite.get(name, (None, 0.0, 0.0))
        if array is None:
            return name in self.arrays  # what is not finite is nothing that is computed
        return array.shape == shape and abs(own - length) > 2 * tolerance * (own + length) + NEGLIGIBLE


def _alike(one: Array, other: Array) -> bool:
    return one.shape == np.shape(other) and agrees(one, np.asarray(other))


def _size(probe: Probe) -> tuple[bool, int]:
    return probe.observation.raised, sum(array.size for array in probe.observation.arrays.values())
