"""What a later task may call of an earlier one, put right while the later one is observed.

A student's `network_output` may call her `softmax`. If that one is wrong or missing, its right values take its place
for the time of the check, so that one mistake costs once. A function of hers that is right is left to do its work.
"""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import numpy as np

from checks.observing.arrays import NotAnArrayError, as_array
from checks.observing.observation import TOLERANCE
from checks.observing.standing_in import standing_in
from checks.softmax_and_nll.case import ARGUMENTS

ANY_SHAPE = ("sigmoid", "sigmoid_derivative", "softmax", "nllm")
"""Functions whose arguments may have any number of axes; the others take matrices, columns and numbers."""


def earlier_than(task: str) -> tuple[str, ...]:
    """Return the tasks that stand before `task` in the notebook."""
    names = list(ARGUMENTS)
    return tuple(names[: names.index(task)])


def _right(name: str) -> Callable[..., Any]:
    """Return the function that is lent for an earlier task."""
    from checks.softmax_and_nll import lent

    function: Callable[..., Any] = getattr(lent, name)
    return function


def earlier_put_right(function: Any, task: str, replaced: set[str]) -> AbstractContextManager[None]:
    """Let `function` and whatever it calls find earlier functions that give right values.

    The name of each function whose values had to be put right is added to `replaced`.
    """
    return standing_in(function, {name: partial(_supplied, name, replaced) for name in earlier_than(task)})


def _supplied(name: str, replaced: set[str], own: Callable[..., Any] | None) -> Callable[..., Any]:
    """Return a function that gives the values of the student's `own` where they are right, else the right ones."""
    right = _right(name)
    signature = inspect.signature(right)

    def supplied(*arguments: Any, **options: Any) -> Any:
        wanted = _right_value(name, right, signature, arguments, options)
        if wanted is None:  # not a call that the task describes: whatever the student's function does with it
            if own is None:
                raise NameError(f"name {name!r} is not defined")
            return own(*arguments, **options)
        if own is not None:
            with contextlib.suppress(Exception, SystemExit):
                positional, named = (
                    [_copied(value) for value in arguments],
                    {key: _copied(options[key]) for key in options},
                )
                came = own(*positional, **named)
                if _agree(came, wanted):
                    _hand_over([*arguments, *options.values()], [*positional, *named.values()])
                    return came
        replaced.add(name)
        return wanted

    return supplied


def _hand_over(arguments: Sequence[Any], after: Sequence[Any]) -> None:
    """Let a caller see what its own right function has changed in place, as without the check."""
    for argument, changed in zip(arguments, after, strict=True):
        if isinstance(argument, np.ndarray) and not np.array_equal(argument, changed, equal_nan=True):
            argument[...] = changed


def _right_value(
    name: str, right: Callable[..., Any], signature: inspect.Signature, arguments: Any, options: Any
) -> Any:
    try:
        given = [np.asarray(value) for value in signature.bind(*arguments, **options).args]
        if name not in ANY_SHAPE and any(value.ndim not in (0, 2) for value in given):
            return None
        with np.errstate(all="ignore"):
            return right(*given)
    except Exception:
        return None


def _copied(value: Any) -> Any:
    """Return a copy of an array, so that a student's function cannot change it; anything else as it is."""
    return value.copy() if isinstance(value, np.ndarray) else value


def _agree(came: Any, wanted: Any) -> bool:
    """Tell whether what a function returned has the wanted numbers, nan where nan is wanted."""
    try:
        values = as_array(came)
    except NotAnArrayError:
        return False
    if values.shape != np.shape(wanted) and not values.size == np.size(wanted) == 1:
        return False
    tolerance = TOLERANCE["float32" if values.dtype == np.float32 else "float64"]
    return bool(np.allclose(values.reshape(np.shape(wanted)), wanted, rtol=tolerance, atol=tolerance, equal_nan=True))
