"""Mistakes in TwoLayerNetwork."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from checks.judging.reference import Misconception, Override
from checks.layers_and_losses.lent import sigmoid, sigmoid_derivative
from checks.layers_and_losses.reference import FORMULAS, TwoLayerReference
from checks.observing.observation import Array


def _mistake(label: str, step: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    number = FORMULAS[step][0] if step in FORMULAS else "(10)"
    return Misconception(label, Override(step, otherwise), says, look, think, number)


def _at_the_output(ref: TwoLayerReference, right: Any, layer: int, z: Array) -> Array:
    return np.asarray(right(layer, TwoLayerReference.activation(ref, layer, z)))


def _in_place_of(layer: int, otherwise: Callable[[Array], Array]) -> Callable[..., Array]:
    """Return an override that does one activation layer otherwise."""
    return lambda ref, right, number, z: otherwise(z) if number == layer else right(number, z)


TWO_LAYER_NETWORK = (
    _mistake(
        "output-activation-left-out",
        "layers_passed",
        lambda ref, right: 3,
        "without the last layer: the output is that of the second Linear",
        "Look at how many of the four layers x passes through.",
        "Between which two numbers does the output of a sigmoid lie, and does yours?",
    ),
    _mistake(
        "one-layer-only",
        "layers_passed",
        lambda ref, right: 1,
        "after the first layer only",
        "Look at where forward returns.",
        "Is your `return` inside the loop?",
    ),
    _mistake(
        "half-the-network",
        "layers_passed",
        lambda ref, right: 2,
        "after the first two layers only",
        "Look at how many of the four layers x passes through.",
        "How many numbers should come out for one sample?",
    ),
    _mistake(
        "hidden-activation-left-out",
        "activation",
        _in_place_of(2, lambda z: z),
        "without the activation between the two linear layers",
        "Look at what the second Linear receives.",
        "How many layers do two linear layers without anything between them amount to?",
    ),
    _mistake(
        "output-layer-replaced",
        "activation",
        _in_place_of(4, sigmoid),
        "with a sigmoid at the end, whatever layer the network was given there",
        "Look at which object computes the output.",
        "Does your code call self.layers[3]?",
    ),
    _mistake(
        "activation-applied-twice",
        "activation",
        lambda ref, right, layer, z: right(layer, right(layer, z)),
        "with every activation applied twice",
        "Look at how often each layer's forward is called.",
        "How many layers does the list hold?",
    ),
    _mistake(
        "derivative-left-out-at-the-output",
        "activation_derivative",
        _in_place_of(4, np.ones_like),
        "without the derivative of the last layer: its backward is left out",
        "Look at where backward starts.",
        "Which layer made the output, and did its backward run?",
    ),
    _mistake(
        "derivative-left-out-in-the-middle",
        "activation_derivative",
        _in_place_of(2, np.ones_like),
        "without the derivative of the hidden sigmoid: its backward is left out",
        "Look at what lies between the two linear layers.",
        "How many backward calls does a network of four layers need?",
    ),
    _mistake(
        "derivatives-left-out",
        "activation_derivative",
        lambda ref, right, layer, z: np.ones_like(z),
        "without the derivatives of both activations",
        "Look at which layers' backward you call.",
        "How many backward calls does a network of four layers need?",
    ),
    _mistake(
        "output-for-input",
        "activation_derivative",
        _at_the_output,
        "when the activations' backward is given the layer's output instead of its input",
        "Look at the first argument of every backward.",
        "backward(x, grad_output) wants what went into the layer. Which of z and a is that?",
    ),
    _mistake(
        "output-for-input-at-the-end",
        "activation_derivative",
        lambda ref, right, layer, z: _at_the_output(ref, right, layer, z) if layer == 4 else right(layer, z),
        "when the last layer's backward is given the network's output instead of that layer's input",
        "Look at the first argument of the first backward that you call.",
        "backward(x, grad_output) wants what went into the layer. Is that the network's output?",
    ),
    _mistake(
        "output-derivative-replaced",
        "activation_derivative",
        _in_place_of(4, sigmoid_derivative),
        "with the derivative of a sigmoid at the end, whatever layer the network was given there",
        "Look at which object computes the first step back.",
        "Does your code call self.layers[3]?",
    ),
    _mistake(
        "grad-output-left-out",
        "signals",
        lambda ref, right, inputs, g: right(inputs, np.ones_like(g)),
        "when backward starts with 1 instead of grad_output",
        "Look at the arguments of backward.",
        "How should the layers know which loss is being differentiated?",
    ),
    _mistake(
        "gradient-averaged",
        "signals",
        lambda ref, right, inputs, g: right(inputs, g / len(g)),
        "when the gradients are divided by the number of samples; losses are plain sums here",
        "Look at the factors in your backward.",
        "The gradient of a batch is the sum over its samples, says the boxed convention. And yours?",
    ),
    _mistake(
        "first-layer-left-out",
        "layers_stored",
        lambda ref, right: (2,),
        "when the way back ends before the first layer: it has no gradients",
        "Look at where your loop ends.",
        "Which layers have weights, and did the backward of each run?",
    ),
    _mistake(
        "returned-before-the-first-layer",
        "returned",
        lambda ref, right, signals, gradient: signals[1],
        "when the gradient at the output of the first Linear is returned, not that with respect to x",
        "Look at which backward's result you return.",
        "Which shape does x have?",
    ),
    _mistake(
        "gradient-at-the-output-returned",
        "returned",
        lambda ref, right, signals, gradient: signals[0],
        "when the gradient at the output of the second Linear is returned, not that with respect to x",
        "Look at which backward's result you return.",
        "Which shape does x have?",
    ),
)
"""Mistakes in `TwoLayerNetwork`."""
