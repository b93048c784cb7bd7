"""Mistakes in the functions of one layer and in the factors of the chain rule.

Longer than 400 lines because it is data: one entry for each mistake, with its words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from checks.chain_rule.misconceptions.mistake import STOPPING, TRUNCATED, mistake, truncated
from checks.chain_rule.reference import SINGLE, sigmoid
from checks.judging.reference import Misconception
from checks.observing.observation import Array


def _one(label: str, step: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    return mistake(SINGLE, label, step, otherwise, says, look, think)


def _derivative(z: Array) -> Array:
    return np.asarray(sigmoid(z) * (1 - sigmoid(z)))


_FEED_FORWARD = (
    _one(
        "bias-left-out",
        "weighted_input",
        lambda ref, right, weight, bias, x: weight @ x,
        "without the bias b",
        "Look at the weighted input z.",
        "What does your layer give if x is all zeros?",
    ),
    _one(
        "bias-after-the-activation",
        "activations",
        lambda ref, right: sigmoid(ref.case.single_weights[0] @ ref.case.inputs[0]) + ref.case.biases[0],
        "when the bias is added after the activation",
        "Look at the order of the steps.",
        "Is b part of z, or of a?",
    ),
    _one(
        "activation-left-out",
        "activation",
        lambda ref, right, z: z,
        "without the activation: it is z, not a = σ(z)",
        "Look at the last step.",
        "Between which two numbers must the output of a sigmoid lie, and does yours?",
    ),
    _one(
        "activation-applied-twice",
        "activation",
        lambda ref, right, z: right(right(z)),
        "with the activation applied twice",
        "Look at how often σ appears.",
        "How many activations lie between x and a?",
    ),
    _one(
        "weights-transposed",
        "weighted_input",
        lambda ref, right, weight, bias, x: weight.T @ x + bias,
        "with Wᵀ in the place of W",
        "Look at the product of W and x.",
        "W is (out, in) here. From which side does x, of shape (in,), fit?",
    ),
)

FEED_FORWARD_ONE_LAYER = (*_FEED_FORWARD, *STOPPING)


def _cost(label: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    return _one(label, "mean_squared_error", otherwise, says, look, think)


COST_ONE_LAYER = (
    _cost(
        "cost-summed",
        lambda ref, right, difference: np.asarray((difference**2).sum()),
        "when the squared errors are summed and not divided by their number K",
        "Look at how the squared errors become one number.",
        "What does the M in MSE stand for?",
    ),
    _cost(
        "cost-halved",
        lambda ref, right, difference: right(difference) / 2,
        "with a factor 1/2 in front",
        "Look at the constant in front of the sum.",
        "Some books halve the squared error. Does this exercise?",
    ),
    _cost(
        "cost-root",
        lambda ref, right, difference: np.sqrt(right(difference)),
        "when the root of the mean squared error is taken",
        "Look at the last operation.",
        "Is the cost here in squared units or in units of the output?",
    ),
    _cost(
        "cost-absolute",
        lambda ref, right, difference: np.asarray(abs(difference).mean()),
        "with absolute instead of squared differences",
        "Look at what happens to each difference before the mean.",
        "What does the S in MSE stand for?",
    ),
    _cost(
        "cost-not-reduced",
        lambda ref, right, difference: difference**2,
        "before the mean is taken: one squared error for every output",
        "Look at the shape of what you return.",
        "Which operation turns many squared errors into one number?",
    ),
    _cost(
        "error-averaged-before-squaring",
        lambda ref, right, difference: np.asarray(difference.mean() ** 2),
        "when the mean is taken first and squared afterwards, so that errors of opposite sign cancel",
        "Look at the order of the square and the mean.",
        "Can the cost be zero although no output is right?",
    ),
    _cost(
        "derivative-for-the-cost",
        lambda ref, right, difference: 2 * difference / difference.size,
        "when the derivative of the cost is returned instead of the cost",
        "Look at what you return.",
        "Should the cost be one number, or one for every output?",
    ),
    _one(
        "cost-of-the-pre-activation",
        "activation",
        lambda ref, right, z: z,
        "when z is compared with the target instead of a",
        "Look at what is compared with the target.",
        "Which of z and a is the prediction of the layer?",
    ),
    *STOPPING,
)


def _loss(label: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    return _one(label, "loss_gradient", otherwise, says, look, think)


_HOW_MANY = "The cost is a mean over all entries. For a matrix, how many are there: its length or its size?"

MSE_DER = (
    _loss(
        "length-for-size",
        lambda ref, right, p, t: 2 / len(p) * (p - t),
        "when p - t is divided by the length, which for a matrix is the number of its rows, not of its entries",
        "Look at the number that you divide by, for a matrix.",
        _HOW_MANY,
    ),
    _loss(
        "divided-by-the-outputs-only",
        lambda ref, right, p, t: 2 / p.shape[-1] * (p - t),
        "when p - t is divided by the number of columns K, also for a matrix of N K entries",
        "Look at the number that you divide by, for a matrix.",
        _HOW_MANY,
    ),
    _loss(
        "mean-left-out",
        lambda ref, right, p, t: 2 * (p - t),
        "when 2 (p - t) is not divided at all: that is the derivative of a sum, not of a mean",
        "Look at what happened to the mean.",
        "What is the derivative of (1/K) Σ (p_k - t_k)² with respect to one p_k?",
    ),
    _loss(
        "two-left-out",
        lambda ref, right, p, t: right(p, t) / 2,
        "without the factor 2 that the square leaves behind",
        "Look at the constant in front.",
        "What is the derivative of (p - t)² with respect to p?",
    ),
    _loss(
        "sign-flipped",
        lambda ref, right, p, t: -right(p, t),
        "with t - p for p - t",
        "Look at the sign.",
        "If the prediction is too large, does the cost rise or fall when it grows further?",
    ),
    _loss(
        "square-kept",
        lambda ref, right, p, t: 2 / p.size * (p - t) ** 2,
        "when the difference is still squared",
        "Look at the exponent.",
        "What is the derivative of u² with respect to u?",
    ),
    _loss(
        "cost-for-its-derivative",
        lambda ref, right, p, t: np.asarray(((p - t) ** 2).mean()),
        "when the cost itself is returned instead of its derivative",
        "Look at the shape of what you return.",
        "How many partial derivatives does the cost have with respect to K predictions?",
    ),
    _loss(
        "derivative-summed",
        lambda ref, right, p, t: np.asarray(right(p, t).sum()),
        "when the derivatives are summed to one number (the mean of 2 (p - t) is that sum)",
        "Look at the shape of what you return.",
        "How many partial derivatives does the cost have with respect to K predictions?",
    ),
    _loss(
        "truncated-to-integers",
        lambda ref, right, p, t: truncated(right(p, t), p),
        **TRUNCATED,
    ),
)


def _sigmoid(label: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    return _one(label, "sigmoid_derivative", otherwise, says, look, think)


SIGMOID_DER = (
    _sigmoid(
        "sigmoid-for-its-derivative",
        lambda ref, right, z: sigmoid(z),
        "when σ(z) itself is returned instead of its derivative",
        "Look at what you return.",
        "What is the greatest value of σ', and what is that of yours?",
    ),
    _sigmoid(
        "z-taken-for-a",
        lambda ref, right, z: z * (1 - z),
        "when z (1 - z) is returned: the formula s (1 - s) holds for s = σ(z)",
        "Look at what stands in the formula s (1 - s).",
        "The argument is z. Which number is s?",
    ),
    _sigmoid(
        "taken-at-the-activation",
        lambda ref, right, z: _derivative(sigmoid(z)),
        "when the derivative is taken at σ(z) instead of at z",
        "Look at how often σ is applied.",
        "At which point does the chain rule ask for σ'?",
    ),
    _sigmoid(
        "tanh-formula",
        lambda ref, right, z: 1 - sigmoid(z) ** 2,
        "with the formula 1 - s², which belongs to tanh",
        "Look at the formula.",
        "Whose derivative is 1 - s²?",
    ),
    _sigmoid(
        "factor-left-out",
        lambda ref, right, z: 1 - sigmoid(z),
        "without the factor σ(z): it is 1 - σ(z)",
        "Look at the factors of the derivative.",
        "σ is flat on both sides. Is yours near zero for large positive and for large negative z?",
    ),
    _sigmoid(
        "sign-flipped",
        lambda ref, right, z: -right(z),
        "with the opposite sign",
        "Look at the sign.",
        "σ rises everywhere. Which sign does its derivative have?",
    ),
    _sigmoid(
        "truncated-to-integers",
        lambda ref, right, z: truncated(right(z), z),
        **TRUNCATED,
    ),
    _sigmoid(
        "derivative-summed",
        lambda ref, right, z: np.asarray(right(z).sum()),
        "when the derivatives are summed to one number",
        "Look at the shape of what you return.",
        "σ works on each entry alone. How many derivatives are there?",
    ),
)


def _jacobian(label: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    return _one(label, "jacobian", otherwise, says, look, think)


_WHICH = "Entry (i, j) says how a_i changes when z_j moves. What is it for i ≠ j?"

SIGMOID_JACOBIAN = (
    _jacobian(
        "diagonal-only",
        lambda ref, right, z: _derivative(z),
        "when only the diagonal comes back, as a vector, and not the matrix",
        "Look at the shape of what you return.",
        "How many numbers does it take to say how each of K outputs depends on each of K inputs?",
    ),
    _jacobian(
        "sigmoid-on-the-diagonal",
        lambda ref, right, z: np.diag(sigmoid(z)),
        "with σ(z) on the diagonal instead of its derivative",
        "Look at the diagonal.",
        "How does a_i change when z_i moves?",
    ),
    _jacobian(
        "softmax-jacobian",
        lambda ref, right, z: np.diag(sigmoid(z)) - np.outer(sigmoid(z), sigmoid(z)),
        "with the Jacobian diag(s) - s sᵀ, which belongs to softmax",
        "Look at the entries off the diagonal.",
        _WHICH,
    ),
    _jacobian(
        "outer-product",
        lambda ref, right, z: np.outer(sigmoid(z), 1 - sigmoid(z)),
        "with an outer product: its entries off the diagonal are not zero",
        "Look at the entries off the diagonal.",
        _WHICH,
    ),
    _jacobian(
        "every-row-the-derivative",
        lambda ref, right, z: np.tile(_derivative(z), (len(z), 1)),
        "when σ'(z) stands in every row, also off the diagonal",
        "Look at the entries off the diagonal.",
        _WHICH,
    ),
    _jacobian(
        "identity",
        lambda ref, right, z: np.eye(len(z)),
        "with the identity, which is the Jacobian of z + b with respect to b",
        "Look at the diagonal.",
        "How does a_i change when z_i moves?",
    ),
)

DC_DZ = (
    _one(
        "derivative-left-out",
        "error_signal",
        lambda ref, right, gradient, derivative: gradient,
        "without the factor ∂a/∂z: it is ∂C/∂a",
        "Look at how many factors you multiply.",
        "Through which quantity does the cost depend on z?",
    ),
    _one(
        "cost-left-out",
        "error_signal",
        lambda ref, right, gradient, derivative: derivative,
        "without the factor ∂C/∂a: it is the diagonal of ∂a/∂z",
        "Look at how many factors you multiply.",
        "Where does the target enter?",
    ),
    _one(
        "cost-taken-at-z",
        "loss_gradient",
        lambda ref, right, z, target: 2 / z.size * (z - target),
        "when z is compared with the target instead of a = σ(z)",
        "Look at what you hand to mse_der.",
        "Which of z and a is the prediction?",
    ),
    _one(
        "derivative-taken-at-the-activation",
        "sigmoid_derivative",
        lambda ref, right, z: right(sigmoid(z)),
        "when the derivative of the sigmoid is taken at a instead of at z",
        "Look at what you hand to the derivative of the sigmoid.",
        "Is it a function of z or of a?",
    ),
    _one(
        "not-summed",
        "error_signal",
        lambda ref, right, gradient, derivative: gradient * np.diag(derivative),
        "when the vector and the matrix are multiplied entry by entry: the products are not summed",
        "Look at the kind of product that joins ∂C/∂a and ∂a/∂z.",
        "Should ∂C/∂z be a vector or a matrix?",
    ),
    _one(
        "sign-flipped",
        "loss_gradient",
        lambda ref, right, z, target: -right(z, target),
        "with t - a for a - t",
        "Look at the order of the arguments of mse_der.",
        "Which comes first, the prediction or the target?",
    ),
    _one(
        "sigmoid-for-its-derivative",
        "sigmoid_derivative",
        lambda ref, right, z: sigmoid(z),
        "with σ(z) in the place of its derivative",
        "Look at the second factor.",
        "Is ∂a/∂z made of σ or of σ'?",
    ),
)


def _weight_jacobian(label: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    return _one(label, "weight_jacobian", otherwise, says, look, think)


_AXES = "z has one axis and W has two. In which order do they come in ∂z_i/∂W_jk?"
_OWN = "Does z_1 depend on the second row of W?"

DZ_DW = (
    _weight_jacobian(
        "two-axes-only",
        lambda ref, right, weight, x: np.tile(x, (len(weight), 1)),
        "when the axis of z is missing: the array is (out, in), with x in every row",
        "Look at the number of axes.",
        _AXES,
    ),
    _weight_jacobian(
        "own-row-not-singled-out",
        lambda ref, right, weight, x: np.tensordot(np.ones((len(weight), len(weight))), x, axes=0),
        "when every z_i depends on every row of W",
        "Look at the entries with i ≠ j.",
        _OWN,
    ),
    _weight_jacobian(
        "axes-out-in-out",
        lambda ref, right, weight, x: right(weight, x).transpose(0, 2, 1),
        "with the axes (out, in, out)",
        "Look at the order of the axes.",
        _AXES,
    ),
    _weight_jacobian(
        "axes-in-out-out",
        lambda ref, right, weight, x: right(weight, x).transpose(2, 0, 1),
        "with the axes (in, out, out)",
        "Look at the order of the axes.",
        _AXES,
    ),
    _weight_jacobian(
        "weights-for-the-input",
        lambda ref, right, weight, x: np.eye(len(weight))[:, :, None] * weight,
        "with the weights in the place of the input: that is what a derivative with respect to x holds",
        "Look at the numbers that fill the array.",
        "z_i = Σ_k W_ik x_k + b_i. What is left when you differentiate with respect to W_ik?",
    ),
    _weight_jacobian(
        "derivative-by-the-input",
        lambda ref, right, weight, x: weight,
        "with W, which is the derivative of z with respect to x",
        "Look at which variable you differentiate with respect to.",
        "In z = W x + b, which of W and x moves?",
    ),
    _weight_jacobian(
        "ones-for-the-input",
        lambda ref, right, weight, x: right(weight, np.ones_like(x)),
        "with ones in the place of the input x",
        "Look at the numbers that fill the array.",
        "z_i = Σ_k W_ik x_k + b_i. What is the factor of W_ik?",
    ),
)


def _bias_jacobian(label: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    return _one(label, "bias_jacobian", otherwise, says, look, think)


_SHAPE = "How many entries say how each of the outputs z_i depends on each b_j?"
DZ_DB = (
    _bias_jacobian(
        "ones-vector",
        lambda ref, right, bias: np.ones(len(bias)),
        "with a vector of ones instead of a matrix",
        "Look at the shape of what you return.",
        _SHAPE,
    ),
    _bias_jacobian(
        "single-one",
        lambda ref, right, bias: np.array(1.0),
        "with a single 1 instead of a matrix",
        "Look at the shape of what you return.",
        _SHAPE,
    ),
    _bias_jacobian(
        "ones-everywhere",
        lambda ref, right, bias: np.ones((len(bias), len(bias))),
        "when every z_i depends on every b_j",
        "Look at the entries off the diagonal.",
        "Does z_1 depend on b_2?",
    ),
    _bias_jacobian(
        "bias-on-the-diagonal",
        lambda ref, right, bias: np.diag(bias),
        "with b on the diagonal instead of ones",
        "Look at the diagonal.",
        "z_i = … + b_i. By how much does z_i grow if b_i grows by 1?",
    ),
    _bias_jacobian(
        "zeros",
        lambda ref, right, bias: np.zeros((len(bias), len(bias))),
        "with zeros everywhere, as if b were a constant",
        "Look at the diagonal.",
        "z_i = … + b_i. By how much does z_i grow if b_i grows by 1?",
    ),
)

FACTORS: dict[str, tuple[Misconception, ...]] = {
    "feed_forward_one_layer": FEED_FORWARD_ONE_LAYER,
    "cost_one_layer": COST_ONE_LAYER,
    "mse_der": MSE_DER,
    "sigmoid_der": SIGMOID_DER,
    "sigmoid_jacobian": SIGMOID_JACOBIAN,
    "dC_dz": DC_DZ,
    "dz_dW": DZ_DW,
    "dz_db": DZ_DB,
}
"""Mistakes in the functions of Parts 1 and 2, by task."""
