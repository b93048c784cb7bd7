"""The right answers of the exercise as small steps, numbered as the equations of the notebook.

Inputs are rows: x is (batch, in), a gradient has the shape of what it belongs to. Losses are plain sums over all
entries, so the gradient of a batch is the sum of those of its samples.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from checks.judging.reference import Answer, Reference
from checks.layers_and_losses.case import (
    AT_THE_ENDS,
    AT_ZERO,
    BIAS_GRADIENT,
    BY_DIFFERENCES,
    DERIVATIVE,
    GRADIENT,
    LOSS,
    NEAR_THE_ENDS,
    OUTPUT,
    PREDICTION_GRADIENT,
    WEIGHT_GRADIENT,
    CriterionCase,
    ElementCase,
    LinearCase,
    NetworkCase,
    NumericalCase,
    special_predictions,
)
from checks.layers_and_losses.conclusions import RIGHT_PASSES, bugs, planted
from checks.layers_and_losses.lent import ACTIVATIONS
from checks.observing.observation import Array
from checks.observing.quantity import FIRST, SECOND, Quantity

FORMULAS: Mapping[str, tuple[str, str]] = {
    "passed_back_through_linear": ("(2)", "∂L/∂X = G Wᵀ"),
    "activation": ("(5)", "σ(v) = 1 / (1 + exp(-v)), and whatever layer the network ends with"),
    "activation_derivative": ("(6)", "∂L/∂x = g ⊙ σ(x) (1 - σ(x)), where x is the layer's input"),
    "layers_passed": ("(9)", "a₀ = x, aₖ = layer k of aₖ₋₁, p = a₄"),
    "signals": ("(10)", "g₄ = ∂L/∂p, gₖ₋₁ = backward of layer k at its input aₖ₋₁, given gₖ"),
    "updated": ("(11)", "w ← w - η ∂L/∂w, for every weight and every bias"),
    "stepped": ("(11)", "w ← w - η ∂L/∂w, for every weight and every bias"),
    "rate": ("(11)", "w ← w - η ∂L/∂w, where η is the learning_rate that is given"),
    "recorded": ("(12)", "one mean loss for each epoch: 1/N Σ Lₙ, over its N samples"),
    "mean_loss": ("(12)", "the mean loss of an epoch = 1/N Σ Lₙ, over its N samples"),
    "quotient": ("(13)", "∂L/∂wᵢ ≈ (L(w + ε eᵢ) - L(w - ε eᵢ)) / (2 ε), one entry i at a time"),
    "relu": ("(15)", "ReLU(x) = max(0, x)"),
    "relu_backward": ("(16)", "∂L/∂x = g where x > 0, and 0 where x < 0"),
    "tanh": ("(17)", "tanh(x) = (exp(x) - exp(-x)) / (exp(x) + exp(-x))"),
    "tanh_backward": ("(18)", "∂L/∂x = g ⊙ (1 - tanh²(x))"),
    "abs_loss": ("(19)", "L = Σ |p - y|, summed over all entries"),
    "abs_gradient": ("(20)", "∂L/∂p = sign(p - y)"),
    "bce_loss": ("(21)", "L = - Σ (y log a + (1 - y) log(1 - a)), summed over all entries"),
    "bce_gradient": ("(22)", "∂L/∂a = (a - y) / (a (1 - a))"),
    "weight_gradient": ("(23)", "∂L/∂W = Xᵀ G"),
    "bias_gradient": ("(24)", "∂L/∂b = the column sums of G: a sum over the samples"),
}
"""For each step the number and the text of its equation."""


def _lenient(own: Array | None, right: Array, low: Array, high: Array) -> Array:
    """Return a student's own values where they are between bounds, the right ones elsewhere."""
    if own is None or own.shape != np.shape(right) or not np.isfinite(own).all():
        return right
    return np.where((own >= low) & (own <= high), own, right)


