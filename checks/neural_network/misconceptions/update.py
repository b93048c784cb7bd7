"""Mistakes in the update of weights and biases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from checks.judging.reference import Misconception, Override


def _mistake(label: str, step: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    return Misconception(label, Override(step, otherwise), says, look, think, "(10)")


APPLY_GRADIENTS = (
    _mistake(
        "learning-rate-left-out",
        "step",
        lambda ref, right, gradient, rate: right(gradient, 1.0),
        "without the learning rate: the full gradient is subtracted",
        "Look at what you subtract.",
        "What should change if the learning rate is halved?",
    ),
    _mistake(
        "learning-rate-squared",
        "step",
        lambda ref, right, gradient, rate: right(gradient, rate * rate),
        "with the learning rate applied twice, η² for η",
        "Look at every place where the learning rate occurs.",
        "How often should the gradient be multiplied by it?",
    ),
    _mistake(
        "ascent",
        "step",
        lambda ref, right, gradient, rate: -right(gradient, rate),
        "when the step is added: that climbs the loss instead of descending it",
        "Look at the sign of the step.",
        "The gradient points to where the loss grows. Where do you want to go?",
    ),
    _mistake(
        "bias-ascends",
        "new_bias",
        lambda ref, right, biases, gradient, rate: right(biases, -gradient, rate),
        "when the step is added to the biases and subtracted from the weights",
        "Look at the two assignments side by side.",
        "The gradient points to where the loss grows. Where do you want to go?",
    ),
    _mistake(
        "learning-rate-left-out-for-biases",
        "new_bias",
        lambda ref, right, biases, gradient, rate: right(biases, gradient, 1.0),
        "without the learning rate for the biases",
        "Look at the two assignments side by side.",
        "What should change if the learning rate is halved?",
    ),
    _mistake(
        "bias-not-updated",
        "new_bias",
        lambda ref, right, biases, gradient, rate: biases,
        "when the biases stay as they are",
        "Look at what a layer has besides its weights.",
        "Does your assignment reach layer.linear.bias itself, or only a local name?",
    ),
    _mistake(
        "weights-not-updated",
        "new_weight",
        lambda ref, right, weights, gradient, bias_step, rate: weights,
        "when the weights stay as they are",
        "Look at what a layer has besides its bias.",
        "Does your assignment reach layer.linear.weight itself, or only a local name?",
    ),
    _mistake(
        "last-layer-only-updated",
        "layers_updated",
        lambda ref, right: right()[-1:],
        "when only the last layer is updated",
        "Look at which layers your loop visits.",
        "Is everything that should happen for each layer inside the loop?",
    ),
    _mistake(
        "first-layer-only-updated",
        "layers_updated",
        lambda ref, right: right()[:1],
        "when only the first layer is updated",
        "Look at where your loop ends.",
        "Is there a `return` or `break` inside the loop?",
    ),
    _mistake(
        "last-layer-not-updated",
        "layers_updated",
        lambda ref, right: right()[:-1],
        "when the last layer is left out",
        "Look at where your loop over the layers ends.",
        "Does `range`, or your slice, include the last layer?",
    ),
    _mistake(
        "nothing-updated",
        "layers_updated",
        lambda ref, right: [],
        "when no parameter changes at all",
        "Look at what stands on the left of your assignment.",
        "w = w - step gives a local name a new value. Which object still holds the old one?",
    ),
    _mistake(
        "updated-twice",
        "step",
        lambda ref, right, gradient, rate: 2 * right(gradient, rate),
        "when every step is taken twice",
        "Look at how often each parameter is changed.",
        "Is there one update for each layer, or are there two loops?",
    ),
    _mistake(
        "bias-gradient-for-weight",
        "new_weight",
        lambda ref, right, weights, gradient, bias_step, rate: right(weights, bias_step, bias_step, rate),
        "when the bias gradient is used for the weights (its row broadcasts over the matrix)",
        "Look at which gradient goes with which parameter.",
        "Do the shapes of parameter and gradient agree, or does broadcasting hide that they do not?",
    ),
    Misconception(
        "replaced-by-the-step",
        Override("moved", lambda ref, right, parameter, step: step),
        "when a parameter is replaced by its step, instead of moved by it",
        "Look at the operator of your assignment.",
        "Where does the old value of the parameter enter the new one?",
        "(10)",
    ),
    Misconception(
        "replaced-by-minus-the-step",
        Override("moved", lambda ref, right, parameter, step: -step),
        "when a parameter is replaced by minus its step, instead of moved by it",
        "Look at the operator of your assignment, character by character.",
        "Python reads `w =- step` as `w = -step`. What did you mean?",
        "(10)",
    ),
)
"""Mistakes in `NeuralNetwork.apply_gradients`."""
