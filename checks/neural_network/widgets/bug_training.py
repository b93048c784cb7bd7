"""Train the network of exercise 05 with one step of the reference done wrong, and measure what that does.

The network is the notebook's own, 2-5-3-1 on five points; it is trained in NumPy with the steps of the references, so
that every registered misconception can be switched on as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np

from checks.judging.reference import LAST_STAGE, Misconception, Reference, with_overrides
from checks.neural_network.case import AFTERWARDS, BIAS, BIAS_GRADIENT, WEIGHT, WEIGHT_GRADIENT
from checks.neural_network.reference import BackwardReference, Pass
from checks.neural_network.reference_training import TrainReference
from checks.neural_network.tasks import TASKS
from checks.observing.observation import Array
from checks.observing.quantity import Quantity

SIZES, RATE, EPOCHS = (2, 5, 3, 1), 0.8, 400
X = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, -1.0], [-1.0, 0.0], [0.0, 1.0]])
Y = np.array([[1.0], [0.0], [0.0], [0.0], [0.0]])
SEED = 4
"""A start from which the right network rests at 0.16 for a while and has learnt the five points in 400 epochs."""

GRADIENT = ("gradient in the first epoch", "gradient in the second epoch")
UPDATE, WAY = "first update", "way from the start to the end of training"
"""What is measured of a run, layer by layer."""

Vectors = tuple[Array | str, ...]
"""One vector for each layer, weights and bias in a row, or the words that say why there is none."""


@dataclass(frozen=True)
class Bug:
    """A mistake in one of the five tasks."""

    task: str
    mistake: Misconception


class Stopped(Exception):
    """Training ends with an error, as the student's would; the message says why."""


@dataclass
class Trial:
    """A training run: what was recorded, the true losses, and what to compare layer by layer.

    `recorded` are the losses that the student sees, or None if they are no curve; `losses` those that the network has
    before every epoch and at the end. `measured` holds vectors by what they are. `stopped` says why it ended early.
    """

    losses: list[float] = field(default_factory=list)
    recorded: list[float] | None = None
    measured: dict[str, Vectors] = field(default_factory=dict)
    stopped: str = ""
    form: str = ""

    @property
    def curve(self) -> list[float]:
        """What is drawn: the recorded losses, or the true ones where nothing drawable was recorded."""
        return self.losses if self.recorded is None else self.recorded


@dataclass
class _Case:
    """What the steps of the references ask of a case; the parameters change in training."""

    weights: list[Array]
    biases: list[Array]
    x: Array = field(default_factory=lambda: X)
    y: Array = field(default_factory=lambda: Y)
    sizes: tuple[int, ...] = SIZES
    train_rate: float = RATE
    epochs: int = EPOCHS

    @property
    def batch(self) -> int:
        return len(self.x)

    def layers(self) -> tuple[Array, ...]:
        """Return weights and bias of each layer in a row."""
        return tuple(np.concatenate([w.ravel(), b.ravel()]) for w, b in zip(self.weights, self.biases, strict=True))


def _start() -> _Case:
    rng = np.random.default_rng(SEED)
    shapes = list(pairwise(SIZES))
    weights = [rng.uniform(-1, 1, size=shape) * np.sqrt(6 / sum(shape)) for shape in shapes]
    return _Case(weights, [np.zeros(shape[1]) for shape in shapes])


@lru_cache(maxsize=32)
def trained(bug: Bug | None) -> Trial:
    """Return a whole training run, with a mistake or rightly, which is not to be changed."""
    trial = Trial()
    with np.errstate(all="ignore"):
        try:
            (_train_wrongly if bug is not None and bug.task == "train" else _train)(bug, trial)
        except Stopped as stop:
            trial.stopped = str(stop)
        except (ValueError, IndexError):
            trial.stopped = "the shapes of two arrays do not fit together"
    return trial


def _steps(task: str, bug: Bug | None, case: _Case) -> Any:
    """Return the reference of a task on a case, with the mistake if it is in that task."""
    overrides = [bug.mistake.override] if bug is not None and bug.task == task else []
    return with_overrides(TASKS[task].reference, overrides, case)


