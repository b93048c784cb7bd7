"""Two mistakes at once, made from the reference: are both named, or one of them, and never another?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from checks.check import Check
    from checks.judging.reference import Answer, Misconception, Override
    from checks.judging.task import Task

ALWAYS_TRUE = {"constant-factor", "unexplained", "wrong-shape", "raised"}
"""Labels that say no more than what was seen."""


@dataclass(frozen=True)
class PairResult:
    """What was said about two mistakes made at once; `wrong` if that names a mistake that was not made."""

    one: str
    other: str
    labels: tuple[str, ...]
    wrong: bool


def alike(one: Answer | None, other: Answer | None) -> bool:
    """Tell whether two answers agree in every quantity; one that cannot be predicted agrees with all."""
    from checks.judging.comparing import agrees, fit

    if one is None or other is None:
        return one is other
    if set(one) != set(other):
        return False
    for name, a in one.items():
        b = other[name]
        if a is None or b is None:
            continue
        fitted = fit(np.asarray(a), np.asarray(b))
        if fitted is None or not agrees(fitted, np.asarray(b)):
            return False
    return True


def all_alike(one: Sequence[Answer | None], other: Sequence[Answer | None]) -> bool:
    """Tell whether the answers to all cases are alike."""
    return all(alike(a, b) for a, b in zip(one, other, strict=True))


def answers_of(task: Task, cases: Sequence[Any]) -> dict[str, list[Answer | None]]:
    """Return the answers of the reference ("right") and of each mistake, by label.

    Mistakes that show only in what a student's own code changed are left out.
    """
    from checks.judging.reference import needs_own_numbers

    follows = needs_own_numbers(task.reference, (), cases[0])
    answers = {"right": _answers(task, (), cases)}
    for mistake in task.misconceptions:
        if follows or not needs_own_numbers(task.reference, (mistake.override,), cases[0]):
            answers[mistake.label] = _answers(task, (mistake.override,), cases)
    return answers


def indistinguishable(task: Task, cases: Sequence[Any]) -> list[tuple[str, str]]:
    """Return the pairs of labels, or of "right" and a label, that agree on every one of some cases.

    Answers that cannot be computed on any of them say nothing.
    """
    answers = answers_of(task, cases)
    said = {label: made for label, made in answers.items() if any(answer is not None for answer in made)}
    return [(a, b) for a, b in combinations(said, 2) if all_alike(said[a], said[b])]


def judged_pairs(check: Check, seed: int, first: str) -> list[PairResult]:
    """Judge every pair of `first` with a mistake that is registered after it."""
    from checks.judging.judge import judge
    from checks.judging.measuring import LABELS
    from checks.judging.task import Probe
    from checks.observing.observation import Observation, Problem, Trouble

    task, cases, more = check.task(), check.cases(seed), check.more_cases(seed)
    single = answers_of(task, [*cases, *more])
    labels = [mistake.label for mistake in task.misconceptions if mistake.label in single]
    mistakes = {mistake.label: mistake for mistake in (*task.reference.slips(), *task.misconceptions)}
    results = []
    for other in labels[labels.index(first) + 1 :] if first in labels else ():
        made = _answers(task, _overrides(mistakes[first], mistakes[other]), [*cases, *more])
        same_as = [label for label, answers in single.items() if all_alike(made, answers)]
        if "right" in same_as:
            continue  # they cancel
        observations = [
            Observation(problems=(Problem(Trouble.RAISED, "It raises."),))
            if answer is None
            else Observation({name: np.asarray(value) for name, value in answer.items() if value is not None})
            for answer in made
        ]
        probes = [Probe(case, seen) for case, seen in zip([*cases, *more], observations, strict=True)]
        with np.errstate(all="ignore"):
            extra = probes[len(cases) :] if any(seen.raised for seen in observations[: len(cases)]) else []
            verdict = judge(task, probes[: len(cases)], extra)
        named = [mistakes[label] for label in verdict.labels if label in mistakes]
        true = set(verdict.labels) <= {first, other, *same_as, *ALWAYS_TRUE, *LABELS}
        if not true and named:  # another explanation of the very same numbers is not wrong
            bases = [(), *((variant.override,) for variant in task.variants)]
            others = [_answers(task, (*base, *_overrides(*named)), [*cases, *more]) for base in bases]
            true = any(all_alike(made, other) for other in others)
        results.append(PairResult(first, other, verdict.labels, not true))
    return results


def _overrides(*mistakes: Misconception) -> tuple[Override, ...]:
    return tuple(mistake.override for mistake in mistakes)


def _answers(task: Task, overrides: tuple[Override, ...], cases: Sequence[Any]) -> list[Answer | None]:
    from checks.judging.reference import answer_with

    return [answer_with(task.reference, overrides, case) for case in cases]
