"""Mistakes in the backward pass that have a label of their own; any other slip in an equation is named by its words."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from checks.formulas.slips import Hints, written
from checks.formulas.tree import Activation, Node, Operation, scaled, square
from checks.judging.reference import Misconception, Override
from checks.neural_network.case import AFTERWARDS, WEIGHT
from checks.neural_network.reference import DA, DC, DW, PREDICTED, A, BackwardReference, D, W, X, Y, Z
from checks.observing.observation import Array
from checks.observing.quantity import Quantity

_mistake = partial(written, BackwardReference)
_slope, _signal = partial(_mistake, step="activation_derivative"), partial(_mistake, step="output_error_signal")
_weight, _bias = partial(_mistake, step="weight_gradient"), partial(_mistake, step="bias_gradient")
_loss, _back = partial(_mistake, step="loss_gradient"), partial(_mistake, step="passed_back")


def _of(activation: str, z: Node, form: str = "slope") -> Node:
    return Activation(z, form, activation)


def _over(operation: str) -> Node:
    return Operation(operation, (D,))


# --- the derivative of the activation --------------------------------------------------------------------------

_LEFT_OUT: Hints = {"think": "Is the derivative of the activation among the factors of your error signal?"}
_AT_ZOUT: Hints = {"think": "get_gradient takes z. Which of last_zin and last_zout is z?"}
_WHOSE: Hints = {"think": "Whose derivative belongs to this layer? layer.act knows."}

_DERIVATIVE = (
    _mistake(
        "derivative-left-out-in-hidden-layers",
        "hidden_error_signal",
        DA,
        says="without the derivative of the activation, tanh'(z), in the hidden layers",
        **_LEFT_OUT,
    ),
    _signal(
        "derivative-left-out-at-the-output",
        tree=DC,
        says="without the derivative of the activation, σ'(z), at the output",
        **_LEFT_OUT,
    ),
    _slope(
        "derivative-left-out-everywhere",
        tree=_of("identity", Z),
        says="without the derivative of the activation in any layer",
        look="Look at how every error signal is made.",
        **_LEFT_OUT,
    ),
    *(
        _slope(
            f"derivative-at-zout-{label}",
            tree=Activation(A, "slope"),
            where=where,
            says=f"with the derivative of the activation at the output A⁽ˡ⁾ instead of the weighted input Z⁽ˡ⁾{words}",
            **_AT_ZOUT,
        )
        for label, where, words in (
            ("in-hidden-layers", "hidden", ", in the hidden layers"),
            ("at-the-output", "output", ", in the last layer"),
            ("everywhere", "", ""),
        )
    ),
    _slope(
        "tanh-derivative-at-the-output",
        tree=_of("tanh", Z),
        where="output",
        says="with the derivative of tanh at the output, where the activation is the sigmoid",
        **_WHOSE,
    ),
    _slope(
        "sigmoid-derivative-in-hidden-layers",
        tree=_of("σ", Z),
        where="hidden",
        says="with the derivative of the sigmoid in the hidden layers, where the activation is tanh",
        **_WHOSE,
    ),
    _slope(
        "tanh-formula-at-the-output",
        tree=_of("tanh", Activation(Z), "slope from value"),
        where="output",
        says="with 1 - a² as the derivative at the output, where the activation is the sigmoid and it is a(1 - a)",
        **_WHOSE,
    ),
    _slope(
        "sigmoid-formula-in-hidden-layers",
        tree=_of("σ", Activation(Z), "slope from value"),
        where="hidden",
        says="with a(1 - a) as the derivative in the hidden layers, where the activation is tanh and it is 1 - a²",
        **_WHOSE,
    ),
)

# --- the gradient of the loss ----------------------------------------------------------------------------------

_ERROR = PREDICTED - Y
_RIGHT = BackwardReference.loss_gradient.right
_HOW_MANY: Hints = {
    "look": "Look at the number that the gradient of the loss is divided by.",
    "think": "The loss is a mean over all N K entries. What is its derivative with respect to one of them?",
}
_SQUARE: Hints = {"look": "Look at what the backward pass starts from.", "think": "What is the derivative of (ŷ - y)²?"}

_LOSS = (
    _loss(
        "loss-gradient-without-2",
        tree=scaled(1, N=-1, K=-1)(_ERROR),
        says="without the factor 2 that the square leaves behind in the gradient of the loss",
        think="What is the derivative of (ŷ - y)²?",
    ),
    _loss(
        "loss-gradient-per-sample",
        tree=scaled(2, N=-1)(_ERROR),
        says="when the gradient of the loss is divided by the N samples only, 1/N for 1/(N K)",
        **_HOW_MANY,
    ),
    _loss(
        "loss-gradient-per-output",
        tree=scaled(2, K=-1)(_ERROR),
        says="when the gradient of the loss is divided by the K outputs only, 1/K for 1/(N K)",
        **_HOW_MANY,
    ),
    _loss(
        "loss-gradient-summed",
        tree=scaled(2)(_ERROR),
        says="when the gradient of the loss is not divided by N K: that is the gradient of a sum, not of a mean",
        **_HOW_MANY,
    ),
    _loss(
        "averaged-twice",
        tree=scaled(1, N=-1)(_RIGHT),
        says="when the gradient is divided by the N samples twice: that of the loss already contains 1/(N K)",
        look="Look at every place where you divide by the number of samples.",
        think="Where does the 1/(N K) of the mean enter, and how often should it?",
    ),
    _loss(
        "sign-flipped",
        tree=scaled(2, N=-1, K=-1)(Y - PREDICTED),
        says="with y - ŷ for ŷ - y: every gradient has the opposite sign",
        look="Look at the sign of the gradient of the loss.",
        think="If the prediction is too large, should the derivative of the loss be positive or negative?",
    ),
    _loss(
        "loss-for-its-gradient",
        tree=Operation("filled", (square(_ERROR),)),
        says="when the loss itself is passed back instead of its gradient",
        look="Look at what the backward pass starts from.",
        think="Which method of the loss gives a derivative for every output?",
    ),
    _loss(
        "squared-error-for-its-gradient",
        tree=square(_ERROR),
        says="when the squared errors are passed back instead of their derivative",
        **_SQUARE,
    ),
    _loss(
        "mean-squared-error-for-its-gradient",
        tree=scaled(1, N=-1, K=-1)(square(_ERROR)),
        says="when the squared errors, divided by N K, are passed back instead of their derivative",
        **_SQUARE,
    ),
    *(
        _signal(
            f"cross-entropy-error-signal{label}",
            tree=tree,
            says=f"with {tree} as the error signal of the last layer: that belongs to the cross-entropy, not to this "
            "loss",
            look="Look at the error signal of the last layer.",
            think="For which loss does the derivative of the sigmoid cancel? Is it the loss of this notebook?",
        )
        for label, tree in (
            ("", _ERROR),
            ("-averaged", scaled(1, N=-1)(_ERROR)),
            ("-averaged-over-all", scaled(1, N=-1, K=-1)(_ERROR)),
        )
    ),
)

# --- passing the error back ------------------------------------------------------------------------------------


def _updated_weights(ref: BackwardReference, right: Any, layer: int) -> Array:
    afterwards = ref.own.get(Quantity(WEIGHT, layer + 1, aspect=AFTERWARDS), ref.known["W", layer + 1])
    return np.asarray(ref.known["Δ", layer + 1] @ np.asarray(afterwards).T)


_BACK = (
    _back(
        "weights-transposed",
        tree=D[1] @ W[1],
        says="with the weights transposed the wrong way, W for Wᵀ, when the error signal is passed back",
        think="Forward, W maps (batch, in) to (batch, out). What maps (batch, out) back to (batch, in)?",
    ),
    _back(
        "weights-of-the-wrong-layer",
        tree=D[1] @ W.T,
        says="when the error signal is passed back through the weights of the wrong layer, W⁽ˡ⁾ for W⁽ˡ⁺¹⁾",
        think="Which weights lie between layer l and layer l + 1?",
    ),
    Misconception(
        "updated-weights-used",
        Override("passed_back", _updated_weights),
        "when the error signal is passed back through weights that were already updated",
        "Look at when the weights change.",
        "Which weights made the prediction whose error you are passing back?",
        "(6)",
    ),
    _back(
        "weight-gradient-for-weights",
        tree=D[1] @ DW[1].T,
        says="when the error signal is passed back through the weight gradient instead of the weights",
        think="Is it W or ∇W that the forward pass multiplied by?",
    ),
    _back(
        "raw-error-carried",
        tree=DA[1] @ W[1].T,
        says="when what is carried to the layer below is the error before the derivative was multiplied in",
        look="Look at which variable the next round of your loop starts from.",
        think="Does Δ⁽ˡ⁾ or only its first factor appear on the right of the equation for Δ⁽ˡ⁻¹⁾?",
    ),
)

# --- the gradients of one layer --------------------------------------------------------------------------------

_CAME_IN: Hints = {
    "look": "Look at the array that is multiplied by Δ to give the weight gradient.",
    "think": "∇W⁽ˡ⁾ joins what came into the layer and the error signal that comes back. Which array came in?",
}
_ONCE_MORE: Hints = {"think": "The 1/(N K) of the mean is already inside Δ. Does it belong in a second time?"}
_TIMES: Hints = {"think": "Does the sum over the samples need another factor?"}
_SIGN: Hints = {"think": "backward stores gradients; who subtracts them?"}

_GRADIENTS = (
    _weight(
        "zin-for-zout",
        tree=Z[-1].T @ D,
        says="with the weighted input Z⁽ˡ⁻¹⁾ of the previous layer in the place of its output A⁽ˡ⁻¹⁾",
        **_CAME_IN,
    ),
    _weight(
        "network-input-for-hidden-output",
        tree=X.T @ D,
        says="with the network's input X in the place of the previous layer's output, in every layer",
        **_CAME_IN,
    ),
    _weight(
        "own-output-for-input",
        tree=A.T @ D,
        says="with the layer's own output in the place of its input",
        **_CAME_IN,
    ),
    _weight("weight-gradient-transposed", tree=(A[-1].T @ D).T, think="Which shape does the weight itself have?"),
    _weight("weight-averaged", tree=scaled(1, N=-1)(A[-1].T @ D), **_ONCE_MORE),
    _weight("weight-times-batch-size", tree=scaled(1, N=1)(A[-1].T @ D), **_TIMES),
    _weight("weight-gradient-negated", tree=-(A[-1].T @ D), **_SIGN),
    _bias("bias-gradient-negated", tree=-_over("sum over rows"), **_SIGN),
    _bias(
        "bias-not-summed",
        tree=D,
        says="when the bias gradient is not summed over the batch: one row for every sample",
        think="One bias serves all samples. How do their contributions come together?",
    ),
    _bias(
        "bias-averaged",
        tree=_over("mean over rows"),
        says="when the bias gradient is averaged over the batch instead of summed",
        **_ONCE_MORE,
    ),
    _bias("bias-times-batch-size", tree=scaled(1, N=1)(_over("sum over rows")), **_TIMES),
    _bias(
        "bias-summed-over-the-wrong-axis",
        tree=_over("sum over columns"),
        says="when the bias gradient is summed over the neurons instead of the samples",
        think="Rows are samples. Which axis should be gone afterwards?",
    ),
    _bias(
        "bias-summed-over-everything",
        tree=_over("sum"),
        says="when the bias gradient is summed over everything: one number for the whole layer",
        think="How many biases does a layer have?",
    ),
)

# --- which layers, which calls ---------------------------------------------------------------------------------

_BOOKKEEPING = (
    Misconception(
        "nothing-stored",
        Override("layers_stored", lambda ref, right: []),
        "when no gradient is stored in any layer",
        "Look at where your results end up when backward is done.",
        "Which two methods of NeuralLayer keep a gradient for apply_gradients?",
    ),
    Misconception(
        "last-layer-only",
        Override("layers_stored", lambda ref, right: right()[-1:]),
        "when only the last layer gets its gradients",
        "Look at which layers your loop visits.",
        "backward fills the gradients of every layer. Where do those of the hidden layers come from?",
    ),
    Misconception(
        "first-layer-left-out",
        Override("layers_stored", lambda ref, right: right()[1:]),
        "when the first layer gets no gradients",
        "Look at where your loop over the layers ends.",
        "Does range(n, 0, -1) reach 0?",
    ),
    Misconception(
        "gradients-swapped",
        Override("stored", lambda ref, right, weight, bias: (bias, weight)),
        "when the weight gradient is stored as the bias gradient and the other way round",
        "Look at which setter gets what.",
        "Which shapes should the two gradients of a layer have?",
    ),
    Misconception(
        "gradients-accumulated",
        Override("stored_again", lambda ref, right, first, second: first + second),
        "when gradients are added to those of the call before",
        "Look at how a gradient is stored when there is one already.",
        "Should the gradient of this mini-batch depend on the one before?",
    ),
    Misconception(
        "stale-pass",
        Override("pass_used", lambda ref, right, x, previous_x: right(previous_x, previous_x)),
        "when the layers still remember the pass of other data",
        "Look at the first line of backward.",
        "Whose values do last_zin and last_zout hold if forward(x) has not run for this x?",
    ),
)

BACKWARD = (*_DERIVATIVE, *_LOSS, *_BACK, *_GRADIENTS, *_BOOKKEEPING)
"""Mistakes in `NeuralNetwork.backward`."""
