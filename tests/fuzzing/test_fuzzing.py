"""The same inputs each time: whatever comes, there is an answer or one clear refusal."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzzing.targets import TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_anything_ends_in_an_answer_or_a_refusal(name: str) -> None:
    target = TARGETS[name]
    calm = settings(
        max_examples=target.examples,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    calm(given(target.given)(target.reads))()
