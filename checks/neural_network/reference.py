"""The right answers for a neural network as small steps, numbered as the equations of the notebook.

Hidden layers are tanh, the output layer is a sigmoid, the loss is the mean squared error over all N K entries.
Layers are counted from 1 to L; `activations[0]` is X.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from checks.judging.reference import LAST_STAGE, Answer, Reference
from checks.neural_network.case import (
    BIAS,
    BIAS_GRADIENT,
    LOSS,
    LOSSES,
    PREDICTION,
    RETURNED,
    SAME_NETWORK,
    TRAINED,
    WEIGHT,
    WEIGHT_GRADIENT,
    NetworkCase,
)
from checks.neural_network.lent import landscape
from checks.neural_network.network import PASS
from checks.observing.observation import Array
from checks.observing.quantity import FIRST, SECOND, Quantity

FORMULAS: Mapping[str, tuple[str, str]] = {
    "weighted_input": ("(1)", "Z⁽ˡ⁾ = A⁽ˡ⁻¹⁾ W⁽ˡ⁾ + b⁽ˡ⁾"),
    "activation": ("(2)", "A⁽ˡ⁾ = φ⁽ˡ⁾(Z⁽ˡ⁾), tanh in hidden layers, sigmoid at the output"),
    "mean_squared_error": ("(3)", "C = 1/(N K) Σ (Ŷ - Y)², summed over all N K entries"),
    "loss_gradient": ("(4)", "∂C/∂A⁽ᴸ⁾ = 2/(N K) (Ŷ - Y)"),
    "output_error_signal": ("(5)", "Δ⁽ᴸ⁾ = ∂C/∂A⁽ᴸ⁾ ⊙ φ⁽ᴸ⁾'(Z⁽ᴸ⁾), where φ⁽ᴸ⁾ = σ"),
    "passed_back": ("(6)", "Δ⁽ˡ⁺¹⁾ W⁽ˡ⁺¹⁾ᵀ"),
    "hidden_error_signal": ("(7)", "Δ⁽ˡ⁾ = (Δ⁽ˡ⁺¹⁾ W⁽ˡ⁺¹⁾ᵀ) ⊙ φ⁽ˡ⁾'(Z⁽ˡ⁾), where φ⁽ˡ⁾ = tanh"),
    "activation_derivative": ("(5), (7)", "σ'(z) = σ(z)(1 - σ(z)) and tanh'(z) = 1 - tanh(z)²"),
    "weight_gradient": ("(8)", "∇W⁽ˡ⁾ = A⁽ˡ⁻¹⁾ᵀ Δ⁽ˡ⁾"),
    "bias_gradient": ("(9)", "∇b⁽ˡ⁾ = the column sums of Δ⁽ˡ⁾: a sum over the samples"),
    "new_weight": ("(10)", "W⁽ˡ⁾ ← W⁽ˡ⁾ - η ∇W⁽ˡ⁾"),
    "new_bias": ("(10)", "b⁽ˡ⁾ ← b⁽ˡ⁾ - η ∇b⁽ˡ⁾"),
}


def sigmoid(z: Array) -> Array:
    """Return the logistic sigmoid, element by element."""
    return np.asarray(1 / (1 + np.exp(-z)))


def sigmoid_derivative(z: Array) -> Array:
    """Return the derivative of the logistic sigmoid, element by element."""
    return np.asarray(sigmoid(z) * (1 - sigmoid(z)))


def tanh_derivative(z: Array) -> Array:
    """Return the derivative of the hyperbolic tangent, element by element."""
    return np.asarray(1 - np.tanh(z) ** 2)


@dataclass(frozen=True)
class Pass:
    """One forward pass: `activations[l]` and `weighted_inputs[l]` of layer l, (batch, width); both start with X."""

    activations: list[Array]
    weighted_inputs: list[Array]

    @property
    def prediction(self) -> Array:
        """The output of the last layer, (batch, out)."""
        return self.activations[-1]


class ForwardReference(Reference):
    """Equations (1) and (2), layer by layer."""

    case: NetworkCase
    formulas: ClassVar[Mapping[str, tuple[str, str]]] = FORMULAS

    @property
    def depth(self) -> int:
        """Number of layers L."""
        return len(self.case.weights)

    def weighted_input(self, layer: int, incoming: Array) -> Array:
        """Return Z(l), equation (1)."""
        return incoming @ self.case.weights[layer - 1] + self.case.biases[layer - 1]

    def activation(self, layer: int, z: Array) -> Array:
        """Return A(l), equation (2)."""
        return sigmoid(z) if layer == self.depth else np.tanh(z)

    def layers_passed(self) -> list[int]:
        """Return the layers that the pass goes through, in order."""
        return list(range(1, self.depth + 1))

    def forward(self, x: Array) -> Pass:
        """Return the pass of X through all layers."""
        activations, weighted_inputs = [x], [x]
        for layer in self.layers_passed():
            weighted_inputs.append(self.weighted_input(layer, activations[-1]))
            activations.append(self.activation(layer, weighted_inputs[-1]))
        return Pass(activations, weighted_inputs)

    def remembered(self, one_pass: Pass) -> dict[Quantity, Array]:
        """Return what every layer remembers of its last pass."""
        answer: dict[Quantity, Array] = {}
        inputs, outputs = one_pass.activations, one_pass.activations[1:]
        for layer, values in enumerate(zip(inputs, one_pass.weighted_inputs[1:], outputs, strict=False), start=1):
            answer |= {Quantity(kind, layer): value for kind, value in zip(PASS, values, strict=True)}
        return answer

    def answer(self) -> Answer:
        """Return the prediction, what the layers remember, and the prediction for other data."""
        one_pass = self.forward(self.case.x)
        again = {PREDICTION.in_call(SECOND): self.forward(self.case.second_x).prediction}
        if len(one_pass.activations) <= self.depth:
            return {PREDICTION: one_pass.prediction, **again}
        return {PREDICTION: one_pass.prediction, **self.remembered(one_pass), **again}


class LossReference(ForwardReference):
    """Equation (3)."""

    def mean_squared_error(self, difference: Array) -> Array:
        """Return the loss, equation (3), from the differences between prediction and label."""
        return np.asarray((difference**2).mean())

    def answer(self) -> Answer:
        """Return the loss, and that of other data."""
        case = self.case
        return {
            LOSS: self.mean_squared_error(self.forward(case.x).prediction - case.y),
            LOSS.in_call(SECOND): self.mean_squared_error(self.forward(case.second_x).prediction - case.second_y),
        }


class BackwardReference(ForwardReference):
    """Equations (4) to (9), from the last layer to the first."""

    def pass_used(self, x: Array, previous_x: Array) -> Pass:
        """Return the forward pass that the gradients are computed from."""
        return self.forward(x)

    def loss_gradient(self, prediction: Array, y: Array) -> Array:
        """Return the derivative of the loss with respect to the prediction, equation (4)."""
        return 2 * (prediction - y) / y.size

    def activation_derivative(self, layer: int, one_pass: Pass) -> Array:
        """Return the derivative of a layer's activation at its pre-activation."""
        z = one_pass.weighted_inputs[layer]
        return sigmoid_derivative(z) if layer == self.depth else tanh_derivative(z)

    def output_error_signal(self, loss_gradient: Array, one_pass: Pass) -> Array:
        """Return Δ(L), equation (5)."""
        return loss_gradient * self.activation_derivative(self.depth, one_pass)

    def passed_back(self, layer: int, delta_above: Array, weight_gradient_above: Array, one_pass: Pass) -> Array:
        """Return what reaches layer l from layer l + 1 through its weights, (6)."""
        return delta_above @ self.case.weights[layer].T

    def hidden_error_signal(self, layer: int, passed_back: Array, one_pass: Pass) -> Array:
        """Return Δ(l), equation (7)."""
        return passed_back * self.activation_derivative(layer, one_pass)

    def carried(self, layer: int, delta: Array, before_derivative: Array) -> Array:
        """Return the error signal that is handed on to the layer below."""
        return delta

    def weight_gradient(self, layer: int, delta: Array, one_pass: Pass) -> Array:
        """Return ∇W(l), equation (8)."""
        return one_pass.activations[layer - 1].T @ delta

    def bias_gradient(self, layer: int, delta: Array) -> Array:
        """Return ∇b(l), equation (9)."""
        return np.asarray(delta.sum(axis=0))

    def layers_stored(self) -> list[int]:
        """Return the layers whose gradients are stored."""
        return list(range(1, self.depth + 1))

    def stored_again(self, first: Array, second: Array) -> Array:
        """Return what a gradient holds after a second call that computed `second`."""
        return second

    def gradients(self, one_pass: Pass, y: Array) -> dict[Quantity, Array]:
        """Return all gradients, those of the last layer first and a layer's bias before its weight."""
        answer: dict[Quantity, Array] = {}
        above: Array = np.zeros(())
        delta: Array = np.zeros(())
        for layer in range(self.depth, 0, -1):
            if layer == self.depth:
                reached = self.loss_gradient(one_pass.prediction, y)
                signal = self.output_error_signal(reached, one_pass)
            else:
                reached = self.passed_back(layer, delta, above, one_pass)
                signal = self.hidden_error_signal(layer, reached, one_pass)
            above = self.weight_gradient(layer, signal, one_pass)
            answer[Quantity(BIAS_GRADIENT, layer)] = self.bias_gradient(layer, signal)
            answer[Quantity(WEIGHT_GRADIENT, layer)] = above
            delta = self.carried(layer, signal, reached)
        kept = set(self.layers_stored())
        return {quantity: value for quantity, value in answer.items() if quantity.layer in kept}

    def answer(self) -> Answer:
        """Return the gradients of a first call and of a second one on other data."""
        case = self.case
        first = self.gradients(self.pass_used(case.x, case.stale_x), case.y)
        if self.last_stage == 0:
            return first
        second = self.gradients(self.pass_used(case.second_x, case.x), case.second_y)
        again = {one.in_call(SECOND): self.stored_again(first[one], value) for one, value in second.items()}
        return {**first, **again}


