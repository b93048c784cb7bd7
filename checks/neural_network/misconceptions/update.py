"""Mistakes in the update of weights and biases that have a label of their own."""

from __future__ import annotations

from functools import partial

from checks.formulas.slips import written
from checks.formulas.tree import times
from checks.judging.reference import Misconception, Override
from checks.neural_network.reference import DB, DW, RATE, B, UpdateReference, W

_weights = partial(written, UpdateReference, step="new_weight")
_biases = partial(written, UpdateReference, step="new_bias")
_both = partial(_weights, both=True)


def _layers(label: str, which: slice, says: str, look: str, think: str) -> Misconception:
    return Misconception(
        label, Override("layers_updated", lambda ref, right: right()[which]), says, look, think, "(10)"
    )


_STEP = times(RATE, DW)
_UPHILL = "The gradient points to where the loss grows. Where do you want to go?"
_HALVED = "What should change if the learning rate is halved?"
_SIDE_BY_SIDE = "Look at the two assignments side by side."
_WHOSE = "Does your assignment reach the layer's own parameter, or only a local name?"

APPLY_GRADIENTS = (
    _both(
        "learning-rate-left-out",
        tree=W - DW,
        says="without the learning rate: the full gradient is subtracted",
        think=_HALVED,
    ),
    _both("learning-rate-squared", tree=W - times(RATE, _STEP), says="with the learning rate applied twice, η² for η"),
    _both(
        "ascent",
        tree=W + _STEP,
        says="when the step is added: that climbs the loss instead of descending it",
        look="Look at the sign of the step.",
        think=_UPHILL,
    ),
    _biases(
        "bias-ascends",
        tree=B + times(RATE, DB),
        says="when the step is added to the biases and subtracted from the weights",
        look=_SIDE_BY_SIDE,
        think=_UPHILL,
    ),
    _biases(
        "learning-rate-left-out-for-biases",
        tree=B - DB,
        says="without the learning rate for the biases",
        look=_SIDE_BY_SIDE,
        think=_HALVED,
    ),
    _biases("bias-not-updated", tree=B, says="when the biases stay as they are", think=_WHOSE),
    _weights("weights-not-updated", tree=W, says="when the weights stay as they are", think=_WHOSE),
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
        tree=W - times(RATE, DW) - times(RATE, DW),
        says="when every step is taken twice",
        look="Look at how often each parameter is changed.",
        think="Is there one update for each layer, or are there two loops?",
    ),
    _weights(
        "bias-gradient-for-weight",
        tree=W - times(RATE, DB),
        says="when the bias gradient is used for the weights (its row broadcasts over the matrix)",
        think="Do the shapes of parameter and gradient agree, or does broadcasting hide that they do not?",
    ),
    _both(
        "replaced-by-the-step",
        tree=_STEP,
        says="when a parameter is replaced by its step, instead of moved by it",
        look="Look at the operator of your assignment.",
        think="Where does the old value of the parameter enter the new one?",
    ),
    _both(
        "replaced-by-minus-the-step",
        tree=-_STEP,
        says="when a parameter is replaced by minus its step, instead of moved by it",
        look="Look at the operator of your assignment, character by character.",
        think="Python reads `w =- step` as `w = -step`. What did you mean?",
    ),
)
"""Mistakes in `NeuralNetwork.apply_gradients`."""
