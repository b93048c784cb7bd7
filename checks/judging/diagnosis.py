"""Look for the mistake that reproduces what was observed, on every case, and only that one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, product

import numpy as np

from checks.judging.comparing import relative_error, tolerance_for
from checks.judging.reference import LAST_STAGE, Answer, Misconception, Override, answer_with
from checks.judging.task import Probe, Task
from checks.judging.verdict import Cause
from checks.observing.observation import Array, Observation

FACTOR = "constant-factor"
"""The label of an answer that is right up to a factor."""

SIMPLE_FACTORS = (1.0, -1.0, 2.0, -2.0, 0.5, -0.5)


def find_cause(task: Task, probes: Sequence[Probe], extra: Sequence[Probe], stage: int) -> Cause | None:
    """Return the cause of a wrong answer, or None if no known mistake or more than one explains it.

    Looked for in this order: one misconception, two of them, a factor, one misconception and a constant factor;
    all of it with each accepted variant as well. Only quantities up to `stage` take part: what comes after the first
    error follows from it.
    """
    bases: list[tuple[Override, ...]] = [(), *((variant.override,) for variant in task.variants)]
    search = _Search(task, [*probes, *extra], stage)
    singles = [(m,) for m in task.misconceptions]
    for sets in (singles, list(combinations(task.misconceptions, 2))):
        for base in bases:
            matches = [
                (mistakes, agreement)
                for mistakes in sets
                if (agreement := search.agreement((*base, *(m.override for m in mistakes)))) is not None
            ]
            if len(matches) > 1:  # all fit what went wrong first; does one fit what came after as well?
                entirely = _Search(task, [*probes, *extra], LAST_STAGE)
                fits = [
                    (mistakes, agreement)
                    for mistakes, _ in matches
                    if (agreement := entirely.agreement((*base, *(m.override for m in mistakes)))) is not None
                ]
                matches = fits or matches
            named = _common(matches)
            if named:
                return _named(named, max(agreement for _, agreement in matches))
            if matches:
                return None
    return _factor(task, search, bases)


def _common(matches: Sequence[tuple[tuple[Misconception, ...], float]]) -> tuple[Misconception, ...]:
    """Return the mistakes that all explanations share: what can be said for certain."""
    if not matches:
        return ()
    return tuple(m for m in matches[0][0] if all(m in mistakes for mistakes, _ in matches))


def _named(mistakes: tuple[Misconception, ...], agreement: float, factor: str = "") -> Cause:
    says = " and ".join(m.says for m in mistakes)
    equations = ", ".join(dict.fromkeys(m.equation for m in mistakes if m.equation))
    return Cause(
        labels=tuple(m.label for m in mistakes) + ((FACTOR,) if factor else ()),
        sentence=f"Yours is what comes out {says}{factor}",
        agreement=agreement,
        equation=equations,
    )


def _factor(task: Task, search: _Search, bases: list[tuple[Override, ...]]) -> Cause | None:
    for base in bases:
        factors = search.factors(base)
        words = _factor_in_words(factors, search.probes)
        if words:
            return Cause((FACTOR,), f"Yours is {words}", search.residual, convention=task.convention)
    found = []
    for mistake in task.misconceptions:
        factors = search.factors((mistake.override,))
        if factors is not None and np.ptp(factors) <= 1e-5 * abs(factors[0]):
            found.append((mistake, factors[0], search.residual))
    if len(found) != 1:
        return None
    mistake, factor, residual = found[0]
    return _named((mistake,), residual, f", and {factor:.4g} times as large")


def _factor_in_words(factors: Array | None, probes: Sequence[Probe]) -> str:
    """Say what the factors of all cases have in common: a number, or a power of the case's dimensions."""
    if factors is None:
        return ""
    if np.ptp(factors) <= 1e-5 * abs(factors[0]):
        if abs(factors[0] + 1) <= 1e-5:
            return "the right one with the opposite sign"
        return f"{factors[0]:.4g} times the right one"
    dimensions = [probe.case.dimensions for probe in probes]
    symbols = list(dimensions[0])
    for exponents in sorted(product((-2, -1, 0, 1, 2), repeat=len(symbols)), key=lambda powers: sum(map(abs, powers))):
        powers = np.array(
            [np.prod([float(sizes[s]) ** e for s, e in zip(symbols, exponents, strict=True)]) for sizes in dimensions]
        )
        ratio = factors / powers
        simple = next((c for c in SIMPLE_FACTORS if abs(ratio - c).max() <= 1e-5 * abs(c)), None)
        if simple is not None:
            return f"{_product(simple, symbols, exponents)} times the right one"
    return ""


