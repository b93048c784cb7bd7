"""No two mistakes look alike on the cases of a check: each can be told from the right answer and from all others."""

from itertools import combinations

import numpy as np
import pytest

from checks.judging.comparing import relative_error
from checks.judging.reference import answer_with
from checks.softmax_and_nll import CHECKS
from checks.softmax_and_nll.case import second_call

SEEDS = 60


def alike(one, other, *, first_call_only=False):
    """Whether two answers agree in every quantity; a quantity that cannot be predicted agrees with all."""
    if one is None or other is None:
        return one is other
    for name in one:
        if first_call_only and name.endswith(second_call("")):
            continue
        a, b = one[name], other[name]
        if a is not None and b is not None and (np.shape(a) != np.shape(b) or relative_error(a, b) > 1e-6):
            return False
    return True


@pytest.mark.parametrize("first_call_only", [False, True], ids=["both calls", "first call only"])
@pytest.mark.parametrize("name", CHECKS)
def test_no_two_mistakes_look_alike_on_any_seed(name, first_call_only):
    check = CHECKS[name]
    task = check.task()
    for seed in range(SEEDS):
        cases = [*check.cases(seed), *check.more_cases(seed)]
        answers = {"right": [answer_with(task.reference, (), case) for case in cases]}
        for mistake in task.misconceptions:
            answers[mistake.label] = [answer_with(task.reference, (mistake.override,), case) for case in cases]
        for a, b in combinations(answers, 2):
            pairs = zip(answers[a], answers[b], strict=True)
            assert not all(alike(*pair, first_call_only=first_call_only) for pair in pairs), (seed, a, b)
