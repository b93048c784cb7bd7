"""The right way to train a network: loss, backward and update in every epoch, seen on a stand-in network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar

import numpy as np

from checks.formulas.formula import Formula
from checks.formulas.joints import Series, Walk, another_number_of_epochs
from checks.formulas.slips import Worked
from checks.formulas.tree import Symbol, times
from checks.judging.reference import LAST_STAGE, Answer, Override, Slip
from checks.neural_network.case import BIAS, LOSSES, RETURNED, SAME_NETWORK, TRAINED, WEIGHT, NetworkCase
from checks.neural_network.lent import landscape
from checks.neural_network.reference import RATE
from checks.observing.observation import Array
from checks.observing.quantity import Quantity

PARAMETERS, GRADIENT = Symbol("θ", "all parameters"), Symbol("∇C", "their gradient")


def _some_alone(
    chosen: Callable[[int, int], bool], ref: TrainReference, right: Any, parameters: Array, trajectory: list[Array]
) -> Array:
    """Return what an epoch makes of all parameters if it updates some alone.

    They are `chosen` by their layer, counted from the last one, and by their kind: 0 are weights and 1 biases.
    """
    updated = right(parameters, trajectory)
    pairs = enumerate(zip(ref.case.weights, ref.case.biases, strict=True), start=-len(ref.case.weights))
    moves = [np.full(one.size, chosen(layer, kind)) for layer, pair in pairs for kind, one in enumerate(pair)]
    return np.where(np.concatenate(moves), updated, parameters)


def _loss_of_some(rows: slice, ref: TrainReference, right: Any, parameters: Array) -> float:
    """Return the loss of some samples."""
    return ref.landscape.loss(parameters, ref.case.x[rows], ref.case.y[rows])


class TrainReference(Worked):
    """Loss, backward, update in every epoch, on the whole data set, as seen on the stand-in network."""

    case: NetworkCase
    column_fits: ClassVar[frozenset[Quantity]] = frozenset({LOSSES})
    in_lines: ClassVar[bool] = False
    symbols: ClassVar[tuple[Symbol, ...]] = (PARAMETERS, GRADIENT, RATE)
    steps: ClassVar[tuple[str, ...]] = ("moved",)
    joints: ClassVar[Mapping[str, Walk | Series]] = {"recorded": Series("the losses")}
    measures: ClassVar[tuple[str, ...]] = ("N", "K")

    others: ClassVar[tuple[Slip, ...]] = (
        another_number_of_epochs(LOSSES),
        Slip(
            "updated: weights alone",
            Override("updated", partial(_some_alone, lambda layer, kind: kind == 0)),
            "when the weights are updated and the biases stay as they are",
            "Look at what an epoch changes.",
            "Which parameters has a layer?",
            meaning="weights alone",
        ),
        Slip(
            "updated: last layer alone",
            Override("updated", partial(_some_alone, lambda layer, kind: layer == -1)),
            "when the last layer alone is updated",
            "Look at what an epoch changes.",
            "Which layers have parameters?",
            meaning="last layer alone",
        ),
        Slip(
            "loss: first sample",
            Override("loss", partial(_loss_of_some, slice(0, 1))),
            "when the loss of the first sample alone is recorded",
            "Look at what you record in each epoch.",
            "Of which samples is C the mean?",
            meaning="one alone",
        ),
        Slip(
            "recorded: divided by N",
            Override("recorded", lambda ref, right, trajectory: np.asarray(right(trajectory)) / ref.case.batch),
            "when the losses are divided by N once more",
            "Look at what you record in each epoch.",
            "Is the loss not a mean already?",
            meaning="factor",
        ),
    )

    moved = Formula("(10)", PARAMETERS, PARAMETERS - times(RATE, GRADIENT), makes="the update of an epoch")

    def __init__(self, case: Any, own: Mapping[Quantity, Array] | None = None, last_stage: int = LAST_STAGE):
        super().__init__(case, own, last_stage)
        self.landscape = landscape(case)

    def loss(self, parameters: Array) -> float:
        """Return the mean squared error over the whole data set."""
        return self.landscape.loss(parameters, self.case.x, self.case.y)

    def epochs(self) -> int:
        """Return how many epochs are run."""
        return self.case.epochs

    def gradient(self, parameters: Array, trajectory: list[Array]) -> Array:
        """Return the gradient an epoch uses; `trajectory` holds the parameters before every epoch so far."""
        return self.landscape.gradient(parameters, self.case.x, self.case.y)

    def updated(self, parameters: Array, trajectory: list[Array]) -> Array:
        """Return the parameters after an epoch's update."""
        gradient = self.gradient(parameters, trajectory)
        self.known = {("θ", 0): parameters, ("η", 0): np.asarray(self.case.train_rate), ("∇C", 0): gradient}
        return self.moved()

    def recorded(self, trajectory: list[Array]) -> list[float]:
        """Return the losses that are kept; `trajectory` ends with the trained parameters."""
        return [self.loss(parameters) for parameters in trajectory[:-1]]

    def parameters_kept(self, trajectory: list[Array]) -> Array:
        """Return the parameters of the given network when train is done."""
        return trajectory[-1]

    def returned(self) -> tuple[int, bool]:
        """Return the form of what train returns (an index of RETURNS) and whether it is the given network."""
        return 0, True

    def answer(self) -> Answer:
        """Return the form of the result, the trained parameters and the losses."""
        trajectory = [self.landscape.start]
        for _ in range(self.epochs()):
            trajectory.append(self.updated(trajectory[-1], trajectory))
        form, same = self.returned()
        answer: dict[Quantity, Array] = {RETURNED: np.array(float(form))}
        if form < 2:
            answer[SAME_NETWORK] = np.array(float(same))
        kept, position = self.parameters_kept(trajectory), 0
        for layer, (weights, biases) in enumerate(zip(self.case.weights, self.case.biases, strict=True), start=1):
            for kind, parameter in ((WEIGHT, weights), (BIAS, biases)):
                flat = kept[position : position + parameter.size]
                answer[Quantity(kind, layer, aspect=TRAINED)] = flat.reshape(parameter.shape)
                position += parameter.size
        if form < 3:
            answer[LOSSES] = np.array(self.recorded(trajectory))
        return answer
