"""Mistakes in ReLU, Tanh and BatchLinear that have a label of their own."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from checks.formulas.slips import Entry, listed
from checks.formulas.tree import Node, Operation, over_samples, scaled, square, times
from checks.judging.reference import Misconception, Override
from checks.layers_and_losses.reference import (
    BATCH,
    DW,
    G_BATCH,
    BatchLinearReference,
    ElementReference,
    G,
    ReLUReference,
    TanhReference,
    W,
    X,
    of,
)

_PRODUCT_RULE = "The chain rule is a product. Which factor comes from this layer, and which from the layers above?"


def _element(reference: type[ElementReference], value: Node, slope: Node) -> tuple[Misconception, ...]:
    """Return the mistakes that every layer shares which works entry by entry."""
    right = reference.gradient.right
    mistakes: dict[str, Entry] = {
        "gradient-of-the-output-left-out": (slope, "without the factor grad_output: the layer's slope", _PRODUCT_RULE),
        "derivative-left-out": (
            G,
            "when grad_output is handed on as it came, without the layer's slope",
            _PRODUCT_RULE,
        ),
        "value-for-derivative": (G * value, "with the layer's value in the place of its derivative"),
        "sign-flipped": -right,
        "summed-over-the-samples": (
            over_samples(right),
            "when the gradient is summed over the samples; it belongs to x and has the shape of x",
            "Only parameters are shared by the samples. Does x have parameters?",
        ),
    }
    return listed(reference, "gradient", mistakes)


def _whole_numbers(step: str, number: str) -> Misconception:
    def otherwise(ref: Any, right: Any, layer: int = 0) -> Any:
        return np.trunc(right()) if ref.case.integer else right()

    return Misconception(
        "integer-truncated",
        Override(step, otherwise),
        "when the result is stored in an array of integers, as zeros_like(x) makes for an integer x: no digit is left",
        "Look at the dtype of the array that you fill.",
        "What is np.zeros_like(x).dtype for x = np.array([1, 2])?",
        number,
    )


_MASK = of("step", X)
_DERIVATIVE_RETURNED = "when forward returns the derivative instead of the value"

RELU = (
    *listed(
        ReLUReference,
        "value",
        {
            "absolute-value": of("abs", X),
            "minimum-for-maximum": of("negative part", X),
            "derivative-for-value": (_MASK, _DERIVATIVE_RETURNED),
        },
    ),
    *listed(
        ReLUReference,
        "gradient",
        {
            "mask-from-grad-output": (
                G * of("step", G),
                "when the mask is made from grad_output instead of from the input x",
                "Which number decided whether the layer let it pass, x or grad_output?",
            ),
            "mask-of-both": (
                of("positive part", G * _MASK),
                "when negative gradients are set to 0 as well",
                "A gradient may be negative. Where does the layer let it pass?",
            ),
            "mask-reversed": (
                G * of("negative step", X),
                "when the gradient passes where x is negative, and is stopped where it is positive",
            ),
        },
    ),
    _whole_numbers("gradient", "(16)"),
    *_element(ReLUReference, of("positive part", X), _MASK),
)
"""Mistakes in `ReLU`."""

_TANH = of("tanh", X)
_UP, _DOWN = TanhReference.value.right.arguments
_SLOPE = of("one minus", square(_TANH))

TANH = (
    *listed(
        TanhReference,
        "value",
        {
            "sigmoid-for-tanh": of("σ", X),
            "quotient-upside-down": _DOWN / _UP,
            "exponent-not-doubled": (
                of("tanh", scaled(0.5)(X)),
                "with exp(x) where exp(2x) belongs: it is tanh(x/2)",
                "Multiply numerator and denominator of (17) by exp(x). What becomes of exp(x)?",
            ),
            "derivative-for-value": (_SLOPE, _DERIVATIVE_RETURNED),
        },
    ),
    _whole_numbers("value", "(17)"),
    *listed(
        TanhReference,
        "gradient",
        {
            "input-for-output": (
                G * of("one minus", square(X)),
                "with 1 - x² instead of 1 - tanh²(x): the input is taken for the output",
            ),
            "square-left-out": G * of("one minus", _TANH),
            "sigmoid-derivative": (
                G * times(_TANH, of("one minus", _TANH)),
                "with the sigmoid's rule a (1 - a), where tanh needs 1 - a²",
            ),
            "derivative-at-the-output": (
                G * of("one minus", square(of("tanh", _TANH))),
                "with the derivative taken at the output: tanh is applied twice",
                "backward is given the input x. Which value must be squared?",
            ),
        },
    ),
    *_element(TanhReference, _TANH, _SLOPE),
)
"""Mistakes in `Tanh`."""


def _rows(name: str) -> Node:
    return Operation(name, (G_BATCH,))


def _one_row(name: str) -> Node:
    return Operation("outer", (Operation(name, (BATCH,)), _rows(name)))


_PRODUCT = BATCH.T @ G_BATCH
_linear = partial(listed, BatchLinearReference)

BATCH_LINEAR = (
    *_linear(
        "bias_gradient",
        {
            "bias-not-summed": (
                G_BATCH,
                "when the bias gradient is not summed over the batch: it keeps one row for every sample, and "
                "`bias = bias - ...` would silently make the bias grow to (N, out)",
                "The same bias is added to every row. How many rows does it influence?",
            ),
            "bias-averaged": _rows("mean over rows"),
            "bias-summed-over-outputs": _rows("sum over columns"),
            "bias-one-number": _rows("sum"),
            "bias-of-one-sample": (
                _rows("first row"),
                "when the bias gradient is that of the first sample only, as in the layer for a single sample",
            ),
            "bias-of-the-last-sample": _rows("last row"),
            "bias-times-n": scaled(1, N=1)(_rows("sum over rows")),
        },
    ),
    *_linear(
        "weight_gradient",
        {
            "weight-averaged": (scaled(1, N=-1)(_PRODUCT), "when the weight gradient is averaged over the samples"),
            "weight-transposed": _PRODUCT.T,
            "weight-of-one-sample": (_one_row("first row"), "with the weight gradient of the first sample only"),
            "weight-of-the-last-sample": (_one_row("last row"), "with the weight gradient of the last sample only"),
            "weight-for-gradient": (W, "when the weight itself is stored as its gradient"),
        },
    ),
    Misconception(
        "gradients-accumulated",
        Override("stored_again", lambda ref, right, first, second: first + second),
        "when gradients are added to those of the call before",
        "Look at whether you assign the gradients or add to them.",
        "What should be stored after a second call with other data?",
    ),
    *_linear(
        "passed_back",
        {
            "grad-output-returned": (G_BATCH, "when grad_output is returned as it came, without the weight"),
            "weight-gradient-returned": (
                DW,
                "when the weight gradient is returned instead of the gradient with respect to x",
                "What does the layer below need to know?",
            ),
        },
    ),
)
"""Mistakes in `BatchLinear`."""
