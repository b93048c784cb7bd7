"""What is judged in another process, from bytes, gets the verdict that it gets here; bytes that lie get none."""

import base64
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
from checks.observing.observation import Note, Observation, Problem, Trouble
from checks.observing.quantity import Quantity
from checks.observing.wire import NotAnObservation, as_wire, from_wire
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


Y = Quantity("y", 2, 1, "after training", 3, (5, 4))
ONE = as_wire(
    Observation({Y: np.arange(6.0).reshape(2, 3)}, (Problem(Trouble.RAISED, "It raises."),), (Note("kind", "note"),))
)


def test_an_observation_comes_through_whole() -> None:
    seen = from_wire(_over(ONE))
    [(quantity, array)] = seen.arrays.items()
    assert (quantity, str(quantity), array.shape) == (Y, str(Y), (2, 3))
    assert seen.notes == (Note("kind", "note"),)
    assert seen.problems == (Problem(Trouble.RAISED, "It raises."),)


def test_arrays_of_either_precision_come_through_whole() -> None:
    for array in (np.array(2.5), np.zeros((0, 3)), np.array([np.nan, np.inf]), np.ones((2, 2), np.float32)):
        got = from_wire(_over(as_wire(Observation({Y: array})))).arrays[Y]
        assert (got.shape, got.dtype) == (array.shape, array.dtype)
        assert np.array_equal(got, array, equal_nan=True)
        got += 1  # it is nobody else's


ZERO = base64.b64encode(bytes(8)).decode()


def _array(dtype: Any = "float64", shape: Any = (1,), data: Any = ZERO, quantity: Any = Y) -> Any:
    return _over({**ONE, "arrays": [[quantity, dtype, shape, data]]})


def _quantity(**changed: Any) -> Any:
    return _array(quantity=Y._replace(**changed))


def test_what_the_lies_are_made_from_is_none() -> None:
    assert list(from_wire(_array()).arrays) == [Y]
    assert list(from_wire(_quantity(layer=10_000)).arrays) == [Y._replace(layer=10_000)]


@pytest.mark.parametrize(
    "lie",
    [
        None,
        [],
        {},
        {**ONE, "verdict": "right"},
        {**ONE, "arrays": {}},
        {**ONE, "arrays": [1.0]},
        {**ONE, "arrays": [ONE["arrays"][0][1:]]},
        {**ONE, "arrays": ONE["arrays"] * 2},
        _array(quantity="y"),
        _array(quantity=["y"]),
        _array(quantity={"kind": "y"}),
        _array(quantity=[*Y, 0]),
        _quantity(kind=3),
        _quantity(kind="y" * 5000),
        _quantity(aspect=["y"]),
        _quantity(aspect="y" * 5000),
        _quantity(layer=-1),
        _quantity(layer=True),
        _quantity(layer=1 << 70),
        _quantity(call=1.0),
        _quantity(step="1"),
        _quantity(step=None),
        _quantity(neurons=5),
        _quantity(neurons=["5"]),
        _quantity(neurons=[[5]]),
        _quantity(neurons=[5] * 1000),
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
        {**ONE, "arrays": [[list(Y.in_call(i)), "float64", [0], ""] for i in range(3000)]},
        {**ONE, "problems": [["no such trouble", "", "", "", None, ""]]},
        {**ONE, "problems": [["raised", "", "", "", "1", ""]]},
        {**ONE, "problems": [["raised", "", "", ""]]},
        {**ONE, "problems": [ONE["problems"][0]] * 100},
        {**ONE, "notes": ["note"]},
        {**ONE, "notes": [["kind", "x" * 10_000, ""]]},
        {**ONE, "notes": [["x" * 10_000, "note", ""]]},
        {**ONE, "notes": [["kind", "note", 3]]},
        {**ONE, "notes": [["kind", "note"]]},
    ],
)
def test_a_lie_is_no_observation(lie: Any) -> None:
    with pytest.raises(NotAnObservation):
        from_wire(lie)


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
        for quantity in (Y, Quantity("weight gradient", 10_000), Quantity("", 1), Quantity("weight gradient", 1, 0))
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


def test_only_plain_data_travels_in_a_look() -> None:
    for bad in (print, object(), np.array([None])):
        with pytest.raises(TypeError, match="a case cannot hold"):
            look_as_wire(Look([bad]))
