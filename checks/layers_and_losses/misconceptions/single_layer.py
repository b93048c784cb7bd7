"""Mistakes in the tasks with one layer that have a label of their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from checks.formulas.slips import listed
from checks.formulas.tree import Activation, Node, Operation, scaled, square, total
from checks.layers_and_losses.reference import DW, B, P, W, X, Y, joints, of
from checks.layers_and_losses.reference_single_layer import (
    GN,
    XN,
    StepReference,
    SummedReference,
    Z,
    over_n,
)

_weight, _bias = (partial(listed, SummedReference, step) for step in ("weight_sum", "bias_sum"))


def _rows_taken(chosen: Callable[[list[int]], list[int]]) -> Callable[..., list[int]]:
    return lambda ref, right, number: chosen(list(right(number)))


_PRODUCTS = Operation("row products", (XN, GN))
_BOUNDS = "With which sample does your loop start, and with which does it end?"
_BOXED = "The gradient of a batch is the sum over its samples, says the boxed convention. And yours?"
_DIVIDED = "when the {} gradient is divided by the number of samples; losses are plain sums here"


def _rows(name: str, node: Node = GN) -> Node:
    return Operation(name, (node,))


SUMMED_GRADIENTS = (
    *joints(
        SummedReference,
        "samples",
        {
            "last-sample-only": (
                _rows_taken(lambda rows: rows[-1:]),
                "with the gradients of the last sample only",
                "backward stores new gradients each time. Where do you keep the sum?",
            ),
            "first-sample-only": (
                _rows_taken(lambda rows: rows[:1]),
                "with the gradients of the first sample only",
                "Is your `return` inside the loop?",
            ),
            "first-sample-again-and-again": (
                _rows_taken(lambda rows: [0] * len(rows)),
                "when the first sample has its turn every time",
                "Does the index change from turn to turn?",
            ),
            "last-sample-skipped": (_rows_taken(lambda rows: rows[:-1]), "without the last sample", _BOUNDS),
            "first-sample-skipped": (_rows_taken(lambda rows: rows[1:]), "without the first sample", _BOUNDS),
        },
    ),
    *_weight(
        {
            "weight-averaged": (scaled(1, N=-1)(over_n(_PRODUCTS)), _DIVIDED.format("weight"), _BOXED),
            "weight-of-the-last-sample": _rows("last row", _PRODUCTS),
            "weight-transposed": (
                over_n(Operation("row products", (GN, XN))),
                "when the weight gradient is transposed: (out, in) instead of (in, out)",
            ),
        }
    ),
    *_bias(
        {
            "bias-averaged": (scaled(1, N=-1)(over_n(GN)), _DIVIDED.format("bias"), _BOXED),
            "bias-of-the-last-sample": _rows("last row"),
            "bias-of-one-sample": _rows("first row"),
            "bias-not-summed": (GN, "when the bias gradient still has one row for every sample"),
            "bias-summed-over-outputs": _rows("sum over columns"),
            "bias-one-number": _rows("sum"),
        }
    ),
    *_weight(
        {
            "gradients-averaged": (
                scaled(1, N=-1)(over_n(_PRODUCTS)),
                "when both gradients are divided by the number of samples; losses are plain sums here",
                _BOXED,
            ),
            "gradients-not-added": (
                _PRODUCTS,
                "when the gradients of the samples are listed one after the other instead of added",
                "A gradient has the shape of its parameter. Which shape does the weight have?",
            ),
        },
        both=True,
    ),
    *joints(
        SummedReference,
        "returned",
        {
            "results-swapped": (
                lambda ref, right, weight, bias: (bias, weight),
                "when the bias gradient is returned first and the weight gradient second",
                "Which pair does the docstring ask for?",
            )
        },
    ),
)
"""Mistakes in `summed_gradients`."""

_step = partial(listed, StepReference)
_other = partial(joints, StepReference)
_SQUARES = total(square(P - Y))
_CONVENTION = "Mean, half or sum: what does the boxed convention say?"
_METHODS = "Which of the criterion's two methods starts the way back?"
_UNUSED = "Which of your function's arguments is never used?"
_WHATEVER = "with the learning rate {}, whatever is given as `learning_rate`"
_BOTH = "How many kinds of parameters does a linear layer have?"

SINGLE_LAYER_STEP = (
    *_step("weighted_input", {"bias-left-out": (X @ W, "without the bias: z is x W alone")}),
    *_step(
        "activation",
        {
            "activation-left-out": (
                Z,
                "when the loss compares the weighted input z with the label, without the sigmoid",
                "Between which two numbers does a prediction of this network lie?",
            ),
            "activation-applied-twice": (
                Activation(Activation(Z, of="σ"), of="σ"),
                "with the sigmoid applied twice",
                "What goes into the sigmoid, and what comes out?",
            ),
        },
    ),
    *_step(
        "activation_derivative",
        {
            "derivative-left-out": (
                Activation(Z, "slope", "identity"),
                "without the derivative of the sigmoid: its backward is left out",
                "Two parts lie between x and p. Did the backward of both run?",
            ),
            "output-for-input": (
                Activation(P, "slope", "σ"),
                "when the sigmoid's backward is given its output p instead of its input z",
                "backward(x, grad_output) wants what went into the layer. Which of z and p is that?",
            ),
            "value-for-derivative": (
                P,
                "with the sigmoid itself where its derivative belongs",
                "Equation (6) has two factors beside g. Which one is missing?",
            ),
        },
    ),
    *_step(
        "loss",
        {
            "loss-averaged": (
                scaled(1, K=-1)(_SQUARES),
                "when the loss is averaged over the outputs; losses are plain sums here",
                _CONVENTION,
            ),
            "loss-halved": (scaled(0.5)(_SQUARES), "with a factor ½ in the loss", _CONVENTION),
        },
    ),
    *_other(
        "loss_returned",
        {
            "prediction-returned": (
                lambda ref, right, x, y: ref.known["p", 0],
                "when the prediction is returned and not the loss",
                "How well the layer did is one number. Which part of the box computes it?",
            ),
            "loss-after-the-step": (
                lambda ref, right, x, y: ref.loss_after(x, y),
                "when the loss is that after the step, from a forward pass of its own",
                "The way back needs a forward pass. Which loss belongs to it?",
            ),
        },
    ),
    *_step(
        "loss_gradient",
        {
            "two-left-out": scaled(1)(P - Y),
            "gradient-averaged": (
                scaled(1, K=-1)(scaled(2)(P - Y)),
                "when the gradient is divided by the number of outputs; losses are plain sums here",
                _CONVENTION,
            ),
            "loss-for-its-gradient": (
                _SQUARES + scaled(0)(P),
                "when the way back starts with the loss instead of its gradient",
                _METHODS,
            ),
            "loss-gradient-left-out": (
                of("ones", P),
                "when the way back starts with 1 instead of the gradient of the loss",
                _METHODS,
            ),
        },
    ),
    *_step(
        "error_signal",
        {
            "shortcut-of-another-loss": (
                P - Y,
                "with the error signal p - y, which belongs to the cross-entropy; the loss here is the squared error",
                "With which loss does the slope of the sigmoid cancel? Is it the one of this layer?",
            )
        },
    ),
    *_other(
        "rate",
        {
            "ascent": (
                lambda ref, right: -right(),
                "with a step uphill: the gradient is added, or the criterion is given (labels, predictions)",
                "The gradient points uphill. Where do you want to go?",
            ),
            **{
                label: (lambda ref, right, rate=rate: rate, says, _UNUSED)
                for label, rate, says in (
                    ("learning-rate-left-out", 1.0, "without the learning rate: a step is the whole gradient"),
                    ("learning-rate-ignored", 0.1, _WHATEVER.format(0.1)),
                    ("learning-rate-of-the-notebook", 0.5, _WHATEVER.format(0.5)),
                )
            },
        },
    ),
    *_step(
        "new_weight",
        {
            "layer-not-updated": (
                W,
                "when the layer is never updated: weight and bias are what they were",
                "backward only stores gradients. Who uses them?",
            ),
            "gradient-for-parameter": (
                DW,
                "when the gradients themselves take the places of weight and bias",
                "A step starts somewhere. Where is the old weight in your update?",
            ),
        },
        both=True,
    ),
    *_step("new_bias", {"bias-not-updated": (B, "when the weight is updated and the bias is not", _BOTH)}),
    *_step("new_weight", {"weight-not-updated": (W, "when the bias is updated and the weight is not", _BOTH)}),
)
"""Mistakes in `single_layer_step`."""
