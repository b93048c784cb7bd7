"""Mistakes in AbsCriterion and BCECriterion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from checks.judging.reference import Misconception, Override
from checks.layers_and_losses.reference import FORMULAS


def _mistake(label: str, step: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    return Misconception(label, Override(step, otherwise), says, look, think, FORMULAS[step][0])


def _shared(loss: str, gradient: str) -> tuple[Misconception, ...]:
    """Return the mistakes that both criteria share."""
    return (
        _mistake(
            "loss-averaged",
            loss,
            lambda ref, right, p, y: right(p, y) / p.size,
            "when the mean over all entries is taken; losses are plain sums here",
            "Look at how many numbers become one.",
            "Would the loss of the same data, given twice, be twice as large?",
        ),
        _mistake(
            "loss-averaged-over-samples",
            loss,
            lambda ref, right, p, y: right(p, y) / len(p),
            "when the sum is divided by the number of samples; losses are plain sums here",
            "Look at the number that you divide by.",
            "Would the loss of the same data, given twice, be twice as large?",
        ),
        _mistake(
            "loss-averaged-over-outputs",
            loss,
            lambda ref, right, p, y: right(p, y) / p.shape[1],
            "when the sum is divided by the number of outputs; losses are plain sums here",
            "Look at the number that you divide by.",
            "Does the boxed convention mention a mean?",
        ),
        _mistake(
            "loss-halved",
            loss,
            lambda ref, right, p, y: right(p, y) / 2,
            "with a factor ½ in front of the sum; losses are plain sums here",
            "Look at the factors in your forward.",
            "Does the boxed convention mention a factor?",
        ),
        _mistake(
            "gradient-averaged-over-outputs",
            gradient,
            lambda ref, right, p, y: right(p, y) / p.shape[1],
            "when the gradient is divided by the number of outputs; the loss is a plain sum",
            "Look at the factors in your backward.",
            "Is there such a factor in the loss?",
        ),
        _mistake(
            "gradient-halved",
            gradient,
            lambda ref, right, p, y: right(p, y) / 2,
            "with half the gradient; the loss is a plain sum, without a factor ½",
            "Look at the factors in your backward.",
            "Is there such a factor in the loss?",
        ),
        _mistake(
            "gradient-averaged",
            gradient,
            lambda ref, right, p, y: right(p, y) / p.size,
            "when the gradient is divided by the number of entries; the loss is a plain sum",
            "Look at the factors in your backward.",
            "Is there such a factor in the loss?",
        ),
        _mistake(
            "gradient-averaged-over-samples",
            gradient,
            lambda ref, right, p, y: right(p, y) / len(p),
            "when the gradient is divided by the number of samples; the loss is a plain sum",
            "Look at the factors in your backward.",
            "Is there such a factor in the loss?",
        ),
        _mistake(
            "gradient-times-n",
            gradient,
            lambda ref, right, p, y: right(p, y) * len(p),
            "with the gradient multiplied by the number of samples",
            "Look at the factors in your backward.",
            "Each prediction enters the sum once. Where does the N come from?",
        ),
        _mistake(
            "sign-flipped",
            gradient,
            lambda ref, right, p, y: -right(p, y),
            "with the gradient's opposite sign: the derivative with respect to the labels, or labels minus predictions",
            "Look at the order of predictions and labels in backward.",
            "If a prediction is too large, should its gradient be positive or negative?",
        ),
        _mistake(
            "gradient-summed",
            gradient,
            lambda ref, right, p, y: np.asarray(right(p, y).sum()),
            "when the gradient is summed to a single number; there is one for every prediction",
            "Look at the shape of what backward returns.",
            "Which shape does the gradient with respect to the predictions have?",
        ),
    )


ABS = (
    _mistake(
        "absolute-value-left-out",
        "abs_loss",
        lambda ref, right, p, y: np.asarray((p - y).sum()),
        "without the absolute value: errors of opposite sign cancel",
        "Look at what happens to each difference before the sum.",
        "Can this loss ever be negative?",
    ),
    _mistake(
        "absolute-value-after-the-sum",
        "abs_loss",
        lambda ref, right, p, y: np.asarray(abs((p - y).sum())),
        "when the absolute value is taken after the sum: errors of opposite sign cancel",
        "Look at the order of sum and absolute value.",
        "What is the loss if one prediction is 1 too large and one 1 too small?",
    ),
    _mistake(
        "squared",
        "abs_loss",
        lambda ref, right, p, y: np.asarray(((p - y) ** 2).sum()),
        "with squares instead of absolute values",
        "Look at what happens to each difference before the sum.",
        "How does this criterion differ from MSECriterion?",
    ),
    _mistake(
        "not-summed",
        "abs_loss",
        lambda ref, right, p, y: abs(p - y),
        "before the sum is taken: one number for every entry",
        "Look at the shape of what forward returns.",
        "Which operation turns many numbers into one?",
    ),
    _mistake(
        "summed-per-sample",
        "abs_loss",
        lambda ref, right, p, y: abs(p - y).sum(axis=1),
        "with one sum for every sample instead of one number",
        "Look at the axis of your sum.",
        "Over which of samples and outputs does equation (19) sum?",
    ),
    _mistake(
        "difference-for-sign",
        "abs_gradient",
        lambda ref, right, p, y: p - y,
        "with the difference itself instead of its sign",
        "Look at how the gradient depends on the size of the error.",
        "How steep is |d| at d = 0.1, and how steep at d = 5?",
    ),
    _mistake(
        "gradient-of-the-squares",
        "abs_gradient",
        lambda ref, right, p, y: 2 * (p - y),
        "with the gradient of MSECriterion",
        "Look at which loss your backward is the derivative of.",
        "How steep is |d| at d = 0.1, and how steep at d = 5?",
    ),
    _mistake(
        "ones-everywhere",
        "abs_gradient",
        lambda ref, right, p, y: np.ones_like(p),
        "with 1 everywhere, whatever the sign of the difference",
        "Look at predictions that are too small.",
        "Which slope does |d| have where d is negative?",
    ),
    *_shared("abs_loss", "abs_gradient"),
)
"""Mistakes in `AbsCriterion`."""

BCE = (
    _mistake(
        "minus-left-out",
        "bce_loss",
        lambda ref, right, p, y: -right(p, y),
        "without the minus sign in front of the sum",
        "Look at the sign of your loss.",
        "The logarithm of a probability is never positive. Should a loss be?",
    ),
    _mistake(
        "second-term-left-out",
        "bce_loss",
        lambda ref, right, p, y: np.asarray(-(y * np.log(p)).sum()),
        "without the second term, (1 - y) log(1 - a): entries with label 0 have no effect",
        "Look at the terms of your sum for a label of 0.",
        "What does a prediction of 0.9 cost if the label is 0?",
    ),
    _mistake(
        "first-term-left-out",
        "bce_loss",
        lambda ref, right, p, y: np.asarray(-((1 - y) * np.log(1 - p)).sum()),
        "without the first term, y log a: entries with label 1 have no effect",
        "Look at the terms of your sum for a label of 1.",
        "What does a prediction of 0.1 cost if the label is 1?",
    ),
    _mistake(
        "labels-reversed",
        "bce_loss",
        lambda ref, right, p, y: right(p, 1 - y),
        "with y and 1 - y exchanged: right predictions cost the most",
        "Look at which label goes with which logarithm.",
        "What should a prediction of 0.9 cost if the label is 1?",
    ),
    _mistake(
        "terms-subtracted",
        "bce_loss",
        lambda ref, right, p, y: np.asarray((-y * np.log(p) + (1 - y) * np.log(1 - p)).sum()),
        "when the minus belongs to the first term only",
        "Look at the sign of the second term.",
        "Which of the two terms stands inside the parentheses of (21)?",
    ),
    _mistake(
        "not-summed",
        "bce_loss",
        lambda ref, right, p, y: -(y * np.log(p) + (1 - y) * np.log(1 - p)),
        "before the sum is taken: one number for every entry",
        "Look at the shape of what forward returns.",
        "Which operation turns many numbers into one?",
    ),
    _mistake(
        "summed-per-sample",
        "bce_loss",
        lambda ref, right, p, y: -(y * np.log(p) + (1 - y) * np.log(1 - p)).sum(axis=1),
        "with one sum for every sample instead of one number",
        "Look at the axis of your sum.",
        "Over which of samples and outputs does equation (21) sum?",
    ),
    _mistake(
        "denominator-left-out",
        "bce_gradient",
        lambda ref, right, p, y: p - y,
        "without the denominator a (1 - a): a - y is the gradient before the sigmoid, not at its output",
        "Look at what your gradient is the derivative with respect to.",
        "The criterion does not know that a sigmoid made its input. What multiplies (a - y) once more, and where?",
    ),
    _mistake(
        "denominator-halved",
        "bce_gradient",
        lambda ref, right, p, y: (p - y) / p,
        "with the denominator a instead of a (1 - a)",
        "Look at the denominator.",
        "The gradient at a = 0.9, y = 0 is 1/(1 - a). Which factor gives that?",
    ),
    _mistake(
        "gradient-of-the-first-term",
        "bce_gradient",
        lambda ref, right, p, y: -y / p,
        "with the derivative of the first term only, -y / a",
        "Look at the gradient for a label of 0.",
        "What does the second term of (21) contribute?",
    ),
    _mistake(
        "parentheses-forgotten",
        "bce_gradient",
        lambda ref, right, p, y: (p - y) / p * (1 - p),
        "with (a - y) / a * (1 - a): Python divides by a and then multiplies by 1 - a",
        "Look at the parentheses around your denominator.",
        "In which order does Python evaluate a / b * c?",
    ),
    *_shared("bce_loss", "bce_gradient"),
)
"""Mistakes in `BCECriterion`."""
