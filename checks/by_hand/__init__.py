"""Exercise 01: checks for numbers typed by hand and for the same steps as NumPy functions.

Each `check_X` takes the student's X, shows a report, and raises CheckFailed if X is not right. With `points` as a
cell's last expression it returns the earned points as a float. `seed` chooses other cases for functions; typed numbers
have one case only.

A check of numbers that follow from earlier ones takes these along, by name: `check_E(dict(E=E, forward=forward))`.
Then what is computed rightly from the student's own earlier numbers is right. Without them, as in `check_E(E)`, the
right earlier numbers are taken for granted.
"""

from __future__ import annotations

from typing import Any

from checks.by_hand.case import PASS_ONE, PASS_TWO, PUBLISHED
from checks.by_hand.observe import (
    observe_backward_pass,
    observe_elementwise,
    observe_forward_pass,
    observe_numbers,
    observe_squared_error,
    observe_updated,
)
from checks.by_hand.personal import personal
from checks.by_hand.picture import draw
from checks.by_hand.practice import practice
from checks.check import Check, made_by
from checks.observing.predicting import observe_predictions
from checks.sealing import not_while_graded

_JUDGE, _CASES = "checks.by_hand.tasks:TASKS", "checks.by_hand.cases"
_LENT = ("checks.by_hand.lent.elementwise",)
_ELEMENTWISE = ("relu", "sigmoid", "relu_derivative", "sigmoid_derivative")

CHECKS = (
    {
        "predictions": Check(
            "predictions",
            observe_predictions,
            made_by("checks.by_hand.predictions:cases"),
            "checks.by_hand.predictions:TASKS",
        )
    }
    | {
        name: Check(name, observe_numbers(name), made_by(f"{_CASES}:published"), _JUDGE)
        for name in (*PASS_ONE, *PASS_TWO)
    }
    | {
        name: Check(
            name,
            observe_elementwise(name),
            made_by(f"{_CASES}:elementwise"),
            _JUDGE,
            made_by(f"{_CASES}:elementwise_square"),
        )
        for name in _ELEMENTWISE
    }
    | {
        name: Check(name, observe, made_by(f"{_CASES}:{name}"), _JUDGE, made_by(f"{_CASES}:{name}_square"), lends=lends)
        for name, observe, lends in (
            ("squared_error", observe_squared_error, ()),
            ("forward_pass", observe_forward_pass, _LENT),
            ("backward_pass", observe_backward_pass, _LENT),
            ("updated", observe_updated, ()),
        )
    }
)
"""Every check of the exercise by the name of its task, in the order of the notebook."""

ALSO = {"forward": ("forward_pass",), "error_signals": ("backward_pass",), "update": ("updated",)}
"""Which other task a check takes up if it is given a function."""


def _is_function(subject: Any) -> bool:
    return callable(subject) and not issubclass(type(subject), type)  # as its class says, not the object


