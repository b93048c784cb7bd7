"""Mistakes in ReLU, Tanh and BatchLinear that have a label of their own."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from checks.formulas.formula import Formula
from checks.formulas.slips import Worked, written
from checks.formulas.tree import Node, Operation, scaled, times
from checks.judging.reference import Misconception, Override
from checks.layers_and_losses.reference import (
    BATCH,
    DW,
    G_BATCH,
    BatchLinearReference,
    G,
    ReLUReference,
    TanhReference,
    W,
    X,
    of,
)


def _truncated(ref: Any, right: Any, layer: int = 0) -> Any:
    """Return what is left in an array of integers, as zeros_like(x) makes for an integer x."""
    return np.trunc(right()) if ref.case.integer else right()


def _whole_numbers(step: str, number: str) -> Misconception:
    return Misconception(
        "integer-truncated",
        Override(step, _truncated),
        "when the result is stored in an array of integers, as zeros_like(x) makes for an integer x: its digits are cut "
        "off",
        "Look at the dtype of the array that you fill.",
        "What is np.zeros_like(x).dtype for x = np.array([1, 2])?",
        number,
    )


def _element(reference: type[Worked], value: Node, slope: Node) -> tuple[Misconception, ...]:
    """Return the mistakes that every layer shares which works entry by entry."""
    mistake = partial(written, reference, step="gradient")
    formula: Formula = reference.gradient  # type: ignore[attr-defined]
    arguments = {"look": "Look at which of backward's two arguments you use."}
    return (
        mistake(
            "gradient-of-the-output-left-out",
            tree=slope,
            says="without the factor grad_output: the derivative of the layer alone",
            think="The chain rule is a product. Which factor comes from the layers above?",
            **arguments,
        ),
        mistake(
            "derivative-left-out",
            tree=G,
            says="without the layer's own derivative: grad_output is handed on as it came",
            think="The chain rule is a product. Which factor comes from this layer?",
            **arguments,
        ),
        mistake(
            "value-for-derivative",
            tree=G * value,
            says="with the layer's value in the place of its derivative",
            look="Look at what you multiply grad_output with.",
            think="Is that the function or its derivative?",
        ),
        mistake("sign-flipped", tree=-formula.right),
        mistake(
            "summed-over-the-samples",
            tree=Operation("sum over rows", (formula.right,)),
            says="when the gradient is summed over the samples; it belongs to x and has the shape of x",
            look="Look at the shape of what backward returns.",
            think="Only parameters are shared by the samples. Does x have parameters?",
        ),
    )


_relu, _relu_back = (partial(written, ReLUReference, step=step) for step in ("value", "gradient"))

RELU = (
    _relu("absolute-value", tree=of("abs", X), think="What should the layer give for -2?"),
    _relu(
        "minimum-for-maximum", tree=of("negative part", X), think="What should the layer give for 2, and what for -2?"
    ),
    _relu(
        "derivative-for-value",
        tree=of("step", X),
        says="when forward returns the derivative (0 or 1) instead of the value",
        think="Which values lie between 0 and 1, those of the function or of its derivative?",
    ),
    _relu_back(
        "mask-from-grad-output",
        tree=G * of("step", G),
        says="when the mask is made from grad_output instead of from the input x",
        look="Look at what you compare with 0.",
        think="Which number decided whether the layer let it pass, x or grad_output?",
    ),
    _relu_back(
        "mask-of-both",
        tree=of("positive part", G * of("step", X)),
        says="when negative gradients are set to 0 as well",
        look="Look at what becomes of a negative grad_output where x is positive.",
        think="A gradient may be negative. Where does the layer let it pass?",
    ),
    _relu_back(
        "mask-reversed",
        tree=G * of("negative step", X),
        says="when the gradient passes where x is negative, and is stopped where it is positive",
        think="Where does the output not depend on x at all?",
    ),
    _whole_numbers("gradient", "(16)"),
    *_element(ReLUReference, of("positive part", X), of("step", X)),
)
"""Mistakes in `ReLU`."""

_tanh, _tanh_back = (partial(written, TanhReference, step=step) for step in ("value", "gradient"))
_TANH = of("tanh", X)

TANH = (
    _tanh("sigmoid-for-tanh", tree=of("σ", X), think="What is tanh(0), and what does yours give for it?"),
    _tanh("quotient-upside-down", tree=TanhReference.value.right.arguments[1] / TanhReference.value.right.arguments[0]),
    _tanh(
        "exponent-not-doubled",
        tree=of("tanh", scaled(0.5)(X)),
        says="with exp(x) where exp(2x) belongs: it is tanh(x/2)",
        think="Multiply numerator and denominator of (17) by exp(x). What becomes of exp(x)?",
    ),
    _tanh(
        "derivative-for-value",
        tree=of("one minus", of("square", _TANH)),
        says="when forward returns the derivative instead of the value",
        look="Look at what forward gives for the input 0.",
        think="Which of value and derivative is largest at 0?",
    ),
    _whole_numbers("value", "(17)"),
    _tanh_back(
        "input-for-output",
        tree=G * of("one minus", of("square", X)),
        says="with 1 - x² instead of 1 - tanh²(x): the input is taken for the output",
        think="backward is given the layer's input x. Is the formula about tanh(x) or about x?",
    ),
    _tanh_back(
        "square-left-out",
        tree=G * of("one minus", _TANH),
        think="The derivative of tanh at -2 equals that at 2. Does yours?",
    ),
    _tanh_back(
        "sigmoid-derivative",
        tree=G * times(_TANH, of("one minus", _TANH)),
        says="with the sigmoid's rule a (1 - a), where tanh needs 1 - a²",
        look="Look at the derivative that you use.",
        think="Is tanh as steep at 0 as your formula says?",
    ),
    _tanh_back(
        "derivative-at-the-output",
        tree=G * of("one minus", of("square", of("tanh", _TANH))),
        says="with the derivative taken at the output: tanh is applied twice",
        think="backward is given the input x. Which value must be squared?",
    ),
    *_element(TanhReference, _TANH, of("one minus", of("square", _TANH))),
)
"""Mistakes in `Tanh`."""

_weight, _bias, _back = (
    partial(written, BatchLinearReference, step=step) for step in ("weight_gradient", "bias_gradient", "passed_back")
)


def _rows(name: str) -> Node:
    return Operation(name, (G_BATCH,))


def _one_row(name: str) -> Node:
    return Operation("outer", (Operation(name, (BATCH,)), _rows(name)))


_PRODUCT = BATCH.T @ G_BATCH
_HOW_MANY = {"think": "Losses are plain sums here. Which of the two is divided by N?"}
_OTHERS = {"think": "What has become of all the other rows?"}
_LAST = {"look": "Look at what your loop does to the gradient of the sample before.", **_OTHERS}

BATCH_LINEAR = (
    _bias(
        "bias-not-summed",
        tree=G_BATCH,
        says="when the bias gradient is not summed over the batch: it keeps one row for every sample, and an update would "
        "silently make the bias grow to (N, out)",
        think="The same bias is added to every row. How many rows does it influence?",
    ),
    _bias("bias-averaged", tree=_rows("mean over rows"), **_HOW_MANY),
    _bias("bias-summed-over-outputs", tree=_rows("sum over columns")),
    _bias("bias-one-number", tree=_rows("sum"), think="How many biases does the layer have?"),
    _bias(
        "bias-of-one-sample",
        tree=_rows("first row"),
        says="when the bias gradient is that of the first sample only, as in the layer for a single sample",
        **_OTHERS,
    ),
    _bias("bias-of-the-last-sample", tree=_rows("last row"), **_LAST),
    _bias(
        "bias-times-n", tree=scaled(1, N=1)(_rows("sum over rows")), think="How often does each sample enter the sum?"
    ),
    _weight("weight-averaged", tree=scaled(1, N=-1)(_PRODUCT), **_HOW_MANY),
    _weight("weight-transposed", tree=_PRODUCT.T, think="Which shape does the weight itself have?"),
    _weight(
        "weight-of-one-sample",
        tree=_one_row("first row"),
        says="with the weight gradient of the first sample only",
        look="Look at which rows of x and grad_output you use.",
        **_OTHERS,
    ),
    _weight(
        "weight-of-the-last-sample",
        tree=_one_row("last row"),
        says="with the weight gradient of the last sample only",
        **_LAST,
    ),
    _weight(
        "weight-for-gradient",
        tree=W,
        says="when the weight itself is stored as its gradient",
        think="Which two arrays make the gradient of the weight?",
        look="Look at what you assign to grad_weight.",
    ),
    Misconception(
        "gradients-accumulated",
        Override("stored_again", lambda ref, right, first, second: first + second),
        "when gradients are added to those of the call before",
        "Look at whether you assign the gradients or add to them.",
        "What should be stored after a second call with other data?",
    ),
    _back(
        "grad-output-returned",
        tree=G_BATCH,
        says="when grad_output is returned as it came, without the weight",
        think="Which shape does x have, and which shape does a gradient with respect to x have?",
    ),
    _back(
        "weight-gradient-returned",
        tree=DW,
        says="when the weight gradient is returned instead of the gradient with respect to x",
        look="Look at what backward returns.",
        think="What does the layer below need to know?",
    ),
)
"""Mistakes in `BatchLinear`."""
