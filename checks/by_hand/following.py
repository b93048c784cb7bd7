"""When a student's own earlier numbers may be followed, and when they would make what comes next too easy.

What is computed rightly from an own wrong number is right. But a zero, a constant, a switched-off neuron or an output
that hits its target leaves nothing to compute, so such numbers have to be put right first. Some zeros are right:
outputs have the weighted input 0 in every problem, and a dead neuron is off. The judge finds out, from what was read
of the student's numbers: whoever observes may be mistaken about them, or lie.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from checks.by_hand.case import GIVEN, Names, Problem, taken_along
from checks.numerals import numeral
from checks.observing.looking import HALTING
from checks.observing.observation import Array, Observation, Trouble
from checks.observing.observation import Problem as Noted

if TYPE_CHECKING:
    from checks.judging.task import Probe

Values = Mapping[str, Array]

NOTHING = 1e-5
"""What is a smaller share of a number cannot be seen beside it; comparing allows a tenth of that."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    "forward": (),
    "E": ("forward",),
    "error_signals": ("forward",),
    "gradients": ("forward", "error_signals"),
    "update": ("gradients",),
    "do2_ds2": ("forward",),
    "ds2_do1": (),
    "do1_ds1": ("forward",),
    "delta2": ("do2_ds2", "forward"),
    "delta1": ("delta2", "ds2_do1", "do1_ds1"),
    "dW2": ("delta2", "forward"),
    "dW1": ("delta1",),
    "W2_new": ("dW2",),
    "W1_new": ("dW1",),
}
"""For each question the earlier questions whose answers it takes up."""


def looked_over(question: str, probe: Probe) -> Probe:
    """Return a probe of typed numbers, with a problem added if they cannot be judged or leave nothing to judge.

    The numbers become float64, so that they are compared strictly whatever they came in.
    """
    case, observation = probe.case, probe.observation
    if observation.has(*HALTING):
        return probe
    values = {name: np.asarray(value, dtype=np.float64) for name, value in observation.arrays.items()}
    found = _of_another_network(case, observation) or _not_to_follow(question, case, values)
    problems = (*observation.problems, found) if found else observation.problems
    return replace(probe, observation=replace(observation, arrays=values, problems=problems))


def _of_another_network(case: Problem, observation: Observation) -> Noted | None:
    given = observation.arrays.get(GIVEN)
    if np.array_equal(case.given, given, equal_nan=True) if given is not None else observation.raised:
        return None
    return Noted(Trouble.UNUSABLE, "These are answers for another network.")


def _not_to_follow(question: str, case: Problem, values: Values) -> Noted | None:
    for source, group in groups_needed(question, case.names):
        came_along = taken_along(source) in values or any(name in values for name in case.names.answers(source))
        reason = unusable(case, source, group, values) if came_along else ""
        if reason:
            return Noted(
                Trouble.NEEDS,
                f"Put {source} right first: {reason}. This answer follows from your numbers there, "
                "and these leave too little to compute.",
            )
    return None


def groups_needed(question: str, names: Names) -> list[tuple[str, list[str]]]:
    """Return the groups of earlier numbers that a question takes up, each with the question that they answer."""
    hidden = [("forward", names.of(letter, 1)) for letter in "so"]
    outputs = [("forward", names.of(letter, 2)) for letter in "so"]
    match question:
        case "E":
            return outputs[1:]
        case "error_signals":
            return [*hidden, *outputs]
        case "gradients" | "dW2":
            source = "error_signals" if question == "gradients" else "delta2"
            return [hidden[1], *((source, group) for group in names.groups(source))]
        case "do2_ds2":
            return outputs
        case "do1_ds1":
            return hidden
        case "delta2":
            return [("do2_ds2", ["do2_ds2"]), outputs[1]]
    return [(source, group) for source in NEEDED[question] for group in names.groups(source)]


