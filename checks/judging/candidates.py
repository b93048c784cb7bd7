"""The observations of a check, prepared for comparing many candidate answers with them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from checks.judging.comparing import NEGLIGIBLE, digits_for, fit, norm, relative_error, tolerance_for
from checks.judging.reference import LAST_STAGE, Answer, Override, answer_with
from checks.judging.task import Probe, Task
from checks.observing.observation import Array
from checks.observing.quantity import Quantity

Overrides = tuple[Override, ...]


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
            {name for name in names if came.is_given_by(answer, name)}
            for came, answer, names in zip(self._came, answers, self._names, strict=True)
        ]
        for names, right in zip(self._names, self._right, strict=True):
            names.sort(key=right.__contains__)  # what is wrong tells most candidates apart: it comes first
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
            candidate = self._answer(overrides, came)
            if candidate is None or came.raised:
                if candidate is not None or not came.raised:
                    return None
                continue
            for name in names:
                if not came.is_given_by(candidate, name):
                    return None
            promised = (digits_for(came.arrays[name], came.single) for name in names if name in came.arrays)
            digits = min(filter(None, (digits, *promised)), default=0)
        return digits

    def keeps_what_is_right(self, overrides: Overrides) -> bool:
        """Tell whether a candidate leaves every quantity right that was observed to be right."""
        for came, right in zip(self._came, self._right, strict=True):
            candidate = self._answer(overrides, came)
            if candidate is not None and not all(came.is_given_by(candidate, name) for name in right):
                return False
        return True

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

    def is_given_by(self, candidate: Answer, name: Quantity) -> bool:
        """Tell whether a candidate reproduces one quantity."""
        wanted, came = candidate.get(name), self._finite.get(name)
        if wanted is None:
            return name in candidate or name not in self.arrays  # not predicted, or absent in both
        if came is None:
            return False
        array, length, tolerance = came
        wanted = np.asarray(wanted)
        if array.shape == wanted.shape:
            other = norm(wanted)
            if abs(length - other) > 2 * tolerance * (length + other) + NEGLIGIBLE:
                return False  # then the difference is no smaller; so most candidates go
            return relative_error(array, wanted) <= tolerance
        fitted = fit(array, wanted, column_fits=name in self._column_fits)
        return fitted is not None and relative_error(fitted, wanted) <= tolerance


def _size(probe: Probe) -> tuple[bool, int]:
    return probe.observation.raised, sum(array.size for array in probe.observation.arrays.values())
