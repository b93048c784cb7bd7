"""The right answers of the exercise as small steps, numbered as the equations of the notebook.

Layers are counted from 1. With one sample weights are (out, in) and z = W x + b; with rows of samples they are
(in, out) and Z = A W + b.

Longer than 400 lines because the whole chain of 33 equations stands in one place, in the order of the notebook.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from checks.chain_rule.case import (
    ACTIVATION,
    BIAS,
    BIAS_SHAPE,
    COST,
    DA_DZ,
    DC_DZ,
    DC_DZ_ROWS,
    DIFFERENTIABLE,
    DZ_DB,
    DZ_DW,
    FOR_INTEGERS,
    GRADIENTS,
    INPUTS_SAVED,
    LAYER_INPUT,
    LAYERS,
    LOSSES,
    OUTPUT,
    PREDICTION,
    PROBABILITIES,
    RETURNED,
    TRAINED,
    VARIETY,
    WEIGHT,
    WEIGHT_SHAPE,
    ZS_SAVED,
    ChainCase,
    Z,
)
from checks.chain_rule.lent import (
    DERIVATIVES_IN_TRAINING,
    FUNCTIONS_IN_TRAINING,
    Activation,
    cost_der_for_training,
)
from checks.chain_rule.observe import classification, mse_der_arguments, sigmoid_der_arguments
from checks.chain_rule.observe_networks import own_cost_der
from checks.judging.reference import Answer, Reference
from checks.observing.observation import Array
from checks.observing.quantity import SECOND, Quantity

SINGLE: Mapping[str, tuple[str, str]] = {
    "weighted_input": ("(1)", "z = W x + b"),
    "activation": ("(2)", "a = σ(z)"),
    "mean_squared_error": ("(3)", "C = 1/K Σ (a_k - t_k)²"),
    "loss_gradient": ("(6)", "∂C/∂p = 2/size (p - t), where size is the number of all entries"),
    "sigmoid_derivative": ("(7)", "σ'(z) = σ(z) (1 - σ(z))"),
    "jacobian": ("(8)", "∂a/∂z = diag(σ'(z)), of shape (out, out)"),
    "error_signal": ("(9)", "∂C/∂z = ∂C/∂a · ∂a/∂z"),
    "weight_jacobian": ("(10)", "∂z_i/∂W_jk = x_k if i = j, else 0, with axes (out, out, in)"),
    "bias_jacobian": ("(11)", "∂z_i/∂b_j = 1 if i = j, else 0, with axes (out, out)"),
    "weight_gradient": ("(12)", "∂C/∂W_jk = ∂C/∂z_j x_k, the outer product of ∂C/∂z and x"),
    "bias_gradient": ("(13)", "∂C/∂b = ∂C/∂z"),
}
"""The equations of one layer."""

TWO: Mapping[str, tuple[str, str]] = {
    **SINGLE,
    "weighted_input": ("(14)", "z1 = W1 x + b1 and z2 = W2 a1 + b2"),
    "activation": ("(14)", "a1 = σ(z1) and a2 = σ(z2)"),
    "output_error_signal": ("(9)", "∂C/∂z2 = ∂C/∂a2 · diag(σ'(z2))"),
    "passed_back": ("(15), (16)", "∂z2/∂a1 = W2, so ∂C/∂a1 = ∂C/∂z2 · W2"),
    "hidden_error_signal": ("(16)", "∂C/∂z1 = (∂C/∂z2 · W2) · diag(σ'(z1))"),
    "activation_derivative": ("(8)", "∂a/∂z = diag(σ'(z))"),
    "multiplied": ("(9), (16)", "∂C/∂z = ∂C/∂a · diag(σ'(z)), in both layers"),
    "carried": ("(16)", "∂C/∂z1 = (∂C/∂z2 · W2) · diag(σ'(z1))"),
    "weight_gradient": ("(17)", "∂C/∂W is the outer product of ∂C/∂z and what came into the layer"),
    "bias_gradient": ("(17)", "∂C/∂b = ∂C/∂z"),
}
"""The equations of two layers."""

DEEP: Mapping[str, tuple[str, str]] = {
    "weighted_input": ("(18)", "z⁽ˡ⁾ = W⁽ˡ⁾ a⁽ˡ⁻¹⁾ + b⁽ˡ⁾"),
    "activation": ("(18)", "a⁽ˡ⁾ = φ⁽ˡ⁾(z⁽ˡ⁾), with a⁽⁰⁾ = x"),
    "weight_shape": ("(18)", "W⁽ˡ⁾ is (n_l, n_(l-1))"),
    "bias_shape": ("(18)", "b⁽ˡ⁾ is (n_l,)"),
    "saved": ("(18)", "the inputs a⁽⁰⁾ … a⁽ᴸ⁻¹⁾, the weighted inputs z⁽¹⁾ … z⁽ᴸ⁾, and the prediction a⁽ᴸ⁾"),
    "loss_gradient": ("(19)", "δ⁽ᴸ⁾ = ∂C/∂a⁽ᴸ⁾ ⊙ φ⁽ᴸ⁾'(z⁽ᴸ⁾), where ∂C/∂a⁽ᴸ⁾ is cost_der(predict, target)"),
    "output_error_signal": ("(19)", "δ⁽ᴸ⁾ = ∂C/∂a⁽ᴸ⁾ ⊙ φ⁽ᴸ⁾'(z⁽ᴸ⁾)"),
    "multiplied": ("(19), (20)", "δ⁽ˡ⁾ = ∂C/∂a⁽ˡ⁾ ⊙ φ⁽ˡ⁾'(z⁽ˡ⁾), in every layer"),
    "activation_derivative": ("(19), (20)", "φ⁽ˡ⁾'(z⁽ˡ⁾): the layer's own entry of activation_ders, at its z"),
    "passed_back": ("(20)", "W⁽ˡ⁺¹⁾ᵀ δ⁽ˡ⁺¹⁾"),
    "hidden_error_signal": ("(20)", "δ⁽ˡ⁾ = (W⁽ˡ⁺¹⁾ᵀ δ⁽ˡ⁺¹⁾) ⊙ φ⁽ˡ⁾'(z⁽ˡ⁾)"),
    "carried": ("(20)", "δ⁽ˡ⁾ = (W⁽ˡ⁺¹⁾ᵀ δ⁽ˡ⁺¹⁾) ⊙ φ⁽ˡ⁾'(z⁽ˡ⁾)"),
    "weight_gradient": ("(21)", "∂C/∂W⁽ˡ⁾ = δ⁽ˡ⁾ a⁽ˡ⁻¹⁾ᵀ, an outer product"),
    "bias_gradient": ("(22)", "∂C/∂b⁽ˡ⁾ = δ⁽ˡ⁾"),
}
"""The equations of any depth, for one sample."""

BATCH: Mapping[str, tuple[str, str]] = {
    "weighted_input": ("(23)", "Z⁽ˡ⁾ = A⁽ˡ⁻¹⁾ W⁽ˡ⁾ + b⁽ˡ⁾"),
    "activation": ("(23)", "A⁽ˡ⁾ = φ⁽ˡ⁾(Z⁽ˡ⁾), with A⁽⁰⁾ = X"),
    "weight_shape": ("(23)", "W⁽ˡ⁾ is (n_(l-1), n_l)"),
    "bias_shape": ("(23)", "b⁽ˡ⁾ is (n_l,)"),
    "saved": ("(23)", "the inputs A⁽⁰⁾ … A⁽ᴸ⁻¹⁾, the weighted inputs Z⁽¹⁾ … Z⁽ᴸ⁾, and the prediction A⁽ᴸ⁾"),
    "loss_gradient": ("(25)", "∂C/∂A⁽ᴸ⁾ = cost_der(predict, targets), by default 2/(N K) (P - T)"),
    "output_error_signal": ("(26)", "Δ⁽ᴸ⁾ = ∂C/∂A⁽ᴸ⁾ ⊙ φ⁽ᴸ⁾'(Z⁽ᴸ⁾)"),
    "multiplied": ("(26), (27)", "Δ⁽ˡ⁾ = ∂C/∂A⁽ˡ⁾ ⊙ φ⁽ˡ⁾'(Z⁽ˡ⁾), in every layer"),
    "activation_derivative": ("(26), (27)", "φ⁽ˡ⁾'(Z⁽ˡ⁾): the layer's own entry of activation_ders, at its Z"),
    "passed_back": ("(27)", "Δ⁽ˡ⁺¹⁾ W⁽ˡ⁺¹⁾ᵀ"),
    "hidden_error_signal": ("(27)", "Δ⁽ˡ⁾ = (Δ⁽ˡ⁺¹⁾ W⁽ˡ⁺¹⁾ᵀ) ⊙ φ⁽ˡ⁾'(Z⁽ˡ⁾)"),
    "carried": ("(27)", "Δ⁽ˡ⁾ = (Δ⁽ˡ⁺¹⁾ W⁽ˡ⁺¹⁾ᵀ) ⊙ φ⁽ˡ⁾'(Z⁽ˡ⁾)"),
    "outer": ("(28)", "∂C/∂W⁽ˡ⁾ = A⁽ˡ⁻¹⁾ᵀ Δ⁽ˡ⁾"),
    "gradients": (
        "(26), (27), (28), (29)",
        "Δ⁽ˡ⁾ = (Δ⁽ˡ⁺¹⁾ W⁽ˡ⁺¹⁾ᵀ) ⊙ φ⁽ˡ⁾'(Z⁽ˡ⁾); ∂C/∂W⁽ˡ⁾ = A⁽ˡ⁻¹⁾ᵀ Δ⁽ˡ⁾; ∂C/∂b⁽ˡ⁾ = column sums",
    ),
    "weight_gradient": ("(28)", "∂C/∂W⁽ˡ⁾ = A⁽ˡ⁻¹⁾ᵀ Δ⁽ˡ⁾"),
    "bias_gradient": ("(29)", "∂C/∂b⁽ˡ⁾ = the column sums of Δ⁽ˡ⁾: a sum over the samples"),
}
"""The equations of any depth, for rows of samples."""

CLASSES: Mapping[str, tuple[str, str]] = {
    "softmax": ("(30)", "p_nk = exp(z_nk) / Σ_j exp(z_nj), where j runs over the entries of row n"),
    "cross_entropy": ("(31)", "C = -1/N Σ_n Σ_k t_nk ln p_nk"),
    "merged_derivative": ("(32)", "∂C/∂Z = (P - T) / N"),
    "updated": ("(33)", "W ← W - η ∂C/∂W and b ← b - η ∂C/∂b, for every layer"),
    "new_weight": ("(33)", "W ← W - η ∂C/∂W"),
    "new_bias": ("(33)", "b ← b - η ∂C/∂b"),
    "gradients": ("(33)", "the gradients are those of the layers as they are now"),
    "recorded": ("(31)", "C = -1/N Σ_n Σ_k t_nk ln p_nk, once in every epoch"),
}
"""The equations of classification and training."""


def sigmoid(z: Array) -> Array:
    """Return the logistic sigmoid, element by element."""
    return np.asarray(1 / (1 + np.exp(-z)))


def softmax(z: Array) -> Array:
    """Return the softmax of every row."""
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def derivative_of(case: ChainCase, layer: int, call: int) -> Activation:
    """Return what `activation_ders` holds for a layer in the first or the second call."""
    return DERIVATIVES_IN_TRAINING[case.functions(call)[layer - 1]]


# --- one layer -------------------------------------------------------------------------------------------------


class ChainReference(Reference):
    """What all references of the exercise share: their case."""

    case: ChainCase

    def differentiability(self) -> Array:
        """Return what autograd makes of the function: 0 if it differentiates."""
        return np.array(0.0)


class OneLayerReference(ChainReference):
    """Equations (1), (2) and (3)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = SINGLE

    def weighted_input(self, weight: Array, bias: Array, x: Array) -> Array:
        """Return z, equation (1)."""
        return np.asarray(weight @ x + bias)

    def activation(self, z: Array) -> Array:
        """Return a, equation (2)."""
        return sigmoid(z)

    def activations(self) -> Array:
        """Return the activations of the case's first layer."""
        case = self.case
        return self.activation(self.weighted_input(case.single_weights[0], case.biases[0], case.inputs[0]))

    def answer(self) -> Answer:
        """Return the activations."""
        return {ACTIVATION: self.activations(), DIFFERENTIABLE: self.differentiability()}


