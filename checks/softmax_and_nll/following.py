"""What comes out of a later task when it is computed rightly from the student's own earlier functions, right or wrong.

A student who writes a wrong softmax and retypes it in `predict`, instead of calling it, makes one mistake, not two. So
if a result is not right, it is compared with what the student's own wrong functions lead to. That never makes a task
easier: own numbers that leave too little to compute have to be put right first.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from checks.observing.arrays import as_array
from checks.observing.observation import Array
from checks.softmax_and_nll.earlier import agree, copied, earlier_put_right, names_of
from checks.softmax_and_nll.pieces import COMPOSED, RIGHT, right_call

PIECES: Mapping[str, tuple[str, ...]] = {
    "predict": ("softmax",),
    "predict_after_step": ("softmax", "softmax_gradient", "predict", "gradient_step"),
    "network_output": ("softmax", "hidden_activations"),
    "updated_w2": ("softmax", "softmax_gradient", "gradient_step", "hidden_activations", "network_output"),
    "updated_w1": ("softmax", "gradient_step", "hidden_activations", "network_output"),
    "output_after_step": (
        "softmax", "softmax_gradient", "gradient_step", "hidden_activations", "network_output", "updated_w2",
        "updated_w1",
    ),
}  # fmt: skip
"""For each task that consists of earlier ones the earlier ones that it may follow."""

PROBABILITIES = ("softmax", "predict", "network_output")
OLD_WEIGHTS = {"gradient_step": "W", "updated_w2": "W2", "updated_w1": "W1"}
"""Functions that return probabilities, and those that return new weights, with the name of the old ones."""

SMALL = 1e-3
"""What is smaller than this share of the right size counts as nothing."""

MANY = 3
"""From so many wrong functions on, they are followed one at a time or all together."""

Functions = Mapping[str, Callable[..., Any]]


class Route:
    """One way to compute a task: `own` functions as the student has them, `lent` ones right, others from their parts.

    `calls` remembers what the own functions were given and what they returned.
    """

    def __init__(self, functions: Functions, own: frozenset[str] = frozenset(), lent: frozenset[str] = frozenset()):
        self.functions, self.own, self.lent = functions, own, lent
        self.calls: list[tuple[str, tuple[Any, ...], Array]] = []

    def call(self, name: str, *arguments: Any) -> Any:
        """Return what the function `name` gives on this route."""
        if name in self.own:
            with earlier_put_right(self.functions[name], name, set(), self.own):
                value = as_array(self.functions[name](*map(copied, arguments)))
            self.calls.append((name, arguments, value))
            return value
        if name in COMPOSED and name not in self.lent:
            return COMPOSED[name](self.call, *arguments)
        return right_call(name, *arguments)


@dataclass(frozen=True)
class Followed:
    """A result that follows from the student's `own` functions; `unfit` says why these leave too little to compute."""

    result: Array
    own: frozenset[str]
    unfit: str = ""


def own_functions(function: Any, task: str) -> Functions:
    """Return the student's own earlier functions that `task` may follow, as far as there are any."""
    names = names_of(function) or {}
    return {name: names[name] for name in PIECES.get(task, ()) if callable(names.get(name))}


def own_values(functions: Functions, task: str, inputs: Mapping[str, Any]) -> dict[str, Array | None]:
    """Return what those own functions that are wrong give where `task` calls them first; None if they raise.

    One that is not written yet is not wrong.
    """
    wrong: dict[str, Array | None] = {}

    def call(name: str, *arguments: Any) -> Any:
        wanted = COMPOSED[name](call, *arguments) if name in COMPOSED else right_call(name, *arguments)
        if name in functions and name not in wrong:
            try:
                value = np.asarray(Route(functions, frozenset({name})).call(name, *arguments))
            except NotImplementedError:
                return wanted
            except (Exception, SystemExit):
                wrong[name] = None
                return wanted
            if not agree(value, wanted):
                wrong[name] = value
        return wanted

    COMPOSED[task](call, *_arguments(task, inputs))
    return wrong


def right_result(task: str, inputs: Mapping[str, Any]) -> Array:
    """Return what a task that consists of earlier ones should give."""
    return np.asarray(right_call(task, *_arguments(task, inputs)))


def followed(
    functions: Functions, task: str, inputs: Mapping[str, Any], wrong: Sequence[str], came: Array
) -> Followed | None:
    """Return how `came` follows from own functions that are `wrong`, if it does."""
    arguments, unfit = _arguments(task, inputs), None
    for route in _routes(functions, task, wrong):
        try:
            result = np.asarray(COMPOSED[task](route.call, *arguments))
        except (Exception, SystemExit):
            continue
        if not agree(came, result):
            continue
        reason = _unfit(route, task, inputs, result)
        if not reason:
            return Followed(result, route.own)
        unfit = unfit or Followed(result, route.own, reason)
    return unfit


def _arguments(task: str, inputs: Mapping[str, Any]) -> list[Any]:
    return [inputs[name] for name in list(inspect.signature(COMPOSED[task]).parameters)[1:]]


