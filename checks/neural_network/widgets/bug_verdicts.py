"""What each check says of a network that makes one mistake."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from checks.judging.judge import judge
from checks.judging.reference import answer_with, with_overrides
from checks.judging.task import Probe, Task
from checks.judging.verdict import State, Verdict
from checks.neural_network import CHECKS
from checks.neural_network.case import NetworkCase
from checks.neural_network.reference import BackwardReference
from checks.neural_network.tasks import TASKS
from checks.neural_network.widgets.bug_training import Bug, updated_as_it_goes, updates_as_it_goes
from checks.observing.observation import Observation, Problem, Trouble

MOST_SAMPLES = 10
"""The check's own networks with more samples are left out, so that a verdict is there at once."""


def verdicts(bug: Bug) -> dict[str, Verdict]:
    """Return the verdict of each check on a network with a mistake, in the order of the notebook.

    The checks observe one task at a time and do the rest themselves, so the mistake is seen in its own task; what a
    student's code gives there is what the reference gives with that step done wrong.
    """
    return {name: verdict_of(name, bug if bug.task == name else None) for name in TASKS}


@lru_cache(maxsize=512)
def verdict_of(name: str, bug: Bug | None) -> Verdict:
    """Return what a check says of a network with a mistake in that task, or without one."""
    task = TASKS[name]
    probes = [_observed(task, case, bug) for case in CHECKS[name].cases(0) if case.batch < MOST_SAMPLES]
    more = []
    if any(probe.observation.raised for probe in probes):
        more = [_observed(task, case, bug) for case in CHECKS[name].more_cases(0)]
    with np.errstate(all="ignore"):
        return judge(task, probes, more)


def _observed(task: Task, case: NetworkCase, bug: Bug | None) -> Probe:
    overrides, own, problems = [] if bug is None else [bug.mistake.override], {}, ()  # type: Any, Any, Any
    if bug is not None and updates_as_it_goes(bug):
        backward: Any = with_overrides(BackwardReference, overrides, case)
        own = updated_as_it_goes(backward, backward.forward(case.x), case.y)
        sentence = "Your code changes the weights. Updating is for apply_gradients; backward only stores."
        problems = (Problem(Trouble.CHANGED, sentence),)
    answer = answer_with(task.reference, overrides, case, own)
    if answer is None:  # the code raises: shapes do not fit, in the first call or in the second
        answer = answer_with(task.reference, overrides, case, own, 0) or {}
        sentence = f"{task.name} raised an error, because the shapes of two arrays do not fit together."
        problems = (Problem(Trouble.RAISED, sentence, "ValueError", "shapes do not fit"),)
    arrays = {name: np.asarray(value) for name, value in answer.items() if value is not None}
    return Probe(case, Observation({**arrays, **own}, problems))


def catching(found: Mapping[str, Verdict]) -> list[str]:
    """Return the checks that do not pass."""
    return [name for name, verdict in found.items() if verdict.state is not State.RIGHT]