class CostReference(OneLayerReference):
    """Equation (3) of the activations of one layer."""

    def mean_squared_error(self, difference: Array) -> Array:
        """Return C, equation (3), of a - t."""
        return np.asarray((difference**2).mean())

    def answer(self) -> Answer:
        """Return the cost."""
        cost = self.mean_squared_error(self.activations() - self.case.targets[0])
        return {COST: cost, DIFFERENTIABLE: self.differentiability()}


class MseDerReference(ChainReference):
    """Equation (6)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = SINGLE

    def loss_gradient(self, predict: Array, target: Array) -> Array:
        """Return 2/size (p - t), equation (6)."""
        return np.asarray(2 / predict.size * (predict - target))

    def answer(self) -> Answer:
        """Return the derivative for a vector, a matrix and integers."""
        return {name: self.loss_gradient(*given.values()) for name, given in mse_der_arguments(self.case).items()}


class SigmoidDerReference(ChainReference):
    """Equation (7)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = SINGLE

    def sigmoid_derivative(self, z: Array) -> Array:
        """Return the derivative of the sigmoid, equation (7)."""
        return np.asarray(sigmoid(z) * (1 - sigmoid(z)))

    def answer(self) -> Answer:
        """Return the derivative for a vector, a matrix and integers."""
        return {name: self.sigmoid_derivative(given["z"]) for name, given in sigmoid_der_arguments(self.case).items()}


