"""Every right number of a network that is computed by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from checks.by_hand.case import PASS_TWO, Problem
from checks.by_hand.lent import relu, relu_derivative, sigmoid, sigmoid_derivative
from checks.observing.observation import Array


@lru_cache(maxsize=256)
def solution(problem: Problem) -> Mapping[str, Array]:
    """Return every right number and array of a problem by its name."""
    names, values = problem.names, {}

    def name_all(keys: Sequence[str], numbers: Array) -> None:
        values.update({key: np.asarray(number) for key, number in zip(keys, numbers.ravel(), strict=True)})

    s1 = problem.W1 @ problem.x
    o1 = relu(s1)
    s2 = problem.W2 @ o1
    o2 = sigmoid(s2)
    delta2 = (problem.t - o2) * sigmoid_derivative(s2)
    delta1 = (problem.W2.T @ delta2) * relu_derivative(s1)
    d_w2, d_w1 = np.outer(delta2, o1), np.outer(delta1, problem.x)
    new_w2, new_w1 = problem.W2 + problem.epsilon * d_w2, problem.W1 + problem.epsilon * d_w1
    for layer, s, o, delta, gradient, new in ((1, s1, o1, delta1, d_w1, new_w1), (2, s2, o2, delta2, d_w2, new_w2)):
        name_all(names.of("s", layer), s)
        name_all(names.of("o", layer), o)
        name_all(names.of("delta", layer), delta)
        name_all(names.edges("g", layer), gradient)
        name_all(names.edges("w", layer), new)
    values["E"] = np.asarray(((problem.t - o2) ** 2).sum() / 2)
    arrays = (np.diag(sigmoid_derivative(s2)), problem.W2, np.diag(relu_derivative(s1)))
    values.update(zip(PASS_TWO, (*arrays, delta2, delta1, d_w2, d_w1, new_w2, new_w1), strict=True))
    return values
