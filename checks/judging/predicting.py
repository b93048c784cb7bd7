"""Predictions as the judge sees them: for each question its right answer, and the mistakes that lead to others.

An exercise writes its questions as data; its task, its case and the cells that the audit plays follow from these.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from checks.judging.comparing import Comparison
from checks.judging.reference import Answer, Misconception, Override, Reference
from checks.judging.task import Location, Part, Task, not_complete, those
from checks.judging.verdict import Cause
from checks.numerals import numeral
from checks.observing.observation import TOLERANCE, Array
from checks.observing.predicting import Asked
from checks.observing.quantity import Quantity

NAME = "predictions"
"""The task of every exercise that asks for predictions."""


@dataclass(frozen=True)
class Distractor:
    """A wrong answer with the label of the mistake that leads to it, and the sentence for whoever chose it."""

    answer: float | str
    label: str
    says: str


@dataclass(frozen=True)
class Question:
    """A question with its right answer, a number or a letter of `letters`, and its `distractors`.

    A number counts as equal to another one within `tolerance`. `after` is the part of the notebook that answers the
    question, as "Part 1"; `think` is what may help somebody to answer it before.
    """

    answer: float | str
    after: str
    think: str
    distractors: tuple[Distractor, ...]
    letters: str = ""
    tolerance: float = 0.0

    def number(self, answer: float | str) -> float:
        """Return an answer as it is observed: a letter as its place."""
        return 1.0 + self.letters.index(answer) if isinstance(answer, str) else float(answer)

    def same(self, one: float, other: float) -> bool:
        """Tell whether two observed answers are the same one."""
        return abs(one - other) <= self.tolerance + TOLERANCE["float64"] * abs(other)

    def may_be(self, number: float) -> bool:
        """Tell whether a number can be an observed answer; what comes from elsewhere need not be one."""
        places = range(1, len(self.letters) + 1)
        return bool(np.isfinite(number)) and (not self.letters or number in places)

    def written(self, number: float) -> str:
        """Write an observed answer as it was typed."""
        return self.letters[round(number) - 1] if self.letters else numeral(number, ".6g")

    def distractor(self, number: float) -> Distractor | None:
        """Return the distractor that an observed answer is."""
        return next((d for d in self.distractors if self.same(number, self.number(d.answer))), None)


class _Answers(Reference):
    """The right answers, one step for each question; what somebody's own is near enough to is that one."""

    questions: Mapping[str, Question] = {}

    def answer(self) -> Answer:
        return {Quantity(key): self._near(key, getattr(self, _step(key))()) for key in self.questions}

    def _near(self, key: str, value: float) -> Array:
        own = self.own.get(Quantity(key)) if self.questions[key].tolerance else None
        near = own is not None and own.size == 1 and self.questions[key].same(float(own.ravel()[0]), value)
        return np.array(float(cast(Array, own).ravel()[0]) if near else value)


def _step(key: str) -> str:
    return f"answer_to_{key}"


class Predictions:
    """The questions of a notebook by key, in its order."""

    def __init__(self, questions: Mapping[str, Question]) -> None:
        self.questions = questions
        self._asked = Asked({key: question.letters for key, question in questions.items()})

    def cases(self, seed: int) -> tuple[Asked, ...]:
        """Return the one case: what a notebook shows of its questions."""
        return (self._asked,)

    @property
    def tasks(self) -> dict[str, Task]:
        """The task by its name."""
        where = "; ".join(f"{key} in {question.after}" for key, question in self.questions.items())
        task = Task(
            name=NAME,
            reference=self._reference(),
            misconceptions=tuple(self._misconceptions()),
            praise="Every answer is right",
            hints=(
                "There is no trap and no formula to know. Take the question that you find easiest.",
                "Draw the smallest example that you can think of, and go through it in your head.",
                f"The notebook answers every question: {where}.",
            ),
            locate=self._locate,
            parts=tuple(Part(key, those(_is(key))) for key in self.questions),
            diagnose=self._diagnose,
        )
        return {NAME: task}

    def _reference(self) -> type[Reference]:
        steps = {_step(key): _always(q.number(q.answer)) for key, q in self.questions.items()}
        return type("PredictionsReference", (_Answers,), {"questions": self.questions, **steps})

    def _misconceptions(self) -> Sequence[Misconception]:
        return [
            Misconception(
                label=distractor.label,
                override=Override(_step(key), _instead(question.number(distractor.answer))),
                says=distractor.says,
                look=f"Read the question `{key}` again. What would your answer mean?",
                think=question.think,
            )
            for key, question in self.questions.items()
            for distractor in question.distractors
        ]

    def _locate(self, comparisons: Sequence[Comparison]) -> Location:
        right = [c.quantity for c in comparisons if c.right]
        wrong = self._wrong(comparisons)
        missing = [c.quantity for c in comparisons if not c.right and c.quantity.kind not in wrong]
        if missing and not wrong:
            return not_complete(right, missing)
        meaning = [f"Right: {', '.join(map(str, right))}."] if right else []
        meaning += [f"Still open: {', '.join(map(str, missing))}."] if missing else []
        for key, number in wrong.items():
            question = self.questions[key]
            if question.distractor(number) is None:
                said = f"{key}: {question.written(number)} is not the answer"
                meaning.append(f"{said}; come back to this question after {question.after}.")
        return Location(f"{len(right)} of {len(comparisons)} answers are right.", " ".join(meaning), numbers=False)

    def _diagnose(self, comparisons: Sequence[Comparison]) -> Cause | None:
        """Name the mistake behind every wrong answer that has one."""
        labels, sentences = [], []
        for key, number in self._wrong(comparisons).items():
            distractor = self.questions[key].distractor(number)
            if distractor is not None:
                labels.append(distractor.label)
                sentences.append(f"{key}, your {self.questions[key].written(number)}: {distractor.says}")
        return Cause(tuple(labels), "\n".join(sentences).removesuffix(".")) if labels else None

    def _wrong(self, comparisons: Sequence[Comparison]) -> dict[str, float]:
        """Return the wrong answers by key; what is no answer is missing."""
        came = {c.quantity.kind: c.came for c in comparisons if not c.right and c.came is not None and c.came.size == 1}
        answers = {key: float(array.ravel()[0]) for key, array in came.items()}
        return {key: number for key, number in answers.items() if self.questions[key].may_be(number)}


def _is(key: str) -> Callable[[Quantity], bool]:
    return lambda quantity: quantity.kind == key


def _always(number: float) -> Callable[[Reference], float]:
    return lambda self: number


def _instead(number: float) -> Callable[..., float]:
    return lambda ref, right: number
