"""A student's function while it is observed: what it may call, what it was given, and readers of what it returns."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from checks.chain_rule.autograd_watch import SENTENCE, autograd_makes_of, autograd_watched
from checks.chain_rule.case import BIAS_GRADIENT, DIFFERENTIABLE
from checks.chain_rule.stand_ins import earlier_standing_in
from checks.observing.arrays import described
from checks.observing.observation import Array, Observation, Trouble
from checks.observing.quantity import Quantity
from checks.observing.watch import Record, missing_function, same, watched

BY_HAND = (
    "Your numbers are right, but they do not come from autograd. Let `grad` find them: from here on they are to check "
    "your own formulas."
)


@dataclass(frozen=True)
class Function:
    """What a check knows of the student's function: its name, arguments, what it may call, and whether by autograd."""

    name: str
    arguments: str
    calls: tuple[str, ...] = ()
    by_autograd: bool = False

    def observed(self, student: Any, run: Callable[[Record], None]) -> Observation:
        """Run an observation with stand-ins for what the function may call."""
        problem = missing_function(student, self.name, self.arguments)
        if problem:
            return Observation(problems=(problem,))

        def guarded(record: Record) -> None:
            with earlier_standing_in(student, self.calls), autograd_watched() as used:
                try:
                    run(record)
                finally:
                    if used and not self.by_autograd:
                        record.problem(Trouble.AUTODIFF, SENTENCE)
            if self.by_autograd and not used and not record.problems:
                record.note("by-hand", BY_HAND)

        return watched(guarded, student)

    def differentiated(self, student: Any, observation: Observation, function: Any, argument: Array) -> Observation:
        """Add what autograd makes of the student's function, observed apart from the first call."""
        if any(problem.trouble is not Trouble.CHANGED for problem in observation.problems):
            return observation

        def run(record: Record) -> None:
            with earlier_standing_in(student, self.calls):
                record.quantity(DIFFERENTIABLE, autograd_makes_of(function, argument))

        more = watched(run, student)
        arrays = {**observation.arrays, **more.arrays}
        problems = (*observation.problems, *more.problems)
        notes = tuple(dict.fromkeys((*observation.notes, *more.notes)))
        return Observation(arrays, problems, notes, observation.computed + more.computed)


@contextlib.contextmanager
def kept(record: Record, **given: Any) -> Iterator[None]:
    """Note a problem if an argument is changed in the block."""
    before = {name: _copied(value) for name, value in given.items()}
    yield
    for name, value in given.items():
        if not unchanged(before[name], value):
            record.problem(
                Trouble.CHANGED, f"Your code changes {name}. Work on a copy, or make a new array, so that it stays."
            )


def _copied(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_copied(entry) for entry in value]
    return value.copy() if isinstance(value, np.ndarray) else value


def unchanged(before: Any, now: Any) -> bool:
    """Tell whether an argument, or every part of it, is as it was."""
    if isinstance(before, list):
        return (
            isinstance(now, list | tuple)
            and len(now) == len(before)
            and all(unchanged(*pair) for pair in zip(before, now, strict=True))
        )
    return same(before, now) if isinstance(before, np.ndarray) else now is before


def read_array(record: Record, quantity: Quantity, value: Any, call: str, shape: tuple[int, ...]) -> None:
    """Read what the student's function `call` returned, which should have been an array of a shape."""
    expected = "a single number" if shape == () else f"an array of shape {shape}"
    record.returned(quantity, value, call, expected)


def read_pair(record: Record, value: Any, where: str, pair: Sequence[Quantity], *, rows: bool = False) -> None:
    """Read (dC_dW, dC_db)."""
    if value is None:
        record.returned(pair[0], None, where, "the pair (dC_dW, dC_db)")
        return
    if not isinstance(value, list | tuple) or len(value) != 2:
        sentence = f"{where} should be the pair (dC_dW, dC_db), but it is {described(value)}."
        record.problem(Trouble.WRONG_TYPE, sentence)
        return
    for quantity, part in zip(pair, value, strict=True):
        record.quantity(quantity, part)
        came = record.arrays.get(quantity)
        if rows and came is not None and quantity.kind == BIAS_GRADIENT and came.ndim == 2 and came.shape[0] == 1:
            record.arrays[quantity] = came[0]  # (1, out) is as good as (out,)
