"""Mistakes in `softmax` and `nllm`."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.observing.observation import Array
from checks.softmax_and_nll.misconceptions.wording import mistake
from checks.softmax_and_nll.reference import sigmoid


def _swapped(ref: Any, right: Any, a: Array, y: Array) -> Array:
    return -a * np.log(y)


def _if_known(ref: Any, values: Array) -> Array | None:
    """Return values, or None if they depend on whether probabilities of 0 were clipped before the logarithm."""
    if ref.case.topic and not np.isfinite(values).all():
        return None
    return np.asarray(values).reshape(()) if np.size(values) == 1 else values


SOFTMAX = (
    mistake(
        "normalised",
        "sum-over-everything",
        lambda ref, right, e, z: e / e.sum(),
        "when all columns are divided by one sum over everything (each column has a sum of its own)",
        "Look at the axis of the sum.",
        "What should each column add up to? And what do all columns add up to together?",
    ),
    mistake(
        "normalised",
        "sum-over-the-samples",
        lambda ref, right, e, z: e / e.sum(axis=1, keepdims=True),
        "when the sum runs over the samples (axis 1) instead of over the classes (axis 0)",
        "Look at the axis of the sum.",
        "Do your columns add up to 1, or your rows?",
    ),
    mistake(
        "normalised",
        "not-normalised",
        lambda ref, right, e, z: e,
        "without the division by the sum",
        "Look at what probabilities have to add up to.",
        "By what do you have to divide so that each column adds up to 1?",
    ),
    mistake(
        "shifted",
        "not-stabilised",
        lambda ref, right, z: z,
        "without subtracting the maximum of its column from z (for large z the exponential is inf, and inf / inf is "
        "nan; where all of a column is far below 0, it is 0 / 0)",
        "Look at the largest number that you take the exponential of.",
        "What happens to the softmax of a column if the same number is subtracted from all of its entries?",
    ),
    mistake(
        "shifted",
        "one-maximum-for-all-columns",
        lambda ref, right, z: z - z.max(),
        "when the maximum of the whole array is subtracted (columns far below it become 0 / 0)",
        "Look at the axis of the maximum.",
        "Each column needs a largest exponent of 0. Which number has to be subtracted from which column?",
    ),
    mistake(
        "shifted",
        "maximum-over-the-samples",
        lambda ref, right, z: z - z.max(axis=1, keepdims=True),
        "when the maximum is taken over the samples (axis 1) instead of over the classes (axis 0), which "
        "subtracts different numbers within one column and changes the result",
        "Look at the axis of the maximum.",
        "What may be subtracted from a column without changing its softmax?",
    ),
    mistake(
        "shifted",
        "sign-of-the-exponent",
        lambda ref, right, z: right(-z),
        "with exp(-z) instead of exp(z)",
        "Look at the exponent.",
        "Should the class with the largest z get the largest probability or the smallest?",
        "(5)",
    ),
    mistake(
        "normalised",
        "integers-truncated",
        lambda ref, right, e, z: right(e, z).astype(z.dtype),
        "when results are stored in an array made like z, which for integers cuts off everything behind the point",
        "Look at how you make the array that you fill.",
        "What is np.zeros_like(z).dtype if z holds integers?",
    ),
    mistake(
        "normalised",
        "sigmoid-of-each",
        lambda ref, right, e, z: sigmoid(z),
        "from the sigmoid of each entry",
        "Look at what couples the classes.",
        "Do your columns add up to 1?",
    ),
    mistake(
        "normalised",
        "log-returned",
        lambda ref, right, e, z: ref.shifted(z) - np.log(e.sum(axis=0, keepdims=True)),
        "when the logarithm of the softmax is returned",
        "Look at what you return.",
        "Can a probability be negative?",
    ),
)
"""Mistakes in `softmax`."""

NLLM = (
    mistake(
        "terms",
        "zero-times-log-zero",
        lambda ref, right, a, y: -y * np.log(a),
        "from y·log(a) without treating a = 0: 0 times log 0 is nan, where it should count as 0",
        "Look at what happens where a is 0.",
        "Which entries of a does the loss need at all?",
    ),
    mistake(
        "terms",
        "one-argument-transposed",
        lambda ref, right, a, y: -y.T * np.log(a),
        "when one argument is transposed (a row times a column is a whole table of products, and its sum counts every "
        "class)",
        "Look at the shapes that you multiply.",
        "What is the shape of a row (1, n) times, entry by entry, a column (n, 1)?",
    ),
    mistake(
        "total",
        "averaged-over-all-entries",
        lambda ref, right, terms: _if_known(ref, np.asarray(terms.mean())),
        "when the loss is the mean over all entries (here it is the sum)",
        "Look at how the entries become one number.",
        "Would the loss of one sample change if a class were added that never occurs?",
    ),
    mistake(
        "total",
        "averaged-over-the-columns",
        lambda ref, right, terms: _if_known(ref, terms.sum() / (terms.shape[1] if terms.ndim == 2 else 1)),
        "when the loss is divided by the number of columns (here it is the sum over the batch)",
        "Look at what you divide by.",
        "Which convention for batches does this notebook use?",
    ),
    mistake(
        "total",
        "divided-by-len",
        lambda ref, right, terms: _if_known(ref, terms.sum() / len(terms)),
        "when the loss is divided by len(a), the number of rows (here it is the sum)",
        "Look at what you divide by.",
        "What is len() of a column, and of a row? And which convention does this notebook use?",
    ),
    mistake(
        "total",
        "not-summed-over-the-columns",
        lambda ref, right, terms: _if_known(ref, terms.sum(axis=0)),
        "when the sum runs over axis 0 only, so that each column keeps a loss of its own",
        "Look at the axis of your sum.",
        "How many numbers should come out for a batch?",
    ),
    mistake(
        "total",
        "negated",
        lambda ref, right, terms: -terms.sum(),
        "without the minus sign",
        "Look at the sign.",
        "What is the sign of the logarithm of a probability?",
    ),
    mistake(
        "terms",
        "arguments-swapped",
        _swapped,
        "from the logarithm of y, where the two arguments are swapped",
        "Look at which of the two is inside the logarithm.",
        "What is the logarithm of a 0 in y?",
    ),
    mistake(
        "terms",
        "binary-terms-added",
        lambda ref, right, a, y: right(a, y) - np.where(y == 1, 0.0, np.log(1 - np.where(y == 1, 0.0, a))),
        "with the terms (1 - y) log(1 - a) of the loss for one neuron added",
        "Look at which terms belong to the loss of several classes.",
        "How many terms of the sum are not 0 for a one-hot y?",
    ),
    mistake(
        "terms",
        "logarithm-left-out",
        lambda ref, right, a, y: -a * y,
        "without the logarithm",
        "Look at what is done with the probability of the true class.",
        "What should the loss be if that probability is 1?",
    ),
)
"""Mistakes in `nllm`."""
