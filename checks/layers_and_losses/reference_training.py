"""The right way to train a two-layer network, one sample at a time or in mini-batches, written with its equations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, ClassVar

import numpy as np

from checks.formulas.formula import Formula
from checks.formulas.joints import Series
from checks.formulas.slips import Worked
from checks.formulas.tree import Node, Symbol, scaled, times, total
from checks.judging.reference import Answer, Override, with_overrides
from checks.layers_and_losses.case import LABELS, LOSSES, ORDER, PARAMETERS, SIZES, TRAINED, TrainCase
from checks.layers_and_losses.lent import criterion_gradient, criterion_loss, sigmoid
from checks.layers_and_losses.reference import joint
from checks.layers_and_losses.reference_network import BK, DBK, DWK, WK
from checks.layers_and_losses.reference_single_layer import RATE
from checks.observing.observation import Array
from checks.observing.quantity import Quantity

Parameters = tuple[Array, ...]

LOSSES_STAGE = 1
"""The stage of the losses; that of the trained network is 0."""

STEP_LOSSES = Symbol("Lₙ", "the loss of a step")
STEP_SIZES = Symbol("sizes", "the number of its samples")
MEAN = Symbol("mean loss", "the mean loss of an epoch")
OF_LOSSES = ("mean_loss", "losses_of", "recorded")
"""The steps that do not change what is trained."""


@dataclass(frozen=True)
class Epoch:
    """One epoch: its batches, the loss of each before its step, and the parameters before and after every step."""

    batches: list[Array]
    losses: list[float]
    trajectory: list[Parameters]


@dataclass(frozen=True)
class Visits:
    """The samples whose gradients a student asked for: their numbers, how many at a time, and the labels compared."""

    rows: tuple[int, ...] = ()
    sizes: tuple[int, ...] = ()
    labels: tuple[int, ...] = ()

    @classmethod
    def of(cls, own: Mapping[Quantity, Array]) -> Visits:
        """Return those that were seen."""
        seen = [own.get(quantity, np.empty(0)).ravel() for quantity in (ORDER, SIZES, LABELS)]
        return cls(*(tuple(one.astype(int).tolist()) if np.isfinite(one).all() else () for one in seen))

    def in_epochs(self, rows: tuple[int, ...], case: TrainCase) -> list[list[Array]]:
        """Return the rows of each step of each epoch.

        Raises:
            ValueError: if they are not known, or epochs have different numbers of steps.
        """
        known = bool(rows) and min(rows) >= 0 and max(rows) < len(case.x) and min(self.sizes, default=-1) >= 0
        if not known or len(self.sizes) % case.epochs or sum(self.sizes) != len(rows):
            raise ValueError("which samples each step used is not known")
        steps = np.split(np.array(rows), np.cumsum(self.sizes)[:-1])
        each = len(steps) // case.epochs
        return [steps[first : first + each] for first in range(0, len(steps), each)]


def _rows_taken(fitting: Callable[[Array, bool], bool]) -> Callable[..., list[Array]]:
    """Return an override of the batches by those that the student used, if they are `fitting`.

    That is asked about how often each sample had its turn, and whether the batches have the sizes that they should.
    """

    def otherwise(ref: TrainReference, right: Any, epoch: int) -> list[Array]:
        if ref.visits.rows == tuple(all_rows(ref.case)) * ref.case.epochs and planned(ref):
            return list(right(epoch))
        taken = ref.visits.in_epochs(ref.visits.rows, ref.case)
        turns = np.array([np.bincount(np.concatenate(steps), minlength=len(ref.case.x)) for steps in taken])
        if not fitting(turns, planned(ref)):
            raise ValueError("the batches are of another kind")
        return taken[epoch]

    return otherwise


def planned(ref: TrainReference) -> bool:
    """Tell whether the batches that a student took have the sizes that they should, in each epoch in any order."""
    one = sorted(planned_sizes(ref.case)[: -(-len(ref.case.x) // ref.case.size)])
    own, steps = ref.visits.sizes, len(one)
    taken = [sorted(own[first : first + steps]) for first in range(0, len(own), steps)]
    return taken == [one] * ref.case.epochs


def _labels_taken(ref: TrainReference, right: Any, rows: Array, epoch: int, number: int) -> Array:
    if ref.visits.labels == ref.visits.rows:
        return np.asarray(right(rows, epoch, number))
    return ref.visits.in_epochs(ref.visits.labels, ref.case)[epoch][number]


def _one_step_at_the_end(ref: TrainReference, right: Any, start: Parameters, batches: list[Array], epoch: int) -> Epoch:
    if ref.visits.sizes and not planned(ref):
        raise ValueError("the gradients are those of other batches")
    found = [ref.loss_and_gradients(start, rows, ref.labels_of(rows, epoch, n)) for n, rows in enumerate(batches)]
    summed = tuple(sum(gradients) for gradients in zip(*(gradients for _, gradients in found), strict=True))
    end = ref.updated(start, summed, np.concatenate(batches), epoch)
    return Epoch(batches, [loss for loss, _ in found], [start, end])


def _predictions_of_the_start(
    ref: TrainReference, right: Any, start: Parameters, batches: list[Array], epoch: int
) -> Epoch:
    losses, parameters, trajectory = [], start, [start]
    for rows in batches:
        p = ref.passed(start, rows)[1]
        losses.append(ref.loss(start, rows, rows))
        gradients = ref.gradients(parameters, rows, ref.loss_gradient(p, ref.case.y[rows]))
        parameters = ref.updated(parameters, gradients, rows, epoch)
        trajectory.append(parameters)
    return Epoch(batches, losses, trajectory)


class TrainReference(Worked):
    """Equations (11) and (12), or (25): a step after each sample or mini-batch, in the order the student chose."""

    case: TrainCase
    column_fits: ClassVar[frozenset[Quantity]] = frozenset({LOSSES})
    in_lines: ClassVar[bool] = False
    symbols = (WK, BK, DWK, DBK, STEP_LOSSES)
    steps: ClassVar[tuple[str, ...]] = ("new_weight", "new_bias", "mean_loss")
    joints: ClassVar[Mapping[str, Series]] = {"recorded": Series("the mean losses")}
    twins: ClassVar[Mapping[str, tuple[str, Mapping[Node, Node]]]] = {"new_weight": ("new_bias", {WK: BK, DWK: DBK})}
    places: ClassVar[Mapping[str, str]] = {"first": "in the first linear layer", "second": "in the second linear layer"}
    measures: ClassVar[tuple[str, ...]] = ("N", "K", "epochs")
    explained: ClassVar[Mapping[str, tuple[str, str]]] = {
        **dict.fromkeys(
            ("new_weight", "new_bias", "rate", "run_epoch"),
            ("(11)", "w ← w - η ∂L/∂w, for every weight and every bias"),
        ),
        "recorded": ("(12)", "one mean loss for each epoch: 1/N Σ Lₙ, over its N samples"),
    }

    new_weight = Formula("(11)", WK, WK - times(RATE, DWK), makes="the update of the weights")
    new_bias = Formula("(11)", BK, BK - times(RATE, DBK), makes="the update of the biases")
    mean_loss = Formula("(12)", MEAN, scaled(1, N=-1)(total(STEP_LOSSES)), ", over the samples of an epoch")

    def sizes(self) -> Mapping[str, int]:
        case = self.case
        n, k = len(case.x), case.sizes[2]
        given = {"N": n, "K": k, "epochs": case.epochs, "batch_size": case.size, "batches": -(-n // case.size)}
        return {**given, "samples": self.samples}

    def is_at(self, layer: int, where: str) -> bool:
        return layer == (1 if where == "first" else 2)

    @cached_property
    def visits(self) -> Visits:
        """The samples whose gradients the student asked for."""
        return Visits.of(self.own)

    def difference(self, p: Array, y: Array) -> Array:
        """Return what the criterion makes of predictions and labels before anything else."""
        return p - y

    def loss_gradient(self, p: Array, y: Array) -> Array:
        """Return the gradient with respect to the predictions."""
        return criterion_gradient(self.case.scale, self.difference(p, y))

    def passed(self, parameters: Parameters, rows: Array) -> tuple[Array, Array]:
        """Return the outputs of both activations for some samples."""
        w1, b1, w2, b2 = parameters
        hidden = sigmoid(self.case.x[rows] @ w1 + b1)
        return hidden, sigmoid(hidden @ w2 + b2)

    def loss(self, parameters: Parameters, rows: Array, labels: Array) -> float:
        """Return the loss of some samples, summed."""
        difference = self.difference(self.passed(parameters, rows)[1], self.case.y[labels])
        return criterion_loss(self.case.scale, difference)

    def gradients(self, parameters: Parameters, rows: Array, g: Array) -> Parameters:
        """Return the gradients for that with respect to the predictions."""
        hidden, p = self.passed(parameters, rows)
        g2 = g * p * (1 - p)
        g1 = (g2 @ parameters[2].T) * hidden * (1 - hidden)
        return self.case.x[rows].T @ g1, g1.sum(axis=0), hidden.T @ g2, g2.sum(axis=0)

    def loss_and_gradients(self, parameters: Parameters, rows: Array, labels: Array) -> tuple[float, Parameters]:
        """Return the summed loss of some samples, and its gradients."""
        p, y = self.passed(parameters, rows)[1], self.case.y[labels]
        loss = criterion_loss(self.case.scale, self.difference(p, y))
        return loss, self.gradients(parameters, rows, self.loss_gradient(p, y))

    def epochs(self) -> int:
        """Return how many epochs are run."""
        return self.case.epochs

    def rate(self, epoch: int) -> float:
        """Return the learning rate that the updates of an epoch use."""
        return self.case.learning_rate

    def batches(self, epoch: int) -> list[Array]:
        """Return the samples of every step of an epoch, in order or in the order that the student chose."""
        if self.own_order is not None:
            return self.visits.in_epochs(self.visits.rows, self.case)[epoch % self.case.epochs]
        rows, size = all_rows(self.case), self.case.size
        return [rows[first : first + size] for first in range(0, len(rows), size)]

    def labels_of(self, rows: Array, epoch: int, number: int) -> Array:
        """Return the labels that go with some samples, those of the step with this number."""
        return rows

    @cached_property
    def own_order(self) -> Array | None:
        """Return the student's own order of the samples in every epoch, or None if it is the one that was given.

        It counts only if it holds each sample once in every epoch, in batches of the right sizes.
        """
        n, epochs, visits = len(self.case.x), self.case.epochs, self.visits
        if not planned(self) or len(visits.rows) != epochs * n:
            return None
        chosen, natural = np.array(visits.rows).reshape(epochs, n), all_rows(self.case)
        each_once = (np.sort(chosen, axis=1) == natural).all()
        another = (chosen != natural).any() or list(visits.sizes) != planned_sizes(self.case)
        return chosen if each_once and another else None

    def updated(self, parameters: Parameters, gradients: Parameters, rows: Array, epoch: int) -> Parameters:
        """Return the parameters after one step, equation (11)."""
        w1, b1, w2, b2 = parameters
        names = [(name, layer) for layer in (1, 2) for name in ("∂L/∂W", "∂L/∂b")]
        self.samples = len(rows)
        self.known = dict(zip(names, gradients, strict=True))
        self.known |= {("W", 1): w1, ("b", 1): b1, ("W", 2): w2, ("b", 2): b2, ("η", 0): np.asarray(self.rate(epoch))}
        return self.new_weight(1), self.new_bias(1), self.new_weight(2), self.new_bias(2)

    def run_epoch(self, parameters: Parameters, batches: list[Array], epoch: int) -> Epoch:
        """Return one epoch."""
        losses, trajectory = [], [parameters]
        for number, rows in enumerate(batches):
            loss, gradients = self.loss_and_gradients(parameters, rows, self.labels_of(rows, epoch, number))
            losses.append(loss)
            parameters = self.updated(parameters, gradients, rows, epoch)
            trajectory.append(parameters)
        return Epoch(batches, losses, trajectory)

    def losses_of(self, epoch: Epoch, number: int) -> Array:
        """Return the losses that the mean of the epoch with this number is made of."""
        return np.array(epoch.losses)

    def recorded(self, history: list[Epoch]) -> Array:
        """Return the losses that are returned, one mean for each epoch.

        Raises:
            ValueError: if not all are of one shape.
        """
        kept = []
        for number, epoch in enumerate(history):
            sizes = np.array([float(len(rows)) for rows in epoch.batches])
            self.samples, self.known = 0, {("Lₙ", 0): self.losses_of(epoch, number), ("sizes", 0): sizes}
            kept.append(self.mean_loss())
        return np.array(kept)

    def answer(self) -> Answer:
        """Return the trained parameters, the sizes of the batches, and the losses unless nobody wants them."""
        kind: Any = type(self)
        training = tuple(override for override in self.overrides if override.step not in OF_LOSSES)
        history = _history(kind, training, self.case, self.visits)
        parameters = history[-1].trajectory[-1] if history else self.case.parameters
        answer = {
            quantity._replace(aspect=TRAINED): np.asarray(value)
            for quantity, value in zip(PARAMETERS, parameters, strict=True)
        }
        answer[SIZES] = self._sizes(history)
        return answer if self.last_stage < LOSSES_STAGE else {**answer, LOSSES: np.asarray(self.recorded(history))}

    def history(self) -> list[Epoch]:
        """Return all epochs."""
        parameters: Parameters = self.case.parameters
        history = []
        for number in range(self.epochs()):
            history.append(self.run_epoch(parameters, self.batches(number), number))
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

    others = (
        joint("some left out", "batches", _rows_taken(lambda turns, planned: turns.min() < 1 and turns.max() < 2),
              "when some samples never have their turn in an epoch", "Where do the slices begin and end?"),
        joint("some twice", "batches", _rows_taken(lambda turns, planned: turns.max() > 1),
              "when some samples have more than one turn in an epoch",
              "How often is each sample drawn, and where does each slice begin and end?"),
        joint("other sizes", "batches", _rows_taken(lambda turns, planned: bool((turns == 1).all()) and not planned),
              "when every sample has its turn, but in mini-batches of other sizes than `batch_size` says",
              "How many samples does each of your mini-batches have?"),
        joint("pairs broken", "labels_of", _labels_taken,
              "when samples are compared with the labels of others: x and y do not go together any more",
              "Are x and y shuffled, and cut, in the same way?"),
        joint("one step at the end", "run_epoch", _one_step_at_the_end,
              "when the gradients of a whole epoch are added up, and one step is made at its end",
              "How many steps should one epoch make?"),
        joint("predictions of the start", "run_epoch", _predictions_of_the_start,
              "when all predictions are made at the start of the epoch; after the first step they are out of date",
              "Which network makes the prediction of the second step?"),
        joint("loss for gradient", "loss_gradient",
              lambda ref, right, p, y: np.full_like(p, criterion_loss(ref.case.scale, ref.difference(p, y))),
              "when network.backward is given the loss itself in the place of its gradient",
              "Which of the criterion's two methods starts the way back?"),
        joint("swapped on the way back", "loss_gradient", lambda ref, right, p, y: right(y, p),
              "when criterion.backward is given (labels, predictions); it wants (predictions, labels)",
              "With respect to which of its two arguments does the criterion differentiate?"),
        joint("ones", "loss_gradient", lambda ref, right, p, y: np.ones_like(p),
              "when network.backward is given 1 in the place of the gradient of the loss",
              "Which of the criterion's two methods starts the way back?"),
        *(
            joint(f"shrinks by {shrinking:g}", "rate", lambda ref, right, epoch, by=shrinking: right(epoch) * by**epoch,
                  f"when the learning rate is multiplied by {shrinking:g} after every epoch",
                  "Who decides about the learning rate?", 2)
            for shrinking in (0.5, 0.9, 0.95, 0.99)
        ),
        joint("shrinks like 1/t", "rate", lambda ref, right, epoch: right(epoch) / (epoch + 1),
              "when the learning rate is divided by the epoch's number", "Who decides about the learning rate?", 2),
    )  # fmt: skip


@lru_cache(maxsize=16384)
def _history(kind: Any, overrides: tuple[Override, ...], case: TrainCase, visits: Visits) -> list[Epoch]:
    """Return all epochs: the same for every student who takes the samples in the same order, so computed once."""
    reference = with_overrides(kind, overrides, case)
    reference.visits = visits  # type: ignore[attr-defined]
    history: list[Epoch] = reference.history()  # type: ignore[attr-defined]
    return history


class MinibatchReference(TrainReference):
    """Training with mini-batches, whose mean loss is equation (25)."""

    steps = TrainReference.steps
    measures = (*TrainReference.measures, "batch_size", "batches")
    explained: ClassVar[Mapping[str, tuple[str, str]]] = {
        **TrainReference.explained,
        "recorded": ("(25)", "one mean loss for each epoch: 1/N Σ L of its mini-batches"),
        "batches": ("(25)", "the mini-batches of an epoch hold every sample once; the last one may be smaller"),
    }
    mean_loss = Formula(
        "(25)",
        MEAN,
        scaled(1, N=-1)(total(STEP_LOSSES)),
        " of its mini-batches, N being the number of samples",
        also=(scaled(1, N=-1)(total(times(STEP_SIZES, STEP_LOSSES / STEP_SIZES))),),
    )


def planned_sizes(case: TrainCase) -> list[int]:
    """Return the sizes of the batches of all epochs."""
    n, size = len(case.x), case.size
    return [min(size, n - first) for first in range(0, n, size)] * case.epochs


def all_rows(case: TrainCase) -> Array:
    """Return the numbers of all samples."""
    return np.arange(len(case.x))
