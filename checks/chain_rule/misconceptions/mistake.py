"""Mistakes in steps that are no formulas, and those that many functions share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from checks.chain_rule.autograd_watch import ASSIGNED, CAST, UNKNOWN
from checks.formulas.slips import Entry
from checks.formulas.tree import Node, Operation
from checks.judging.reference import Misconception, Override, Reference

Told = tuple[Callable[..., Any], str, str, str]
"""What is done instead of a step, what is said of it, and the first two hints."""


def otherwise(reference: type[Reference], step: str, mistakes: Mapping[str, Told]) -> tuple[Misconception, ...]:
    """Return mistakes in a step that is no formula, by their labels."""
    number = reference.formulas.get(step, ("",))[0]
    return tuple(
        Misconception(label, Override(step, done), says, look, think, number)
        for label, (done, says, look, think) in mistakes.items()
    )


def _stops(code: float) -> Callable[..., Any]:
    return lambda ref, right: np.array(code)


STOPPING = otherwise(
    Reference,
    "differentiability",
    {
        "cast-to-float": (
            _stops(CAST),
            "when a cast such as `float(...)` cuts autograd's trace: the number is right, but autograd cannot "
            "differentiate it",
            "Look at what happens to the number just before you return it, or on the way there.",
            "autograd follows a computation through the functions of autograd.numpy. Does float(...) or math.exp tell "
            "it?",
        ),
        "assigned-into-an-array": (
            _stops(ASSIGNED),
            "when entries are assigned into an array: the numbers are right, but autograd cannot follow an assignment",
            "Look at where you write into an array entry by entry.",
            "autograd needs an expression that makes a new array. Which one gives all entries at once?",
        ),
        "unknown-to-autograd": (
            _stops(UNKNOWN),
            "with a function whose derivative autograd does not know: the numbers are right, but autograd cannot go "
            "through it",
            "Look at which functions of `np` you call.",
            "autograd knows the derivatives of the everyday functions, such as np.sum and np.mean. Which one is less "
            "common?",
        ),
    },
)
"""What stops autograd, in whatever function it has to differentiate."""


def truncated(values: Node, like: Node) -> Entry:
    """Return results as they are after they were written into an array of the type of an argument."""
    return (
        Operation("in the type of", (values, like)),
        "when the results for integers are cut off to integers",
        "Which type does np.zeros_like(...) of an array of integers have?",
    )
