"""What is judged in another process, from bytes, gets the verdict that it gets here; bytes that lie get none."""

import base64
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from checks.check import Incomplete, Seen
from checks.observing.observation import Observation, Problem, Trouble
from checks.observing.wire import NotAnObservation, as_wire, from_wire
from course.audit.exercise import Exercise

EXERCISES = [Exercise(path) for path in sorted(Path("source_notebooks").glob("0[1-5]_*.py"))]
TASKS = [(exercise, task) for exercise in EXERCISES for task in exercise.checks]


def _cells(exercise: Exercise, task: str) -> list[str]:
    mistakes, right = exercise.mistakes.get(task, {}), exercise.right.get(task, {})
    return [exercise.solution(task), exercise.stubs[task], *list(mistakes.values())[:4], *list(right.values())[:2]]


def _sent(seen: list[Seen]) -> list[Seen]:
    return [replace(one, observation=from_wire(json.loads(json.dumps(as_wire(one.observation))))) for one in seen]


@pytest.mark.parametrize(("exercise", "task"), TASKS, ids=[f"{one.name}-{task}" for one, task in TASKS])
def test_a_verdict_is_the_same_after_the_journey(exercise: Exercise, task: str) -> None:
    check = exercise.checks[task]
    for cell in _cells(exercise, task):
        subject = exercise.student(task, cell)
        seen = check.seen(subject, 7)
        here, there = check.judged(seen, 7), check.judged(_sent(seen), 7)
        assert here.as_data() == there.as_data()
        assert here.labels == there.labels


ONE = as_wire(Observation({"y": np.arange(6.0).reshape(2, 3)}, (Problem(Trouble.RAISED, "It raises."),), ("note",)))


def test_arrays_of_either_precision_come_through_whole() -> None:
    for array in (np.array(2.5), np.zeros((0, 3)), np.array([np.nan, np.inf]), np.ones((2, 2), np.float32)):
        got = from_wire(json.loads(json.dumps(as_wire(Observation({"a": array}))))).arrays["a"]
        assert (got.shape, got.dtype) == (array.shape, array.dtype)
        assert np.array_equal(got, array, equal_nan=True)
        got += 1  # it is nobody else's


ZERO = base64.b64encode(bytes(8)).decode()


def _array(dtype: Any = "float64", shape: Any = (1,), data: Any = ZERO) -> Any:
    return {**ONE, "arrays": {"y": [dtype, list(shape) if isinstance(shape, tuple) else shape, data]}}


@pytest.mark.parametrize(
    "lie",
    [
        None,
        [],
        {},
        {**ONE, "verdict": "right"},
        {**ONE, "arrays": []},
        {**ONE, "arrays": {"y": [1.0]}},
        _array(dtype="object"),
        _array(dtype="O"),
        _array(dtype=["float64"]),
        _array(shape=(2,)),
        _array(shape=(-1,)),
        _array(shape=(1 << 40, 1 << 40)),
        _array(shape=(0, 1 << 60)),
        _array(shape=(True,)),
        _array(shape=(1.0,)),
        _array(shape=(1,) * 20),
        _array(shape="1"),
        _array(data="AAAA"),
        _array(data="!" * 12),
        _array(data=None),
        {**ONE, "arrays": {f"y{i}": ["float64", [0], ""] for i in range(3000)}},
        {**ONE, "arrays": {"y" * 5000: ["float64", [0], ""]}},
        {**ONE, "problems": [["no such trouble", "", "", "", None, ""]]},
        {**ONE, "problems": [["raised", "", "", "", "1", ""]]},
        {**ONE, "problems": [["raised", "", "", ""]]},
        {**ONE, "problems": [ONE["problems"][0]] * 100},
        {**ONE, "notes": ["x" * 10_000]},
        {**ONE, "notes": [3]},
    ],
)
def test_a_lie_is_no_observation(lie: Any) -> None:
    with pytest.raises(NotAnObservation):
        from_wire(lie)


@pytest.fixture
def seen() -> list[Seen]:
    """What is seen of a right backward pass."""
    return EXERCISES[4].checks["backward"].seen(EXERCISES[4].student("backward", EXERCISES[4].solution("backward")), 3)


@pytest.mark.parametrize(
    "altered",
    [
        lambda seen: [],
        lambda seen: seen[:1],
        lambda seen: seen[1:],
        lambda seen: seen[::-1],
        lambda seen: [*seen, seen[0]],
        lambda seen: [seen[0]] * len(seen),
        lambda seen: [*seen, Seen("more", 0, seen[0].observation)],
        lambda seen: [Seen("more", 0, seen[0].observation), *seen],
        lambda seen: [Seen("other", one.index, one.observation) for one in seen],
    ],
    ids=["none", "first", "not the first", "backwards", "one more", "one often", "extra", "extra first", "other"],
)
def test_what_is_not_whole_is_not_judged(seen: list[Seen], altered: Any) -> None:
    check = EXERCISES[4].checks["backward"]
    assert check.judged(seen, 3).earned == 1
    with pytest.raises(Incomplete):
        check.judged(altered(seen), 3)


def test_answers_to_another_seed_are_wrong(seen: list[Seen]) -> None:
    assert EXERCISES[4].checks["backward"].judged(seen, 4).earned == 0
