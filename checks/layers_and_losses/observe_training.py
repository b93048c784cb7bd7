"""Observe a student's training functions on a network and with a criterion that are known to be right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from checks.layers_and_losses.cases import NAMES, TrainCase
from checks.layers_and_losses.stand_in import RightCriterion, StandIn
from checks.observing.arrays import described
from checks.observing.observation import Observation, Trouble
from checks.observing.watch import Record, missing_function, watched

ORDER, SIZES = "order of the samples", "sizes of the batches"
"""Which samples `backward` was given, one call after the other, and how many in each call."""


def trained(name: str) -> str:
    """Name what a parameter is after training."""
    return f"{name} after training"


def observe_train_sgd(train_sgd: Any, case: TrainCase) -> Observation:
    """Observe the trained network and the mean losses of `train_sgd`."""
    problem = missing_function(train_sgd, "train_sgd", "network, criterion, x, y, learning_rate, epochs")
    if problem:
        return Observation(problems=(problem,))

    def call(network: Any, criterion: Any, x: Any, y: Any) -> Any:
        return train_sgd(network, criterion, x, y, case.learning_rate, case.epochs)

    return _observe(call, train_sgd, "train_sgd", case)


def observe_train_minibatch(train_minibatch: Any, case: TrainCase) -> Observation:
    """Observe the trained network and the mean losses of `train_minibatch`."""
    arguments = "network, criterion, x, y, learning_rate, epochs, batch_size"
    problem = missing_function(train_minibatch, "train_minibatch", arguments)
    if problem:
        return Observation(problems=(problem,))

    def call(network: Any, criterion: Any, x: Any, y: Any) -> Any:
        return train_minibatch(network, criterion, x, y, case.learning_rate, case.epochs, case.size)

    return _observe(call, train_minibatch, "train_minibatch", case)


def _observe(call: Callable[..., Any], student: Any, name: str, case: TrainCase) -> Observation:
    def run(record: Record) -> None:
        network = StandIn(case, getattr(student, "__globals__", {}))
        layers = list(network.layers)
        x, y = case.given(case.x), case.given(case.y)
        returned: Any = None
        try:
            returned = call(network, RightCriterion(case.scale), x, y)
        finally:
            for quantity, (number, attribute) in zip(
                NAMES, ((0, "weight"), (0, "bias"), (2, "weight"), (2, "bias")), strict=True
            ):
                record.quantity(trained(quantity), getattr(layers[number], attribute, None))
        rows = [row for rows in network.visited for row in rows]
        record.arrays[ORDER] = np.array(rows, dtype=float)
        record.arrays[SIZES] = np.array([len(rows) for rows in network.visited], dtype=float)
        expected = "the mean losses, one number for each epoch"
        if isinstance(returned, tuple) and any(hasattr(part, "layers") for part in returned):
            record.problem(Trouble.WRONG_TYPE, f"{name} returned {described(returned)}; it should return {expected}.")
        else:
            record.returned("losses", returned, name, expected)
        for argument, before, after in (("x", case.x, x), ("y", case.y, y)):
            record.unchanged(argument, before, after, f"Work on a copy, {argument}.copy(), instead.")
        if any(now is not then for now, then in zip(network.layers, layers, strict=False)):
            record.problem(Trouble.CHANGED, f"Your code replaces layers of the network. {name} only updates them.")

    return watched(run, student)
