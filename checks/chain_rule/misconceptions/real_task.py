"""Mistakes in classification and training that have a label of their own, and unusual forms of training."""

from __future__ import annotations

from checks.chain_rule.misconceptions.mistake import STOPPING, Told, otherwise, truncated
from checks.chain_rule.reference import ONE, of
from checks.chain_rule.reference_training import (
    DW,
    RATE,
    B,
    CrossEntropyReference,
    E,
    MergedDerivativeReference,
    P,
    SoftmaxReference,
    T,
    TrainReference,
    W,
    Z,
)
from checks.formulas.slips import listed
from checks.formulas.tree import scaled, square, times, total
from checks.judging.reference import Misconception, Override, Variant

_ROWS = "Rows are samples. Over which axis do the probabilities of one sample run?"
_SUM = "What should the probabilities of one sample sum to?"
_NEGATIVE = "Can a probability be negative?"
_SOFTMAX = SoftmaxReference.softmax.right

SOFTMAX = (
    *listed(
        SoftmaxReference,
        "softmax",
        {
            "softmax-over-the-samples": (
                E / of("column sum", E),
                "with the softmax over the columns: it is the samples that compete with each other, not the classes",
                _ROWS,
            ),
            "softmax-over-everything": (E / total(E), "when the sum runs over all entries of the matrix", _ROWS),
            "keepdims-left-out": (
                E / of("sum over columns", E),
                "when the row sums lost their axis: a matrix divided by a vector divides its columns",
                "Which shape must the row sums have, so that each row is divided by its own?",
            ),
            "not-normalised": (E, "when the exponentials are not divided by their sum", _SUM),
            "sigmoid-for-softmax": (
                of("σ", Z),
                "with the sigmoid of every entry instead of the softmax of every row",
                _SUM,
            ),
            "log-softmax": (of("log", _SOFTMAX), "when the logarithm of the probabilities is returned", _NEGATIVE),
            "truncated-to-integers": truncated(_SOFTMAX, Z),
        },
    ),
    *listed(
        SoftmaxReference,
        "exponentials",
        {
            "stabilised-by-the-wrong-axis": (
                of("exp", Z - of("column maximum", Z)),
                "when the greatest entry of each column is subtracted instead of that of each row",
                "Rows still sum to 1, but what changes if the classes of a row are shifted by different amounts?",
            ),
            "exponential-left-out": (Z, "without the exponential", _NEGATIVE),
        },
    ),
    *STOPPING,
)

_TERMS = total(times(T, of("log", P)))

CROSS_ENTROPY = (
    *listed(
        CrossEntropyReference,
        "cross_entropy",
        {
            "cost-summed": (
                -_TERMS,
                "when the samples are summed and not averaged",
                "Would the cost of the same data, given twice, be the same?",
            ),
            "mean-over-all-entries": -scaled(1, N=-1, K=-1)(_TERMS),
            "minus-left-out": (
                scaled(1, N=-1)(_TERMS),
                "without the minus sign",
                "Which sign does the logarithm of a probability have, and which sign should a cost have?",
            ),
            "both-classes-counted": (
                -scaled(1, N=-1)(total(times(T, of("log", P)) + times(ONE - T, of("log", ONE - P)))),
                "with the terms (1 - t) ln(1 - p), which belong to a sigmoid at the output",
                "With softmax, is the probability of the other classes not determined already?",
            ),
            "logarithm-to-base-2": -scaled(1, N=-1)(total(times(T, of("log2", P)))),
            "logarithm-to-base-10": -scaled(1, N=-1)(total(times(T, of("log10", P)))),
            "one-cost-per-sample": (
                -of("sum over columns", times(T, of("log", P))),
                "with one cost for every sample instead of one number",
                "Which operation turns the costs of the samples into one?",
            ),
            "squared-error-for-cross-entropy": (
                of("mean", square(P - T)),
                "with the mean squared error in the place of the cross-entropy",
                "Where is the logarithm?",
            ),
            "logarithm-of-the-mean": (
                -of("log", scaled(1, N=-1)(total(times(T, P)))),
                "when the mean is taken before the logarithm",
                "Is it the probabilities that are averaged, or the costs?",
            ),
        },
    ),
    *STOPPING,
)

_DIVIDE = "The cost is a mean over the N samples, and each sample's cost has the derivative p - t."
_OVER_N = scaled(1, N=-1)

SOFTMAX_CROSS_ENTROPY_DER = listed(
    MergedDerivativeReference,
    "merged_derivative",
    {
        "mean-left-out": (P - T, "when p - t is not divided by the number of samples", _DIVIDE),
        "divided-by-all-entries": scaled(1, N=-1, K=-1)(P - T),
        "divided-by-the-classes": scaled(1, K=-1)(P - T),
        "derivative-of-the-squared-error": (
            scaled(2, N=-1, K=-1)(P - T),
            "with the derivative of the mean squared error",
            "Whose derivative has a factor 2, and whose has none?",
        ),
        "sign-flipped": _OVER_N(T - P),
        "softmax-not-merged": (
            -_OVER_N(T / P),
            "with the derivative with respect to the probabilities: that of the softmax is still missing",
            "activation_ders holds 1 for the softmax. So who takes care of its derivative?",
        ),
        "diagonal-of-the-softmax-jacobian": (
            -_OVER_N(T * (ONE - P)),
            "with only the diagonal p (1 - p) of the softmax's Jacobian",
            "If another class's z grows, does the probability of the right class not shrink?",
        ),
        "cost-derivative-times-softmax-diagonal": (
            _OVER_N((P - T) * P * (ONE - P)),
            "with p (1 - p) multiplied in once more: p - t has the softmax's derivative in it already",
            "What is left of the softmax's derivative when it is merged with that of the cross-entropy?",
        ),
    },
)


