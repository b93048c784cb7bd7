"""Endless practice: fresh networks, their question sheets and their marking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from checks.by_hand.case import DIGITS, PASS_ONE, PASS_TWO, PUBLISHED, Problem
from checks.by_hand.observe import observe_numbers
from checks.check import Check
from checks.sealing import judged_elsewhere, not_while_graded, say_so
from checks.session import SESSION

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from checks.judging.verdict import Verdict


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
        from checks.by_hand.following import NEEDED

        answers: dict[str, Any] = {}
        for question in PASS_ONE:
            names = self.problem.names.answers(question)
            answers[question] = sheet.get("E") if question == "E" else {name: sheet.get(name) for name in names}
        return [
            self.checks[question].verdict({name: answers[name] for name in (question, *NEEDED[question])})
            for question in PASS_ONE
        ]

    @not_while_graded
    def mark(self, sheet: Mapping[str, Any]) -> None:
        """Show a report on each question of a filled-in sheet; never raises."""
        from checks.explaining.display import show

        for verdict in self.verdicts(sheet):
            SESSION.keep(self.counts_for, self.checks[verdict.task].task(), verdict)
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
    if judged_elsewhere():
        say_so(
            "No practice networks are drawn while a notebook is graded; here is the network of the notebook instead."
        )
        return Practice(int(seed), PUBLISHED)
    from checks.by_hand.nice_networks import network

    return Practice(int(seed), network(int(seed)))
