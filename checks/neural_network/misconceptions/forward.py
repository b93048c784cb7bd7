"""Mistakes in the forward pass."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from checks.judging.reference import Misconception, Override
from checks.neural_network.reference import FORMULAS, ForwardReference, sigmoid


def _mistake(label: str, step: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    return Misconception(label, Override(step, otherwise), says, look, think, FORMULAS.get(step, ("", ""))[0])


def _is_output(reference: ForwardReference, layer: int) -> bool:
    return layer == reference.depth


def _softmax(z: Any) -> Any:
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


FORWARD = (
    _mistake(
        "activation-left-out",
        "activation",
        lambda ref, right, layer, z: z,
        "without any activation: every layer hands on its weighted input z",
        "Look at what one layer hands to the next.",
        "How many layers does a chain of purely linear layers amount to?",
    ),
    _mistake(
        "hidden-activation-left-out",
        "activation",
        lambda ref, right, layer, z: right(layer, z) if _is_output(ref, layer) else z,
        "without the activation, tanh, in the hidden layers",
        "Look at what the hidden layers hand on.",
        "Which of z and tanh(z) is the input of the next layer?",
    ),
    _mistake(
        "output-activation-left-out",
        "activation",
        lambda ref, right, layer, z: z if _is_output(ref, layer) else right(layer, z),
        "without the activation, the sigmoid, at the output",
        "Look at the very last layer.",
        "Between which two numbers must a probability lie, and does yours?",
    ),
    _mistake(
        "bias-left-out",
        "weighted_input",
        lambda ref, right, layer, incoming: incoming @ ref.case.weights[layer - 1],
        "without the bias b",
        "Look at the weighted input z of a layer.",
        "What does a layer give if its input is all zeros?",
    ),
    _mistake(
        "tanh-at-the-output",
        "activation",
        lambda ref, right, layer, z: np.tanh(z),
        "with tanh at the output instead of the sigmoid",
        "Look at the very last layer.",
        "Which activation does the last NeuralLayer hold?",
    ),
    _mistake(
        "sigmoid-in-hidden-layers",
        "activation",
        lambda ref, right, layer, z: sigmoid(z),
        "with the sigmoid in the hidden layers instead of tanh",
        "Look at the activation of the hidden layers.",
        "Which activation do the hidden NeuralLayers hold?",
    ),
    _mistake(
        "softmax-at-the-output",
        "activation",
        lambda ref, right, layer, z: _softmax(z) if _is_output(ref, layer) else right(layer, z),
        "with a softmax at the output instead of the sigmoid",
        "Look at the very last layer.",
        "Should the outputs of one sample sum to 1 here?",
    ),
    _mistake(
        "activation-applied-twice",
        "activation",
        lambda ref, right, layer, z: right(layer, right(layer, z)),
        "with every activation applied twice",
        "Look at what NeuralLayer.forward already does.",
        "Is the activation part of a NeuralLayer, or must you apply it yourself?",
    ),
    _mistake(
        "last-layer-skipped",
        "layers_passed",
        lambda ref, right: right()[:-1],
        "without the last layer: it is the output of the last hidden layer",
        "Look at where your loop over the layers ends.",
        "Does `range`, or your slice, include the last layer?",
    ),
    _mistake(
        "first-layer-only",
        "layers_passed",
        lambda ref, right: right()[:1],
        "after the first layer only",
        "Look at where your function returns.",
        "Is your `return` inside the loop?",
    ),
    _mistake(
        "pass-not-remembered",
        "remembered",
        lambda ref, right, one_pass: {},
        "if NeuralLayer.forward is not called: the prediction is right, but the layers do not remember the pass, "
        "which backward needs",
        "Look at who calls the layers.",
        "Which method of NeuralLayer stores last_input, last_zin and last_zout?",
    ),
)
"""Mistakes in `NeuralNetwork.forward`."""