class JacobianReference(ChainReference):
    """Equation (8)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = SINGLE

    def jacobian(self, z: Array) -> Array:
        """Return the Jacobian of the sigmoid, (out, out), equation (8)."""
        return np.diag(sigmoid(z) * (1 - sigmoid(z)))

    def answer(self) -> Answer:
        """Return the Jacobian."""
        return {DA_DZ: self.jacobian(np.asarray(self.case.z))}


class ErrorSignalReference(ChainReference):
    """Equation (9)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = SINGLE

    def loss_gradient(self, z: Array, target: Array) -> Array:
        """Return the derivative of the cost with respect to a, equation (6)."""
        return np.asarray(2 / z.size * (sigmoid(z) - target))

    def sigmoid_derivative(self, z: Array) -> Array:
        """Return the derivative of the sigmoid, equation (7)."""
        return np.asarray(sigmoid(z) * (1 - sigmoid(z)))

    def error_signal(self, gradient: Array, derivative: Array) -> Array:
        """Return their product, equation (9)."""
        return gradient * derivative

    def answer(self) -> Answer:
        """Return the derivative of the cost with respect to z."""
        z = np.asarray(self.case.z)
        gradient = self.loss_gradient(z, self.case.targets[0])
        return {DC_DZ: self.error_signal(gradient, self.sigmoid_derivative(z))}


