"""Mistakes in classification and in training, and the unusual ways of training that are right.

Longer than 400 lines because it is data: one entry for each mistake, with its words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from checks.chain_rule.misconceptions.mistake import STOPPING, TRUNCATED, mistake, truncated
from checks.chain_rule.reference import CLASSES, Layers, TrainReference
from checks.judging.reference import Misconception, Override, Variant
from checks.observing.observation import Array


def _write(label: str, step: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    return mistake(CLASSES, label, step, otherwise, says, look, think)


_ROWS = "Rows are samples. Over which axis do the probabilities of one sample run?"


def _transposed_broadcast(ref: Any, right: Any, z: Array) -> Array:
    powers = np.exp(z)
    return np.asarray(powers / powers.sum(axis=1))


def _stabilised_by_columns(ref: Any, right: Any, z: Array) -> Array:
    powers = np.exp(z - z.max(axis=0))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


SOFTMAX = (
    _write(
        "softmax-over-the-samples",
        "softmax",
        lambda ref, right, z: right(z.T).T,
        "with the softmax over the columns: it is the samples that compete with each other, not the classes",
        "Look at the axis of your sum.",
        _ROWS,
    ),
    _write(
        "softmax-over-everything",
        "softmax",
        lambda ref, right, z: np.exp(z) / np.exp(z).sum(),
        "when the sum runs over all entries of the matrix",
        "Look at the axis of your sum.",
        _ROWS,
    ),
    _write(
        "keepdims-left-out",
        "softmax",
        _transposed_broadcast,
        "when the row sums lost their axis: a matrix divided by a vector divides its columns",
        "Look at the shape of the sum.",
        "Which shape must the row sums have, so that each row is divided by its own?",
    ),
    _write(
        "stabilised-by-the-wrong-axis",
        "softmax",
        _stabilised_by_columns,
        "when the greatest entry of each column is subtracted instead of that of each row",
        "Look at the axis of your maximum.",
        "Rows still sum to 1, but what changes if the classes of a row are shifted by different amounts?",
    ),
    _write(
        "not-normalised",
        "softmax",
        lambda ref, right, z: np.exp(z),
        "when the exponentials are not divided by their sum",
        "Look at what each row sums to.",
        "What should the probabilities of one sample sum to?",
    ),
    _write(
        "exponential-left-out",
        "softmax",
        lambda ref, right, z: z / z.sum(axis=1, keepdims=True),
        "without the exponential",
        "Look at entries of z that are negative.",
        "Can a probability be negative?",
    ),
    _write(
        "sigmoid-for-softmax",
        "softmax",
        lambda ref, right, z: 1 / (1 + np.exp(-z)),
        "with the sigmoid of every entry instead of the softmax of every row",
        "Look at what each row sums to.",
        "What should the probabilities of one sample sum to?",
    ),
    _write(
        "log-softmax",
        "softmax",
        lambda ref, right, z: np.log(right(z)),
        "when the logarithm of the probabilities is returned",
        "Look at the sign of what you return.",
        "Can a probability be negative?",
    ),
    _write(
        "truncated-to-integers",
        "softmax",
        lambda ref, right, z: truncated(right(z), z),
        **TRUNCATED,
    ),
    *STOPPING,
)


def _cost(label: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    return _write(label, "cross_entropy", otherwise, says, look, think)


CROSS_ENTROPY = (
    _cost(
        "cost-summed",
        lambda ref, right, p, t: right(p, t) * len(p),
        "when the samples are summed and not averaged",
        "Look at what you divide by.",
        "Would the cost of the same data, given twice, be the same?",
    ),
    _cost(
        "mean-over-all-entries",
        lambda ref, right, p, t: right(p, t) / p.shape[1],
        "when the mean is taken over all N K entries and not over the N samples",
        "Look at what you divide by.",
        "Which of the terms of a row are zero anyway? How many samples are there?",
    ),
    _cost(
        "minus-left-out",
        lambda ref, right, p, t: -right(p, t),
        "without the minus sign",
        "Look at the sign.",
        "Which sign does the logarithm of a probability have, and which sign should a cost have?",
    ),
    _cost(
        "both-classes-counted",
        lambda ref, right, p, t: np.asarray(right(p, t) - ((1 - t) * np.log(1 - p)).sum() / len(p)),
        "with the terms (1 - t) ln(1 - p), which belong to a sigmoid at the output",
        "Look at the terms of your sum.",
        "With softmax, is the probability of the other classes not determined already?",
    ),
    _cost(
        "logarithm-to-base-2",
        lambda ref, right, p, t: right(p, t) / np.log(2),
        "with the logarithm to base 2",
        "Look at the logarithm.",
        "The derivative of which logarithm is 1/p?",
    ),
    _cost(
        "logarithm-to-base-10",
        lambda ref, right, p, t: right(p, t) / np.log(10),
        "with the logarithm to base 10",
        "Look at the logarithm.",
        "The derivative of which logarithm is 1/p?",
    ),
    _cost(
        "one-cost-per-sample",
        lambda ref, right, p, t: -(t * np.log(p)).sum(axis=1),
        "with one cost for every sample instead of one number",
        "Look at the shape of what you return.",
        "Which operation turns the costs of the samples into one?",
    ),
    _cost(
        "squared-error-for-cross-entropy",
        lambda ref, right, p, t: np.asarray(((p - t) ** 2).mean()),
        "with the mean squared error in the place of the cross-entropy",
        "Look at which cost this part uses.",
        "Where is the logarithm?",
    ),
    _cost(
        "logarithm-of-the-mean",
        lambda ref, right, p, t: np.asarray(-np.log((t * p).sum(axis=1).mean())),
        "when the mean is taken before the logarithm",
        "Look at the order of the mean and the logarithm.",
        "Is it the probabilities that are averaged, or the costs?",
    ),
    *STOPPING,
)


def _merged(label: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    return _write(label, "merged_derivative", otherwise, says, look, think)


_DIVIDE = "The cost is a mean over the N samples, and each sample's cost has the derivative p - t."
SOFTMAX_CROSS_ENTROPY_DER = (
    _merged(
        "mean-left-out",
        lambda ref, right, p, t: p - t,
        "when p - t is not divided by the number of samples",
        "Look at what happened to the mean.",
        _DIVIDE,
    ),
    _merged(
        "divided-by-all-entries",
        lambda ref, right, p, t: (p - t) / p.size,
        "when p - t is divided by all N K entries and not by the N samples",
        "Look at the number that you divide by.",
        _DIVIDE,
    ),
    _merged(
        "divided-by-the-classes",
        lambda ref, right, p, t: (p - t) / p.shape[1],
        "when p - t is divided by the K classes and not by the N samples",
        "Look at the number that you divide by.",
        _DIVIDE,
    ),
    _merged(
        "derivative-of-the-squared-error",
        lambda ref, right, p, t: 2 * (p - t) / p.size,
        "with the derivative of the mean squared error",
        "Look at the constants.",
        "Whose derivative has a factor 2, and whose has none?",
    ),
    _merged(
        "sign-flipped",
        lambda ref, right, p, t: -right(p, t),
        "with t - p for p - t",
        "Look at the sign.",
        "Should the cost rise or fall when the z of the right class grows?",
    ),
    _merged(
        "softmax-not-merged",
        lambda ref, right, p, t: -t / p / len(p),
        "with the derivative with respect to the probabilities: that of the softmax is still missing",
        "Look at which variable you differentiate with respect to.",
        "activation_ders holds 1 for the softmax. So who takes care of its derivative?",
    ),
    _merged(
        "diagonal-of-the-softmax-jacobian",
        lambda ref, right, p, t: -t * (1 - p) / len(p),
        "with only the diagonal p (1 - p) of the softmax's Jacobian",
        "Look at the entries of the classes that are not the target.",
        "If another class's z grows, does the probability of the right class not shrink?",
    ),
    _merged(
        "cost-derivative-times-softmax-diagonal",
        lambda ref, right, p, t: (p - t) * p * (1 - p) / len(p),
        "with p (1 - p) multiplied in once more: p - t has the softmax's derivative in it already",
        "Look at how many factors there are.",
        "What is left of the softmax's derivative when it is merged with that of the cross-entropy?",
    ),
)


# --- training --------------------------------------------------------------------------------------------------


_FORM = "In which order do the callers unpack (layers, losses)?"

TRAIN_NETWORK = (
    _write(
        "network-not-updated",
        "updated",
        lambda ref, right, layers, trajectory: layers,
        "when the layers never change",
        "Look at what happens in an epoch after the gradients are there.",
        "Who uses the gradients?",
    ),
    _write(
        "ascent",
        "rate",
        lambda ref, right: -right(),
        "with a plus sign in the update, which climbs up the cost",
        "Look at the sign of the update.",
        "The gradient points uphill. Where do you want to go?",
    ),
    _write(
        "learning-rate-left-out",
        "rate",
        lambda ref, right: 1.0,
        "without the learning rate",
        "Look at the update.",
        "Which of your function's arguments is never used?",
    ),
    _write(
        "bias-not-updated",
        "new_bias",
        lambda ref, right, bias, gradient: bias,
        "when the biases are not updated",
        "Look at which parameters the update changes.",
        "Which kinds of parameters does a layer have?",
    ),
    _write(
        "weights-not-updated",
        "new_weight",
        lambda ref, right, weight, gradient: weight,
        "when the weights are not updated",
        "Look at which parameters the update changes.",
        "Which kinds of parameters does a layer have?",
    ),
    _write(
        "averaged-once-more",
        "rate",
        lambda ref, right: right() / ref.case.batch,
        "when the gradients are divided by the number of samples once more",
        "Look at the constants of the update.",
        "The gradients are those of a mean already. Does 1/N belong in a second time?",
    ),
    _write(
        "stale-gradients",
        "gradients_at",
        lambda ref, right, layers, trajectory: right(trajectory[0], trajectory),
        "when the gradients are computed once before the loop and used in every epoch",
        "Look at where backpropagation_batch is called.",
        "Is yesterday's gradient the gradient of today's network?",
    ),
    _write(
        "one-epoch-only",
        "epochs",
        lambda ref, right: 1,
        "after one epoch only",
        "Look at where your function returns.",
        "Is your `return` inside the loop?",
    ),
    _write(
        "one-epoch-too-few",
        "epochs",
        lambda ref, right: right() - 1,
        "after one epoch too few",
        "Look at the bounds of your loop.",
        "How many numbers does range(1, epochs) have?",
    ),
    _write(
        "one-epoch-too-many",
        "epochs",
        lambda ref, right: right() + 1,
        "after one epoch too many",
        "Look at the bounds of your loop.",
        "How many numbers does range(epochs + 1) have?",
    ),
    _write(
        "cost-der-ignored",
        "loss_gradient",
        lambda ref, right, predict, target, call, one_pass: 2 / predict.size * (predict - target),
        "with mse_der, the default, whatever is given as cost_der",
        "Look at what you hand to backpropagation_batch.",
        "Which of your function's arguments is never used?",
    ),
    _write(
        "softmax-cross-entropy-whatever-is-given",
        "loss_gradient",
        lambda ref, right, predict, target, call, one_pass: (predict - target) / len(predict),
        "with softmax_cross_entropy_der, whatever is given as cost_der",
        "Look at what you hand to backpropagation_batch.",
        "Which of your function's arguments is never used?",
    ),
    _write(
        "untrained-layers-returned",
        "layers_kept",
        lambda ref, right, trajectory: trajectory[0],
        "when the layers that come back are those from before the training",
        "Look at which list you return.",
        "Where do your updated layers live?",
    ),
    _write(
        "mean-squared-error-recorded",
        "cost",
        lambda ref, right, layers: _squared_error(ref, layers),
        "when the mean squared error is recorded instead of the cross-entropy",
        "Look at which cost you record.",
        "Which cost does this part use?",
    ),
    _write(
        "losses-swapped",
        "form",
        lambda ref, right: 1,
        "when (losses, layers) is returned; it should be (layers, losses)",
        "Look at your return statement.",
        _FORM,
    ),
    _write(
        "layers-not-returned",
        "form",
        lambda ref, right: 2,
        "when only the losses are returned; it should be (layers, losses)",
        "Look at your return statement.",
        _FORM,
    ),
    _write(
        "losses-not-returned",
        "form",
        lambda ref, right: 3,
        "when only the layers are returned; it should be (layers, losses)",
        "Look at your return statement.",
        _FORM,
    ),
)


def _squared_error(ref: TrainReference, layers: Layers) -> Array:
    ref.layers = layers
    x, target = ref.case.samples(0)
    return np.asarray(((ref.forward(x).outputs[-1] - target) ** 2).mean())


TRAIN_VARIANTS = (
    Variant(
        "recorded-after-the-update",
        Override("recorded", lambda ref, right, trajectory: [ref.cost(layers) for layers in trajectory[1:]]),
        "Your losses are those after each update. That is fine, but the first is not that of the untrained network.",
    ),
    Variant(
        "recorded-before-and-after",
        Override("recorded", lambda ref, right, trajectory: [ref.cost(layers) for layers in trajectory]),
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
