"""Mistakes in `sigmoid`, `sigmoid_derivative` and `nll_gradient`: one unit."""

from __future__ import annotations

import numpy as np

from checks.observing.observation import Array
from checks.softmax_and_nll.misconceptions.wording import mistake
from checks.softmax_and_nll.reference import sigmoid


def truncated(values: Array, z: Array) -> Array:
    """Return values as they come out of an array that was made like z: whole numbers where z has them."""
    return values.astype(z.dtype)


SIGMOID = (
    mistake(
        "sigmoid",
        "sign-of-the-exponent",
        lambda ref, right, z: right(-z),
        "with exp(z) instead of exp(-z)",
        "Look at the exponent.",
        "Should the sigmoid of a large z be near 0 or near 1?",
    ),
    mistake(
        "sigmoid",
        "overflow",
        lambda ref, right, z: np.exp(np.asarray(z, dtype=float)) / (1 + np.exp(np.asarray(z, dtype=float))),
        "from exp(z) / (1 + exp(z)), which is inf / inf = nan for a large z",
        "Look at what happens for z = 1000.",
        "Divide numerator and denominator by exp(z): which exponential is left, and is it large or small?",
    ),
    mistake(
        "sigmoid",
        "integers-truncated",
        lambda ref, right, z: truncated(right(z), z),
        "when results are stored in an array made like z, which for integers cuts off everything behind the point",
        "Look at how you make the array that you fill.",
        "What is np.zeros_like(z).dtype if z holds integers?",
    ),
    mistake(
        "sigmoid",
        "tanh-instead",
        lambda ref, right, z: np.tanh(z),
        "from tanh instead of the sigmoid",
        "Look at which function you call.",
        "Between which two numbers does the sigmoid lie?",
    ),
    mistake(
        "sigmoid",
        "derivative-returned",
        lambda ref, right, z: right(z) * (1 - right(z)),
        "when the derivative of the sigmoid is returned instead of the sigmoid",
        "Look at what you return.",
        "What is σ(0), and what does yours give?",
    ),
)
"""Mistakes in `sigmoid`."""

SIGMOID_DERIVATIVE = (
    mistake(
        "sigmoid_derivative",
        "z-taken-for-a",
        lambda ref, right, z: z * (1 - z),
        "from z (1 - z), where z is taken for the activation a",
        "Look at what the argument is: z, or a = σ(z)?",
        "The derivative in terms of a is a (1 - a). What is a here?",
    ),
    mistake(
        "sigmoid_derivative",
        "sigmoid-applied-twice",
        lambda ref, right, z: right(sigmoid(z)),
        "when the derivative is taken at σ(z) instead of at z",
        "Look at the argument of every sigmoid.",
        "How often is the sigmoid applied to z?",
    ),
    mistake(
        "sigmoid_derivative",
        "tanh-derivative",
        lambda ref, right, z: 1 - np.tanh(z) ** 2,
        "from the derivative of tanh, 1 - tanh²",
        "Look at which function you differentiate.",
        "What is the greatest value of σ'?",
    ),
    mistake(
        "sigmoid_derivative",
        "square-instead-of-product",
        lambda ref, right, z: 1 - sigmoid(z) ** 2,
        "from 1 - σ², which is the pattern of tanh",
        "Look at the factors of σ'.",
        "Which of σ' and tanh' is one minus a square?",
    ),
    mistake(
        "sigmoid_derivative",
        "first-factor-left-out",
        lambda ref, right, z: 1 - sigmoid(z),
        "without the factor σ(z)",
        "Look at the factors of σ'.",
        "Where should σ' be small: for large z, for small z, or for both?",
    ),
    mistake(
        "sigmoid_derivative",
        "sigmoid-returned",
        lambda ref, right, z: sigmoid(z),
        "when the sigmoid itself is returned",
        "Look at what you return.",
        "What is the derivative of the sigmoid for very large z?",
    ),
    mistake(
        "sigmoid_derivative",
        "integers-truncated",
        lambda ref, right, z: truncated(right(z), z),
        "when results are stored in an array made like z, which for integers cuts off everything behind the point",
        "Look at how you make the array that you fill.",
        "What is np.zeros_like(z).dtype if z holds integers?",
    ),
)
"""Mistakes in `sigmoid_derivative`."""

NLL_GRADIENT = (
    mistake(
        "unit_gradient",
        "negated",
        lambda ref, right, x, a, y: -right(x, a, y),
        "with y - a instead of a - y (that points downhill, and a step against it makes the loss rise)",
        "Look at the sign.",
        "If a is too large, should the gradient along a positive x be positive or negative?",
    ),
    mistake(
        "unit_gradient",
        "transposed",
        lambda ref, right, x, a, y: right(x, a, y).T,
        "when the gradient is transposed; it should have the shape of the weights, (m, 1)",
        "Look at the shape.",
        "Can you subtract your gradient from a column of weights and get a column?",
    ),
    mistake(
        "unit_gradient",
        "derivative-of-the-sigmoid-kept",
        lambda ref, right, x, a, y: right(x, a, y) * a * (1 - a),
        "with an additional factor a (1 - a), which cancels with this loss",
        "Look at the factors.",
        "Multiply ∂L/∂a = (a - y) / (a (1 - a)) by the derivative of the sigmoid. What is left?",
    ),
    mistake(
        "unit_gradient",
        "derivative-of-the-sigmoid-left-out",
        lambda ref, right, x, a, y: right(x, a, y) / (a * (1 - a)),
        "without the derivative of the sigmoid, a (1 - a)",
        "Look at the chain rule: from L to a, from a to z, from z to w.",
        "∂L/∂a is (a - y) / (a (1 - a)). Which function lies between z and a?",
    ),
    mistake(
        "unit_gradient",
        "input-left-out",
        lambda ref, right, x, a, y: a - y,
        "without the input x, as for the derivative with respect to z",
        "Look at the chain rule's last factor.",
        "What is the derivative of z = wᵀ x with respect to w?",
    ),
    mistake(
        "unit_gradient",
        "parentheses-missing",
        lambda ref, right, x, a, y: x * a - y,
        "from x a - y, without the parentheses around a - y",
        "Look at the parentheses.",
        "Which of * and - does Python do first?",
    ),
    mistake(
        "unit_gradient",
        "label-left-out",
        lambda ref, right, x, a, y: x @ a,
        "from x a, where the label y is never subtracted",
        "Look at which of the arguments you use.",
        "What should the gradient be if a equals y?",
    ),
)
"""Mistakes in `nll_gradient`."""