class UpdateReference(Reference):
    """Equation (10), for every layer."""

    case: NetworkCase
    formulas: ClassVar[Mapping[str, tuple[str, str]]] = FORMULAS

    def layers_updated(self) -> list[int]:
        """Return the layers that are updated."""
        return list(range(1, len(self.case.weights) + 1))

    def new_weight(self, weights: Array, gradient: Array, bias_step: Array, rate: float) -> Array:
        """Return a weight matrix after the update, equation (10)."""
        return self.moved(weights, self.step(gradient, rate))

    def new_bias(self, biases: Array, gradient: Array, rate: float) -> Array:
        """Return a bias vector after the update, equation (10)."""
        return self.moved(biases, self.step(gradient, rate))

    def moved(self, parameter: Array, step: Array) -> Array:
        """Return a parameter moved by a step against its gradient."""
        return parameter - step

    def step(self, gradient: Array, rate: float) -> Array:
        """Return how far a parameter moves against its gradient."""
        return rate * gradient

    def answer(self) -> Answer:
        """Return all parameters after one update and after a second one."""
        case = self.case
        answer: dict[Quantity, Array] = {}
        now = list(zip(case.weights, case.biases, strict=True))
        for call, steps, rate in zip((FIRST, SECOND), case.steps, case.learning_rates, strict=True):
            for layer in self.layers_updated():
                (weights, biases), (d_weights, d_biases) = now[layer - 1], steps[layer - 1]
                now[layer - 1] = (
                    self.new_weight(weights, d_weights, d_biases, rate),
                    self.new_bias(biases, d_biases, rate),
                )
            for layer, (weights, biases) in enumerate(now, start=1):
                answer[Quantity(WEIGHT, layer, call)], answer[Quantity(BIAS, layer, call)] = weights, biases
        return answer