class ElementReference(Reference):
    """A layer that works entry by entry: `output` and `gradient` are its two steps."""

    case: ElementCase
    formulas: ClassVar[Mapping[str, tuple[str, str]]] = FORMULAS

    def output(self, x: Array) -> Array:
        """Return what forward should return."""
        raise NotImplementedError

    def gradient(self, x: Array, g: Array) -> Array:
        """Return what backward should return."""
        raise NotImplementedError

    def answer(self) -> Answer:
        """Return the outputs and the gradients of two calls."""
        case = self.case
        return {
            OUTPUT: self.output(case.x),
            OUTPUT.in_call(SECOND): self.output(case.second_x),
            GRADIENT: self.gradient(case.x, case.g),
            GRADIENT.in_call(SECOND): self.gradient(case.second_x, case.second_g),
            OUTPUT._replace(aspect=AT_ZERO): self.output(np.zeros((1, 3))),
        }


class ReLUReference(ElementReference):
    """Equations (15) and (16)."""

    def relu(self, x: Array) -> Array:
        """Return equation (15)."""
        return np.maximum(x, 0.0)

    def relu_backward(self, x: Array, g: Array) -> Array:
        """Return equation (16)."""
        return np.asarray(g * (x > 0))

    def output(self, x: Array) -> Array:
        """Return what forward should return."""
        return self.relu(x)

    def gradient(self, x: Array, g: Array) -> Array:
        """Return what backward should return."""
        return self.relu_backward(x, g)

    def answer(self) -> Answer:
        """Return the outputs and gradients, and at exactly 0 whatever derivative from 0 to 1 was chosen."""
        at_zero, zero = DERIVATIVE._replace(aspect=AT_ZERO), np.zeros((1, 3))
        return {**super().answer(), at_zero: _lenient(self.own.get(at_zero), zero, zero, zero + 1)}


class TanhReference(ElementReference):
    """Equations (17) and (18)."""

    def tanh(self, x: Array) -> Array:
        """Return equation (17)."""
        return np.asarray(np.tanh(x))

    def tanh_backward(self, x: Array, g: Array) -> Array:
        """Return equation (18)."""
        return np.asarray(g * (1 - np.tanh(x) ** 2))

    def output(self, x: Array) -> Array:
        """Return what forward should return."""
        return self.tanh(x)

    def gradient(self, x: Array, g: Array) -> Array:
        """Return what backward should return."""
        return self.tanh_backward(x, g)


class AbsReference(Reference):
    """Equations (19) and (20)."""

    case: CriterionCase
    formulas: ClassVar[Mapping[str, tuple[str, str]]] = FORMULAS

    def abs_loss(self, p: Array, y: Array) -> Array:
        """Return equation (19)."""
        return np.asarray(abs(p - y).sum())

    def abs_gradient(self, p: Array, y: Array) -> Array:
        """Return equation (20)."""
        return np.asarray(np.sign(p - y))

    def answer(self) -> Answer:
        """Return losses and gradients; where prediction and label agree, whatever from -1 to 1 was chosen."""
        case = self.case
        zero = np.zeros((1, 3))
        at_zero = PREDICTION_GRADIENT._replace(aspect=AT_ZERO)
        return {
            LOSS: self.abs_loss(case.p, case.y),
            LOSS.in_call(SECOND): self.abs_loss(case.second_p, case.second_y),
            PREDICTION_GRADIENT: self.abs_gradient(case.p, case.y),
            PREDICTION_GRADIENT.in_call(SECOND): self.abs_gradient(case.second_p, case.second_y),
            at_zero: _lenient(self.own.get(at_zero), zero, zero - 1, zero + 1),
        }


