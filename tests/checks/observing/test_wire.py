"""An observation travels whole, as bytes; bytes that lie, or are too many, are none."""

import base64
import json
from typing import Any

import numpy as np
import pytest

from checks.observing.observation import Note, Observation, Problem, Trouble
from checks.observing.quantity import Quantity
from checks.observing.wire import NotAnObservation, as_wire, from_wire


def _over(wire: Any) -> Any:
    return json.loads(json.dumps(wire))


Y = Quantity("y", 2, 1, "after training", 3, (5, 4))
WHOLE = Observation(
    {Y: np.arange(6.0).reshape(2, 3)},
    (Problem(Trouble.RAISED, "It raises.", "ValueError", "bad", 3, "x = bad"),),
    (Note("kind", "note", "about"),),
)
ONE = as_wire(WHOLE)


def test_an_observation_comes_through_whole() -> None:
    seen = from_wire(_over(ONE))
    [(quantity, array)] = seen.arrays.items()
    assert (quantity, str(quantity)) == (Y, str(Y))
    assert np.array_equal(array, WHOLE.arrays[Y])
    assert (seen.problems, seen.notes) == (WHOLE.problems, WHOLE.notes)


def test_arrays_of_either_precision_come_through_whole() -> None:
    for array in (
        np.array(2.5),
        np.zeros((0, 3)),
        np.array([np.nan, np.inf]),
        np.ones((2, 2), np.float32),
        np.eye(3)[:2].T,
    ):
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
        {**ONE, "arrays": [[*ONE["arrays"][0], 0]]},
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
        _quantity(neurons=[True]),
        _array(dtype="object"),
        _array(dtype="O"),
        _array(dtype=["float64"]),
        _array(shape=(2,)),
        _array(shape=(-1,)),
        _array(shape=(-1, -1)),
        _array(shape=(1 << 40, 1 << 40)),
        _array(shape=(0, 1 << 60)),
        _array(shape=(True,)),
        _array(shape=(1.0,)),
        _array(shape=(1,) * 20),
        _array(shape="1"),
        _array(data="AAAA"),
        _array(data="!" * 12),
        _array(data=None),
        _array(data="AAAAAAAAAA=="),
        _array(data=ZERO[:8]),
        {**ONE, "problems": [["no such trouble", "", "", "", None, ""]]},
        {**ONE, "problems": [["raised", "", "", "", "1", ""]]},
        {**ONE, "problems": [["raised", "", "", ""]]},
        {**ONE, "problems": [["raised", "", "", "", None, "", ""]]},
        {**ONE, "problems": [["raised", "", "", "", True, ""]]},
        {**ONE, "problems": [["raised", "", "", "", None, 3]]},
        {**ONE, "problems": ["raised"]},
        {**ONE, "problems": {}},
        {**ONE, "notes": ["note"]},
        {**ONE, "notes": {}},
        {**ONE, "notes": [["kind", "note", 3]]},
        {**ONE, "notes": [["kind", "note"]]},
    ],
)
def test_a_lie_is_no_observation(lie: Any) -> None:
    with pytest.raises(NotAnObservation):
        from_wire(lie)


def _float32(*sizes: int) -> Any:
    entries = [
        [Y.in_call(call), "float32", [size], base64.b64encode(bytes(4 * size)).decode()]
        for call, size in enumerate(sizes)
    ]
    return _over({**ONE, "arrays": entries})


@pytest.mark.parametrize(
    "made",
    [
        lambda over: _float32(*[0] * (2_000 + over)),
        lambda over: _float32((1 << 20) + over),
        lambda over: _float32(1 << 19, (1 << 19) + over),
        lambda over: _array(shape=(0, (1 << 20) + over), data=""),
        lambda over: _array(shape=(1,) * (8 + over)),
        lambda over: _quantity(layer=10_000 + over),
        lambda over: _quantity(call=10_000 + over),
        lambda over: _quantity(step=10_000 + over),
        lambda over: _quantity(neurons=(10_000 + over,)),
        lambda over: _quantity(neurons=(0,) * (8 + over)),
        lambda over: _quantity(layer=-over),
        lambda over: {**ONE, "problems": ONE["problems"] * (50 + over)},
        lambda over: {**ONE, "notes": ONE["notes"] * (50 + over)},
        lambda over: {**ONE, "notes": [["kind", "x" * (2_000 + over), ""]]},
    ],
)
def test_what_is_sent_may_reach_its_bounds_and_not_go_beyond(made: Any) -> None:
    from_wire(made(0))
    with pytest.raises(NotAnObservation):
        from_wire(made(1))


def test_of_many_or_long_texts_the_beginnings_travel() -> None:
    long = "x" * 3_000
    problem, note = Problem(Trouble.RAISED, long, long, long, 1, long), Note(long, long, long)
    seen = from_wire(_over(as_wire(Observation({}, (problem,) * 60, (note,) * 60))))
    cut = "x" * 2_000
    assert seen.problems == (Problem(Trouble.RAISED, cut, cut, cut, 1, cut),) * 50
    assert seen.notes == (Note(cut, cut, cut),) * 50
