"""Mistakes in the softmax layer that have a label of their own: its gradient, prediction and update."""

from __future__ import annotations

from functools import partial

from checks.formulas.slips import Worked, written
from checks.formulas.tree import Number, Symbol, scaled, times
from checks.judging.reference import Misconception, Override
from checks.softmax_and_nll.reference import (
    AFTER,
    ERROR,
    GRADIENT,
    LOGITS,
    ONE,
    PROBABILITIES,
    RATE,
    A,
    GradientStepReference,
    PredictAfterStepReference,
    PredictReference,
    SoftmaxGradientReference,
    W,
    X,
    Y,
    of,
    sigmoid,
    softmax,
)


def errors(reference: type[Worked], step: str, a: Symbol, z: str) -> dict[str, Misconception]:
    """Return the mistakes in the error signal a - y of a softmax, by label."""
    mistake = partial(written, reference, step=step)
    found = (
        mistake(
            "negated",
            tree=Y - a,
            says=f"with y - {a} instead of {a} - y (a step against it makes the loss rise)",
            look="Look at the sign of the error signal.",
            think="For a class that is not the true one, should its score go up or down?",
        ),
        mistake(
            "derivative-kept",
            tree=(a - Y) * a * (ONE - a),
            says=f"with an additional factor {a} (1 - {a}) in the error signal, which cancels with this loss",
            think=f"{a} - y is already the derivative with respect to {z}. What would a further factor be for?",
        ),
        mistake(
            "diagonal-jacobian",
            tree=-(Y * (ONE - a)),
            says=f"when only the true class has an error, as with the diagonal {a} (1 - {a}) alone for the derivative",
            look="Look at the error signal of the classes that are not the true one.",
            think=f"If {z} of one class grows, what happens to the probabilities of all the others?",
        ),
        mistake(
            "jacobian-left-out",
            tree=-(Y / a),
            says=f"when the derivative of the loss with respect to {a} is used, without that of the softmax",
            look=f"Look at the chain of derivatives from the loss to {z}.",
            think=f"Which function lies between {z} and {a}?",
        ),
        mistake(
            "label-left-out",
            tree=a,
            says=f"with {a} itself as the error signal, without the label y",
            look="Look at which of the arguments you use.",
            think=f"What should the gradient be if {a} equals y?",
        ),
    )
    return {one.label: one for one in found}


_gradient = partial(written, SoftmaxGradientReference, step="layer_gradient")
_ERRORS = errors(SoftmaxGradientReference, "error_signal", PROBABILITIES, "z")

SOFTMAX_GRADIENT = (
    _ERRORS["negated"],
    _gradient(
        "transposed",
        tree=(X @ ERROR.T).T,
        says="when the gradient is transposed; it should have the shape of W, (m, n)",
        look="Look at the shape.",
        think="Rows of W belong to inputs, columns to classes. And those of your gradient?",
    ),
    _gradient(
        "input-left-out",
        tree=ERROR,
        says="without the input x, as for the derivative with respect to z",
        think="What is the derivative of z_j with respect to W_ij?",
    ),
    _gradient(
        "entry-by-entry",
        tree=X * ERROR,
        says="when the columns x and a - y are multiplied entry by entry",
        look="Look at the product.",
        think="Every input meets every class. Which product of two columns has m times n entries?",
    ),
    _gradient(
        "derivative-kept",
        tree=X @ (ERROR * PROBABILITIES * (ONE - PROBABILITIES)).T,
        says=_ERRORS["derivative-kept"].says,
        think=_ERRORS["derivative-kept"].think,
    ),
    *(_ERRORS[label] for label in ("diagonal-jacobian", "jacobian-left-out", "label-left-out")),
)
"""Mistakes in `softmax_gradient`."""

_input, _probabilities = (partial(written, PredictReference, step=step) for step in ("weighted_input", "probabilities"))

PREDICT = (
    _probabilities("softmax-left-out", tree=LOGITS, says="without the softmax", think="Do your numbers add up to 1?"),
    _probabilities(
        "sigmoid-instead",
        tree=sigmoid(LOGITS),
        says="with the sigmoid instead of the softmax",
        look="Look at the activation.",
        think="Do your numbers add up to 1?",
    ),
    _input(
        "weights-not-transposed",
        tree=W @ X,
        says="from W x, where W is not transposed",
        look="Look at the shapes in the product.",
        think="W is (m, n) and x is (m, 1). Which product gives (n, 1)?",
    ),
    _probabilities(
        "lying-on-its-side",
        tree=softmax(LOGITS).T,
        says="when the probabilities lie in a row (a sample is a column here, (n, 1))",
        look="Look at the shape of the result.",
        think="Is a sample a row or a column in this notebook?",
    ),
    _probabilities(
        "softmax-of-a-row",
        tree=of("ones", LOGITS.T),
        says="from the softmax of a row (every column of it holds one number, so everything becomes 1)",
        look="Look at the shape of what goes into the softmax.",
        think="Over which axis does the softmax sum, and how long is it?",
    ),
    _probabilities(
        "class-instead-of-probabilities",
        tree=of("decision", LOGITS),
        says="when only the most probable class is marked, as a one-hot column",
        look="Look at what you return.",
        think="How sure is the layer? Your result does not say.",
    ),
)
"""Mistakes in `predict`."""


