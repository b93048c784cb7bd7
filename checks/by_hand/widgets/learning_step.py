"""One learning step of a small network, number by number: what is computed, by which formula, from which numbers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import Any

import numpy as np

from checks.by_hand.case import PASS_ONE, Problem
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
    neurons: Collection[int] = ()
    arrows: Collection[tuple[int, int]] = ()
    back: bool = False
    exact: bool = field(default=True, kw_only=True)

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


Details = tuple[Any, ...]
"""What a step says beside its name, value and chapter, in the order of its fields."""


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
        neurons = [self.names.neurons(layer) for layer in range(3)]
        self.ends = {f"{to}{sender}": (to, sender) for pair in pairwise(neurons) for sender, to in product(*pair)}
        self.layer = {number: layer for layer in range(3) for number in neurons[layer]}

    def step(self, name: str, question: str) -> Step:
        """Return the step that gives a number."""
        letter = name.rstrip("0123456789")
        if letter == "E":
            details = self._error()
        elif letter in "gw":
            details = (self._gradient if letter == "g" else self._new_weight)(*self.ends[name[1:]])
        else:
            number = int(name.removeprefix(letter))
            signal = self._output_signal if self.layer[number] == 2 else self._hidden_signal
            details = {"s": self._weighted_input, "o": self._output, "delta": signal}[letter](number)
        return Step(name, self.values[name], question, *details, exact=self.exact)

    def _sent(self, number: int) -> str:
        """Return the name of what a neuron sends: an input passes on what it gets."""
        return f"{'x' if self.layer[number] == 0 else 'o'}{number}"

    def _weighted_input(self, number: int) -> Details:
        senders = self.names.neurons(self.layer[number] - 1)
        weights = [f"w{number}{sender}" for sender in senders]
        pairs = [(self.given[w], self.values[self._sent(i)]) for w, i in zip(weights, senders, strict=True)]
        symbols = " + ".join(f"{w}·{self._sent(i)}" for w, i in zip(weights, senders, strict=True))
        sentence = f"Neuron {number} adds up what arrives: what each sender gives, times the weight of its arrow."
        arrows = [(number, sender) for sender in senders]
        return ("weighted_input",), symbols, (_sum_of_products(pairs),), sentence, {number, *senders}, arrows

    def _output(self, number: int) -> Details:
        s = self.values[f"s{number}"]
        if self.layer[number] == 1:
            passes = "ReLU lets a positive number pass as it is."
            stops = f"ReLU turns a negative number into 0: neuron {number} is switched off."
            sentence = passes if s > 0 else stops if s < 0 else "ReLU of 0 is 0."
            return ("hidden_output",), f"max(0, s{number})", (f"max(0, {written(s)})",), sentence, {number}
        above, more = ("above", "more") if s > 0 else ("below", "less")
        side = f"{written(s)} is {above} 0, so it becomes {more} than one half" if s else "0 becomes one half"
        sentence = f"The sigmoid squeezes any number between 0 and 1; {side}."
        return ("output",), f"σ(s{number})", (f"1 / (1 + exp({written(-s)}))",), sentence, {number}

    def _error(self) -> Details:
        outputs = self.names.neurons(2)
        squares = [f"({written(self.values[f't{k}'])} - {_in_brackets(self.values[f'o{k}'])})²" for k in outputs]
        symbols = "1/2 · [" + " + ".join(f"(t{k} - o{k})²" for k in outputs) + "]"
        sentence = "How far are the outputs from the target? Half the sum of the squared differences."
        return ("error",), symbols, (f"1/2 · [{' + '.join(squares)}]",), sentence, set(outputs)

    def _output_signal(self, number: int) -> Details:
        t, o = self.values[f"t{number}"], self.values[f"o{number}"]
        way = "rise" if t > o else "fall" if t < o else "stay as it is"
        numbers = (
            f"({written(t)} - {_in_brackets(o)})·{_in_brackets(o)}·(1 - {_in_brackets(o)})",
            f"{_in_brackets(t - o)}·{_in_brackets(o * (1 - o))}",
        )
        sentence = (
            f"The output of neuron {number} is {written(o)} and should be {written(t)}, so it should {way}. "
            f"The difference is multiplied by the slope of the sigmoid, σ'(s{number}) = o{number}·(1 - o{number})."
        )
        symbols = f"(t{number} - o{number})·o{number}·(1 - o{number})"
        return ("output_error_signal", "output_slope"), symbols, numbers, sentence, {number}

    def _hidden_signal(self, number: int) -> Details:
        receivers, slope = self.names.neurons(2), int(self.values[f"s{number}"] > 0)
        pairs = [(self.given[f"w{k}{number}"], self.values[f"delta{k}"]) for k in receivers]
        collected = sum(w * delta for w, delta in pairs)
        symbols = f"relu'(s{number})·(" + " + ".join(f"w{k}{number}·delta{k}" for k in receivers) + ")"
        numbers = f"{slope}·({_sum_of_products(pairs)})", f"{slope}·{_in_brackets(collected)}"
        sentence = (
            f"Backwards: neuron {number} collects the error signals of the neurons that it sends to, along the same "
            "arrows and with the same weights. "
        )
        on = f"Its slope is 1, because s{number} is positive."
        off = f"But it is switched off, slope 0: nothing of that gets past neuron {number}."
        rules, arrows = ("hidden_error_signal", "hidden_slope"), [(k, number) for k in receivers]
        return rules, symbols, numbers, sentence + (on if slope else off), {number, *receivers}, arrows, True

    def _gradient(self, to: int, sender: int) -> Details:
        sent = self._sent(sender)
        numbers = f"{_in_brackets(self.values[f'delta{to}'])}·{_in_brackets(self.values[sent])}"
        sentence = (
            f"The weight from {sender} to {to} learns from its two ends: the error signal of the receiver times "
            "what the sender gave."
        )
        return ("weight_gradient",), f"delta{to}·{sent}", (numbers,), sentence, {to, sender}, [(to, sender)]

    def _new_weight(self, to: int, sender: int) -> Details:
        edge = f"{to}{sender}"
        old, gradient, new = self.given[f"w{edge}"], self.values[f"g{edge}"], self.values[f"w{edge}"]
        way = "rises" if new > old else "falls" if new < old else "stays as it is"
        move = f" from {written(old)} to {written(new)}" if new != old else f", {written(old)}"
        numbers = f"{written(old)} + {_in_brackets(self.problem.epsilon)}·{_in_brackets(gradient)}"
        sentence = f"The error signal is the negative gradient, so the update adds: the weight {way}{move}."
        return ("new_weights",), f"w{edge} + ε·g{edge}", (numbers,), sentence, (), [(to, sender)]
