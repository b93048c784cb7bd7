"""Mistakes in the two training loops, and the unusual ways of writing them that are right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from checks.judging.reference import Misconception, Override, Variant
from checks.layers_and_losses.case import LOSSES
from checks.layers_and_losses.reference import FORMULAS
from checks.layers_and_losses.reference_training import Epoch, Parameters, TrainReference, all_rows
from checks.observing.observation import Array


def _mistake(label: str, step: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    number = FORMULAS[step][0] if step in FORMULAS else ""
    return Misconception(label, Override(step, otherwise), says, look, think, number)


def _only(*numbers: int) -> Callable[..., Parameters]:
    """Return an override that updates only some of the four parameters."""

    def otherwise(ref: TrainReference, right: Any, old: Parameters, gradients: Parameters, rows: Array) -> Parameters:
        new = right(old, gradients, rows)
        return tuple(new[k] if k in numbers else old[k] for k in range(4))

    return otherwise


def _updated_at_the_end(ref: TrainReference, right: Any, start: Parameters, batches: list[Array]) -> Epoch:
    losses = [ref.loss(start, rows) for rows in batches]
    end = ref.updated(start, ref.loss_and_gradients(start, batches[-1])[1], batches[-1])
    return Epoch(batches, losses, [start, end])


def _summed_up(ref: TrainReference, right: Any, history: list[Epoch]) -> list[float]:
    totals = np.cumsum([sum(epoch.losses) for epoch in history]) / len(ref.case.x)
    return [float(total) for total in totals]


_SHARED = (
    _mistake(
        "network-not-updated",
        "updated",
        lambda ref, right, old, gradients, rows: old,
        "when the network is never updated: all its parameters are what they were",
        "Look at what happens after network.backward.",
        "backward only stores gradients. Who uses them?",
    ),
    _mistake(
        "bias-not-updated",
        "updated",
        _only(0, 2),
        "when the weights are updated and the biases are not",
        "Look at which parameters you update.",
        "How many kinds of parameters does a linear layer have?",
    ),
    _mistake(
        "weight-not-updated",
        "updated",
        _only(1, 3),
        "when the biases are updated and the weights are not",
        "Look at which parameters you update.",
        "How many kinds of parameters does a linear layer have?",
    ),
    _mistake(
        "last-layer-only",
        "updated",
        _only(2, 3),
        "when only the second linear layer is updated",
        "Look at which layers you update.",
        "Which of network.layers have a weight?",
    ),
    _mistake(
        "first-layer-only",
        "updated",
        _only(0, 1),
        "when only the first linear layer is updated",
        "Look at which layers you update.",
        "Which of network.layers have a weight?",
    ),
    _mistake(
        "ascent",
        "rate",
        lambda ref, right: -right(),
        "with a step uphill: the gradient is added instead of subtracted",
        "Look at the sign of your update.",
        "The gradient points uphill. Where do you want to go?",
    ),
    _mistake(
        "learning-rate-left-out",
        "rate",
        lambda ref, right: 1.0,
        "without the learning rate: a step is the whole gradient",
        "Look at how long a step is.",
        "Which of your function's arguments is never used?",
    ),
    _mistake(
        "learning-rate-ignored",
        "rate",
        lambda ref, right: 0.1,
        "with the learning rate 0.1, whatever is given as `learning_rate`",
        "Look at how long a step is.",
        "Which of your function's arguments is never used?",
    ),
    _mistake(
        "no-epoch",
        "epochs",
        lambda ref, right: 0,
        "when not one epoch is run",
        "Look at the bounds of your outer loop, and at where your function returns.",
        "How often does the body of your outer loop run for epochs=3?",
    ),
    _mistake(
        "one-epoch-only",
        "epochs",
        lambda ref, right: 1,
        "after one epoch only",
        "Look at where your function returns.",
        "Is your `return` inside the loop?",
    ),
    _mistake(
        "one-epoch-too-few",
        "epochs",
        lambda ref, right: right() - 1,
        "with one epoch too few",
        "Look at the bounds of your loop.",
        "How many numbers does range(1, epochs) have?",
    ),
    _mistake(
        "one-epoch-too-many",
        "epochs",
        lambda ref, right: right() + 1,
        "with one epoch too many",
        "Look at the bounds of your loop.",
        "How many numbers does range(epochs + 1) have?",
    ),
    _mistake(
        "updated-at-the-end-of-the-epoch",
        "run_epoch",
        _updated_at_the_end,
        "when the update stands after the inner loop: it runs once an epoch, with the gradients of the last step",
        "Look at the indentation of your update.",
        "How many steps should one epoch make?",
    ),
    _mistake(
        "squared-error-built-in",
        "loss_gradient",
        lambda ref, right, p, y: 2 * (p - y),
        "with the gradient of the squared error, whatever criterion is given",
        "Look at how the gradient of the loss is made.",
        "Which object knows the derivative of the loss?",
    ),
    _mistake(
        "prediction-and-label-swapped",
        "difference",
        lambda ref, right, p, y: right(y, p),
        "when the criterion is given (labels, predictions); it wants (predictions, labels)",
        "Look at the order of the criterion's arguments.",
        "With respect to which of its two arguments does the criterion differentiate?",
    ),
    _mistake(
        "losses-not-averaged",
        "mean_loss",
        lambda ref, right, epoch, number: right(epoch, number) * len(ref.case.x),
        "when the losses of an epoch are summed and not divided by the number of samples",
        "Look at what happens to the sum of an epoch's losses.",
        "Should the recorded loss grow with the number of samples?",
    ),
    _mistake(
        "losses-averaged-over-entries",
        "mean_loss",
        lambda ref, right, epoch, number: right(epoch, number) / ref.case.sizes[2],
        "when the losses are divided by the number of all entries, samples times outputs",
        "Look at the number that you divide by.",
        "The mean is over samples. How many are there?",
    ),
    _mistake(
        "last-loss-only",
        "mean_loss",
        lambda ref, right, epoch, number: epoch.losses[-1],
        "when the loss of the last step is kept for each epoch instead of the mean",
        "Look at what happens to the losses of the other steps.",
        "What do you add up in the inner loop?",
    ),
    _mistake(
        "total-not-reset",
        "recorded",
        _summed_up,
        "when the sum of the losses goes on from epoch to epoch",
        "Look at where the sum is set to 0.",
        "Which losses belong to the second epoch?",
    ),
    _mistake(
        "all-losses-returned",
        "recorded",
        lambda ref, right, history: [loss for epoch in history for loss in epoch.losses],
        "when the loss of every single step is returned, not one mean for each epoch",
        "Look at where you append.",
        "How many numbers should be returned for 10 epochs?",
    ),
    _mistake(
        "last-epoch-returned",
        "recorded",
        lambda ref, right, history: right(history)[-1:],
        "when only the mean loss of the last epoch is returned",
        "Look at what happens to the mean of the epoch before.",
        "How many numbers should be returned for 10 epochs?",
    ),
    _mistake(
        "losses-of-all-epochs-added-up",
        "recorded",
        lambda ref, right, history: float(sum(right(history))),
        "when the losses of all epochs are added up to one number",
        "Look at what your function returns.",
        "How many numbers should be returned for 10 epochs?",
    ),
)

TRAIN_SGD = (
    *_SHARED,
    _mistake(
        "first-sample-again-and-again",
        "batches",
        lambda ref, right, epoch: [all_rows(ref.case)[:1]] * len(ref.case.x),
        "when every step uses the first sample",
        "Look at the index of the sample in your inner loop.",
        "Does the index change from step to step?",
    ),
    _mistake(
        "last-sample-skipped",
        "batches",
        lambda ref, right, epoch: right(epoch)[:-1],
        "when the last sample is never used",
        "Look at the bounds of your inner loop.",
        "How many numbers does range(len(x) - 1) have?",
    ),
    _mistake(
        "first-sample-skipped",
        "batches",
        lambda ref, right, epoch: right(epoch)[1:],
        "when the first sample is never used",
        "Look at the bounds of your inner loop.",
        "Where does Python start to count?",
    ),
)
"""Mistakes in `train_sgd`."""


def _chunks(size: int) -> Callable[..., list[Array]]:
    def otherwise(ref: TrainReference, right: Any, epoch: int) -> list[Array]:
        rows = all_rows(ref.case)
        return [rows[first : first + size] for first in range(0, len(rows), size)]

    return otherwise


TRAIN_MINIBATCH = (
    *_SHARED,
    _mistake(
        "last-batch-dropped",
        "batches",
        lambda ref, right, epoch: [rows for rows in right(epoch) if len(rows) == ref.case.size],
        "when the last mini-batch, which is smaller than the others, is left out",
        "Look at how many mini-batches your loop makes.",
        "How many mini-batches of 4 do 11 samples need?",
    ),
    _mistake(
        "first-batch-again-and-again",
        "batches",
        lambda ref, right, epoch: [right(epoch)[0]] * len(right(epoch)),
        "when every step uses the first mini-batch",
        "Look at the slice in your inner loop.",
        "Does its start change from step to step?",
    ),
    _mistake(
        "overlapping-batches",
        "batches",
        lambda ref, right, epoch: [all_rows(ref.case)[k : k + ref.case.size] for k in range(len(ref.case.x))],
        "when a mini-batch starts at every sample, so that they overlap",
        "Look at the step of your inner loop.",
        "How far is it from the start of one mini-batch to the start of the next?",
    ),
    _mistake(
        "whole-data-set",
        "batches",
        lambda ref, right, epoch: [all_rows(ref.case)],
        "when every step uses the whole data set",
        "Look at what you hand to network.forward.",
        "How many samples should one step use?",
    ),
    _mistake(
        "whole-data-set-in-every-step",
        "batches",
        lambda ref, right, epoch: [all_rows(ref.case)] * len(right(epoch)),
        "when there are as many steps as mini-batches, but each uses the whole data set",
        "Look at what you hand to network.forward.",
        "Do you use the mini-batch that you cut out?",
    ),
    _mistake(
        "one-sample-at-a-time",
        "batches",
        _chunks(1),
        "when there is a step after every single sample",
        "Look at how many samples one step uses.",
        "Which of your function's arguments is never used?",
    ),
    _mistake(
        "batch-size-ignored",
        "batches",
        _chunks(32),
        "with mini-batches of 32, whatever is given as `batch_size`",
        "Look at how many samples one step uses.",
        "Which of your function's arguments is never used?",
    ),
    _mistake(
        "gradient-averaged",
        "scaled",
        lambda ref, right, gradient, rows: gradient / len(rows),
        "when the step is divided by the number of samples in the mini-batch; losses are plain sums here",
        "Look at the factors in your update.",
        "The gradient of a batch is the sum over its samples, says the boxed convention. And yours?",
    ),
    _mistake(
        "gradient-divided-by-batch-size",
        "scaled",
        lambda ref, right, gradient, rows: gradient / ref.case.size,
        "when the step is divided by batch_size; losses are plain sums here",
        "Look at the factors in your update.",
        "The gradient of a batch is the sum over its samples, says the boxed convention. And yours?",
    ),
    _mistake(
        "mean-of-batch-means",
        "mean_loss",
        lambda ref, right, epoch, number: float(
            np.mean([loss / len(rows) for loss, rows in zip(epoch.losses, epoch.batches, strict=True)])
        ),
        "with the mean of the mini-batches' means: the samples of a smaller last batch count for more",
        "Look at what you divide by, and when.",
        "Does every sample have the same weight in your mean?",
    ),
    _mistake(
        "divided-by-the-number-of-batches",
        "mean_loss",
        lambda ref, right, epoch, number: sum(epoch.losses) / len(epoch.losses),
        "when the sum of the losses is divided by the number of mini-batches instead of samples",
        "Look at the number that you divide by.",
        "The mean is over samples. How many are there?",
    ),
    _mistake(
        "divided-by-full-batches",
        "mean_loss",
        lambda ref, right, epoch, number: sum(epoch.losses) / (len(epoch.losses) * ref.case.size),
        "when the sum is divided as if all mini-batches were full",
        "Look at the number that you divide by.",
        "How many samples does the last mini-batch have?",
    ),
)
"""Mistakes in `train_minibatch`."""


def _at_another_moment(ref: TrainReference, right: Any, epoch: Epoch, number: int) -> float:
    """Return the mean loss at the epoch's end, its start, or after each step, whichever the student recorded."""
    rows, samples = all_rows(ref.case), len(ref.case.x)
    after = zip(epoch.trajectory[1:], epoch.batches, strict=True)
    moments = (
        ref.loss(epoch.trajectory[-1], rows) / samples,
        ref.loss(epoch.trajectory[0], rows) / samples,
        sum(ref.loss(parameters, batch) for parameters, batch in after) / samples,
    )
    own = ref.own.get(LOSSES, np.empty(0)).ravel()
    if number >= len(own) or not np.isfinite(own[number]):
        return moments[0]
    return min(moments, key=lambda moment: abs(moment - float(own[number])))


TRAIN_VARIANTS = (
    Variant(
        "losses-at-another-moment",
        Override("mean_loss", _at_another_moment),
        "Your losses take forward passes of their own, before or after the updates. It is usual to add up the losses "
        "that the steps compute anyway, each before its own update.",
    ),
)
"""Right answers of both functions in an unusual form."""
