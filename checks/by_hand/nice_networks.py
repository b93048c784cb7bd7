"""Networks whose numbers come out nicely by hand, drawn from a seed.

"Nicely" means, for every number that has to be written down (weighted inputs, outputs, error, error signals,
gradients, new weights) and for everything that is given:

- it is a decimal with at most four digits after the point, and its absolute value is at most 20;
- every output has the weighted input 0, so its output is 1/2 and its slope 1/4, and no exponential is needed;
- no given weight is 0, no hidden weighted input is 0, and all inputs are whole numbers;
- the network is no trap: at least two hidden neurons are active, W1 is not symmetric, the learning rate is not 1, and
  no answer is 0 or constant where it would leave the next step with nothing to compute.

In about one network of three a hidden neuron is dead: ReLU switches it off, its outputs, error signals and gradients
are 0, and its weights stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from checks.by_hand.case import DIGITS, Problem

SIZES = ((2, 2, 2), (2, 3, 2), (3, 2, 2), (2, 3, 3), (3, 3, 2))
"""Inputs, hidden neurons and outputs of practice networks."""

GREATEST = 20
"""The greatest absolute value of a nice number."""

WEIGHTS = (-4, -3, -2, -1, 1, 2, 3, 4)
HALVES = tuple(Fraction(n, 2) for n in range(-8, 9) if n)
RATES = (Fraction(1, 2), Fraction(2), Fraction(4))
TARGETS = (Fraction(0), Fraction(1), Fraction(1, 10), Fraction(9, 10))

Rows = list[list[Fraction]]


def network(seed: int) -> Problem:
    """Return the network of a seed; the same seed always gives the same one."""
    rng, sizes = _begun(seed)
    dead = sizes[1] == 3 and bool(rng.random() < 0.55)
    while True:
        problem = _drawn(rng, sizes, dead, f"practice network {seed}")
        if problem is not None:
            return problem


def sizes_of(seed: int) -> tuple[int, int, int]:
    """Return the inputs, hidden neurons and outputs of the network of a seed."""
    return _begun(seed)[1]


def _begun(seed: int) -> tuple[np.random.Generator, tuple[int, int, int]]:
    rng = np.random.default_rng([seed, 20])
    return rng, SIZES[int(rng.integers(len(SIZES)))]


def nice(number: Fraction) -> bool:
    """Tell whether a number is nice to write down: few decimals, and not large."""
    return (number * 10**DIGITS).denominator == 1 and abs(number) <= GREATEST


def _drawn(rng: np.random.Generator, sizes: tuple[int, int, int], dead: bool, title: str) -> Problem | None:
    """Draw a network, or None if its numbers are not nice."""
    inputs, hidden, outputs = sizes

    def some(choices: Sequence[Any], count: int) -> list[Fraction]:
        return [Fraction(choices[int(i)]) for i in rng.integers(len(choices), size=count)]

    x = some((-2, -1, 1, 2, 3), inputs)
    w1 = [some(WEIGHTS, inputs) for _ in range(hidden)]
    s1 = _times(w1, x)
    o1 = [max(s, Fraction(0)) for s in s1]
    off = [index for index, s in enumerate(s1) if s < 0]
    if 0 in s1 or len(off) != int(dead):
        return None
    w2 = [_balanced(some(HALVES, hidden), o1) for _ in range(outputs)]
    t, rate = some(TARGETS, outputs), some(RATES, 1)[0]
    numbers = written_down(x, t, w1, w2, rate)
    flat = [number for answer in numbers for row in answer for number in row]
    # Also the given weights: a balanced one may be anything.
    if not all(nice(n) for n in [*flat, *(w for row in w2 for w in row)]) or any(abs(w) > 8 for r in w2 for w in r):
        return None
    if any(w == 0 for row in w2 for w in row) or _too_easy(w1, w2, t, numbers, off):
        return None

    def array(values: Any) -> Any:
        return np.array(values, dtype=np.float64)

    return Problem(array(x), array(t), array(w1), array(w2), float(rate), title)


def _balanced(row: list[Fraction], o1: list[Fraction]) -> list[Fraction]:
    """Change the weight of one active neuron so that the weighted input of this row is 0."""
    last = max(index for index, o in enumerate(o1) if o)
    rest = sum((w * o for index, (w, o) in enumerate(zip(row, o1, strict=True)) if index != last), Fraction(0))
    return [-rest / o1[last] if index == last else w for index, w in enumerate(row)]


def _times(matrix: Rows, vector: list[Fraction]) -> list[Fraction]:
    return [sum((w * v for w, v in zip(row, vector, strict=True)), Fraction(0)) for row in matrix]


def written_down(x: list[Fraction], t: list[Fraction], w1: Rows, w2: Rows, rate: Fraction) -> list[Rows]:
    """Return all that is to be written down, exactly: s, o, E, δ, g and new w, as rows of numbers.

    Every output has the weighted input 0.
    """
    s1 = _times(w1, x)
    o1 = [max(s, Fraction(0)) for s in s1]
    half, quarter = Fraction(1, 2), Fraction(1, 4)
    d2 = [(target - half) * quarter for target in t]
    back = _times([list(column) for column in zip(*w2, strict=True)], d2)
    d1 = [b if s > 0 else Fraction(0) for b, s in zip(back, s1, strict=True)]
    error = sum(((target - half) ** 2 for target in t), Fraction(0)) / 2
    g2 = [[d * o for o in o1] for d in d2]
    g1 = [[d * o for o in x] for d in d1]
    new = [
        [[w + rate * g for w, g in zip(*rows, strict=True)] for rows in zip(old, step, strict=True)]
        for old, step in ((w2, g2), (w1, g1))
    ]
    return [[s1, o1, _times(w2, o1)], [[error]], [d2, d1], g2, g1, *new]


def _too_easy(w1: Rows, w2: Rows, t: list[Fraction], written: list[Rows], off: list[int]) -> bool:
    """Tell whether an answer is 0 or constant where it should not be, or a weight matrix is symmetric."""
    (s1, o1, _), _, (d2, d1), g2, g1, new2, new1 = written
    alive = [index for index in range(len(s1)) if index not in off]
    if any(d1[index] == 0 for index in alive) or any(w == 0 for row in (*new2, *new1) for w in row):
        return True
    rows = (s1, o1, d2, d1, [d1[index] for index in alive], t)
    matrices = ([n for row in matrix for n in row] for matrix in (g2, g1, w1, w2))
    transposed = [list(column) for column in zip(*w1, strict=True)]
    return transposed == w1 or any(len(set(numbers)) == 1 for numbers in (*rows, *matrices))
