"""Observe predictions: answers to questions that are asked before anything is computed, a number or a letter for each.

What is known of a question here is what the notebook shows: its key, and the letters that it may be answered with.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real
from typing import Any, ClassVar, Self

import numpy as np

from checks.observing.arrays import NotAnArrayError, as_array, described
from checks.observing.observation import Array, Observation, Trouble
from checks.observing.quantity import Quantity
from checks.observing.watch import Halt, Record, watched

AROUND = string.punctuation + string.whitespace
"""What people write around a letter, as in "b)" or "(b)"."""


@dataclass(frozen=True, eq=False)
class Asked:
    """The questions by key, each with the letters of its answers in a row, or "" if it wants a number."""

    questions: Mapping[str, str]
    dtype: ClassVar[type[np.floating]] = np.float64
    dimensions: ClassVar[dict[str, int]] = {}

    def __str__(self) -> str:
        return ""

    def as_float32(self) -> Self:
        """Return the questions themselves: answers are compared in double precision."""
        return self


def observe_predictions(predictions: Any, asked: Asked) -> Observation:
    """Observe the answers by key: a number as it is, a letter as its place, 1 for a; what is open stays absent."""

    def run(record: Record) -> None:
        for key, value in _answers(predictions, asked).items():
            letters = asked.questions[key]
            try:
                record.arrays[Quantity(key)] = _letter(value, letters) if letters else _number(value)
            except (ValueError, TypeError, OverflowError, NotAnArrayError):
                wants = f"one of the letters {', '.join(letters)} in quotes" if letters else "a number"
                record.note("no-answer", f"{key} is {described(value)}, which does not count; it wants {wants}.", key)
        unknown = [str(key) for key in predictions if key not in asked.questions]
        if unknown:
            known = ", ".join(asked.questions)
            record.note("no-question", f"There is no question {unknown[0]!r:.40}; there are {known}.")

    return watched(run, None)


def _answers(predictions: Any, asked: Asked) -> dict[str, Any]:
    """Return the answers that somebody has given, by key.

    Raises:
        Halt: if there are none, or not by key.
    """
    example = f"predictions = {{{next(iter(asked.questions))!r}: ..., ...}}"
    if predictions is None or predictions is Ellipsis:
        raise Halt(Trouble.NOT_ATTEMPTED, "Nothing is guessed yet.")
    if not isinstance(predictions, Mapping):
        raise Halt(
            Trouble.UNUSABLE,
            f"check_predictions expects your answers by the names of their questions, as in {example}; "
            f"it got {described(predictions)}.",
        )
    given = {key: predictions.get(key) for key in asked.questions}
    answers = {key: value for key, value in given.items() if value is not None and value is not Ellipsis}
    if not answers and all(key in given for key in predictions):
        raise Halt(Trouble.NOT_ATTEMPTED, "Nothing is guessed yet.")
    return answers


def _letter(value: Any, letters: str) -> Array:
    typed = value.strip(AROUND).lower() if isinstance(value, str) else ""
    if len(typed) != 1 or typed not in letters:
        raise ValueError
    return np.array(1.0 + letters.index(typed))


def _number(value: Any) -> Array:
    if isinstance(value, bool | np.bool_):
        raise ValueError
    array = as_array(float(value) if isinstance(value, str | Real | Decimal) else value)
    if array.size != 1 or not np.isfinite(array).all():
        raise ValueError
    return array.reshape(())
