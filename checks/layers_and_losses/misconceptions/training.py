"""Mistakes in the two training loops that have labels of their own, and unusual ways of writing them that are right."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from checks.formulas.slips import Entry, listed
from checks.formulas.tree import scaled, times, total
from checks.judging.reference import Misconception, Override, Variant
from checks.layers_and_losses.case import LOSSES
from checks.layers_and_losses.reference import joints
from checks.layers_and_losses.reference_network import BK, DWK, WK
from checks.layers_and_losses.reference_single_layer import RATE
from checks.layers_and_losses.reference_training import (
    STEP_LOSSES,
    STEP_SIZES,
    Epoch,
    MinibatchReference,
    Parameters,
    TrainReference,
    all_rows,
)
from checks.observing.observation import Array


def _updated_at_the_end(ref: TrainReference, right: Any, start: Parameters, batches: list[Array], epoch: int) -> Epoch:
    losses = [ref.loss(start, rows, rows) for rows in batches]
    last = batches[-1]
    end = ref.updated(start, ref.loss_and_gradients(start, last, last)[1], last, epoch)
    return Epoch(batches, losses, [start, end])


def _summed_up(ref: TrainReference, right: Any, history: list[Epoch]) -> list[float]:
    totals = np.cumsum([sum(epoch.losses) for epoch in history]) / len(ref.case.x)
    return [float(total) for total in totals]


def _updates(reference: type[TrainReference]) -> Iterator[Misconception]:
    both, look = "How many kinds of parameters does a linear layer have?", "Which of network.layers have a weight?"
    weights = partial(listed, reference, "new_weight")
    yield from weights(
        {"network-not-updated": (WK, "when the network is never updated: nothing has changed")}, both=True
    )
    yield from weights({"weight-not-updated": (WK, "when the biases are updated and the weights are not", both)})
    yield from listed(reference, "new_bias", {"bias-not-updated": (BK, "when the biases are not updated", both)})
    for which, other in (("first", "second"), ("second", "first")):
        label = {"first": "first-layer-only", "second": "last-layer-only"}[which]
        yield from weights({label: (WK, f"when only the {which} linear layer is updated", look)}, other, both=True)


def _losses(reference: type[TrainReference]) -> tuple[Misconception, ...]:
    summed, think = total(STEP_LOSSES), "The mean is over samples. How many are there?"
    return listed(
        reference,
        "mean_loss",
        {
            "losses-not-averaged": (
                scaled(1)(summed),
                "when the losses of an epoch are summed and not divided by the number of samples",
                "Should the recorded loss grow with the number of samples?",
            ),
            "losses-averaged-over-entries": (
                scaled(1, N=-1, K=-1)(summed),
                "when the losses are divided by the number of all entries, samples times outputs",
                think,
            ),
        },
    )


_BODY, _UNUSED = "How often does its body run?", "Which of your function's arguments is never used?"
_ONE_EACH = "How many numbers should be returned for 10 epochs?"


def _shared(reference: type[TrainReference]) -> tuple[Misconception, ...]:
    """Return the mistakes that both loops share."""
    done = partial(joints, reference)
    return (
        *_updates(reference),
        *_losses(reference),
        *done(
            "rate",
            {
                "ascent": (
                    lambda ref, right, epoch: -right(epoch),
                    "with a step uphill: the gradient is added instead of subtracted",
                    "The gradient points uphill. Where do you want to go?",
                ),
                "learning-rate-left-out": (
                    lambda ref, right, epoch: 1.0,
                    "without the learning rate: a step is the whole gradient",
                    _UNUSED,
                ),
                "learning-rate-ignored": (
                    lambda ref, right, epoch: 0.1,
                    "with the learning rate 0.1, whatever is given as `learning_rate`",
                    _UNUSED,
                ),
            },
        ),
        *done(
            "epochs",
            {
                "no-epoch": (lambda ref, right: 0, "when not one epoch is run", _BODY),
                "one-epoch-only": (lambda ref, right: 1, "after one epoch only", _BODY),
                "one-epoch-too-few": (lambda ref, right: right() - 1, "with one epoch too few", _BODY),
                "one-epoch-too-many": (lambda ref, right: right() + 1, "with one epoch too many", _BODY),
            },
        ),
        *done(
            "run_epoch",
            {
                "updated-at-the-end-of-the-epoch": (
                    _updated_at_the_end,
                    "when the update stands after the inner loop: it runs once an epoch, with the last gradients",
                    "How many steps should one epoch make?",
                )
            },
        ),
        *done(
            "loss_gradient",
            {
                "squared-error-built-in": (
                    lambda ref, right, p, y: 2 * (p - y),
                    "with the gradient of the squared error, whatever criterion is given",
                    "Which object knows the derivative of the loss?",
                )
            },
        ),
        *done(
            "difference",
            {
                "prediction-and-label-swapped": (
                    lambda ref, right, p, y: right(y, p),
                    "when the criterion is given (labels, predictions); it wants (predictions, labels)",
                    "With respect to which of its two arguments does the criterion differentiate?",
                )
            },
        ),
        *done(
            "recorded",
            {
                "last-loss-only": (
                    lambda ref, right, history: [epoch.losses[-1] for epoch in history],
                    "when the loss of the last step is kept for each epoch instead of the mean",
                    "What do you add up in the inner loop?",
                ),
                "total-not-reset": (
                    _summed_up,
                    "when the sum of the losses goes on from epoch to epoch",
                    "Which losses belong to the second epoch?",
                ),
                "all-losses-returned": (
                    lambda ref, right, history: [loss for epoch in history for loss in epoch.losses],
                    "when the loss of every single step is returned, not one mean for each epoch",
                    _ONE_EACH,
                ),
                "last-epoch-returned": (
                    lambda ref, right, history: right(history)[-1:],
                    "when only the mean loss of the last epoch is returned",
                    _ONE_EACH,
                ),
                "losses-of-all-epochs-added-up": (
                    lambda ref, right, history: float(sum(right(history))),
                    "when the losses of all epochs are added up to one number",
                    _ONE_EACH,
                ),
            },
        ),
    )


_START = "With which sample does your loop start, with which does it end, and does the index change?"

TRAIN_SGD = (
    *_shared(TrainReference),
    *joints(
        TrainReference,
        "batches",
        {
            "first-sample-again-and-again": (
                lambda ref, right, epoch: [all_rows(ref.case)[:1]] * len(ref.case.x),
                "when every step uses the first sample",
                _START,
            ),
            "last-sample-skipped": (
                lambda ref, right, epoch: right(epoch)[:-1],
                "when the last sample is never used",
                _START,
            ),
            "first-sample-skipped": (
                lambda ref, right, epoch: right(epoch)[1:],
                "when the first sample is never used",
                _START,
            ),
        },
    ),
)
"""Mistakes in `train_sgd`."""


def _chunks(ref: TrainReference, size: int) -> list[Array]:
    rows = all_rows(ref.case)
    return [rows[first : first + size] for first in range(0, len(rows), size)]


_SLICE = "Where does each mini-batch start and end?"
_CUT_OUT = "Do you use the mini-batch that you cut out, and `batch_size`?"
_BOXED = "The gradient of a batch is the sum over its samples, says the boxed convention. And yours?"


def _shorter(says: str, **size: int) -> Entry:
    return WK - times(RATE, scaled(1, **size)(DWK)), f"{says}; losses are plain sums here", _BOXED


TRAIN_MINIBATCH = (
    *_shared(MinibatchReference),
    *joints(
        MinibatchReference,
        "batches",
        {
            "last-batch-dropped": (
                lambda ref, right, epoch: [rows for rows in right(epoch) if len(rows) == ref.case.size],
                "when the last mini-batch, which is smaller than the others, is left out",
                "How many mini-batches of 4 do 11 samples need?",
            ),
            "first-batch-again-and-again": (
                lambda ref, right, epoch: [right(epoch)[0]] * len(right(epoch)),
                "when every step uses the first mini-batch",
                _SLICE,
            ),
            "overlapping-batches": (
                lambda ref, right, epoch: [all_rows(ref.case)[k : k + ref.case.size] for k in all_rows(ref.case)],
                "when a mini-batch starts at every sample, so that they overlap",
                _SLICE,
            ),
            "whole-data-set": (
                lambda ref, right, epoch: [all_rows(ref.case)],
                "when every step uses the whole data set",
                _CUT_OUT,
            ),
            "whole-data-set-in-every-step": (
                lambda ref, right, epoch: [all_rows(ref.case)] * len(right(epoch)),
                "when there are as many steps as mini-batches, but each uses the whole data set",
                _CUT_OUT,
            ),
            "one-sample-at-a-time": (
                lambda ref, right, epoch: _chunks(ref, 1),
                "when there is a step after every single sample",
                _CUT_OUT,
            ),
            "batch-size-ignored": (
                lambda ref, right, epoch: _chunks(ref, 32),
                "with mini-batches of 32, whatever is given as `batch_size`",
                _CUT_OUT,
            ),
        },
    ),
    *listed(
        MinibatchReference,
        "new_weight",
        {
            "gradient-averaged": _shorter("when the step is divided by the samples in the mini-batch", samples=-1),
            "gradient-divided-by-batch-size": _shorter("when the step is divided by batch_size", batch_size=-1),
        },
        both=True,
    ),
    *listed(
        MinibatchReference,
        "mean_loss",
        {
            "mean-of-batch-means": (
                scaled(1, batches=-1)(total(STEP_LOSSES / STEP_SIZES)),
                "with the mean of the mini-batches' means: the samples of a smaller last batch count for more",
                "Does every sample have the same weight in your mean?",
            ),
            "divided-by-the-number-of-batches": (
                scaled(1, batches=-1)(total(STEP_LOSSES)),
                "when the sum of the losses is divided by the number of mini-batches instead of samples",
            ),
            "divided-by-full-batches": (
                scaled(1, batch_size=-1, batches=-1)(total(STEP_LOSSES)),
                "when the sum is divided as if all mini-batches were full",
                "How many samples does the last mini-batch have?",
            ),
        },
    ),
)
"""Mistakes in `train_minibatch`."""


def _at_another_moment(ref: TrainReference, right: Any, epoch: Epoch, number: int) -> Array:
    """Return the losses at the epoch's end, its start, or after each step, whichever the student recorded."""
    rows = all_rows(ref.case)
    after = zip(epoch.trajectory[1:], epoch.batches, strict=True)
    moments = (
        np.array([ref.loss(epoch.trajectory[-1], rows, rows)]),
        np.array([ref.loss(epoch.trajectory[0], rows, rows)]),
        np.array([ref.loss(parameters, batch, batch) for parameters, batch in after]),
    )
    own = ref.own.get(LOSSES, np.empty(0)).ravel()
    if number >= len(own) or not np.isfinite(own[number]):
        return moments[0]
    return min(moments, key=lambda losses: abs(losses.sum() / len(rows) - float(own[number])))


TRAIN_VARIANTS = (
    Variant(
        "losses-at-another-moment",
        Override("losses_of", _at_another_moment),
        "Your losses take forward passes of their own, before or after the updates. It is usual to add up the losses "
        "that the steps compute anyway, each before its own update.",
    ),
)
"""Right answers of both functions in an unusual form."""
