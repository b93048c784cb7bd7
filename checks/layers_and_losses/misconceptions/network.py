"""Mistakes in TwoLayerNetwork that have a label of their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from checks.formulas.slips import listed
from checks.formulas.tree import Activation, phi
from checks.judging.reference import Misconception, Override
from checks.layers_and_losses.reference_network import GK, RECEIVED, A, TwoLayerReference

_activation = partial(listed, TwoLayerReference, "activation")
_derivative = partial(listed, TwoLayerReference, "activation_derivative")
_INPUT = A[-1]
_NO_DERIVATIVE = "How many backward calls does a network of four layers need?"
_GIVEN_LAST = "Which object does the last step, there and back? Does your code call self.layers[3]?"
_WENT_IN = "backward(x, grad_output) wants what went into the layer. Which of z and a is that?"


def _other(label: str, step: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    return Misconception(label, Override(step, otherwise), says, look, think, TwoLayerReference.explained[step][0])


def _ends(label: str, after: int, says: str, think: str) -> Misconception:
    look = "Look at how many of the four layers x passes through, and at where forward returns."
    return _other(label, "layers_passed", lambda ref, right: after, says, look, think)


def _returned(label: str, layer: int, where: str) -> Misconception:
    says = f"when the gradient at the output of the {where} Linear is returned, not that with respect to x"
    look, think = "Look at which backward's result you return.", "Which shape does x have?"
    return _other(label, "returned", lambda ref, right: ref.known["g", layer], says, look, think)


TWO_LAYER_NETWORK = (
    _ends(
        "output-activation-left-out",
        3,
        "without the last layer: the output is that of the second Linear",
        "Between which two numbers does the output of a sigmoid lie, and does yours?",
    ),
    _ends("one-layer-only", 1, "after the first layer only", "Is your `return` inside the loop?"),
    _ends("half-the-network", 2, "after the first two layers only", "How many numbers should come out for one sample?"),
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
    _other(
        "grad-output-left-out",
        "start",
        lambda ref, right, g: right(g) * 0 + 1,
        "when backward starts with 1 instead of grad_output",
        "Look at the arguments of backward.",
        "How should the layers know which loss is being differentiated?",
    ),
    _other(
        "gradient-averaged",
        "start",
        lambda ref, right, g: right(g) / len(g),
        "when the gradients are divided by the number of samples; losses are plain sums here",
        "Look at the factors in your backward.",
        "The gradient of a batch is the sum over its samples, says the boxed convention. And yours?",
    ),
    _other(
        "first-layer-left-out",
        "layers_stored",
        lambda ref, right: right()[1:],
        "when the way back ends before the first layer: it has no gradients",
        "Look at where your loop ends.",
        "Which layers have weights, and did the backward of each run?",
    ),
    _returned("returned-before-the-first-layer", 1, "first"),
    _returned("gradient-at-the-output-returned", 3, "second"),
)
"""Mistakes in `TwoLayerNetwork`."""
