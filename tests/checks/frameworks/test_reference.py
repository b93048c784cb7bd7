"""The reference is right: exercise 1's figures, torch's autograd, and cases that hide nothing."""

import numpy as np
import pytest
import torch

from checks.frameworks.case import JAX_SHAPES, quantity
from checks.frameworks.cases import SHAPES, cases, jax_cases, published_case, square_cases
from checks.frameworks.reference import StepsReference
from checks.judging.comparing import relative_error

FIGURES = {
    "o1": [[1, 4]],
    "o2": [[0.5, 0.5]],
    "E": 0.25,
    "dE_dW1": [[-0.75, -1.5], [0.1875, 0.375]],
    "dE_dW2": [[-0.125, -0.5], [0.125, 0.5]],
    "W1": [[-2.25, 3.5], [1.8125, 0.625]],
    "W2": [[4.125, -0.5], [-2.125, 0]],
}


def test_the_first_step_gives_the_figures_of_exercise_1_with_positive_gradients():
    answer = StepsReference(published_case()).answer()
    for name, figure in FIGURES.items():
        np.testing.assert_allclose(answer[quantity(name, 1)], figure, rtol=1e-14, atol=1e-15)  # type: ignore[call-overload]


@pytest.mark.parametrize("seed", range(3))
def test_every_step_agrees_with_torch(seed):
    for case in (*cases(seed), *jax_cases(seed), *square_cases(seed)):
        answer = StepsReference(case).answer()
        x, t = torch.tensor(case.x), torch.tensor(case.t)
        W1, W2 = (torch.tensor(W, requires_grad=True) for W in (case.W1, case.W2))
        for step in range(1, case.steps + 1):
            o1 = (x @ W1.T).relu()
            o2 = (o1 @ W2.T).sigmoid()
            E = ((t - o2) ** 2).sum() / 2
            g1, g2 = torch.autograd.grad(E, [W1, W2])
            W1, W2 = ((W - case.epsilon * g).detach().requires_grad_() for W, g in ((W1, g1), (W2, g2)))
            for name, value in zip(FIGURES, (o1, o2, E, g1, g2, W1, W2), strict=True):
                assert relative_error(answer[quantity(name, step)], value.detach().numpy()) < 1e-13


@pytest.mark.parametrize("shapes", [SHAPES, JAX_SHAPES])
def test_cases_hide_nothing(shapes):
    for sizes, batch, steps, _ in shapes:
        assert len({*sizes, batch}) == 4
        assert batch >= 3
        assert steps >= 2
    assert {sizes[-1] == 1 for sizes, *_ in shapes} == {True, False}
    assert len({steps for _, _, steps, _ in shapes}) == 2
    for seed in range(30):
        for case in (*cases(seed), *jax_cases(seed)):
            if not case.published:
                s1 = case.x @ case.W1.T
                assert (s1 > 1).any()
                assert (s1 < 0).any()
                assert case.epsilon != 1
        assert any(case.t.max() > 10 for case in cases(seed))
