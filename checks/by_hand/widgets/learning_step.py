"""One learning step of a small network, number by number: what is computed, by which formula, from which numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from checks.by_hand.case import PASS_ONE, Names, Problem
from checks.by_hand.reference import FORMULAS
from checks.by_hand.solution import solution
from checks.numerals import numeral

CHAPTERS = {
    "forward": "Forward pass",
    "E": "Error",
    "error_signals": "Error signals",
    "gradients": "Gradients",
    "update": "Update",
}
"""The questions of the exercise that the steps answer, as headings."""


@dataclass(frozen=True)
class Step:
    """One number: its name and value, its equations, and what in the network takes part.

    `rules` are the names of its equations in FORMULAS; `symbols` is the right side of its formula in the network's own
    symbols, `numbers` the same with the numbers put in, one entry for each stage of the calculation. `neurons` and
    `arrows` (receiver, sender) take part, against the direction of the arrows if `back`. `exact` tells that nothing in
    the network is rounded when it is written down.
    """

    name: str
    value: float
    chapter: str
    rules: tuple[str, ...]
    symbols: str
    numbers: tuple[str, ...]
    sentence: str
    neurons: frozenset[int] = frozenset()
    arrows: frozenset[tuple[int, int]] = frozenset()
    back: bool = False
    exact: bool = True

    @property
    def equations(self) -> str:
        """The general formulas with their numbers, as the notebook has them."""
        return "; ".join(f"{FORMULAS[rule][0]} {FORMULAS[rule][1]}" for rule in self.rules)

    @property
    def formula(self) -> str:
        """The whole line, such as s3 = w31·x1 + w32·x2 = (-3)·1 + 2·2 = 1."""
        left = f"new {self.name}" if self.chapter == "update" else self.name
        return f" {'=' if self.exact else '≈'} ".join([f"{left} = {self.symbols}", *self.numbers, written(self.value)])


def written(value: float) -> str:
    """Return a number with at most six significant digits."""
    return numeral(value, ".6g")


def _exact(value: float) -> bool:
    return abs(float(written(value)) - value) <= 1e-12 * max(1.0, abs(value))


def _in_brackets(value: float) -> str:
    text = written(value)
    return f"({text})" if text.startswith("-") else text


def _sum_of_products(pairs: Sequence[tuple[float, float]]) -> str:
    return " + ".join(f"{_in_brackets(a)}·{_in_brackets(b)}" for a, b in pairs)


def steps(problem: Problem) -> tuple[Step, ...]:
    """Return all steps of a problem in the order of the exercise."""
    made = _Steps(problem)
    return tuple(made.step(name, question) for question in PASS_ONE for name in problem.names.answers(question))


class _Steps:
    """Makes the steps of one problem."""

    def __init__(self, problem: Problem):
        self.problem, self.names = problem, problem.names
        with np.errstate(all="ignore"):
            right = solution(problem)
        self.values = {name: float(value) for name, value in right.items() if value.ndim == 0}
        for layer in (1, 2):  # the names of single signals and of a layer's vector may be the same in tiny networks
            signals = zip(self.names.of("delta", layer), map(float, right[f"delta{layer}"]), strict=True)
            self.values |= dict(signals)
        for layer, letter, given in ((0, "x", problem.x), (2, "t", problem.t)):
            self.values |= dict(zip(self.names.of(letter, layer), map(float, given), strict=True))
        self.given = {
            edge: float(weight)
            for layer in (1, 2)
            for edge, weight in zip(self.names.edges("w", layer), problem.weights(layer).ravel(), strict=True)
        }
        self.exact = all(map(_exact, [*self.values.values(), *self.given.values(), problem.epsilon]))
        self.ends = {f"{to}{sender}": (to, sender) for to, sender in _arrows(self.names)}
        self.layer = {number: layer for layer in range(3) for number in self.names.neurons(layer)}

    def step(self, name: str, question: str) -> Step:
        """Return the step that gives a number."""
        letter = name.rstrip("0123456789")
        kind = {"s": self._weighted_input, "o": self._output, "delta": self._error_signal}.get(letter)
        if kind is not None:
            details = kind(name, int(name.removeprefix(letter)))
        elif letter == "E":
            details = self._error()
        else:
            details = (self._gradient if letter == "g" else self._new_weight)(*self.ends[name[1:]])
        return Step(name=name, value=self.values[name], chapter=question, exact=self.exact, **details)

    def _sent(self, number: int) -> str:
        """Return the name of what a neuron sends: an input passes on what it gets."""
        return f"{'x' if self.layer[number] == 0 else 'o'}{number}"

    def _weighted_input(self, name: str, number: int) -> dict[str, Any]:
        senders = self.names.neurons(self.layer[number] - 1)
        weights = [f"w{number}{sender}" for sender in senders]
        return {
            "rules": ("weighted_input",),
            "symbols": " + ".join(f"{w}·{self._sent(i)}" for w, i in zip(weights, senders, strict=True)),
            "numbers": (
                _sum_of_products(
                    [(self.given[w], self.values[self._sent(i)]) for w, i in zip(weights, senders, strict=True)]
                ),
            ),
            "sentence": f"Neuron {number} adds up what arrives: what each sender gives, times the weight of its arrow.",
            "neurons": frozenset([number, *senders]),
            "arrows": frozenset((number, sender) for sender in senders),
        }

    def _output(self, name: str, number: int) -> dict[str, Any]:
        s = self.values[f"s{number}"]
        if self.layer[number] == 1:
            passes = "ReLU lets a positive number pass as it is."
            stops = f"ReLU turns a negative number into 0: neuron {number} is switched off."
            return {
                "rules": ("hidden_output",),
                "symbols": f"max(0, s{number})",
                "numbers": (f"max(0, {written(s)})",),
                "sentence": passes if s > 0 else stops if s < 0 else "ReLU of 0 is 0.",
                "neurons": frozenset([number]),
            }
        side = "0 becomes one half" if s == 0 else f"{written(s)} is {'above' if s > 0 else 'below'} 0, so it becomes "
        half = "" if s == 0 else "more than one half" if s > 0 else "less than one half"
        return {
            "rules": ("output",),
            "symbols": f"σ(s{number})",
            "numbers": (f"1 / (1 + exp({written(-s)}))",),
            "sentence": f"The sigmoid squeezes any number between 0 and 1; {side}{half}.",
            "neurons": frozenset([number]),
        }

    def _error(self) -> dict[str, Any]:
        outputs = self.names.neurons(2)
        squares = [f"({written(self.values[f't{k}'])} - {_in_brackets(self.values[f'o{k}'])})²" for k in outputs]
        return {
            "rules": ("error",),
            "symbols": "1/2 · [" + " + ".join(f"(t{k} - o{k})²" for k in outputs) + "]",
            "numbers": (f"1/2 · [{' + '.join(squares)}]",),
            "sentence": "How far are the outputs from the target? Half the sum of the squared differences.",
            "neurons": frozenset(outputs),
        }

    def _error_signal(self, name: str, number: int) -> dict[str, Any]:
        return self._output_signal(number) if self.layer[number] == 2 else self._hidden_signal(number)

    def _output_signal(self, number: int) -> dict[str, Any]:
        t, o = self.values[f"t{number}"], self.values[f"o{number}"]
        way = "rise" if t > o else "fall" if t < o else "stay as it is"
        return {
            "rules": ("output_error_signal", "output_slope"),
            "symbols": f"(t{number} - o{number})·o{number}·(1 - o{number})",
            "numbers": (
                f"({written(t)} - {_in_brackets(o)})·{_in_brackets(o)}·(1 - {_in_brackets(o)})",
                f"{_in_brackets(t - o)}·{_in_brackets(o * (1 - o))}",
            ),
            "sentence": (
                f"The output of neuron {number} is {written(o)} and should be {written(t)}, so it should {way}. "
                f"The difference is multiplied by the slope of the sigmoid, σ'(s{number}) = o{number}·(1 - o{number})."
            ),
            "neurons": frozenset([number]),
        }

    def _hidden_signal(self, number: int) -> dict[str, Any]:
        receivers = self.names.neurons(2)
        on = self.values[f"s{number}"] > 0
        pairs = [(self.given[f"w{k}{number}"], self.values[f"delta{k}"]) for k in receivers]
        collected = sum(w * delta for w, delta in pairs)
        slope = int(on)
        sentence = (
            f"Backwards: neuron {number} collects the error signals of the neurons that it sends to, along the same "
            "arrows and with the same weights. "
        )
        return {
            "rules": ("hidden_error_signal", "hidden_slope"),
            "symbols": f"relu'(s{number})·(" + " + ".join(f"w{k}{number}·delta{k}" for k in receivers) + ")",
            "numbers": (f"{slope}·({_sum_of_products(pairs)})", f"{slope}·{_in_brackets(collected)}"),
            "sentence": sentence
            + (
                f"Its slope is 1, because s{number} is positive."
                if on
                else f"But it is switched off, slope 0: nothing of that gets past neuron {number}."
            ),
            "neurons": frozenset([number, *receivers]),
            "arrows": frozenset((k, number) for k in receivers),
            "back": True,
        }

    def _gradient(self, to: int, sender: int) -> dict[str, Any]:
        sent = self._sent(sender)
        delta, o = self.values[f"delta{to}"], self.values[sent]
        return {
            "rules": ("weight_gradient",),
            "symbols": f"delta{to}·{sent}",
            "numbers": (f"{_in_brackets(delta)}·{_in_brackets(o)}",),
            "sentence": (
                f"The weight from {sender} to {to} learns from its two ends: the error signal of the receiver times "
                "what the sender gave."
            ),
            "neurons": frozenset([to, sender]),
            "arrows": frozenset([(to, sender)]),
        }

    def _new_weight(self, to: int, sender: int) -> dict[str, Any]:
        edge = f"{to}{sender}"
        old, gradient, new = self.given[f"w{edge}"], self.values[f"g{edge}"], self.values[f"w{edge}"]
        way = "rises" if new > old else "falls" if new < old else "stays as it is"
        rate = self.problem.epsilon
        move = f" from {written(old)} to {written(new)}" if new != old else f", {written(old)}"
        return {
            "rules": ("new_weights",),
            "symbols": f"w{edge} + ε·g{edge}",
            "numbers": (f"{written(old)} + {_in_brackets(rate)}·{_in_brackets(gradient)}",),
            "sentence": f"The error signal is the negative gradient, so the update adds: the weight {way}{move}.",
            "neurons": frozenset(),
            "arrows": frozenset([(to, sender)]),
        }


def _arrows(names: Names) -> list[tuple[int, int]]:
    return [(to, sender) for layer in (1, 2) for to in names.neurons(layer) for sender in names.neurons(layer - 1)]
