"""Endless practice: fresh networks whose numbers come out nicely by hand, their question sheets and their marking.

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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from checks.by_hand.following import NEEDED
from checks.by_hand.observe import observe_numbers
from checks.by_hand.problem import PASS_ONE, PASS_TWO, Problem
from checks.check import Check

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from checks.judging.verdict import Verdict

SIZES = ((2, 2, 2), (2, 3, 2), (3, 2, 2), (2, 3, 3), (3, 3, 2))
"""Inputs, hidden neurons and outputs of practice networks."""

DIGITS, GREATEST = 4, 20
"""Decimals that a nice number may have, and its greatest absolute value."""

WEIGHTS = (-4, -3, -2, -1, 1, 2, 3, 4)
HALVES = tuple(Fraction(n, 2) for n in range(-8, 9) if n)
RATES = (Fraction(1, 2), Fraction(2), Fraction(4))
TARGETS = (Fraction(0), Fraction(1), Fraction(1, 10), Fraction(9, 10))

Rows = list[list[Fraction]]


def nice(number: Fraction) -> bool:
    """Tell whether a number is nice to write down: few decimals, and not large."""
    return (number * 10**DIGITS).denominator == 1 and abs(number) <= GREATEST


@dataclass(frozen=True, eq=False)
class Practice:
    """One practice network with its question sheet and its checks.

    In a notebook it shows its question sheet. `check_forward`, `check_E` and so on are those of the exercise, for this
    network; `mark` checks a whole sheet at once.
    """

    seed: int
    problem: Problem
    counts_for: ClassVar[str] = "practice"
    """Where progress counts what its checks find."""

    @cached_property
    def checks(self) -> dict[str, Check]:
        """The checks of this network by question; like all checks they take points and return them."""
        tasks = "PRACTICE_" + "_".join(map(str, self.problem.names.sizes))
        return {
            question: Check(
                question,
                observe_numbers(question),
                lambda seed: (self.problem,),
                f"checks.by_hand.tasks:{tasks}",
                exercise=self.counts_for,
            )
            for question in (*PASS_ONE, *PASS_TWO)
        }

    def __getattr__(self, name: str) -> Any:
        """Return a check under its name, such as check_forward."""
        question = name.removeprefix("check_")
        if name == question or question not in PASS_ONE + PASS_TWO:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return self.checks[question]

    @property
    def blank(self) -> dict[str, float | None]:
        """A sheet to fill in: every number of the four questions by its name, all still None."""
        return dict.fromkeys(name for question in PASS_ONE for name in self.problem.names.answers(question))

    def verdicts(self, sheet: Mapping[str, Any]) -> list[Verdict]:
        """Return the verdict on each question of a filled-in sheet; later ones follow the student's own numbers."""
        answers: dict[str, Any] = {}
        for question in PASS_ONE:
            names = self.problem.names.answers(question)
            answers[question] = sheet.get("E") if question == "E" else {name: sheet.get(name) for name in names}
        return [
            self.checks[question].verdict({name: answers[name] for name in (question, *NEEDED[question])})
            for question in PASS_ONE
        ]

    def mark(self, sheet: Mapping[str, Any]) -> None:
        """Show a report on each question of a filled-in sheet; never raises."""
        from checks.explaining.display import show

        for verdict in self.verdicts(sheet):
            show(verdict)

    def draw(self, answers: Mapping[str, Any] | None = None) -> Figure:
        """Return a figure of the network, with the numbers that `answers` holds."""
        from checks.by_hand.picture import draw

        return draw(answers, self.problem)

    def sheet(self) -> str:
        """Return the question sheet as Markdown."""
        p = self.problem
        names = p.names
        weights = "\n".join(
            f"| to neuron {to} | "
            + ", ".join(
                f"$w_{{{to}{sender}}} = {_plain(weight)}$"
                for sender, weight in zip(names.neurons(layer - 1), row, strict=True)
            )
            + " |"
            for layer in (1, 2)
            for to, row in zip(names.neurons(layer), p.weights(layer), strict=True)
        )
        asked = {question: ", ".join(f"`{name}`" for name in names.answers(question)) for question in PASS_ONE}
        return f"""### Practice network {self.seed}

Inputs are neurons {_listed(names.neurons(0))}, hidden neurons {_listed(names.neurons(1))} have ReLU, outputs \
{_listed(names.neurons(2))} have the sigmoid. There are no biases.

| weights | to ← from |
|:--|:--|
{weights}

Input $x = ({", ".join(map(_plain, p.x))})$, target $t = ({", ".join(map(_plain, p.t))})$, learning rate \
$\\varepsilon = {_plain(p.epsilon)}$. All numbers end after at most {DIGITS} decimals.

- **(a)** Forward pass: {asked["forward"]}.
- **(b)** Error, half the sum of the squared errors: {asked["E"]}.
- **(c)** Error signals δ = −∂E/∂s: {asked["error_signals"]}; and negative gradients g = −∂E/∂w: {asked["gradients"]}.
- **(d)** Weights after one update: {asked["update"]}.
"""

    def _repr_markdown_(self) -> str:
        return self.sheet()


def _plain(number: float) -> str:
    return f"{float(number):g}"


def _listed(numbers: Sequence[int]) -> str:
    *first, last = map(str, numbers)
    return f"{', '.join(first)} and {last}" if first else last


def practice(seed: int) -> Practice:
    """Return practice network number `seed`, a whole number from 0 up; the same seed always gives the same network.

    Raises:
        ValueError: if the seed is no whole number, or negative.

    >>> practice(1).problem.names.sizes == practice(1).problem.names.sizes
    True
    """
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
        raise ValueError(f"a practice network is chosen by a whole number from 0 up, but the seed is {seed!r}.")
    rng, sizes = _begun(int(seed))
    dead = sizes[1] == 3 and bool(rng.random() < 0.55)
    while True:
        problem = _drawn(rng, sizes, dead, f"practice network {int(seed)}")
        if problem is not None:
            return Practice(int(seed), problem)


def sizes_of(seed: int) -> tuple[int, int, int]:
    """Return the inputs, hidden neurons and outputs of practice network number `seed`."""
    return _begun(seed)[1]


def _begun(seed: int) -> tuple[np.random.Generator, tuple[int, int, int]]:
    rng = np.random.default_rng([seed, 20])
    return rng, SIZES[int(rng.integers(len(SIZES)))]


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

    neurons = frozenset(inputs + 1 + index for index in off)
    return Problem(array(x), array(t), array(w1), array(w2), float(rate), neurons, title)


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
