"""Observe a student's functions, one at a time, each in two calls; what they call of earlier ones is put right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from checks.observing.observation import PUT_RIGHT, Observation, Trouble
from checks.observing.quantity import Quantity
from checks.observing.watch import Record, missing_function, watched
from checks.softmax_and_nll.case import ARGUMENTS, HIDDEN, FunctionCase
from checks.softmax_and_nll.earlier import earlier_put_right

Observer = Callable[[Any, FunctionCase], Observation]


def observer(
    name: str,
    noun: str,
    expected: str,
    *,
    updates: str = "",
    a_number: bool = False,
) -> Observer:
    """Return the observer of the function `name`, which returns `noun`, described as `expected`.

    `updates` is the argument that it may change in place, because it returns the new value of it. Of a function that
    returns `a_number`, an array that holds one number will do.
    """
    arguments = ARGUMENTS[name]

    def observe(function: Any, case: FunctionCase) -> Observation:
        problem = missing_function(function, name, ", ".join(arguments))
        if problem:
            return Observation(problems=(problem,))

        def run(record: Record) -> None:
            replaced: set[str] = set()
            try:
                for number, quantity in enumerate(case.quantities(noun)):
                    given = [case.given(case.calls[number][argument]) for argument in arguments]
                    with earlier_put_right(function, name, replaced):
                        record.returned(quantity, function(*given), name, expected)
                    if quantity in record.arrays:
                        if a_number:
                            _make_a_number(record, quantity, name)
                        record.arrays[quantity] = case.read(record.arrays[quantity])
                    before = [case.given(case.calls[number][argument]) for argument in arguments]
                    _expect_same(record, arguments, before, given, updates)
                if case.beyond is not None:
                    _look_beyond(record, function, case.beyond, noun)
            finally:
                for earlier in sorted(replaced):
                    sentence = f"Your {earlier} is not right yet, put it right too; it costs nothing here."
                    record.note(PUT_RIGHT, sentence, earlier)

        def run_as_in_the_notebook(record: Record) -> None:
            with np.errstate(under="ignore"):  # a number too small for a float is 0, and no reason to warn
                run(record)

        return watched(run_as_in_the_notebook, function)

    return observe


def _make_a_number(record: Record, quantity: Quantity, name: str) -> None:
    values = record.arrays[quantity]
    if values.size == 1 and values.ndim:
        record.arrays[quantity] = values.reshape(())
        sentence = f"{name} returns an array that holds a single number; a plain number, float(...), is usual."
        record.note("array-of-a-number", sentence)


def _expect_same(
    record: Record, arguments: Sequence[str], before: Sequence[Any], after: Sequence[Any], updates: str
) -> None:
    for argument, given, now in zip(arguments, before, after, strict=True):
        if not isinstance(now, np.ndarray) or np.array_equal(given, now, equal_nan=True):
            continue
        if argument == updates:
            record.note(
                "in-place",
                f"Your code also changes {argument} in place; whatever uses {argument} later gets the new one. "
                f"Without that: {argument} = {argument} - ..., not {argument} -= ...",
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
        record.note(
            "beyond",
            f"At z = ±1000 your {noun} is not 0, which is its limit. Such large z are not asked for here, but a form "
            "that does not overflow is safer.",
        )


observe_sigmoid = observer("sigmoid", "sigmoid", "an array of the shape of z")
observe_sigmoid_derivative = observer("sigmoid_derivative", "derivative", "an array of the shape of z")
observe_nll_gradient = observer("nll_gradient", "gradient", "the gradient, of shape (m, 1)")
observe_softmax = observer("softmax", "softmax", "an array of the shape of z")
observe_nllm = observer("nllm", "loss", "the loss, a single number", a_number=True)
observe_softmax_gradient = observer("softmax_gradient", "gradient", "the gradient, of shape (m, n)")
observe_predict = observer("predict", "prediction", "the probabilities, of shape (n, 1)")
observe_gradient_step = observer("gradient_step", "new W", "the new W, of the shape of W", updates="W")
observe_predict_after_step = observer("predict_after_step", "new prediction", "the probabilities, of shape (n, 1)")
observe_hidden_activations = observer("hidden_activations", HIDDEN, "the activations, of shape (hidden, 1)")
observe_network_output = observer("network_output", "output", "the probabilities, of shape (n, 1)")
observe_updated_w2 = observer("updated_w2", "new W2", "the new W2, of the shape of W2", updates="W2")
observe_updated_w1 = observer("updated_w1", "new W1", "the new W1, of the shape of W1", updates="W1")
observe_output_after_step = observer("output_after_step", "new output", "the probabilities, of shape (n, 1)")
