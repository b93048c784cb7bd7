"""No two mistakes look alike on the cases of a check: each can be told from the right answer and from all others."""

import os
from itertools import combinations

import numpy as np
import pytest

from checks.chain_rule import CHECKS
from checks.judging.comparing import relative_error
from checks.judging.reference import answer_with

SEEDS = int(os.environ.get("SEEDS", "5"))


def alike(one, other):
    if one is None or other is None:
        return one is other
    if set(one) != set(other):
        return False
    return all(np.shape(one[n]) == np.shape(other[n]) and relative_error(one[n], other[n]) <= 1e-6 for n in one)


@pytest.mark.parametrize("name", CHECKS)
def test_no_two_mistakes_look_alike_on_any_seed(name):
    check = CHECKS[name]
    task = check.task()
    for seed in range(SEEDS):
        probes = [*check.cases(seed), *check.more_cases(seed)]
        answers = {"right": [answer_with(task.reference, (), case) for case in probes]}
        for mistake in task.misconceptions:
            answers[mistake.label] = [answer_with(task.reference, (mistake.override,), case) for case in probes]
        for a, b in combinations(answers, 2):
            assert not all(alike(*pair) for pair in zip(answers[a], answers[b], strict=True)), (a, b, seed)


@pytest.mark.parametrize("name", CHECKS)
def test_labels_are_unique_and_hints_are_three(name):
    task = CHECKS[name].task()
    labels = [m.label for m in task.misconceptions]
    assert len(labels) == len(set(labels))
    assert len(task.hints) == 3
    assert all(m.look and m.think and m.says for m in task.misconceptions)
