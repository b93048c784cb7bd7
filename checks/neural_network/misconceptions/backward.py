"""Mistakes in the backward pass.

Longer than 400 lines because it is data: one entry for each mistake, with its words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from checks.judging.reference import Misconception, Override
from checks.neural_network.case import AFTERWARDS, WEIGHT
from checks.neural_network.reference import (
    FORMULAS,
    BackwardReference,
    Pass,
    sigmoid_derivative,
    tanh_derivative,
)
from checks.observing.observation import Array
from checks.observing.quantity import Quantity


def _mistake(label: str, step: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    return Misconception(label, Override(step, otherwise), says, look, think, FORMULAS.get(step, ("", ""))[0])


# --- the derivative of the activation --------------------------------------------------------------------------


def _derivative_at_zout(ref: BackwardReference, right: Any, layer: int, one_pass: Pass) -> Array:
    shifted = Pass(one_pass.activations, one_pass.activations)
    return np.asarray(right(layer, shifted))


def _only(where: str, otherwise: Callable[..., Any]) -> Callable[..., Any]:
    """Restrict an override of `activation_derivative` to the output layer or to the hidden layers."""

    def restricted(ref: BackwardReference, right: Any, layer: int, one_pass: Pass) -> Array:
        applies = (layer == ref.depth) == (where == "output")
        return np.asarray(otherwise(ref, right, layer, one_pass) if applies else right(layer, one_pass))

    return restricted


def _no_derivative(ref: BackwardReference, right: Any, layer: int, one_pass: Pass) -> Array:
    return np.ones_like(one_pass.weighted_inputs[layer])


_LEFT_OUT = "Is the derivative of the activation among the factors of your error signal?"
_AT_ZOUT = "get_gradient takes z. Which of last_zin and last_zout is z?"

_DERIVATIVE = (
    _mistake(
        "derivative-left-out-in-hidden-layers",
        "hidden_error_signal",
        lambda ref, right, layer, passed_back, one_pass: passed_back,
        "without the derivative of the activation, tanh'(z), in the hidden layers",
        "Look at how the error signal of a hidden layer is made from the layer above.",
        _LEFT_OUT,
    ),
    _mistake(
        "derivative-left-out-at-the-output",
        "output_error_signal",
        lambda ref, right, gradient, one_pass: gradient,
        "without the derivative of the activation, σ'(z), at the output",
        "Look at how the error signal of the last layer is made from the gradient of the loss.",
        _LEFT_OUT,
    ),
    _mistake(
        "derivative-left-out-everywhere",
        "activation_derivative",
        _no_derivative,
        "without the derivative of the activation in any layer",
        "Look at how every error signal is made.",
        _LEFT_OUT,
    ),
    _mistake(
        "derivative-at-zout-in-hidden-layers",
        "activation_derivative",
        _only("hidden", _derivative_at_zout),
        "when the derivative of the activation is taken at z_out instead of z_in, in the hidden layers",
        "Look at where you evaluate tanh'.",
        _AT_ZOUT,
    ),
    _mistake(
        "derivative-at-zout-at-the-output",
        "activation_derivative",
        _only("output", _derivative_at_zout),
        "when the derivative of the activation is taken at z_out instead of z_in, at the output",
        "Look at where you evaluate σ'.",
        _AT_ZOUT,
    ),
    _mistake(
        "derivative-at-zout-everywhere",
        "activation_derivative",
        _derivative_at_zout,
        "when the derivative of the activation is taken at z_out instead of z_in",
        "Look at where you evaluate the derivatives.",
        _AT_ZOUT,
    ),
    _mistake(
        "tanh-derivative-at-the-output",
        "activation_derivative",
        _only("output", lambda ref, right, layer, one_pass: tanh_derivative(one_pass.weighted_inputs[layer])),
        "with the derivative of tanh at the output, where the activation is the sigmoid",
        "Look at the derivative in the last layer.",
        "Whose derivative belongs to the last layer? layer.act knows.",
    ),
    _mistake(
        "sigmoid-derivative-in-hidden-layers",
        "activation_derivative",
        _only("hidden", lambda ref, right, layer, one_pass: sigmoid_derivative(one_pass.weighted_inputs[layer])),
        "with the derivative of the sigmoid in the hidden layers, where the activation is tanh",
        "Look at the derivative in the hidden layers.",
        "Whose derivative belongs to a hidden layer? layer.act knows.",
    ),
    _mistake(
        "tanh-formula-at-the-output",
        "activation_derivative",
        _only("output", lambda ref, right, layer, one_pass: 1 - one_pass.activations[layer] ** 2),
        "with 1 - a² as the derivative at the output, where the activation is the sigmoid and it is a(1 - a)",
        "Look at the derivative in the last layer.",
        "1 - a² is the derivative of which activation?",
    ),
    _mistake(
        "sigmoid-formula-in-hidden-layers",
        "activation_derivative",
        _only(
            "hidden",
            lambda ref, right, layer, one_pass: one_pass.activations[layer] * (1 - one_pass.activations[layer]),
        ),
        "with a(1 - a) as the derivative in the hidden layers, where the activation is tanh and it is 1 - a²",
        "Look at the derivative in the hidden layers.",
        "a(1 - a) is the derivative of which activation?",
    ),
)

# --- the gradient of the loss ----------------------------------------------------------------------------------

_HOW_MANY = "The loss is a mean over all N K entries. What is its derivative with respect to one of them?"

_LOSS = (
    _mistake(
        "loss-gradient-without-2",
        "loss_gradient",
        lambda ref, right, prediction, y: right(prediction, y) / 2,
        "without the factor 2 that the square leaves behind in the gradient of the loss",
        "Look at the very first line of the backward pass, the gradient of the loss.",
        "What is the derivative of (ŷ - y)²?",
    ),
    _mistake(
        "loss-gradient-per-sample",
        "loss_gradient",
        lambda ref, right, prediction, y: right(prediction, y) * y.shape[1],
        "when the gradient of the loss is divided by the N samples only, 1/N for 1/(N K)",
        "Look at the number that the gradient of the loss is divided by.",
        _HOW_MANY,
    ),
    _mistake(
        "loss-gradient-per-output",
        "loss_gradient",
        lambda ref, right, prediction, y: right(prediction, y) * y.shape[0],
        "when the gradient of the loss is divided by the K outputs only, 1/K for 1/(N K)",
        "Look at the number that the gradient of the loss is divided by.",
        _HOW_MANY,
    ),
    _mistake(
        "loss-gradient-summed",
        "loss_gradient",
        lambda ref, right, prediction, y: right(prediction, y) * y.size,
        "when the gradient of the loss is not divided by N K: that is the gradient of a sum, not of a mean",
        "Look at the number that the gradient of the loss is divided by.",
        _HOW_MANY,
    ),
    _mistake(
        "averaged-twice",
        "loss_gradient",
        lambda ref, right, prediction, y: right(prediction, y) / y.shape[0],
        "when the gradient is divided by the N samples twice: that of the loss already contains 1/(N K)",
        "Look at every place where you divide by the number of samples.",
        "Where does the 1/(N K) of the mean enter, and how often should it?",
    ),
    _mistake(
        "sign-flipped",
        "loss_gradient",
        lambda ref, right, prediction, y: -right(prediction, y),
        "with y - ŷ for ŷ - y: every gradient has the opposite sign",
        "Look at the sign of the gradient of the loss.",
        "If the prediction is too large, should the derivative of the loss be positive or negative?",
    ),
    _mistake(
        "loss-for-its-gradient",
        "loss_gradient",
        lambda ref, right, prediction, y: np.full_like(y, ((prediction - y) ** 2).mean()),
        "when the loss itself is passed back instead of its gradient",
        "Look at what the backward pass starts from.",
        "Which method of the loss gives a derivative for every output?",
    ),
    _mistake(
        "squared-error-for-its-gradient",
        "loss_gradient",
        lambda ref, right, prediction, y: (prediction - y) ** 2,
        "when the squared errors are passed back instead of their derivative",
        "Look at what the backward pass starts from.",
        "What is the derivative of (ŷ - y)²?",
    ),
    _mistake(
        "mean-squared-error-for-its-gradient",
        "loss_gradient",
        lambda ref, right, prediction, y: (prediction - y) ** 2 / y.size,
        "when the squared errors, divided by N K, are passed back instead of their derivative",
        "Look at what the backward pass starts from.",
        "What is the derivative of (ŷ - y)²?",
    ),
)

_CROSS_ENTROPY = (
    _mistake(
        "cross-entropy-error-signal",
        "output_error_signal",
        lambda ref, right, gradient, one_pass: gradient * gradient.size / 2,
        "with ŷ - y as the error signal of the last layer: that belongs to the cross-entropy, not to this loss",
        "Look at the error signal of the last layer.",
        "For which loss does the derivative of the sigmoid cancel? Is it the loss of this notebook?",
    ),
    _mistake(
        "cross-entropy-error-signal-averaged",
        "output_error_signal",
        lambda ref, right, gradient, one_pass: gradient * gradient.shape[1] / 2,
        "with (ŷ - y) / N as the error signal of the last layer: that belongs to the cross-entropy, not to this loss",
        "Look at the error signal of the last layer.",
        "For which loss does the derivative of the sigmoid cancel? Is it the loss of this notebook?",
    ),
)

# --- passing the error back ------------------------------------------------------------------------------------


def _updated_weights(
    ref: BackwardReference, right: Any, layer: int, delta: Array, above: Array, one_pass: Pass
) -> Array:
    afterwards = ref.own.get(Quantity(WEIGHT, layer + 1, aspect=AFTERWARDS), ref.case.weights[layer])
    return np.asarray(delta @ np.asarray(afterwards).T)


_BACK = (
    _mistake(
        "weights-transposed",
        "passed_back",
        lambda ref, right, layer, delta, above, one_pass: delta @ ref.case.weights[layer],
        "with the weights transposed the wrong way, W for Wᵀ, when the error signal is passed back",
        "Look at the product that carries the error signal to the layer below.",
        "Forward, W maps (batch, in) to (batch, out). What maps (batch, out) back to (batch, in)?",
    ),
    _mistake(
        "weights-of-the-wrong-layer",
        "passed_back",
        lambda ref, right, layer, delta, above, one_pass: delta @ ref.case.weights[layer - 1].T,
        "when the error signal is passed back through the weights of the wrong layer, W⁽ˡ⁾ for W⁽ˡ⁺¹⁾",
        "Look at the index of the weights that carry the error signal back.",
        "Which weights lie between layer l and layer l + 1?",
    ),
    _mistake(
        "updated-weights-used",
        "passed_back",
        _updated_weights,
        "when the error signal is passed back through weights that were already updated",
        "Look at when the weights change.",
        "Which weights made the prediction whose error you are passing back?",
    ),
    _mistake(
        "weight-gradient-for-weights",
        "passed_back",
        lambda ref, right, layer, delta, above, one_pass: delta @ above.T,
        "when the error signal is passed back through the weight gradient instead of the weights",
        "Look at the matrix that carries the error signal back.",
        "Is it W or ∇W that the forward pass multiplied by?",
    ),
    _mistake(
        "raw-error-carried",
        "carried",
        lambda ref, right, layer, delta, before_derivative: before_derivative,
        "when what is carried to the layer below is the error before the derivative was multiplied in",
        "Look at which variable the next round of your loop starts from.",
        "Does Δ⁽ˡ⁾ or only its first factor appear on the right of the equation for Δ⁽ˡ⁻¹⁾?",
    ),
)

# --- the gradients of one layer --------------------------------------------------------------------------------

_WHOSE = "∇W⁽ˡ⁾ joins what came into the layer and the error signal that comes back. Which array came in?"

_GRADIENTS = (
    _mistake(
        "zin-for-zout",
        "weight_gradient",
        lambda ref, right, layer, delta, one_pass: one_pass.weighted_inputs[layer - 1].T @ delta,
        "with the previous layer's weighted input z_in in the place of its output z_out",
        "Look at the array that is multiplied by Δ to give the weight gradient.",
        _WHOSE,
    ),
    _mistake(
        "network-input-for-hidden-output",
        "weight_gradient",
        lambda ref, right, layer, delta, one_pass: one_pass.activations[0].T @ delta,
        "with the network's input X in the place of the previous layer's output, in every layer",
        "Look at the array that is multiplied by Δ to give the weight gradient.",
        _WHOSE,
    ),
    _mistake(
        "own-output-for-input",
        "weight_gradient",
        lambda ref, right, layer, delta, one_pass: one_pass.activations[layer].T @ delta,
        "with the layer's own output in the place of its input",
        "Look at the array that is multiplied by Δ to give the weight gradient.",
        _WHOSE,
    ),
    _mistake(
        "weight-gradient-transposed",
        "weight_gradient",
        lambda ref, right, layer, delta, one_pass: right(layer, delta, one_pass).T,
        "when the weight gradient is transposed: (out, in) for (in, out)",
        "Look at the order of the two factors of the weight gradient.",
        "Which shape does the weight itself have?",
    ),
    _mistake(
        "weight-averaged",
        "weight_gradient",
        lambda ref, right, layer, delta, one_pass: right(layer, delta, one_pass) / len(delta),
        "when the weight gradient is divided by the number of samples once more",
        "Look at what you do after the product for the weight gradient.",
        "The 1/(N K) of the mean is already inside Δ. Does it belong in a second time?",
    ),
    _mistake(
        "weight-times-batch-size",
        "weight_gradient",
        lambda ref, right, layer, delta, one_pass: right(layer, delta, one_pass) * len(delta),
        "when the weight gradient is multiplied by the number of samples",
        "Look at what you do after the product for the weight gradient.",
        "The product already sums over the samples. Does the sum need another factor?",
    ),
    _mistake(
        "weight-gradient-negated",
        "weight_gradient",
        lambda ref, right, layer, delta, one_pass: -right(layer, delta, one_pass),
        "when the weight gradient has the opposite sign",
        "Look at the sign of the weight gradient.",
        "backward stores gradients; who subtracts them?",
    ),
    _mistake(
        "bias-gradient-negated",
        "bias_gradient",
        lambda ref, right, layer, delta: -right(layer, delta),
        "when the bias gradient has the opposite sign",
        "Look at the sign of the bias gradient.",
        "backward stores gradients; who subtracts them?",
    ),
    _mistake(
        "bias-not-summed",
        "bias_gradient",
        lambda ref, right, layer, delta: delta,
        "when the bias gradient is not summed over the batch: one row for every sample",
        "Look at the shape of your bias gradient.",
        "One bias serves all samples. How do their contributions come together?",
    ),
    _mistake(
        "bias-averaged",
        "bias_gradient",
        lambda ref, right, layer, delta: delta.mean(axis=0),
        "when the bias gradient is averaged over the batch instead of summed",
        "Look at how the rows of Δ become one bias gradient.",
        "The 1/(N K) of the mean is already inside Δ. Does it belong in a second time?",
    ),
    _mistake(
        "bias-times-batch-size",
        "bias_gradient",
        lambda ref, right, layer, delta: right(layer, delta) * len(delta),
        "when the bias gradient is multiplied by the number of samples",
        "Look at how the rows of Δ become one bias gradient.",
        "Does the sum over the samples need another factor?",
    ),
    _mistake(
        "bias-summed-over-the-wrong-axis",
        "bias_gradient",
        lambda ref, right, layer, delta: delta.sum(axis=1),
        "when the bias gradient is summed over the neurons instead of the samples",
        "Look at the axis of your sum.",
        "Rows are samples. Which axis should be gone afterwards?",
    ),
    _mistake(
        "bias-summed-over-everything",
        "bias_gradient",
        lambda ref, right, layer, delta: np.asarray(delta.sum()),
        "when the bias gradient is summed over everything: one number for the whole layer",
        "Look at the axis of your sum.",
        "How many biases does a layer have?",
    ),
)

# --- which layers, which calls ---------------------------------------------------------------------------------

_BOOKKEEPING = (
    _mistake(
        "nothing-stored",
        "layers_stored",
        lambda ref, right: [],
        "when no gradient is stored in any layer",
        "Look at where your results end up when backward is done.",
        "Which two methods of NeuralLayer keep a gradient for apply_gradients?",
    ),
    _mistake(
        "last-layer-only",
        "layers_stored",
        lambda ref, right: right()[-1:],
        "when only the last layer gets its gradients",
        "Look at which layers your loop visits.",
        "backward fills the gradients of every layer. Where do those of the hidden layers come from?",
    ),
    _mistake(
        "first-layer-left-out",
        "layers_stored",
        lambda ref, right: right()[1:],
        "when the first layer gets no gradients",
        "Look at where your loop over the layers ends.",
        "Does range(n, 0, -1) reach 0?",
    ),
    _mistake(
        "gradients-accumulated",
        "stored_again",
        lambda ref, right, first, second: first + second,
        "when gradients are added to those of the call before",
        "Look at how a gradient is stored when there is one already.",
        "Should the gradient of this mini-batch depend on the one before?",
    ),
    _mistake(
        "stale-pass",
        "pass_used",
        lambda ref, right, x, previous_x: right(previous_x, previous_x),
        "when the layers still remember the pass of other data",
        "Look at the first line of backward.",
        "Whose values do last_zin and last_zout hold if forward(x) has not run for this x?",
    ),
)

BACKWARD = (*_DERIVATIVE, *_LOSS, *_CROSS_ENTROPY, *_BACK, *_GRADIENTS, *_BOOKKEEPING)
"""Mistakes in `NeuralNetwork.backward`."""
