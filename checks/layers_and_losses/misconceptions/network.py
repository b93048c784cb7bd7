"""Mistakes in TwoLayerNetwork that have a label of their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from checks.formulas.slips import listed
from checks.formulas.tree import Activation, phi
from checks.layers_and_losses.reference import joints
from checks.layers_and_losses.reference_network import GK, RECEIVED, A, TwoLayerReference

_activation = partial(listed, TwoLayerReference, "activation")
_derivative = partial(listed, TwoLayerReference, "activation_derivative")
_other = partial(joints, TwoLayerReference)
_INPUT = A[-1]
_NO_DERIVATIVE = "How many backward calls does a network of four layers need?"
_GIVEN_LAST = "Which object does the last step, there and back? Does your code call self.layers[3]?"
_WENT_IN = "backward(x, grad_output) wants what went into the layer. Which of z and a is that?"


def _at_the_output_of(layer: int, where: str) -> tuple[Callable[..., Any], str, str]:
    says = f"when the gradient at the output of the {where} Linear is returned, not that with respect to x"
    return lambda ref, right: ref.known["g", layer], says, "Which shape does x have?"


TWO_LAYER_NETWORK = (
    *_other(
        "layers_passed",
        {
            "output-activation-left-out": (
                lambda ref, right: 3,
                "without the last layer: the output is that of the second Linear",
                "Between which two numbers does the output of a sigmoid lie, and does yours?",
            ),
            "one-layer-only": (lambda ref, right: 1, "after the first layer only", "Is your `return` inside the loop?"),
            "half-the-network": (
                lambda ref, right: 2,
                "after the first two layers only",
                "How many numbers should come out for one sample?",
            ),
        },
    ),
    *_activation(
        {
            "hidden-activation-left-out": (
                _INPUT,
                "without the activation between the two linear layers",
                "How many layers do two linear layers without anything between them amount to?",
            )
        },
        "hidden",
    ),
    *_activation(
        {
            "output-layer-replaced": (
                Activation(_INPUT, of="σ"),
                "with a sigmoid at the end, whatever layer the network was given there",
                _GIVEN_LAST,
            )
        },
        "output",
    ),
    *_activation({"activation-applied-twice": (phi(phi(_INPUT)), "with every activation applied twice")}),
    *_derivative(
        {
            "derivative-left-out-at-the-output": (GK, "without the derivative of the last layer", _NO_DERIVATIVE),
            "output-for-input-at-the-end": (
                GK * Activation(A, "slope"),
                "when the last layer's backward is given the network's output instead of that layer's input",
                _WENT_IN,
            ),
            "output-derivative-replaced": (
                GK * Activation(RECEIVED, "slope", "σ"),
                "with the derivative of a sigmoid at the end, whatever layer the network was given there",
                _GIVEN_LAST,
            ),
        },
        "output",
    ),
    *_derivative(
        {"derivative-left-out-in-the-middle": (GK, "without the derivative of the hidden sigmoid", _NO_DERIVATIVE)},
        "hidden",
    ),
    *_derivative(
        {
            "derivatives-left-out": (GK, "without the derivatives of both activations", _NO_DERIVATIVE),
            "output-for-input": (
                GK * Activation(A, "slope"),
                "when the activations' backward is given the layer's output instead of its input",
                _WENT_IN,
            ),
        }
    ),
    *_other(
        "start",
        {
            "grad-output-left-out": (
                lambda ref, right, g: right(g) * 0 + 1,
                "when backward starts with 1 instead of grad_output",
                "How should the layers know which loss is being differentiated?",
            ),
            "gradient-averaged": (
                lambda ref, right, g: right(g) / len(g),
                "when the gradients are divided by the number of samples; losses are plain sums here",
                "The gradient of a batch is the sum over its samples, says the boxed convention. And yours?",
            ),
        },
    ),
    *_other(
        "layers_stored",
        {
            "first-layer-left-out": (
                lambda ref, right: right()[1:],
                "when the way back ends before the first layer: it has no gradients",
                "Which layers have weights, and did the backward of each run?",
            )
        },
    ),
    *_other(
        "returned",
        {
            "returned-before-the-first-layer": _at_the_output_of(1, "first"),
            "gradient-at-the-output-returned": _at_the_output_of(3, "second"),
        },
    ),
)
"""Mistakes in `TwoLayerNetwork`."""
