"""Every trap that published versions of this exercise fall into is impossible here, or caught and named."""
# ruff: noqa: E501 - students' cells, as short as they can be shown

import numpy as np
import pytest

from checks.chain_rule import CHECKS
from tests.conftest import exercise_named

MISTAKES = exercise_named("chain_rule").mistakes


def label(student, task, cell):
    return CHECKS[task].verdict(student(task, cell)).labels


BATCH = (
    "def backpropagation_batch(inputs, layers, activation_funcs, targets, activation_ders, cost_der=mse_der):\n"
    "    layer_inputs, zs, predict = feed_forward_saver_batch(inputs, layers, activation_funcs)\n"
)


def test_trap_single_sample_code_reused_for_a_batch_is_named(student):
    cell = BATCH + "    return backpropagation(inputs, layers, activation_funcs, targets, activation_ders, cost_der)\n"
    verdict = CHECKS["backpropagation_batch"].verdict(student("backpropagation_batch", cell))
    assert verdict.earned == 0
    assert verdict.labels == ("backpropagation-of-one-sample-called",)


def test_trap_np_diag_of_a_matrix_is_named(student):
    cell = MISTAKES["backpropagation_batch"]["diagonal-of-a-matrix"]
    assert "np.diag" in cell
    assert label(student, "backpropagation_batch", cell) == ("diagonal-of-a-matrix",)


def test_trap_eye_of_len_z_has_the_size_of_the_batch(student):
    cell = MISTAKES["backpropagation_batch"]["bias-not-summed/eye-of-the-batch"]
    assert label(student, "backpropagation_batch", cell) == ("bias-not-summed",)


@pytest.mark.parametrize("task", ["backpropagation", "backpropagation_batch", "gradients_layer_1"])
def test_trap_weights_for_their_transpose_are_named(student, task):
    assert label(student, task, MISTAKES[task]["weights-transposed"]) == ("weights-transposed",)


def test_trap_bias_not_summed_over_the_batch_is_named(student):
    cell = MISTAKES["backpropagation_batch"]["bias-not-summed"]
    verdict = CHECKS["backpropagation_batch"].verdict(student("backpropagation_batch", cell))
    assert verdict.labels == ("bias-not-summed",)
    assert verdict.cause.equation == "Equation (29)"


def test_trap_one_target_against_a_batch_is_named(student):
    cell = MISTAKES["backpropagation_batch"]["one-target-for-all"]
    assert label(student, "backpropagation_batch", cell) == ("one-target-for-all",)


def test_trap_a_misspelt_seed_is_impossible_since_no_seed_is_needed(source, student):
    assert "np.random.seed" not in source.read_text(encoding="utf-8")
    cell = "def create_layers(network_input_size, layer_output_sizes):\n    np.random.sed(2021)\n    return []\n"
    verdict = CHECKS["create_layers"].verdict(student("create_layers", cell))
    assert verdict.earned == 0
    assert "sed" in verdict.problem


def test_trap_the_sum_of_the_rows_is_not_the_derivative_of_z2_by_a1(student):
    cell = MISTAKES["gradients_layer_1"]["sum-of-the-rows-of-the-weights"]
    assert label(student, "gradients_layer_1", cell) == ("sum-of-the-rows-of-the-weights",)


@pytest.mark.parametrize("name", ["softmax-over-the-samples", "stabilised-by-the-wrong-axis", "keepdims-left-out"])
def test_trap_softmax_over_the_wrong_axis_is_named(student, name):
    assert label(student, "softmax", MISTAKES["softmax"][name]) == (name,)


@pytest.mark.parametrize("name", ["diagonal-of-the-softmax-jacobian", "cost-derivative-times-softmax-diagonal"])
def test_trap_the_softmax_jacobian_is_not_diagonal(student, name):
    assert label(student, "softmax_cross_entropy_der", MISTAKES["softmax_cross_entropy_der"][name]) == (name,)


@pytest.mark.parametrize("task", ["cost_one_layer", "cross_entropy"])
def test_trap_a_float_cast_stops_autograd_and_is_named(student, task):
    verdict = CHECKS[task].verdict(student(task, MISTAKES[task]["cast-to-float"]))
    assert verdict.labels == ("cast-to-float",)
    assert "autograd" in verdict.headline


def test_trap_plain_numpy_stops_autograd_and_is_rejected(student):
    cell = (
        "import math\n\ndef feed_forward_one_layer(W, b, x):\n"
        "    return np.array([1 / (1 + math.exp(-z)) for z in W @ x + b])\n"
    )
    verdict = CHECKS["feed_forward_one_layer"].verdict(student("feed_forward_one_layer", cell))
    assert 0 < verdict.earned < 1
    assert verdict.labels == ("cast-to-float",)


