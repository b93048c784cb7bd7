"""Observe a student's functions, one at a time, each in two calls; what they call of earlier ones is put right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from checks.observing.observation import Observation, Trouble
from checks.observing.watch import Halt, Record, missing_function, same, watched
from checks.softmax_and_nll.cases import FunctionCase, Inputs
from checks.softmax_and_nll.earlier import agree, earlier_put_right
from checks.softmax_and_nll.following import PIECES, followed, own_functions, own_values, right_result

Observer = Callable[[Any, FunctionCase], Observation]


def own(name: str, number: int) -> str:
    """Name what the student's own earlier function `name` gives in call `number`, where that is wrong."""
    return f"own {name} in call {number}"


def following(number: int) -> str:
    """Name what a task gives in call `number` if it is computed rightly from the student's own wrong functions."""
    return f"follows own functions in call {number}"


def observer(
    name: str,
    arguments: Sequence[str],
    noun: str,
    expected: str,
    *,
    updates: str = "",
    a_number: bool = False,
) -> Observer:
    """Return the observer of the function `name(*arguments)`, which returns `noun`, described as `expected`.

    `updates` is the argument that it may change in place, because it returns the new value of it. Of a function that
    returns `a_number`, an array that holds one number will do.
    """

    def observe(function: Any, case: FunctionCase) -> Observation:
        problem = missing_function(function, name, ", ".join(arguments))
        if problem:
            return Observation(problems=(problem,))

        def run(record: Record) -> None:
            replaced: set[str] = set()
            wrong: set[str] = set()
            try:
                for number, quantity in enumerate(case.quantities(noun)):
                    given = [case.given(case.calls[number][argument]) for argument in arguments]
                    try:
                        with earlier_put_right(function, name, replaced):
                            record.returned(quantity, function(*given), name, expected)
                    except Exception:  # when the time is up, there is none left for looking further
                        _follow(record, function, name, quantity, case, number, wrong)
                        raise
                    _follow(record, function, name, quantity, case, number, wrong)
                    if quantity in record.arrays:
                        if a_number:
                            _make_a_number(record, quantity, name)
                        record.arrays[quantity] = case.read(record.arrays[quantity])
                    _expect_same(record, arguments, case.calls[number], given, updates)
                if case.beyond is not None:
                    _look_beyond(record, function, case.beyond, noun)
            finally:
                record.notes += [_put_right(earlier) for earlier in sorted(replaced)]
                record.notes += [_begin_there(earlier) for earlier in sorted(wrong - replaced)]

        def run_as_in_the_notebook(record: Record) -> None:
            with np.errstate(under="ignore"):  # a number too small for a float is 0, and no reason to warn
                run(record)

        return watched(run_as_in_the_notebook, function)

    return observe


def _follow(
    record: Record, function: Any, name: str, quantity: str, case: FunctionCase, number: int, wrong: set[str]
) -> None:
    """Look up what the student's own wrong functions give, so that what is computed rightly from them counts."""
    if name not in PIECES:
        return
    inputs, came = case.calls[number], record.arrays.get(quantity)
    if came is not None and agree(came, right_result(name, inputs)):
        return
    functions = own_functions(function, name)
    values = own_values(functions, name, inputs)
    wrong.update(values)
    known = {earlier: value for earlier, value in values.items() if value is not None}
    record.arrays.update({own(earlier, number): value for earlier, value in known.items()})
    found = followed(functions, name, inputs, list(known), came) if came is not None else None
    if found is None:
        return
    if found.unfit and not case.published:
        raise Halt(
            Trouble.NEEDS,
            f"Put {' and '.join(sorted(found.own))} right first: {found.unfit}. What is computed rightly from your own "
            "earlier functions counts, but these leave too little to compute.",
        )
    record.arrays[following(number)] = case.read(found.result)


def _make_a_number(record: Record, quantity: str, name: str) -> None:
    values = record.arrays[quantity]
    if values.size == 1 and values.ndim:
        record.arrays[quantity] = values.reshape(())
        record.notes.append(
            f"{name} returns an array that holds a single number; a plain number, float(...), is usual."
        )


def _put_right(earlier: str) -> str:
    return f"Your {earlier} is not right yet, put it right too; it costs nothing here."


def _begin_there(earlier: str) -> str:
    return f"Your {earlier} is not right yet; if you have typed the same again here, begin there."


def _expect_same(record: Record, arguments: Sequence[str], before: Inputs, after: Sequence[Any], updates: str) -> None:
    for argument, now in zip(arguments, after, strict=True):
        if not isinstance(now, np.ndarray) or same(np.asarray(before[argument], dtype=np.float64), now):
            continue
        if argument == updates:
            record.notes.append(
                f"Your code also changes {argument} in place; whatever uses {argument} later gets the new one. "
                f"Without that: {argument} = {argument} - ..., not {argument} -= ..."
            )
        else:
            record.problem(
                Trouble.CHANGED, f"Your code changes {argument}. Work on a copy, {argument}.copy(), instead."
            )


def _look_beyond(record: Record, function: Any, z: Any, noun: str) -> None:
    """Note what happens outside the range that is asked for, where the right values are zero."""
    try:
        values = np.asarray(function(z.copy()), dtype=np.float64)
        good = values.shape == z.shape and bool((abs(values) < 1e-12).all())
    except Exception:
        good = False
    if not good:
        record.notes.append(
            f"Far out, at z = ±1000, your {noun} is not 0, its limit; that range is not asked for, but a form that "
            "does not overflow is kinder to whoever uses it."
        )


_LAYER = ("x", "y", "W", "learning_rate")
_NETWORK = ("x", "y", "W1", "b1", "W2", "b2", "learning_rate")

observe_sigmoid = observer("sigmoid", ("z",), "sigmoid", "an array of the shape of z")
observe_sigmoid_derivative = observer("sigmoid_derivative", ("z",), "derivative", "an array of the shape of z")
observe_nll_gradient = observer("nll_gradient", ("x", "a", "y"), "gradient", "the gradient, of shape (m, 1)")
observe_softmax = observer("softmax", ("z",), "softmax", "an array of the shape of z")
observe_nllm = observer("nllm", ("a", "y"), "loss", "the loss, a single number", a_number=True)
observe_softmax_gradient = observer("softmax_gradient", ("x", "a", "y"), "gradient", "the gradient, of shape (m, n)")
observe_predict = observer("predict", ("x", "W"), "prediction", "the probabilities, of shape (n, 1)")
observe_gradient_step = observer(
    "gradient_step", ("W", "gradient", "learning_rate"), "new W", "the new W, of the shape of W", updates="W"
)
observe_predict_after_step = observer(
    "predict_after_step", _LAYER, "new prediction", "the probabilities, of shape (n, 1)"
)
observe_hidden_activations = observer(
    "hidden_activations", ("x", "W1", "b1"), "hidden activations", "the activations, of shape (hidden, 1)"
)
observe_network_output = observer(
    "network_output", ("x", "W1", "b1", "W2", "b2"), "output", "the probabilities, of shape (n, 1)"
)
observe_updated_w2 = observer("updated_w2", _NETWORK, "new W2", "the new W2, of the shape of W2", updates="W2")
observe_updated_w1 = observer("updated_w1", _NETWORK, "new W1", "the new W1, of the shape of W1", updates="W1")
observe_output_after_step = observer("output_after_step", _NETWORK, "new output", "the probabilities, of shape (n, 1)")
