"""A case holds no answer to a task that is not done yet."""

import pytest

from checks.chain_rule import CHECKS, cases
from checks.observing.lending import look_as_wire
from tests.function_cells import signatures

SEED = 5
ORDER = list(signatures("chain_rule"))


@pytest.mark.parametrize("task", ORDER)
def test_a_case_holds_what_earlier_tasks_would_compute_at_most(task):
    """Layers where none are to be created, z after the forward pass, probabilities after softmax."""
    for case in (*CHECKS[task].cases(SEED), *CHECKS[task].more_cases(SEED)):
        assert (len(case.weights) + len(case.biases) == 0) is task.startswith("create_layers")
        assert case.z is None or ORDER.index(task) > ORDER.index("feed_forward_one_layer")
        assert case.predict is None or ORDER.index(task) > ORDER.index("softmax")


def test_the_same_seed_makes_the_same_cases():
    sent = [look_as_wire(check.first_look(SEED)) for check in CHECKS.values()]
    for function in vars(cases).values():
        if hasattr(function, "cache_clear"):
            function.cache_clear()
    assert [look_as_wire(check.first_look(SEED)) for check in CHECKS.values()] == sent
