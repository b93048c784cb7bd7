"""The cases of exercise 04 keep to the rules that all exercises share."""

import pytest

from checks.layers_and_losses import CHECKS
from checks.layers_and_losses.tasks import TASKS


@pytest.mark.parametrize("name", TASKS)
def test_cases_keep_to_the_shared_rules(name):
    cases = CHECKS[name].cases(0)
    assert {str(case) for case in cases}
    for case in cases:
        sizes = list(case.dimensions.values())
        if name not in ("numerical_gradient", "single_layer_step", "TwoLayerNetwork"):
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
