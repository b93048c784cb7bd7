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

COMMON = {
    -1.0: "the right one with the opposite sign",
    0.25: "a quarter of the right one",
    0.5: "half the right one",
    2.0: "twice the right one",
}
"""Factors that have words of their own."""

SIZES = {"N": "samples", "K": "outputs", "m": "inputs", "n": "classes"}
"""What the sizes of cases count, by their symbols."""


def constant(factors: Array | None) -> float | None:
    """Return the factor if it is the same for all cases and not 1."""
    if factors is None or np.ptp(factors) > 1e-5 * abs(factors[0]) or abs(factors[0] - 1) <= 1e-3:
        return None
    return float(factors[0])


def in_words(factor: float) -> str:
    """Write a constant factor as a phrase about the right answer.

    >>> in_words(0.5), in_words(3.0)
    ('half the right one', '3 times the right one')
    """
    known = (words for number, words in COMMON.items() if abs(factor - number) <= 1e-5)
    return next(known, f"{numeral(factor, '.4g')} times the right one")


def of_dimensions(factors: Array | None, probes: Sequence[Probe]) -> str:
    """Write factors that follow the cases' dimensions as such, or return "".

    As in "K/2 times the right one (K is the number of outputs)".
    """
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
            used = [f"{s} is the number of {SIZES[s]}" for s, power in zip(symbols, exponents, strict=True) if power]
            return f"{_product(number, symbols, exponents)} times the right one ({', '.join(used)})"
    return ""


def _product(number: float, symbols: Sequence[str], exponents: Iterable[int]) -> str:
    """Write a number times powers of sizes as a fraction, as in "K/2", "-1/N" or "2 N/(K K)"."""
    above, below = ([f"{abs(number):g}"], []) if abs(number) > 1 else ([], [f"{1 / abs(number):g}"] * (number**2 != 1))
    for symbol, exponent in zip(symbols, exponents, strict=True):
        (above if exponent > 0 else below).extend([symbol] * abs(exponent))
    sign, top = "-" * (number < 0), " ".join(above) or "1"
    bottom = " ".join(below) if len(below) < 2 else f"({' '.join(below)})"
    return f"{sign}{top}/{bottom}" if below else f"{sign}{top}"
