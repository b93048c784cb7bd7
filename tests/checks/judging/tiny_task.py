"""A task that knows no exercise: multiply by a slope, tabulate, add a shift, average the squares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from checks.judging.judge import judge
from checks.judging.reference import Misconception, Override, Reference, Variant, answer_with
from checks.judging.task import Part, Probe, Task, those
from checks.judging.verdict import Verdict
from checks.observing.observation import Array, Note, Observation, Problem, Trouble
from checks.observing.quantity import Quantity

PRODUCT, TABLE, SUM, LOSS = Quantity("product", 1), Quantity("table", 1), Quantity("sum", 2), Quantity("loss")
STAGES = {PRODUCT: 0, TABLE: 1, SUM: 1, LOSS: 2}


@dataclass(frozen=True, eq=False)
class Case:
    """Inputs `x`, a slope and a shift; `answer` is what `Fixed` answers."""

    name: str = "a case"
    x: Array = field(default_factory=lambda: np.array([1.0, -2.0, 4.0]))
    slope: float = 3.0
    shift: float = 5.0
    precision: type = np.float64
    answer: Any = None

    def __str__(self) -> str:
        return self.name

    @property
    def dimensions(self) -> dict[str, int]:
        """The number of inputs counts as that of samples."""
        return {"N": len(self.x)}

    def dtype(self) -> np.dtype[Any]:
        """What the student's code was given."""
        return np.dtype(self.precision)


CASES = (
    Case("the first case"),
    Case("the second case", np.array([0.5, 2.0]), -1.5, 0.7),
    Case("the third case", np.array([2.0, 1.0, -1.0, 7.0]), 0.3, -2.0),
)


class Line(Reference):
    """The steps of the task."""

    column_fits = frozenset({SUM})

    def product(self) -> Array:
        return self.case.slope * self.case.x

    def table(self, product: Array) -> Array:
        return np.outer(product, self.case.x + 1)

    def sum(self, product: Array) -> Array:
        return product + self.case.shift

    def loss(self, total: Array) -> Array:
        return np.array(np.mean(total**2))

    def answer(self) -> dict[Quantity, Array | None]:
        product = self.product()
        total = self.sum(product)
        return {PRODUCT: product, TABLE: self.table(product), SUM: total, LOSS: self.loss(total)}


class Fixed(Reference):
    """Answers what its case says."""

    def answer(self) -> dict[Quantity, Array | None]:
        return self.case.answer


def misconception(label: str, step: str, otherwise: Any, equation: str = "") -> Misconception:
    return Misconception(label, Override(step, otherwise), f"if {label}", "Look.", "Think.", equation)


def impossible(*_: Any) -> Array:
    """A step that cannot be done."""
    raise ValueError


NO_SHIFT = misconception("no-shift", "sum", lambda ref, right, product: product, "(2)")
STEEP = misconception("steep", "product", lambda ref, right: right() ** 2, "(1)")
CRASH = misconception("crash", "sum", impossible)
NEGATED = Variant("negated", Override("product", lambda ref, right: -right()), "The sign is a convention.")
TASK = Task(
    "line",
    Line,
    (NO_SHIFT, STEEP),
    "Every number is right",
    ("Look.", "Think.", "Do."),
    parts=(Part("the products", those(lambda q: q.layer == 1)), Part("the rest", those(lambda q: q.layer != 1), 2)),
    stage=STAGES.__getitem__,
)


def seen(
    *overrides: Override,
    cases: Sequence[Case] = CASES,
    problems: Sequence[Trouble] = (),
    notes: Sequence[Note] = (),
    without: Sequence[Quantity] = (),
    reference: type[Reference] = Line,
    **changed: Any,
) -> list[Probe]:
    """Return what is observed of somebody who does steps otherwise, and changes quantities with functions by kind."""
    found = []
    for case in cases:
        answer = dict(answer_with(reference, overrides, case) or {})
        arrays = {q: changed.get(q.kind, np.array)(a) for q, a in answer.items() if a is not None and q not in without}
        troubles = tuple(Problem(trouble, f"What about {trouble}?") for trouble in problems)
        found.append(Probe(case, Observation(arrays, troubles, tuple(notes))))
    return found


def compared(right: dict[Quantity, Any], came: dict[Quantity, Any], **settings: Any) -> Verdict:
    """Judge numbers by fixed ones, on one case."""
    probe = Probe(
        Case(answer={q: np.array(a) for q, a in right.items()}),
        Observation({q: np.array(a) for q, a in came.items()}),
    )
    return judge(Task("fixed", Fixed, (), "Right", (), **settings), [probe])
