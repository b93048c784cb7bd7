"""Mistakes in the update of weights and biases that have a label of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from checks.formulas.slips import written
from checks.formulas.tree import Node, times
from checks.judging.reference import Misconception, Override
from checks.neural_network.reference import DB, DW, RATE, B, UpdateReference, W


def _both(label: str, step: Callable[[Node, Node], Node], says: str, look: str, think: str) -> Misconception:
    """Return a mistake in both equations: `step(parameter, gradient)` is what a parameter becomes."""
    trees = {"W": step(W, DW), "b": step(B, DB)}

    def otherwise(ref: Any, right: Any, kind: str, layer: int) -> Any:
        return trees[kind].value(ref, layer)

    return Misconception(label, Override("moved", otherwise), says, look, think, "(10)")


def _layers(label: str, which: slice, says: str, look: str, think: str) -> Misconception:
    return Misconception(label, Override("layers_updated", lambda ref, right: right()[which]), says, look, think, "(10)")


_SIDE_BY_SIDE = "Look at the two assignments side by side."
_UPHILL = "The gradient points to where the loss grows. Where do you want to go?"
_HALVED = "What should change if the learning rate is halved?"

APPLY_GRADIENTS = (
    _both(
        "learning-rate-left-out",
        lambda parameter, gradient: parameter - gradient,
        "without the learning rate: the full gradient is subtracted",
        "Look at what you subtract.",
        _HALVED,
    ),
    _both(
        "learning-rate-squared",
        lambda parameter, gradient: parameter - times(RATE, times(RATE, gradient)),
        "with the learning rate applied twice, η² for η",
        "Look at every place where the learning rate occurs.",
        "How often should the gradient be multiplied by it?",
    ),
    _both(
        "ascent",
        lambda parameter, gradient: parameter + times(RATE, gradient),
        "when the step is added: that climbs the loss instead of descending it",
        "Look at the sign of the step.",
        _UPHILL,
    ),
    written(
        UpdateReference,
        "bias-ascends",
        "new_bias",
        B + times(RATE, DB),
        says="when the step is added to the biases and subtracted from the weights",
        look=_SIDE_BY_SIDE,
        think=_UPHILL,
    ),
    written(
        UpdateReference,
        "learning-rate-left-out-for-biases",
        "new_bias",
        B - DB,
        says="without the learning rate for the biases",
        look=_SIDE_BY_SIDE,
        think=_HALVED,
    ),
    written(
        UpdateReference,
        "bias-not-updated",
        "new_bias",
        B,
        says="when the biases stay as they are",
        look="Look at what a layer has besides its weights.",
        think="Does your assignment reach layer.linear.bias itself, or only a local name?",
    ),
    written(
        UpdateReference,
        "weights-not-updated",
        "new_weight",
        W,
        says="when the weights stay as they are",
        look="Look at what a layer has besides its bias.",
        think="Does your assignment reach layer.linear.weight itself, or only a local name?",
    ),
    _layers(
        "last-layer-only-updated",
        slice(-1, None),
        "when only the last layer is updated",
        "Look at which layers your loop visits.",
        "Is everything that should happen for each layer inside the loop?",
    ),
    _layers(
        "first-layer-only-updated",
        slice(1),
        "when only the first layer is updated",
        "Look at where your loop ends.",
        "Is there a `return` or `break` inside the loop?",
    ),
    _layers(
        "last-layer-not-updated",
        slice(-1),
        "when the last layer is left out",
        "Look at where your loop over the layers ends.",
        "Does `range`, or your slice, include the last layer?",
    ),
    _layers(
        "nothing-updated",
        slice(0),
        "when no parameter changes at all",
        "Look at what stands on the left of your assignment.",
        "w = w - step gives a local name a new value. Which object still holds the old one?",
    ),
    _both(
        "updated-twice",
        lambda parameter, gradient: parameter - times(RATE, gradient) - times(RATE, gradient),
        "when every step is taken twice",
        "Look at how often each parameter is changed.",
        "Is there one update for each layer, or are there two loops?",
    ),
    written(
        UpdateReference,
        "bias-gradient-for-weight",
        "new_weight",
        W - times(RATE, DB),
        says="when the bias gradient is used for the weights (its row broadcasts over the matrix)",
        look="Look at which gradient goes with which parameter.",
        think="Do the shapes of parameter and gradient agree, or does broadcasting hide that they do not?",
    ),
    _both(
        "replaced-by-the-step",
        lambda parameter, gradient: times(RATE, gradient),
        "when a parameter is replaced by its step, instead of moved by it",
        "Look at the operator of your assignment.",
        "Where does the old value of the parameter enter the new one?",
    ),
    _both(
        "replaced-by-minus-the-step",
        lambda parameter, gradient: -times(RATE, gradient),
        "when a parameter is replaced by minus its step, instead of moved by it",
        "Look at the operator of your assignment, character by character.",
        "Python reads `w =- step` as `w = -step`. What did you mean?",
    ),
)
"""Mistakes in `NeuralNetwork.apply_gradients`."""
