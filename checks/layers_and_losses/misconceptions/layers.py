"""Mistakes in ReLU, Tanh and BatchLinear."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from checks.judging.reference import Misconception, Override
from checks.layers_and_losses.lent import sigmoid
from checks.layers_and_losses.reference import FORMULAS


def _mistake(label: str, step: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    number = FORMULAS[step][0] if step in FORMULAS else ""
    return Misconception(label, Override(step, otherwise), says, look, think, number)


def _truncated(ref: Any, values: Any) -> Any:
    return np.trunc(values) if ref.case.integer else values


def _element(forward: str, backward: str) -> tuple[Misconception, ...]:
    """Return the mistakes that every layer shares which works entry by entry."""
    return (
        _mistake(
            "gradient-of-the-output-left-out",
            backward,
            lambda ref, right, x, g: right(x, np.ones_like(g)),
            "without the factor grad_output: the derivative of the layer alone",
            "Look at which of backward's two arguments you use.",
            "The chain rule is a product. Which factor comes from the layers above?",
        ),
        _mistake(
            "derivative-left-out",
            backward,
            lambda ref, right, x, g: g,
            "without the layer's own derivative: grad_output is handed on as it came",
            "Look at which of backward's two arguments you use.",
            "The chain rule is a product. Which factor comes from this layer?",
        ),
        _mistake(
            "value-for-derivative",
            backward,
            lambda ref, right, x, g: g * getattr(ref, forward)(x),
            "with the layer's value in the place of its derivative",
            "Look at what you multiply grad_output with.",
            "Is that the function or its derivative?",
        ),
        _mistake(
            "sign-flipped",
            backward,
            lambda ref, right, x, g: -right(x, g),
            "with the opposite sign",
            "Look at the signs in your backward.",
            "Does the function rise or fall, and should the derivative be positive or negative?",
        ),
        _mistake(
            "summed-over-the-samples",
            backward,
            lambda ref, right, x, g: right(x, g).sum(axis=0),
            "when the gradient is summed over the samples; it belongs to x and has the shape of x",
            "Look at the shape of what backward returns.",
            "Only parameters are shared by the samples. Does x have parameters?",
        ),
    )


RELU = (
    _mistake(
        "absolute-value",
        "relu",
        lambda ref, right, x: abs(x),
        "with the absolute value: negative inputs change their sign instead of becoming 0",
        "Look at what becomes of a negative input.",
        "What should the layer give for -2?",
    ),
    _mistake(
        "minimum-for-maximum",
        "relu",
        lambda ref, right, x: np.minimum(x, 0),
        "with the minimum of 0 and x instead of the maximum",
        "Look at what becomes of a positive input.",
        "What should the layer give for 2, and what for -2?",
    ),
    _mistake(
        "derivative-for-value",
        "relu",
        lambda ref, right, x: (x > 0).astype(float),
        "when forward returns the derivative (0 or 1) instead of the value",
        "Look at what forward gives for the input 3.",
        "Which values lie between 0 and 1, those of the function or of its derivative?",
    ),
    _mistake(
        "mask-from-grad-output",
        "relu_backward",
        lambda ref, right, x, g: g * (g > 0),
        "when the mask is made from grad_output instead of from the input x",
        "Look at what you compare with 0.",
        "Which number decided whether the layer let it pass, x or grad_output?",
    ),
    _mistake(
        "mask-of-both",
        "relu_backward",
        lambda ref, right, x, g: np.maximum(right(x, g), 0),
        "when negative gradients are set to 0 as well",
        "Look at what becomes of a negative grad_output where x is positive.",
        "A gradient may be negative. Where does the layer let it pass?",
    ),
    _mistake(
        "mask-reversed",
        "relu_backward",
        lambda ref, right, x, g: g * (x < 0),
        "when the gradient passes where x is negative, and is stopped where it is positive",
        "Look at the direction of your comparison.",
        "Where does the output not depend on x at all?",
    ),
    _mistake(
        "integer-truncated",
        "relu_backward",
        lambda ref, right, x, g: _truncated(ref, right(x, g)),
        "when the gradient is stored in an array of integers, as zeros_like(x) makes for an integer x: its digits are "
        "cut off",
        "Look at the dtype of the array that you fill.",
        "What is np.zeros_like(x).dtype for x = np.array([1, 2])?",
    ),
    *_element("relu", "relu_backward"),
)
"""Mistakes in `ReLU`."""

TANH = (
    _mistake(
        "sigmoid-for-tanh",
        "tanh",
        lambda ref, right, x: sigmoid(x),
        "with the sigmoid instead of tanh",
        "Look at the range of what forward returns.",
        "What is tanh(0), and what does yours give for it?",
    ),
    _mistake(
        "quotient-upside-down",
        "tanh",
        lambda ref, right, x: 1 / np.tanh(x),
        "with numerator and denominator of tanh swapped",
        "Look at the two signs in your quotient.",
        "Which of numerator and denominator is 0 at x = 0?",
    ),
    _mistake(
        "exponent-not-doubled",
        "tanh",
        lambda ref, right, x: np.tanh(x / 2),
        "with exp(x) where exp(2x) belongs: it is tanh(x/2)",
        "Look at the exponents.",
        "Multiply numerator and denominator of (17) by exp(x). What becomes of exp(x)?",
    ),
    _mistake(
        "derivative-for-value",
        "tanh",
        lambda ref, right, x: 1 - np.tanh(x) ** 2,
        "when forward returns the derivative instead of the value",
        "Look at what forward gives for the input 0.",
        "Which of value and derivative is largest at 0?",
    ),
    _mistake(
        "integer-truncated",
        "tanh",
        lambda ref, right, x: _truncated(ref, right(x)),
        "when the values are stored in an array of integers, as zeros_like(x) makes for an integer x: only 0 is left",
        "Look at the dtype of the array that you fill.",
        "What is np.zeros_like(x).dtype for x = np.array([1, 2])?",
    ),
    _mistake(
        "input-for-output",
        "tanh_backward",
        lambda ref, right, x, g: g * (1 - x**2),
        "with 1 - x² instead of 1 - tanh²(x): the input is taken for the output",
        "Look at what you square.",
        "backward is given the layer's input x. Is the formula about tanh(x) or about x?",
    ),
    _mistake(
        "square-left-out",
        "tanh_backward",
        lambda ref, right, x, g: g * (1 - np.tanh(x)),
        "without the square: 1 - tanh(x)",
        "Look at the derivative of tanh.",
        "The derivative of tanh at -2 equals that at 2. Does yours?",
    ),
    _mistake(
        "sigmoid-derivative",
        "tanh_backward",
        lambda ref, right, x, g: g * np.tanh(x) * (1 - np.tanh(x)),
        "with the sigmoid's rule a (1 - a), where tanh needs 1 - a²",
        "Look at the derivative that you use.",
        "Is tanh as steep at 0 as your formula says?",
    ),
    _mistake(
        "derivative-at-the-output",
        "tanh_backward",
        lambda ref, right, x, g: g * (1 - np.tanh(np.tanh(x)) ** 2),
        "with the derivative taken at the output: tanh is applied twice",
        "Look at how often tanh is applied in backward.",
        "backward is given the input x. Which value must be squared?",
    ),
    *_element("tanh", "tanh_backward"),
)
"""Mistakes in `Tanh`."""

BATCH_LINEAR = (
    _mistake(
        "bias-not-summed",
        "bias_gradient",
        lambda ref, right, g: g,
        "when the bias gradient is not summed over the batch: it keeps one row for every sample, and an update would "
        "silently make the bias grow to (N, out)",
        "Look at the shape of grad_bias.",
        "The same bias is added to every row. How many rows does it influence?",
    ),
    _mistake(
        "bias-averaged",
        "bias_gradient",
        lambda ref, right, g: right(g) / len(g),
        "when the bias gradient is averaged over the batch, where the losses are summed",
        "Look at how the rows of grad_output become one.",
        "Losses are plain sums here. Is the weight gradient divided by N?",
    ),
    _mistake(
        "bias-summed-over-outputs",
        "bias_gradient",
        lambda ref, right, g: g.sum(axis=1),
        "when the bias gradient is summed over the outputs instead of over the samples",
        "Look at the axis of your sum.",
        "Which axis of grad_output counts the samples?",
    ),
    _mistake(
        "bias-one-number",
        "bias_gradient",
        lambda ref, right, g: np.asarray(g.sum()),
        "when the bias gradient is summed over everything to a single number",
        "Look at the axis of your sum.",
        "How many biases does the layer have?",
    ),
    _mistake(
        "bias-of-one-sample",
        "bias_gradient",
        lambda ref, right, g: g[0],
        "when the bias gradient is that of the first sample only, as in the layer for a single sample",
        "Look at the index in your bias gradient.",
        "What has become of all the other rows?",
    ),
    _mistake(
        "bias-of-the-last-sample",
        "bias_gradient",
        lambda ref, right, g: g[-1],
        "when the bias gradient is that of the last sample only",
        "Look at what your loop does to the bias gradient of the sample before.",
        "What has become of all the other rows?",
    ),
    _mistake(
        "bias-times-n",
        "bias_gradient",
        lambda ref, right, g: right(g) * len(g),
        "with the bias gradient N times too large",
        "Look at what you multiply or sum twice.",
        "How often does each sample enter the sum?",
    ),
    _mistake(
        "weight-averaged",
        "weight_gradient",
        lambda ref, right, x, g: right(x, g) / len(g),
        "when the weight gradient is averaged over the batch, where the losses are summed",
        "Look at the factors in your weight gradient.",
        "Losses are plain sums here. Where should a 1/N come from?",
    ),
    _mistake(
        "weight-transposed",
        "weight_gradient",
        lambda ref, right, x, g: right(x, g).T,
        "when the weight gradient is transposed: (out, in) instead of (in, out)",
        "Look at the order of the two factors.",
        "Which shape does the weight have?",
    ),
    _mistake(
        "weight-of-one-sample",
        "weight_gradient",
        lambda ref, right, x, g: np.outer(x[0], g[0]),
        "with the weight gradient of the first sample only",
        "Look at which rows of x and grad_output you use.",
        "What has become of all the other samples?",
    ),
    _mistake(
        "weight-of-the-last-sample",
        "weight_gradient",
        lambda ref, right, x, g: np.outer(x[-1], g[-1]),
        "with the weight gradient of the last sample only",
        "Look at what your loop does to the weight gradient of the sample before.",
        "What has become of all the other samples?",
    ),
    _mistake(
        "weight-for-gradient",
        "weight_gradient",
        lambda ref, right, x, g: ref.case.weight,
        "when the weight itself is stored as its gradient",
        "Look at what you assign to grad_weight.",
        "Which two arrays make the gradient of the weight?",
    ),
    _mistake(
        "gradients-accumulated",
        "stored_again",
        lambda ref, right, first, second: first + second,
        "when gradients are added to those of the call before",
        "Look at whether you assign the gradients or add to them.",
        "What should be stored after a second call with other data?",
    ),
    _mistake(
        "grad-output-returned",
        "passed_back_through_linear",
        lambda ref, right, x, g: g,
        "when grad_output is returned as it came, without the weight",
        "Look at what backward returns.",
        "Which shape does x have, and which shape does a gradient with respect to x have?",
    ),
    _mistake(
        "weight-gradient-returned",
        "passed_back_through_linear",
        lambda ref, right, x, g: x.T @ g,
        "when the weight gradient is returned instead of the gradient with respect to x",
        "Look at what backward returns.",
        "What does the layer below need to know?",
    ),
)
"""Mistakes in `BatchLinear`."""
