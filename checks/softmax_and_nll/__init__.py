"""Exercise 02: checks for the softmax, the negative log-likelihood and one step of training with them.

Each `check_X` takes the student's function X, shows a report, and raises CheckFailed if X is not right. With `points`
as a cell's last expression it returns the earned points as a float. `seed` chooses other random cases. What X calls of
the functions before it is put right for the time of the check, so a mistake costs once.
"""

from __future__ import annotations

from typing import Any

from checks.check import Check, made_by
from checks.observing.predicting import observe_predictions
from checks.sealing import not_while_graded
from checks.softmax_and_nll import observe
from checks.softmax_and_nll.earlier import lent_to


def _check(name: str, observer: observe.Observer, cases: str, more_cases: str = "cases:no_cases") -> Check:
    """Return a check; its cases are made by functions that are written as "module:name"."""
    made, more = (made_by(f"{__name__}.{place}") for place in (cases, more_cases))
    return Check(name, observer, made, f"{__name__}.tasks:TASKS", more, lends=lent_to(name))


_LAYERS = ("cases:layer_cases", "cases:square_layer_cases")
_NETWORKS = ("network_cases:network_cases", "network_cases:square_network_cases")
_HIDDEN_LAYERS = ("network_cases:hidden_layer_cases", "network_cases:square_network_cases")

CHECKS = {
    check.name: check
    for check in (
        Check(
            "predictions",
            observe_predictions,
            made_by(f"{__name__}.predictions:cases"),
            f"{__name__}.predictions:TASKS",
        ),
        _check("sigmoid", observe.observe_sigmoid, "cases:sigmoid_cases"),
        _check("sigmoid_derivative", observe.observe_sigmoid_derivative, "cases:sigmoid_derivative_cases"),
        _check("nll_gradient", observe.observe_nll_gradient, "cases:nll_gradient_cases"),
        _check("softmax", observe.observe_softmax, "cases:softmax_cases"),
        _check("nllm", observe.observe_nllm, "cases:nllm_cases"),
        _check(
            "softmax_gradient",
            observe.observe_softmax_gradient,
            "cases:softmax_gradient_cases",
            "cases:softmax_gradient_square_cases",
        ),
        _check("predict", observe.observe_predict, *_LAYERS),
        _check("gradient_step", observe.observe_gradient_step, "cases:gradient_step_cases"),
        _check("predict_after_step", observe.observe_predict_after_step, *_LAYERS),
        _check("hidden_activations", observe.observe_hidden_activations, *_HIDDEN_LAYERS),
        _check("network_output", observe.observe_network_output, *_NETWORKS),
        _check("updated_w2", observe.observe_updated_w2, *_NETWORKS),
        _check("updated_w1", observe.observe_updated_w1, *_NETWORKS),
        _check("output_after_step", observe.observe_output_after_step, *_NETWORKS),
    )
}
"""Every check of the exercise by the name of its task, in the order of the notebook."""


def check_predictions(predictions: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the answers to the questions before Part 1, `{"shift": ..., ...}`, a number or a letter for each.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["predictions"](predictions, points, seed)


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


@not_while_graded
def hint(task: str) -> None:
    """Show the next of three hints for a task, such as "softmax": where to look, what to think of, the formula."""
    from checks.explaining.hints import give_hint
    from checks.softmax_and_nll.contents import CONTENTS
    from checks.softmax_and_nll.predictions import TASKS as PREDICTIONS
    from checks.softmax_and_nll.tasks import TASKS

    give_hint(task, PREDICTIONS | TASKS, CONTENTS)


@not_while_graded
def progress() -> None:
    """Show which tasks are right, wrong or not attempted, with points; the table follows later checks by itself."""
    from checks.explaining.progress import show_progress
    from checks.softmax_and_nll.contents import CONTENTS

    show_progress(CONTENTS)
