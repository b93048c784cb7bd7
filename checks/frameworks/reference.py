"""The right answers for two steps of learning as small steps, numbered as the equations of the notebook.

Rows are samples, weights lead (to, from): a layer computes `o @ W.T`. Gradients are dE/dW, not their negatives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

import numpy as np

from checks.frameworks.case import (
    ENERGY,
    ENERGY_GRADIENT,
    MODEL_OUTPUT,
    MODEL_WEIGHTS,
    FrameworkCase,
    quantity,
)
from checks.judging.comparing import agrees, relative_error
from checks.judging.following import NOTHING, degenerate, trivial
from checks.judging.reference import Answer, Reference
from checks.observing.observation import TOLERANCE, Array
from checks.observing.quantity import Quantity

Pair = tuple[Array, Array]
"""Something for W1 and the same for W2."""

FORMULAS: Mapping[str, tuple[str, str]] = {
    "kernel": ("(1)", "S⁽¹⁾ = X W1ᵀ, and S⁽²⁾ = O⁽¹⁾ W2ᵀ"),
    "hidden_activation": ("(1)", "O⁽¹⁾ = relu(S⁽¹⁾) = max(0, X W1ᵀ)"),
    "output_activation": ("(2)", "O⁽²⁾ = σ(S⁽²⁾) = σ(O⁽¹⁾ W2ᵀ)"),
    "loss_factor": ("(3)", "E = 1/2 Σ (T - O⁽²⁾)², summed over all samples and outputs"),
    "loss": ("(3)", "E = 1/2 Σ (T - O⁽²⁾)², summed over all samples and outputs"),
    "output_error": ("(4)", "Δ⁽²⁾ = (O⁽²⁾ - T) ⊙ O⁽²⁾ ⊙ (1 - O⁽²⁾)"),
    "output_slope": ("(4)", "Δ⁽²⁾ = (O⁽²⁾ - T) ⊙ O⁽²⁾ ⊙ (1 - O⁽²⁾)"),
    "passed_back": ("(5)", "Δ⁽¹⁾ = (Δ⁽²⁾ W2) ⊙ relu'(S⁽¹⁾), with W2 from before the update"),
    "hidden_slope": ("(5)", "Δ⁽¹⁾ = (Δ⁽²⁾ W2) ⊙ relu'(S⁽¹⁾)"),
    "recorded_gradient": ("(6)", "∂E/∂W1 = Δ⁽¹⁾ᵀ X, and ∂E/∂W2 = Δ⁽²⁾ᵀ O⁽¹⁾"),
    "gradient_found": ("(6)", "∂E/∂W1 = Δ⁽¹⁾ᵀ X, and ∂E/∂W2 = Δ⁽²⁾ᵀ O⁽¹⁾, anew in every step"),
    "depends_on_its_arguments": ("(6)", "∂E/∂W1 = Δ⁽¹⁾ᵀ X, and ∂E/∂W2 = Δ⁽²⁾ᵀ O⁽¹⁾"),
    "step_taken": ("(7)", "W ← W - ε ∂E/∂W, for W1 and for W2"),
    "moved": ("(7)", "W ← W - ε ∂E/∂W, for W1 and for W2"),
    "carried": ("(7)", "W ← W - ε ∂E/∂W; the next step starts from the new W"),
    "recorded_weights": ("(7)", "W ← W - ε ∂E/∂W, for W1 and for W2"),
    "weights_shown": ("(7)", "W ← W - ε ∂E/∂W, recorded after each step"),
    "model_returned": ("(7)", "W ← W - ε ∂E/∂W, in the model that is returned"),
    "learns_biases": ("(1), (2)", "O⁽¹⁾ = relu(X W1ᵀ) and O⁽²⁾ = σ(O⁽¹⁾ W2ᵀ), without biases"),
}


def sigmoid(s: Array) -> Array:
    """Return the logistic sigmoid, element by element."""
    return np.asarray(1 / (1 + np.exp(-s)))


class StepsReference(Reference):
    """Equations (1) to (7), step after step.

    Later answers follow the student's own earlier ones; with a step done otherwise they do not, since a mistake has to
    explain everything by itself.
    """

    case: FrameworkCase
    formulas: ClassVar[Mapping[str, tuple[str, str]]] = FORMULAS

    def kernel(self, W: Array) -> Array:
        """Return a weight matrix (to, from) as it multiplies rows from the right, (from, to), or back."""
        return W.T

    def hidden_activation(self, s: Array) -> Pair:
        """Return O(1), equation (1), and its slope as the backward pass takes it."""
        return np.maximum(s, 0), np.asarray(s > 0, dtype=np.float64)

    def output_activation(self, s: Array) -> Pair:
        """Return O(2), equation (2), and its slope as the backward pass takes it."""
        o = sigmoid(s)
        return o, o * (1 - o)

    def loss_factor(self, o2: Array) -> float:
        """Return what stands before the sum of squares; the backward pass follows it."""
        return 0.5

    def loss(self, o2: Array, t: Array) -> Array:
        """Return E, equation (3)."""
        return np.asarray(self.loss_factor(o2) * ((t - o2) ** 2).sum())

    def output_slope(self, o2: Array, slope: Array) -> Array:
        """Return the derivative of the output's activation, in equation (4)."""
        return slope

    def output_error(self, o2: Array, t: Array, slope: Array) -> Array:
        """Return Δ(2), equation (4)."""
        return 2 * self.loss_factor(o2) * (o2 - t) * self.output_slope(o2, slope)

    def passed_back(self, delta2: Array, W2: Array, o1: Array) -> Array:
        """Return what reaches the hidden layer through its outgoing weights, in equation (5)."""
        return delta2 @ self.kernel(W2).T

    def hidden_slope(self, o1: Array, slope: Array) -> Array:
        """Return the derivative of the hidden activation, in equation (5)."""
        return slope

    def depends_on_its_arguments(self) -> bool:
        """Return whether the loss function computes with the weights that it is given."""
        return True

    def gradient_found(self, computed: Sequence[Pair]) -> Pair:
        """Return the gradients of the present step, equation (6), the last of those `computed` so far."""
        return computed[-1]

    def step_taken(self, found: Sequence[Pair], epsilon: float) -> Pair:
        """Return what is subtracted from the weights, in equation (7); `found` are the gradients so far."""
        return epsilon * found[-1][0], epsilon * found[-1][1]

    def moved(self, before: Pair, step: Pair) -> Pair:
        """Return the weights after the update, equation (7)."""
        return before[0] - step[0], before[1] - step[1]

    def carried(self, start: Pair, after: Pair) -> Pair:
        """Return the weights that the next step starts from."""
        return after

    def recorded_gradient(self, gradients: Pair, epsilon: float) -> Pair | None:
        """Return the gradients as they are recorded."""
        return gradients

    def recorded_weights(self, before: Pair, after: Pair) -> Pair:
        """Return the weights as they are recorded after a step."""
        return after

    def weights_shown(self, recorded: list[Pair]) -> list[Pair]:
        """Return the weights in the records when all steps are done."""
        return recorded

    def learns_biases(self) -> bool:
        """Return whether the layers also have biases, which start at zero and learn."""
        return False

    # --- how the steps make the answer -------------------------------------------------------------------------

    def passed(self, x: Array, weights: Pair, biases: Pair | None = None) -> tuple[Pair, Pair]:
        """Return (o1, o2) and their slopes for inputs x."""
        b1, b2 = (np.zeros(1), np.zeros(1)) if biases is None else biases
        o1, slope1 = self.hidden_activation(x @ self.kernel(weights[0]) + b1)
        o2, slope2 = self.output_activation(o1 @ self.kernel(weights[1]) + b2)
        return (o1, o2), (slope1, slope2)

    def differentiated(self, x: Array, t: Array, weights: Pair, outputs: Pair, slopes: Pair) -> tuple[Pair, Pair]:
        """Return the gradients of both weights, and those of both biases."""
        o1, o2 = outputs
        delta2 = self.output_error(o2, t, slopes[1])
        delta1 = self.passed_back(delta2, weights[1], o1) * self.hidden_slope(o1, slopes[0])
        gradients = self.kernel(x.T @ delta1), self.kernel(o1.T @ delta2)
        of_biases = np.asarray(delta1.sum(axis=0)), np.asarray(delta2.sum(axis=0))
        if not self.depends_on_its_arguments():
            return (0 * gradients[0], 0 * gradients[1]), of_biases
        return gradients, of_biases

    def answer(self) -> Answer:
        """Return the records of all steps, and what is known of the model that was trained."""
        case = self.case
        start: Pair = case.W1, case.W2
        weights = after = start
        biases: Pair = np.zeros(len(case.W1)), np.zeros(len(case.W2))
        computed: list[Pair] = []
        found: list[Pair] = []
        shown: list[Pair] = []
        answer: dict[Quantity, Array | None] = {}
        for step in range(1, case.steps + 1):
            weights = self._start_seen(step, weights)
            outputs, slopes = self.passed(case.x, weights, biases)
            answer[quantity("o1", step)], answer[quantity("o2", step)] = outputs
            answer[quantity("E", step)] = self.loss(outputs[1], case.t)
            gradients, of_biases = self.differentiated(case.x, case.t, weights, outputs, slopes)
            computed.append(gradients)
            found.append(self.gradient_found(computed))
            recorded = self.recorded_gradient(found[-1], case.epsilon)
            if recorded is not None:
                answer[quantity("dE_dW1", step)], answer[quantity("dE_dW2", step)] = recorded
            after = self.moved(weights, self.step_taken(found, case.epsilon))
            after = self._update_seen(step, weights, after)
            shown.append(self.recorded_weights(weights, after))
            answer[quantity("W1", step)], answer[quantity("W2", step)] = shown[-1]
            weights = self.carried(start, after)
            if self.learns_biases():
                biases = biases[0] - case.epsilon * of_biases[0], biases[1] - case.epsilon * of_biases[1]
        for step, pair in enumerate(self.weights_shown(shown), start=1):
            answer[quantity("W1", step)], answer[quantity("W2", step)] = pair
        whole = {**answer, **self.returned(start, after, biases)}
        # What depends on a slope exactly at a kink is nan, and cannot be predicted.
        return {
            name: value if value is not None and np.isfinite(value).all() else None for name, value in whole.items()
        }

    def returned(self, start: Pair, end: Pair, biases: Pair) -> dict[Quantity, Array]:
        """Return what is known of the other things that are returned; here there are none."""
        return {}

    def _start_seen(self, step: int, weights: Pair) -> Pair:
        """Return the weights that a step computes with: the student's own after an update that went wrong."""
        if step == 1 or self.overrides:
            return weights
        first, second = (self.own.get(quantity(name, step - 1)) for name in ("W1", "W2"))
        if first is None or second is None or not _leaves_something((first, second), weights):
            return weights
        own = first, second
        if self._agrees(step, weights, TOLERANCE["float64"]) or not self._agrees(step, own, SHARE):
            return weights
        # Steps that are too long, or taken otherwise, may well end where nothing moves: that is the student's to see.
        # But weights that are next to nothing make nothing that would be worth a point.
        small = any(abs(mine).max() < SMALL * abs(right).max() for mine, right in zip(own, weights, strict=True))
        return own if not small or _leaves_something(self._made_from(own), self._made_from(weights)) else weights

    def _made_from(self, weights: Pair) -> tuple[Array, ...]:
        """Return what a step makes from the weights that it starts with: outputs, their distance to t, gradients."""
        case = self.case
        outputs, slopes = self.passed(case.x, weights)
        gradients, _ = self.differentiated(case.x, case.t, weights, outputs, slopes)
        return *outputs, outputs[1] - case.t, *gradients

    def _agrees(self, step: int, weights: Pair, tolerance: float) -> bool:
        """Tell whether the student's outputs of a step are those of these weights."""
        for name, expected in zip(("o1", "o2"), self.passed(self.case.x, weights)[0], strict=True):
            own = self.own.get(quantity(name, step))
            if own is None or own.shape != expected.shape or not relative_error(own, expected) < tolerance:
                return False
        return True

    def _update_seen(self, step: int, before: Pair, after: Pair) -> Pair:
        """Return the updated weights, each from the student's own gradient where that is wrong but was used rightly."""
        if self.overrides:
            return after
        seen = []
        for name, old, new in zip(("1", "2"), before, after, strict=True):
            gradient, own = (self.own.get(quantity(kind + name, step)) for kind in ("dE_dW", "W"))
            if gradient is not None and own is not None and own.shape == new.shape:
                right = (old - new) / self.case.epsilon
                if _leaves_something((gradient,), (right,)) and not agrees(own, new):
                    moved = -self.case.epsilon * gradient
                    terms = {"the old weights": (old, old), "the step": (moved, new - old)}
                    followed = old + moved
                    if not trivial(followed, new, terms, SHARE) and agrees(own, followed):
                        new = followed
            seen.append(new)
        return seen[0], seen[1]


