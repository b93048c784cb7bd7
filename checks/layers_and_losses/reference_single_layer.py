"""The right answers of the tasks with one layer: gradients of samples added up, and a step of learning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

import numpy as np

from checks.judging.reference import Answer, Reference
from checks.layers_and_losses.case import (
    BIAS_AFTER,
    BIAS_GRADIENT,
    LOSS,
    WEIGHT_AFTER,
    WEIGHT_GRADIENT,
    LinearCase,
    StepCase,
)
from checks.layers_and_losses.lent import sigmoid, sigmoid_derivative
from checks.observing.observation import Array
from checks.observing.quantity import FIRST, SECOND

FORMULAS: Mapping[str, tuple[str, str]] = {
    "weight_term": ("(3)", "∂L/∂W = xᵀ g, for one sample"),
    "weight_sum": ("(3a)", "∂L/∂W = Σ xₙᵀ gₙ, summed over the samples"),
    "bias_sum": ("(4a)", "∂L/∂b = Σ gₙ, summed over the samples"),
    "added": ("(3a) and (4a)", "∂L/∂W = Σ xₙᵀ gₙ and ∂L/∂b = Σ gₙ, summed over the samples"),
    "samples": ("(3a) and (4a)", "∂L/∂W = Σ xₙᵀ gₙ and ∂L/∂b = Σ gₙ, summed over all samples"),
    "returned": ("(3a) and (4a)", "∂L/∂W = Σ xₙᵀ gₙ first, ∂L/∂b = Σ gₙ second"),
    "weighted_input": ("(1)", "z = x W + b"),
    "activation": ("(5)", "p = σ(z) = 1 / (1 + exp(-z))"),
    "activation_derivative": ("(6)", "∂L/∂z = g ⊙ σ(z) (1 - σ(z)), where z is the sigmoid's input"),
    "loss": ("(7)", "L = Σ (p - y)², summed over all outputs"),
    "loss_returned": ("(7)", "L = Σ (p - y)², summed over all outputs"),
    "loss_gradient": ("(8)", "∂L/∂p = 2 (p - y)"),
    "error_signal": ("(8a)", "∂L/∂z = 2 (p - y) ⊙ σ(z) (1 - σ(z))"),
    "updated": ("(8b)", "W ← W - η ∂L/∂W and b ← b - η ∂L/∂b"),
    "rate": ("(8b)", "W ← W - η ∂L/∂W, where η is the learning_rate that is given"),
}
"""For each step the number and the text of its equation."""

Layer = tuple[Array, Array]
"""Weight (in, out) and bias (out,)."""


class SummedReference(Reference):
    """Equations (3a) and (4a)."""

    case: LinearCase
    formulas: ClassVar[Mapping[str, tuple[str, str]]] = FORMULAS

    def samples(self, number: int) -> Sequence[int]:
        """Return which of `number` samples have their turn."""
        return range(number)

    def weight_term(self, x: Array, g: Array) -> Array:
        """Return equation (3) for one sample."""
        return np.outer(x, g)

    def added(self, terms: list[Array]) -> Array:
        """Return what becomes of the gradients of single samples."""
        total: Array = np.sum(terms, axis=0)
        return total

    def weight_sum(self, terms: list[Array]) -> Array:
        """Return equation (3a)."""
        return self.added(terms)

    def bias_sum(self, terms: list[Array]) -> Array:
        """Return equation (4a)."""
        return self.added(terms)

    def returned(self, weight: Array, bias: Array) -> tuple[Array, Array]:
        """Return the pair that is returned."""
        return weight, bias

    def answer(self) -> Answer:
        """Return the gradients of two calls."""
        case, answer = self.case, {}
        for call, x, g in ((FIRST, case.x, case.g), (SECOND, case.second_x, case.second_g)):
            chosen = self.samples(len(x))
            weight = self.weight_sum([self.weight_term(x[n], g[n]) for n in chosen])
            bias = self.bias_sum([g[n] for n in chosen])
            pair = self.returned(weight, bias)
            answer[WEIGHT_GRADIENT.in_call(call)], answer[BIAS_GRADIENT.in_call(call)] = pair
        return answer


class StepReference(Reference):
    """One step of a layer with the sigmoid and the squared error, equations (1) to (8b)."""

    case: StepCase
    formulas: ClassVar[Mapping[str, tuple[str, str]]] = FORMULAS

    def weighted_input(self, layer: Layer, x: Array) -> Array:
        """Return equation (1)."""
        return x @ layer[0] + layer[1]

    def activation(self, z: Array) -> Array:
        """Return equation (5)."""
        return sigmoid(z)

    def activation_derivative(self, z: Array, p: Array) -> Array:
        """Return the factor of equation (6)."""
        return sigmoid_derivative(z)

    def loss(self, p: Array, y: Array) -> Array:
        """Return equation (7)."""
        return np.asarray(((p - y) ** 2).sum())

    def loss_gradient(self, p: Array, y: Array) -> Array:
        """Return equation (8)."""
        return 2 * (p - y)

    def error_signal(self, z: Array, p: Array, y: Array) -> Array:
        """Return equation (8a)."""
        return self.loss_gradient(p, y) * self.activation_derivative(z, p)

    def rate(self) -> float:
        """Return the learning rate that the updates use."""
        return self.case.learning_rate

    def updated(self, layer: Layer, gradients: Layer) -> Layer:
        """Return weight and bias after the step."""
        weight, bias = (old - self.rate() * gradient for old, gradient in zip(layer, gradients, strict=True))
        return weight, bias

    def loss_returned(self, before: Layer, after: Layer, x: Array, y: Array) -> Array:
        """Return what a step returns: the loss before it."""
        return self.loss(self.activation(self.weighted_input(before, x)), y)

    def step(self, layer: Layer, x: Array, y: Array) -> Layer:
        """Return the layer after one step with one sample."""
        z = self.weighted_input(layer, x)
        p = self.activation(z)
        g = self.error_signal(z, p, y)
        return self.updated(layer, (x.T @ g, g[0]))

    def answer(self) -> Answer:
        """Return the loss, and the layer after the step, of two calls."""
        case, answer = self.case, {}
        before = (case.weight, case.bias)
        for call, x, y in ((FIRST, case.x, case.y), (SECOND, case.second_x, case.second_y)):
            after = self.step(before, x, y)
            answer[LOSS.in_call(call)] = self.loss_returned(before, after, x, y)
            answer[WEIGHT_AFTER.in_call(call)], answer[BIAS_AFTER.in_call(call)] = after
        return answer
