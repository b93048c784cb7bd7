"""Mistakes in the softmax layer: its gradient, prediction and update."""

from __future__ import annotations

import numpy as np

from checks.judging.reference import Misconception
from checks.softmax_and_nll.misconceptions.wording import mistake
from checks.softmax_and_nll.reference import sigmoid


def _negated(step: str) -> Misconception:
    return mistake(
        step,
        "negated",
        lambda ref, right, a, y: -right(a, y),
        "with y - a instead of a - y (a step against it makes the loss rise)",
        "Look at the sign of the error signal.",
        "For a class that is not the true one, should its score go up or down?",
    )


_DIAGONAL_JACOBIAN = mistake(
    "error_signal",
    "diagonal-jacobian",
    lambda ref, right, a, y: -y * (1 - a),
    "when the derivative of the softmax is taken as its diagonal a (1 - a) only",
    "Look at the derivative of the softmax.",
    "If z of one class grows, what happens to the probabilities of all the others?",
)
_JACOBIAN_LEFT_OUT = mistake(
    "error_signal",
    "jacobian-left-out",
    lambda ref, right, a, y: -y / a,
    "when the derivative of the loss with respect to a is used, without that of the softmax",
    "Look at the chain of derivatives from the loss to z.",
    "Which function lies between z and a?",
)
_LABEL_LEFT_OUT = mistake(
    "error_signal",
    "label-left-out",
    lambda ref, right, a, y: a,
    "without the label y",
    "Look at which of the arguments you use.",
    "What should the gradient be if a equals y?",
)

SOFTMAX_GRADIENT = (
    _negated("error_signal"),
    mistake(
        "layer_gradient",
        "transposed",
        lambda ref, right, x, error: right(x, error).T,
        "when the gradient is transposed; it should have the shape of W, (m, n)",
        "Look at the shape.",
        "Rows of W belong to inputs, columns to classes. And those of your gradient?",
    ),
    mistake(
        "layer_gradient",
        "input-left-out",
        lambda ref, right, x, error: error,
        "without the input x, as for the derivative with respect to z",
        "Look at the chain rule's last factor.",
        "What is the derivative of z_j with respect to W_ij?",
    ),
    mistake(
        "layer_gradient",
        "entry-by-entry",
        lambda ref, right, x, error: x * error,
        "when the columns x and a - y are multiplied entry by entry",
        "Look at the product.",
        "Every input meets every class. Which product of two columns has m times n entries?",
    ),
    mistake(
        "error_signal",
        "derivative-kept",
        lambda ref, right, a, y: right(a, y) * a * (1 - a),
        "with an additional factor a (1 - a), which cancels with this loss",
        "Look at the factors.",
        "δ = a - y is already the derivative with respect to z. What would a further factor be for?",
    ),
    _DIAGONAL_JACOBIAN,
    _JACOBIAN_LEFT_OUT,
    _LABEL_LEFT_OUT,
)
"""Mistakes in `softmax_gradient`."""

PREDICT = (
    mistake(
        "probabilities",
        "softmax-left-out",
        lambda ref, right, z: z,
        "without the softmax",
        "Look at what happens to z.",
        "Do your numbers add up to 1?",
    ),
    mistake(
        "probabilities",
        "sigmoid-instead",
        lambda ref, right, z: sigmoid(z),
        "with the sigmoid instead of the softmax",
        "Look at the activation.",
        "Do your numbers add up to 1?",
    ),
    mistake(
        "weighted_input",
        "weights-not-transposed",
        lambda ref, right, x, W: W @ x,
        "from W x, where W is not transposed",
        "Look at the shapes in the product.",
        "W is (m, n) and x is (m, 1). Which product gives (n, 1)?",
    ),
    mistake(
        "probabilities",
        "lying-on-its-side",
        lambda ref, right, z: right(z).T,
        "when the probabilities lie in a row (a sample is a column here, (n, 1))",
        "Look at the shape of the result.",
        "Is a sample a row or a column in this notebook?",
    ),
    mistake(
        "probabilities",
        "softmax-of-a-row",
        lambda ref, right, z: np.ones_like(z.T),
        "from the softmax of a row (every column of it holds one number, so everything becomes 1)",
        "Look at the shape of what goes into the softmax.",
        "Over which axis does the softmax sum, and how long is it?",
    ),
    mistake(
        "probabilities",
        "class-instead-of-probabilities",
        lambda ref, right, z: (z == z.max()).astype(float),
        "when only the most probable class is marked, as a one-hot column",
        "Look at what you return.",
        "How sure is the layer? Your result does not say.",
    ),
)
"""Mistakes in `predict`."""