SHARE = NOTHING["float64"]
"""Whether numbers follow from own ones is compared in double precision, whatever they came in."""

SMALL = 0.1
"""Weights below this share of the right ones are small."""


def _leaves_something(own: Sequence[Array], right: Sequence[Array]) -> bool:
    return not any(degenerate(mine, wanted, SHARE) for mine, wanted in zip(own, right, strict=True))


class ByLayersReference(StepsReference):
    """Two layers in torch: the records only."""


class JaxNumpyReference(StepsReference):
    """Arrays only: the records only."""


class ModelReference(StepsReference):
    """The records, and the weights and answers of the model that is returned."""

    def model_returned(self, start: Pair, end: Pair) -> Pair:
        """Return the weights of the model that is returned."""
        return end

    def returned(self, start: Pair, end: Pair, biases: Pair) -> dict[Quantity, Array]:
        """Return the weights of the returned model and its answer to new inputs."""
        weights = self.model_returned(start, end)
        output = self.passed(self.case.new_x, weights, biases)[0][1]
        return {MODEL_WEIGHTS[0]: weights[0], MODEL_WEIGHTS[1]: weights[1], MODEL_OUTPUT: output}


class SequentialReference(ModelReference):
    """An nn.Sequential and torch.optim.SGD."""


class FlaxReference(ModelReference):
    """A Flax module and its parameters."""


class JaxGradReference(StepsReference):
    """The records, and the loss function that is returned, tried and differentiated elsewhere."""

    def returned(self, start: Pair, end: Pair, biases: Pair) -> dict[Quantity, Array]:
        """Return the loss function's value for other weights and data, and its derivatives there."""
        case = self.case
        weights = (case.new_W1, case.new_W2) if self.depends_on_its_arguments() else start
        outputs, slopes = self.passed(case.new_x, weights)
        gradients, _ = self.differentiated(case.new_x, case.new_t, weights, outputs, slopes)
        energy = self.loss(outputs[1], case.new_t)
        return {ENERGY: energy, ENERGY_GRADIENT[0]: gradients[0], ENERGY_GRADIENT[1]: gradients[1]}
