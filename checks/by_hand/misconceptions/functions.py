"""Mistakes in the functions of pass 3.

Longer than 400 lines because it is data.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from checks.by_hand.misconceptions.words import mistake
from checks.by_hand.reference_functions import (
    DELTA,
    DELTA2,
    DIFFERENCE,
    DOWNHILL,
    O2,
    OL,
    ONE,
    OUT,
    RATE,
    S1,
    S2,
    SL,
    W2,
    WL,
    BackwardPassReference,
    ForwardPassReference,
    ReluDerivativeReference,
    ReluReference,
    S,
    SigmoidDerivativeReference,
    SigmoidReference,
    SquaredErrorReference,
    T,
    UpdatedReference,
    W,
    Y,
    of,
)
from checks.formulas.slips import listed
from checks.formulas.tree import scaled, square, times, total
from checks.judging.reference import Misconception
from checks.observing.observation import Array


def _truncated(ref: Any, right: Callable[..., Array], value: Array, s: Array) -> Array:
    value = right(value, s)
    return np.trunc(value) if s.dtype.kind == "i" else value


def _truncation(equation: str) -> Misconception:
    return mistake(
        "truncated",
        "kept",
        _truncated,
        "when the results for integers are cut off to integers, because they are stored in an integer array",
        "Look at the type of the array that your results are stored in.",
        "np.zeros_like(s) and s.copy() have the type of s. What happens to 0.73 in an array of integers?",
        equation,
    )


def _type_of_the_first(ref: Any, right: Callable[..., Array], value: Array, s: Array) -> Array:
    value = right(value, s)
    return np.trunc(value) if value.ravel()[0] == 0 else value


RELU = (
    mistake(
        "type-of-the-first-entry",
        "kept",
        _type_of_the_first,
        "when all results get the type of the first one, so that an integer 0 there cuts the others off to integers",
        "Look at an array whose first entry is negative.",
        "np.vectorize takes the type of all results from the first. Which type does your 0 have, and which one 0.0?",
        "(2)",
    ),
    *listed(
        ReluReference,
        "value",
        {
            "maximum-with-1": (
                of("at least 1", S),
                "when ReLU cuts off at 1, max(1, s), and not at 0",
                "What should a weighted input of -3 become?",
                "Look at the number that s is compared with.",
            ),
            "absolute-value": (
                of("abs", S),
                "with the absolute value, which mirrors negative inputs and does not cut them off",
                "A neuron with a negative weighted input is silent. What does it send?",
                "Look at what becomes of negative entries.",
            ),
            "minimum-for-maximum": (
                of("negative part", S),
                "with the minimum in place of the maximum",
                "Which of 0 and 4 should ReLU return for s = 4?",
                "Look at which entries survive.",
            ),
            "nothing-cut-off": (
                S,
                "when nothing is cut off and s itself is returned",
                "A neuron with a negative weighted input is silent. What does it send?",
                "Look at what becomes of negative entries.",
            ),
            "slope-for-value": (
                of("step", S),
                "with the slope of ReLU, 0 or 1, in place of its value",
                "The mask s > 0 says where ReLU is on. What does it return there?",
                "Look at what is returned for s = 4.",
            ),
        },
    ),
)
"""Mistakes in `relu`."""

SIGMOID = (
    *listed(
        SigmoidReference,
        "value",
        {
            "sign-of-the-exponent": (
                of("σ", -S),
                "with the wrong sign in the exponent, exp(s) for exp(-s)",
                "A large s should give an output near 1. What does yours give?",
                "Look at the exponent.",
            ),
            "tanh-for-sigmoid": (
                of("tanh", S),
                "with tanh, which runs from -1 to 1",
                "The sigmoid runs from 0 to 1. What is it at s = 0?",
                "Look at the smallest value that your function can return.",
            ),
            "exponential-only": (
                ONE / of("exp", -S),
                "when the 1 in the denominator is missing",
                "What do you get for s = 0, and what should it be?",
                "Look at the denominator.",
            ),
            "slope-for-value": (
                of("σ'", S),
                "with the slope of the sigmoid in place of its value",
                "Is it 0.5 or 0.25, and which one is a value of the sigmoid?",
                "Look at what is returned for s = 0.",
            ),
        },
    ),
    _truncation("(3)"),
)
"""Mistakes in `sigmoid`."""


WHOLE_JACOBIAN = (
    "when the slopes are put on the diagonal of a matrix, as in the Jacobian (here they keep the shape of s)",
    "The Jacobian has the slopes on its diagonal. What is asked for here, the matrix or the slopes?",
    "Look at the shape of your result.",
)

RELU_DERIVATIVE = (
    *listed(
        ReluDerivativeReference,
        "value",
        {
            "whole-jacobian": (of("diagonal", of("step", S)), *WHOLE_JACOBIAN),
            "always-1": (
                of("ones", S),
                "with slope 1 everywhere",
                "Draw ReLU. How steep is it on the left of 0?",
                "Look at what is returned for negative entries.",
            ),
            "mask-inverted": (
                of("one minus", of("step", S)),
                "when 0 and 1 are swapped",
                "Draw ReLU. How steep is it on the right of 0?",
                "Look at which entries get a 1.",
            ),
            "value-for-slope": (
                of("positive part", S),
                "with the value of ReLU in place of its slope",
                "relu(4) is 4. How steep is ReLU there?",
                "Look at what is returned for s = 4.",
            ),
            "sign": (
                of("sign", S),
                "with the sign of s, which is -1 where it should be 0",
                "A silent neuron does not react to small changes of s. What is its slope?",
                "Look at what is returned for negative entries.",
            ),
        },
    ),
)
"""Mistakes in `relu_derivative`."""

SIGMOID_DERIVATIVE = (
    *listed(
        SigmoidDerivativeReference,
        "value",
        {
            "whole-jacobian": (of("diagonal", OUT * (ONE - OUT)), *WHOLE_JACOBIAN),
            "of-the-output": (
                S * (ONE - S),
                "when the argument is taken for the output o (o (1 - o) needs the sigmoid of s first)",
                "σ'(s) = σ(s)(1 - σ(s)), and s is the weighted input. Where do you apply σ?",
                "Look at what the argument of this function is.",
            ),
            "constant-slope": (
                scaled(0.25)(of("ones", S)),
                "with the constant 0.25, which is the slope at s = 0 only",
                "The sigmoid flattens out for large s. What happens to its slope?",
                "Look at how your result depends on s.",
            ),
            "value-for-slope": (
                OUT,
                "with the value of the sigmoid in place of its slope",
                "Is it 0.5 or 0.25, and which one is the slope?",
                "Look at what is returned for s = 0.",
            ),
            "plus-for-minus": (
                OUT * (ONE + OUT),
                "with 1 + σ(s) in place of 1 - σ(s)",
                "The slope goes to 0 for large s. Which factor makes it do so?",
                "Look at the second factor.",
            ),
            "sigmoid-applied-twice": (
                of("σ'", OUT),
                "when the sigmoid is applied once more (the slope at σ(s), not at s)",
                "Your σ' applies σ to its argument. Has σ been applied before?",
                "Look at where the sigmoid is called.",
            ),
            "slope-of-tanh": (
                ONE - square(OUT),
                "with 1 - σ(s)², the rule that belongs to tanh",
                "What is the slope of the sigmoid at s = 0?",
                "Look at the rule that you used.",
            ),
        },
    ),
    _truncation("(7)"),
)
"""Mistakes in `sigmoid_derivative`."""


SQUARED_ERROR = (
    *listed(
        SquaredErrorReference,
        "error",
        {
            "half-left-out": (
                total(square(T - Y)),
                "without the factor 1/2",
                "Which convention does the box at the beginning set?",
                "Look at the factor in front of the sum.",
            ),
            "mean": (
                of("mean", square(T - Y)),
                "with the mean over the outputs, which equals half the sum for two outputs only",
                "Formula (4) halves the sum, whatever the number of outputs. What does a mean divide by?",
                "Look at what you divide by.",
            ),
            "half-the-mean": (
                scaled(0.5)(of("mean", square(T - Y))),
                "with half of the mean over the outputs",
                "Formula (4) halves the sum. What else do you divide by?",
                "Look at how often you divide.",
            ),
            "not-squared": (
                scaled(0.5)(total(of("abs", T - Y))),
                "with absolute errors, not squared ones",
                "Formula (4) has a small 2 at the bracket. Where is it in your code?",
                "Look at what happens to each difference.",
            ),
            "squared-after-the-sum": (
                scaled(0.5)(square(total(T - Y))),
                "when the differences are added first and then squared",
                "What would an error of +1 and one of -1 be together?",
                "Look at the order of sum and square.",
            ),
            "not-summed": (
                scaled(0.5)(square(T - Y)),
                "when the sum is missing (one number for each output)",
                "The error is a single number. How do the outputs come together?",
                "Look at the shape of what you return.",
            ),
            "root-taken": (
                of("root", total(square(T - Y))),
                "when a square root is taken, which gives the length of t - y",
                "Does formula (4) have a root?",
                "Look at the last thing that you do.",
            ),
        },
    ),
)
"""Mistakes in `squared_error`."""

FORWARD_PASS = (
    mistake(
        "weighted-inputs-returned-first",
        "returned",
        lambda ref, right, s1, o1, s2, o2: (s1, s2, o1, o2),
        "when the results are returned in the order s1, s2, o1, o2",
        "Look at the line with `return`.",
        "The docstring names the four results, layer by layer. Which comes second?",
        "Equations (1) to (3)",
    ),
    mistake(
        "cut-off-in-place",
        "returned",
        lambda ref, right, s1, o1, s2, o2: (o1, o1, s2, o2),
        "when ReLU changes s1 in place, so that s1 and o1 are one and the same array",
        "Look at how o1 is made from s1.",
        "After `o1 = s1` there is still only one array. What happens to s1 when you change o1?",
        "Equations (1) and (2)",
    ),
    *listed(
        ForwardPassReference,
        "weighted_input",
        {
            "weights-transposed": (
                WL.T @ OL[-1],
                "with W transposed",
                "W has a row for each receiver. Which of W @ o and W.T @ o gives one number for each receiver?",
                "Look at the product of weights and column.",
            ),
        },
    ),
    *listed(
        ForwardPassReference,
        "hidden_output",
        {
            "relu-left-out": (
                SL,
                "without ReLU in the hidden layer",
                "s1 has negative entries in other networks. What should become of them?",
                "Look at how o1 is made from s1.",
            ),
            "sigmoid-in-the-hidden-layer": (
                of("σ", SL),
                "with the sigmoid in the hidden layer, where ReLU belongs",
                "Which of the two activations belongs to which layer?",
                "Look at the activation of the hidden layer.",
            ),
        },
    ),
    *listed(
        ForwardPassReference,
        "output",
        {
            "sigmoid-left-out": (
                SL,
                "without the sigmoid at the output",
                "Outputs lie between 0 and 1. Which function sees to that?",
                "Look at how o2 is made from s2.",
            ),
            "relu-at-the-output": (
                of("positive part", SL),
                "with ReLU at the output, where the sigmoid belongs",
                "Which of the two activations belongs to which layer?",
                "Look at the activation of the output layer.",
            ),
        },
    ),
    *listed(
        ForwardPassReference,
        "weighted_input",
        {
            "weighted-input-passed-on": (
                WL @ SL[-1],
                "when the output layer receives s1 in place of o1",
                "A neuron sends its output on, not its weighted input. What is the name of the output?",
                "Look at what W2 is multiplied by.",
            ),
        },
        where="output",
    ),
)
"""Mistakes in `forward_pass`."""

BACKWARD_PASS = (
    *listed(
        BackwardPassReference,
        "difference",
        {
            "positive-gradient": (
                O2 - T,
                "with the positive gradient, ∂E/∂s, where the error signal is the negative one, δ = -∂E/∂s",
                "An output that should grow has a positive error signal here. Which difference is positive then?",
                "Look at the sign of t - o2.",
            ),
            "factor-2-kept": (
                scaled(2)(T - O2),
                "with the factor 2 of the square kept, which the 1/2 cancels",
                "What is the derivative of 1/2 (t - y)²?",
                "Look at the factors of δ⁽²⁾.",
            ),
        },
    ),
    *listed(
        BackwardPassReference,
        "output_slope",
        {
            "output-slope-left-out": (
                of("ones", S2),
                "without the slope of the sigmoid, σ'(s2)",
                "Which Jacobian lies between the outputs and their weighted inputs?",
                "Look at the step from o2 back to s2.",
            ),
            "slope-of-the-output": (
                of("σ'", O2),
                "when σ' is taken at the output o2 and not at the weighted input s2",
                "The function expects the weighted input. Which of s2 and o2 is that?",
                "Look at the argument of sigmoid_derivative.",
            ),
            "constant-slope": (
                scaled(0.25)(of("ones", S2)),
                "with the constant 0.25 for the slope, which is right at s = 0 only",
                "In the networks of Parts 1 and 2 the weighted input of every output is 0. And in others?",
                "Look at how the slope depends on s2.",
            ),
        },
    ),
    *listed(
        BackwardPassReference,
        "hidden_slope",
        {
            "hidden-slope-left-out": (
                of("ones", S1),
                "without the slope of ReLU, relu'(s1)",
                "How much does a neuron's output change with s when ReLU has switched it off?",
                "Look at the hidden neurons with a negative weighted input.",
            ),
            "value-for-hidden-slope": (
                of("positive part", S1),
                "with relu(s1) in place of its slope relu'(s1)",
                "relu(4) is 4. How steep is ReLU there?",
                "Look at the last factor of δ⁽¹⁾.",
            ),
            "sigmoid-slope-in-the-hidden-layer": (
                of("σ'", S1),
                "with the slope of the sigmoid in the hidden layer, where that of ReLU belongs",
                "Hidden neurons use ReLU. How steep is it?",
                "Look at the activation of the hidden layer.",
            ),
        },
    ),
    *listed(
        BackwardPassReference,
        "passed_back",
        {
            "difference-passed-back": (
                W2.T @ DIFFERENCE,
                "when t - o2 is passed back instead of δ⁽²⁾",
                "Which factor of δ⁽²⁾ is missing in t - o2?",
                "Look at what W2.T is multiplied by.",
            ),
            "weights-not-transposed": (
                W2 @ DELTA2,
                "with W2 in place of its transpose",
                "W2 has a row for each output. Which of W2 @ δ and W2.T @ δ gives one number for each hidden neuron?",
                "Look at the matrix that the error signal passes through.",
            ),
        },
    ),
    mistake(
        "order-swapped",
        "returned",
        lambda ref, right, delta1, delta2: (delta2, delta1),
        "when the two error signals are returned in the opposite order",
        "Look at the line with `return`.",
        "The docstring names the two results. Which comes first?",
        "Equations (15) and (16)",
    ),
)
"""Mistakes in `backward_pass`."""

UPDATED = (
    *listed(
        UpdatedReference,
        "new_matrix",
        {
            "subtracted": (
                W - times(RATE, DOWNHILL),
                "when the negative gradient is subtracted, which climbs the error instead of descending it",
                "δ already points downhill in this exercise. What does subtracting do?",
                "Look at the sign of the step.",
            ),
            "learning-rate-left-out": (
                W + DOWNHILL,
                "without the learning rate",
                "What should change if the learning rate is halved?",
                "Look at the factors of the step.",
            ),
            "learning-rate-divides": (
                W + DOWNHILL / RATE,
                "when the step is divided by the learning rate",
                "What should change if the learning rate is halved?",
                "Look at the factors of the step.",
            ),
            "step-only": (
                times(RATE, DOWNHILL),
                "when only the step is returned",
                "Where do the old weights enter the new ones?",
                "Look at what is returned.",
            ),
            "nothing-updated": (
                W,
                "when the weights stay as they are",
                "Which variable holds the new weights?",
                "Look at what is returned.",
            ),
            "replaced-by-minus-the-step": (
                -times(RATE, DOWNHILL),
                "when the weights are replaced by minus the step",
                "Python reads `W =- step` as `W = -step`. What did you mean?",
                "Look at the operator of your assignment, character by character.",
            ),
        },
    ),
    *listed(
        UpdatedReference,
        "matrix_gradient",
        {
            "output-left-out": (
                DELTA,
                "when the outputs of the senders are left out (the column of δ broadcasts over the matrix)",
                "Two weights of one receiver should move differently. Which factor tells them apart?",
                "Look at the factors of the step.",
            ),
            "delta-left-out": (
                OUT.T,
                "when the error signal is left out (the row of outputs broadcasts over the matrix)",
                "Two receivers of one sender should learn differently. Which factor tells them apart?",
                "Look at the factors of the step.",
            ),
            "outer-product-turned": (
                OUT @ DELTA.T,
                "when the outer product is the other way round, o δᵀ for δ oᵀ",
                "W has one row for each receiver. Which vector has one entry for each receiver?",
                "Look at which vector is the column and which the row.",
            ),
        },
    ),
)
"""Mistakes in `updated`."""

FUNCTIONS = {
    "relu": RELU,
    "sigmoid": SIGMOID,
    "relu_derivative": RELU_DERIVATIVE,
    "sigmoid_derivative": SIGMOID_DERIVATIVE,
    "squared_error": SQUARED_ERROR,
    "forward_pass": FORWARD_PASS,
    "backward_pass": BACKWARD_PASS,
    "updated": UPDATED,
}
