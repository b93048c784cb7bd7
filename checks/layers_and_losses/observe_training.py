"""Observe a student's training functions on a network and with a criterion that are known to be right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from checks.layers_and_losses.case import LABELS, LOSSES, ORDER, PARAMETERS, SIZES, TRAINED, TrainCase
from checks.observing.arrays import described
from checks.observing.observation import Observation, Trouble
from checks.observing.standing_in import notebook_of
from checks.observing.watch import Record, missing_function, watched


def observe_train_sgd(train_sgd: Any, case: TrainCase) -> Observation:
    """Observe the trained network and the mean losses of `train_sgd`."""
    from checks.layers_and_losses.lent import SingleLinear

    problem = missing_function(train_sgd, "train_sgd", "network, criterion, x, y, learning_rate, epochs")
    if problem:
        return Observation(problems=(problem,))

    def call(network: Any, criterion: Any, x: Any, y: Any) -> Any:
        return train_sgd(network, criterion, x, y, case.learning_rate, case.epochs)

    return _observe(call, train_sgd, "train_sgd", case, SingleLinear)


def observe_train_minibatch(train_minibatch: Any, case: TrainCase) -> Observation:
    """Observe the trained network and the mean losses of `train_minibatch`."""
    from checks.layers_and_losses.lent import RightBatchLinear

    arguments = "network, criterion, x, y, learning_rate, epochs, batch_size"
    problem = missing_function(train_minibatch, "train_minibatch", arguments)
    if problem:
        return Observation(problems=(problem,))

    def call(network: Any, criterion: Any, x: Any, y: Any) -> Any:
        return train_minibatch(network, criterion, x, y, case.learning_rate, case.epochs, case.size)

    return _observe(call, train_minibatch, "train_minibatch", case, RightBatchLinear)


def _observe(call: Callable[..., Any], student: Any, name: str, case: TrainCase, linear: Any) -> Observation:
    """Observe a training function on a network whose linear layers are of the class `linear`."""
    from checks.layers_and_losses.lent import RightCriterion, StandIn

    def run(record: Record) -> None:
        network = StandIn(case, linear, _names(student))
        layers = list(network.layers)
        x, y = case.given(case.x), case.given(case.y)
        criterion = RightCriterion(case.scale, case.given(case.y))
        returned: Any = None
        try:
            returned = call(network, criterion, x, y)
        finally:
            for quantity, (number, attribute) in zip(
                PARAMETERS, ((0, "weight"), (0, "bias"), (2, "weight"), (2, "bias")), strict=True
            ):
                record.quantity(quantity._replace(aspect=TRAINED), getattr(layers[number], attribute, None))
        rows = [row for rows in network.visited for row in rows]
        record.arrays[ORDER] = np.array(rows, dtype=float)
        record.arrays[LABELS] = np.array(criterion.visited, dtype=float)
        record.arrays[SIZES] = np.array([len(rows) for rows in network.visited], dtype=float)
        expected = "the mean losses, one number for each epoch"
        if isinstance(returned, tuple) and any(hasattr(part, "layers") for part in returned):
            record.problem(Trouble.WRONG_TYPE, f"{name} returned {described(returned)}; it should return {expected}.")
        else:
            record.returned(LOSSES, returned, name, expected)
        for argument, before, after in (("x", case.x, x), ("y", case.y, y)):
            record.unchanged(argument, before, after, f"Work on a copy, {argument}.copy(), instead.")
        _note_order(record, case)
        if len(case.y[0]) == 1 and not record.problems:
            last = StandIn(case, linear, _names(student), ends_with_linear=True)
            _note_last_layer(record, call, last, RightCriterion(case.scale), case)
        if any(type(getattr(layers[k], name, None)) is list for k in (0, 2) for name in ("weight", "bias")):
            record.problem(
                Trouble.CHANGED, f"Your code leaves a list where an array was. {name} keeps weights as arrays."
            )
        if len(network.layers) != 4 or any(now is not then for now, then in zip(network.layers, layers, strict=True)):
            record.problem(
                Trouble.CHANGED, f"Your code replaces or removes layers of the network. {name} only updates them."
            )

    return watched(run, student)


def _names(student: Any) -> dict[str, Any]:
    """Return the names of the notebook that a function was written in."""
    return next(iter(notebook_of(student)), {})


def _note_order(record: Record, case: TrainCase) -> None:
    """Note if every sample had its turn once in every epoch, but not in the order of x."""
    n = len(case.x)
    order, labels = record.arrays[ORDER], record.arrays[LABELS]
    if labels.size == order.size and (labels != order).any():
        return
    natural = np.arange(n)
    if order.size != n * case.epochs or (order == np.tile(natural, case.epochs)).all():
        return
    if (np.sort(order.reshape(case.epochs, n), axis=1) == natural).all():
        record.note(
            "order",
            "Your function takes the samples in another order than that of x. The order alone is no mistake: each has "
            "its turn once in an epoch, and shuffling anew is often better. The notebook's numbers were made in order.",
        )


def _note_last_layer(record: Record, call: Callable[..., Any], network: Any, criterion: Any, case: TrainCase) -> None:
    """Note if a network that ends with a layer that has a weight is not trained to its end."""
    last = network.layers[-1]
    before, first = last.weight.copy(), network.layers[0].weight.copy()
    try:
        with np.errstate(all="ignore"):
            call(network, criterion, case.given(case.x[:2]), case.given(case.y[:2]))
    except Exception:
        return
    if np.array_equal(before, last.weight) and not np.array_equal(first, network.layers[0].weight):
        record.note(
            "layers-by-position",
            "Your function updates layers by their position. That fits the networks of this notebook, which end with "
            'a layer without a weight. Asking each layer, hasattr(layer, "weight"), fits every network.',
        )
