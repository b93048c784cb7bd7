"""The same inputs each time: whatever comes, there is an answer or one clear refusal."""

from __future__ import annotations

import pytest

from tests.fuzzing.targets import TARGETS
from tests.fuzzing.trying import attempt


@pytest.mark.parametrize("name", TARGETS)
def test_anything_ends_in_an_answer_or_a_refusal(name: str) -> None:
    attempt(TARGETS[name])