def test_trap_length_for_size_shows_only_for_a_matrix(student):
    verdict = CHECKS["mse_der"].verdict(student("mse_der", MISTAKES["mse_der"]["length-for-size"]))
    assert verdict.labels == ("length-for-size",)
    assert verdict.earned == 0.5


def test_trap_cost_der_left_as_the_default_hides_that_it_is_ignored(student):
    verdict = CHECKS["backpropagation_batch"].verdict(
        student("backpropagation_batch", MISTAKES["backpropagation_batch"]["cost-der-ignored"])
    )
    assert verdict.labels == ("cost-der-ignored",)
    assert "default" in verdict.headline
    assert verdict.earned == 0.75


@pytest.mark.parametrize("task", ["sigmoid_der", "mse_der", "softmax"])
def test_trap_integers_are_not_cut_off(student, task):
    cells = {
        "sigmoid_der": "def sigmoid_der(z):\n    r = np.zeros_like(z)\n    r[...] = sigmoid(z) * (1 - sigmoid(z))\n    return r\n",
        "mse_der": "def mse_der(predict, target):\n    r = np.zeros_like(predict)\n"
        "    r[...] = 2 / predict.size * (predict - target)\n    return r\n",
        "softmax": "def softmax(z):\n    e = np.exp(z)\n"
        "    return (e / np.sum(e, axis=1, keepdims=True)).astype(z.dtype) if z.dtype.kind == 'i' else"
        " e / np.sum(e, axis=1, keepdims=True)\n",
    }
    assert CHECKS[task].verdict(student(task, cells[task])).earned < 1


AUTODIFF = {
    "sigmoid_der": "from autograd import elementwise_grad\n\n"
    "def sigmoid_der(z):\n    return elementwise_grad(sigmoid)(1.0 * z)\n",
    "dz_dW": "from autograd import jacobian\n\ndef dz_dW(W, x):\n    return jacobian(lambda W: W @ x)(W)\n",
    "gradients_one_layer": "def gradients_one_layer(W, b, x, target):\n"
    "    return grad(cost_one_layer, (0, 1))(W, b, x, target)\n",
    "backpropagation": "def backpropagation(input, layers, activation_funcs, target, activation_ders, cost_der=mse_der):\n"
    "    c = lambda layers: np.mean((feed_forward(input, layers, activation_funcs) - target) ** 2)\n"
    "    return grad(c)(layers)\n",
}


@pytest.mark.parametrize("task", AUTODIFF)
def test_autograd_in_the_place_of_the_formulas_is_ruled_out(student, task):
    verdict = CHECKS[task].verdict(student(task, AUTODIFF[task]))
    assert verdict.labels == ("autodiff-used",)
    assert "autograd" in verdict.problem


def test_differences_in_the_place_of_the_formulas_are_ruled_out(student):
    cell = """
def backpropagation(input, layers, activation_funcs, target, activation_ders, cost_der=mse_der):
    fixed = cost_der(feed_forward(input, layers, activation_funcs), target)
    gradients = []
    for W, b in layers:
        pair = []
        for p in (W, b):
            g = np.zeros(p.shape)
            for i in np.ndindex(p.shape):
                p[i] += 1e-5
                above = np.sum(fixed * feed_forward(input, layers, activation_funcs))
                p[i] -= 2e-5
                below = np.sum(fixed * feed_forward(input, layers, activation_funcs))
                p[i] += 1e-5
                g[i] = (above - below) / 2e-5
            pair.append(g)
        gradients.append(tuple(pair))
    return gradients
"""
    verdict = CHECKS["backpropagation"].verdict(student("backpropagation", cell))
    assert verdict.earned == 0
    assert "differences" in verdict.problem


def test_twenty_of_twenty_starts_reach_the_accuracy_that_the_notebook_promises(notebook):
    """With other random numbers than those of the notebook."""
    notebook["rng"] = np.random.default_rng(2024)
    inputs, targets = notebook["measurements"], notebook["species"]
    functions, derivatives = [notebook["sigmoid"], notebook["softmax"]], [notebook["sigmoid_der"], notebook["one"]]
    for _ in range(20):
        layers = notebook["create_layers_batch"](4, [8, 3])
        trained, losses = notebook["train_network"](
            inputs, targets, layers, functions, derivatives, notebook["softmax_cross_entropy_der"], 0.5, 600
        )
        predict = notebook["feed_forward_batch"](inputs, trained, functions)
        assert np.mean(np.argmax(predict, axis=1) == np.argmax(targets, axis=1)) >= 0.95
        assert losses[-1] < 0.1
