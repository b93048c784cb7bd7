"""What the notebook's own network hides, practice networks show; of the checks' cases the audit says it."""

from checks.by_hand import practice
from checks.by_hand.misconceptions import HIDDEN_HERE
from course.audit.pairs import indistinguishable
from tests.checks.by_hand.conftest import dead_neurons


def test_practice_networks_tell_the_mistakes_that_the_notebook_hides():
    for seed in range(30):
        exercise = practice(seed)
        for question, mistakes in HIDDEN_HERE.items():
            hidden = indistinguishable(exercise.checks[question].task(), [exercise.problem])
            for mistake in mistakes:
                if dead_neurons(exercise.problem) or "learning-rate" in mistake.label:
                    assert ("right", mistake.label) not in hidden
