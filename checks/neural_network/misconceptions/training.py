"""Mistakes in the training loop, and the unusual ways of writing it that are right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from checks.formulas.slips import written
from checks.formulas.tree import Number, times
from checks.judging.reference import Misconception, Override, Variant
from checks.neural_network.case import BIAS, LOSSES, SAME_NETWORK, TRAINED, WEIGHT
from checks.neural_network.reference_training import GRADIENT, PARAMETERS, TrainReference
from checks.observing.observation import Array
from checks.observing.quantity import Quantity


def _mistake(label: str, step: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    return Misconception(label, Override(step, otherwise), says, look, think)


def _sample_by_sample(ref: TrainReference, right: Any, parameters: Array, trajectory: list[Array]) -> Array:
    for row in range(ref.case.batch):
        step = ref.landscape.gradient(parameters, ref.case.x[[row]], ref.case.y[[row]])
        parameters = parameters - ref.case.train_rate * step
    return parameters


TRAIN = (
    _mistake(
        "network-not-updated",
        "updated",
        lambda ref, right, parameters, trajectory: parameters,
        "when the network is never updated: all its parameters are what they were",
        "Look at what happens in an epoch after backward.",
        "backward only stores gradients. Who uses them?",
    ),
    _mistake(
        "network-recreated",
        "answer",
        lambda ref, right: {
            **right(),
            **{
                Quantity(kind, layer, aspect=TRAINED): parameter
                for layer, pair in enumerate(zip(ref.case.weights, ref.case.biases, strict=True), start=1)
                for kind, parameter in zip((WEIGHT, BIAS), pair, strict=True)
            },
            SAME_NETWORK: np.array(0.0),
            LOSSES: None,
        },
        "when train makes a network of its own: the one it was given stays untrained",
        "Look for a call of NeuralNetwork(...) or a copy in your function.",
        "Which network does the caller hold when your function is done?",
    ),
    _mistake(
        "copy-trained",
        "parameters_kept",
        lambda ref, right, trajectory: trajectory[0],
        "when a copy of the network is trained: the one that was given, and is returned, stays untrained",
        "Look for a copy of the network in your function.",
        "Which network does the caller hold when your function is done?",
    ),
    _mistake(
        "losses-recorded-after-training",
        "recorded",
        lambda ref, right, trajectory: [ref.loss(trajectory[-1])] * (len(trajectory) - 1),
        "when the losses are taken after the last epoch, all the same number",
        "Look at where in the loop the loss is computed.",
        "Which network should the loss of the first epoch belong to?",
    ),
    _mistake(
        "losses-recorded-once",
        "recorded",
        lambda ref, right, trajectory: [ref.loss(trajectory[0])] * (len(trajectory) - 1),
        "when the loss is computed once, before the loop, and recorded in every epoch",
        "Look at where the loss is computed.",
        "Does your loss change as the network does?",
    ),
    _mistake(
        "loss-recorded-once",
        "recorded",
        lambda ref, right, trajectory: right(trajectory)[-1:],
        "when only the loss of the last epoch is kept",
        "Look at what happens to the loss of an epoch when the next one begins.",
        "How many losses should there be after `epochs` epochs?",
    ),
    _mistake(
        "first-loss-only",
        "recorded",
        lambda ref, right, trajectory: right(trajectory)[:1],
        "when only the loss of the first epoch is kept",
        "Look at where a loss is appended.",
        "How many losses should there be after `epochs` epochs?",
    ),
    _mistake(
        "one-loss-too-many",
        "recorded",
        lambda ref, right, trajectory: [ref.loss(parameters) for parameters in trajectory],
        "with one loss too many: that of the trained network as well",
        "Look at what is recorded outside the loop.",
        "How many losses should there be after `epochs` epochs?",
    ),
    _mistake(
        "one-epoch-too-few",
        "epochs",
        lambda ref, right: right() - 1,
        "when the network is updated one time too few",
        "Look at the bounds of your loop.",
        "How many numbers does range(1, epochs) have? And does the first epoch already update?",
    ),
    _mistake(
        "one-epoch-too-many",
        "epochs",
        lambda ref, right: right() + 1,
        "when the network is updated one time too often",
        "Look at the bounds of your loop.",
        "How many numbers does range(epochs + 1) have?",
    ),
    _mistake(
        "one-epoch-only",
        "epochs",
        lambda ref, right: 1,
        "after one epoch only",
        "Look at where your function returns.",
        "Is your `return` inside the loop?",
    ),
    written(
        TrainReference,
        "learning-rate-ignored",
        "moved",
        PARAMETERS - times(Number(0.25), GRADIENT),
        says="with the learning rate 0.25, whatever is given as `lr`",
        look="Look at what you hand to apply_gradients.",
        think="Which of your function's arguments is never used?",
    ),
    _mistake(
        "one-sample-at-a-time",
        "updated",
        _sample_by_sample,
        "when the network is updated after every single sample instead of once an epoch on the whole data set",
        "Look at the loop inside your epoch.",
        "How many updates should one epoch make?",
    ),
    _mistake(
        "stale-gradients",
        "gradient",
        lambda ref, right, parameters, trajectory: right(trajectory[0], trajectory),
        "when backward runs once before the loop and its gradients are used in every epoch",
        "Look at where backward is called.",
        "Is yesterday's gradient the gradient of today's network?",
    ),
    _mistake(
        "losses-swapped",
        "returned",
        lambda ref, right: (1, True),
        "when (losses, net) is returned; train should return (net, losses)",
        "Look at your return statement.",
        "In which order do the callers unpack what train returns?",
    ),
    _mistake(
        "network-not-returned",
        "returned",
        lambda ref, right: (2, True),
        "when only the losses are returned; train should return (net, losses)",
        "Look at your return statement.",
        "What does `net, losses = train(...)` need?",
    ),
    _mistake(
        "losses-not-returned",
        "returned",
        lambda ref, right: (3, True),
        "when only the network is returned; train should return (net, losses)",
        "Look at your return statement.",
        "What does `net, losses = train(...)` need?",
    ),
)
"""Mistakes in `train`."""

TRAIN_VARIANTS = (
    Variant(
        "losses-after-update",
        Override("recorded", lambda ref, right, trajectory: [ref.loss(p) for p in trajectory[1:]]),
        "Your losses are recorded after each update. Usually each is recorded before it, so that the first one is that "
        "of the untrained network.",
    ),
)
"""Right answers of `train` in an unusual form."""