class WeightJacobianReference(ChainReference):
    """Equation (10)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = SINGLE

    def weight_jacobian(self, weight: Array, x: Array) -> Array:
        """Return the derivative of z with respect to W, (out, out, in), equation (10)."""
        return np.tensordot(np.eye(len(weight)), x, axes=0)

    def answer(self) -> Answer:
        """Return the derivative of z with respect to W."""
        return {DZ_DW: self.weight_jacobian(self.case.single_weights[0], self.case.inputs[0])}


class BiasJacobianReference(ChainReference):
    """Equation (11)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = SINGLE

    def bias_jacobian(self, bias: Array) -> Array:
        """Return the derivative of z with respect to b, (out, out), equation (11)."""
        return np.eye(len(bias))

    def answer(self) -> Answer:
        """Return the derivative of z with respect to b."""
        return {DZ_DB: self.bias_jacobian(self.case.biases[0])}


# --- any number of layers --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pass:
    """One forward pass: `inputs[l - 1]` and `zs[l - 1]` of layer l, and `outputs[l - 1]`."""

    inputs: list[Array]
    zs: list[Array]
    outputs: list[Array]


class ForwardReference(ChainReference):
    """The forward pass, for one sample or for rows of samples as the case says."""

    @property
    def depth(self) -> int:
        """Number of layers L."""
        return len(self.case.weights)

    def weight(self, layer: int) -> Array:
        """Return the weights of a layer, (in, out) with rows of samples and (out, in) with one."""
        return self.case.weights[layer - 1] if self.case.many else self.case.weights[layer - 1].T

    def weighted_input(self, layer: int, incoming: Array) -> Array:
        """Return z of a layer, equations (1), (14), (18) and (23)."""
        bias = self.case.biases[layer - 1]
        if self.case.many:
            return np.asarray(incoming @ self.weight(layer) + bias)
        return np.asarray(self.weight(layer) @ incoming + bias)

    def activation(self, layer: int, z: Array, call: int) -> Array:
        """Return the output of a layer for its z, equations (2), (14), (18) and (23)."""
        return np.asarray(FUNCTIONS_IN_TRAINING[self.case.functions(call)[layer - 1]](z))

    def layers_passed(self) -> list[int]:
        """Return the layers that the pass goes through, in order."""
        return list(range(1, self.depth + 1))

    def forward(self, x: Array, call: int = 0) -> Pass:
        """Return the pass of x through all layers."""
        one_pass = Pass([], [], [])
        for layer in self.layers_passed():
            one_pass.inputs.append(x)
            one_pass.zs.append(self.weighted_input(layer, x))
            x = self.activation(layer, one_pass.zs[-1], call)
            one_pass.outputs.append(x)
        return one_pass

    def prediction(self, call: int) -> Array:
        """Return what comes out for the data of a call: the data themselves if they pass no layer."""
        x = self.case.samples(call)[0]
        return [x, *self.forward(x, call).outputs][-1]

    def answer(self) -> Answer:
        """Return the prediction of two calls with other data and other activation functions."""
        return {
            PREDICTION: self.prediction(0),
            PREDICTION.in_call(SECOND): self.prediction(1),
            DIFFERENTIABLE: self.differentiability(),
        }


