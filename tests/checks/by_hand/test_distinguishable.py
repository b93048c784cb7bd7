"""No two mistakes look alike on the cases of a check: each can be told from the right answer and from all others."""

import pytest

from checks.by_hand import CHECKS, practice
from checks.by_hand.examples import ALIKE
from checks.by_hand.misconceptions import HIDDEN_HERE
from course.audit.pairs import indistinguishable, judged_pairs
from tests.checks.by_hand.conftest import dead_neurons

SEEDS = 30


@pytest.mark.parametrize("name", CHECKS)
def test_no_two_mistakes_look_alike_on_any_seed(name):
    check = CHECKS[name]
    for seed in range(SEEDS if check.cases(0) != check.cases(1) else 1):
        assert indistinguishable(check.task(), [*check.cases(seed), *check.more_cases(seed)]) == []


@pytest.mark.parametrize("name", CHECKS)
def test_a_single_case_leaves_only_declared_pairs_alike(name):
    check, declared = CHECKS[name], {frozenset(pair) for pair in ALIKE.get(name, {})}
    for seed in range(5):
        for case in check.cases(seed):
            assert {frozenset(pair) for pair in indistinguishable(check.task(), [case])} <= declared


@pytest.mark.parametrize("name", CHECKS)
def test_two_mistakes_at_once_are_never_given_a_wrong_name(name):
    check = CHECKS[name]
    for mistake in check.task().misconceptions[:-1]:
        assert not [pair for pair in judged_pairs(check, 0, mistake.label) if pair.wrong]


def test_practice_networks_tell_the_mistakes_that_the_notebook_hides():
    for seed in range(30):
        exercise = practice(seed)
        for question, mistakes in HIDDEN_HERE.items():
            hidden = indistinguishable(exercise.checks[question].task(), [exercise.problem])
            for mistake in mistakes:
                if dead_neurons(exercise.problem) or "learning-rate" in mistake.label:
                    assert ("right", mistake.label) not in hidden
