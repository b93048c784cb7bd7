"""Answers that are right up to a factor: a number, or a product of powers of the case's dimensions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

import numpy as np

from checks.judging.task import Probe
from checks.numerals import numeral
from checks.observing.observation import Array

SIMPLE = tuple(sign * number for number in (1.0, 2.0, 0.5, 4.0, 0.25) for sign in (1.0, -1.0))
"""Numbers that may stand before a product of dimensions."""


def constant(factors: Array | None) -> float | None:
    """Return the factor if it is the same for all cases and not 1."""
    if factors is None or np.ptp(factors) > 1e-5 * abs(factors[0]) or abs(factors[0] - 1) <= 1e-3:
        return None
    return float(factors[0])


def in_words(factor: float) -> str:
    """Write a constant factor as a phrase about the right answer."""
    if abs(factor + 1) <= 1e-5:
        return "the right one with the opposite sign"
    return f"{numeral(factor, '.4g')} times the right one"


def of_dimensions(factors: Array | None, probes: Sequence[Probe]) -> str:
    """Write factors that follow the cases' dimensions as such, as in "N / K times the right one", or return ""."""
    if factors is None:
        return ""
    dimensions = [probe.case.dimensions for probe in probes]
    symbols = list(dimensions[0])
    for exponents in sorted(product((-2, -1, 0, 1, 2), repeat=len(symbols)), key=lambda powers: sum(map(abs, powers))):
        powers = np.array(
            [np.prod([float(sizes[s]) ** e for s, e in zip(symbols, exponents, strict=True)]) for sizes in dimensions]
        )
        number = next((c for c in SIMPLE if abs(factors / powers - c).max() <= 1e-5 * abs(c)), None)
        if number is not None and any(exponents):
            return f"{_product(number, symbols, exponents)} times the right one"
    return ""


def _product(number: float, symbols: Sequence[str], exponents: Iterable[int]) -> str:
    above: list[str] = []
    below: list[str] = []
    for symbol, exponent in zip(symbols, exponents, strict=True):
        (above if exponent > 0 else below).extend([symbol] * abs(exponent))
    top = " ".join(([f"{number:g}"] if number != 1 or not above else []) + above)
    return top if not below else f"{top} / {' '.join(below) if len(below) == 1 else '(' + ' '.join(below) + ')'}"
