"""No two mistakes look alike on the cases of a check: each can be told from the right answer and from all others."""

import os

import numpy as np
import pytest

from checks.chain_rule import CHECKS
from course.audit.pairs import indistinguishable

SEEDS = int(os.environ.get("SEEDS", "5"))


@pytest.mark.parametrize("name", CHECKS)
def test_no_two_mistakes_look_alike_on_any_seed(name):
    check = CHECKS[name]
    for seed in range(SEEDS):
        with np.errstate(all="ignore"):
            assert indistinguishable(check.task(), [*check.cases(seed), *check.more_cases(seed)]) == [], seed


@pytest.mark.parametrize("name", CHECKS)
def test_labels_are_unique(name):
    labels = [mistake.label for mistake in CHECKS[name].task().misconceptions]
    assert len(labels) == len(set(labels))
