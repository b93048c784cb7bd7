"""A mistake that has been counted does not count again where a later task repeats it.

A student who writes a wrong softmax and retypes it in `predict`, instead of calling it, makes one mistake, not two. The
verdict on the softmax names the mistake; so a result is right as well if it is what comes out with that very mistake.
A retyped mistake that has no name counts again, since nobody can tell what comes out with it. None of this makes a task
easier: a mistake that leaves too little to compute has to be put right first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import cast

import numpy as np

from checks.judging.following import NOTHING, degenerate, trivial
from checks.judging.reference import Misconception, Override, Variant, with_overrides
from checks.judging.verdict import State, Verdict
from checks.observing.observation import Array
from checks.softmax_and_nll.case import ARGUMENTS, FunctionCase, Inputs
from checks.softmax_and_nll.misconceptions import MISCONCEPTIONS
from checks.softmax_and_nll.reference import REFERENCES, Function, FunctionReference, UpdatedW1Reference

PIECES: Mapping[str, tuple[str, ...]] = {
    "predict": ("softmax",),
    "predict_after_step": ("softmax", "softmax_gradient", "predict", "gradient_step"),
    "network_output": ("softmax", "hidden_activations"),
    "units_on": ("hidden_activations",),
    "updated_w2": ("softmax", "softmax_gradient", "gradient_step", "hidden_activations", "network_output"),
    "updated_w1": ("softmax", "gradient_step", "hidden_activations", "network_output", "units_on"),
    "output_after_step": (
        "softmax", "softmax_gradient", "gradient_step", "hidden_activations", "network_output", "units_on",
        "updated_w2", "updated_w1",
    ),
}  # fmt: skip
"""What a task consists of, in the order of the notebook; `units_on`, relu'(z1), is no task of its own."""

PROBABILITIES = ("softmax", "predict", "network_output")
OLD_WEIGHTS = {"gradient_step": "W", "updated_w2": "W2", "updated_w1": "W1"}
"""Functions that return probabilities, and those that return new weights, with the name of the old ones."""

SHARE = NOTHING["float32"]
"""Functions may return single precision."""

MANY = 3
"""From so many wrong functions on, they are followed one at a time or all together."""

Named = tuple[tuple[str, tuple[str, ...]], ...]
"""The labels of the mistakes that verdicts have named, by task."""


def pieces(task: str) -> tuple[str, ...]:
    """Return the earlier tasks that a task consists of, in the order of the notebook."""
    return tuple(name for name in PIECES.get(task, ()) if name in REFERENCES)


def counted(task: str, earlier: Mapping[str, Verdict]) -> tuple[Variant, ...]:
    """Return every way in which a task may repeat the mistakes that the verdicts on its pieces have named."""
    named = ((piece, _named(piece, earlier.get(piece))) for piece in pieces(task))
    return _variants(task, tuple((piece, labels) for piece, labels in named if labels))


def _named(piece: str, verdict: Verdict | None) -> tuple[str, ...]:
    """Return the labels of the mistakes that explain a wrong function without rest, or none."""
    if verdict is None or verdict.state is not State.WRONG:
        return ()
    return verdict.labels if set(verdict.labels) <= set(_mistakes(piece)) else ()


@lru_cache(maxsize=32)
def _mistakes(piece: str) -> Mapping[str, Misconception]:
    """Return the mistakes that a verdict on a function may name, by label."""
    return {mistake.label: mistake for mistake in (*REFERENCES[piece].slips(), *MISCONCEPTIONS[piece])}


@lru_cache(maxsize=256)
def _variants(task: str, named: Named) -> tuple[Variant, ...]:
    return tuple(route.variant() for route in _routes(task, named))


def _routes(task: str, named: Named) -> Iterator[Route]:
    """Yield every way to repeat some of the mistakes, those with the fewest own and lent functions first."""
    wrong = [piece for piece, _ in named]
    sets = [frozenset(some) for count in (1, 2) for some in combinations(wrong, count)]
    if len(wrong) > MANY:
        sets = [frozenset({name}) for name in wrong]
    sets += [frozenset(wrong)] if len(wrong) > 2 else []
    for own in sets:
        between = [name for name in PIECES[task] if name not in own and own & set(PIECES.get(name, ()))]
        for count in range(len(between) + 1):
            for lent in combinations(between, count):
                yield Route(task, named, own, lent)


