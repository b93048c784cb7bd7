"""Mistakes in the network of two layers: its two updates, and the output after them."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.judging.reference import Misconception
from checks.observing.observation import Array
from checks.softmax_and_nll.case import Inputs
from checks.softmax_and_nll.misconceptions.wording import mistake


def _ascent(ref: Any, right: Any, W: Array, gradient: Array, rate: float) -> Array:
    return W + rate * gradient


_ASCENT = mistake(
    "updated",
    "ascent",
    _ascent,
    "with the opposite sign of the step, which climbs up the loss",
    "Look at the signs: of the step, and of the error signal.",
    "The gradient points uphill. Where do you want to go?",
)
_RATE_LEFT_OUT = mistake(
    "updated",
    "learning-rate-left-out",
    lambda ref, right, W, gradient, rate: W - gradient,
    "without the learning rate",
    "Look at the length of the step.",
    "Which of the arguments is never used?",
)
_DERIVATIVE_KEPT = mistake(
    "output_error",
    "derivative-kept",
    lambda ref, right, a2, y: right(a2, y) * a2 * (1 - a2),
    "with an additional factor a2 (1 - a2) in the error signal, which cancels with this loss",
    "Look at the error signal of the output.",
    "δ₂ = a2 - y is already the derivative with respect to z2. What would a further factor be for?",
)
_LABEL_LEFT_OUT = mistake(
    "output_error",
    "label-left-out",
    lambda ref, right, a2, y: a2,
    "when a2 itself is used as the error signal, without the label y",
    "Look at the error signal of the output.",
    "What should it be if a2 equals y?",
)
_GRADIENT_RETURNED = mistake(
    "updated",
    "gradient-returned",
    lambda ref, right, W, gradient, rate: gradient,
    "when the gradient is returned instead of the new weights",
    "Look at what you return.",
    "From where does the step start?",
)
_NOT_UPDATED = mistake(
    "updated",
    "not-updated",
    lambda ref, right, W, gradient, rate: W,
    "when the weights stay as they were",
    "Look at what you return.",
    "Are the new weights stored, and are they what you return?",
)
_RATE_OF_THE_EXAMPLE = mistake(
    "updated",
    "rate-of-the-example",
    lambda ref, right, W, gradient, rate: W - 0.5 * gradient,
    "with the learning rate 0.5, whatever is given",
    "Look for a number that should be an argument.",
    "What does your function do for another learning rate?",
)
_STEP_RETURNED = mistake(
    "updated",
    "step-returned",
    lambda ref, right, W, gradient, rate: -rate * gradient,
    "when only the step is returned, not the weights after it",
    "Look at what you return.",
    "From where does the step start?",
)
_DIAGONAL_JACOBIAN = mistake(
    "output_error",
    "diagonal-jacobian",
    lambda ref, right, a2, y: -y * (1 - a2),
    "when the derivative of the softmax is taken as its diagonal a2 (1 - a2) only",
    "Look at the derivative of the softmax.",
    "If z2 of one class grows, what happens to the probabilities of all the others?",
)
_JACOBIAN_LEFT_OUT = mistake(
    "output_error",
    "jacobian-left-out",
    lambda ref, right, a2, y: -y / a2,
    "when the derivative of the loss with respect to a2 is used, without that of the softmax",
    "Look at the chain of derivatives from the loss to z2.",
    "Which function lies between z2 and a2?",
)
_UPDATES = (
    _RATE_OF_THE_EXAMPLE,
    _STEP_RETURNED,
    _DIAGONAL_JACOBIAN,
    _JACOBIAN_LEFT_OUT,
    _ASCENT,
    _RATE_LEFT_OUT,
    _DERIVATIVE_KEPT,
    _LABEL_LEFT_OUT,
    _GRADIENT_RETURNED,
    _NOT_UPDATED,
)

UPDATED_W2 = (
    *_UPDATES,
    mistake(
        "gradient_2",
        "x-for-a1",
        lambda ref, right, a1, error, given: given["x"] @ error.T,
        "with x in the place of a1",
        "Look at what the output layer receives.",
        "What goes into a layer: the input of the network, or the output of the layer before?",
    ),
    mistake(
        "gradient_2",
        "z1-for-a1",
        lambda ref, right, a1, error, given: ref.hidden_input(given["x"], given["W1"], given["b1"]) @ error.T,
        "with z1 in the place of a1",
        "Look at what the output layer receives.",
        "What lies between z1 and the output layer?",
    ),
    mistake(
        "gradient_2",
        "relu-derivative-for-a1",
        lambda ref, right, a1, error, given: (a1 > 0) @ error.T,
        "with relu'(z1) in the place of a1",
        "Look at what the output layer receives.",
        "What is the derivative of z2 with respect to an entry of W2?",
    ),
    mistake(
        "gradient_2",
        "weighted-by-w2",
        lambda ref, right, a1, error, given: given["W2"] * error.T,
        "with W2 in the place of a1",
        "Look at what the error signal is multiplied by.",
        "What is the derivative of W a with respect to W: W, or a?",
    ),
    mistake(
        "gradient_2",
        "transposed",
        lambda ref, right, a1, error, given: error @ a1.T,
        "when the gradient is transposed",
        "Look at the shape of the gradient.",
        "Rows of W2 belong to hidden neurons, columns to classes. And those of your gradient?",
    ),
)
"""Mistakes in `updated_w2`."""

_UPDATED_W2_USED = mistake(
    "passed_back",
    "updated-w2-used",
    lambda ref, right, error, given: right(error, {**given, "W2": ref.call("updated_w2", given)}),
    "with the updated W2 (the error signal of the hidden layer needs the W2 of the forward pass)",
    "Look at which W2 passes the error signal back.",
    "Which weights made the output whose loss you differentiate?",
)

_BACKWARD = (
    _UPDATED_W2_USED,
    mistake(
        "relu_derivative",
        "relu-derivative-left-out",
        lambda ref, right, z1, given: np.ones_like(z1),
        "without the derivative of the ReLU",
        "Look at the hidden error signal.",
        "If a hidden neuron is off, does a small change of its weights change anything?",
    ),
)

UPDATED_W1 = (
    *_UPDATES,
    *_BACKWARD,
    mistake(
        "relu_derivative",
        "relu-for-its-derivative",
        lambda ref, right, z1, given: np.maximum(z1, 0),
        "with the ReLU in the place of its derivative",
        "Look at the hidden error signal.",
        "How steep is the ReLU at 3?",
    ),
    mistake(
        "relu_derivative",
        "derivative-at-w2-x",
        lambda ref, right, z1, given: _at_w2_x(z1, given, given["W2"]),
        "with the derivative of the ReLU taken at W2 x, which fits only if inputs and outputs are equally many",
        "Look at where the derivative of the ReLU is taken.",
        "Which number goes into the ReLU of a hidden neuron?",
    ),
    mistake(
        "relu_derivative",
        "derivative-at-what-is-passed-back",
        lambda ref, right, z1, given: (ref.passed_back(ref.signal(given), given) > 0).astype(float),
        "with the derivative of the ReLU taken at W2 δ₂",
        "Look at where the derivative of the ReLU is taken.",
        "Which number goes into the ReLU of a hidden neuron?",
    ),
    mistake(
        "gradient_1",
        "a1-for-x",
        lambda ref, right, error, given: ref.hidden_activations(given) @ error.T,
        "with a1 in the place of x",
        "Look at what the hidden layer receives.",
        "What goes into the first layer?",
    ),
    mistake(
        "passed_back",
        "w2-left-out",
        lambda ref, right, error, given: error,
        "when the error signal of the output is used for the hidden layer as it is, without W2",
        "Look at how the error signal comes to the hidden layer.",
        "How strongly does a hidden neuron act on each of the outputs?",
    ),
    mistake(
        "passed_back",
        "w2-transposed",
        lambda ref, right, error, given: given["W2"].T @ error,
        "from W2ᵀ δ₂ (on the way back W2 is not transposed)",
        "Look at the shapes in the product.",
        "W2 is (h, n) and δ₂ is (n, 1). Which product gives (h, 1)?",
    ),
    mistake(
        "gradient_1",
        "transposed",
        lambda ref, right, error, given: error @ given["x"].T,
        "when the gradient is transposed",
        "Look at the shape of the gradient.",
        "Rows of W1 belong to inputs, columns to hidden neurons. And those of your gradient?",
    ),
)
"""Mistakes in `updated_w1`."""


def _at_w2_x(z1: Array, given: Inputs, W2: Array) -> Array:
    return np.asarray(W2 @ given["x"] > 0, dtype=np.float64).reshape(z1.shape)


def _updated(ref: Any, name: str, first: str, given: Inputs) -> Array:
    """Return one matrix after its step, computed when the other one has taken its step."""
    new = ref.call(f"updated_{first.lower()}", given)
    return np.asarray(ref.call(f"updated_{name.lower()}", {**given, first: new}))


def _after(label: str, otherwise: Any, says: str, look: str, think: str) -> Misconception:
    return mistake("weights_after", label, otherwise, says, look, think)


OUTPUT_AFTER_STEP = (
    _ASCENT,
    _RATE_LEFT_OUT,
    _RATE_OF_THE_EXAMPLE,
    *_BACKWARD,
    _after(
        "old-weights-used",
        lambda ref, right, given: given,
        "when the output is computed with the old weights",
        "Look at which weights the last forward pass uses.",
        "What has changed since the first forward pass?",
    ),
    _after(
        "only-w2-updated",
        lambda ref, right, given: {**right(given), "W1": given["W1"]},
        "when only W2 is updated",
        "Look at which weights the last forward pass uses.",
        "How many weight matrices does the network have?",
    ),
    _after(
        "only-w1-updated",
        lambda ref, right, given: {**right(given), "W2": given["W2"]},
        "when only W1 is updated",
        "Look at which weights the last forward pass uses.",
        "How many weight matrices does the network have?",
    ),
    _after(
        "w2-gradient-after-w1",
        lambda ref, right, given: {**right(given), "W2": _updated(ref, "W2", "W1", given)},
        "when W1 is updated first and the gradient of W2 is computed with the new W1",
        "Look at the order of the two updates.",
        "Which weights made the output whose loss you differentiate?",
    ),
    _after(
        "w1-gradient-after-w2",
        lambda ref, right, given: {**right(given), "W1": _updated(ref, "W1", "W2", given)},
        "when W2 is updated first and everything for W1 is computed with the new W2",
        "Look at the order of the two updates.",
        "Which weights made the output whose loss you differentiate?",
    ),
    _after(
        "biases-updated",
        lambda ref, right, given: _with_new_biases(ref, right(given), given),
        "when the biases take a step too (in this exercise they stay as they are)",
        "Look at what changes in the step.",
        "Which parameters does this exercise keep?",
    ),
    mistake(
        "last_activation",
        "softmax-left-out",
        lambda ref, right, output, after: ref.weighted_output(after),
        "without the softmax of the output layer in the last forward pass",
        "Look at what happens to z2.",
        "Do the two outputs add up to 1?",
    ),
)
"""Mistakes in `output_after_step`."""


def _with_new_biases(ref: Any, after: Inputs, given: Inputs) -> Inputs:
    rate, signal = given["learning_rate"], ref.signal(given)
    return {**after, "b1": given["b1"] - rate * ref.hidden_error(given), "b2": given["b2"] - rate * signal}
