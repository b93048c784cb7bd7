"""Exercise 04: checks for layers, criteria, networks of one and two layers, training and a numerical gradient.

Each `check_X` takes the student's X, a class or a function, shows a report, and raises CheckFailed if X is not right.
With `points` as a cell's last expression it returns the earned points as a float. `seed` chooses other random cases.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from checks.check import Check, made_by
from checks.layers_and_losses.case import OUTPUT
from checks.layers_and_losses.observe import (
    observe_AbsCriterion,
    observe_BatchLinear,
    observe_BCECriterion,
    observe_ReLU,
    observe_Tanh,
    then_ReLU,
    then_Tanh,
)
from checks.layers_and_losses.observe_gradient import observe_numerical_gradient
from checks.layers_and_losses.observe_network import observe_TwoLayerNetwork, then_TwoLayerNetwork
from checks.layers_and_losses.observe_single_layer import observe_single_layer_step, observe_summed_gradients
from checks.layers_and_losses.observe_training import observe_train_minibatch, observe_train_sgd
from checks.observing.observation import Observation
from checks.observing.predicting import observe_predictions
from checks.sealing import not_while_graded

_HERE = "checks.layers_and_losses"


def _cases(name: str) -> Callable[[int], Sequence[Any]]:
    return made_by(f"{_HERE}.cases:{name}_cases")


def _lent(*names: str) -> tuple[str, ...]:
    return tuple(f"{_HERE}.lent.{name}" for name in names)


_JUDGE = f"{_HERE}.tasks:TASKS"


def _layer(name: str, observe: Callable[..., Observation], then: Callable[..., Observation]) -> Check:
    """Return the check of a layer whose backward is observed with a right forward."""
    lends = _lent(name.lower())
    return Check(name, observe, _cases("element"), _JUDGE, then=then, then_lends=lends, seen_first=(OUTPUT,))


_CHECKS = (
    Check("predictions", observe_predictions, made_by(f"{_HERE}.predictions:cases"), f"{_HERE}.predictions:TASKS"),
    Check("summed_gradients", observe_summed_gradients, _cases("batch_linear"), _JUDGE, lends=_lent("layers")),
    Check("single_layer_step", observe_single_layer_step, _cases("step"), _JUDGE, lends=_lent("layers")),
    Check(
        "TwoLayerNetwork",
        observe_TwoLayerNetwork,
        _cases("network"),
        _JUDGE,
        lends=_lent("layers"),
        then=then_TwoLayerNetwork,
        then_lends=_lent("forward"),
        seen_first=(OUTPUT,),
    ),
    Check("train_sgd", observe_train_sgd, _cases("sgd"), _JUDGE, lends=_lent("layers", "training")),
    Check(
        "numerical_gradient",
        observe_numerical_gradient,
        _cases("numerical"),
        _JUDGE,
        lends=_lent("layers", "forward"),
    ),
    _layer("ReLU", observe_ReLU, then_ReLU),
    _layer("Tanh", observe_Tanh, then_Tanh),
    Check("AbsCriterion", observe_AbsCriterion, _cases("abs"), _JUDGE),
    Check("BCECriterion", observe_BCECriterion, _cases("criterion"), _JUDGE),
    Check("BatchLinear", observe_BatchLinear, _cases("batch_linear"), _JUDGE),
    Check(
        "train_minibatch",
        observe_train_minibatch,
        _cases("minibatch"),
        _JUDGE,
        lends=_lent("layers", "batch_linear", "training"),
    ),
)

CHECKS = {check.name: check for check in _CHECKS}
"""Every check of the exercise by the name of its task, in the order of the notebook."""


def check_predictions(predictions: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the answers to the questions before Part 1, `{"batch": ..., ...}`, a number or a letter for each.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["predictions"](predictions, points, seed)


def check_summed_gradients(summed_gradients: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `summed_gradients(linear, x, grad_output)`, equations (3a) and (4a); the layer that it is given is right.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["summed_gradients"](summed_gradients, points, seed)


def check_single_layer_step(
    single_layer_step: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `single_layer_step(linear, x, y, learning_rate)`: its loss, and the layer after the step.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["single_layer_step"](single_layer_step, points, seed)


def check_TwoLayerNetwork(cls: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the class TwoLayerNetwork: `forward`, equation (9), and `backward`, equation (10).

    It is made of layers that are known to be right and that take batches.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["TwoLayerNetwork"](cls, points, seed)


def check_train_sgd(train_sgd: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `train_sgd(network, criterion, x, y, learning_rate, epochs)`: the trained network and its mean losses.

    It is given a stand-in for the network and for the criterion, so that wrong classes do not matter here.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["train_sgd"](train_sgd, points, seed)


def check_numerical_gradient(
    numerical_gradient: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `numerical_gradient(loss, parameter, epsilon=1e-5)`, equation (13), and that it finds planted bugs.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["numerical_gradient"](numerical_gradient, points, seed)


def check_ReLU(cls: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the class ReLU: `forward`, equation (15), and `backward`, equation (16), each on its own.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["ReLU"](cls, points, seed)


def check_Tanh(cls: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the class Tanh: `forward`, equation (17), and `backward`, equation (18), each on its own.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["Tanh"](cls, points, seed)


def check_AbsCriterion(cls: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the class AbsCriterion: `forward`, equation (19), and `backward`, equation (20), each on its own.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["AbsCriterion"](cls, points, seed)


def check_BCECriterion(cls: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the class BCECriterion: `forward`, equation (21), and `backward`, equation (22), also at 0 and 1.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["BCECriterion"](cls, points, seed)


def check_BatchLinear(cls: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the class BatchLinear: the gradients of `backward` for a batch, equations (2), (23) and (24).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["BatchLinear"](cls, points, seed)


def check_train_minibatch(train_minibatch: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `train_minibatch(network, criterion, x, y, learning_rate, epochs, batch_size)`, the last batch included.

    It is given a stand-in for the network and for the criterion, so that wrong classes do not matter here.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["train_minibatch"](train_minibatch, points, seed)


@not_while_graded
def hint(task: str) -> None:
    """Show the next of three hints for a task, such as "Tanh": where to look, what to think of, the formula."""
    from checks.explaining.hints import give_hint
    from checks.layers_and_losses.contents import CONTENTS
    from checks.layers_and_losses.predictions import TASKS as PREDICTIONS
    from checks.layers_and_losses.tasks import TASKS

    give_hint(task, PREDICTIONS | TASKS, CONTENTS)


@not_while_graded
def progress() -> None:
    """Show which tasks are right, wrong or not attempted, with points; the table follows later checks by itself."""
    from checks.explaining.progress import show_progress
    from checks.layers_and_losses.contents import CONTENTS

    show_progress(CONTENTS)
