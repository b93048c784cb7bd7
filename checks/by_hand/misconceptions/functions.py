"""Mistakes in the functions of pass 3.

Longer than 400 lines because it is data.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from checks.by_hand.lent import relu, relu_derivative, sigmoid, sigmoid_derivative
from checks.by_hand.misconceptions.words import mistake
from checks.judging.reference import Misconception
from checks.observing.observation import Array


def _value(
    label: str, equation: str, function: Callable[[Array], Array], says: str, look: str, think: str
) -> Misconception:
    return mistake(label, "value", lambda ref, right, s: function(s), says, look, think, equation)


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


def _type_of_the_first(s: Array) -> Array:
    value = relu(s)
    return np.trunc(value) if value.ravel()[0] == 0 else value


RELU = (
    _value(
        "type-of-the-first-entry",
        "(2)",
        _type_of_the_first,
        "when all results get the type of the first one, so that an integer 0 there cuts the others off to integers",
        "Look at an array whose first entry is negative.",
        "np.vectorize takes the type of all results from the first. Which type does your 0 have, and which one 0.0?",
    ),
    _value(
        "maximum-with-1",
        "(2)",
        lambda s: np.maximum(1, s),
        "when ReLU cuts off at 1, max(1, s), and not at 0",
        "Look at the number that s is compared with.",
        "What should a weighted input of -3 become?",
    ),
    _value(
        "absolute-value",
        "(2)",
        np.abs,
        "with the absolute value, which mirrors negative inputs and does not cut them off",
        "Look at what becomes of negative entries.",
        "A neuron with a negative weighted input is silent. What does it send?",
    ),
    _value(
        "minimum-for-maximum",
        "(2)",
        lambda s: np.minimum(0, s),
        "with the minimum in place of the maximum",
        "Look at which entries survive.",
        "Which of 0 and 4 should ReLU return for s = 4?",
    ),
    _value(
        "nothing-cut-off",
        "(2)",
        lambda s: s,
        "when nothing is cut off and s itself is returned",
        "Look at what becomes of negative entries.",
        "A neuron with a negative weighted input is silent. What does it send?",
    ),
    _value(
        "slope-for-value",
        "(2)",
        relu_derivative,
        "with the slope of ReLU, 0 or 1, in place of its value",
        "Look at what is returned for s = 4.",
        "The mask s > 0 says where ReLU is on. What does it return there?",
    ),
)
"""Mistakes in `relu`."""

SIGMOID = (
    _value(
        "sign-of-the-exponent",
        "(3)",
        lambda s: sigmoid(-s),
        "with the wrong sign in the exponent, exp(s) for exp(-s)",
        "Look at the exponent.",
        "A large s should give an output near 1. What does yours give?",
    ),
    _value(
        "tanh-for-sigmoid",
        "(3)",
        np.tanh,
        "with tanh, which runs from -1 to 1",
        "Look at the smallest value that your function can return.",
        "The sigmoid runs from 0 to 1. What is it at s = 0?",
    ),
    _value(
        "exponential-only",
        "(3)",
        lambda s: 1 / np.exp(-s),
        "when the 1 in the denominator is missing",
        "Look at the denominator.",
        "What do you get for s = 0, and what should it be?",
    ),
    _value(
        "slope-for-value",
        "(3)",
        sigmoid_derivative,
        "with the slope of the sigmoid in place of its value",
        "Look at what is returned for s = 0.",
        "Is it 0.5 or 0.25, and which one is a value of the sigmoid?",
    ),
    _truncation("(3)"),
)
"""Mistakes in `sigmoid`."""


def _whole_jacobian(equation: str, slope: Callable[[Array], Array]) -> Misconception:
    return _value(
        "whole-jacobian",
        equation,
        lambda s: np.diagflat(slope(s)),
        "when the slopes are put on the diagonal of a matrix, as in the Jacobian (here they keep the shape of s)",
        "Look at the shape of your result.",
        "The Jacobian has the slopes on its diagonal. What is asked for here, the matrix or the slopes?",
    )


RELU_DERIVATIVE = (
    _whole_jacobian("(9)", relu_derivative),
    _value(
        "always-1",
        "(9)",
        lambda s: np.ones_like(s, dtype=np.float64),
        "with slope 1 everywhere",
        "Look at what is returned for negative entries.",
        "Draw ReLU. How steep is it on the left of 0?",
    ),
    _value(
        "mask-inverted",
        "(9)",
        lambda s: 1 - relu_derivative(s),
        "when 0 and 1 are swapped",
        "Look at which entries get a 1.",
        "Draw ReLU. How steep is it on the right of 0?",
    ),
    _value(
        "value-for-slope",
        "(9)",
        relu,
        "with the value of ReLU in place of its slope",
        "Look at what is returned for s = 4.",
        "relu(4) is 4. How steep is ReLU there?",
    ),
    _value(
        "sign",
        "(9)",
        np.sign,
        "with the sign of s, which is -1 where it should be 0",
        "Look at what is returned for negative entries.",
        "A silent neuron does not react to small changes of s. What is its slope?",
    ),
)
"""Mistakes in `relu_derivative`."""

SIGMOID_DERIVATIVE = (
    _whole_jacobian("(7)", sigmoid_derivative),
    _value(
        "of-the-output",
        "(7)",
        lambda s: s * (1 - s),
        "when the argument is taken for the output o (o (1 - o) needs the sigmoid of s first)",
        "Look at what the argument of this function is.",
        "σ'(s) = σ(s)(1 - σ(s)), and s is the weighted input. Where do you apply σ?",
    ),
    _value(
        "constant-slope",
        "(7)",
        lambda s: np.full(s.shape, 0.25),
        "with the constant 0.25, which is the slope at s = 0 only",
        "Look at how your result depends on s.",
        "The sigmoid flattens out for large s. What happens to its slope?",
    ),
    _value(
        "value-for-slope",
        "(7)",
        sigmoid,
        "with the value of the sigmoid in place of its slope",
        "Look at what is returned for s = 0.",
        "Is it 0.5 or 0.25, and which one is the slope?",
    ),
    _value(
        "plus-for-minus",
        "(7)",
        lambda s: sigmoid(s) * (1 + sigmoid(s)),
        "with 1 + σ(s) in place of 1 - σ(s)",
        "Look at the second factor.",
        "The slope goes to 0 for large s. Which factor makes it do so?",
    ),
    _value(
        "sigmoid-applied-twice",
        "(7)",
        lambda s: sigmoid_derivative(sigmoid(s)),
        "when the sigmoid is applied once more (the slope at σ(s), not at s)",
        "Look at where the sigmoid is called.",
        "Your σ' applies σ to its argument. Has σ been applied before?",
    ),
    _value(
        "slope-of-tanh",
        "(7)",
        lambda s: 1 - sigmoid(s) ** 2,
        "with 1 - σ(s)², the rule that belongs to tanh",
        "Look at the rule that you used.",
        "What is the slope of the sigmoid at s = 0?",
    ),
    _truncation("(7)"),
)
"""Mistakes in `sigmoid_derivative`."""


def _error(label: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    return mistake(label, "error", lambda ref, right, t, y: np.asarray(otherwise(t - y)), says, look, think)


SQUARED_ERROR = (
    _error(
        "half-left-out",
        lambda d: (d**2).sum(),
        "without the factor 1/2",
        "Look at the factor in front of the sum.",
        "Which convention does the box at the beginning set?",
    ),
    _error(
        "mean",
        lambda d: (d**2).mean(),
        "with the mean over the outputs, which equals half the sum for two outputs only",
        "Look at what you divide by.",
        "Formula (4) halves the sum, whatever the number of outputs. What does a mean divide by?",
    ),
    _error(
        "half-the-mean",
        lambda d: (d**2).mean() / 2,
        "with half of the mean over the outputs",
        "Look at how often you divide.",
        "Formula (4) halves the sum. What else do you divide by?",
    ),
    _error(
        "not-squared",
        lambda d: np.abs(d).sum() / 2,
        "with absolute errors, not squared ones",
        "Look at what happens to each difference.",
        "Formula (4) has a small 2 at the bracket. Where is it in your code?",
    ),
    _error(
        "squared-after-the-sum",
        lambda d: d.sum() ** 2 / 2,
        "when the differences are added first and then squared",
        "Look at the order of sum and square.",
        "What would an error of +1 and one of -1 be together?",
    ),
    _error(
        "not-summed",
        lambda d: d**2 / 2,
        "when the sum is missing (one number for each output)",
        "Look at the shape of what you return.",
        "The error is a single number. How do the outputs come together?",
    ),
    _error(
        "root-taken",
        lambda d: np.sqrt((d**2).sum()),
        "when a square root is taken, which gives the length of t - y",
        "Look at the last thing that you do.",
        "Does formula (4) have a root?",
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
    mistake(
        "weights-transposed",
        "weighted_input",
        lambda ref, right, weights, incoming: right(weights.T, incoming),
        "with W transposed",
        "Look at the product of weights and column.",
        "W has a row for each receiver. Which of W @ o and W.T @ o gives one number for each receiver?",
    ),
    mistake(
        "relu-left-out",
        "hidden_output",
        lambda ref, right, s: s,
        "without ReLU in the hidden layer",
        "Look at how o1 is made from s1.",
        "s1 has negative entries in other networks. What should become of them?",
    ),
    mistake(
        "sigmoid-in-the-hidden-layer",
        "hidden_output",
        lambda ref, right, s: sigmoid(s),
        "with the sigmoid in the hidden layer, where ReLU belongs",
        "Look at the activation of the hidden layer.",
        "Which of the two activations belongs to which layer?",
    ),
    mistake(
        "sigmoid-left-out",
        "output",
        lambda ref, right, s: s,
        "without the sigmoid at the output",
        "Look at how o2 is made from s2.",
        "Outputs lie between 0 and 1. Which function sees to that?",
    ),
    mistake(
        "relu-at-the-output",
        "output",
        lambda ref, right, s: relu(s),
        "with ReLU at the output, where the sigmoid belongs",
        "Look at the activation of the output layer.",
        "Which of the two activations belongs to which layer?",
    ),
    mistake(
        "weighted-input-passed-on",
        "passed_on",
        lambda ref, right, s1, o1: s1,
        "when the output layer receives s1 in place of o1",
        "Look at what W2 is multiplied by.",
        "A neuron sends its output on, not its weighted input. What is the name of the output?",
        "Equation (1)",
    ),
)
"""Mistakes in `forward_pass`."""

BACKWARD_PASS = (
    mistake(
        "positive-gradient",
        "difference",
        lambda ref, right: -right(),
        "with the positive gradient, ∂E/∂s, where the error signal is the negative one, δ = -∂E/∂s",
        "Look at the sign of t - o2.",
        "An output that should grow has a positive error signal in this exercise. Which difference is positive then?",
        "Equations (5) and (15)",
    ),
    mistake(
        "output-slope-left-out",
        "output_slope",
        lambda ref, right: np.ones_like(right()),
        "without the slope of the sigmoid, σ'(s2)",
        "Look at the step from o2 back to s2.",
        "Which Jacobian lies between the outputs and their weighted inputs?",
        "Equations (7) and (15)",
    ),
    mistake(
        "slope-of-the-output",
        "output_slope",
        lambda ref, right: sigmoid_derivative(ref.case.o2),
        "when σ' is taken at the output o2 and not at the weighted input s2",
        "Look at the argument of sigmoid_derivative.",
        "The function expects the weighted input. Which of s2 and o2 is that?",
        "Equations (7) and (15)",
    ),
    mistake(
        "constant-slope",
        "output_slope",
        lambda ref, right: np.full_like(right(), 0.25),
        "with the constant 0.25 for the slope, which is right at s = 0 only",
        "Look at how the slope depends on s2.",
        "In the networks of Parts 1 and 2 the weighted input of every output is 0. And in others?",
        "Equations (7) and (15)",
    ),
    mistake(
        "factor-2-kept",
        "difference",
        lambda ref, right: 2 * right(),
        "with the factor 2 of the square kept, which the 1/2 cancels",
        "Look at the factors of δ⁽²⁾.",
        "What is the derivative of 1/2 (t - y)²?",
        "Equation (15)",
    ),
    mistake(
        "hidden-slope-left-out",
        "hidden_slope",
        lambda ref, right: np.ones_like(right()),
        "without the slope of ReLU, relu'(s1)",
        "Look at the hidden neurons with a negative weighted input.",
        "How much does a neuron's output change with s when ReLU has switched it off?",
        "Equations (9) and (16)",
    ),
    mistake(
        "value-for-hidden-slope",
        "hidden_slope",
        lambda ref, right: relu(ref.case.s1),
        "with relu(s1) in place of its slope relu'(s1)",
        "Look at the last factor of δ⁽¹⁾.",
        "relu(4) is 4. How steep is ReLU there?",
        "Equations (9) and (16)",
    ),
    mistake(
        "sigmoid-slope-in-the-hidden-layer",
        "hidden_slope",
        lambda ref, right: sigmoid_derivative(ref.case.s1),
        "with the slope of the sigmoid in the hidden layer, where that of ReLU belongs",
        "Look at the activation of the hidden layer.",
        "Hidden neurons use ReLU. How steep is it?",
        "Equations (9) and (16)",
    ),
    mistake(
        "difference-passed-back",
        "passed_back",
        lambda ref, right, delta2, slope: right(ref.difference(), slope),
        "when t - o2 is passed back instead of δ⁽²⁾",
        "Look at what W2.T is multiplied by.",
        "Which factor of δ⁽²⁾ is missing in t - o2?",
        "Equation (16)",
    ),
    mistake(
        "weights-not-transposed",
        "passed_back",
        lambda ref, right, delta2, slope: ref.case.W2 @ delta2,
        "with W2 in place of its transpose",
        "Look at the matrix that the error signal passes through.",
        "W2 has a row for each output. Which of W2 @ δ and W2.T @ δ gives one number for each hidden neuron?",
        "Equation (16)",
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
    mistake(
        "subtracted",
        "step",
        lambda ref, right, gradient, epsilon: -right(gradient, epsilon),
        "when the negative gradient is subtracted, which climbs the error instead of descending it",
        "Look at the sign of the step.",
        "δ already points downhill in this exercise. What does subtracting do?",
        "Equation (18)",
    ),
    mistake(
        "learning-rate-left-out",
        "step",
        lambda ref, right, gradient, epsilon: gradient,
        "without the learning rate",
        "Look at the factors of the step.",
        "What should change if the learning rate is halved?",
        "Equation (18)",
    ),
    mistake(
        "learning-rate-divides",
        "step",
        lambda ref, right, gradient, epsilon: gradient / epsilon,
        "when the step is divided by the learning rate",
        "Look at the factors of the step.",
        "What should change if the learning rate is halved?",
        "Equation (18)",
    ),
    mistake(
        "step-only",
        "new_matrix",
        lambda ref, right, weights, step: step,
        "when only the step is returned",
        "Look at what is returned.",
        "Where do the old weights enter the new ones?",
    ),
    mistake(
        "nothing-updated",
        "new_matrix",
        lambda ref, right, weights, step: weights,
        "when the weights stay as they are",
        "Look at what is returned.",
        "Which variable holds the new weights?",
    ),
    mistake(
        "replaced-by-minus-the-step",
        "new_matrix",
        lambda ref, right, weights, step: -step,
        "when the weights are replaced by minus the step",
        "Look at the operator of your assignment, character by character.",
        "Python reads `W =- step` as `W = -step`. What did you mean?",
    ),
    mistake(
        "output-left-out",
        "matrix_gradient",
        lambda ref, right, delta, o: np.broadcast_to(delta, (len(delta), len(o))),
        "when the outputs of the senders are left out (the column of δ broadcasts over the matrix)",
        "Look at the factors of the step.",
        "Two weights of one receiver should move differently. Which factor tells them apart?",
    ),
    mistake(
        "delta-left-out",
        "matrix_gradient",
        lambda ref, right, delta, o: np.broadcast_to(o.T, (len(delta), len(o))),
        "when the error signal is left out (the row of outputs broadcasts over the matrix)",
        "Look at the factors of the step.",
        "Two receivers of one sender should learn differently. Which factor tells them apart?",
    ),
    mistake(
        "outer-product-turned",
        "matrix_gradient",
        lambda ref, right, delta, o: o @ delta.T,
        "when the outer product is the other way round, o δᵀ for δ oᵀ",
        "Look at which vector is the column and which the row.",
        "W has one row for each receiver. Which vector has one entry for each receiver?",
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