def check_predictions(predictions: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the answers to the questions before Part 1, `{"outer": ..., ...}`, a number or a letter for each.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["predictions"](predictions, points, seed)


def check_forward(forward: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the numbers of the forward pass, `{"s3": ..., "s4": ..., ...}`, equations (1) to (3).

    A function `forward(x, W1, W2)` is checked as `check_forward_pass` does.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    task = "forward_pass" if _is_function(forward) else "forward"
    return CHECKS[task](forward, points, seed)


def check_E(E: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the error E, a number, equation (4); takes `forward` along.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["E"](E, points, seed)


def check_error_signals(error_signals: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the error signals `{"delta5": ..., ...}`, equations (6) and (8); takes `forward` along.

    A function `error_signals(t, s1, s2, o2, W2)` is checked as `check_backward_pass` does.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    task = "backward_pass" if _is_function(error_signals) else "error_signals"
    return CHECKS[task](error_signals, points, seed)


def check_gradients(gradients: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the negative gradients `{"g53": ..., ...}`, (10); takes `error_signals` and `forward` along.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["gradients"](gradients, points, seed)


def check_update(update: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the new weights `{"w53": ..., ...}`, equation (11); takes `gradients` along.

    A function `update(W, delta, o, epsilon)` is checked as `check_updated` does.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    task = "updated" if _is_function(update) else "update"
    return CHECKS[task](update, points, seed)


def check_do2_ds2(do2_ds2: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the Jacobian ∂o2/∂s2, (n_out, n_out), equation (12); takes `forward` along.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["do2_ds2"](do2_ds2, points, seed)


def check_ds2_do1(ds2_do1: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the Jacobian ∂s2/∂o1, (n_out, n_hidden), equation (13).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["ds2_do1"](ds2_do1, points, seed)


def check_do1_ds1(do1_ds1: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the Jacobian ∂o1/∂s1, (n_hidden, n_hidden), equation (14); takes `forward` along.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["do1_ds1"](do1_ds1, points, seed)


def check_delta2(delta2: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the error signals of the output layer, (n_out,), (15); takes `do2_ds2` and `forward` along.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["delta2"](delta2, points, seed)


def check_delta1(delta1: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the hidden error signals, (n_hidden,), (16); takes `delta2`, `ds2_do1` and `do1_ds1` along.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["delta1"](delta1, points, seed)


def check_dW2(dW2: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check -∂E/∂W2, (n_out, n_hidden), equation (17); takes `delta2` and `forward` along.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["dW2"](dW2, points, seed)


def check_dW1(dW1: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check -∂E/∂W1, (n_hidden, n_in), equation (17); takes `delta1` along.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["dW1"](dW1, points, seed)


def check_W2_new(W2_new: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check W2 after the update, (n_out, n_hidden), equation (18); takes `dW2` along.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["W2_new"](W2_new, points, seed)


def check_W1_new(W1_new: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check W1 after the update, (n_hidden, n_in), equation (18); takes `dW1` along.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["W1_new"](W1_new, points, seed)


def check_relu(relu: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `relu(s)`, element by element, equation (2).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["relu"](relu, points, seed)


def check_sigmoid(sigmoid: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `sigmoid(s)`, element by element, equation (3).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["sigmoid"](sigmoid, points, seed)


def check_relu_derivative(relu_derivative: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `relu_derivative(s)` of the weighted input s, element by element, equation (9).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["relu_derivative"](relu_derivative, points, seed)


def check_sigmoid_derivative(
    sigmoid_derivative: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `sigmoid_derivative(s)` of the weighted input s, element by element, equation (7).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["sigmoid_derivative"](sigmoid_derivative, points, seed)


def check_squared_error(squared_error: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `squared_error(y, t)`, half the sum of the squared errors, equation (4).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["squared_error"](squared_error, points, seed)


def check_forward_pass(forward_pass: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `forward_pass(x, W1, W2)`, the columns (s1, o1, s2, o2), equations (1) to (3).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["forward_pass"](forward_pass, points, seed)


def check_backward_pass(backward_pass: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `backward_pass(t, s1, s2, o2, W2)`, the columns (delta1, delta2), equations (15) and (16).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["backward_pass"](backward_pass, points, seed)


def check_updated(updated: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `updated(W, delta, o, epsilon)`, the new weights, equation (18).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["updated"](updated, points, seed)


@not_while_graded
def hint(task: str) -> None:
    """Show the next of three hints for a task, such as "update": where to look, what to think of, the formula."""
    from checks.by_hand.contents import CONTENTS
    from checks.by_hand.predictions import TASKS as PREDICTIONS
    from checks.by_hand.tasks import TASKS
    from checks.explaining.hints import give_hint

    give_hint(task, PREDICTIONS | TASKS, CONTENTS, practised=("practice",))


@not_while_graded
def progress() -> None:
    """Show which tasks are right, wrong or not attempted, with points; the table follows later checks by itself."""
    from checks.by_hand.contents import CONTENTS
    from checks.explaining.progress import show_progress

    show_progress(CONTENTS)


__all__ = [
    "CHECKS",
    "PUBLISHED",
    "check_E",
    "check_W1_new",
    "check_W2_new",
    "check_backward_pass",
    "check_dW1",
    "check_dW2",
    "check_delta1",
    "check_delta2",
    "check_do1_ds1",
    "check_do2_ds2",
    "check_ds2_do1",
    "check_error_signals",
    "check_forward",
    "check_forward_pass",
    "check_gradients",
    "check_predictions",
    "check_relu",
    "check_relu_derivative",
    "check_sigmoid",
    "check_sigmoid_derivative",
    "check_squared_error",
    "check_update",
    "check_updated",
    "draw",
    "hint",
    "personal",
    "practice",
    "progress",
]