def _product(number: float, symbols: Sequence[str], exponents: Iterable[int]) -> str:
    above: list[str] = []
    below: list[str] = []
    for symbol, exponent in zip(symbols, exponents, strict=True):
        (above if exponent > 0 else below).extend([symbol] * abs(exponent))
    top = " ".join(([f"{number:g}"] if number != 1 or not above else []) + above)
    return top if not below else f"{top} / {' '.join(below) if len(below) == 1 else '(' + ' '.join(below) + ')'}"


class _Search:
    """The observations prepared for comparing many candidate answers with them."""

    def __init__(self, task: Task, probes: Sequence[Probe], stage: int):
        # The smallest case comes first: most candidates fail on it already.
        self.task, self.probes = task, sorted(probes, key=lambda probe: _size(probe.observation))
        self.residual = 0.0
        # Whether a candidate can be computed at all shows only if it is computed to its end.
        self.stage = LAST_STAGE if any(probe.observation.raised for probe in probes) else stage
        self._right = [
            answer_with(task.reference, (), probe.case, probe.observation.arrays) or {} for probe in self.probes
        ]
        self._names = [[name for name in answer if task.stage(name) <= stage] for answer in self._right]
        self._telling = [
            not probe.observation.raised and self._difference(answer, probe, names) is None
            for probe, answer, names in zip(self.probes, self._right, self._names, strict=True)
        ]

    def agreement(self, overrides: tuple[Override, ...]) -> float | None:
        """Return the greatest relative difference if a candidate reproduces every observation, else None.

        Where the student's code raised, the candidate must be impossible to compute; where it is right, right. At
        least one observation must be wrong by its values.
        """
        if not any(self._telling):
            return None
        worst = 0.0
        for probe, names in zip(self.probes, self._names, strict=True):
            candidate = answer_with(self.task.reference, overrides, probe.case, probe.observation.arrays, self.stage)
            if candidate is None or probe.observation.raised:
                if candidate is not None or not probe.observation.raised:
                    return None
                continue
            difference = self._difference(candidate, probe, names)
            if difference is None:
                return None
            worst = max(worst, difference)
        return worst

    def _difference(self, candidate: Answer, probe: Probe, names: Sequence[str]) -> float | None:
        worst = 0.0
        for name in names:
            came, wanted = probe.observation.arrays.get(name), candidate.get(name)
            if wanted is None and name in candidate:
                continue
            if came is None or wanted is None:
                if came is not wanted:
                    return None
                continue
            came = _fitted(came, np.asarray(wanted), name in self.task.reference.column_fits)
            if came is None or not np.isfinite(came).all():
                return None
            error = relative_error(came, wanted)
            if error > tolerance_for(came, probe.single):
                return None
            worst = max(worst, error)
        return worst

    def factors(self, overrides: tuple[Override, ...]) -> Array | None:
        """Return for each case the factor by which all observed quantities differ from a candidate, if there is one."""
        factors, residual = [], 0.0
        for probe, right in zip(self.probes, self._right, strict=True):
            candidate = answer_with(self.task.reference, overrides, probe.case, probe.observation.arrays)
            came = probe.observation.arrays
            if candidate is None or probe.observation.raised:
                return None
            pairs = [(came.get(name), candidate.get(name)) for name in right]
            if any(a is None or b is None or _fitted(a, np.asarray(b), column_fits=True) is None for a, b in pairs):
                return None
            got = np.concatenate([np.asarray(a, dtype=np.float64).ravel() for a, _ in pairs])
            wanted = np.concatenate([np.asarray(b).ravel() for _, b in pairs])
            if not np.isfinite(got).all() or not wanted.any():
                return None
            factor = float(got @ wanted / (wanted @ wanted))
            error = relative_error(got, factor * wanted)
            if abs(factor) < 1e-9 or error > max(tolerance_for(a, probe.single) for a, _ in pairs):
                return None
            factors.append(factor)
            residual = max(residual, error)
        self.residual = residual
        return np.array(factors)


def _size(observation: Observation) -> int:
    return sum(array.size for array in observation.arrays.values())


def _fitted(came: Array, wanted: Array, column_fits: bool) -> Array | None:
    if came.shape == wanted.shape:
        return came
    if came.size == wanted.size and (wanted.shape == () or (column_fits and wanted.ndim == 1)):
        return came.reshape(wanted.shape)
    return None
