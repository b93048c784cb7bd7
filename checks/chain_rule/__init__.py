"""Exercise 03: checks for the chain rule, from one layer to a network that learns.

Each `check_X` takes the student's function X, shows a report, and raises CheckFailed if X is not right. With `points`
as a cell's last expression it returns the earned points as a float. `seed` chooses other random cases. Earlier
functions that X calls are replaced while it is checked, so that a mistake there costs once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from checks.chain_rule import observe, observe_networks
from checks.observing.observation import Observation
from checks.registry import Checks, Described

CHECKS = Checks(__name__)


def _of(observer: Callable[..., Observation], cases: str, *lends: str) -> Callable[[Described], Described]:
    """Return what makes a check from its description; where code raises, cases of square matrices tell more."""
    return CHECKS.of(observer, cases, f"square_{cases}", lends=lends)


@CHECKS.of_predictions
def check_predictions(predictions: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the answers to the questions before Part 1, `{"entries": ..., ...}`, a number or a letter for each."""


@_of(observe.observe_feed_forward_one_layer, "one_layer")
def check_feed_forward_one_layer(
    feed_forward_one_layer: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `feed_forward_one_layer(W, b, x)`: the activations (out,) of one layer, equations (1) and (2)."""


@_of(observe.observe_cost_one_layer, "one_layer", "feed_forward_one_layer")
def check_cost_one_layer(cost_one_layer: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `cost_one_layer(W, b, x, target)`: the mean squared error of one layer, equation (3)."""


@_of(observe.observe_gradients_by_autograd, "one_layer", "feed_forward_one_layer", "cost_one_layer")
def check_gradients_by_autograd(
    gradients_by_autograd: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `gradients_by_autograd(W, b, x, target)`: the pair (dC_dW, dC_db) that autograd finds."""


@CHECKS.of(observe.observe_mse_der, "several_samples")
def check_mse_der(mse_der: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `mse_der(predict, target)`: the derivative (6) of the mean squared error, for vectors and for matrices."""


@CHECKS.of(observe.observe_sigmoid_der, "several_samples")
def check_sigmoid_der(sigmoid_der: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `sigmoid_der(z)`: the derivative (7) of the sigmoid at every entry."""


@_of(observe.observe_sigmoid_jacobian, "one_z", "sigmoid_der")
def check_sigmoid_jacobian(sigmoid_jacobian: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `sigmoid_jacobian(z)`: the Jacobian (8) of the sigmoid, (out, out)."""


@_of(observe.observe_dC_dz, "one_z", *observe.ONE_LAYER_CALLS[:4])
def check_dC_dz(dC_dz: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `dC_dz(z, target)`: the derivative (9) of the cost with respect to z, (out,)."""


@_of(observe.observe_dz_dW, "one_layer")
def check_dz_dW(dz_dW: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `dz_dW(W, x)`: the derivative (10) of z with respect to W, (out, out, in)."""


@_of(observe.observe_dz_db, "one_layer")
def check_dz_db(dz_db: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `dz_db(b)`: the derivative (11) of z with respect to b, (out, out)."""


@_of(observe.observe_gradients_one_layer, "one_layer", *observe.ONE_LAYER_CALLS)
def check_gradients_one_layer(
    gradients_one_layer: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `gradients_one_layer(W, b, x, target)`: the pair (dC_dW, dC_db), equations (12) and (13)."""


@_of(observe.observe_feed_forward_two_layers, "two_layers", "feed_forward_one_layer", "sigmoid_der")
def check_feed_forward_two_layers(
    feed_forward_two_layers: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `feed_forward_two_layers(layers, x)`: the output (out,) of two layers, equation (14)."""


@_of(observe.observe_gradients_layer_2, "two_layers", *observe.TWO_LAYER_CALLS)
def check_gradients_layer_2(
    gradients_layer_2: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `gradients_layer_2(layers, x, target)`: the pair (dC_dW2, dC_db2), equation (17)."""


@_of(observe.observe_gradients_layer_1, "two_layers", *observe.TWO_LAYER_CALLS)
def check_gradients_layer_1(
    gradients_layer_1: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `gradients_layer_1(layers, x, target)`: the pair (dC_dW1, dC_db1), equations (15) to (17)."""


@_of(observe_networks.create_layers_observed("create_layers", many=False), "sizes")
def check_create_layers(create_layers: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `create_layers(network_input_size, layer_output_sizes)`: a list of (W, b) with W (out, in)."""


@_of(observe_networks.feed_forward_observed(many=False), "any_depth", "FUNCTIONS")
def check_feed_forward(feed_forward: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `feed_forward(input, layers, activation_funcs)`: the prediction of any number of layers, equation (18)."""


@_of(observe_networks.saver_observed(many=False), "any_depth", "FUNCTIONS", "feed_forward")
def check_feed_forward_saver(
    feed_forward_saver: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `feed_forward_saver(input, layers, activation_funcs)`: (layer_inputs, zs, predict)."""


@_of(
    observe_networks.backpropagation_observed(many=False),
    "any_depth",
    "FUNCTIONS",
    "DERIVATIVES",
    *observe_networks.BACKWARD_CALLS,
)
def check_backpropagation(backpropagation: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `backpropagation(input, layers, …, cost_der=mse_der)`: a list of (dC_dW, dC_db), equations (19) to (22)."""


@_of(observe_networks.create_layers_observed("create_layers_batch", many=True), "sizes_for_batches")
def check_create_layers_batch(
    create_layers_batch: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `create_layers_batch(network_input_size, layer_output_sizes)`: a list of (W, b) with W (in, out)."""


@_of(observe_networks.feed_forward_observed(many=True), "batches", "FUNCTIONS")
def check_feed_forward_batch(
    feed_forward_batch: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `feed_forward_batch(inputs, layers, activation_funcs)`: the predictions for rows of samples, (23)."""


@_of(observe_networks.saver_observed(many=True), "batches", "FUNCTIONS", "feed_forward_batch")
def check_feed_forward_saver_batch(
    feed_forward_saver_batch: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `feed_forward_saver_batch(inputs, layers, activation_funcs)`: what a forward pass of a batch saves."""


@_of(
    observe_networks.backpropagation_observed(many=True),
    "batches",
    "FUNCTIONS",
    "DERIVATIVES",
    *observe_networks.BACKWARD_BATCH_CALLS,
)
def check_backpropagation_batch(
    backpropagation_batch: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `backpropagation_batch(inputs, layers, …)`: a list of (dC_dW, dC_db), equations (25) to (29)."""


@_of(observe.observe_softmax, "classes")
def check_softmax(softmax: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `softmax(z)`: the softmax (30) of every row."""


@_of(observe.observe_cross_entropy, "probabilities")
def check_cross_entropy(cross_entropy: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `cross_entropy(predict, target)`: the mean cross-entropy (31) over the samples."""


@_of(observe.observe_softmax_cross_entropy_der, "probabilities")
def check_softmax_cross_entropy_der(
    softmax_cross_entropy_der: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `softmax_cross_entropy_der(predict, target)`: the merged derivative (32)."""


@_of(
    observe_networks.observe_train_network,
    "classes",
    "FUNCTIONS_IN_TRAINING",
    "DERIVATIVES_IN_TRAINING",
    "cost_der_for_training",
    *observe_networks.TRAIN_CALLS,
)
def check_train_network(train_network: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `train_network(inputs, targets, layers, ...)`: (layers, losses), equation (33)."""


hint, progress = CHECKS.hint, CHECKS.progress
