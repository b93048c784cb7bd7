"""No two mistakes look alike on the cases of a check: each can be told from the right answer and from all others."""

from itertools import combinations

import numpy as np
import pytest

from checks.judging.comparing import relative_error
from checks.judging.reference import answer_with
from checks.layers_and_losses import CHECKS

SEEDS = 5


def alike(one, other):
    if one is None or other is None:
        return one is other
    if set(one) != set(other):
        return False
    return all(
        np.shape(one[name]) == np.shape(other[name])
        and relative_error(np.asarray(one[name]), np.asarray(other[name])) <= 1e-6
        for name in one
    )


@pytest.mark.parametrize("name", CHECKS)
def test_no_two_mistakes_look_alike_on_any_seed(name):
    task = CHECKS[name].task()
    for seed in range(SEEDS):
        cases = CHECKS[name].cases(seed)
        answers = {"right": [answer_with(task.reference, (), case) for case in cases]}
        for mistake in task.misconceptions:
            answers[mistake.label] = [answer_with(task.reference, (mistake.override,), case) for case in cases]
        same = [
            pair
            for pair in combinations(answers, 2)
            if all(alike(*both) for both in zip(*(answers[label] for label in pair), strict=True))
        ]
        assert same == []


@pytest.mark.parametrize("name", CHECKS)
def test_cases_keep_to_the_shared_rules(name):
    cases = CHECKS[name].cases(0)
    assert {str(case) for case in cases}
    for case in cases:
        sizes = list(case.dimensions.values())
        if name not in ("numerical_gradient", "TwoLayerNetwork"):
            assert len(case.x if hasattr(case, "x") else case.p) >= 3
        if sizes and "single sample" not in str(case) and "one sample" not in str(case):
            assert len(set(sizes)) == len(sizes)
    outputs = {case.dimensions.get("K") for case in cases}
    if outputs != {None}:
        assert 1 in outputs
        assert max(outputs) > 1
    for case in cases:
        if hasattr(case, "learning_rate"):
            assert case.learning_rate != 1
        if hasattr(case, "parameters"):
            assert all(bias.all() for bias in case.parameters[1::2])