class TrainReference(Reference):
    """Loss, backward, update in every epoch, on the whole data set, as seen on the stand-in network."""

    case: NetworkCase
    column_fits: ClassVar[frozenset[Quantity]] = frozenset({LOSSES})

    def __init__(self, case: Any, own: Mapping[Quantity, Array] | None = None, last_stage: int = LAST_STAGE):
        super().__init__(case, own, last_stage)
        self.landscape = landscape(case)

    def loss(self, parameters: Array) -> float:
        """Return the mean squared error over the whole data set."""
        return self.landscape.loss(parameters, self.case.x, self.case.y)

    def rate(self) -> float:
        """Return the learning rate that the updates use."""
        return self.case.train_rate

    def epochs(self) -> int:
        """Return how many epochs are run."""
        return self.case.epochs

    def gradient(self, parameters: Array, trajectory: list[Array]) -> Array:
        """Return the gradient an epoch uses; `trajectory` holds the parameters before every epoch so far."""
        return self.landscape.gradient(parameters, self.case.x, self.case.y)

    def updated(self, parameters: Array, trajectory: list[Array]) -> Array:
        """Return the parameters after an epoch's update."""
        return parameters - self.rate() * self.gradient(parameters, trajectory)

    def recorded(self, trajectory: list[Array]) -> list[float]:
        """Return the losses that are kept; `trajectory` ends with the trained parameters."""
        return [self.loss(parameters) for parameters in trajectory[:-1]]

    def parameters_kept(self, trajectory: list[Array]) -> Array:
        """Return the parameters of the given network when train is done."""
        return trajectory[-1]

    def returned(self) -> tuple[int, bool]:
        """Return the form of what train returns (an index of RETURNS) and whether it is the given network."""
        return 0, True

    def answer(self) -> Answer:
        """Return the form of the result, the trained parameters and the losses."""
        trajectory = [self.landscape.start]
        for _ in range(self.epochs()):
            trajectory.append(self.updated(trajectory[-1], trajectory))
        form, same = self.returned()
        answer: dict[Quantity, Array] = {RETURNED: np.array(float(form))}
        if form < 2:
            answer[SAME_NETWORK] = np.array(float(same))
        kept, position = self.parameters_kept(trajectory), 0
        for layer, (weights, biases) in enumerate(zip(self.case.weights, self.case.biases, strict=True), start=1):
            for kind, parameter in ((WEIGHT, weights), (BIAS, biases)):
                flat = kept[position : position + parameter.size]
                answer[Quantity(kind, layer, aspect=TRAINED)] = flat.reshape(parameter.shape)
                position += parameter.size
        if form < 3:
            answer[LOSSES] = np.array(self.recorded(trajectory))
        return answer
