"""Exercise 03: checks for the chain rule, from one layer to a network that learns.

Each `check_X` takes the student's function X, shows a report, and raises CheckFailed if X is not right. With `points`
as a cell's last expression it returns the earned points as a float. `seed` chooses other random cases. Earlier
functions that X calls are replaced while it is checked, so that a mistake there costs once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from checks.chain_rule import observe, observe_networks
from checks.chain_rule.case import ChainCase
from checks.check import Check, made_by
from checks.observing.observation import Observation
from checks.observing.predicting import observe_predictions
from checks.sealing import not_while_graded

_FORWARD = ("activations", "one_layer")
_COST = (*_FORWARD, "cost")
_DERIVATIVES = (*_COST, "derivatives")
_JACOBIAN = (*_DERIVATIVES, "jacobian")
_FACTORS = (*_JACOBIAN, "factors")
_TWO_LAYERS = (*_FACTORS, "two_layers")
_SAVER = (*_FACTORS, "activation_derivatives", "forward", "saver")
_SAVER_BATCH = (*_SAVER, "backward", "forward_batch", "saver_batch")
_TRAINING = (
    *_DERIVATIVES,
    "activation_derivatives",
    "forward_batch",
    "saver_batch",
    "backward_batch",
    "real_task",
)
"""What is lent, in the order in which it is imported."""


def _check(
    name: str,
    observe: Callable[[Any, ChainCase], Observation],
    cases: str,
    lends: tuple[str, ...] = (),
    *,
    square: bool = True,
) -> Check:
    """Return the check of a task; `cases` names a function of `cases.py`, where square ones help with what raises."""
    return Check(
        name,
        observe,
        made_by(f"{__name__}.cases:{cases}"),
        f"{__name__}.tasks:TASKS",
        made_by(f"{__name__}.cases:square_{cases}") if square else lambda seed: (),
        lends=tuple(f"{__name__}.lent.{module}" for module in lends),
    )


CHECKS = {
    check.name: check
    for check in (
        Check(
            "predictions",
            observe_predictions,
            made_by(f"{__name__}.predictions:cases"),
            f"{__name__}.predictions:TASKS",
        ),
        _check("feed_forward_one_layer", observe.observe_feed_forward_one_layer, "one_layer"),
        _check("cost_one_layer", observe.observe_cost_one_layer, "one_layer", _FORWARD),
        _check("gradients_by_autograd", observe.observe_gradients_by_autograd, "one_layer", _COST),
        _check("mse_der", observe.observe_mse_der, "several_samples", square=False),
        _check("sigmoid_der", observe.observe_sigmoid_der, "several_samples", square=False),
        _check("sigmoid_jacobian", observe.observe_sigmoid_jacobian, "one_z", _DERIVATIVES),
        _check("dC_dz", observe.observe_dC_dz, "one_z", _JACOBIAN),
        _check("dz_dW", observe.observe_dz_dW, "one_layer"),
        _check("dz_db", observe.observe_dz_db, "one_layer"),
        _check("gradients_one_layer", observe.observe_gradients_one_layer, "one_layer", _FACTORS),
        _check("feed_forward_two_layers", observe.observe_feed_forward_two_layers, "two_layers", _DERIVATIVES),
        _check("gradients_layer_2", observe.observe_gradients_layer_2, "two_layers", _TWO_LAYERS),
        _check("gradients_layer_1", observe.observe_gradients_layer_1, "two_layers", _TWO_LAYERS),
        _check("create_layers", observe_networks.create_layers_observed("create_layers", many=False), "sizes"),
        _check("feed_forward", observe_networks.feed_forward_observed(many=False), "any_depth", ("activations",)),
        _check(
            "feed_forward_saver", observe_networks.saver_observed(many=False), "any_depth", ("activations", "forward")
        ),
        _check("backpropagation", observe_networks.backpropagation_observed(many=False), "any_depth", _SAVER),
        _check(
            "create_layers_batch",
            observe_networks.create_layers_observed("create_layers_batch", many=True),
            "sizes_for_batches",
        ),
        _check("feed_forward_batch", observe_networks.feed_forward_observed(many=True), "batches", ("activations",)),
        _check(
            "feed_forward_saver_batch",
            observe_networks.saver_observed(many=True),
            "batches",
            ("activations", "forward_batch"),
        ),
        _check("backpropagation_batch", observe_networks.backpropagation_observed(many=True), "batches", _SAVER_BATCH),
        _check("softmax", observe.observe_softmax, "classes"),
        _check("cross_entropy", observe.observe_cross_entropy, "probabilities"),
        _check("softmax_cross_entropy_der", observe.observe_softmax_cross_entropy_der, "probabilities"),
        _check("train_network", observe_networks.observe_train_network, "classes", _TRAINING),
    )
}
"""Every check of the exercise by the name of its task, in the order of the notebook."""


def check_predictions(predictions: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the answers to the questions before Part 1, `{"entries": ..., ...}`, a number or a letter for each.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["predictions"](predictions, points, seed)


def check_feed_forward_one_layer(
    feed_forward_one_layer: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `feed_forward_one_layer(W, b, x)`: the activations (out,) of one layer, equations (1) and (2).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["feed_forward_one_layer"](feed_forward_one_layer, points, seed)


def check_cost_one_layer(cost_one_layer: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `cost_one_layer(W, b, x, target)`: the mean squared error of one layer, equation (3).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["cost_one_layer"](cost_one_layer, points, seed)


def check_gradients_by_autograd(
    gradients_by_autograd: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `gradients_by_autograd(W, b, x, target)`: the pair (dC_dW, dC_db) that autograd finds.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["gradients_by_autograd"](gradients_by_autograd, points, seed)


def check_mse_der(mse_der: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `mse_der(predict, target)`: the derivative (6) of the mean squared error, for vectors and for matrices.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["mse_der"](mse_der, points, seed)


def check_sigmoid_der(sigmoid_der: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `sigmoid_der(z)`: the derivative (7) of the sigmoid at every entry.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["sigmoid_der"](sigmoid_der, points, seed)


def check_sigmoid_jacobian(sigmoid_jacobian: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `sigmoid_jacobian(z)`: the Jacobian (8) of the sigmoid, (out, out).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["sigmoid_jacobian"](sigmoid_jacobian, points, seed)


def check_dC_dz(dC_dz: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `dC_dz(z, target)`: the derivative (9) of the cost with respect to z, (out,).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["dC_dz"](dC_dz, points, seed)


def check_dz_dW(dz_dW: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `dz_dW(W, x)`: the derivative (10) of z with respect to W, (out, out, in).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["dz_dW"](dz_dW, points, seed)


def check_dz_db(dz_db: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `dz_db(b)`: the derivative (11) of z with respect to b, (out, out).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["dz_db"](dz_db, points, seed)


def check_gradients_one_layer(
    gradients_one_layer: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `gradients_one_layer(W, b, x, target)`: the pair (dC_dW, dC_db), equations (12) and (13).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["gradients_one_layer"](gradients_one_layer, points, seed)


def check_feed_forward_two_layers(
    feed_forward_two_layers: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `feed_forward_two_layers(layers, x)`: the output (out,) of two layers, equation (14).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["feed_forward_two_layers"](feed_forward_two_layers, points, seed)


def check_gradients_layer_2(
    gradients_layer_2: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `gradients_layer_2(layers, x, target)`: the pair (dC_dW2, dC_db2), equation (17).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["gradients_layer_2"](gradients_layer_2, points, seed)


def check_gradients_layer_1(
    gradients_layer_1: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `gradients_layer_1(layers, x, target)`: the pair (dC_dW1, dC_db1), equations (15) to (17).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["gradients_layer_1"](gradients_layer_1, points, seed)


def check_create_layers(create_layers: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `create_layers(network_input_size, layer_output_sizes)`: a list of (W, b) with W (out, in).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["create_layers"](create_layers, points, seed)


def check_feed_forward(feed_forward: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `feed_forward(input, layers, activation_funcs)`: the prediction of any number of layers, equation (18).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["feed_forward"](feed_forward, points, seed)


def check_feed_forward_saver(
    feed_forward_saver: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `feed_forward_saver(input, layers, activation_funcs)`: (layer_inputs, zs, predict).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["feed_forward_saver"](feed_forward_saver, points, seed)


def check_backpropagation(backpropagation: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `backpropagation(input, layers, …, cost_der=mse_der)`: a list of (dC_dW, dC_db), equations (19) to (22).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["backpropagation"](backpropagation, points, seed)


def check_create_layers_batch(
    create_layers_batch: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `create_layers_batch(network_input_size, layer_output_sizes)`: a list of (W, b) with W (in, out).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["create_layers_batch"](create_layers_batch, points, seed)


def check_feed_forward_batch(
    feed_forward_batch: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `feed_forward_batch(inputs, layers, activation_funcs)`: the predictions for rows of samples, equation (23).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["feed_forward_batch"](feed_forward_batch, points, seed)


def check_feed_forward_saver_batch(
    feed_forward_saver_batch: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `feed_forward_saver_batch(inputs, layers, activation_funcs)`: what a forward pass of a batch saves.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["feed_forward_saver_batch"](feed_forward_saver_batch, points, seed)


def check_backpropagation_batch(
    backpropagation_batch: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `backpropagation_batch(inputs, layers, …)`: a list of (dC_dW, dC_db), equations (25) to (29).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["backpropagation_batch"](backpropagation_batch, points, seed)


def check_softmax(softmax: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `softmax(z)`: the softmax (30) of every row.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["softmax"](softmax, points, seed)


def check_cross_entropy(cross_entropy: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `cross_entropy(predict, target)`: the mean cross-entropy (31) over the samples.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["cross_entropy"](cross_entropy, points, seed)


def check_softmax_cross_entropy_der(
    softmax_cross_entropy_der: Any = None, points: float | None = None, *, seed: int = 0
) -> float | None:
    """Check `softmax_cross_entropy_der(predict, target)`: the merged derivative (32).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["softmax_cross_entropy_der"](softmax_cross_entropy_der, points, seed)


def check_train_network(train_network: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `train_network(inputs, targets, layers, ...)`: (layers, losses), equation (33).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["train_network"](train_network, points, seed)


@not_while_graded
def hint(task: str) -> None:
    """Show the next of three hints for a task, such as "softmax": where to look, what to think of, the formula."""
    from checks.chain_rule.contents import CONTENTS
    from checks.chain_rule.predictions import TASKS as PREDICTIONS
    from checks.chain_rule.tasks import TASKS
    from checks.explaining.hints import give_hint

    give_hint(task, PREDICTIONS | TASKS, CONTENTS)


@not_while_graded
def progress() -> None:
    """Show which tasks are right, wrong or not attempted, with points; the table follows later checks by itself."""
    from checks.chain_rule.contents import CONTENTS
    from checks.explaining.progress import show_progress

    show_progress(CONTENTS)