@dataclass(frozen=True)
class Route:
    """One way to compute a task: `own` functions with their mistakes, `lent` ones right, others from their parts."""

    task: str
    named: Named
    own: frozenset[str]
    lent: tuple[str, ...]

    def variant(self) -> Variant:
        """Return what comes out on this route, as an answer that is accepted."""
        names = " and ".join(piece for piece in PIECES[self.task] if piece in self.own)
        whose, them = ("whose mistake has", "it") if len(self.own) == 1 else ("whose mistakes have", "them")
        return Variant(
            f"counted in {names}",
            Override("follows", lambda ref, right: self.functions(ref.case)),
            f"It follows from your {names}, {whose} been counted there, so it counts as right here. "
            f"Put {them} right there and here.",
            self.unfit,
            counted=True,
        )

    def functions(self, case: FunctionCase) -> dict[str, Function]:
        """Return what takes the place of the right functions."""
        found = {name: _right(name, case) for name in self.lent}
        for name, labels in self.named:
            if name in self.own:
                mistakes = [_mistakes(name)[label].override for label in labels]
                function = cast(FunctionReference, with_overrides(REFERENCES[name], mistakes, case))
                function.following = {part: found[part] for part in PIECES.get(name, ()) if part in found}
                found[name] = _result(function)
                if name == "hidden_activations" and "units_on" not in self.lent:
                    found["units_on"] = _positive(found[name])
        return found

    def unfit(self, cases: Sequence[FunctionCase]) -> str:
        """Say in a sentence why the own functions leave too little to compute, or return "".

        That is so if it happens in half of the calls; now and then any mistake meets numbers that make things easy.
        """
        calls = [(case, inputs) for case in cases if not case.published for inputs in case.calls]
        reasons = [reason for call in calls if (reason := self._reason(*call))]
        if not reasons or 2 * len(reasons) < len(calls):
            return ""
        return (
            f"Put {' and '.join(sorted(self.own))} right first: {reasons[0]}. A mistake that has been counted does not "
            "count again, but with this one too little is left to compute."
        )

    def _reason(self, case: FunctionCase, inputs: Inputs) -> str:
        calls: list[tuple[str, Inputs, Array]] = []

        def recorded(name: str, function: Function) -> Function:
            def call(given: Inputs) -> Array:
                value = np.asarray(function(given))
                calls.append((name, given, value))
                return value

            return call

        functions = self.functions(case)
        reference = REFERENCES[self.task](case)
        reference.following = functions | {name: recorded(name, functions[name]) for name in self.own}
        if "units_on" in functions and "units_on" not in self.lent:  # it comes from the own activations
            reference.following["hidden_activations"](inputs)
        result = np.asarray(reference.result(inputs))
        for name, given, value in list(calls):
            reason = _too_easy(value, _right(name, case)(given), name, given, inputs.get("y"))
            reason = reason or _ignored(functions[name], name, given, inputs)
            if reason:
                return f"{'it' if len(self.own) == 1 else name} {reason}"
        before = {"predict_after_step": "predict", "output_after_step": "network_output"}.get(self.task)
        old: Array | None
        right_old: Array | None
        if before:
            first = REFERENCES[before](case)
            first.following = reference.following
            old, right_old = reference.call(before, inputs), _right(before, case)(inputs)
            old = _result(first)(inputs) if old is None else old
        else:
            old = right_old = inputs.get(OLD_WEIGHTS.get(self.task, ""))
        right = _right(self.task, case)(inputs)
        reason = degenerate(result, right, SHARE)
        if not reason and old is not None and right_old is not None:
            reason = trivial(result, right, {"is no more than was there before": (old, right_old)}, SHARE)
        return reason and f"{'it gives' if len(self.own) == 1 else 'they give'} what {reason}"


def _right(name: str, case: FunctionCase) -> Function:
    return UpdatedW1Reference(case).units_on if name == "units_on" else _result(REFERENCES[name](case))


def _result(reference: FunctionReference) -> Function:
    """Return the function that a reference describes; none of the pieces is a loss, which may be unknown."""
    return cast(Function, reference.result)


def _positive(function: Function) -> Function:
    return lambda given: (function(given) > 0).astype(np.float64)


# --- when a mistake leaves too little to compute ----------------------------------------------------------------


def _too_easy(value: Array, right: Array, name: str, given: Inputs, y: Array | None) -> str:
    """Say what is wrong with numbers of an own function that others are to follow from, or return ""."""
    reason = degenerate(value, right, SHARE)
    if not reason and name in PROBABILITIES and degenerate(value * (1 - value), right * (1 - right), SHARE):
        reason = "has only zeros and ones"
    if reason:
        return f"gives what {reason}"
    terms = {"the label itself": (y, y)} if name in PROBABILITIES and y is not None else {}
    if name in OLD_WEIGHTS:
        old = given[OLD_WEIGHTS[name]]
        terms = {"the weights as they were": (old, old)}
    said = trivial(value, right, terms, SHARE)
    return said and f"returns {said}"


def _ignored(function: Function, name: str, given: Inputs, inputs: Inputs) -> str:
    """Say which argument an own function does not use, if that is one which the task has to compute, or return ""."""
    for parameter in ARGUMENTS[name]:
        argument = given[parameter]
        if np.ndim(argument) == 0 or any(np.array_equal(argument, value) for value in inputs.values()):
            continue
        nudge = 0.05 * (1 + abs(argument)) * np.cos(np.arange(argument.size)).reshape(argument.shape)
        if np.allclose(function({**given, parameter: argument + nudge}), function(given), rtol=1e-6, atol=1e-6):
            return f"does not use {parameter}"
    return ""