class TwoLayersReference(ForwardReference):
    """Equation (14)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = TWO

    def answer(self) -> Answer:
        """Return the output."""
        return {
            OUTPUT: self.prediction(0),
            DIFFERENTIABLE: self.differentiability(),
        }


class DeepForwardReference(ForwardReference):
    """Equation (18)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = DEEP


class BatchForwardReference(ForwardReference):
    """Equation (23)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = BATCH


class SaverReference(ForwardReference):
    """What the forward pass saves, equation (18)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = DEEP

    def saved(self, one_pass: Pass) -> tuple[list[Array], list[Array], Array]:
        """Return layer_inputs, zs and predict."""
        return one_pass.inputs, one_pass.zs, one_pass.outputs[-1]

    def answer(self) -> Answer:
        """Return what is saved, entry by entry, and how many entries there are."""
        inputs, zs, predict = self.saved(self.forward(self.case.samples(0)[0]))
        answer = {
            INPUTS_SAVED: np.array(float(len(inputs))),
            ZS_SAVED: np.array(float(len(zs))),
        }
        for kind, entries in ((LAYER_INPUT, inputs), (Z, zs)):
            answer.update({Quantity(kind, layer): entry for layer, entry in enumerate(entries, start=1)})
        return {**answer, PREDICTION: predict}


