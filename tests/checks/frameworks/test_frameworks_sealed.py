"""Where a notebook is graded: JAX that is missing is handed over, and what is compiled beforehand fits the cases."""

import pytest

from checks import frameworks, sealing
from checks.frameworks import CHECKS, getting_ready, observe
from checks.frameworks.case import JAX_SHAPES, PUBLISHED_SHAPE
from checks.frameworks.cases import jax_cases
from checks.judging.verdict import State
from checks.observing.lending import look_as_wire
from checks.observing.wire import from_wire

SEED = 5


def test_where_jax_is_missing_a_check_hands_that_over(notebook, monkeypatch):
    check = CHECKS["jax_grad"]
    seal = sealing.Seal({"jax_grad": look_as_wire(check.first_look(SEED))})
    monkeypatch.setattr(sealing, "SEAL", seal)
    monkeypatch.setattr(observe, "installed", lambda *modules: False)
    assert frameworks.check_jax_grad(notebook["jax_grad"], points=4) is None
    verdict = check.judged(check.seen(lambda look: [from_wire(one) for one in seal.seen], SEED))
    assert (verdict.state, verdict.earned) == (State.BLOCKED, 0)


def test_what_is_compiled_beforehand_has_the_shapes_of_the_cases_and_runs():
    pytest.importorskip("flax.linen")
    for seed in (0, SEED):
        shapes = [(case.sizes, len(case.x), case.steps, bool(case.t.max() > 10)) for case in jax_cases(seed)]
        assert shapes == [*JAX_SHAPES, PUBLISHED_SHAPE]
    getting_ready._READY["jax"]()  # get_ready itself keeps what it raises
