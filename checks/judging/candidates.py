"""The observations of a check, prepared for comparing many candidate answers with them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property

import numpy as np

from checks.judging.comparing import digits_for, fit, relative_error, tolerance_for
from checks.judging.measuring import Sight, measured
from checks.judging.reference import LAST_STAGE, Answer, Misconception, Override, answer_with, computed, in_turn
from checks.judging.task import Probe, Task
from checks.judging.verdict import Cause
from checks.observing.observation import Array
from checks.observing.quantity import SECOND, Quantity

Overrides = tuple[Override, ...]


class Candidates:
    """Compares candidates (the reference with steps done otherwise) with what was observed, up to a stage."""

    def __init__(self, task: Task, probes: Sequence[Probe], stage: int):
        # The smallest case that gave numbers comes first: most candidates fail on it already.
        self.task, self.probes = task, sorted(probes, key=_size)
        self._made: dict[tuple[Overrides, int], Answer | None] = {}
        # Whether a candidate can be computed at all shows only if it is computed to its end.
        self.stage = LAST_STAGE if any(probe.observation.raised for probe in probes) else stage
        answers = [self._answer((), probe) or {} for probe in self.probes]
        self._names = [[name for name in answer if task.stage(name) <= stage] for answer in answers]
        seen = [array for probe in self.probes for array in probe.observation.arrays.values()]
        self._finite = {id(array) for array in seen if np.isfinite(array).all()}
        self._right = [
            {name for name in names if self._error(name, answer, probe) is not None}
            for probe, answer, names in zip(self.probes, answers, self._names, strict=True)
        ]
        self.telling = any(
            not probe.observation.raised and len(right) < len(names)
            for probe, right, names in zip(self.probes, self._right, self._names, strict=True)
        )

    def agreement(self, overrides: Overrides) -> int | None:
        """Return to how many digits at least a candidate reproduces every observation, None if it does not.

        Where the student's code raised, the candidate must be impossible to compute; where it is right, right. At
        least one observation must be wrong by its values.
        """
        if not self.telling:
            return None
        digits = 0
        for probe, names in zip(self.probes, self._names, strict=True):
            followed = self._followed(overrides, probe, () if probe.observation.raised else names)
            if followed is None or probe.observation.raised:
                if followed is not None or not probe.observation.raised:
                    return None
                continue
            if followed < len(names):
                return None
            came = [probe.observation.arrays[name] for name in names if name in probe.observation.arrays]
            promised = (digits_for(array, probe.single) for array in came)
            digits = min(filter(None, (digits, *promised)), default=0)
        return digits

    def progress(self, overrides: Overrides) -> int:
        """Return how many quantities a candidate reproduces from the first on, on the smallest case that went wrong."""
        probe, quantity = self._first_wrong
        return self._followed(overrides, probe, self._names[self.probes.index(probe)]) or 0 if quantity else 0

    def number(self, candidate: Callable[[float], Misconception]) -> float | None:
        """Return the number with which a candidate comes closest to what went wrong first, on the smallest such case.

        That has to depend on the number linearly; None where it does not depend on it, or cannot be computed.
        """
        probe, quantity = self._first_wrong
        if quantity is None:
            return None
        try:
            at_zero, at_one = (self._one((candidate(number).override,), probe, quantity) for number in (0.0, 1.0))
        except ValueError:
            return None
        came = probe.observation.arrays.get(quantity)
        if at_zero is None or at_one is None or came is None or not at_zero.shape == at_one.shape == came.shape:
            return None
        per_unit = (at_one - at_zero).ravel()
        size = per_unit @ per_unit
        number = float((came - at_zero).ravel() @ per_unit / size) if size > 0 else np.nan
        return number if np.isfinite(number) else None

    def measured(self) -> Cause | None:
        """Return what is certain of the numbers that went wrong first; see `measuring`."""
        _, quantity = self._first_wrong
        if quantity is None or self.blank or any(probe.observation.raised for probe in self.probes):
            return None
        wrong, well = [], []
        for probe, right in zip(self.probes, self._right, strict=True):
            answer, came = self._answer((), probe) or {}, probe.observation.arrays
            if probe.observation.raised or answer.get(quantity) is None or quantity not in came:
                continue
            again = quantity.in_call(SECOND)
            if quantity in right:
                well.append(probe.case.dimensions)
            else:
                expected = np.asarray(answer[quantity])
                wrong.append(Sight(came[quantity], expected, probe.case.dimensions, came.get(again), answer.get(again)))
        return measured(wrong, well)

    @cached_property
    def blank(self) -> bool:
        """Whether what went wrong first is zero throughout, in every case in which something did."""
        first = (
            probe.observation.arrays.get(next(name for name in names if name not in right))
            for probe, right, names in zip(self.probes, self._right, self._names, strict=True)
            if not probe.observation.raised and len(right) < len(names)
        )
        return all(came is not None and not came.any() for came in first)

    @cached_property
    def _first_wrong(self) -> tuple[Probe, Quantity | None]:
        for probe, right, names in zip(self.probes, self._right, self._names, strict=True):
            if not probe.observation.raised and len(right) < len(names):
                return probe, next(name for name in names if name not in right)
        return self.probes[0], None

    def _one(self, overrides: Overrides, probe: Probe, quantity: Quantity) -> Array | None:
        found = (value for name, value in self._computed(overrides, probe) if name == quantity)
        value = next(found, None)
        return None if value is None else np.asarray(value, dtype=np.float64)

    def keeps_what_is_right(self, overrides: Overrides) -> bool:
        """Tell whether a candidate leaves every quantity right that was observed to be right."""
        for probe, right in zip(self.probes, self._right, strict=True):
            followed = self._followed(overrides, probe, right)
            if followed is not None and followed < len(right):
                return False
        return True

    def _followed(self, overrides: Overrides, probe: Probe, names: Collection[Quantity]) -> int | None:
        """Return how many of some quantities a candidate reproduces, up to the first that it does not.

        None if it cannot be computed so far.
        """
        waiting = set(names)
        try:
            for name, value in self._computed(overrides, probe):
                if name in waiting:
                    if self._error(name, {name: value}, probe) is None:
                        return len(names) - len(waiting)
                    waiting.discard(name)
        except ValueError:
            return None
        absent = sum(name not in probe.observation.arrays for name in waiting)
        return len(names) if absent == len(waiting) else len(names) - len(waiting)

    def _computed(self, overrides: Overrides, probe: Probe) -> Iterable[tuple[Quantity, Array | None]]:
        """Yield what a candidate amounts to, one quantity after the other where they are worked out so.

        Raises:
            ValueError: where it cannot be computed.
        """
        reference, came = self.task.reference, probe.observation.arrays
        if in_turn(reference):
            return computed(reference, overrides, probe.case, came, self.stage)
        answer = self._answer(overrides, probe)
        if answer is None:
            raise ValueError
        return answer.items()

    def factors(self, overrides: Overrides) -> Array | None:
        """Return for each case the factor by which all observed quantities differ from a candidate, if there is one."""
        factors = []
        for probe, names in zip(self.probes, self._names, strict=True):
            candidate, came = self._answer(overrides, probe), probe.observation.arrays
            if candidate is None or probe.observation.raised:
                return None
            pairs = [(came.get(name), candidate.get(name)) for name in names]
            if any(a is None or b is None or fit(a, np.asarray(b)) is None for a, b in pairs):
                return None
            got = np.concatenate([np.asarray(a, dtype=np.float64).ravel() for a, _ in pairs])
            wanted = np.concatenate([np.asarray(b).ravel() for _, b in pairs])
            if not np.isfinite(got).all() or not wanted.any():
                return None
            factor = float(got @ wanted / (wanted @ wanted))
            tolerance = max(tolerance_for(a, probe.single) for a, _ in pairs)
            if abs(factor) < 1e-9 or not relative_error(got, factor * wanted) <= tolerance:
                return None
            factors.append(factor)
        return np.array(factors)

    def _answer(self, overrides: Overrides, probe: Probe) -> Answer | None:
        key = overrides, id(probe)
        if key not in self._made:  # what follows a student's own numbers is kept nowhere else
            reference, came = self.task.reference, probe.observation.arrays
            self._made[key] = answer_with(reference, overrides, probe.case, came, self.stage)
        return self._made[key]

    def _error(self, name: Quantity, candidate: Answer, probe: Probe) -> float | None:
        """Return the relative difference of one quantity, or None if the candidate does not reproduce it."""
        came, wanted = probe.observation.arrays.get(name), candidate.get(name)
        if wanted is None:
            return 0.0 if name in candidate or came is None else None  # not predicted, or absent in both
        if came is None:
            return None
        fitted = fit(came, np.asarray(wanted), column_fits=name in self.task.reference.column_fits)
        if fitted is None or id(came) not in self._finite:
            return None
        error = relative_error(fitted, wanted)
        return error if error <= tolerance_for(fitted, probe.single) else None


def _size(probe: Probe) -> tuple[bool, int]:
    return probe.observation.raised, sum(array.size for array in probe.observation.arrays.values())
