"""Exercise 02: checks for the softmax, the negative log-likelihood and one step of training with them.

Each `check_X` takes the student's function X, shows a report, and raises CheckFailed if X is not right. With `points`
as a cell's last expression it returns the earned points as a float. `seed` chooses other random cases. What X calls of
the functions before it is put right for the time of the check, so a mistake costs once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from checks.registry import Checks, Described
from checks.softmax_and_nll import observe

_LAYERS = ("layer_cases", "square_layer_cases")
_NETWORKS = ("network_cases:network_cases", "network_cases:square_network_cases")
_HIDDEN_LAYERS = ("network_cases:hidden_layer_cases", "network_cases:square_network_cases")

CHECKS = Checks(__name__)


def _of(observer: observe.Observer, *cases: str) -> Callable[[Described], Described]:
    """Return what makes the check of a function, to which all that stand before it are lent."""
    return CHECKS.of(observer, *cases, lends=[name for name in CHECKS if name != "predictions"])


@CHECKS.of_predictions
def check_predictions(predictions: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the answers to the questions before Part 1, `{"shift": ..., ...}`, a number or a letter for each."""


@_of(observe.observe_sigmoid, "sigmoid_cases")
def check_sigmoid(sigmoid: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `sigmoid(z)`: the values for z of any shape, equation (1), from -1000 to 1000."""


@_of(observe.observe_sigmoid_derivative, "sigmoid_derivative_cases")
def check_sigmoid_derivative(
    sigmoid_derivative: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `sigmoid_derivative(z)`: the derivative at z of any shape, equation (2)."""


@_of(observe.observe_nll_gradient, "nll_gradient_cases")
def check_nll_gradient(nll_gradient: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `nll_gradient(x, a, y)`: the gradient (m, 1) of one sigmoid unit, equation (4)."""


@_of(observe.observe_softmax, "softmax_cases")
def check_softmax(softmax: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `softmax(z)`: the probabilities of every column, equations (5) and (6), from -1000 to 1000."""


@_of(observe.observe_nllm, "nllm_cases")
def check_nllm(nllm: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `nllm(a, y)`: the loss, equation (7), for a and y of shape (n,), (n, 1), (1, n) or (n, batch)."""


@_of(observe.observe_softmax_gradient, "softmax_gradient_cases", "softmax_gradient_square_cases")
def check_softmax_gradient(softmax_gradient: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `softmax_gradient(x, a, y)`: the gradient (m, n) of one softmax layer, equation (8)."""


@_of(observe.observe_predict, *_LAYERS)
def check_predict(predict: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `predict(x, W)`: the probabilities (n, 1), equation (9)."""


@_of(observe.observe_gradient_step, "gradient_step_cases")
def check_gradient_step(gradient_step: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `gradient_step(W, gradient, learning_rate)`: the new W, equation (10)."""


@_of(observe.observe_predict_after_step, *_LAYERS)
def check_predict_after_step(
    predict_after_step: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `predict_after_step(x, y, W, learning_rate)`: the probabilities (n, 1) after one step."""


@_of(observe.observe_hidden_activations, *_HIDDEN_LAYERS)
def check_hidden_activations(
    hidden_activations: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `hidden_activations(x, W1, b1)`: the activations (h, 1), equations (11) and (12)."""


@_of(observe.observe_network_output, *_NETWORKS)
def check_network_output(network_output: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `network_output(x, W1, b1, W2, b2)`: the probabilities (n, 1), equations (11) to (14)."""


@_of(observe.observe_updated_w2, *_NETWORKS)
def check_updated_w2(updated_w2: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `updated_w2(x, y, W1, b1, W2, b2, learning_rate)`: W2 after one step, equations (15), (16) and (19)."""


@_of(observe.observe_updated_w1, *_NETWORKS)
def check_updated_w1(updated_w1: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `updated_w1(x, y, W1, b1, W2, b2, learning_rate)`: W1 after one step, equations (17) to (19)."""


@_of(observe.observe_output_after_step, *_NETWORKS)
def check_output_after_step(
    output_after_step: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `output_after_step(x, y, W1, b1, W2, b2, learning_rate)`: the output (n, 1) after one step, (19)."""


hint, progress = CHECKS.hint, CHECKS.progress
