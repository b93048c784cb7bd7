"""The references are right: the figures of the exercise, the complex step, and torch's autodiff."""

import numpy as np
import pytest

from checks.formulas.functions import sigmoid
from checks.softmax_and_nll import CHECKS, lent
from checks.softmax_and_nll.case import ARGUMENTS, legible
from checks.softmax_and_nll.cases import LAYER
from checks.softmax_and_nll.network_cases import NETWORK, NETWORK_SIZES, network_cases
from checks.softmax_and_nll.reference import (
    OutputAfterStepReference,
    SigmoidDerivativeReference,
    UpdatedW1Reference,
    UpdatedW2Reference,
)


def answer(task, case):
    """Return what a task's first call should give on a case."""
    known = CHECKS[task].task().reference(case).answer()
    return next(iter(known.values()))


def column(*numbers):
    return np.array(numbers, dtype=float).reshape(-1, 1)


def notebook_case(task):
    return next(case for case in CHECKS[task].cases(0) if "notebook" in str(case))


A = column(0.24472847, 0.66524096, 0.09003057)
ROW = [0.24472847, -0.33475904, 0.09003057]
W_NEW = [[0.87763576, -0.83262048, -2.04501529], [-1.12236424, 2.16737952, 0.95498471]]


def test_the_figures_of_the_layer():
    np.testing.assert_allclose(answer("predict", notebook_case("predict")), A, atol=5e-9)
    np.testing.assert_allclose(answer("softmax_gradient", notebook_case("softmax_gradient")), [ROW, ROW], atol=2e-8)
    np.testing.assert_allclose(answer("gradient_step", notebook_case("gradient_step")), W_NEW, atol=2e-8)
    after = answer("predict_after_step", notebook_case("predict_after_step"))
    assert after[2, 0] == pytest.approx(0.06835955, abs=5e-9)
    assert -np.log(A[1, 0]) == pytest.approx(0.40760596, abs=2e-8)
    assert -np.log(after[1, 0]) == pytest.approx(0.258184, abs=5e-7)


def test_the_figure_of_the_loss():
    case = CHECKS["nllm"].cases(0)[0]
    np.testing.assert_array_equal(case.calls[0]["a"], column(0.1, 0.4, 0.5))
    assert answer("nllm", case) == pytest.approx(2.302585, abs=5e-7)


def test_the_figures_of_the_network():
    np.testing.assert_array_equal(
        answer("hidden_activations", notebook_case("hidden_activations")), column(3, 10, 0, 0)
    )
    output = answer("network_output", notebook_case("network_output"))
    assert output[0, 0] == pytest.approx(1)
    assert output[1, 0] == pytest.approx(3.775e-11, rel=1e-4)
    new_w2 = [[-0.5, 0.5], [-4, 4], [1, -1], [1, -1]]
    np.testing.assert_allclose(answer("updated_w2", notebook_case("updated_w2")), new_w2, atol=1e-8)
    new_w1 = [[-3, -4, -1, 0], [-11, -10, 0, -1]]
    np.testing.assert_allclose(answer("updated_w1", notebook_case("updated_w1")), new_w1, atol=1e-8)
    after = answer("output_after_step", notebook_case("output_after_step"))
    np.testing.assert_allclose(after, column(0.11920292, 0.88079708), atol=5e-9)


@pytest.mark.parametrize(
    "figure",
    [
        "2.302585",
        "0.24472847",
        "-0.33475904",
        "0.09003057",
        "0.87763576",
        "-0.83262048",
        "-2.04501529",
        "-1.12236424",
        "2.16737952",
        "0.95498471",
        "0.06835955",
        "0.40760596",
        "0.258184",
        "0.62254991",
        "3.912",
        "(3,10,-5,-12)",
        "(3,10,0,0)",
        "(13,-11)",
        "3.775",
        "(1,-1)",
        "(-0.5,0.5)",
        "(-4,4)",
        "(2,2,0,0)",
        "(-3,-4,-1,0)",
        "(-11,-10,0,-1)",
        "(0.11920292,0.88079708)",
    ],
)
def test_every_figure_stands_in_the_notebook(source, figure):
    assert figure in source.read_text(encoding="utf-8").replace(" ", "")


def loss(W1, W2, given):
    a1 = W1.T @ given["x"] + given["b1"]
    a1 = a1 * (a1.real > 0)
    e = np.exp(W2.T @ a1 + given["b2"])
    return -np.log((e * given["y"]).sum() / e.sum())


