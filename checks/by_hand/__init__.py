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

from checks.by_hand.case import PUBLISHED
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
from checks.registry import Checks

CHECKS = Checks(__name__, practised=("practice",))


@CHECKS.of_predictions
def check_predictions(predictions: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the answers to the questions before Part 1, `{"outer": ..., ...}`, a number or a letter for each."""


@CHECKS.of(observe_numbers("forward"), "published", of_functions="forward_pass")
def check_forward(forward: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the numbers of the forward pass, `{"s3": ..., "s4": ..., ...}`, equations (1) to (3).

    A function `forward(x, W1, W2)` is checked as `check_forward_pass` does.
    """


@CHECKS.of(observe_numbers("E"), "published")
def check_E(E: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the error E, a number, equation (4); takes `forward` along."""


@CHECKS.of(observe_numbers("error_signals"), "published", of_functions="backward_pass")
def check_error_signals(error_signals: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the error signals `{"delta5": ..., ...}`, equations (6) and (8); takes `forward` along.

    A function `error_signals(t, s1, s2, o2, W2)` is checked as `check_backward_pass` does.
    """


@CHECKS.of(observe_numbers("gradients"), "published")
def check_gradients(gradients: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the negative gradients `{"g53": ..., ...}`, (10); takes `error_signals` and `forward` along."""


@CHECKS.of(observe_numbers("update"), "published", of_functions="updated")
def check_update(update: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the new weights `{"w53": ..., ...}`, equation (11); takes `gradients` along.

    A function `update(W, delta, o, epsilon)` is checked as `check_updated` does.
    """


@CHECKS.of(observe_numbers("do2_ds2"), "published")
def check_do2_ds2(do2_ds2: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the Jacobian ∂o2/∂s2, (n_out, n_out), equation (12); takes `forward` along."""


@CHECKS.of(observe_numbers("ds2_do1"), "published")
def check_ds2_do1(ds2_do1: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the Jacobian ∂s2/∂o1, (n_out, n_hidden), equation (13)."""


@CHECKS.of(observe_numbers("do1_ds1"), "published")
def check_do1_ds1(do1_ds1: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the Jacobian ∂o1/∂s1, (n_hidden, n_hidden), equation (14); takes `forward` along."""


@CHECKS.of(observe_numbers("delta2"), "published")
def check_delta2(delta2: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the error signals of the output layer, (n_out,), (15); takes `do2_ds2` and `forward` along."""


@CHECKS.of(observe_numbers("delta1"), "published")
def check_delta1(delta1: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the hidden error signals, (n_hidden,), (16); takes `delta2`, `ds2_do1` and `do1_ds1` along."""


@CHECKS.of(observe_numbers("dW2"), "published")
def check_dW2(dW2: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check -∂E/∂W2, (n_out, n_hidden), equation (17); takes `delta2` and `forward` along."""


@CHECKS.of(observe_numbers("dW1"), "published")
def check_dW1(dW1: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check -∂E/∂W1, (n_hidden, n_in), equation (17); takes `delta1` along."""


@CHECKS.of(observe_numbers("W2_new"), "published")
def check_W2_new(W2_new: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check W2 after the update, (n_out, n_hidden), equation (18); takes `dW2` along."""


@CHECKS.of(observe_numbers("W1_new"), "published")
def check_W1_new(W1_new: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check W1 after the update, (n_hidden, n_in), equation (18); takes `dW1` along."""


@CHECKS.of(observe_elementwise("relu"), "elementwise", "elementwise_square")
def check_relu(relu: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `relu(s)`, element by element, equation (2)."""


@CHECKS.of(observe_elementwise("sigmoid"), "elementwise", "elementwise_square")
def check_sigmoid(sigmoid: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `sigmoid(s)`, element by element, equation (3)."""


@CHECKS.of(observe_elementwise("relu_derivative"), "elementwise", "elementwise_square")
def check_relu_derivative(relu_derivative: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `relu_derivative(s)` of the weighted input s, element by element, equation (9)."""


@CHECKS.of(observe_elementwise("sigmoid_derivative"), "elementwise", "elementwise_square")
def check_sigmoid_derivative(
    sigmoid_derivative: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `sigmoid_derivative(s)` of the weighted input s, element by element, equation (7)."""


@CHECKS.of(observe_squared_error, "squared_error", "squared_error_square")
def check_squared_error(squared_error: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `squared_error(y, t)`, half the sum of the squared errors, equation (4)."""


@CHECKS.of(observe_forward_pass, "forward_pass", "forward_pass_square", lends=("stand_ins_for",))
def check_forward_pass(forward_pass: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `forward_pass(x, W1, W2)`, the columns (s1, o1, s2, o2), equations (1) to (3)."""


@CHECKS.of(observe_backward_pass, "backward_pass", "backward_pass_square", lends=("stand_ins_for",))
def check_backward_pass(backward_pass: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `backward_pass(t, s1, s2, o2, W2)`, the columns (delta1, delta2), equations (15) and (16)."""


@CHECKS.of(observe_updated, "updated", "updated_square")
def check_updated(updated: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `updated(W, delta, o, epsilon)`, the new weights, equation (18)."""


hint, progress = CHECKS.hint, CHECKS.progress


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