_ASCENT = (
    "ascent",
    lambda ref, right, W, gradient, rate: W + rate * gradient,
    "with + instead of -, which climbs up the loss",
    "Look at the sign of the step.",
    "The gradient points uphill. Where do you want to go?",
)
_RATE_LEFT_OUT = (
    "learning-rate-left-out",
    lambda ref, right, W, gradient, rate: W - gradient,
    "without the learning rate",
    "Look at the length of the step.",
    "Which of the arguments is never used?",
)

_RATE_OF_THE_EXAMPLE = (
    "rate-of-the-example",
    lambda ref, right, W, gradient, rate: W - 0.5 * gradient,
    "with the learning rate 0.5, whatever is given",
    "Look for a number that should be an argument.",
    "What does your function do for another learning rate?",
)

GRADIENT_STEP = (
    mistake("stepped", *_ASCENT),
    mistake("stepped", *_RATE_LEFT_OUT),
    mistake(
        "stepped",
        "rate-times-everything",
        lambda ref, right, W, gradient, rate: rate * (W - gradient),
        "when the learning rate multiplies W as well",
        "Look at the parentheses.",
        "With a learning rate of 0 the weights should stay as they are. Do they?",
    ),
    mistake(
        "stepped",
        "rate-added",
        lambda ref, right, W, gradient, rate: W - gradient / rate,
        "when the gradient is divided by the learning rate",
        "Look at what is done with the learning rate.",
        "Should a smaller learning rate make the step shorter or longer?",
    ),
    mistake(
        "stepped",
        "step-returned",
        lambda ref, right, W, gradient, rate: -rate * gradient,
        "when only the step is returned, not W after it",
        "Look at what you return.",
        "From where does the step start?",
    ),
    mistake("stepped", *_RATE_OF_THE_EXAMPLE),
    mistake(
        "stepped",
        "not-updated",
        lambda ref, right, W, gradient, rate: W,
        "when W is returned as it was",
        "Look at what you return.",
        "Is the new W stored, and is it the one that you return?",
    ),
)
"""Mistakes in `gradient_step`."""

PREDICT_AFTER_STEP = (
    mistake("stepped", *_ASCENT),
    mistake("stepped", *_RATE_LEFT_OUT),
    mistake("stepped", *_RATE_OF_THE_EXAMPLE),
    _DIAGONAL_JACOBIAN,
    _JACOBIAN_LEFT_OUT,
    _LABEL_LEFT_OUT,
    mistake(
        "used_weights",
        "old-weights-used",
        lambda ref, right, new, old: old,
        "when the prediction is made with the old weights",
        "Look at which weights the last prediction uses.",
        "What has changed since the first prediction?",
    ),
    mistake(
        "handed_back",
        "new-weights-returned",
        lambda ref, right, prediction, new: new,
        "when the new weights are returned instead of the prediction that they make",
        "Look at what you return.",
        "Which shape do the probabilities have, and which yours?",
    ),
    mistake(
        "stepped",
        "two-steps",
        lambda ref, right, W, gradient, rate: W - 2 * rate * gradient,
        "when the same step is taken twice",
        "Look at how often the weights move.",
        "Does one of your functions change its argument as well as return the new value?",
    ),
    mistake(
        "stepped",
        "step-taken-for-the-weights",
        lambda ref, right, W, gradient, rate: rate * gradient,
        "when the step is used as if it were the new weights",
        "Look at which weights the last prediction uses.",
        "From where does the step start?",
    ),
    mistake(
        "error_signal",
        "derivative-kept",
        lambda ref, right, a, y: right(a, y) * a * (1 - a),
        "with an additional factor a (1 - a) in the gradient, which cancels with this loss",
        "Look at the gradient.",
        "δ = a - y is already the derivative with respect to z. What would a further factor be for?",
    ),
)
"""Mistakes in `predict_after_step`."""