# --- training --------------------------------------------------------------------------------------------------

_UNUSED = "Which of your function's arguments is never used?"
_FORM, _RETURN = "In which order do the callers unpack (layers, losses)?", "Look at your return statement."
_KINDS = "Which kinds of parameters does a layer have?"
_HANDED = "Look at what you hand to backpropagation_batch."

_STEPS: dict[str, dict[str, Told]] = {
    "updated": {
        "network-not-updated": (
            lambda ref, right, layers, trajectory: layers,
            "when the layers never change",
            "Look at what happens in an epoch after the gradients are there.",
            "Who uses the gradients?",
        )
    },
    "gradients_at": {
        "stale-gradients": (
            lambda ref, right, layers, trajectory: right(trajectory[0], trajectory),
            "when the gradients are computed once before the loop and used in every epoch",
            "Look at where backpropagation_batch is called.",
            "Is yesterday's gradient the gradient of today's network?",
        )
    },
    "epochs": {
        "one-epoch-too-few": (
            lambda ref, right: right() - 1,
            "after one epoch too few",
            "Look at the bounds of your loop.",
            "How many numbers does range(1, epochs) have?",
        ),
        "one-epoch-too-many": (
            lambda ref, right: right() + 1,
            "after one epoch too many",
            "Look at the bounds of your loop.",
            "How many numbers does range(epochs + 1) have?",
        ),
        "one-epoch-only": (
            lambda ref, right: 1,
            "after one epoch only",
            "Look at where your function returns.",
            "Is your `return` inside the loop?",
        ),
    },
    "cost_derivative": {
        "cost-der-ignored": (
            lambda ref, right, predict, target: 2 / predict.size * (predict - target),
            "with mse_der, the default, whatever is given as cost_der",
            _HANDED,
            _UNUSED,
        ),
        "softmax-cross-entropy-whatever-is-given": (
            lambda ref, right, predict, target: (predict - target) / len(predict),
            "with softmax_cross_entropy_der, whatever is given as cost_der",
            _HANDED,
            _UNUSED,
        ),
    },
    "layers_kept": {
        "untrained-layers-returned": (
            lambda ref, right, trajectory: trajectory[0],
            "when the layers that come back are those from before the training",
            "Look at which list you return.",
            "Where do your updated layers live?",
        )
    },
    "form": {
        "losses-swapped": (
            lambda ref, right: 1,
            "when (losses, layers) is returned; it should be (layers, losses)",
            _RETURN,
            _FORM,
        ),
        "layers-not-returned": (
            lambda ref, right: 2,
            "when only the losses are returned; it should be (layers, losses)",
            _RETURN,
            _FORM,
        ),
        "losses-not-returned": (
            lambda ref, right: 3,
            "when only the layers are returned; it should be (layers, losses)",
            _RETURN,
            _FORM,
        ),
    },
}

TRAIN_NETWORK = (
    *(one for step, mistakes in _STEPS.items() for one in otherwise(TrainReference, step, mistakes)),
    *listed(
        TrainReference,
        "new_weight",
        {
            "ascent": (
                W + times(RATE, DW),
                "with a plus sign in the update, which climbs up the cost",
                "The gradient points uphill. Where do you want to go?",
            ),
            "learning-rate-left-out": (W - DW, "without the learning rate", _UNUSED),
            "averaged-once-more": W - scaled(1, N=-1)(times(RATE, DW)),
        },
        both=True,
    ),
    *listed(TrainReference, "new_weight", {"weights-not-updated": (W, "when the weights are not updated", _KINDS)}),
    *listed(TrainReference, "new_bias", {"bias-not-updated": (B, "when the biases are not updated", _KINDS)}),
    *listed(
        TrainReference,
        "cost",
        {
            "mean-squared-error-recorded": (
                of("mean", square(P - T)),
                "when the mean squared error is recorded instead of the cross-entropy",
                "Which cost does this part use?",
            )
        },
    ),
)

TRAIN_VARIANTS = (
    Variant(
        "recorded-after-the-update",
        Override("recorded", lambda ref, right, trajectory: [ref.cost_of(layers) for layers in trajectory[1:]]),
        "Your losses are those after each update. That is fine, but the first is not that of the untrained network.",
    ),
    Variant(
        "recorded-before-and-after",
        Override("recorded", lambda ref, right, trajectory: [ref.cost_of(layers) for layers in trajectory]),
        "Your losses have one entry more than epochs, the one after the last update; that is fine.",
    ),
)

REAL_TASK: dict[str, tuple[Misconception, ...]] = {
    "softmax": SOFTMAX,
    "cross_entropy": CROSS_ENTROPY,
    "softmax_cross_entropy_der": SOFTMAX_CROSS_ENTROPY_DER,
    "train_network": TRAIN_NETWORK,
}
"""Mistakes in classification and training, by task."""
