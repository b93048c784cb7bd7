"""Exercise 05: checks for a student's NeuralNetwork and its training.

Each `check_X` takes the student's X, shows a report, and raises CheckFailed if X is not right. With `points` as a
cell's last expression it returns the earned points as a float. `seed` chooses other random cases.
"""

from __future__ import annotations

from typing import Any

from checks.neural_network.observe import (
    observe_apply_gradients,
    observe_backward,
    observe_forward,
    observe_get_loss,
    observe_train,
)
from checks.registry import Checks

_RIGHT_FORWARD = ("given_layers_standing_in", "own_forward_is_right")

CHECKS = Checks(__name__, needs=("torch",))


@CHECKS.of_predictions
def check_predictions(predictions: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the answers to the questions before Part 1, `{"parameters": ..., ...}`, a number or a letter for each."""


@CHECKS.of(observe_forward, "cases", "square_cases")
def check_forward(net: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `NeuralNetwork.forward(x)`: the prediction (batch, out), and that every layer remembers its pass."""


@CHECKS.of(observe_get_loss, "cases", "square_cases", lends=_RIGHT_FORWARD)
def check_get_loss(net: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `NeuralNetwork.get_loss(x, y)`: the mean squared error over all entries, equation (3)."""


@CHECKS.of(observe_backward, "cases", "square_cases", lends=_RIGHT_FORWARD)
def check_backward(net: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `NeuralNetwork.backward(x, y)`: the gradients it stores in every layer, equations (4) to (9).

    The forward pass is done by the given layers in order, so a wrong `forward` does not matter here.
    """


@CHECKS.of(observe_apply_gradients, "cases", "square_cases")
def check_apply_gradients(net: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `NeuralNetwork.apply_gradients(learning_rate)`: all weights and biases after it, equation (10)."""


@CHECKS.of(observe_train, "cases", "square_cases", lends=("landscape", "stand_in_for"))
def check_train(train: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `train(x, y, net, epochs, lr)`: the network it trains and the losses (epochs,) it returns.

    It is given a stand-in for the network, so that wrong methods of the network do not matter here.
    """


hint, progress = CHECKS.hint, CHECKS.progress
