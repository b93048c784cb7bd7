"""Observations as plain data for another process: arrays of two dtypes as raw bytes, and bounded text.

A quantity that somebody made up is harmless: what is judged are those of the reference, and others are not looked at.

The looks that are asked for go the other way, from somebody who is trusted; see `lending.py`.
"""

from __future__ import annotations

import base64
import math
from typing import Any

import numpy as np

from checks.observing.observation import Array, Note, Observation, Problem, Trouble
from checks.observing.quantity import Quantity

DTYPES: dict[str, np.dtype[Any]] = {"float64": np.dtype("<f8"), "float32": np.dtype("<f4")}
"""What `observing.arrays.as_array` makes; no other dtype is taken, and so no object, no pickle."""

MOST_ARRAYS = 2_000
MOST_AXES = 8
MOST_NUMBERS = 1 << 20
"""The most arrays of one observation, axes of one array, and numbers of all arrays together."""

MOST_TEXTS = 50
LONGEST_TEXT = 2_000
"""The most problems or notes of one observation, and the most characters of each."""

GREATEST_INDEX = 10_000
"""The greatest number of a layer, a call, a step or a neuron."""


class NotAnObservation(ValueError):
    """What came is no observation; the message is a clause that says why."""


def as_wire(observation: Observation) -> dict[str, Any]:
    """Return an observation as what JSON can hold."""
    return {
        "arrays": [[_quantity_as_wire(one), *_array_as_wire(array)] for one, array in observation.arrays.items()],
        "problems": [_problem_as_wire(problem) for problem in observation.problems[:MOST_TEXTS]],
        "notes": [_note_as_wire(note) for note in observation.notes[:MOST_TEXTS]],
    }


def _problem_as_wire(problem: Problem) -> list[Any]:
    sentence, exception, message, source = (
        text[:LONGEST_TEXT] for text in (problem.sentence, problem.exception, problem.message, problem.source)
    )
    return [str(problem.trouble), sentence, exception, message, problem.line, source]


def _quantity_as_wire(quantity: Quantity) -> list[Any]:
    return [*quantity[:-1], list(quantity.neurons)]


def _note_as_wire(note: Note) -> list[str]:
    return [text[:LONGEST_TEXT] for text in (note.kind, note.sentence, note.about)]


def _array_as_wire(array: Array) -> list[Any]:
    name = "float32" if array.dtype == np.float32 else "float64"
    data = np.ascontiguousarray(array, dtype=DTYPES[name]).tobytes()
    return [name, list(array.shape), base64.b64encode(data).decode()]


def from_wire(data: Any) -> Observation:
    """Return the observation that somebody who may lie has sent.

    Raises:
        NotAnObservation: if it is none, or larger than any is.
    """
    if not isinstance(data, dict) or set(data) != {"arrays", "problems", "notes"}:
        raise NotAnObservation("it has not the parts of an observation")
    arrays, problems, notes = data["arrays"], data["problems"], data["notes"]
    if not isinstance(arrays, list) or len(arrays) > MOST_ARRAYS:
        raise NotAnObservation("its arrays are no list, or too many")
    return Observation(
        _arrays(arrays),
        tuple(map(_problem, _few(problems, "problems"))),
        tuple(map(_note, _few(notes, "notes"))),
    )


def _arrays(sent: list[Any]) -> dict[Quantity, Array]:
    left = MOST_NUMBERS
    arrays: dict[Quantity, Array] = {}
    for entry in sent:
        if not isinstance(entry, list) or len(entry) != 4:
            raise NotAnObservation("an array of it has no quantity, dtype, shape and bytes")
        quantity, dtype, claimed, data = entry
        if dtype not in list(DTYPES) or not isinstance(data, str):
            raise NotAnObservation("an array of it has no dtype or no bytes")
        shape = _shape(claimed)
        left -= math.prod(shape)
        if left < 0:
            raise NotAnObservation(f"it has more than {MOST_NUMBERS} numbers")
        arrays[_quantity(quantity)] = _array(dtype, shape, data)
    if len(arrays) < len(sent):
        raise NotAnObservation("an array of it is there twice")
    return arrays


def _quantity(sent: Any) -> Quantity:
    if not isinstance(sent, list) or len(sent) != len(Quantity._fields):
        raise NotAnObservation("an array of it belongs to no quantity")
    kind, layer, call, aspect, step, neurons = sent
    numbers = [layer, call, step, *neurons] if isinstance(neurons, list) and len(neurons) <= MOST_AXES else [None]
    if not all(type(number) is int and 0 <= number <= GREATEST_INDEX for number in numbers):
        raise NotAnObservation("a quantity of it is of no layer, call, step or neuron that there may be")
    return Quantity(_text(kind), layer, call, _text(aspect), step, tuple(neurons))


def _shape(shape: Any) -> tuple[int, ...]:
    """Return the shape that an array claims, before anything of its size is made."""
    if not isinstance(shape, list) or len(shape) > MOST_AXES:
        raise NotAnObservation("an array of it has no shape")
    if not all(type(size) is int and 0 <= size <= MOST_NUMBERS for size in shape):
        raise NotAnObservation("an array of it has an impossible shape")
    return tuple(shape)


def _array(dtype: str, shape: tuple[int, ...], text: str) -> Array:
    size = math.prod(shape) * DTYPES[dtype].itemsize
    if len(text) != 4 * math.ceil(size / 3):
        raise NotAnObservation("an array of it has not as many bytes as its shape says")
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise NotAnObservation("the bytes of an array of it are no base64") from None
    if len(data) != size:
        raise NotAnObservation("an array of it has not as many bytes as its shape says")
    return np.frombuffer(data, DTYPES[dtype]).reshape(shape).astype(dtype)


def _problem(entry: Any) -> Problem:
    if not isinstance(entry, list) or len(entry) != 6:
        raise NotAnObservation("a problem of it is none")
    trouble, sentence, exception, message, line, source = entry
    if trouble not in list(Trouble) or not (line is None or type(line) is int):
        raise NotAnObservation("a problem of it is of no known kind")
    return Problem(Trouble(trouble), _text(sentence), _text(exception), _text(message), line, _text(source))


def _note(entry: Any) -> Note:
    if not isinstance(entry, list) or len(entry) != 3:
        raise NotAnObservation("a note of it is none")
    return Note(*map(_text, entry))


def _few(value: Any, what: str) -> list[Any]:
    if not isinstance(value, list) or len(value) > MOST_TEXTS:
        raise NotAnObservation(f"its {what} are no list, or too many")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise NotAnObservation("a text of it is none, or too long")
    return value
