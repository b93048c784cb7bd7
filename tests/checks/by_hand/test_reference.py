"""The references agree with the published figures and with derivatives found in other ways."""

import numpy as np
import pytest

from checks.by_hand import CHECKS, PUBLISHED, practice
from checks.by_hand.case import RESULT
from checks.by_hand.cases import SIZES, backward_case, draw, elementwise
from checks.by_hand.solution import solution
from checks.judging.reference import answer_with
from checks.observing.quantity import Quantity

FIGURES = {
    "s3": 1, "s4": 4, "o3": 1, "o4": 4, "s5": 0, "s6": 0, "o5": 0.5, "o6": 0.5, "E": 0.25,
    "delta5": 0.125, "delta6": -0.125, "delta3": 0.75, "delta4": -0.1875,
    "do2_ds2": [[0.25, 0], [0, 0.25]], "ds2_do1": [[4, -1], [-2, 0.5]], "do1_ds1": [[1, 0], [0, 1]],
    "delta2": [0.125, -0.125], "delta1": [0.75, -0.1875],
    "dW2": [[0.125, 0.5], [-0.125, -0.5]], "dW1": [[0.75, 1.5], [-0.1875, -0.375]],
    "W2_new": [[4.125, -0.5], [-2.125, 0]], "W1_new": [[-2.25, 3.5], [1.8125, 0.625]],
}  # fmt: skip


@pytest.mark.parametrize("name", FIGURES)
def test_the_published_figures_come_out(name):
    assert np.array_equal(solution(PUBLISHED)[name], FIGURES[name])


def error(x, t, w1, w2):
    """The error as a function that a complex step can differentiate away from the kink of ReLU."""
    s1 = w1 @ x
    o1 = np.where(s1.real > 0, s1, 0)
    return ((t - 1 / (1 + np.exp(-(w2 @ o1)))) ** 2).sum() / 2


def slope(function, array):
    """Differentiate by complex steps, entry by entry."""
    gradient = np.zeros(array.shape)
    for index in np.ndindex(array.shape):
        nudged = array.astype(complex)
        nudged[index] += 1e-30j
        gradient[index] = function(nudged).imag / 1e-30
    return gradient


@pytest.mark.parametrize("seed", range(10))
def test_gradients_of_practice_networks_agree_with_complex_steps(seed):
    p = practice(seed).problem
    right = solution(p)
    assert np.allclose(right["dW1"], -slope(lambda w: error(p.x, p.t, w, p.W2), p.W1), atol=1e-14)
    assert np.allclose(right["dW2"], -slope(lambda w: error(p.x, p.t, p.W1, w), p.W2), atol=1e-14)


@pytest.mark.parametrize("sizes", SIZES)
def test_error_signals_of_the_function_agree_with_complex_steps(sizes):
    case = backward_case(draw(sizes, seed=3))
    right = answer_with(CHECKS["backward_pass"].task().reference, (), case)

    def of_s2(s2):
        return ((case.t - 1 / (1 + np.exp(-s2))) ** 2).sum() / 2

    def of_s1(s1):
        change = case.W2 @ (np.where(s1.real > 0, s1, 0) - np.maximum(case.s1, 0))
        return of_s2(case.s2 + change)

    assert np.allclose(right[Quantity("delta2")], -slope(of_s2, case.s2), atol=1e-14)
    assert np.allclose(right[Quantity("delta1")], -slope(of_s1, case.s1), atol=1e-14)


def test_slopes_agree_with_complex_steps():
    for case in elementwise(0):
        for task, function in (
            ("sigmoid_derivative", lambda s: 1 / (1 + np.exp(-s))),
            ("relu_derivative", lambda s: np.where(s.real > 0, s, 0)),
        ):
            right = answer_with(CHECKS[task].task().reference, (), case)[RESULT]
            steps = function(case.values + 1e-30j).imag / 1e-30  # type: ignore[attr-defined]
            assert np.allclose(right, steps, atol=1e-14)