# --- the four methods ------------------------------------------------------------------------------------------


def _train(bug: Bug | None, trial: Trial) -> None:
    """Train as the notebook does, with the four methods of the network."""
    case, stored = _start(), {}  # type: _Case, dict[Quantity, Array]
    forward, loss, update, backward = (
        _steps(task, bug, case) for task in ("forward", "get_loss", "apply_gradients", "backward")
    )
    trial.recorded = []
    for epoch in range(EPOCHS):
        one_pass = forward.forward(X)
        if one_pass.prediction.shape != Y.shape:
            raise Stopped(f"the loss refuses a prediction of shape {one_pass.prediction.shape} for labels {Y.shape}")
        _record(trial, one_pass, loss)
        if not np.isfinite(trial.losses[-1]):
            return
        if not forward.remembered(one_pass):
            raise Stopped("backward asks the layers for the pass that they should remember, and finds none")
        stored = _stored(bug, backward, one_pass, stored)
        gradients, before = _by_layer(case, stored), case.layers()
        if epoch < 2:
            trial.measured[GRADIENT[epoch]] = tuple(map(_vector, gradients))
        _expect_fitting(gradients)
        layers = range(1, len(SIZES))
        steps = {k: (stored[Quantity(WEIGHT_GRADIENT, k)], stored[Quantity(BIAS_GRADIENT, k)]) for k in layers}
        update.updated(case.weights, case.biases, steps, RATE)
        case.weights, case.biases = ([update.known[name, layer] for layer in layers] for name in "Wb")
        if epoch == 0:
            trial.measured[UPDATE] = _way(before, case.layers())
    _record(trial, forward.forward(X), None)
    trial.measured[WAY] = _way(_start().layers(), case.layers())


def _way(before: tuple[Array, ...], now: tuple[Array, ...]) -> Vectors:
    return tuple(end - start for start, end in zip(before, now, strict=True))


def _record(trial: Trial, one_pass: Pass, loss: Any) -> None:
    trial.losses.append(float(((one_pass.prediction - Y) ** 2).mean()))
    if loss is None or trial.recorded is None:
        return
    reported = loss.loss(one_pass, Y)
    if reported.size == 1:
        trial.recorded.append(float(reported.ravel()[0]))
    else:
        trial.recorded, trial.form = None, f"{reported.size} numbers instead of one loss"


def _stored(bug: Bug | None, backward: Any, one_pass: Any, earlier: Mapping[Quantity, Array]) -> dict[Quantity, Array]:
    """Return what the layers hold after `backward`, which may depend on what they held before."""
    if bug is not None and bug.mistake.override.step == "pass_used":
        one_pass = backward.pass_used(X, X)
    if bug is not None and updates_as_it_goes(bug):
        backward.own = updated_as_it_goes(backward, one_pass, Y)
    gradients = backward.gradients(one_pass, Y)
    return {name: backward.stored_again(earlier[name], now) if earlier else now for name, now in gradients.items()}


def updates_as_it_goes(bug: Bug) -> bool:
    """Tell whether a mistake changes the weights above before they are used."""
    return bug.mistake.label == "updated-weights-used"


def updated_as_it_goes(backward: Any, one_pass: Any, y: Array) -> dict[Quantity, Array]:
    """Return the weights that a backward pass leaves which updates each layer before it goes on to the one below."""
    case, backward.own = backward.case, {}
    for _ in case.weights:  # each round gets one layer more right
        gradients = backward.gradients(one_pass, y)
        steps = [case.train_rate * gradients[Quantity(WEIGHT_GRADIENT, k)] for k in range(1, len(case.weights) + 1)]
        backward.own = {
            Quantity(WEIGHT, layer, aspect=AFTERWARDS): weights - step
            for layer, (weights, step) in enumerate(zip(case.weights, steps, strict=True), start=1)
        }
    return dict(backward.own)


