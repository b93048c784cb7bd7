"""Exercise 02: checks for the softmax, the negative log-likelihood and one step of training with them.

Each `check_X` takes the student's function X, shows a report, and raises CheckFailed if X is not right. With `points`
as a cell's last expression it returns the earned points as a float. `seed` chooses other random cases. What X calls of
the functions before it is put right for the time of the check, so a mistake costs once.
"""

from __future__ import annotations

from typing import Any

from checks.check import Check
from checks.softmax_and_nll import observe
from checks.softmax_and_nll.cases import (
    gradient_step_cases,
    layer_cases,
    nll_gradient_cases,
    nllm_cases,
    sigmoid_cases,
    sigmoid_derivative_cases,
    softmax_cases,
    softmax_gradient_cases,
    softmax_gradient_square_cases,
    square_layer_cases,
)
from checks.softmax_and_nll.network_cases import hidden_layer_cases, network_cases, square_network_cases

_JUDGE = "checks.softmax_and_nll.tasks:TASKS"

CHECKS = {
    check.name: check
    for check in (
        Check("sigmoid", observe.observe_sigmoid, sigmoid_cases, _JUDGE),
        Check("sigmoid_derivative", observe.observe_sigmoid_derivative, sigmoid_derivative_cases, _JUDGE),
        Check("nll_gradient", observe.observe_nll_gradient, nll_gradient_cases, _JUDGE),
        Check("softmax", observe.observe_softmax, softmax_cases, _JUDGE),
        Check("nllm", observe.observe_nllm, nllm_cases, _JUDGE),
        Check(
            "softmax_gradient",
            observe.observe_softmax_gradient,
            softmax_gradient_cases,
            _JUDGE,
            softmax_gradient_square_cases,
        ),
        Check("predict", observe.observe_predict, layer_cases, _JUDGE, square_layer_cases),
        Check("gradient_step", observe.observe_gradient_step, gradient_step_cases, _JUDGE),
        Check("predict_after_step", observe.observe_predict_after_step, layer_cases, _JUDGE, square_layer_cases),
        Check(
            "hidden_activations", observe.observe_hidden_activations, hidden_layer_cases, _JUDGE, square_network_cases
        ),
        Check("network_output", observe.observe_network_output, network_cases, _JUDGE, square_network_cases),
        Check("updated_w2", observe.observe_updated_w2, network_cases, _JUDGE, square_network_cases),
        Check("updated_w1", observe.observe_updated_w1, network_cases, _JUDGE, square_network_cases),
        Check("output_after_step", observe.observe_output_after_step, network_cases, _JUDGE, square_network_cases),
    )
}
"""Every check of the exercise by the name of its task, in the order of the notebook."""


def check_sigmoid(sigmoid: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `sigmoid(z)`: the values for z of any shape, equation (1), from -1000 to 1000.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["sigmoid"](sigmoid, points, seed)


def check_sigmoid_derivative(
    sigmoid_derivative: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `sigmoid_derivative(z)`: the derivative at z of any shape, equation (2).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["sigmoid_derivative"](sigmoid_derivative, points, seed)


def check_nll_gradient(nll_gradient: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `nll_gradient(x, a, y)`: the gradient (m, 1) of one sigmoid unit, equation (4).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["nll_gradient"](nll_gradient, points, seed)


def check_softmax(softmax: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `softmax(z)`: the probabilities of every column, equations (5) and (6), from -1000 to 1000.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["softmax"](softmax, points, seed)


def check_nllm(nllm: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `nllm(a, y)`: the loss, equation (7), for a and y of shape (n,), (n, 1), (1, n) or (n, batch).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["nllm"](nllm, points, seed)


def check_softmax_gradient(softmax_gradient: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `softmax_gradient(x, a, y)`: the gradient (m, n) of one softmax layer, equation (8).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["softmax_gradient"](softmax_gradient, points, seed)


def check_predict(predict: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `predict(x, W)`: the probabilities (n, 1), equation (9).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["predict"](predict, points, seed)


def check_gradient_step(gradient_step: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `gradient_step(W, gradient, learning_rate)`: the new W, equation (10).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["gradient_step"](gradient_step, points, seed)


def check_predict_after_step(
    predict_after_step: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `predict_after_step(x, y, W, learning_rate)`: the probabilities (n, 1) after one step.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["predict_after_step"](predict_after_step, points, seed)


def check_hidden_activations(
    hidden_activations: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `hidden_activations(x, W1, b1)`: the activations (h, 1), equations (11) and (12).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["hidden_activations"](hidden_activations, points, seed)


def check_network_output(network_output: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `network_output(x, W1, b1, W2, b2)`: the probabilities (n, 1), equations (11) to (14).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["network_output"](network_output, points, seed)


def check_updated_w2(updated_w2: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `updated_w2(x, y, W1, b1, W2, b2, learning_rate)`: W2 after one step, equations (15), (16) and (19).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["updated_w2"](updated_w2, points, seed)


def check_updated_w1(updated_w1: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `updated_w1(x, y, W1, b1, W2, b2, learning_rate)`: W1 after one step, equations (17) to (19).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["updated_w1"](updated_w1, points, seed)


def check_output_after_step(
    output_after_step: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `output_after_step(x, y, W1, b1, W2, b2, learning_rate)`: the output (n, 1) after one step, (19).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["output_after_step"](output_after_step, points, seed)


def hint(task: str) -> None:
    """Show the next of three hints for a task, such as "softmax": where to look, what to think of, the formula."""
    from checks.explaining.hints import give_hint
    from checks.softmax_and_nll.contents import CONTENTS
    from checks.softmax_and_nll.tasks import TASKS

    give_hint(task, TASKS, CONTENTS)


def progress() -> None:
    """Show which tasks are right, wrong or not attempted, with points; the table follows later checks by itself."""
    from checks.explaining.progress import show_progress
    from checks.softmax_and_nll.contents import CONTENTS

    show_progress(CONTENTS)