@pytest.mark.parametrize("number", range(1, 1 + len(NETWORK_SIZES)))
def test_updates_agree_with_the_complex_step(number):
    case, h = network_cases(3)[number], 1e-30
    given = case.calls[0]
    for name, task in (("W1", UpdatedW1Reference), ("W2", UpdatedW2Reference)):
        gradient = np.empty(given[name].shape)
        for index in np.ndindex(gradient.shape):
            weights = {key: given[key].astype(complex) for key in ("W1", "W2")}
            weights[name][index] += 1j * h
            gradient[index] = loss(weights["W1"], weights["W2"], given).imag / h
        expected = given[name] - given["learning_rate"] * gradient
        np.testing.assert_allclose(next(iter(task(case).answer().values())), expected, rtol=1e-12, atol=1e-14)


def test_one_step_agrees_with_autodiff():
    torch = pytest.importorskip("torch")
    for case in network_cases(5):
        for given, wanted in zip(case.calls, OutputAfterStepReference(case).answer().values(), strict=True):
            t = {key: torch.as_tensor(value, dtype=torch.float64) for key, value in given.items()}
            W1, W2 = t["W1"].requires_grad_(), t["W2"].requires_grad_()

            def logits(first, second, t=t):
                return second.T @ torch.relu(first.T @ t["x"] + t["b1"]) + t["b2"]

            cost = torch.nn.functional.cross_entropy(logits(W1, W2).T, t["y"].T, reduction="sum")
            d1, d2 = torch.autograd.grad(cost, (W1, W2))
            rate = given["learning_rate"]
            output = torch.softmax(logits(W1 - rate * d1, W2 - rate * d2), dim=0)
            np.testing.assert_allclose(wanted, output.detach().numpy(), rtol=1e-7)


def test_losses_and_functions_of_z_agree_with_torch():
    torch = pytest.importorskip("torch")
    for case in CHECKS["softmax"].cases(2):
        z = torch.as_tensor(np.asarray(case.calls[0]["z"], dtype=float))
        np.testing.assert_allclose(answer("softmax", case), torch.softmax(z, dim=0).numpy(), rtol=1e-12, atol=1e-300)
    for case in CHECKS["sigmoid"].cases(2):
        z = torch.as_tensor(np.asarray(case.calls[0]["z"], dtype=float))
        np.testing.assert_allclose(answer("sigmoid", case), torch.sigmoid(z).numpy(), rtol=1e-12, atol=1e-300)
    h = 1e-30
    for case in CHECKS["sigmoid_derivative"].cases(2)[:5]:
        z = case.calls[0]["z"]
        exact = (1 / (1 + np.exp(-(z + 1j * h)))).imag / h
        np.testing.assert_allclose(next(iter(SigmoidDerivativeReference(case).answer().values())), exact, rtol=1e-12)
    for case in CHECKS["nll_gradient"].cases(2):
        x, a, y = (case.calls[0][name] for name in "xay")
        z = np.log(a / (1 - a))
        w = np.ones_like(x, dtype=complex)
        offset = z - (w.T @ x).real
        for i in range(len(x)):
            w[i] += 1j * h
            p = 1 / (1 + np.exp(-(w.T @ x + offset)))
            exact = -(y * np.log(p) + (1 - y) * np.log(1 - p)).imag.item() / h
            assert answer("nll_gradient", case)[i, 0] == pytest.approx(exact, rel=1e-9)
            w[i] -= 1j * h


def test_what_later_functions_are_lent_is_right():
    for name in list(ARGUMENTS)[:-1]:
        function = getattr(lent, name)
        verdict = CHECKS[name].verdict(function)
        assert verdict.earned == 1, verdict


def test_cases_hide_nothing():
    for seed in range(20):
        for case in network_cases(seed)[1:]:
            for given in case.calls:
                m, h, n = len(given["x"]), *given["W2"].shape
                assert len({m, h, n}) == 3  # type: ignore[has-type]
                z1 = given["W1"].T @ given["x"] + given["b1"]
                assert (z1 > 0).any()
                assert (z1 < 0).any()
                assert abs(z1).min() > 0.05, "away from the kink"
                assert (given["b1"] != 0).all()
                assert (given["b2"] != 0).all()
                assert given["learning_rate"] != 1
                output = lent.softmax(given["W2"].T @ np.maximum(z1, 0) + given["b2"])
                assert 1e-4 < output.min() < output.max() < 1 - 1e-4, "not saturated"
        widths = {case.calls[0]["z"].shape[1] for case in CHECKS["softmax"].cases(seed)}
        assert widths >= {1, 3, 5, 6}
    assert LAYER["learning_rate"] == NETWORK["learning_rate"] == 0.5


def test_nan_and_inf_are_told_by_numbers_that_nothing_else_gives():
    seen = legible([np.nan, np.inf, -np.inf, 0.5])
    assert len(set(seen)) == 4
    assert np.isfinite(seen).all()
    np.testing.assert_array_equal(sigmoid(np.array([-1000.0, 0.0, 1000.0])), [0, 0.5, 1])
