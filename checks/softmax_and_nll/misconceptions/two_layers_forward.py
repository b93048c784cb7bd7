"""Mistakes in the network of two layers that have a label of their own: its forward pass."""

from __future__ import annotations

from checks.formulas.slips import Words, Worked, written
from checks.formulas.tree import Node
from checks.judging.reference import Misconception
from checks.softmax_and_nll.reference import (
    A1,
    B1,
    B2,
    W1,
    W2,
    Z1,
    Z2,
    HiddenReference,
    NetworkReference,
    X,
    of,
    sigmoid,
    softmax,
)

_TRANSPOSED = "Look at the shapes in the product."
_RELU, _SOFTMAX = "Look at the ReLU.", "Look at what happens to z2."
_NEVER_USED, _ADD_UP = "Which of the arguments is never used?", "Do the two outputs add up to 1?"

FORWARD: dict[str, tuple[str, Node, str, str, str]] = {
    "relu-left-out": (
        "relu", Z1, "without the ReLU in the hidden layer", "", "Can a hidden activation be negative?"
    ),
    "hidden-bias-left-out": ("hidden_input", W1.T @ X, "without the bias b1", "", _NEVER_USED),
    "w1-not-transposed": (
        "hidden_input", W1 @ X + B1, "from W1 x, where W1 is not transposed", _TRANSPOSED,
        "W1 is (m, h) and x is (m, 1). Which product gives (h, 1)?",
    ),
    "bias-subtracted": (
        "hidden_input", W1.T @ X - B1, "when the bias is subtracted", "Look at the sign of the bias.",
        "Is the bias of the notebook's network negative already?",
    ),
    "bias-after-the-relu": (
        "relu", of("relu", W1.T @ X) + B1, "when the bias is added after the ReLU",
        "Look at the order of the two steps.",
        "What goes into the ReLU: W1ᵀ x, or all of z1?",
    ),
    "sigmoid-instead-of-relu": (
        "relu", sigmoid(Z1), "with the sigmoid instead of the ReLU", "",
        "Which activation is written in the table of the network?",
    ),
    "minimum-instead-of-maximum": (
        "relu", of("negative part", Z1), "with the minimum of 0 and z1 instead of the maximum", _RELU,
        "Which numbers does it let through?",
    ),
    "absolute-value": (
        "relu", of("abs", Z1), "with the absolute value instead of the ReLU", _RELU,
        "What does it make of a negative number?",
    ),
    "derivative-of-the-relu": (
        "relu", of("relu'", Z1), "from the derivative of the ReLU, 0 or 1, instead of the ReLU", _RELU,
        "What does it make of the number 3?",
    ),
    "output-bias-left-out": ("output_input", W2.T @ A1, "without the bias b2", "", _NEVER_USED),
    "softmax-left-out": ("output", Z2, "without the softmax of the output layer", _SOFTMAX, _ADD_UP),
    "sigmoid-at-the-output": (
        "output", sigmoid(Z2), "with the sigmoid instead of the softmax at the output", "", _ADD_UP
    ),
    "relu-at-the-output": (
        "output", softmax(of("relu", Z2)), "with a ReLU before the softmax of the output layer", _SOFTMAX,
        "Which activation belongs to which layer?",
    ),
    "w2-not-transposed": (
        "output_input", W2 @ A1 + B2, "from W2 a1, where W2 is not transposed", _TRANSPOSED,
        "W2 is (h, n) and a1 is (h, 1). Which product gives (n, 1)?",
    ),
}  # fmt: skip
"""By label: the step, how it is written, and the words."""


def _passes(reference: type[Worked], *labels: str) -> tuple[Misconception, ...]:
    found = []
    for label in labels:
        step, tree, says, look, think = FORWARD[label]
        words: Words = {"says": says, "think": think}
        found.append(written(reference, label, step, tree, **(words | {"look": look} if look else words)))
    return tuple(found)


_HIDDEN = ("relu-left-out", "hidden-bias-left-out", "w1-not-transposed")

HIDDEN_ACTIVATIONS = _passes(
    HiddenReference,
    *_HIDDEN,
    "bias-subtracted",
    "bias-after-the-relu",
    "sigmoid-instead-of-relu",
    "minimum-instead-of-maximum",
    "absolute-value",
    "derivative-of-the-relu",
)
"""Mistakes in `hidden_activations`."""

NETWORK_OUTPUT = _passes(
    NetworkReference,
    *_HIDDEN,
    "output-bias-left-out",
    "softmax-left-out",
    "sigmoid-at-the-output",
    "relu-at-the-output",
    "w2-not-transposed",
)
"""Mistakes in `network_output`."""
