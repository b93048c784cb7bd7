"""Following a student's own numbers earns nothing for nothing: one rule, tried on every task of every exercise."""

from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from checks.by_hand.case import GIVEN
from checks.frameworks.case import quantity
from checks.judging.judge import judge
from checks.judging.reference import answer_with, needs_own_numbers
from checks.judging.task import Probe
from checks.judging.verdict import State, Verdict
from checks.observing.observation import Observation
from course.audit.exercise import Exercise

EXERCISES = [Exercise(path) for path in sorted(Path("source_notebooks").glob("0[1-6]_*.py"))]
TASKS = [(exercise, task) for exercise in EXERCISES for task in exercise.checks]

WORTHLESS = ("0", "1", "1e-30", "1e30", "-1e30", "huge, random", "tiny, random")
"""From these nothing may follow; from given arrays or random ones something may be computed rightly."""

UNREADABLE = ("nan", "inf", "another shape")
PLAYED = [*product(("given", "random"), range(3)), *product((*WORTHLESS, *UNREADABLE), (0,))]

GUARDED = ("by_hand.following", "by_hand.reference", "frameworks.reference", "softmax_and_nll.counted")
"""Where the engine's rule is asked."""


class Asked(dict):
    """A student's numbers which remember for which of them a reference asks."""

    def __init__(self):
        super().__init__()
        self.names = []

    def __bool__(self):
        return True

    def get(self, name, default=None):
        self.names.append(name)
        return default


def given_arrays(case):
    """Yield the arrays that a case gives to a student, at any depth."""
    if isinstance(case, np.ndarray):
        yield case
    elif isinstance(case, tuple | list | Mapping) or hasattr(case, "__dict__"):
        held = case if isinstance(case, tuple | list) else (case if isinstance(case, Mapping) else vars(case)).values()
        for value in held:
            yield from given_arrays(value)


def filled(how, shape, case, rng):
    """Return what somebody writes without computing anything."""
    if how == "given":
        fitting = [array for array in given_arrays(case) if array.shape == shape]
        return np.array(fitting[rng.integers(len(fitting))]) if fitting else np.zeros(shape)
    if how.endswith("random"):
        return rng.normal(size=shape) * {"huge, random": 1e30, "tiny, random": 1e-12}.get(how, 1.0)
    return rng.normal(size=(*shape, 7)) if how == "another shape" else np.full(shape, float(how))


def steps_taken(case, own):
    """Return the weights after every step of exercise 06, from the gradients that somebody has made up."""
    found = {}
    for kind in ("1", "2"):
        weights = vars(case)[f"W{kind}"]
        for step in range(1, case.steps + 1):
            weights = found[quantity(f"W{kind}", step)] = weights - case.epsilon * own[quantity(f"dE_dW{kind}", step)]
    return found