def updates(
    reference: type[Worked], step: str, weights: Symbol, gradient: Symbol, *, both: bool = False
) -> dict[str, Misconception]:
    """Return the mistakes in the step of weights, by label."""
    mistake, change = partial(written, reference, step=step, both=both), times(RATE, gradient)
    found = (
        mistake(
            "ascent",
            tree=weights + change,
            says="with the opposite sign of the step, which climbs up the loss",
            look="Look at the signs: of the step, and of the error signal.",
            think="The gradient points uphill. Where do you want to go?",
        ),
        mistake(
            "learning-rate-left-out",
            tree=weights - gradient,
            says="without the learning rate",
            look="Look at the length of the step.",
            think="Which of the arguments is never used?",
        ),
        mistake(
            "rate-of-the-example",
            tree=weights - times(Number(0.5), gradient),
            says="with the learning rate 0.5, whatever is given",
            look="Look for a number that should be an argument.",
            think="What does your function do for another learning rate?",
        ),
        mistake(
            "rate-times-everything",
            tree=times(RATE, weights - gradient),
            says=f"when the learning rate multiplies {weights} as well",
            look="Look at the parentheses.",
            think="With a learning rate of 0 the weights should stay as they are. Do they?",
        ),
        mistake(
            "rate-added",
            tree=weights - gradient / RATE,
            says="when the gradient is divided by the learning rate",
            look="Look at what is done with the learning rate.",
            think="Should a smaller learning rate make the step shorter or longer?",
        ),
        mistake(
            "step-returned",
            tree=-change,
            says="when only the step is returned, not the weights after it",
            look="Look at what you return.",
            think="From where does the step start?",
        ),
        mistake(
            "not-updated",
            tree=weights,
            says="when the weights stay as they were",
            look="Look at what you return.",
            think="Are the new weights stored, and are they what you return?",
        ),
        mistake(
            "two-steps",
            tree=weights - scaled(2)(change),
            says="when the same step is taken twice",
            look="Look at how often the weights move.",
            think="Does one of your functions change its argument as well as return the new value?",
        ),
        mistake(
            "step-taken-for-the-weights",
            tree=change,
            says="when the step is used as if it were the new weights",
            look="Look at which weights the last prediction uses.",
            think="From where does the step start?",
        ),
        mistake(
            "gradient-returned",
            tree=gradient,
            says="when the gradient is returned instead of the new weights",
            look="Look at what you return.",
            think="From where does the step start?",
        ),
    )
    return {one.label: one for one in found}


_STEPS = updates(GradientStepReference, "stepped", W, GRADIENT)

GRADIENT_STEP = tuple(
    _STEPS[label]
    for label in (
        "ascent",
        "learning-rate-left-out",
        "rate-times-everything",
        "rate-added",
        "step-returned",
        "rate-of-the-example",
        "not-updated",
    )
)
"""Mistakes in `gradient_step`."""

_STEPS = updates(PredictAfterStepReference, "stepped", W, GRADIENT)
_ERRORS = errors(PredictAfterStepReference, "error_signal", A, "z")

PREDICT_AFTER_STEP = (
    *(_STEPS[label] for label in ("ascent", "learning-rate-left-out", "rate-of-the-example")),
    *(_ERRORS[label] for label in ("diagonal-jacobian", "jacobian-left-out", "label-left-out")),
    Misconception(
        "old-weights-used",
        Override("descended", lambda ref, right, old: old),
        "when the prediction is made with the old weights",
        "Look at which weights the last prediction uses.",
        "What has changed since the first prediction?",
        "(10)",
    ),
    Misconception(
        "new-weights-returned",
        Override("handed_back", lambda ref, right, prediction: ref.known["W", AFTER]),
        "when the new weights are returned instead of the prediction that they make",
        "Look at what you return.",
        "Which shape do the probabilities have, and which yours?",
        "(9)",
    ),
    *(_STEPS[label] for label in ("two-steps", "step-taken-for-the-weights")),
    _ERRORS["derivative-kept"],
)
"""Mistakes in `predict_after_step`."""
