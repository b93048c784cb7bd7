"""The references themselves are right: by the complex step, and by torch's autodiff."""

import numpy as np
import pytest
import torch

from checks.neural_network.cases import SHAPES, bias_gradient, cases, make_case, weight_gradient
from checks.neural_network.reference import BackwardReference, LossReference
from checks.neural_network.stand_in import Landscape


def loss(weights, biases, x, y):
    a = x
    for layer, (w, b) in enumerate(zip(weights, biases, strict=True), start=1):
        z = a @ w + b
        a = 1 / (1 + np.exp(-z)) if layer == len(weights) else np.tanh(z)
    return ((a - y) ** 2).mean()


@pytest.mark.parametrize(("sizes", "batch"), SHAPES)
def test_gradients_agree_with_the_complex_step(sizes, batch):
    case = make_case(sizes, batch, seed=3)
    answer = BackwardReference(case).answer()
    h = 1e-30
    for kind, name in ((0, weight_gradient), (1, bias_gradient)):
        for layer in range(len(case.weights)):
            parameters = [[w.astype(complex) for w in case.weights], [b.astype(complex) for b in case.biases]]
            expected = np.empty(parameters[kind][layer].shape)
            for index in np.ndindex(expected.shape):
                parameters[kind][layer][index] += 1j * h
                expected[index] = loss(*parameters, case.x, case.y).imag / h
                parameters[kind][layer][index] -= 1j * h
            np.testing.assert_allclose(answer[name(layer + 1)], expected, rtol=1e-12, atol=1e-15)


def test_loss_agrees_with_its_definition():
    for case in cases(seed=1):
        expected = loss(case.weights, case.biases, case.x, case.y)
        assert LossReference(case).answer()["loss"] == pytest.approx(expected, rel=1e-14)


def test_the_stand_in_descends_its_own_loss():
    case = cases(seed=2)[0]
    landscape, rows = Landscape(case), list(range(case.batch))
    theta = torch.tensor(landscape.start, requires_grad=True)
    prediction = torch.tensor(landscape._map) @ theta
    ((prediction - torch.tensor(case.y)) ** 2).mean().backward()
    np.testing.assert_allclose(landscape.gradient(landscape.start, rows, case.y), theta.grad, rtol=1e-10, atol=1e-12)


def test_cases_hide_nothing():
    for sizes, batch in SHAPES:
        assert len({*sizes, batch}) == len(sizes) + 1, "sizes and batch are pairwise different"
        assert batch >= 3
    assert {sizes[-1] == 1 for sizes, _ in SHAPES} == {True, False}, "one output and several"
    assert len({len(sizes) for sizes, _ in SHAPES}) >= 2, "at least two depths"
    for seed in range(20):
        for case in cases(seed):
            passed = BackwardReference(case).forward(case.x)
            assert all((abs(b) > 1e-6).all() for b in case.biases)
            assert 1 not in case.learning_rates
            for z in passed.weighted_inputs[1:]:
                assert 0.3 < abs(z).mean() < 3
            assert all((z > 0).any() and (z < 0).any() for z in passed.weighted_inputs[1:])
