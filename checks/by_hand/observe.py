"""Observe typed numbers, and functions of pass 3 on networks of other sizes.

Typed numbers come alone, or together with the earlier answers that they follow from, by name:
`{"E": E, "forward": forward}`. With earlier answers the judge follows the student's own numbers, if they leave
something to compute.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from numbers import Number
from typing import Any

import numpy as np

from checks.by_hand.case import (
    ERROR,
    FOR_INTEGERS,
    GIVEN,
    NEW_WEIGHTS,
    PASS_ONE,
    PASS_TWO,
    RESULT,
    BackwardCase,
    ElementwiseCase,
    ErrorCase,
    ForwardCase,
    Problem,
    UpdateCase,
    taken_along,
)
from checks.observing.arrays import NotAnArrayError, as_array, described
from checks.observing.observation import Array, Observation, Trouble
from checks.observing.quantity import FIRST, SECOND, Quantity
from checks.observing.watch import Halt, Record, missing_function, watched

Observer = Callable[[Any, Any], Observation]

VECTORS = ("delta2", "delta1")


# --- typed numbers --------------------------------------------------------------------------------------------


def observe_numbers(question: str) -> Observer:
    """Return the observer of a question that is answered with typed numbers."""

    def observe(subject: Any, problem: Problem) -> Observation:
        def run(record: Record) -> None:
            answer, earlier = _taken_apart(question, subject)
            _expect_attempt(question, answer, problem)
            for source, value in earlier.items():
                _read_earlier(record, source, value, problem)
            _read(record, question, answer, problem)
            record.arrays[GIVEN] = problem.given

        return watched(run, None)

    return observe


def _taken_apart(question: str, subject: Any) -> tuple[Any, dict[str, Any]]:
    """Split what a check was given into the answer and the earlier answers, by the names of their questions."""
    if isinstance(subject, Mapping) and question in subject:
        return subject[question], {
            name: subject[name] for name in (*PASS_ONE, *PASS_TWO) if name in subject and name != question
        }
    return subject, {}


def _untouched(value: Any) -> bool:
    return value is None or value is Ellipsis


def _expect_attempt(question: str, answer: Any, problem: Problem) -> None:
    names = problem.names.answers(question)
    example = f"{question} = {{{names[0]!r}: ..., ...}}" if question in PASS_ONE[:1] + PASS_ONE[2:] else ""
    if _untouched(answer):
        raise Halt(Trouble.NOT_ATTEMPTED, f"Nothing is typed for {question} yet.")
    if not example:
        if isinstance(answer, Mapping | type) or callable(answer):
            what = "a number" if question == "E" else "an array of numbers"
            raise Halt(Trouble.UNUSABLE, f"check_{question} expects {what}; it got {described(answer)}.")
        if question != "E" and _all_untouched(answer):
            raise Halt(Trouble.NOT_ATTEMPTED, f"No number of {question} is typed yet.")
        return
    if not isinstance(answer, Mapping):
        raise Halt(
            Trouble.UNUSABLE,
            f"check_{question} expects your numbers by their names, as in {example}; it got {described(answer)}.",
        )
    if all(_untouched(answer.get(name)) for name in names):
        raise Halt(Trouble.NOT_ATTEMPTED, f"No number of {question} is typed yet.")


def _all_untouched(value: Any) -> bool:
    if isinstance(value, np.ndarray) and value.dtype == object:
        value = value.tolist()
    if isinstance(value, list | tuple):
        return all(_all_untouched(entry) for entry in value)
    return _untouched(value)


def _read(record: Record, question: str, answer: Any, problem: Problem) -> None:
    """Read the numbers of an answer; those that are not typed yet stay absent."""
    names = problem.names.answers(question)
    if not isinstance(answer, Mapping):
        quantity = problem.names.quantity(question)
        if question == "E":
            _read_number(record, quantity, answer)
        else:
            record.quantity(quantity, _plain(_as_numbers(answer)))
        if question in VECTORS and quantity in record.arrays:
            record.arrays[quantity] = _flat(record.arrays[quantity])
        return
    for name in names:
        value = answer.get(name)
        if not _untouched(value):
            _read_number(record, problem.names.quantity(name), value)
    unknown = [str(name) for name in answer if name not in names]
    if unknown:
        known = ", ".join(names)
        record.note("no-number", f"{question} has no number {unknown[0]!r}; its numbers are {known}.", question)


def _read_number(record: Record, quantity: Quantity, value: Any) -> None:
    """Read one number that was typed."""
    try:
        record.arrays[quantity] = as_array(_plain(value))
    except NotAnArrayError as problem:
        typed = " Type it without quotation marks." if isinstance(value, str) else ""
        record.problem(Trouble.WRONG_TYPE, f"{quantity} should be a number, but it is {problem}.{typed}")


def _plain(value: Any) -> Any:
    """Return fractions and decimals, alone or in lists, as floats, and what is still missing in a list as NaN."""
    if isinstance(value, Number) and not isinstance(value, complex | bool | int | float | np.generic):
        return float(value)  # type: ignore[arg-type] # Fraction and Decimal have a float
    if type(value) in (list, tuple):
        return [np.nan if _untouched(entry) else _plain(entry) for entry in value]
    return value


def _as_numbers(value: Any) -> Any:
    return value.tolist() if isinstance(value, np.ndarray) and value.dtype == object else value


def _flat(value: Array) -> Array:
    """Return a vector as such, whether it was typed flat, as a column or as a row."""
    return value.ravel() if value.ndim == 2 and 1 in value.shape else value


def _read_earlier(record: Record, source: str, value: Any, problem: Problem) -> None:
    """Read an earlier answer quietly: what cannot be read is missing, and its own check says so."""
    record.arrays[taken_along(source)] = np.ones(())
    silent = Record()
    if isinstance(value, Mapping) == (source in PASS_ONE and source != "E") and not _untouched(value):
        try:
            _read(silent, source, value, problem)
        except Exception:
            silent.arrays.clear()
    record.arrays.update(silent.arrays)


# --- functions ------------------------------------------------------------------------------------------------


def observe_elementwise(name: str) -> Observer:
    """Return the observer of a function that works element by element."""

    def observe(function: Any, case: ElementwiseCase) -> Observation:
        def run(record: Record) -> None:
            for quantity, data in ((RESULT, case.values), (RESULT._replace(aspect=FOR_INTEGERS), case.integers)):
                s = data.copy()
                record.returned(quantity, function(s), name, "an array of the shape of s")
                record.unchanged("s", data, s, "Work on a copy, s.copy(), instead.")

        return _observed(run, function, name, "s")

    return observe


def observe_squared_error(function: Any, case: ErrorCase) -> Observation:
    """Observe the error that `squared_error(y, t)` returns."""

    def run(record: Record) -> None:
        y, t = case.y.copy(), case.t.copy()
        record.returned(ERROR, function(y, t), "squared_error", "a single number")
        _expect_same(record, y=(case.y, y), t=(case.t, t))

    return _observed(run, function, "squared_error", "y, t")


def observe_forward_pass(function: Any, case: ForwardCase) -> Observation:
    """Observe the four columns that `forward_pass(x, W1, W2)` returns."""
    from checks.by_hand.lent import stand_ins_for

    def run(record: Record) -> None:
        x, w1, w2 = case.x.copy(), case.W1.copy(), case.W2.copy()
        with stand_ins_for(function):
            returned = function(x, w1, w2)
        _read_several(record, returned, "forward_pass", ("s1", "o1", "s2", "o2"))
        _expect_same(record, x=(case.x, x), W1=(case.W1, w1), W2=(case.W2, w2))

    return _observed(run, function, "forward_pass", "x, W1, W2")


def observe_backward_pass(function: Any, case: BackwardCase) -> Observation:
    """Observe the two columns that `backward_pass(t, s1, s2, o2, W2)` returns."""
    from checks.by_hand.lent import stand_ins_for

    def run(record: Record) -> None:
        given = {"t": case.t, "s1": case.s1, "s2": case.s2, "o2": case.o2, "W2": case.W2}
        copies = {name: array.copy() for name, array in given.items()}
        with stand_ins_for(function):
            returned = function(*copies.values())
        _read_several(record, returned, "backward_pass", ("delta1", "delta2"))
        _expect_same(record, **{name: (given[name], copies[name]) for name in given})

    return _observed(run, function, "backward_pass", "t, s1, s2, o2, W2")


def observe_updated(function: Any, case: UpdateCase) -> Observation:
    """Observe the new weights that `updated(W, delta, o, epsilon)` returns, in two calls."""

    def run(record: Record) -> None:
        for call, data, epsilon in ((FIRST, case.W, case.epsilon), (SECOND, -case.W, 1.9)):
            w, delta, o = data.copy(), case.delta.copy(), case.o.copy()
            new = function(w, delta, o, epsilon)
            record.returned(NEW_WEIGHTS.in_call(call), new, "updated", "the new weights, of the shape of W")
            _expect_same(record, delta=(case.delta, delta), o=(case.o, o))
            if not np.array_equal(w, data) and call == FIRST:
                record.note(
                    "changes-W",
                    "updated also changes the W that it is given; a function that returns its result is safer if it "
                    "leaves its arguments alone.",
                )

    return _observed(run, function, "updated", "W, delta, o, epsilon")


def _observed(run: Callable[[Record], None], function: Any, name: str, arguments: str) -> Observation:
    if _untouched(function):
        return watched(lambda record: _halt_untouched(name), None)
    problem = missing_function(function, name, arguments)
    return Observation(problems=(problem,)) if problem else watched(run, function)


def _halt_untouched(name: str) -> None:
    raise Halt(
        Trouble.NOT_ATTEMPTED, f"There is no function {name} yet: write it, run its cell, then this check again."
    )


def _read_several(record: Record, returned: Any, call: str, names: tuple[str, ...]) -> None:
    expected = f"the {len(names)} columns {', '.join(names)}, in this order"
    if returned is None:
        record.returned(Quantity(names[0]), None, call, expected)
        return
    if not isinstance(returned, tuple | list) or len(returned) != len(names):
        raise Halt(Trouble.WRONG_TYPE, f"{call} returned {described(returned)}; it should return {expected}.")
    for name, value in zip(names, returned, strict=True):
        if value is None:
            record.problem(Trouble.WRONG_TYPE, f"{call} returned None for {name}; it should return {expected}.")
        else:
            record.quantity(Quantity(name), value)


def _expect_same(record: Record, **data: tuple[Array, Any]) -> None:
    for name, (before, after) in data.items():
        record.unchanged(name, as_array(before), after, f"Work on a copy, {name}.copy(), instead.")
