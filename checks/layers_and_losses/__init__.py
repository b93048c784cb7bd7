"""Exercise 04: checks for layers, criteria, networks of one and two layers, training and a numerical gradient.

Each `check_X` takes the student's X, a class or a function, shows a report, and raises CheckFailed if X is not right.
With `points` as a cell's last expression it returns the earned points as a float. `seed` chooses other random cases.
"""

from __future__ import annotations

from typing import Any

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
from checks.registry import Checks

_NETWORK = ("RightActivation", "RightLinear", "set_parameters")
_TRAINING = ("RightCriterion", "StandIn")

CHECKS = Checks(__name__)


@CHECKS.of_predictions
def check_predictions(predictions: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the answers to the questions before Part 1, `{"batch": ..., ...}`, a number or a letter for each."""


@CHECKS.of(observe_summed_gradients, "batch_linear_cases", lends=("SingleLinear", "disguised"))
def check_summed_gradients(summed_gradients: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `summed_gradients(linear, x, grad_output)`, equations (3a) and (4a); the given layer is right."""


@CHECKS.of(observe_single_layer_step, "step_cases", lends=("SingleLinear", "disguised"))
def check_single_layer_step(
    single_layer_step: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `single_layer_step(linear, x, y, learning_rate)`: its loss, and the layer after the step."""


@CHECKS.of(
    observe_TwoLayerNetwork,
    "network_cases",
    lends=(*_NETWORK, "RightArcTan", "DrawnLinear", "SampleBySample"),
    then=then_TwoLayerNetwork,
    then_lends=("right_layers_standing_in",),
    seen_first=(OUTPUT.kind,),
)
def check_TwoLayerNetwork(cls: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the class TwoLayerNetwork: `forward`, equation (9), and `backward`, equation (10).

    It is made of layers that are known to be right and that take batches.
    """


@CHECKS.of(observe_train_sgd, "sgd_cases", lends=(*_TRAINING, "SingleLinear"))
def check_train_sgd(train_sgd: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `train_sgd(network, criterion, x, y, learning_rate, epochs)`: the trained network and its mean losses.

    It is given a stand-in for the network and for the criterion, so that wrong classes do not matter here.
    """


@CHECKS.of(observe_numerical_gradient, "numerical_cases", lends=(*_NETWORK, "passed"))
def check_numerical_gradient(
    numerical_gradient: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `numerical_gradient(loss, parameter, epsilon=1e-5)`, equation (13), and that it finds planted bugs."""


@CHECKS.of(observe_ReLU, "element_cases", then=then_ReLU, then_lends=("relu",), seen_first=(OUTPUT.kind,))
def check_ReLU(cls: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the class ReLU: `forward`, equation (15), and `backward`, equation (16), each on its own."""


@CHECKS.of(observe_Tanh, "element_cases", then=then_Tanh, then_lends=("tanh",), seen_first=(OUTPUT.kind,))
def check_Tanh(cls: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the class Tanh: `forward`, equation (17), and `backward`, equation (18), each on its own."""


@CHECKS.of(observe_AbsCriterion, "abs_cases")
def check_AbsCriterion(cls: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the class AbsCriterion: `forward`, equation (19), and `backward`, equation (20), each on its own."""


@CHECKS.of(observe_BCECriterion, "criterion_cases")
def check_BCECriterion(cls: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the class BCECriterion: `forward`, equation (21), and `backward`, equation (22), also at 0 and 1."""


@CHECKS.of(observe_BatchLinear, "batch_linear_cases")
def check_BatchLinear(cls: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the class BatchLinear: the gradients of `backward` for a batch, equations (2), (23) and (24)."""


@CHECKS.of(observe_train_minibatch, "minibatch_cases", lends=(*_TRAINING, "RightBatchLinear"))
def check_train_minibatch(train_minibatch: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `train_minibatch(network, criterion, x, y, learning_rate, epochs, batch_size)`, the last batch included.

    It is given a stand-in for the network and for the criterion, so that wrong classes do not matter here.
    """


hint, progress = CHECKS.hint, CHECKS.progress
