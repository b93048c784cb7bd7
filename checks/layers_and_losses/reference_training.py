"""The right way to train a two-layer network, as small steps, one sample at a time or in mini-batches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from checks.judging.reference import Answer, Reference
from checks.layers_and_losses.cases import NAMES, TrainCase
from checks.layers_and_losses.observe_training import ORDER, SIZES, trained
from checks.layers_and_losses.reference import FORMULAS
from checks.layers_and_losses.stand_in import criterion_gradient, criterion_loss, sigmoid
from checks.observing.observation import Array

Parameters = tuple[Array, ...]


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
    column_fits: ClassVar[frozenset[str]] = frozenset({"losses"})
    _chosen: Array | None = None

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
        n, size = len(self.case.x), self.case.size
        rows = self._order()[epoch % self.case.epochs]
        return [rows[first : first + size] for first in range(0, n, size)]

    def _order(self) -> Array:
        """Return the order of the samples in every epoch: the student's own if it holds each once, else as given."""
        if self._chosen is None:
            n, size, epochs = len(self.case.x), self.case.size, self.case.epochs
            natural = np.tile(np.arange(n), (epochs, 1))
            order, sizes = self.own.get(ORDER), self.own.get(SIZES)
            wanted = [min(size, n - first) for first in range(0, n, size)] * epochs
            fits = order is not None and sizes is not None and sizes.tolist() == wanted
            chosen = order.astype(int).reshape(epochs, n) if fits and order is not None else natural
            self._chosen = chosen if (np.sort(chosen, axis=1) == natural).all() else natural
        return self._chosen

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
        """Return the trained parameters and the losses."""
        parameters: Parameters = self.case.parameters
        history = []
        for number in range(self.epochs()):
            history.append(self.run_epoch(parameters, self.batches(number)))
            parameters = history[-1].trajectory[-1]
        answer: dict[str, Array] = {
            trained(name): np.asarray(value) for name, value in zip(NAMES, parameters, strict=True)
        }
        return {**answer, "losses": np.array(self.recorded(history))}


def all_rows(case: TrainCase) -> Array:
    """Return the numbers of all samples."""
    return np.arange(len(case.x))
