"""Mistakes in TwoLayerNetwork that have a label of their own."""

from __future__ import annotations

from functools import partial
from typing import Any

from checks.formulas.slips import written
from checks.formulas.tree import Activation, phi
from checks.judging.reference import Misconception, Override
from checks.layers_and_losses.reference import GK, RECEIVED, A, TwoLayerReference

_activation = partial(written, TwoLayerReference, step="activation")
_derivative = partial(written, TwoLayerReference, step="activation_derivative")
_INPUT = A[-1]
_NUMBERS = {step: number for step, (number, _) in TwoLayerReference.explained.items()}


def _mistake(label: str, step: str, otherwise: Any, says: str, look: str, think: str) -> Misconception:
    return Misconception(label, Override(step, otherwise), says, look, think, _NUMBERS[step])


def _ends(label: str, layer: int, says: str, think: str) -> Misconception:
    look = "Look at how many of the four layers x passes through."
    return _mistake(label, "layers_passed", lambda ref, right: layer, says, look, think)


def _returned(label: str, layer: int, where: str) -> Misconception:
    says = f"when the gradient at the output of the {where} Linear is returned, not that with respect to x"
    look = "Look at which backward's result you return."
    return _mistake(label, "returned", lambda ref, right: ref.known["g", layer], says, look, "Which shape does x have?")


_HOW_MANY = {"think": "How many backward calls does a network of four layers need?"}
_GIVEN_LAST = {
    "look": "Look at which object computes the last step, there and back.",
    "think": "Does your code call self.layers[3]?",
}
_WENT_IN = {"think": "backward(x, grad_output) wants what went into the layer. Which of z and a is that?"}

TWO_LAYER_NETWORK = (
    _ends(
        "output-activation-left-out",
        3,
        "without the last layer: the output is that of the second Linear",
        "Between which two numbers does the output of a sigmoid lie, and does yours?",
    ),
    _ends("one-layer-only", 1, "after the first layer only", "Is your `return` inside the loop?"),
    _ends("half-the-network", 2, "after the first two layers only", "How many numbers should come out for one sample?"),
    _activation(
        "hidden-activation-left-out",
        tree=_INPUT,
        where="hidden",
        says="without the activation between the two linear layers",
        look="Look at what the second Linear receives.",
        think="How many layers do two linear layers without anything between them amount to?",
    ),
    _activation(
        "output-layer-replaced",
        tree=Activation(_INPUT, of="σ"),
        where="output",
        says="with a sigmoid at the end, whatever layer the network was given there",
        **_GIVEN_LAST,
    ),
    _activation(
        "activation-applied-twice",
        tree=phi(phi(_INPUT)),
        says="with every activation applied twice",
        look="Look at how often each layer's forward is called.",
        think="How many layers does the list hold?",
    ),
    _derivative(
        "derivative-left-out-at-the-output",
        tree=GK,
        where="output",
        says="without the derivative of the last layer: its backward is left out",
        think="Which layer made the output, and did its backward run?",
    ),
    _derivative(
        "derivative-left-out-in-the-middle",
        tree=GK,
        where="hidden",
        says="without the derivative of the hidden sigmoid: its backward is left out",
        **_HOW_MANY,
    ),
    _derivative("derivatives-left-out", tree=GK, says="without the derivatives of both activations", **_HOW_MANY),
    _derivative(
        "output-for-input",
        tree=GK * Activation(A, "slope"),
        says="when the activations' backward is given the layer's output instead of its input",
        **_WENT_IN,
    ),
    _derivative(
        "output-for-input-at-the-end",
        tree=GK * Activation(A, "slope"),
        where="output",
        says="when the last layer's backward is given the network's output instead of that layer's input",
        **_WENT_IN,
    ),
    _derivative(
        "output-derivative-replaced",
        tree=GK * Activation(RECEIVED, "slope", "σ"),
        where="output",
        says="with the derivative of a sigmoid at the end, whatever layer the network was given there",
        **_GIVEN_LAST,
    ),
    _mistake(
        "grad-output-left-out",
        "start",
        lambda ref, right, g: right(g) * 0 + 1,
        "when backward starts with 1 instead of grad_output",
        "Look at the arguments of backward.",
        "How should the layers know which loss is being differentiated?",
    ),
    _mistake(
        "gradient-averaged",
        "start",
        lambda ref, right, g: right(g) / len(g),
        "when the gradients are divided by the number of samples; losses are plain sums here",
        "Look at the factors in your backward.",
        "The gradient of a batch is the sum over its samples, says the boxed convention. And yours?",
    ),
    _mistake(
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