Gradients = list[tuple[str, Array, Array | None]]
"""The gradients of one layer: the kind of each parameter, the parameter, and what is stored for it."""


def _by_layer(case: _Case, stored: Mapping[Quantity, Array]) -> list[Gradients]:
    return [
        [
            (WEIGHT, w, stored.get(Quantity(WEIGHT_GRADIENT, layer))),
            (BIAS, b, stored.get(Quantity(BIAS_GRADIENT, layer))),
        ]
        for layer, (w, b) in enumerate(zip(case.weights, case.biases, strict=True), start=1)
    ]


def _vector(gradients: Gradients) -> Array | str:
    if any(came is None for *_, came in gradients):
        return "never set"
    if any(came is not None and came.shape != parameter.shape for _, parameter, came in gradients):
        return "wrong shape"
    return np.concatenate([np.ravel(came) for *_, came in gradients if came is not None])


def _expect_fitting(layers: list[Gradients]) -> None:
    """Stop where the given layers refuse a gradient, or have none when they are updated."""
    for layer, gradients in enumerate(layers, start=1):
        for kind, parameter, came in gradients:
            if came is None:
                raise Stopped(f"apply_gradients finds no gradient in layer {layer}")
            if came.shape != parameter.shape:
                raise Stopped(
                    f"layer {layer} refuses a gradient of shape {came.shape} for its {kind} of shape {parameter.shape}"
                )


# --- train itself ----------------------------------------------------------------------------------------------


class _Landscape:
    """Loss and gradient of the real network as functions of one vector of all parameters."""

    def __init__(self, case: _Case):
        self.start = np.concatenate(case.layers())

    def _backward(self, parameters: Array) -> BackwardReference:
        weights, biases = [], []
        for rows, columns in pairwise(SIZES):
            w, b, parameters = np.split(parameters, [rows * columns, (rows + 1) * columns])
            weights.append(w.reshape(rows, columns))
            biases.append(b)
        return BackwardReference(_Case(weights, biases))

    def loss(self, parameters: Array, x: Array, y: Array) -> float:
        return float(((self._backward(parameters).forward(x).prediction - y) ** 2).mean())

    def gradient(self, parameters: Array, x: Array, y: Array) -> Array:
        backward = self._backward(parameters)
        gradients = backward.gradients(backward.forward(x), y)
        layers = range(1, len(SIZES))
        both = (WEIGHT_GRADIENT, BIAS_GRADIENT)
        return np.concatenate([gradients[Quantity(kind, layer)].ravel() for layer in layers for kind in both])


class _OnTheNetwork(TrainReference):
    """The training loop of the reference on the real network instead of the check's stand-in."""

    def __init__(self, case: Any, own: Mapping[Quantity, Array] | None = None, last_stage: int = LAST_STAGE):
        Reference.__init__(self, case, own, last_stage)
        self.landscape: Any = _Landscape(case)


def _train_wrongly(bug: Any, trial: Trial) -> None:
    """Train with a loop that is wrong, and methods that are right."""
    case = _start()
    recreated = bug.mistake.override.step == "answer"  # the loop itself is right, only on another network
    loop: Any = with_overrides(_OnTheNetwork, [] if recreated else [bug.mistake.override], case)  # type: ignore[arg-type]
    trajectory = [loop.landscape.start]
    for _ in range(loop.epochs()):
        trajectory.append(loop.updated(trajectory[-1], trajectory))
        trial.losses.append(loop.loss(trajectory[-2]))
    kept = trajectory[0] if recreated else loop.parameters_kept(trajectory)
    trial.recorded = [float(loss) for loss in loop.recorded(trajectory)]
    trial.losses.append(loop.loss(kept))
    form, _ = loop.returned()
    trial.form = ("", "(losses, net) instead of (net, losses)", "the losses only", "the network only")[form]
    ends = np.cumsum([len(layer) for layer in case.layers()])[:-1]
    trial.measured[WAY] = tuple(np.split(kept - trajectory[0], ends))
