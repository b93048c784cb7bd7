"""Mistakes in the tasks with one layer that have a label of their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from checks.formulas.slips import written
from checks.formulas.tree import Activation, Node, Operation, scaled, square, total
from checks.judging.reference import Misconception, Override
from checks.layers_and_losses.reference import DW, B, P, W, X, Y, of
from checks.layers_and_losses.reference_single_layer import (
    GN,
    XN,
    StepReference,
    SummedReference,
    Z,
    over_n,
)

_weight, _bias = (partial(written, SummedReference, step=step) for step in ("weight_sum", "bias_sum"))


def _samples(label: str, chosen: Callable[[list[int]], list[int]], says: str, look: str, think: str) -> Misconception:
    override = Override("samples", lambda ref, right, number: chosen(list(right(number))))
    return Misconception(label, override, says, look, think, "(3a) and (4a)")


_PRODUCTS = Operation("row products", (XN, GN))
_BOUNDS = "Look at the bounds of your loop."
_BOXED = {
    "look": "Look at what happens to the sum.",
    "think": "The gradient of a batch is the sum over its samples, says the boxed convention. And yours?",
}
_OVERWRITTEN = {
    "look": "Look at what your loop does to the gradient of the sample before.",
    "think": "What has become of all the other samples?",
}


def _rows(name: str, node: Node = GN) -> Node:
    return Operation(name, (node,))


SUMMED_GRADIENTS = (
    _samples(
        "last-sample-only",
        lambda rows: rows[-1:],
        "with the gradients of the last sample only",
        "Look at what your loop does to the gradients of the sample before.",
        "backward stores new gradients each time. Where do you keep the sum?",
    ),
    _samples(
        "first-sample-only",
        lambda rows: rows[:1],
        "with the gradients of the first sample only",
        "Look at where your function returns.",
        "Is your `return` inside the loop?",
    ),
    _samples(
        "first-sample-again-and-again",
        lambda rows: [0] * len(rows),
        "when the first sample has its turn every time",
        "Look at the index of the sample in your loop.",
        "Does the index change from turn to turn?",
    ),
    _samples(
        "last-sample-skipped",
        lambda rows: rows[:-1],
        "without the last sample",
        _BOUNDS,
        "How many numbers does range(len(x) - 1) have?",
    ),
    _samples(
        "first-sample-skipped",
        lambda rows: rows[1:],
        "without the first sample",
        _BOUNDS,
        "Where does Python start to count?",
    ),
    _weight(
        "gradients-averaged",
        tree=scaled(1, N=-1)(over_n(_PRODUCTS)),
        both=True,
        says="when both gradients are divided by the number of samples; losses are plain sums here",
        **_BOXED,
    ),
    _weight(
        "gradients-not-added",
        tree=_PRODUCTS,
        both=True,
        says="when the gradients of the samples are listed one after the other instead of added",
        look="Look at the shapes of what you return.",
        think="A gradient has the shape of its parameter. Which shape does the weight have?",
    ),
    _weight("weight-averaged", tree=scaled(1, N=-1)(over_n(_PRODUCTS)), **_BOXED),
    _bias("bias-averaged", tree=scaled(1, N=-1)(over_n(GN)), **_BOXED),
    _weight("weight-of-the-last-sample", tree=_rows("last row", _PRODUCTS), **_OVERWRITTEN),
    _bias("bias-of-the-last-sample", tree=_rows("last row"), **_OVERWRITTEN),
    _bias("bias-of-one-sample", tree=_rows("first row"), think="What has become of all the other samples?"),
    _bias(
        "bias-not-summed",
        tree=GN,
        says="when the bias gradient still has one row for every sample",
        think="The same bias is added to every row. How many rows does it influence?",
    ),
    _bias("bias-summed-over-outputs", tree=_rows("sum over columns")),
    _bias("bias-one-number", tree=_rows("sum"), think="How many biases does the layer have?"),
    _weight(
        "weight-transposed",
        tree=over_n(Operation("row products", (GN, XN))),
        says="when the weight gradient is transposed: (out, in) instead of (in, out)",
        look="Look at the order of the two factors.",
        think="Which shape does the weight have?",
    ),
    Misconception(
        "results-swapped",
        Override("returned", lambda ref, right, weight, bias: (bias, weight)),
        "when the bias gradient is returned first and the weight gradient second",
        "Look at the order in which you return the two.",
        "Which pair does the docstring ask for?",
        "(3a) and (4a)",
    ),
)
"""Mistakes in `summed_gradients`."""

_step = partial(written, StepReference)
_slope = partial(_step, step="activation_derivative")
_start = partial(_step, step="loss_gradient")


def _other(label: str, step: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    return Misconception(label, Override(step, otherwise), says, look, think, StepReference.explained[step][0])


_SQUARES = total(square(P - Y))
_CONVENTION = {"think": "Mean, half or sum: what does the boxed convention say?"}
_METHODS = {
    "look": "Look at what the sigmoid's backward is given as grad_output.",
    "think": "Which of the criterion's two methods starts the way back?",
}
_UNUSED = "Which of your function's arguments is never used?"
_KINDS = {
    "look": "Look at which parameters you update.",
    "think": "How many kinds of parameters does a linear layer have?",
}

SINGLE_LAYER_STEP = (
    _step(
        "bias-left-out",
        "weighted_input",
        X @ W,
        says="without the bias: z is x W alone",
        think="Which method of the layer computes x W + b?",
    ),
    _step(
        "activation-left-out",
        "activation",
        Z,
        says="when the loss compares the weighted input z with the label, without the sigmoid",
        think="Between which two numbers does a prediction of this network lie?",
    ),
    _step(
        "activation-applied-twice",
        "activation",
        Activation(Activation(Z, of="σ"), of="σ"),
        says="with the sigmoid applied twice",
        look="Look at how often the sigmoid's forward is called.",
        think="What goes into the sigmoid, and what comes out?",
    ),
    _slope(
        "derivative-left-out",
        tree=Activation(Z, "slope", "identity"),
        says="without the derivative of the sigmoid: its backward is left out",
        look="Look at what the layer's backward is given.",
        think="Two parts lie between x and p. Did the backward of both run?",
    ),
    _slope(
        "output-for-input",
        tree=Activation(P, "slope", "σ"),
        says="when the sigmoid's backward is given its output p instead of its input z",
        think="backward(x, grad_output) wants what went into the layer. Which of z and p is that?",
    ),
    _slope(
        "value-for-derivative",
        tree=P,
        says="with the sigmoid itself where its derivative belongs",
        look="Look at the factor between ∂L/∂p and ∂L/∂z.",
        think="Equation (6) has two factors beside g. Which one is missing?",
    ),
    _step(
        "loss-averaged",
        "loss",
        scaled(1, K=-1)(_SQUARES),
        says="when the loss is averaged over the outputs; losses are plain sums here",
        **_CONVENTION,
    ),
    _step("loss-halved", "loss", scaled(0.5)(_SQUARES), says="with a factor ½ in the loss", **_CONVENTION),
    _other(
        "prediction-returned",
        "loss_returned",
        lambda ref, right, x, y: ref.known["p", 0],
        "when the prediction is returned and not the loss",
        "Look at what your function returns.",
        "How well the layer did is one number. Which part of the box computes it?",
    ),
    _other(
        "loss-after-the-step",
        "loss_returned",
        lambda ref, right, x, y: ref.loss_after(x, y),
        "when the loss is that after the step, from a forward pass of its own",
        "Look at which weight and bias your loss belongs to.",
        "The way back needs a forward pass. Which loss belongs to it?",
    ),
    _start("two-left-out", tree=scaled(1)(P - Y), think="What is the derivative of d²?"),
    _start(
        "gradient-averaged",
        tree=scaled(1, K=-1)(scaled(2)(P - Y)),
        says="when the gradient is divided by the number of outputs; losses are plain sums here",
        **_CONVENTION,
    ),
    _start(
        "loss-for-its-gradient",
        tree=_SQUARES + scaled(0)(P),
        says="when the way back starts with the loss instead of its gradient",
        **_METHODS,
    ),
    _start(
        "loss-gradient-left-out",
        tree=of("ones", P),
        says="when the way back starts with 1 instead of the gradient of the loss",
        **_METHODS,
    ),
    _step(
        "shortcut-of-another-loss",
        "error_signal",
        P - Y,
        says="with the error signal p - y, which belongs to the cross-entropy; the loss here is the squared error",
        look="Look at what the layer's backward is given.",
        think="With which loss does the slope of the sigmoid cancel? Is it the one of this layer?",
    ),
    _other(
        "ascent",
        "rate",
        lambda ref, right: -right(),
        "with a step uphill: the gradient is added, or the criterion is given (labels, predictions)",
        "Look at the sign of your update, and at the order of the criterion's arguments.",
        "The gradient points uphill. Where do you want to go?",
    ),
    *(
        _other(label, "rate", lambda ref, right, rate=rate: rate, says, "Look at how long a step is.", _UNUSED)
        for label, rate, says in (
            ("learning-rate-left-out", 1.0, "without the learning rate: a step is the whole gradient"),
            ("learning-rate-ignored", 0.1, "with the learning rate 0.1, whatever is given as `learning_rate`"),
            ("learning-rate-of-the-notebook", 0.5, "with the learning rate 0.5, whatever is given as `learning_rate`"),
        )
    ),
    _step(
        "layer-not-updated",
        "new_weight",
        W,
        both=True,
        says="when the layer is never updated: weight and bias are what they were",
        look="Look at what happens after backward.",
        think="backward only stores gradients. Who uses them?",
    ),
    _step("bias-not-updated", "new_bias", B, says="when the weight is updated and the bias is not", **_KINDS),
    _step("weight-not-updated", "new_weight", W, says="when the bias is updated and the weight is not", **_KINDS),
    _step(
        "gradient-for-parameter",
        "new_weight",
        DW,
        both=True,
        says="when the gradients themselves take the places of weight and bias",
        look="Look at what you assign to linear.weight.",
        think="A step starts somewhere. Where is the old weight in your update?",
    ),
)
"""Mistakes in `single_layer_step`."""
