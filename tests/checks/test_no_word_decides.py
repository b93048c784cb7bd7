"""No verdict depends on words: with every sentence, message and name replaced by another, all of them stay."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checks.check import Check
from checks.judging.comparing import Comparison
from checks.judging.reference import Misconception, Variant
from checks.judging.task import Location, Task
from checks.judging.verdict import Cause, Verdict
from checks.observing.lending import look_as_wire, look_from_wire
from checks.observing.looking import Look, Sight
from checks.observing.observation import Note, Observation, Problem
from checks.observing.quantity import Quantity
from checks.observing.wire import as_wire, from_wire
from course.audit.exercise import Exercise

SEED = 4

EXERCISES = [Exercise(path) for path in sorted(Path("source_notebooks").glob("0[1-6]_*.py"))]
TASKS = [(exercise, task) for exercise in EXERCISES for task in exercise.checks]

SENTENCES: dict[type, tuple[str, ...]] = {
    Problem: ("sentence", "message"),
    Note: ("sentence",),
    Comparison: ("remark",),
    Cause: ("sentence", "equation", "convention"),
    Location: ("headline", "meaning"),
    Verdict: ("headline", "location", "problem", "evidence", "next_step"),
}
"""The fields that are written for people only, by what has them."""


def other_words(text: str) -> str:
    """Return words of which no part is one of these; nothing stays nothing."""
    return text and hashlib.sha256(text.encode()).hexdigest().translate(str.maketrans("0123456789", "ghijklmnop"))


def replaced(task: Task) -> Task:
    """Return a task with other words in its registries."""

    def mistake(one: Misconception) -> Misconception:
        says, look, think, equation = map(other_words, (one.says, one.look, one.think, one.equation))
        return replace(one, says=says, look=look, think=think, equation=equation)

    def variant(one: Variant) -> Variant:
        return replace(one, note=other_words(one.note), unfit=lambda cases: other_words(one.unfit(cases)))

    def counted(earlier: Any) -> tuple[Variant, ...]:
        return tuple(map(variant, task.counted(earlier)))

    return replace(
        task,
        misconceptions=tuple(map(mistake, task.misconceptions)),
        variants=tuple(map(variant, task.variants)),
        parts=tuple(replace(part, name=other_words(part.name)) for part in task.parts),
        praise=other_words(task.praise),
        convention=other_words(task.convention),
        objection=lambda *seen: other_words(task.objection(*seen)),
        counted=counted,
    )


@pytest.fixture
def without_words(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A function that replaces all words from now on."""

    def writing(kind: type, fields: tuple[str, ...]) -> Callable[..., None]:
        made = kind.__init__  # type: ignore[misc]

        def make(self: Any, *arguments: Any, **options: Any) -> None:
            made(self, *arguments, **options)
            for field in fields:
                object.__setattr__(self, field, other_words(getattr(self, field)))

        return make

    def replace_all() -> None:
        for kind, fields in SENTENCES.items():
            monkeypatch.setattr(kind, "__init__", writing(kind, fields))
        monkeypatch.setattr(Quantity, "__str__", lambda self: other_words(repr(self)))
        of_check = Check.task
        monkeypatch.setattr(Check, "task", lambda self: replaced(of_check(self)))

    return replace_all


def cells(exercise: Exercise, task: str) -> Iterator[str]:
    """Yield some of what students write: right, wrong in many ways, printed instead of returned, unfinished."""
    solution = exercise.solution(task)
    every = 1 if exercise.forks_well else 6
    yield from (solution, exercise.stubs[task], re.sub(r"return \(?(.*[^,(\n])$", r"print('5')", solution, flags=re.M))
    for kind, step in ((exercise.right, 2), (exercise.mistakes, 5), (exercise.unnamed, 3)):
        yield from list(kind.get(task, {}).values())[:: step * every]
    yield from (cell for name, cell in exercise.right.get(task, {}).items() if "float32" in name)


def judged(exercise: Exercise, task: str, cell: str) -> tuple[Any, ...]:
    """Return state, labels and points of a cell, judged from what has travelled as JSON."""
    check = exercise.checks[task]
    sight = Sight(check, exercise.student(task, cell))
    known: Sequence[Any] = ()

    def at(look: Look) -> list[Observation]:
        nonlocal known
        there = look_from_wire(json.loads(json.dumps(look_as_wire(look))), known)
        known = there.cases
        return [from_wire(json.loads(json.dumps(as_wire(one)))) for one in sight.at(there)]

    verdict = check.judged(check.seen(at, SEED))
    return verdict.state, verdict.labels, verdict.earned, verdict.incomplete


@pytest.mark.parametrize(("exercise", "task"), TASKS, ids=[f"{one.name}-{task}" for one, task in TASKS])
def test_no_verdict_depends_on_words(exercise: Exercise, task: str, without_words: Callable[[], None]) -> None:
    def readable(cell: str) -> bool:
        try:
            compile(cell, "cell", "exec")
        except SyntaxError:
            return False
        return True

    some = list(filter(readable, dict.fromkeys(cells(exercise, task))))
    with_words = [judged(exercise, task, cell) for cell in some]
    assert len(set(with_words)) > 2
    without_words()
    assert [judged(exercise, task, cell) for cell in some] == with_words
