"""Try many inputs on a target, and say which one is not answered as it should be."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from tests.fuzzing.targets import Target


def attempt(target: Target, *, times: int = 1, same: bool = True) -> None:
    """Feed a target its number of examples `times` over, perhaps the `same` each time; raise what a bad one raises."""
    for once in target.found:
        target.reads(once)
    calm = settings(
        max_examples=target.examples * times,
        derandomize=same,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    calm(given(target.given)(target.reads))()
