"""Exercise 03: checks for the chain rule, from one layer to a network that learns.

Each `check_X` takes the student's function X, shows a report, and raises CheckFailed if X is not right. With `points`
as a cell's last expression it returns the earned points as a float. `seed` chooses other random cases. Earlier
functions that X calls are replaced while it is checked, so that a mistake there costs once.
"""

from __future__ import annotations

from typing import Any

from checks.chain_rule import cases, observe
from checks.check import Check

_JUDGE = "checks.chain_rule.tasks:TASKS"

CHECKS = {
    check.name: check
    for check in (
        Check(
            "feed_forward_one_layer",
            observe.observe_feed_forward_one_layer,
            cases.one_layer,
            _JUDGE,
            cases.square_one_layer,
        ),
        Check("cost_one_layer", observe.observe_cost_one_layer, cases.one_layer, _JUDGE, cases.square_one_layer),
        Check(
            "gradients_by_autograd",
            observe.observe_gradients_by_autograd,
            cases.one_layer,
            _JUDGE,
            cases.square_one_layer,
        ),
        Check("mse_der", observe.observe_mse_der, cases.several_samples, _JUDGE),
        Check("sigmoid_der", observe.observe_sigmoid_der, cases.several_samples, _JUDGE),
        Check("sigmoid_jacobian", observe.observe_sigmoid_jacobian, cases.one_layer, _JUDGE, cases.square_one_layer),
        Check("dC_dz", observe.observe_dC_dz, cases.one_layer, _JUDGE, cases.square_one_layer),
        Check("dz_dW", observe.observe_dz_dW, cases.one_layer, _JUDGE, cases.square_one_layer),
        Check("dz_db", observe.observe_dz_db, cases.one_layer, _JUDGE, cases.square_one_layer),
        Check(
            "gradients_one_layer", observe.observe_gradients_one_layer, cases.one_layer, _JUDGE, cases.square_one_layer
        ),
        Check(
            "feed_forward_two_layers",
            observe.observe_feed_forward_two_layers,
            cases.two_layers,
            _JUDGE,
            cases.square_two_layers,
        ),
        Check(
            "gradients_layer_2", observe.observe_gradients_layer_2, cases.two_layers, _JUDGE, cases.square_two_layers
        ),
        Check(
            "gradients_layer_1", observe.observe_gradients_layer_1, cases.two_layers, _JUDGE, cases.square_two_layers
        ),
        Check(
            "create_layers",
            observe.create_layers_observed("create_layers", many=False),
            cases.any_depth,
            _JUDGE,
            cases.square_any_depth,
        ),
        Check(
            "feed_forward", observe.feed_forward_observed(many=False), cases.any_depth, _JUDGE, cases.square_any_depth
        ),
        Check(
            "feed_forward_saver", observe.saver_observed(many=False), cases.any_depth, _JUDGE, cases.square_any_depth
        ),
        Check(
            "backpropagation",
            observe.backpropagation_observed(many=False),
            cases.any_depth,
            _JUDGE,
            cases.square_any_depth,
        ),
        Check(
            "create_layers_batch",
            observe.create_layers_observed("create_layers_batch", many=True),
            cases.batches,
            _JUDGE,
            cases.square_batches,
        ),
        Check(
            "feed_forward_batch", observe.feed_forward_observed(many=True), cases.batches, _JUDGE, cases.square_batches
        ),
        Check(
            "feed_forward_saver_batch", observe.saver_observed(many=True), cases.batches, _JUDGE, cases.square_batches
        ),
        Check(
            "backpropagation_batch",
            observe.backpropagation_observed(many=True),
            cases.batches,
            _JUDGE,
            cases.square_batches,
        ),
        Check("softmax", observe.observe_softmax, cases.classes, _JUDGE, cases.square_classes),
        Check("cross_entropy", observe.observe_cross_entropy, cases.classes, _JUDGE, cases.square_classes),
        Check(
            "softmax_cross_entropy_der",
            observe.observe_softmax_cross_entropy_der,
            cases.classes,
            _JUDGE,
            cases.square_classes,
        ),
        Check("train_network", observe.observe_train_network, cases.classes, _JUDGE, cases.square_classes),
    )
}
"""Every check of the exercise by the name of its task, in the order of the notebook."""


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


def hint(task: str) -> None:
    """Show the next of three hints for a task, such as "softmax": where to look, what to think of, the formula."""
    from checks.chain_rule.contents import CONTENTS
    from checks.chain_rule.tasks import TASKS
    from checks.explaining.hints import give_hint

    give_hint(task, TASKS, CONTENTS)


def progress() -> None:
    """Show which tasks are right, wrong or not attempted, with points; the table follows later checks by itself."""
    from checks.chain_rule.contents import CONTENTS
    from checks.explaining.progress import show_progress

    show_progress(CONTENTS)