class Player:
    """Hands in made-up numbers for one task."""

    def __init__(self, exercise, task):
        self.exercise, self.check = exercise, exercise.checks[task]
        self.cases = self.check.cases(0)
        # No mistakes are looked for, since only points matter here.
        self.task = replace(self.check.task(), misconceptions=(), diagnose=lambda _: None)
        self.asked = [Asked() for _ in self.cases]
        answers = map(self._answer, self.cases, self.asked)
        self.right = [{name: value for name, value in answer.items() if value is not None} for answer in answers]
        self.shapes = list(map(self._shapes, self.cases, self.asked, self.right))

    def _answer(self, case, own):
        return answer_with(self.task.reference, (), case, own)

    def _shapes(self, case, asked, right):
        """Return the shapes of all that is asked for, answers to earlier tasks on the same case included."""
        shapes = {}
        for check in self.exercise.checks.values() if asked.names else ():
            if any(case is other for other in check.cases(0)):
                answer = answer_with(check.task().reference, (), case, {})
                shapes |= {name: np.shape(value) for name, value in answer.items() if value is not None}
        shapes |= {name: np.shape(value) for name, value in right.items()}
        return {name: shapes.get(name, ()) for name in (*asked.names, *right) if name != GIVEN}

    def made_up(self, how, seed=0):
        """Return numbers of one kind everywhere, for every case."""
        rng = np.random.default_rng(seed)
        return [
            {name: filled(how, shape, case, rng) for name, shape in shapes.items()}
            | ({GIVEN: case.given} if GIVEN in right else {})
            for case, shapes, right in zip(self.cases, self.shapes, self.right, strict=True)
        ]

    def followed(self, arrays, part):
        """Return these numbers with one part of the task computed rightly from the others."""
        found = []
        for case, right, others in zip(self.cases, self.right, arrays, strict=True):
            names = part.chosen(list(right))
            taken = steps_taken(case, others) if self.exercise.name[:2] == "06" else {}
            own = others | {name: taken[name] for name in names if name in taken}
            for name in names:
                if name not in taken:
                    own[name] = np.asarray(self._answer(case, own)[name])
            found.append(own)
        return found

    def lucky(self, arrays):
        """Return the share of the points for parts that are right by themselves, whatever they were made from."""
        parts = [part for part in self.task.parts if all(map(self._is_right, [part] * len(arrays), self.right, arrays))]
        return sum(part.share for part in parts) / sum(part.share for part in self.task.parts)

    def _is_right(self, part, right, own):
        names = part.chosen(list(right))
        return all(own[name].shape == np.shape(right[name]) and np.allclose(own[name], right[name]) for name in names)

    def earned(self, arrays, earlier=None):
        """Return the points for these numbers, as a share of all."""
        probes = [Probe(case, Observation(own)) for case, own in zip(self.cases, arrays, strict=True)]
        with np.errstate(all="ignore"):
            return judge(self.task, probes, (), earlier or {}).earned


def named(tasks):
    """Return tasks with names for pytest's output."""
    return [pytest.param(exercise, task, id=f"{exercise.name}-{task}") for exercise, task in tasks]


@pytest.mark.parametrize(("exercise", "task"), named(TASKS))
def test_numbers_that_nobody_computed_earn_nothing(exercise, task):
    player = Player(exercise, task)
    for how, seed in PLAYED:
        arrays = player.made_up(how, seed)
        assert player.earned(arrays) <= player.lucky(arrays), (how, seed)


@pytest.mark.parametrize(("exercise", "task"), named((e, t) for e, t in TASKS if e.checks[t].task().pieces))
def test_nor_do_they_after_a_mistake_that_has_been_counted(exercise, task):
    player = Player(exercise, task)
    for piece in player.task.pieces:
        for mistake in exercise.checks[piece].task().misconceptions:
            earlier = {piece: Verdict(piece, State.WRONG, "", labels=(mistake.label,))}
            for how in ("given", "random", "0", "1"):
                assert player.earned(player.made_up(how), earlier) == 0, (mistake.label, how)


def follows(exercise, task):
    """Tell whether numbers are judged from others of the student's.

    04 only keeps some, where several are right, and a guess only tells whether it is near enough itself.
    """
    if exercise.name[:2] == "04" or task == "predictions":
        return False
    reference = exercise.checks[task].task().reference
    return needs_own_numbers(reference, (), exercise.checks[task].cases(0)[0])


@contextmanager
def undefended():
    """Let everything be followed."""
    with pytest.MonkeyPatch.context() as patch:
        for name in GUARDED:
            for rule in ("degenerate", "trivial", "constant"):
                patch.setattr(f"checks.{name}.{rule}", lambda *arguments, **settings: "", raising=False)
        yield


@pytest.mark.parametrize(("exercise", "task"), named((e, t) for e, t in TASKS if follows(e, t)))
def test_nothing_follows_from_worthless_numbers(exercise, task):
    player, attacks = Player(exercise, task), 0
    for how, part in product(WORTHLESS, player.task.parts):
        if (task, how) == ("forward", "1"):
            continue  # the ReLU of 1 is 1, whether that 1 was computed or not
        with undefended(), np.errstate(all="ignore"):
            arrays = player.followed(player.made_up(how), part)
            attacks += player.earned(arrays) > player.lucky(arrays)
        assert player.earned(arrays) <= player.lucky(arrays), (how, part.name)
    assert attacks or task == "ds2_do1", "without the rule something follows; ds2_do1 follows from nothing"
