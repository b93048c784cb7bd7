"""Exercise 05: checks for a student's NeuralNetwork and its training.

Each `check_X` takes the student's X, shows a report, and raises CheckFailed if X is not right. With `points` as a
cell's last expression it returns the earned points as a float. `seed` chooses other random cases.
"""

from __future__ import annotations

from typing import Any

from checks.check import Check, made_by
from checks.neural_network.observe import (
    observe_apply_gradients,
    observe_backward,
    observe_forward,
    observe_get_loss,
    observe_train,
)
from checks.observing.predicting import observe_predictions
from checks.sealing import not_while_graded

_JUDGE = "checks.neural_network.tasks:TASKS"

_CASES, _SQUARE = (made_by(f"checks.neural_network.cases:{name}") for name in ("cases", "square_cases"))
_FORWARD, _TRAINING = (f"checks.neural_network.lent.{name}" for name in ("forward", "training"))

CHECKS = {
    "predictions": Check(
        "predictions",
        observe_predictions,
        made_by("checks.neural_network.predictions:cases"),
        "checks.neural_network.predictions:TASKS",
    ),
} | {
    name: Check(name, observe, _CASES, _JUDGE, _SQUARE, lends=lends, needs=("torch",))
    for name, observe, lends in (
        ("forward", observe_forward, ()),
        ("get_loss", observe_get_loss, (_FORWARD,)),
        ("backward", observe_backward, (_FORWARD,)),
        ("apply_gradients", observe_apply_gradients, ()),
        ("train", observe_train, (_TRAINING,)),
    )
}
"""Every check of the exercise by the name of its task, in the order of the notebook."""


def check_predictions(predictions: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the answers to the questions before Part 1, `{"parameters": ..., ...}`, a number or a letter for each.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["predictions"](predictions, points, seed)


def check_forward(net: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `NeuralNetwork.forward(x)`: the prediction (batch, out), and that every layer remembers its pass.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["forward"](net, points, seed)


def check_get_loss(net: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `NeuralNetwork.get_loss(x, y)`: the mean squared error over all entries, equation (3).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["get_loss"](net, points, seed)


def check_backward(net: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `NeuralNetwork.backward(x, y)`: the gradients it stores in every layer, equations (4) to (9).

    The forward pass is done by the given layers in order, so a wrong `forward` does not matter here.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["backward"](net, points, seed)


def check_apply_gradients(net: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `NeuralNetwork.apply_gradients(learning_rate)`: all weights and biases after it, equation (10).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["apply_gradients"](net, points, seed)


def check_train(train: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `train(x, y, net, epochs, lr)`: the network it trains and the losses (epochs,) it returns.

    It is given a stand-in for the network, so that wrong methods of the network do not matter here.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["train"](train, points, seed)


@not_while_graded
def hint(task: str) -> None:
    """Show the next of three hints for a task, such as "backward": where to look, what to think of, the formula."""
    from checks.explaining.hints import give_hint
    from checks.neural_network.contents import CONTENTS
    from checks.neural_network.predictions import TASKS as PREDICTIONS
    from checks.neural_network.tasks import TASKS

    give_hint(task, PREDICTIONS | TASKS, CONTENTS)


@not_while_graded
def progress() -> None:
    """Show which tasks are right, wrong or not attempted, with points; the table follows later checks by itself."""
    from checks.explaining.progress import show_progress
    from checks.neural_network.contents import CONTENTS

    show_progress(CONTENTS)
