"""Mistakes in the two training loops that have labels of their own, and unusual ways of writing them that are right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from checks.formulas.slips import Entry, listed
from checks.formulas.tree import scaled, times, total
from checks.judging.reference import Misconception, Override, Variant
from checks.layers_and_losses.case import LOSSES
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

Told = dict[str, str]
"""The first two hints."""


def _mistake(label: str, step: str, otherwise: Callable[..., Any], says: str, told: Told) -> Misconception:
    number = TrainReference.explained.get(step, ("",))[0]
    return Misconception(label, Override(step, otherwise), says, told["look"], told["think"], number)


def _batches(label: str, otherwise: Callable[..., list[Array]], says: str, told: Told) -> Misconception:
    return _mistake(label, "batches", otherwise, says, told)


def _told(look: str, think: str) -> Told:
    return {"look": f"Look at {look}.", "think": think}


def _updated_at_the_end(ref: TrainReference, right: Any, start: Parameters, batches: list[Array], epoch: int) -> Epoch:
    losses = [ref.loss(start, rows, rows) for rows in batches]
    last = batches[-1]
    end = ref.updated(start, ref.loss_and_gradients(start, last, last)[1], last, epoch)
    return Epoch(batches, losses, [start, end])


def _summed_up(ref: TrainReference, right: Any, history: list[Epoch]) -> list[float]:
    totals = np.cumsum([sum(epoch.losses) for epoch in history]) / len(ref.case.x)
    return [float(total) for total in totals]


_RETURN = _told("the bounds of your outer loop, and at where your function returns", "How often does its body run?")
_RATE = _told("how long a step is", "Which of your function's arguments is never used?")
_KEPT = _told("what happens to the loss of the epoch before", "How many numbers should be returned for 10 epochs?")


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


def _shared(reference: type[TrainReference]) -> tuple[Misconception, ...]:
    """Return the mistakes that both loops share."""
    return (
        *_updates(reference),
        _mistake(
            "ascent",
            "rate",
            lambda ref, right, epoch: -right(epoch),
            "with a step uphill: the gradient is added instead of subtracted",
            _told("the sign of your update", "The gradient points uphill. Where do you want to go?"),
        ),
        _mistake(
            "learning-rate-left-out",
            "rate",
            lambda ref, right, epoch: 1.0,
            "without the learning rate: a step is the whole gradient",
            _RATE,
        ),
        _mistake(
            "learning-rate-ignored",
            "rate",
            lambda ref, right, epoch: 0.1,
            "with the learning rate 0.1, whatever is given as `learning_rate`",
            _RATE,
        ),
        _mistake("no-epoch", "epochs", lambda ref, right: 0, "when not one epoch is run", _RETURN),
        _mistake("one-epoch-only", "epochs", lambda ref, right: 1, "after one epoch only", _RETURN),
        _mistake("one-epoch-too-few", "epochs", lambda ref, right: right() - 1, "with one epoch too few", _RETURN),
        _mistake("one-epoch-too-many", "epochs", lambda ref, right: right() + 1, "with one epoch too many", _RETURN),
        _mistake(
            "updated-at-the-end-of-the-epoch",
            "run_epoch",
            _updated_at_the_end,
            "when the update stands after the inner loop: it runs once an epoch, with the gradients of the last step",
            _told("the indentation of your update", "How many steps should one epoch make?"),
        ),
        _mistake(
            "squared-error-built-in",
            "loss_gradient",
            lambda ref, right, p, y: 2 * (p - y),
            "with the gradient of the squared error, whatever criterion is given",
            _told("how the gradient of the loss is made", "Which object knows the derivative of the loss?"),
        ),
        _mistake(
            "prediction-and-label-swapped",
            "difference",
            lambda ref, right, p, y: right(y, p),
            "when the criterion is given (labels, predictions); it wants (predictions, labels)",
            _told("the order of the criterion's arguments", "With respect to which of the two does it differentiate?"),
        ),
        *_losses(reference),
        _mistake(
            "last-loss-only",
            "recorded",
            lambda ref, right, history: [epoch.losses[-1] for epoch in history],
            "when the loss of the last step is kept for each epoch instead of the mean",
            _told("what happens to the losses of the other steps", "What do you add up in the inner loop?"),
        ),
        _mistake(
            "total-not-reset",
            "recorded",
            _summed_up,
            "when the sum of the losses goes on from epoch to epoch",
            _told("where the sum is set to 0", "Which losses belong to the second epoch?"),
        ),
        _mistake(
            "all-losses-returned",
            "recorded",
            lambda ref, right, history: [loss for epoch in history for loss in epoch.losses],
            "when the loss of every single step is returned, not one mean for each epoch",
            _told("where you append", "How many numbers should be returned for 10 epochs?"),
        ),
        _mistake(
            "last-epoch-returned",
            "recorded",
            lambda ref, right, history: right(history)[-1:],
            "when only the mean loss of the last epoch is returned",
            _KEPT,
        ),
        _mistake(
            "losses-of-all-epochs-added-up",
            "recorded",
            lambda ref, right, history: float(sum(right(history))),
            "when the losses of all epochs are added up to one number",
            _KEPT,
        ),
    )


_INNER = _told(
    "the bounds of your inner loop", "Which numbers does it go through, and where does Python start to count?"
)

TRAIN_SGD = (
    *_shared(TrainReference),
    _batches(
        "first-sample-again-and-again",
        lambda ref, right, epoch: [all_rows(ref.case)[:1]] * len(ref.case.x),
        "when every step uses the first sample",
        _told("the index of the sample in your inner loop", "Does the index change from step to step?"),
    ),
    _batches(
        "last-sample-skipped",
        lambda ref, right, epoch: right(epoch)[:-1],
        "when the last sample is never used",
        _INNER,
    ),
    _batches(
        "first-sample-skipped",
        lambda ref, right, epoch: right(epoch)[1:],
        "when the first sample is never used",
        _INNER,
    ),
)
"""Mistakes in `train_sgd`."""


def _chunks(size: int) -> Callable[..., list[Array]]:
    def otherwise(ref: TrainReference, right: Any, epoch: int) -> list[Array]:
        rows = all_rows(ref.case)
        return [rows[first : first + size] for first in range(0, len(rows), size)]

    return otherwise


_SLICE = _told("the slice in your inner loop, and at the step of the loop", "Where does each mini-batch start and end?")
_HOW_MANY = _told("how many samples one step uses", "Do you use the mini-batch that you cut out, and `batch_size`?")
_BOXED = "The gradient of a batch is the sum over its samples, says the boxed convention. And yours?"


def _shorter(says: str, **size: int) -> Entry:
    return WK - times(RATE, scaled(1, **size)(DWK)), f"{says}; losses are plain sums here", _BOXED


TRAIN_MINIBATCH = (
    *_shared(MinibatchReference),
    _batches(
        "last-batch-dropped",
        lambda ref, right, epoch: [rows for rows in right(epoch) if len(rows) == ref.case.size],
        "when the last mini-batch, which is smaller than the others, is left out",
        _told("how many mini-batches your loop makes", "How many mini-batches of 4 do 11 samples need?"),
    ),
    _batches(
        "first-batch-again-and-again",
        lambda ref, right, epoch: [right(epoch)[0]] * len(right(epoch)),
        "when every step uses the first mini-batch",
        _SLICE,
    ),
    _batches(
        "overlapping-batches",
        lambda ref, right, epoch: [all_rows(ref.case)[k : k + ref.case.size] for k in range(len(ref.case.x))],
        "when a mini-batch starts at every sample, so that they overlap",
        _SLICE,
    ),
    _batches(
        "whole-data-set",
        lambda ref, right, epoch: [all_rows(ref.case)],
        "when every step uses the whole data set",
        _HOW_MANY,
    ),
    _batches(
        "whole-data-set-in-every-step",
        lambda ref, right, epoch: [all_rows(ref.case)] * len(right(epoch)),
        "when there are as many steps as mini-batches, but each uses the whole data set",
        _HOW_MANY,
    ),
    _batches("one-sample-at-a-time", _chunks(1), "when there is a step after every single sample", _HOW_MANY),
    _batches(
        "batch-size-ignored", _chunks(32), "with mini-batches of 32, whatever is given as `batch_size`", _HOW_MANY
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
