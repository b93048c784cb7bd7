"""The right way to train a two-layer network, as small steps, one sample at a time or in mini-batches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, ClassVar

import numpy as np

from checks.judging.reference import Answer, Reference
from checks.layers_and_losses.case import LOSSES, ORDER, PARAMETERS, SIZES, TRAINED, TrainCase
from checks.layers_and_losses.lent import criterion_gradient, criterion_loss, sigmoid
from checks.layers_and_losses.reference import FORMULAS
from checks.observing.observation import Array
from checks.observing.quantity import Quantity

Parameters = tuple[Array, ...]

LOSSES_STAGE = 1
"""The stage of the losses; that of the trained network is 0."""


@dataclass(frozen=True)
class Epoch:
    """One epoch: its batches, the loss of each before its step, and the parameters before and after every step."""

    batches: list[Array]
    losses: list[float]
    trajectory: list[Parameters]


class TrainReference(Reference):
    """Equations (11) and (12), or (25): a step after each sample or mini-batch, in the order the student chose."""

    case: TrainCase
    formulas: ClassVar[Mapping[str, tuple[str, str]]] = FORMULAS
    column_fits: ClassVar[frozenset[Quantity]] = frozenset({LOSSES})

    def loss(self, parameters: Parameters, rows: Array) -> float:
        """Return the loss of some samples, summed."""
        w1, b1, w2, b2 = parameters
        p = sigmoid(sigmoid(self.case.x[rows] @ w1 + b1) @ w2 + b2)
        return criterion_loss(self.case.scale, self.difference(p, self.case.y[rows]))

    def difference(self, p: Array, y: Array) -> Array:
        """Return what the criterion makes of predictions and labels before anything else."""
        return p - y

    def loss_gradient(self, p: Array, y: Array) -> Array:
        """Return the gradient with respect to the predictions."""
        return criterion_gradient(self.case.scale, self.difference(p, y))

    def loss_and_gradients(self, parameters: Parameters, rows: Array) -> tuple[float, Parameters]:
        """Return the summed loss of some samples, and its gradients."""
        w1, b1, w2, b2 = parameters
        x, y = self.case.x[rows], self.case.y[rows]
        hidden = sigmoid(x @ w1 + b1)
        p = sigmoid(hidden @ w2 + b2)
        g2 = self.loss_gradient(p, y) * p * (1 - p)
        g1 = (g2 @ w2.T) * hidden * (1 - hidden)
        loss = criterion_loss(self.case.scale, self.difference(p, y))
        return loss, (x.T @ g1, g1.sum(axis=0), hidden.T @ g2, g2.sum(axis=0))

    def epochs(self) -> int:
        """Return how many epochs are run."""
        return self.case.epochs

    def rate(self) -> float:
        """Return the learning rate that the updates use."""
        return self.case.learning_rate

    def batches(self, epoch: int) -> list[Array]:
        """Return the samples of every step of an epoch, in order or in the order that the student chose."""
        order, size = self.own_order, self.case.size
        rows = all_rows(self.case) if order is None else order[epoch % self.case.epochs]
        return [rows[first : first + size] for first in range(0, len(rows), size)]

    @cached_property
    def own_order(self) -> Array | None:
        """Return the student's own order of the samples in every epoch, or None if it is the one that was given.

        It counts only if it holds each sample once in every epoch, in batches of the right sizes.
        """
        n, epochs = len(self.case.x), self.case.epochs
        order, sizes = self.own.get(ORDER), self.own.get(SIZES)
        if order is None or sizes is None or sizes.tolist() != planned_sizes(self.case):
            return None
        if order.size != epochs * n:
            return None
        chosen = order.astype(int).reshape(epochs, n)
        natural = all_rows(self.case)
        each_once = (np.sort(chosen, axis=1) == natural).all()
        return chosen if each_once and (chosen != natural).any() else None

    def updated(self, parameters: Parameters, gradients: Parameters, rows: Array) -> Parameters:
        """Return the parameters after one step, equation (11)."""
        return tuple(p - self.rate() * self.scaled(g, rows) for p, g in zip(parameters, gradients, strict=True))

    def scaled(self, gradient: Array, rows: Array) -> Array:
        """Return the gradient that a step uses."""
        return gradient

    def run_epoch(self, parameters: Parameters, batches: list[Array]) -> Epoch:
        """Return one epoch."""
        losses, trajectory = [], [parameters]
        for rows in batches:
            loss, gradients = self.loss_and_gradients(parameters, rows)
            losses.append(loss)
            parameters = self.updated(parameters, gradients, rows)
            trajectory.append(parameters)
        return Epoch(batches, losses, trajectory)

    def mean_loss(self, epoch: Epoch, number: int) -> float:
        """Return the loss that is kept for the epoch with this number, equation (12)."""
        return sum(epoch.losses) / len(self.case.x)

    def recorded(self, history: list[Epoch]) -> list[float]:
        """Return the losses that are returned."""
        return [self.mean_loss(epoch, number) for number, epoch in enumerate(history)]

    def answer(self) -> Answer:
        """Return the trained parameters, the sizes of the batches, and the losses unless nobody wants them."""
        kind: Any = type(self)
        history = self.history() if self.own_order is not None else _history_as_given(kind, self.case)
        parameters = history[-1].trajectory[-1] if history else self.case.parameters
        answer = {
            quantity._replace(aspect=TRAINED): np.asarray(value)
            for quantity, value in zip(PARAMETERS, parameters, strict=True)
        }
        answer[SIZES] = self._sizes(history)
        return answer if self.last_stage < LOSSES_STAGE else {**answer, LOSSES: np.array(self.recorded(history))}

    def history(self) -> list[Epoch]:
        """Return all epochs."""
        parameters: Parameters = self.case.parameters
        history = []
        for number in range(self.epochs()):
            history.append(self.run_epoch(parameters, self.batches(number)))
            parameters = history[-1].trajectory[-1]
        return history

    def _sizes(self, history: list[Epoch]) -> Array:
        """Return the sizes of the batches that `backward` is given.

        Who trains as planned may call it more often, or not at all, for all that is judged is what comes out. Other
        plans explain a student's numbers only if `backward` was called in that way.
        """
        sizes = [len(rows) for epoch in history for rows in epoch.batches]
        own, losses = self.own.get(SIZES), self.own.get(LOSSES)
        nothing = losses is not None and losses.size <= 1 and not losses.any()  # no list, or the sum of an empty one
        idle = own is not None and own.size == 0 and nothing
        if own is not None and not idle and sizes == planned_sizes(self.case):
            return own
        if own is not None and not idle and not sizes:
            return np.array([-1.0])  # who returns losses or calls `backward` has run an epoch
        return np.array(sizes, dtype=float)


@lru_cache(maxsize=8192)
def _history_as_given(kind: Any, case: TrainCase) -> list[Epoch]:
    """Return all epochs with the samples in the order given: the same for every student, so computed once."""
    history: list[Epoch] = kind(case).history()
    return history


def planned_sizes(case: TrainCase) -> list[int]:
    """Return the sizes of the batches of all epochs."""
    n, size = len(case.x), case.size
    return [min(size, n - first) for first in range(0, n, size)] * case.epochs


def all_rows(case: TrainCase) -> Array:
    """Return the numbers of all samples."""
    return np.arange(len(case.x))
