"""Mistakes in the forward pass that have a label of their own."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from checks.formulas.slips import written
from checks.formulas.tree import Activation, phi
from checks.judging.reference import Misconception, Override
from checks.neural_network.reference import A, ForwardReference, W, Z
from checks.observing.observation import Array

_activation = partial(written, ForwardReference, step="activation")


def _softmax_at_the_output(ref: ForwardReference, right: Any, layer: int) -> Array:
    if layer < ref.depth:
        return np.asarray(right(layer))
    powers = np.exp(ref.known["Z", layer] - ref.known["Z", layer].max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


FORWARD = (
    _activation(
        "activation-left-out",
        tree=Z,
        says="without any activation: every layer hands on its weighted input z",
        look="Look at what one layer hands to the next.",
        think="How many layers does a chain of purely linear layers amount to?",
    ),
    _activation(
        "hidden-activation-left-out",
        tree=Z,
        where="hidden",
        says="without the activation, tanh, in the hidden layers",
        think="Which of z and tanh(z) is the input of the next layer?",
    ),
    _activation(
        "output-activation-left-out",
        tree=Z,
        where="output",
        says="without the activation, the sigmoid, at the output",
        think="Between which two numbers must a probability lie, and does yours?",
    ),
    written(
        ForwardReference,
        "bias-left-out",
        "weighted_input",
        A[-1] @ W,
        says="without the bias b",
        think="What does a layer give if its input is all zeros?",
    ),
    _activation(
        "tanh-at-the-output",
        tree=Activation(Z, of="tanh"),
        says="with tanh at the output instead of the sigmoid",
        look="Look at the very last layer.",
        think="Which activation does the last NeuralLayer hold?",
    ),
    _activation(
        "sigmoid-in-hidden-layers",
        tree=Activation(Z, of="σ"),
        says="with the sigmoid in the hidden layers instead of tanh",
        look="Look at the activation of the hidden layers.",
        think="Which activation do the hidden NeuralLayers hold?",
    ),
    Misconception(
        "softmax-at-the-output",
        Override("activation", _softmax_at_the_output),
        "with a softmax at the output instead of the sigmoid",
        "Look at the very last layer.",
        "Should the outputs of one sample sum to 1 here?",
        "(2)",
    ),
    _activation(
        "activation-applied-twice",
        tree=phi(phi(Z)),
        says="with every activation applied twice",
        look="Look at what NeuralLayer.forward already does.",
        think="Is the activation part of a NeuralLayer, or must you apply it yourself?",
    ),
    Misconception(
        "last-layer-skipped",
        Override("layers_passed", lambda ref, right: right()[:-1]),
        "without the last layer: it is the output of the last hidden layer",
        "Look at where your loop over the layers ends.",
        "Does `range`, or your slice, include the last layer?",
    ),
    Misconception(
        "first-layer-only",
        Override("layers_passed", lambda ref, right: right()[:1]),
        "after the first layer only",
        "Look at where your function returns.",
        "Is your `return` inside the loop?",
    ),
    Misconception(
        "pass-not-remembered",
        Override("remembered", lambda ref, right, one_pass: {}),
        "if NeuralLayer.forward is not called: the prediction is right, but the layers do not remember the pass, "
        "which backward needs",
        "Look at who calls the layers.",
        "Which method of NeuralLayer stores last_input, last_zin and last_zout?",
    ),
)
"""Mistakes in `NeuralNetwork.forward`."""