def _routes(functions: Functions, task: str, wrong: Sequence[str]) -> Iterator[Route]:
    """Yield every way to follow some of the wrong functions, those with the fewest own and lent ones first."""
    sets = [frozenset(some) for count in (1, 2) for some in combinations(wrong, count)]
    if len(wrong) > MANY:
        sets = [frozenset({name}) for name in wrong]
    sets += [frozenset(wrong)] if len(wrong) > 2 else []
    for own in sets:
        between = [name for name in COMPOSED if name in _parts(task) and name not in own and own & _parts(name)]
        for count in range(len(between) + 1):
            for lent in combinations(between, count):
                yield Route(functions, own, frozenset(lent))


def _parts(name: str) -> frozenset[str]:
    """Return all functions that a function consists of."""
    found: set[str] = set()

    def call(part: str, *arguments: Any) -> Any:
        found.add(part)
        return COMPOSED[part](call, *arguments) if part in COMPOSED else right_call(part, *arguments)

    if name in COMPOSED:
        count = len(inspect.signature(COMPOSED[name]).parameters) - 1
        COMPOSED[name](call, *[np.ones((1, 1))] * count)
    return frozenset(found)


# --- when own numbers leave too little to compute ----------------------------------------------------------------


def _unfit(route: Route, task: str, inputs: Mapping[str, Any], result: Array) -> str:
    """Say why the own functions of a route leave too little to compute, or return ""."""
    for name, arguments, value in list(route.calls):
        reason = _too_easy(name, arguments, value, inputs.get("y"))
        reason = reason or _ignored(route, name, arguments, inputs)
        if reason:
            return f"{'it' if len(route.own) == 1 else name} {reason}"
    names, right = _they(route.own), right_result(task, inputs)
    if not np.isfinite(result).all():
        return f"{names} to nan or inf"
    if _nothing(_spread(result), _spread(right)):
        return f"{names} to the same number everywhere"
    if task.endswith("after_step"):
        before = "predict" if task == "predict_after_step" else "network_output"
        old = [inputs[key] for key in inspect.signature(RIGHT[before]).parameters]
        if _nothing(_norm(result - route.call(before, *old)), _norm(right - right_call(before, *old))):
            return f"{names} to a step that changes nothing"
    if task in OLD_WEIGHTS and _nothing(
        _norm(result - inputs[OLD_WEIGHTS[task]]), _norm(right - inputs[OLD_WEIGHTS[task]])
    ):
        return f"{names} to a step that changes nothing"
    return ""


def _they(names: frozenset[str]) -> str:
    return "it leads" if len(names) == 1 else "they lead"


def _too_easy(name: str, arguments: Sequence[Any], value: Array, y: Array | None) -> str:
    """Say what is wrong with numbers of an own function that others are to follow from, or return ""."""
    right = np.asarray(right_call(name, *arguments))
    if value.shape != right.shape:
        return f"gives shape {value.shape} where {right.shape} is needed"
    if not np.isfinite(value).all():
        return "gives nan or inf"
    if name in OLD_WEIGHTS:
        old = arguments[list(inspect.signature(RIGHT[name]).parameters).index(OLD_WEIGHTS[name])]
        if _nothing(_norm(value - old), _norm(right - old)):
            return "returns the weights as they were"
    if not value.any() and right.any():
        return "gives only zeros"
    if _nothing(_spread(value), _spread(right)):
        return "gives the same number everywhere"
    if name in PROBABILITIES and np.isin(value, (0, 1)).all() and not np.isin(right, (0, 1)).all():
        return "gives only zeros and ones"
    if (
        name in PROBABILITIES
        and y is not None
        and y.shape == value.shape
        and _nothing(_norm(value - y), _norm(right - y))
    ):
        return "gives the label itself"
    if right.any() and _nothing(_norm(right), _norm(value)):
        return "gives numbers that are far too large"
    return ""


def _ignored(route: Route, name: str, arguments: Sequence[Any], inputs: Mapping[str, Any]) -> str:
    """Say which argument an own function does not use, if that is one which the task has to compute, or return ""."""
    alone = Route(route.functions, route.own, route.lent)
    parameters = list(inspect.signature(RIGHT[name]).parameters)
    for position, (parameter, argument) in enumerate(zip(parameters, arguments, strict=True)):
        if np.ndim(argument) == 0 or any(np.array_equal(argument, value) for value in inputs.values()):
            continue
        other = list(arguments)
        other[position] = argument + 0.05 * (1 + abs(argument)) * np.cos(np.arange(argument.size)).reshape(
            argument.shape
        )
        if agree(alone.call(name, *other), alone.call(name, *arguments)):
            return f"does not use {parameter}"
    return ""


def _nothing(size: float, compared_with: float) -> bool:
    return size <= SMALL * compared_with and compared_with > 0


def _norm(values: Any) -> float:
    return float(np.linalg.norm(values))


def _spread(values: Array) -> float:
    return float(np.ptp(values)) if values.size > 1 else 0.0