def unusable(problem: Problem, source: str, group: Sequence[str], values: Values) -> str:
    """Return what is wrong with a group of numbers that others are to follow from, as "s3 is missing", or "".

    `values` are all numbers that the student gave for the question `source`.
    """
    largest = max((float(np.abs(values[name]).max(initial=0)) for name in group if name in values), default=0.0)
    for name in group:
        value = values.get(name)
        if value is None:
            return f"{name} is missing"
        if not np.isfinite(value).all():
            return f"{name} is not finite"
        allowed = _zeros_allowed(problem, name, value.shape)
        if value.size != 1 and (value.shape != allowed.shape):
            return f"{name} has the shape {value.shape}"
        if (_is_nothing(value, largest) & ~allowed).any():
            return f"{name} is 0" if value.size == 1 else f"{name} has zeros where it should have none"
        reason = _trivial(problem, name, float(value.ravel()[0])) if value.size == 1 else ""
        reason = reason or _lost_in_the_sum(problem, name, value, allowed)
        if reason:
            return reason
    numbers = [values[name].ravel() for name in group]
    if _constant(numbers) and not _may_be_constant(problem, group[0]):
        return f"all numbers of {' and '.join(group)} are the same"
    everything = [values[name].ravel() for name in problem.names.answers(source) if name in values]
    if len(everything) > len(group) and _constant(everything):
        return f"all numbers of {source} are the same"
    return ""


def _lost_in_the_sum(problem: Problem, name: str, value: Array, may_be_zero: Array) -> str:
    """Say why an update with a gradient would be no sum of two numbers, if so."""
    layer = next((layer for layer in (1, 2) if name == f"dW{layer}" or name in problem.names.edges("g", layer)), 0)
    if not layer:
        return ""
    weights = problem.weights(layer)
    old = np.abs(weights if name == f"dW{layer}" else weights.ravel()[problem.names.edges("g", layer).index(name)])
    step = np.abs(problem.epsilon * value)
    if ((step <= NOTHING * old) & ~may_be_zero).any():
        return f"{name} is too small to move a weight"
    if ((old <= NOTHING * step) & (old > 0)).any():
        return f"{name} is so large that the old weights do not matter"
    return ""


def dead_neurons(problem: Problem) -> frozenset[int]:
    """Return the numbers of the hidden neurons that ReLU switches off."""
    inputs = problem.W1 @ problem.x
    return frozenset(number for number, s in zip(problem.names.neurons(1), inputs, strict=True) if s < 0)


def _constant(numbers: Sequence[Array]) -> bool:
    together = np.concatenate(numbers)
    return together.size > 1 and bool(np.ptp(together) <= NOTHING * np.abs(together).max())


def _is_nothing(value: Array, largest: float) -> Array:
    """Tell which entries are 0, or are taken for 0 beside the largest number of their group."""
    return np.asarray(np.abs(value) <= max(1e-9, NOTHING * largest))


def _may_be_constant(problem: Problem, name: str) -> bool:
    outputs = problem.names.of("s", 2) + problem.names.of("o", 2)
    if name in problem.names.of("delta", 2) or name == "delta2":
        return bool(np.ptp(problem.t) == 0)
    return name in outputs


def _zeros_allowed(problem: Problem, name: str, shape: tuple[int, ...]) -> Array:
    """Return for each entry of an answer whether it may be zero."""
    names = problem.names
    dead = dead_neurons(problem)
    off = np.array([number in dead for number in names.neurons(1)])
    inputs, hidden, outputs = names.sizes
    arrays = {
        "do2_ds2": ~np.eye(outputs, dtype=bool),
        "do1_ds1": ~np.eye(hidden, dtype=bool) | np.diag(off),
        "ds2_do1": np.zeros((outputs, hidden), dtype=bool),
        "delta2": np.zeros(outputs, dtype=bool),
        "delta1": off,
        "dW2": np.tile(off, (outputs, 1)),
        "dW1": np.tile(off[:, None], (1, inputs)),
    }
    if name in arrays:
        return arrays[name]
    zeros = set(names.of("s", 2))
    for number in dead:
        zeros |= {f"o{number}", f"delta{number}"}
        zeros |= {f"g{number}{sender}" for sender in names.neurons(0)}
        zeros |= {f"g{to}{number}" for to in names.neurons(2)}
    return np.full(shape, name in zeros)


def _trivial(problem: Problem, name: str, value: float) -> str:
    """Say why a single number would leave nothing to compute, if so."""
    names = problem.names
    for number in names.neurons(1):
        if name == f"s{number}" and value < 0 and number not in dead_neurons(problem):
            return f"{name} is negative, which switches neuron {number} off"
    for number, target in zip(names.neurons(2), problem.t, strict=True):
        if name == f"o{number}" and (abs(value - target) < 1e-9 or abs(value - 1) < 1e-9):
            return f"{name} is {numeral(value, '.6g')}, which leaves no error or no slope"
    return ""