class BCEReference(Reference):
    """Equations (21) and (22)."""

    case: CriterionCase
    formulas: ClassVar[Mapping[str, tuple[str, str]]] = FORMULAS

    def bce_loss(self, a: Array, y: Array) -> Array:
        """Return equation (21)."""
        return np.asarray(-(y * np.log(a) + (1 - y) * np.log(1 - a)).sum())

    def bce_gradient(self, a: Array, y: Array) -> Array:
        """Return equation (22)."""
        return np.asarray((a - y) / (a * (1 - a)))

    def answer(self) -> Answer:
        """Return losses and gradients.

        Near 0 and 1 they may be off by a percent, as a small number inside the logarithm makes them; at 0 and 1 they
        have to be finite and large where the prediction is wrong.
        """
        case = self.case
        answer = {
            LOSS: self.bce_loss(case.p, case.y),
            LOSS.in_call(SECOND): self.bce_loss(case.second_p, case.second_y),
        }
        answer[PREDICTION_GRADIENT] = self.bce_gradient(case.p, case.y)
        answer[PREDICTION_GRADIENT.in_call(SECOND)] = self.bce_gradient(case.second_p, case.second_y)
        ends = special_predictions("BCECriterion")
        for where, a, y in ends:
            there, a = LOSS._replace(aspect=where), np.clip(a, 1e-12, 1 - 1e-12)
            right = np.asarray(-(y * np.log(a) + (1 - y) * np.log(1 - a)).sum())
            low, high = (0.98 * right, 1.02 * right) if where == NEAR_THE_ENDS else (right * 0 + 16, right * 0 + 1e6)
            answer[there] = _lenient(self.own.get(there), right, low, high)
        for where, a, y in ends:
            there, a = PREDICTION_GRADIENT._replace(aspect=where), np.clip(a, 1e-12, 1 - 1e-12)
            right = (a - y) / (a * (1 - a))
            if where == AT_THE_ENDS:  # the two wrong predictions need a large gradient, the others a finite one
                low = np.array([[-2.0, -np.inf], [1e3, -2.0]])
                high = np.array([[2.0, -1e3], [np.inf, 2.0]])
            else:
                low, high = right - 0.02 * abs(right), right + 0.02 * abs(right)
            answer[there] = _lenient(self.own.get(there), right, low, high)
        return answer


class BatchLinearReference(Reference):
    """Equations (2), (23) and (24)."""

    case: LinearCase
    formulas: ClassVar[Mapping[str, tuple[str, str]]] = FORMULAS

    def weight_gradient(self, x: Array, g: Array) -> Array:
        """Return equation (23)."""
        return np.asarray(x.T @ g)

    def bias_gradient(self, g: Array) -> Array:
        """Return equation (24)."""
        return np.asarray(g.sum(axis=0))

    def passed_back_through_linear(self, x: Array, g: Array) -> Array:
        """Return equation (2)."""
        return np.asarray(g @ self.case.weight.T)

    def stored_again(self, first: Array, second: Array) -> Array:
        """Return what a gradient holds after a second call that computed `second`."""
        return second

    def answer(self) -> Answer:
        """Return the gradients of a first call and of a second one on other data."""
        case = self.case
        first = self._gradients(case.x, case.g)
        second = self._gradients(case.second_x, case.second_g)
        again = {
            quantity.in_call(SECOND): value if quantity == GRADIENT else self.stored_again(first[quantity], value)
            for quantity, value in second.items()
        }
        return {**first, **again}

    def _gradients(self, x: Array, g: Array) -> dict[Quantity, Array]:
        return {
            WEIGHT_GRADIENT: self.weight_gradient(x, g),
            BIAS_GRADIENT: self.bias_gradient(g),
            GRADIENT: self.passed_back_through_linear(x, g),
        }


