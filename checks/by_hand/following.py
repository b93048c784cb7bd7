"""When a student's own earlier numbers may be followed, and when they would make what comes next too easy.

The rule is that of `checks.judging.following`, for each number and for what is made from it alone: a switched-off
neuron or an output that hits its target leaves nothing to compute, so it has to be put right first. Some zeros are
right: outputs have the weighted input 0 in every problem, and a dead neuron is off. The judge finds out, from what was
read of the student's numbers: whoever observes may be mistaken about them, or lie.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from checks.by_hand.case import GIVEN, OUTPUT, WEIGHTED_INPUT, Names, Problem, taken_along
from checks.by_hand.lent import relu_derivative, sigmoid_derivative
from checks.by_hand.solution import solution
from checks.judging.following import NOTHING, Term, constant, degenerate, trivial, vanishing
from checks.numerals import numeral
from checks.observing.looking import HALTING
from checks.observing.observation import Array, Observation, Trouble
from checks.observing.observation import Problem as Noted
from checks.observing.quantity import Quantity

if TYPE_CHECKING:
    from checks.judging.task import Probe

Values = Mapping[Quantity, Array]

SHARE = NOTHING["float64"]
"""Typed numbers are compared in double precision, whatever they came in."""

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
    values = {quantity: np.asarray(value, dtype=np.float64) for quantity, value in observation.arrays.items()}
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
        named = map(case.names.quantity, case.names.answers(source))
        came_along = taken_along(source) in values or any(quantity in values for quantity in named)
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
    hidden = [("forward", names.of(letter, 1)) for letter in (WEIGHTED_INPUT, OUTPUT)]
    outputs = [("forward", names.of(letter, 2)) for letter in (WEIGHTED_INPUT, OUTPUT)]
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
    quantity, right = problem.names.quantity, solution(problem)
    bound = max(float(np.abs(right[name]).max()) for name in problem.names.answers(source)) / SHARE
    mine = {name: values[quantity(name)] for name in problem.names.answers(source) if quantity(name) in values}
    for name in group:
        if name not in mine:
            return f"{name} is missing"
        reason = _alone(problem, name, mine[name], right[name], bound)
        if reason:
            return reason
    own, wanted = (np.concatenate([numbers[name].ravel() for name in group]) for numbers in (mine, right))
    nothing = vanishing(own, SHARE) & ~vanishing(wanted, SHARE)
    if nothing.any():
        name = group[int(np.argmax(nothing))] if len(group) == len(own) else group[0]
        return f"{name} is far too small beside the others"
    for names, said in ((group, " and ".join(group)), (list(mine), source)):
        own, wanted = (np.concatenate([numbers[name].ravel() for name in names]) for numbers in (mine, right))
        if constant(own, SHARE) and not constant(wanted, SHARE):
            return f"all numbers of {said} are the same"
    return ""


def _alone(problem: Problem, name: str, own: Array, right: Array, bound: float) -> str:
    """Say why a number, or what is made from it alone, leaves nothing to compute, if so."""
    own = own.reshape(right.shape) if own.size == right.size == 1 else own
    reason = degenerate(own, right, SHARE, each=True, bound=bound)
    if reason:
        return f"{name} {reason}"
    for made, (of_own, of_right, terms) in _made_from(problem, name, own, right).items():
        if degenerate(of_own, of_right, SHARE, each=True) or trivial(of_own, of_right, terms, SHARE, each=True):
            return f"{name} is {numeral(own.item(), '.6g')}, which leaves {made}"
    weights = _weights_of(problem, name)
    if weights is None:
        return ""
    steps = problem.epsilon * own, problem.epsilon * right
    terms = {"too small to move a weight": (weights, weights), "so large that the old weights do not matter": steps}
    said = trivial(weights + steps[0], weights + steps[1], terms, SHARE, each=True)
    return said and f"{name} is {said}"


def _made_from(
    problem: Problem, name: str, own: Array, right: Array
) -> dict[str, tuple[Array, Array, Mapping[str, Term]]]:
    """Return what is made from one number alone, from the student's own and from the right one, and of which terms."""
    names = problem.names
    if name in names.of("s", 1):
        return {"its neuron no slope": (relu_derivative(own), relu_derivative(right), {})}
    if name in names.of("s", 2):
        return {"its neuron no slope": (sigmoid_derivative(own), sigmoid_derivative(right), {})}
    if name in names.of("o", 2):
        target = np.asarray(problem.t[names.of("o", 2).index(name)])
        terms = {"target": (target, target), "output": (-own, -right)}
        return {
            "no error": (target - own, target - right, terms),
            "no slope": (own * (1 - own), right * (1 - right), {}),
        }
    return {}


def _weights_of(problem: Problem, name: str) -> Array | None:
    """Return the weights that a gradient belongs to, or None if a number is no gradient."""
    for layer in (1, 2):
        edges = problem.names.edges("g", layer)
        if name == f"dW{layer}":
            return problem.weights(layer)
        if name in edges:
            return np.asarray(problem.weights(layer).ravel()[edges.index(name)])
    return None
