"""The references themselves are right: by the complex step, and by torch's autodiff."""

import numpy as np
import pytest

from checks.neural_network.case import BIAS_GRADIENT, LOSS, WEIGHT_GRADIENT
from checks.neural_network.cases import SHAPES, cases, make_case
from checks.neural_network.lent import Landscape
from checks.neural_network.reference import BackwardReference, LossReference
from checks.observing.quantity import Quantity


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
    for kind, name in ((0, WEIGHT_GRADIENT), (1, BIAS_GRADIENT)):
        for layer in range(len(case.weights)):
            parameters = [[w.astype(complex) for w in case.weights], [b.astype(complex) for b in case.biases]]
            expected = np.empty(parameters[kind][layer].shape)
            for index in np.ndindex(expected.shape):
                parameters[kind][layer][index] += 1j * h
                expected[index] = loss(*parameters, case.x, case.y).imag / h  # type: ignore[call-arg]
                parameters[kind][layer][index] -= 1j * h
            np.testing.assert_allclose(answer[Quantity(name, layer + 1)], expected, rtol=1e-12, atol=1e-15)


def test_loss_agrees_with_its_definition():
    for case in cases(seed=1):
        expected = loss(case.weights, case.biases, case.x, case.y)
        assert LossReference(case).answer()[LOSS] == pytest.approx(expected, rel=1e-14)


def test_the_stand_in_descends_its_own_loss():
    case = cases(seed=2)[0]
    landscape = Landscape(case)
    gradient, h = landscape.gradient(landscape.start, case.x, case.y), 1e-5
    for index in range(0, len(gradient), 7):
        nudge = h * (np.arange(len(gradient)) == index)
        above, below = (landscape.loss(landscape.start + sign * nudge, case.x, case.y) for sign in (1, -1))
        assert gradient[index] == pytest.approx((above - below) / (2 * h), rel=1e-6, abs=1e-9)


def test_training_is_seen_to_rise_to_arrive_and_to_go_on():
    for case in cases(seed=4):
        landscape, theta = Landscape(case), Landscape(case).start
        losses = []
        for _ in range(case.epochs):
            losses.append(landscape.loss(theta, case.x, case.y))
            theta = theta - case.train_rate * landscape.gradient(theta, case.x, case.y)
        assert all(np.isfinite(losses))
        if case.train_rate > 2:
            assert case.epochs > 50
            assert losses[-1] > losses[-2]
        if case.train_rate == 1.3:
            assert losses[-1] < 1e-4
    assert {2.1, 1.3} < {case.train_rate for case in cases(seed=4)}


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