class TwoLayerReference(Reference):
    """Equations (9) and (10) for Linear, Sigmoid, Linear and an output layer."""

    case: NetworkCase
    formulas: ClassVar[Mapping[str, tuple[str, str]]] = FORMULAS

    def activation(self, layer: int, z: Array) -> Array:
        """Return the output of an activation layer: 2 is the hidden one, 4 the last."""
        return ACTIVATIONS["sigmoid" if layer == 2 else self.case.output][0](z)

    def activation_derivative(self, layer: int, z: Array) -> Array:
        """Return the derivative that an activation layer's backward multiplies with."""
        return ACTIVATIONS["sigmoid" if layer == 2 else self.case.output][1](z)

    def layers_passed(self) -> int:
        """Return after how many layers the forward pass ends."""
        return 4

    def signals(self, inputs: list[Array], g: Array) -> tuple[list[Array], Array]:
        """Return the gradients at the outputs of the linear layers 2 and 1, and that with respect to x.

        `inputs` are a₀ to a₄.
        """
        w1, _, w2, _ = self.case.parameters
        g3 = g * self.activation_derivative(4, inputs[3])
        g1 = (g3 @ w2.T) * self.activation_derivative(2, inputs[1])
        return [g3, g1], g1 @ w1.T

    def returned(self, signals: list[Array], gradient: Array) -> Array:
        """Return what backward returns."""
        return gradient

    def layers_stored(self) -> tuple[int, ...]:
        """Return the linear layers whose gradients are stored."""
        return (2, 1)

    def _inputs(self, x: Array) -> list[Array]:
        w1, b1, w2, b2 = self.case.parameters
        z1 = x @ w1 + b1
        a1 = TwoLayerReference.activation(self, 2, z1)
        z2 = a1 @ w2 + b2
        return [x, z1, a1, z2, TwoLayerReference.activation(self, 4, z2)]

    def forward(self, x: Array) -> Array:
        """Return the outputs, equation (9)."""
        w1, b1, w2, b2 = self.case.parameters
        z1 = x @ w1 + b1
        a1 = self.activation(2, z1)
        z2 = a1 @ w2 + b2
        return [x, z1, a1, z2, self.activation(4, z2)][self.layers_passed()]

    def answer(self) -> Answer:
        """Return the outputs, then the gradients from the last layer to the first, of two calls."""
        case = self.case
        answer = {OUTPUT: self.forward(case.x), OUTPUT.in_call(SECOND): self.forward(case.second_x)}
        for call, x, g in ((FIRST, case.x, case.g), (SECOND, case.second_x, case.second_g)):
            inputs = self._inputs(x)
            signals, gradient = self.signals(inputs, g)
            for number, signal, received in ((2, signals[0], inputs[2]), (1, signals[1], inputs[0])):
                if number in self.layers_stored():
                    answer[BIAS_GRADIENT._replace(layer=number, call=call)] = signal.sum(axis=0)
                    answer[WEIGHT_GRADIENT._replace(layer=number, call=call)] = received.T @ signal
            answer[GRADIENT.in_call(call)] = self.returned(signals, gradient)
        return answer


class NumericalReference(Reference):
    """Equation (13)."""

    case: NumericalCase
    formulas: ClassVar[Mapping[str, tuple[str, str]]] = FORMULAS

    def loss(self, w: Array) -> float:
        """Return the loss at a parameter."""
        return self.case.loss(w)

    def quotient(self, w: Array, direction: Array, epsilon: float) -> float:
        """Return equation (13) for one entry, whose `direction` is 1 there and 0 elsewhere."""
        return (self.loss(w + epsilon * direction) - self.loss(w - epsilon * direction)) / (2 * epsilon)

    def step(self, epsilon: float) -> float:
        """Return the step that is used."""
        return epsilon

    def direction(self, w: Array, index: int) -> Array:
        """Return what moves for the entry number `index`."""
        direction = np.zeros(w.size)
        direction[index] = 1.0
        return direction.reshape(w.shape)

    def gradient(self, epsilon: float) -> Array:
        """Return the difference quotients of all entries."""
        w = self.case.start
        entries = [self.quotient(w, self.direction(w, i), self.step(epsilon)) for i in range(w.size)]
        return np.array(entries).reshape(w.shape)

    def answer(self) -> Answer:
        """Return the gradients for two steps, and the verdicts that follow from a right gradient."""
        answer = {
            BY_DIFFERENCES: self.gradient(1e-5),
            BY_DIFFERENCES.in_call(SECOND): self.gradient(self.case.epsilon),
        }
        found = {planted(bug): np.array(0.0) for bug in bugs(self.case.layer)}
        return {**answer, RIGHT_PASSES: np.array(1.0), **found}
