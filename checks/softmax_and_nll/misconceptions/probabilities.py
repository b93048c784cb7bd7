"""Mistakes in `softmax` and `nllm` that have a label of their own."""

from __future__ import annotations

from functools import partial

from checks.formulas.slips import written
from checks.formulas.tree import Number, Operation, total
from checks.softmax_and_nll.misconceptions.element_wise import TRUNCATED
from checks.softmax_and_nll.reference import (
    ONE,
    PROBABILITIES,
    C,
    E,
    NllmReference,
    SoftmaxReference,
    Y,
    Z,
    of,
    sigmoid,
)

_shift, _exponentials, _normalised = (
    partial(written, SoftmaxReference, step=step) for step in ("shift", "exponentials", "normalised")
)
_terms, _total = (partial(written, NllmReference, step=step) for step in ("terms", "total"))

SOFTMAX = (
    _normalised(
        "sum-over-everything",
        tree=E / total(E),
        says="when all columns are divided by one sum over everything (each column has a sum of its own)",
        look="Look at the axis of the sum.",
        think="What should each column add up to? And what do all columns add up to together?",
    ),
    _normalised(
        "sum-over-the-samples",
        tree=E / of("row sum", E),
        says="when the sum runs over the samples (axis 1) instead of over the classes (axis 0)",
        look="Look at the axis of the sum.",
        think="Do your columns add up to 1, or your rows?",
    ),
    _normalised(
        "not-normalised",
        tree=E,
        says="without the division by the sum",
        think="By what do you have to divide so that each column adds up to 1?",
    ),
    _shift(
        "not-stabilised",
        tree=Number(0),
        says="without subtracting the maximum of its column from z (for large z the exponential is inf, and inf / inf "
        "is nan; where all of a column is far below 0, it is 0 / 0)",
        look="Look at the largest number that you take the exponential of.",
        think="What happens to the softmax of a column if the same number is subtracted from all of its entries?",
    ),
    _shift(
        "one-maximum-for-all-columns",
        tree=of("maximum", Z),
        says="when the maximum of the whole array is subtracted (columns far below it become 0 / 0)",
        look="Look at the axis of the maximum.",
        think="Each column needs a largest exponent of 0. Which number has to be subtracted from which column?",
    ),
    _shift(
        "maximum-over-the-samples",
        tree=of("row maximum", Z),
        says="when the maximum is taken over the samples (axis 1) instead of over the classes (axis 0), which "
        "subtracts different numbers within one column and changes the result",
        look="Look at the axis of the maximum.",
        think="What may be subtracted from a column without changing its softmax?",
    ),
    _exponentials(
        "sign-of-the-exponent",
        tree=of("exp", -Z - of("column maximum", -Z)),
        says="with exp(-z) instead of exp(z)",
        think="Should the class with the largest z get the largest probability or the smallest?",
    ),
    _normalised("integers-truncated", tree=of("in the type of", SoftmaxReference.normalised.right, Z), **TRUNCATED),
    _normalised(
        "sigmoid-of-each",
        tree=sigmoid(Z),
        says="from the sigmoid of each entry",
        look="Look at what couples the classes.",
        think="Do your columns add up to 1?",
    ),
    _normalised(
        "log-returned",
        tree=Z - C - of("natural log", of("column sum", E)),
        says="when the logarithm of the softmax is returned",
        think="Can a probability be negative?",
    ),
)
"""Mistakes in `softmax`."""

_LOG = of("natural log", PROBABILITIES)
_SUMMED = NllmReference.terms.left
_COUNTED: Operation = of("counted", Y, _LOG)

NLLM = (
    _terms(
        "zero-times-log-zero",
        tree=-(Y * _LOG),
        says="from y·log(a) without treating a = 0: 0 times log 0 is nan, where it should count as 0",
        look="Look at what happens where a is 0.",
        think="Which entries of a does the loss need at all?",
    ),
    _terms(
        "one-argument-transposed",
        tree=-(Y.T * _LOG),
        says="when one argument is transposed (a row times a column is a whole table of products, and its sum counts "
        "every class)",
        look="Look at the shapes that you multiply.",
        think="What is the shape of a row (1, n) times, entry by entry, a column (n, 1)?",
    ),
    _total(
        "averaged-over-all-entries",
        tree=of("mean", _SUMMED),
        says="when the loss is the mean over all entries (here it is the sum)",
        look="Look at how the entries become one number.",
        think="Would the loss of one sample change if a class were added that never occurs?",
    ),
    _total(
        "averaged-over-the-columns",
        tree=of("over columns", _SUMMED),
        says="when the loss is divided by the number of columns (here it is the sum over the batch)",
        look="Look at what you divide by.",
        think="Which convention for batches does this notebook use?",
    ),
    _total(
        "divided-by-len",
        tree=of("over length", _SUMMED),
        says="when the loss is divided by len(a), the number of rows (here it is the sum)",
        look="Look at what you divide by.",
        think="What is len() of a column, and of a row? And which convention does this notebook use?",
    ),
    _total(
        "not-summed-over-the-columns",
        tree=of("sum over rows", _SUMMED),
        says="when the sum runs over axis 0 only, so that each column keeps a loss of its own",
        look="Look at the axis of your sum.",
        think="How many numbers should come out for a batch?",
    ),
    _terms(
        "negated",
        tree=_COUNTED,
        says="without the minus sign",
        look="Look at the sign.",
        think="What is the sign of the logarithm of a probability?",
    ),
    _terms(
        "arguments-swapped",
        tree=-(PROBABILITIES * of("natural log", Y)),
        says="from the logarithm of y, where the two arguments are swapped",
        look="Look at which of the two is inside the logarithm.",
        think="What is the logarithm of a 0 in y?",
    ),
    _terms(
        "binary-terms-added",
        tree=-(_COUNTED + of("counted", ONE - Y, of("natural log", ONE - PROBABILITIES))),
        says="with the terms (1 - y) log(1 - a) of the loss for one neuron added",
        look="Look at which terms belong to the loss of several classes.",
        think="How many terms of the sum are not 0 for a one-hot y?",
    ),
    _terms(
        "logarithm-left-out",
        tree=-of("counted", Y, PROBABILITIES),
        says="without the logarithm",
        think="What should the loss be if that probability is 1?",
    ),
)
"""Mistakes in `nllm`."""
