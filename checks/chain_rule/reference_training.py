"""The right answers of Part 6, each equation under its number in the notebook: classification, and training.

Rows are samples, weights are (in, out).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import numpy as np

from checks.chain_rule.case import (
    BIAS,
    COST,
    DC_DZ_ROWS,
    FOR_INTEGERS,
    LOSSES,
    PROBABILITIES,
    RETURNED,
    TRAINED,
    WEIGHT,
    ChainCase,
)
from checks.chain_rule.lent import cost_der_for_training
from checks.chain_rule.observe import classification
from checks.chain_rule.reference import ChainOfSteps, ChainReference, of
from checks.chain_rule.reference_networks import ACTIVATION_NAMES, ROWS
from checks.formulas.formula import Formula
from checks.formulas.joints import Joint, Series, Walk, another_number_of_epochs
from checks.formulas.operations import ACTIVATIONS
from checks.formulas.tree import Node, Symbol, scaled, times, total
from checks.judging.reference import LAST_STAGE, Override, Slip
from checks.observing.observation import Array
from checks.observing.quantity import Quantity

Z, E = Symbol("Z", "the weighted input"), Symbol("E", "the exponentials")
P, T = Symbol("P", "the probabilities"), Symbol("T", "the targets")
C, DC_DZ = Symbol("C", "the cost"), Symbol("∂C/∂Z", "the derivative")
W, B, DW, DB = ROWS.W, ROWS.B, ROWS.DW, ROWS.DB
RATE = Symbol("η", "the learning rate")
"""The quantities of Part 6."""


class SoftmaxReference(ChainOfSteps):
    """Equation (30)."""

    symbols = (Z, E)
    steps = ("exponentials", "softmax")
    inlined = frozenset({"exponentials"})
    results = frozenset({"softmax"})
    returned: ClassVar[Mapping[Quantity, str]] = {PROBABILITIES: "softmax"}
    traced = True

    exponentials = Formula("(30)", E, of("exp", Z))
    softmax = Formula("(30)", P, E / of("row sum", E))

    def calls(self) -> Mapping[str, Mapping[str, Array]]:
        return {"": {"Z": self.case.logits}, FOR_INTEGERS: {"Z": self.case.large}}


class OfProbabilities(ChainOfSteps):
    """A function of probabilities and targets."""

    symbols = (P, T)
    measures = ("N", "K")

    def calls(self) -> Mapping[str, Mapping[str, Array]]:
        return {"": dict(zip("PT", classification(self.case).values(), strict=True))}


class CrossEntropyReference(OfProbabilities):
    """Equation (31)."""

    steps = ("cross_entropy",)
    results = frozenset(steps)
    returned: ClassVar[Mapping[Quantity, str]] = {COST: "cross_entropy"}
    traced = True

    cross_entropy = Formula("(31)", C, -scaled(1, N=-1)(total(times(T, of("log", P)))), ", over all entries")


class MergedDerivativeReference(OfProbabilities):
    """Equation (32)."""

    steps = ("merged_derivative",)
    results = frozenset(steps)
    returned: ClassVar[Mapping[Quantity, str]] = {DC_DZ_ROWS: "merged_derivative"}

    merged_derivative = Formula("(32)", DC_DZ, scaled(1, N=-1)(P - T))


Layers = list[tuple[Array, Array]]


def _prediction(case: ChainCase, layers: Layers) -> tuple[list[Array], list[str]]:
    """Return the input of every layer with the prediction behind them, and the names of the activations."""
    outputs, names = [case.inputs], [ACTIVATION_NAMES.get(name, name) for name in case.activations]
    for (weight, bias), name in zip(layers, names, strict=True):
        outputs.append(ACTIVATIONS[name][0](outputs[-1] @ weight + bias))
    return outputs, names


UPDATING = frozenset(
    {"updated", "gradients_at", "cost_derivative", "epochs"}
    | {"new_weight", "new_bias", "weights_updated", "biases_updated"}
)
"""The steps that decide what becomes of the layers."""


_TRAJECTORIES: dict[tuple[ChainCase, tuple[Override, ...]], list[Layers]] = {}
MOST_TRAJECTORIES = 2048
"""What became of the layers of cases, by the steps done otherwise that decide about it, and so many are kept."""


class TrainReference(ChainReference):
    """Full-batch training, equation (33), with the cost (31)."""

    column_fits: ClassVar[frozenset[Quantity]] = frozenset({LOSSES})
    in_lines: ClassVar[bool] = False
    symbols: ClassVar[tuple[Symbol, ...]] = (
        *(one[offset] for one in (W, B, DW, DB) for offset in (0, -1, 1)),
        *(RATE, P, T),
    )
    steps: ClassVar[tuple[str, ...]] = ("new_weight", "new_bias", "cost")
    joints: ClassVar[Mapping[str, Joint]] = {
        "weights_updated": Walk("given new weights"),
        "biases_updated": Walk("given new biases"),
        "recorded": Series("the losses"),
    }
    places: ClassVar[Mapping[str, str]] = {"hidden": "in the hidden layers", "output": "in the last layer"}
    twins: ClassVar[Mapping[str, tuple[str, Mapping[Node, Node]]]] = {
        "new_weight": ("new_bias", {W: B, DW: DB, DW[-1]: DB[-1], DW[1]: DB[1], W[-1]: B[-1], W[1]: B[1]})
    }
    measures: ClassVar[tuple[str, ...]] = ("N", "K")
    addends: ClassVar[tuple[Symbol, ...]] = (W, B)
    explained: ClassVar[Mapping[str, tuple[str, str]]] = {
        "updated": ("(33)", "W ← W - η ∂C/∂W and b ← b - η ∂C/∂b, for every layer"),
        "gradients_at": ("(33)", "the gradients are those of the layers as they are now"),
        "recorded": ("(31)", "C = -1/N Σ_n Σ_k t_nk ln p_nk, once in every epoch"),
    }
    others: ClassVar[tuple[Slip, ...]] = (another_number_of_epochs(LOSSES),)

    new_weight = Formula("(33)", W, W - times(RATE, DW), makes="the update of the weights")
    new_bias = Formula("(33)", B, B - times(RATE, DB), makes="the update of the biases")
    cost = Formula("(31)", C, CrossEntropyReference.cross_entropy.right, makes="the cost that is recorded")

    def __init__(self, case: ChainCase, own: Any = None, last_stage: int = LAST_STAGE):
        super().__init__(case, own, last_stage)
        self.known = {("η", 0): np.asarray(case.rate)}

    def epochs(self) -> int:
        """Return how many epochs are run."""
        return self.case.epochs

    def weights_updated(self) -> list[int]:
        """Return the layers that get new weights."""
        return list(range(1, len(self.case.weights) + 1))

    def biases_updated(self) -> list[int]:
        """Return the layers that get new biases."""
        return self.weights_updated()

    def cost_derivative(self, predict: Array, target: Array) -> Array:
        """Return the given cost_der."""
        return np.asarray(cost_der_for_training(predict, target))

    def gradients_at(self, layers: Layers, trajectory: list[Layers]) -> Layers:
        """Return the gradients that an epoch uses; `trajectory` holds the layers before every epoch so far."""
        outputs, names = _prediction(self.case, layers)
        error = self.cost_derivative(outputs[-1], self.case.targets)
        gradients: Layers = []
        for number in range(len(layers) - 1, -1, -1):
            delta = error * ACTIVATIONS[names[number]][1](outputs[number + 1])
            gradients.insert(0, (outputs[number].T @ delta, delta.sum(axis=0)))
            error = delta @ layers[number][0].T
        return gradients

    def updated(self, layers: Layers, trajectory: list[Layers]) -> Layers:
        """Return the layers after an epoch's update, equation (33)."""
        for layer, pairs in enumerate(zip(layers, self.gradients_at(layers, trajectory), strict=True), start=1):
            for names, pair in zip((("W", "b"), ("∂C/∂W", "∂C/∂b")), pairs, strict=True):
                self.known |= {(name, layer): array for name, array in zip(names, pair, strict=True)}
        new = {("W", layer): self.new_weight(layer) for layer in self.weights_updated()}
        new |= {("b", layer): self.new_bias(layer) for layer in self.biases_updated()}
        return [
            tuple(new.get((name, layer), array) for name, array in zip("Wb", pair, strict=True))  # type: ignore[misc]
            for layer, pair in enumerate(layers, start=1)
        ]

    def trained(self) -> list[Layers]:
        """Return the layers before every epoch and after the last one.

        They are computed once for all answers that differ in what else is done with them.
        """
        changed = tuple(o for o in self.overrides if not UPDATING.isdisjoint((o.step, *(one.step for one in o.also))))
        key = (self.case, changed)
        if key not in _TRAJECTORIES or "epochs" in vars(self):  # how many there are may depend on the answer
            trajectory = [list(zip(self.case.weights, self.case.biases, strict=True))]
            for _ in range(self.epochs()):
                trajectory.append(self.updated(trajectory[-1], trajectory))
            _TRAJECTORIES[key] = trajectory
            if len(_TRAJECTORIES) > MOST_TRAJECTORIES:
                del _TRAJECTORIES[next(iter(_TRAJECTORIES))]
        return _TRAJECTORIES[key]

    def cost_of(self, layers: Layers) -> Array:
        """Return the cross-entropy of the layers' prediction, equation (31)."""
        self.known |= {("P", 0): _prediction(self.case, layers)[0][-1], ("T", 0): self.case.targets}
        return self.cost()

    def recorded(self, trajectory: list[Layers]) -> list[Array]:
        """Return the losses that are kept; `trajectory` ends with the trained layers."""
        return [self.cost_of(layers) for layers in trajectory[:-1]]

    def layers_kept(self, trajectory: list[Layers]) -> Layers:
        """Return the layers that come back."""
        return trajectory[-1]

    def form(self) -> int:
        """Return what comes back, an index of RETURNS."""
        return 0

    def quantities(self) -> Iterator[tuple[Quantity, Array | None]]:
        """Yield the form of the result, the trained layers and the losses."""
        form, trajectory = self.form(), self.trained()
        yield RETURNED, np.array(float(form))
        if form != 2:
            for layer, pair in enumerate(self.layers_kept(trajectory), start=1):
                for kind, value in zip((WEIGHT, BIAS), pair, strict=True):
                    yield Quantity(kind, layer, aspect=TRAINED), value
        if form != 3:
            yield LOSSES, np.array(self.recorded(trajectory))
