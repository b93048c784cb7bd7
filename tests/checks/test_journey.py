"""What is judged in another process, from bytes, gets the verdict that it gets here; nothing forged gets a better."""

import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from checks.check import Check, Incomplete, Probes
from checks.observing.lending import look_as_wire, look_from_wire
from checks.observing.looking import Look, Sight
from checks.observing.observation import Observation, Problem, Trouble
from checks.observing.quantity import Quantity
from checks.observing.wire import as_wire, from_wire
from course.audit.exercise import Exercise

EXERCISES = [Exercise(path) for path in sorted(Path("source_notebooks").glob("0[1-5]_*.py"))]
TASKS = [(exercise, task) for exercise in EXERCISES for task in exercise.checks]


def _cells(exercise: Exercise, task: str) -> list[str]:
    mistakes, right = exercise.mistakes.get(task, {}), exercise.right.get(task, {})
    return [exercise.solution(task), exercise.stubs[task], *list(mistakes.values())[:4], *list(right.values())[:2]]


def _over(wire: Any) -> Any:
    return json.loads(json.dumps(wire))


def _probes_from_afar(check: Check, subject: Any, seed: int) -> Probes:
    """Return what is seen when looks and observations travel as JSON."""
    sight = Sight(check, subject)
    known: Sequence[Any] = ()

    def at(look: Look) -> list[Observation]:
        nonlocal known
        there = look_from_wire(_over(look_as_wire(look)), known)
        known = there.cases
        return [from_wire(_over(as_wire(observation))) for observation in sight.at(there)]

    return check.seen(at, seed)


@pytest.mark.parametrize(("exercise", "task"), TASKS, ids=[f"{one.name}-{task}" for one, task in TASKS])
def test_a_verdict_is_the_same_after_the_journey(exercise: Exercise, task: str) -> None:
    check = exercise.checks[task]
    for cell in _cells(exercise, task):
        here = check.verdict(exercise.student(task, cell), 7)
        there = check.judged(_probes_from_afar(check, exercise.student(task, cell), 7))
        assert here.as_data() == there.as_data()
        assert here.labels == there.labels


BACKWARD = EXERCISES[4].checks["backward"]


@pytest.fixture
def seen() -> list[Observation]:
    """What is seen of a right backward pass."""
    subject = EXERCISES[4].student("backward", EXERCISES[4].solution("backward"))
    return Sight(BACKWARD, subject).at(BACKWARD.first_look(3))


def _judged(seen: list[Observation], seed: int) -> float:
    return BACKWARD.judged(BACKWARD.seen(lambda look: seen, seed)).earned


@pytest.mark.parametrize(
    "altered",
    [
        lambda seen: [],
        lambda seen: seen[:1],
        lambda seen: seen[1:],
        lambda seen: [*seen, seen[0]],
        lambda seen: [Observation(problems=(Problem(Trouble.NEEDS, ""),)), *seen[1:]],
    ],
    ids=["none", "first", "not the first", "one more", "beyond what halts"],
)
def test_what_is_not_whole_is_not_judged(seen: list[Observation], altered: Any) -> None:
    assert _judged(seen, 3) == 1
    with pytest.raises(Incomplete):
        _judged(altered(seen), 3)


def test_what_nobody_asked_for_changes_no_verdict(seen: list[Observation]) -> None:
    forged: dict[Quantity, Any] = {
        quantity: np.full((2, 2), 7.0)
        for quantity in (
            Quantity("y"),
            Quantity("weight gradient", 10_000),
            Quantity("", 1),
            Quantity("weight gradient", 1, 0),
        )
    }
    forged |= {Quantity(str(quantity)): np.zeros(3) for quantity in seen[0].arrays}
    altered = [replace(one, arrays={**forged, **one.arrays}) for one in seen]
    assert _judged(altered, 3) == 1
    assert _judged([replace(one, arrays=forged) for one in seen], 3) == 0


def test_answers_to_another_seed_or_in_another_order_are_wrong(seen: list[Observation]) -> None:
    assert _judged(seen, 4) == 0
    assert _judged(seen[::-1], 3) == 0
    assert _judged([seen[0]] * len(seen), 3) == 0


def test_a_look_comes_through_whole() -> None:
    for exercise in EXERCISES:
        for check in exercise.checks.values():
            look = check.first_look(5)
            there = look_from_wire(_over(look_as_wire(look)), ())
            assert _plain(list(there.cases)) == _plain(list(look.cases))
            assert replace(there, cases=()) == replace(look, cases=())
            assert not set(map(id, there.cases)) & set(map(id, look.cases))


def _plain(value: Any) -> Any:
    """Return a look or a case as something that can be compared."""
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, value.tobytes()
    if isinstance(value, tuple | list):
        return type(value), [_plain(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if is_dataclass(value):
        return type(value), {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value
