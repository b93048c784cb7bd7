"""Mistakes in `sigmoid`, `sigmoid_derivative` and `nll_gradient` that have a label of their own: one unit."""

from __future__ import annotations

from functools import partial

from checks.formulas.slips import Words, written
from checks.formulas.tree import square
from checks.softmax_and_nll.reference import (
    ACTIVATION,
    ONE,
    UNIT_ERROR,
    NllGradientReference,
    SigmoidDerivativeReference,
    SigmoidReference,
    X,
    Y,
    Z,
    of,
    sigmoid,
)

_sigmoid = partial(written, SigmoidReference, step="sigmoid")
_activation = partial(written, SigmoidDerivativeReference, step="activation")
_derivative = partial(written, SigmoidDerivativeReference, step="sigmoid_derivative")
_error, _gradient = (partial(written, NllGradientReference, step=step) for step in ("unit_error", "unit_gradient"))

TRUNCATED: Words = {
    "says": "when results are stored in an array made like z, which for integers cuts off everything behind the point",
    "look": "Look at how you make the array that you fill.",
    "think": "What is np.zeros_like(z).dtype if z holds integers?",
}

SIGMOID = (
    _sigmoid(
        "sign-of-the-exponent",
        tree=ONE / (ONE + of("exp", Z)),
        says="with exp(z) instead of exp(-z)",
        think="Should the sigmoid of a large z be near 0 or near 1?",
    ),
    _sigmoid(
        "overflow",
        tree=of("exp", Z) / (ONE + of("exp", Z)),
        says="from exp(z) / (1 + exp(z)), which is inf / inf = nan for a large z",
        look="Look at what happens for z = 1000.",
        think="Divide numerator and denominator by exp(z): which exponential is left, and is it large or small?",
    ),
    _sigmoid("integers-truncated", tree=of("in the type of", SigmoidReference.sigmoid.right, Z), **TRUNCATED),
    _sigmoid(
        "tanh-instead",
        tree=of("tanh", Z),
        says="from tanh instead of the sigmoid",
        think="Between which two numbers does the sigmoid lie?",
    ),
    _sigmoid(
        "derivative-returned",
        tree=sigmoid(Z) * (ONE - sigmoid(Z)),
        says="when the derivative of the sigmoid is returned instead of the sigmoid",
        think="What is σ(0), and what does yours give?",
    ),
)
"""Mistakes in `sigmoid`."""

SIGMOID_DERIVATIVE = (
    _activation(
        "z-taken-for-a",
        tree=Z,
        says="from z (1 - z), where z is taken for the activation a",
        look="Look at what the argument is: z, or a = σ(z)?",
        think="The derivative in terms of a is a (1 - a). What is a here?",
    ),
    _activation(
        "sigmoid-applied-twice",
        tree=sigmoid(sigmoid(Z)),
        says="when the derivative is taken at σ(z) instead of at z",
        think="How often is the sigmoid applied to z?",
    ),
    _derivative(
        "tanh-derivative",
        tree=ONE - square(of("tanh", Z)),
        says="from the derivative of tanh, 1 - tanh²",
        think="What is the greatest value of σ'?",
    ),
    _derivative(
        "square-instead-of-product",
        tree=ONE - square(ACTIVATION),
        says="from 1 - σ², which is the pattern of tanh",
        think="Which of σ' and tanh' is one minus a square?",
    ),
    _derivative(
        "first-factor-left-out",
        tree=ONE - ACTIVATION,
        says="without the factor σ(z)",
        think="Where should σ' be small: for large z, for small z, or for both?",
    ),
    _derivative(
        "sigmoid-returned",
        tree=ACTIVATION,
        says="when the sigmoid itself is returned",
        think="What is the derivative of the sigmoid for very large z?",
    ),
    _derivative(
        "integers-truncated",
        tree=of("in the type of", SigmoidDerivativeReference.sigmoid_derivative.right, Z),
        **TRUNCATED,
    ),
)
"""Mistakes in `sigmoid_derivative`."""

NLL_GRADIENT = (
    _error(
        "negated",
        tree=Y - ACTIVATION,
        says="with y - a instead of a - y (that points downhill, and a step against it makes the loss rise)",
        look="Look at the sign.",
        think="If a is too large, should the gradient along a positive x be positive or negative?",
    ),
    _gradient(
        "transposed",
        tree=(X @ UNIT_ERROR).T,
        says="when the gradient is transposed; it should have the shape of the weights, (m, 1)",
        look="Look at the shape.",
        think="Can you subtract your gradient from a column of weights and get a column?",
    ),
    _gradient(
        "derivative-of-the-sigmoid-kept",
        tree=X @ (UNIT_ERROR * ACTIVATION * (ONE - ACTIVATION)),
        says="with an additional factor a (1 - a), which cancels with this loss",
        think="Multiply ∂L/∂a = (a - y) / (a (1 - a)) by the derivative of the sigmoid. What is left?",
    ),
    _gradient(
        "derivative-of-the-sigmoid-left-out",
        tree=X @ (UNIT_ERROR / (ACTIVATION * (ONE - ACTIVATION))),
        says="without the derivative of the sigmoid, a (1 - a)",
        look="Look at the chain rule: from L to a, from a to z, from z to w.",
        think="∂L/∂a is (a - y) / (a (1 - a)). Which function lies between z and a?",
    ),
    _gradient(
        "input-left-out",
        tree=UNIT_ERROR,
        says="without the input x, as for the derivative with respect to z",
        think="What is the derivative of z = wᵀ x with respect to w?",
    ),
    _gradient(
        "parentheses-missing",
        tree=X * ACTIVATION - Y,
        says="from x a - y, without the parentheses around a - y",
        look="Look at the parentheses.",
        think="Which of * and - does Python do first?",
    ),
    _error(
        "label-left-out",
        tree=ACTIVATION,
        says="from x a, where the label y is never subtracted",
        look="Look at which of the arguments you use.",
        think="What should the gradient be if a equals y?",
    ),
)
"""Mistakes in `nll_gradient`."""
