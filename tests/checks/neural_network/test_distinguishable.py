"""No two mistakes look alike on the cases of a check: each can be told from the right answer and from all others."""

from itertools import combinations

import numpy as np
import pytest

from checks.judging.comparing import relative_error
from checks.judging.reference import answer_with
from checks.neural_network import CHECKS
from checks.neural_network.cases import make_case, square_cases

SEEDS = 100
NEEDS_THE_STUDENT = {"updated-weights-used"}
"""Mistakes that can be told only from what the student's own code changed."""


def alike(one, other):
    """Whether two answers agree in every quantity; a quantity that cannot be predicted agrees with all."""
    if one is None or other is None:
        return one is other
    if set(one) != set(other):
        return False
    for name in one:
        a, b = one[name], other[name]
        if a is not None and b is not None and (np.shape(a) != np.shape(b) or relative_error(a, b) <= 1e-6):
            if np.shape(a) == np.shape(b):
                continue
            return False
        if a is not None and b is not None:
            return False
    return True


def indistinguishable(task, cases):
    """Return the pairs of labels (the right answer is "right") that agree on every case."""
    answers = {"right": [answer_with(task.reference, (), case) for case in cases]}
    for mistake in task.misconceptions:
        if mistake.label not in NEEDS_THE_STUDENT:
            answers[mistake.label] = [answer_with(task.reference, (mistake.override,), case) for case in cases]
    return [
        (a, b)
        for a, b in combinations(answers, 2)
        if all(alike(*pair) for pair in zip(answers[a], answers[b], strict=True))
    ]


@pytest.mark.parametrize("name", CHECKS)
def test_no_two_mistakes_look_alike_on_any_seed(name):
    check = CHECKS[name]
    task = check.task()
    for seed in range(SEEDS):
        assert indistinguishable(task, [*check.cases(seed), *check.more_cases(seed)]) == []


@pytest.mark.parametrize(
    ("sizes", "batch", "hidden"),
    [
        ((3, 5, 4, 2), 1, ("right", "bias-averaged")),
        ((3, 5, 4, 1), 6, ("right", "loss-gradient-per-sample")),
    ],
    ids=["batch of one", "one output"],
)
def test_degenerate_cases_alone_would_hide_mistakes(sizes, batch, hidden):
    assert hidden in indistinguishable(CHECKS["backward"].task(), [make_case(sizes, batch, seed=0, second=batch)])


def test_square_cases_tell_transposed_weights_from_those_of_the_wrong_layer():
    task = CHECKS["backward"].task()
    chosen = [m for m in task.misconceptions if m.label in ("weights-transposed", "weights-of-the-wrong-layer")]
    one, other = (answer_with(task.reference, (m.override,), square_cases(0)[0]) for m in chosen)
    assert one is not None
    assert not alike(one, other)
