"""Mistakes in the loss."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from checks.judging.reference import Misconception, Override
from checks.neural_network.reference import FORMULAS


def _mistake(label: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    step = "mean_squared_error"
    return Misconception(label, Override(step, otherwise), says, look, think, FORMULAS[step][0])


GET_LOSS = (
    _mistake(
        "loss-summed",
        lambda ref, right, difference: np.asarray((difference**2).sum()),
        "when the squared errors are summed and not divided by their number N K",
        "Look at how the squared errors become one number.",
        "Would the loss of the same data, given twice, be the same?",
    ),
    _mistake(
        "loss-halved",
        lambda ref, right, difference: right(difference) / 2,
        "with a factor 1/2 in front",
        "Look at the constant in front of the sum.",
        "Some books halve the squared error. Does this exercise?",
    ),
    _mistake(
        "loss-root",
        lambda ref, right, difference: np.sqrt(right(difference)),
        "when the root of the mean squared error is taken",
        "Look at the last operation.",
        "Is the loss here in squared units or in units of the output?",
    ),
    _mistake(
        "loss-mean-over-samples",
        lambda ref, right, difference: np.asarray((difference**2).sum() / len(difference)),
        "when the sum is divided by the N samples only, not by all N K entries",
        "Look at the number that you divide by.",
        "How many squared errors are there for N samples with K outputs each?",
    ),
    _mistake(
        "loss-mean-over-outputs",
        lambda ref, right, difference: np.asarray((difference**2).sum() / difference.shape[1]),
        "when the sum is divided by the K outputs only, not by all N K entries",
        "Look at the number that you divide by.",
        "How many squared errors are there for N samples with K outputs each?",
    ),
    _mistake(
        "loss-absolute",
        lambda ref, right, difference: np.asarray(abs(difference).mean()),
        "with absolute instead of squared differences",
        "Look at what happens to each difference before the mean.",
        "What does the S in MSE stand for?",
    ),
    _mistake(
        "loss-gradient-returned",
        lambda ref, right, difference: 2 * difference / difference.size,
        "when the gradient of the loss is returned instead of the loss",
        "Look at which method of the loss you call.",
        "Should the loss be one number, or one for every output?",
    ),
    _mistake(
        "loss-not-reduced",
        lambda ref, right, difference: difference**2,
        "before the mean is taken: one squared error for every entry",
        "Look at the shape of what you return.",
        "Which operation turns many squared errors into one number?",
    ),
    _mistake(
        "loss-per-sample",
        lambda ref, right, difference: (difference**2).mean(axis=1),
        "with one mean for every sample instead of one number",
        "Look at the axis of your mean.",
        "Over which of samples and outputs does equation (3) sum?",
    ),
)
"""Mistakes in `NeuralNetwork.get_loss`."""
