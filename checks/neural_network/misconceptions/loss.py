"""Mistakes in the loss that have a label of their own."""

from __future__ import annotations

from checks.formulas.slips import written
from checks.formulas.tree import Node, Operation, scaled, square, total
from checks.judging.reference import Misconception
from checks.neural_network.reference import PREDICTED, LossReference, Y


def _mistake(label: str, tree: Node, says: str, look: str, think: str) -> Misconception:
    return written(LossReference, label, "mean_squared_error", tree, says=says, look=look, think=think)


_ERROR = PREDICTED - Y
_SQUARE = square(_ERROR)
_NUMBER = "Look at the number that you divide by."
_HOW_MANY = "How many squared errors are there for N samples with K outputs each?"

GET_LOSS = (
    _mistake(
        "loss-summed",
        scaled(1)(total(_SQUARE)),
        "when the squared errors are summed and not divided by their number N K",
        "Look at how the squared errors become one number.",
        "Would the loss of the same data, given twice, be the same?",
    ),
    _mistake(
        "loss-halved",
        scaled(0.5, N=-1, K=-1)(total(_SQUARE)),
        "with a factor 1/2 in front",
        "Look at the constant in front of the sum.",
        "Some books halve the squared error. Does this exercise?",
    ),
    _mistake(
        "loss-root",
        Operation("root", (LossReference.mean_squared_error.right,)),
        "when the root of the mean squared error is taken",
        "Look at the last operation.",
        "Is the loss here in squared units or in units of the output?",
    ),
    _mistake(
        "loss-mean-over-samples",
        scaled(1, N=-1)(total(_SQUARE)),
        "when the sum is divided by the N samples only, not by all N K entries",
        _NUMBER,
        _HOW_MANY,
    ),
    _mistake(
        "loss-mean-over-outputs",
        scaled(1, K=-1)(total(_SQUARE)),
        "when the sum is divided by the K outputs only, not by all N K entries",
        _NUMBER,
        _HOW_MANY,
    ),
    _mistake(
        "loss-absolute",
        scaled(1, N=-1, K=-1)(total(Operation("abs", (_ERROR,)))),
        "with absolute instead of squared differences",
        "Look at what happens to each difference before the mean.",
        "What does the S in MSE stand for?",
    ),
    _mistake(
        "loss-gradient-returned",
        scaled(2, N=-1, K=-1)(_ERROR),
        "when the gradient of the loss is returned instead of the loss",
        "Look at which method of the loss you call.",
        "Should the loss be one number, or one for every output?",
    ),
    _mistake(
        "loss-not-reduced",
        _SQUARE,
        "before the mean is taken: one squared error for every entry",
        "Look at the shape of what you return.",
        "Which operation turns many squared errors into one number?",
    ),
    _mistake(
        "loss-per-sample",
        Operation("mean over columns", (_SQUARE,)),
        "with one mean for every sample instead of one number",
        "Look at the axis of your mean.",
        "Over which of samples and outputs does equation (3) sum?",
    ),
)
"""Mistakes in `NeuralNetwork.get_loss`."""
