"""Mistakes in the network of two layers: its forward pass."""

from __future__ import annotations

import numpy as np

from checks.softmax_and_nll.misconceptions.wording import mistake
from checks.softmax_and_nll.reference import sigmoid

_RELU_LEFT_OUT = mistake(
    "relu",
    "relu-left-out",
    lambda ref, right, z1, given: z1,
    "without the ReLU in the hidden layer",
    "Look at what happens to z1.",
    "Can a hidden activation be negative?",
)
_HIDDEN_BIAS_LEFT_OUT = mistake(
    "hidden_input",
    "hidden-bias-left-out",
    lambda ref, right, x, W1, b1: W1.T @ x,
    "without the bias b1",
    "Look at what is added to W1ᵀ x.",
    "Which of the arguments is never used?",
)
_W1_NOT_TRANSPOSED = mistake(
    "hidden_input",
    "w1-not-transposed",
    lambda ref, right, x, W1, b1: W1 @ x + b1,
    "from W1 x, where W1 is not transposed",
    "Look at the shapes in the product.",
    "W1 is (m, h) and x is (m, 1). Which product gives (h, 1)?",
)

HIDDEN_ACTIVATIONS = (
    _RELU_LEFT_OUT,
    _HIDDEN_BIAS_LEFT_OUT,
    _W1_NOT_TRANSPOSED,
    mistake(
        "hidden_input",
        "bias-subtracted",
        lambda ref, right, x, W1, b1: W1.T @ x - b1,
        "when the bias is subtracted",
        "Look at the sign of the bias.",
        "Is the bias of the notebook's network negative already?",
    ),
    mistake(
        "relu",
        "bias-after-the-relu",
        lambda ref, right, z1, given: np.maximum(z1 - given["b1"], 0) + given["b1"],
        "when the bias is added after the ReLU",
        "Look at the order of the two steps.",
        "What goes into the ReLU: W1ᵀ x, or all of z1?",
    ),
    mistake(
        "relu",
        "sigmoid-instead-of-relu",
        lambda ref, right, z1, given: sigmoid(z1),
        "with the sigmoid instead of the ReLU",
        "Look at the activation of the hidden layer.",
        "Which activation is written in the table of the network?",
    ),
    mistake(
        "relu",
        "minimum-instead-of-maximum",
        lambda ref, right, z1, given: np.minimum(z1, 0),
        "with the minimum of 0 and z1 instead of the maximum",
        "Look at the ReLU.",
        "Which numbers does it let through?",
    ),
    mistake(
        "relu",
        "absolute-value",
        lambda ref, right, z1, given: abs(z1),
        "with the absolute value instead of the ReLU",
        "Look at the ReLU.",
        "What does it make of a negative number?",
    ),
    mistake(
        "relu",
        "derivative-of-the-relu",
        lambda ref, right, z1, given: (z1 > 0).astype(float),
        "from the derivative of the ReLU, 0 or 1, instead of the ReLU",
        "Look at the ReLU.",
        "What does it make of the number 3?",
    ),
)
"""Mistakes in `hidden_activations`."""

_OUTPUT_BIAS_LEFT_OUT = mistake(
    "output_input",
    "output-bias-left-out",
    lambda ref, right, a1, W2, b2: W2.T @ a1,
    "without the bias b2",
    "Look at what is added to W2ᵀ a1.",
    "Which of the arguments is never used?",
)
_SOFTMAX_LEFT_OUT = mistake(
    "output",
    "softmax-left-out",
    lambda ref, right, z2: z2,
    "without the softmax of the output layer",
    "Look at what happens to z2.",
    "Do the two outputs add up to 1?",
)
_SIGMOID_OUTPUT = mistake(
    "output",
    "sigmoid-at-the-output",
    lambda ref, right, z2: sigmoid(z2),
    "with the sigmoid instead of the softmax at the output",
    "Look at the activation of the output layer.",
    "Do the outputs add up to 1?",
)

NETWORK_OUTPUT = (
    _RELU_LEFT_OUT,
    _HIDDEN_BIAS_LEFT_OUT,
    _W1_NOT_TRANSPOSED,
    _OUTPUT_BIAS_LEFT_OUT,
    _SOFTMAX_LEFT_OUT,
    _SIGMOID_OUTPUT,
    mistake(
        "output",
        "relu-at-the-output",
        lambda ref, right, z2: right(np.maximum(z2, 0)),
        "with a ReLU before the softmax of the output layer",
        "Look at what happens to z2.",
        "Which activation belongs to which layer?",
    ),
    mistake(
        "output_input",
        "w2-not-transposed",
        lambda ref, right, a1, W2, b2: W2 @ a1 + b2,
        "from W2 a1, where W2 is not transposed",
        "Look at the shapes in the product.",
        "W2 is (h, n) and a1 is (h, 1). Which product gives (n, 1)?",
    ),
)
"""Mistakes in `network_output`."""