class BatchSaverReference(SaverReference):
    """What the forward pass of a batch saves, equation (23)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = BATCH


class CreateReference(ChainReference):
    """The shapes of fresh layers, equation (18), or (23) with rows of samples."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = DEEP

    def number_of_layers(self) -> int:
        """Return how many layers there are."""
        return len(self.case.sizes) - 1

    def incoming(self, layer: int) -> int:
        """Return the number of inputs of a layer."""
        return self.case.sizes[layer - 1]

    def weight_shape(self, layer: int) -> tuple[int, ...]:
        """Return the shape of W of a layer."""
        incoming, out = self.incoming(layer), self.case.sizes[layer]
        return (incoming, out) if self.case.many else (out, incoming)

    def bias_shape(self, layer: int) -> tuple[int, ...]:
        """Return the shape of b of a layer."""
        return (self.case.sizes[layer],)

    def variety(self, layer: int) -> float:
        """Return 1 if the nodes of a layer differ from each other."""
        return 1.0

    def pair(self, weight: tuple[int, ...], bias: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the two shapes of a layer in their order."""
        return weight, bias

    def answer(self) -> Answer:
        """Return the number of layers and all shapes, filled up with -1."""
        answer = {LAYERS: np.array(float(self.number_of_layers()))}
        for layer in range(1, self.number_of_layers() + 1):
            shapes = self.pair(self.weight_shape(layer), self.bias_shape(layer))
            for kind, shape in zip((WEIGHT_SHAPE, BIAS_SHAPE), shapes, strict=True):
                answer[Quantity(kind, layer)] = np.array([*shape, *[-1.0] * (3 - len(shape))])
            answer[Quantity(VARIETY, layer)] = np.array(self.variety(layer))
        return answer


class BatchCreateReference(CreateReference):
    """The shapes of fresh layers, equation (23)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = BATCH


class GradientsReference(ForwardReference):
    """The backward pass for one sample, equations (18) to (22)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = DEEP

    def loss_gradient(self, predict: Array, target: Array, call: int, one_pass: Pass) -> Array:
        """Return the derivative of the cost with respect to the prediction: of the default cost, or the given one."""
        return np.asarray(own_cost_der(predict, target) if call else 2 / predict.size * (predict - target))

    def activation_derivative(self, layer: int, one_pass: Pass, call: int) -> Array:
        """Return the derivative of a layer's activation at its z."""
        if one_pass is _right_pass(self.case, call):
            return _right_derivative(self.case, layer, call)
        return np.asarray(derivative_of(self.case, layer, call)(one_pass.zs[layer - 1]))

    def multiplied(self, gradient: Array, derivative: Array) -> Array:
        """Return the product of ∂C/∂a and the derivative of the activation, entry by entry."""
        return gradient * derivative

    def output_error_signal(self, gradient: Array, one_pass: Pass, call: int) -> Array:
        """Return the error signal of the last layer, equation (19) or (26)."""
        return self.multiplied(gradient, self.activation_derivative(self.depth, one_pass, call))

    def passed_back(self, layer: int, delta: Array, above: Array) -> Array:
        """Return the derivative of the cost with respect to the output of `layer`.

        `delta` is the error signal of the layer above, `above` that layer's weight gradient.
        """
        return self.back(self.weight(layer + 1), delta)

    def back(self, weight: Array, delta: Array) -> Array:
        """Return what a matrix in the place of the weights makes of an error signal on its way back."""
        return np.asarray(delta @ weight.T if self.case.many else weight.T @ delta)

    def hidden_error_signal(self, layer: int, passed_back: Array, one_pass: Pass, call: int) -> Array:
        """Return the error signal of a hidden layer, equation (16), (20) or (27)."""
        return self.multiplied(passed_back, self.activation_derivative(layer, one_pass, call))

    def carried(self, delta: Array, before_derivative: Array) -> Array:
        """Return what the step to the layer below starts from."""
        return delta

    def outer(self, delta: Array, incoming: Array) -> Array:
        """Return the weight gradient that an error signal and an array in the place of the layer's input make."""
        return np.asarray(incoming.T @ delta if self.case.many else np.outer(delta, incoming))

    def weight_gradient(self, layer: int, delta: Array, one_pass: Pass) -> Array:
        """Return the weight gradient, equation (12), (17), (21) or (28)."""
        return self.outer(delta, one_pass.inputs[layer - 1])

    def bias_gradient(self, layer: int, delta: Array) -> Array:
        """Return the bias gradient, equation (13), (17), (22) or (29)."""
        return np.asarray(delta.sum(axis=0)) if self.case.many else delta

    def cost_derivative_taken(self, call: int) -> int:
        """Return 0 for the default cost_der and 1 for the given one."""
        return call

    def data(self, call: int) -> tuple[Array, Array]:
        """Return the samples that a call works with."""
        return self.case.samples(call)

    def gradients(self, call: int) -> list[tuple[Array, Array]]:
        """Return (dC/dW, dC/db) of every layer, the first layer first."""
        x, target = self.data(call)
        own = (getattr(type(self), step) is getattr(GradientsReference, step) for step in FORWARD_STEPS)
        known = vars(self).keys().isdisjoint(FORWARD_STEPS) and all(own)
        one_pass = _right_pass(self.case, call) if known else self.forward(x, call)
        gradient = self.loss_gradient(one_pass.outputs[-1], target, self.cost_derivative_taken(call), one_pass)
        delta = self.output_error_signal(gradient, one_pass, call)
        carried = self.carried(delta, gradient)
        pairs: list[tuple[Array, Array]] = []
        for layer in range(self.depth, 0, -1):
            pairs.insert(0, (self.weight_gradient(layer, delta, one_pass), self.bias_gradient(layer, delta)))
            if layer > 1:
                back = self.passed_back(layer - 1, carried, pairs[0][0])
                delta = self.hidden_error_signal(layer - 1, back, one_pass, call)
                carried = self.carried(delta, back)
        return pairs

    def collected(self, pairs: list[tuple[Array, Array]]) -> list[tuple[Array, Array]]:
        """Return the list that comes back."""
        return pairs

    def answer(self) -> Answer:
        """Return the gradients of two calls, from the last layer to the first."""
        answer: dict[Quantity, Array] = {}
        for call in range(2):
            pairs = self.collected(self.gradients(call))
            for layer in range(len(pairs), 0, -1):
                for kind, value in zip(GRADIENTS, pairs[layer - 1], strict=True):
                    answer[Quantity(kind, layer, call + 1)] = value
        return answer


FORWARD_STEPS = ("data", "forward", "layers_passed", "weight", "weighted_input", "activation")
"""The steps that decide about the forward pass: most mistakes in the gradients leave them as they are."""


@lru_cache(maxsize=256)
def _right_pass(case: ChainCase, call: int) -> Pass:
    return GradientsReference(case).forward(case.samples(call)[0], call)


@lru_cache(maxsize=1024)
def _right_derivative(case: ChainCase, layer: int, call: int) -> Array:
    return np.asarray(derivative_of(case, layer, call)(_right_pass(case, call).zs[layer - 1]))


class BatchGradientsReference(GradientsReference):
    """The backward pass for rows of samples, equations (23) to (29)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = BATCH


class OneLayerGradientsReference(GradientsReference):
    """The gradients of a single layer, equations (12) and (13)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = {
        **SINGLE,
        "output_error_signal": SINGLE["error_signal"],
        "activation_derivative": SINGLE["sigmoid_derivative"],
    }
    shown: ClassVar[int] = 0

    def answer(self) -> Answer:
        """Return the gradients of the layer that is asked for."""
        pair = self.collected(self.gradients(0))[self.shown - 1 if self.shown else 0]
        return {Quantity(kind, self.shown): value for kind, value in zip(GRADIENTS, pair, strict=True)}


class SecondLayerReference(OneLayerGradientsReference):
    """The gradients of the second of two layers."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = TWO
    shown: ClassVar[int] = 2


class FirstLayerReference(SecondLayerReference):
    """The gradients of the first of two layers."""

    shown: ClassVar[int] = 1


# --- classification --------------------------------------------------------------------------------------------


class SoftmaxReference(ChainReference):
    """Equation (30)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = CLASSES

    def softmax(self, z: Array) -> Array:
        """Return the softmax of every row, equation (30)."""
        return softmax(z)

    def answer(self) -> Answer:
        """Return the probabilities for floats and for integers."""
        return {
            PROBABILITIES: self.softmax(self.case.logits),
            PROBABILITIES._replace(aspect=FOR_INTEGERS): self.softmax(self.case.whole),
            DIFFERENTIABLE: self.differentiability(),
        }


class CrossEntropyReference(ChainReference):
    """Equation (31)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = CLASSES

    def cross_entropy(self, predict: Array, target: Array) -> Array:
        """Return the mean over the samples, equation (31)."""
        return np.asarray(-(target * np.log(predict)).sum() / len(predict))

    def answer(self) -> Answer:
        """Return the cost."""
        cost = self.cross_entropy(*classification(self.case).values())
        return {COST: cost, DIFFERENTIABLE: self.differentiability()}


class MergedDerivativeReference(ChainReference):
    """Equation (32)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = CLASSES

    def merged_derivative(self, predict: Array, target: Array) -> Array:
        """Return (P - T) / N, equation (32)."""
        return np.asarray((predict - target) / len(predict))

    def answer(self) -> Answer:
        """Return the derivative with respect to the softmax's input."""
        return {DC_DZ_ROWS: self.merged_derivative(*classification(self.case).values())}


Layers = list[tuple[Array, Array]]


class TrainReference(BatchGradientsReference):
    """Full-batch training, equation (33)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = CLASSES
    column_fits: ClassVar[frozenset[Quantity]] = frozenset({LOSSES})

    def __init__(self, *arguments: Any):
        super().__init__(*arguments)
        self.layers: Layers = list(zip(self.case.weights, self.case.biases, strict=True))

    def rate(self) -> float:
        """Return the learning rate."""
        return self.case.rate

    def epochs(self) -> int:
        """Return how many epochs are run."""
        return self.case.epochs

    def weight(self, layer: int) -> Array:
        """Return the weights of a layer as they are now."""
        return self.layers[layer - 1][0]

    def weighted_input(self, layer: int, incoming: Array) -> Array:
        """Return Z of a layer as it is now."""
        return np.asarray(incoming @ self.weight(layer) + self.layers[layer - 1][1])

    def loss_gradient(self, predict: Array, target: Array, call: int, one_pass: Pass) -> Array:
        """Return the given cost_der."""
        return np.asarray(cost_der_for_training(predict, target))

    def gradients_at(self, layers: Layers, trajectory: list[Layers]) -> Layers:
        """Return the gradients that an epoch uses; `trajectory` holds the layers before every epoch so far."""
        self.layers = layers
        return self.gradients(0)

    def new_weight(self, weight: Array, gradient: Array) -> Array:
        """Return a weight after an update."""
        return weight - self.rate() * gradient

    def new_bias(self, bias: Array, gradient: Array) -> Array:
        """Return a bias after an update."""
        return bias - self.rate() * gradient

    def updated(self, layers: Layers, trajectory: list[Layers]) -> Layers:
        """Return the layers after an epoch's update, equation (33)."""
        gradients = self.gradients_at(layers, trajectory)
        return [
            (self.new_weight(w, dw), self.new_bias(b, db)) for (w, b), (dw, db) in zip(layers, gradients, strict=True)
        ]

    def cost(self, layers: Layers) -> Array:
        """Return the cross-entropy of the layers' prediction, equation (31)."""
        self.layers = layers
        x, target = self.case.samples(0)
        return np.asarray(-(target * np.log(self.forward(x).outputs[-1])).sum() / len(target))

    def recorded(self, trajectory: list[Layers]) -> list[Array]:
        """Return the losses that are kept; `trajectory` ends with the trained layers."""
        return [self.cost(layers) for layers in trajectory[:-1]]

    def layers_kept(self, trajectory: list[Layers]) -> Layers:
        """Return the layers that come back."""
        return trajectory[-1]

    def form(self) -> int:
        """Return what comes back, an index of RETURNS."""
        return 0

    def answer(self) -> Answer:
        """Return the form of the result, the trained layers and the losses."""
        trajectory = [self.layers]
        for _ in range(self.epochs()):
            trajectory.append(self.updated(trajectory[-1], trajectory))
        form = self.form()
        answer: dict[Quantity, Array] = {RETURNED: np.array(float(form))}
        if form != 2:
            for layer, pair in enumerate(self.layers_kept(trajectory), start=1):
                for kind, value in zip((WEIGHT, BIAS), pair, strict=True):
                    answer[Quantity(kind, layer, aspect=TRAINED)] = value
        if form != 3:
            answer[LOSSES] = np.array(self.recorded(trajectory))
        return answer
