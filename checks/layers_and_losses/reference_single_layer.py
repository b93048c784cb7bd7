"""The right answers of the tasks with one layer: gradients of samples added up, and a step of learning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

import numpy as np

from checks.formulas.formula import Formula
from checks.formulas.slips import Worked
from checks.formulas.tree import Activation, Node, Operation, Symbol, over_samples, scaled, square, times, total
from checks.judging.reference import Answer
from checks.layers_and_losses.case import (
    BIAS_AFTER,
    BIAS_GRADIENT,
    LOSS,
    WEIGHT_AFTER,
    WEIGHT_GRADIENT,
    LinearCase,
    StepCase,
)
from checks.layers_and_losses.lent import sigmoid
from checks.layers_and_losses.reference import DB, DP, DW, LOSS_L, B, P, W, X, Y, joint
from checks.observing.observation import Array
from checks.observing.quantity import FIRST, SECOND, Quantity

XN, GN = Symbol("xₙ", "the samples"), Symbol("gₙ", "the gradients at their outputs")
Z, SLOPE = Symbol("z", "the weighted input"), Symbol("σ'(z)", "the derivative of the sigmoid")
DZ, RATE = Symbol("∂L/∂z", "the error signal"), Symbol("η", "the learning rate")


def over_n(node: Node) -> Node:
    """Return the sum over the samples, as the notebook writes it."""
    return Operation("sum over samples", (node,))


class SummedReference(Worked):
    """Equations (3a) and (4a)."""

    case: LinearCase
    symbols = (XN, GN, W, B, DW)
    steps = ("weight_sum", "bias_sum")
    measures = ("N",)
    addends = (W, B)
    explained: ClassVar[Mapping[str, tuple[str, str]]] = {
        "samples": ("(3a) and (4a)", "∂L/∂W = Σ xₙᵀ gₙ and ∂L/∂b = Σ gₙ, summed over all samples"),
        "returned": ("(3a) and (4a)", "∂L/∂W = Σ xₙᵀ gₙ first, ∂L/∂b = Σ gₙ second"),
    }

    weight_sum = Formula("(3a)", DW, over_n(Operation("row products", (XN, GN))), ", summed over the samples")
    bias_sum = Formula("(4a)", DB, over_n(GN), ", summed over the samples")
    twins: ClassVar[Mapping[str, tuple[str, Mapping[Node, Node]]]] = {
        "weight_sum": ("bias_sum", {weight_sum.right: bias_sum.right, weight_sum.right.arguments[0]: GN, W: B})
    }

    def sizes(self) -> Mapping[str, int]:
        return {"N": self.number}

    def samples(self, number: int) -> Sequence[int]:
        """Return which of `number` samples have their turn."""
        return range(number)

    def gradients_of(self, chosen: Sequence[int]) -> Sequence[int]:
        """Return whose gradient at the output goes with each of the samples."""
        return chosen

    def returned(self, weight: Array, bias: Array) -> tuple[Array, Array]:
        """Return the pair that is returned."""
        return weight, bias

    def quantities(self) -> Iterator[tuple[Quantity, Array | None]]:
        """Yield the gradients of two calls."""
        case = self.case
        for call, x, g in ((FIRST, case.x, case.g), (SECOND, case.second_x, case.second_g)):
            self.number = len(x)
            chosen = list(self.samples(self.number))
            taken = g[list(self.gradients_of(chosen))]
            self.known = {("xₙ", 0): x[chosen], ("gₙ", 0): taken, ("W", 0): case.weight, ("b", 0): case.bias}
            weight, bias = self.returned(self.make("weight_sum"), self.make("bias_sum"))
            yield WEIGHT_GRADIENT.in_call(call), weight
            yield BIAS_GRADIENT.in_call(call), bias

    def answer(self) -> Answer:
        """Return all of them."""
        return dict(self.quantities())

    others = (
        joint("first gradient", "gradients_of", lambda ref, right, chosen: [0] * len(chosen),
              "with the first gradient for every sample", "Which index moves in your loop?"),
        joint("next gradient", "gradients_of", lambda ref, right, chosen: list(np.roll(chosen, -1)),
              "with the gradient of the next sample for each", "Do both have the same index?"),
        joint("gradient before", "gradients_of", lambda ref, right, chosen: list(np.roll(chosen, 1)),
              "with the gradient of the sample before for each", "Do both have the same index?"),
        joint("reversed", "gradients_of", lambda ref, right, chosen: list(chosen)[::-1],
              "with the gradients in reverse order", "Do both have the same index?"),
        joint("every other", "samples", lambda ref, right, number: right(number)[::2],
              "with every other sample left out", "By how much does the index grow from turn to turn?"),
    )  # fmt: skip


class StepReference(Worked):
    """One step of a layer with the sigmoid and the squared error, equations (1) to (8b)."""

    case: StepCase
    symbols = (X, Z, P, Y, W, B, DP, DZ, DW, DB, SLOPE)
    steps = (
        "weighted_input",
        "activation",
        "loss",
        "loss_gradient",
        "activation_derivative",
        "error_signal",
        "weight_gradient",
        "bias_gradient",
        "new_weight",
        "new_bias",
    )
    activations = ("σ", "tanh")
    inlined = frozenset({"activation_derivative", "loss_gradient"})
    measures = ("K",)
    addends = (W, B)
    explained: ClassVar[Mapping[str, tuple[str, str]]] = {
        "loss_returned": ("(7)", "L = Σ (p - y)², summed over all outputs"),
        "rate": ("(8b)", "W ← W - η ∂L/∂W, where η is the learning_rate that is given"),
        "activation_derivative": ("(6)", "∂L/∂z = g ⊙ σ(z) (1 - σ(z)), where z is the sigmoid's input"),
        **dict.fromkeys(("new_weight", "new_bias"), ("(8b)", "W ← W - η ∂L/∂W and b ← b - η ∂L/∂b")),
    }

    weighted_input = Formula("(1)", Z, X @ W + B)
    activation = Formula("(5)", P, Activation(Z, of="σ"), ", where σ(z) = 1 / (1 + exp(-z))")
    loss = Formula("(7)", LOSS_L, total(square(P - Y)), ", over all outputs")
    loss_gradient = Formula("(8)", DP, scaled(2)(P - Y))
    activation_derivative = Formula("(6)", SLOPE, Activation(Z, "slope", "σ"))
    error_signal = Formula("(8a)", DZ, DP * SLOPE, ", where σ'(z) = σ(z) (1 - σ(z))")
    weight_gradient = Formula("(3)", DW, X.T @ DZ)
    bias_gradient = Formula("(4)", DB, DZ, also=(over_samples(DZ),))
    new_weight = Formula("(8b)", W, W - times(RATE, DW), makes="the update of the weight")
    new_bias = Formula("(8b)", B, B - times(RATE, DB), makes="the update of the bias")
    twins: ClassVar[Mapping[str, tuple[str, Mapping[Node, Node]]]] = {"new_weight": ("new_bias", {W: B, DW: DB})}

    def activation_of(self, layer: int) -> str:
        return "σ"

    def rate(self) -> float:
        """Return the learning rate that the updates use."""
        return self.case.learning_rate

    def loss_returned(self, x: Array, y: Array) -> Array:
        """Return what a step returns: the loss before it, which is `known`."""
        return self.known["L", 0]

    def loss_after(self, x: Array, y: Array) -> Array:
        """Return the loss of the layer after the step."""
        p = sigmoid(x @ self.known["W", 0] + self.known["b", 0])
        return np.asarray(((p - y) ** 2).sum())

    def quantities(self) -> Iterator[tuple[Quantity, Array | None]]:
        """Yield the loss, and the layer after the step, of two calls."""
        case = self.case
        for call, x, y in ((FIRST, case.x, case.y), (SECOND, case.second_x, case.second_y)):
            layer = {("W", 0): case.weight, ("b", 0): case.bias, ("η", 0): np.asarray(self.rate())}
            self.known = {("x", 0): x, ("y", 0): y, **layer}
            for step in self.steps[:-2]:
                self.make(step)
            weight, bias = (np.asarray(getattr(self, step)()) for step in self.steps[-2:])
            self.known |= {("W", 0): weight, ("b", 0): bias}
            yield LOSS.in_call(call), self.loss_returned(x, y)
            yield WEIGHT_AFTER.in_call(call), weight
            yield BIAS_AFTER.in_call(call), bias[0] if bias.shape == (1, case.dimensions["K"]) else bias

    def answer(self) -> Answer:
        """Return all of them."""
        return dict(self.quantities())

    others = (
        joint("twice as long", "rate", lambda ref, right: 2 * right(), "when every step is twice as long as it should",
              "Which factors does your step have that the equation has not?"),
    )  # fmt: skip
