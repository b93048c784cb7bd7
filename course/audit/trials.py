"""What the audit tries on a task: solution, stub, styles, mistakes, pairs of mistakes and mutants."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from .exercise import Exercise
from .forks import Outcome
from .mutants import mutants
from .pairs import indistinguishable, judged_pairs
from .written import WHAT_BECAME, Writing, heard, written

if TYPE_CHECKING:
    from checks.judging.verdict import Verdict

PARTS = 8
"""Into how many processes the pairs of a task are divided: what one has computed, its next pairs use again."""

SHARES = 400
"""Of so many shares of the slips that can be made in a task, one is written for each seed."""

TOGETHER = 30
"""How many trials share a process: forking takes nearly as long as one of them."""

TOGETHER_WHERE_SLOW = 1000
"""How many do where a library takes seconds to start and cannot be forked."""


class Answer(NamedTuple):
    """What a check said of a cell: plain data, for it comes from another process as a list."""

    state: str
    labels: Sequence[str]
    earned: float
    explained: bool
    seed: int

    @classmethod
    def of(cls, verdict: Verdict, seed: int) -> Answer:
        """Return what is kept of a verdict."""
        return cls(str(verdict.state), verdict.labels, verdict.earned, verdict.cause is not None, seed)


def answers(outcome: Outcome) -> list[Answer]:
    """Return what a check said of a cell for each seed; nothing if trying it has hung or crashed."""
    return [Answer(*answer) for answer in outcome.value] if outcome.status == "done" else []


def _end(outcome: Outcome) -> str:
    """Say how a trial has ended that did not come to its end, with the error that stopped it."""
    return f"ends in a {outcome.status}" + (f" ({outcome.value:.200})" if isinstance(outcome.value, str) else "")


@dataclass(frozen=True)
class Trial:
    """One thing to try: `kind` and `name` say what, `run` does it and returns plain data, `judge` tells what is wrong.

    `run` happens in a process of its own. `judge` gets what it returned and answers with a sentence, or "" if all is
    as it should be. Its process runs at most `together` trials, this one among them.
    """

    task: str
    kind: str
    name: str
    run: Callable[[], Any]
    judge: Callable[[Outcome], str]
    together: int = 1


def trials(exercise: Exercise, seeds: int) -> Iterator[Trial]:
    """Yield all trials of an exercise, the longest first."""
    for trial in _trials(exercise, seeds):
        if trial.kind != "pairs" or not exercise.forks_well:
            trial = replace(trial, together=TOGETHER if exercise.forks_well else TOGETHER_WHERE_SLOW)
        yield trial


def _trials(exercise: Exercise, seeds: int) -> Iterator[Trial]:
    for task in exercise.checks:
        yield from _pairs(exercise, task)
    for task in exercise.checks:
        yield from _mistakes(exercise, task, seeds)
        yield from _right(exercise, task, seeds)
        yield from _mutants(exercise, task)
        yield _stub(exercise, task)
        yield _hints(exercise, task)
        yield from _distinguishable(exercise, task, seeds)
        yield from _written(exercise, task, seeds)
        for name, cell in exercise.unnamed.get(task, {}).items():
            judge = partial(_named_truly, exercise.slips.get(task, {}).get(name, []))
            yield Trial(task, "unnamed", name, _verdicts(exercise, task, cell, (0,)), judge)


class Turns:
    """Deals out the seeds: a few for each student's cell, so that all of them together see every seed."""

    EACH = 2

    def __init__(self, seeds: int):
        self._seeds, self._position = seeds, 0

    def next(self) -> tuple[int, ...]:
        """Return the seeds for the next cell."""
        chosen = tuple((self._position + i) % self._seeds for i in range(min(self.EACH, self._seeds)))
        self._position += len(chosen)
        return chosen


def _verdicts(exercise: Exercise, task: str, cell: str | None, seeds: Sequence[int]) -> Callable[[], Any]:
    """Return a job that gives an `Answer` on a cell for every seed."""

    def run() -> Any:
        subject = exercise.student(task, exercise.solution(task) if cell is None else cell)
        return [Answer.of(exercise.checks[task].verdict(subject, seed), seed) for seed in seeds]

    return run


def _rejected_or_not(exercise: Exercise, task: str, cell: str) -> Callable[[], Any]:
    """Return a job that judges a cell on the first case alone and, if that is full marks, on all; no cause is sought.

    What one case rejects, all of them reject.
    """

    def run() -> Any:
        import numpy as np

        from checks.judging.judge import judge

        check, subject = exercise.checks[task], exercise.student(task, cell)
        unexplained = replace(check.task(), diagnose=lambda comparisons: None)
        for some in (replace(check, cases=lambda seed: check.cases(seed)[:1], more_cases=lambda seed: ()), check):
            with np.errstate(all="ignore"):
                verdict = judge(unexplained, *some.probes(subject))
            if verdict.earned < 1:
                break
        return [Answer.of(verdict, 0)]

    return run


def _right(exercise: Exercise, task: str, seeds: int) -> Iterator[Trial]:
    def judge(outcome: Outcome) -> str:
        if outcome.status != "done":
            return f"a right solution {_end(outcome)}"
        bad = [answer for answer in answers(outcome) if answer.state != "right" or answer.earned != 1]
        return f"a right solution is rejected: {bad[0].state}, {bad[0].labels}, with seed {bad[0].seed}" if bad else ""

    turns = Turns(seeds)
    yield Trial(task, "solution", "the solution", _verdicts(exercise, task, None, range(seeds)), judge)
    for name, cell in exercise.right.get(task, {}).items():
        yield Trial(task, "style", name, _verdicts(exercise, task, cell, turns.next()), judge)


def _mistakes(exercise: Exercise, task: str, seeds: int) -> Iterator[Trial]:
    typed = {name.partition("/")[0] for name in exercise.mistakes.get(task, {})}
    registered = {mistake.label for mistake in exercise.checks[task].task().misconceptions}
    for label in sorted(typed ^ registered):
        sentence = "is registered, but no student makes it" if label in registered else "is made, but not registered"
        yield _fault(task, label, f"this mistake {sentence}")
    turns = Turns(seeds)
    for name, cell in exercise.mistakes.get(task, {}).items():

        def judge(outcome: Outcome, label: str = name.partition("/")[0]) -> str:
            if outcome.status != "done":
                return _end(outcome)
            said = answers(outcome)
            bad = [answer for answer in said if answer.labels != [label] or answer.earned >= 1]
            if bad:
                return f"gets {bad[0].labels or bad[0].state} with {len(bad)} of {len(said)} seeds"
            earned = sorted({answer.earned for answer in said})
            return f"earns {' or '.join(map(str, earned))}, as the seed will have it" if len(earned) > 1 else ""

        yield Trial(task, "mistake", name, _verdicts(exercise, task, cell, turns.next()), judge)


def _fault(task: str, name: str, sentence: str) -> Trial:
    """Return a trial that only says what is wrong with the registry."""
    return Trial(task, "registry", name, lambda: None, lambda _: sentence)


def _rejected(outcome: Outcome) -> str:
    return "a wrong solution is accepted" if any(answer.earned >= 1 for answer in answers(outcome)) else ""


def _named_truly(declared: Sequence[str], outcome: Outcome) -> str:
    """Judge a cell that was written without a name: it is told none, or the slips that were declared for it."""
    if outcome.status != "done":
        return _end(outcome)
    said = {tuple(answer.labels) if answer.explained else () for answer in answers(outcome)}
    if _rejected(outcome) or said <= {tuple(declared)}:
        return _rejected(outcome)
    [*named] = said - {tuple(declared)}
    return f"is called {list(named[0])}; declared under `# %% slips` is {list(declared) or 'nothing'}"


def _mutants(exercise: Exercise, task: str) -> Iterator[Trial]:
    declared = exercise.equivalent.get(task, {})
    unheard_of = dict.fromkeys(declared)  # two mutants may be the same change of the same line in two places
    for mutant in mutants(exercise.solution(task)):
        reason = declared.get(mutant.change)
        unheard_of.pop(mutant.change, None)

        def judge(outcome: Outcome, equivalent: bool = reason is not None) -> str:
            survived = bool(_rejected(outcome))
            if survived and not equivalent:
                return "it survives; mend the check or declare it equivalent, with a reason"
            return "declared equivalent, but the check rejects it" if equivalent and not survived else ""

        kind = "equivalent mutant" if reason is not None else "mutant"
        yield Trial(task, kind, mutant.change, _rejected_or_not(exercise, task, mutant.source), judge)
    for change in unheard_of:
        yield _fault(task, change, "declared equivalent, but there is no such mutant")


def _stub(exercise: Exercise, task: str) -> Trial:
    def judge(outcome: Outcome) -> str:
        states = [answer.state for answer in answers(outcome)] or [outcome.status]
        return "" if states == ["not attempted"] else f"the untouched stub is {states[0]!r} instead of 'not attempted'"

    return Trial(task, "stub", "the stub", _verdicts(exercise, task, exercise.stubs[task], (0,)), judge)


def _hints(exercise: Exercise, task: str) -> Trial:
    def run() -> Any:
        from checks.explaining.hints import hints_for
        from checks.judging.verdict import State, Verdict

        known = exercise.checks[task].task()
        about = [None, *(Verdict(task, State.WRONG, "", labels=(m.label,)) for m in known.misconceptions)]
        return [list(hints_for(known, verdict)) for verdict in about]

    def judge(outcome: Outcome) -> str:
        hints = outcome.value if outcome.status == "done" else [[]]
        enough = all(len(set(some)) == len(some) >= 3 and all(some) for some in hints)
        return "" if enough else "not every mistake has three hints or more, each another one"

    return Trial(task, "hints", "the hints", run, judge)


def _distinguishable(exercise: Exercise, task: str, seeds: int) -> Iterator[Trial]:
    def on_all_cases(seed: int) -> Any:
        check = exercise.checks[task]
        return [
            [*pair, f"seed {seed}"]
            for pair in indistinguishable(check.task(), [*check.cases(seed), *check.more_cases(seed)])
        ]

    def on_each_case() -> Any:
        check, declared = exercise.checks[task], {frozenset(pair) for pair in exercise.alike.get(task, {})}
        drawn = [check.cases(seed) for seed in range(min(seeds, 5))]
        return [
            [*pair, str(case)]
            for case in (case for cases in drawn if len(cases) > 1 for case in cases)
            for pair in indistinguishable(check.task(), [case])
            if frozenset(pair) not in declared
        ]

    def judge(outcome: Outcome) -> str:
        if outcome.status != "done":
            return f"comparing the mistakes {_end(outcome)}"
        pairs = "; ".join(f"{a} and {b} on {case}" for a, b, case in outcome.value[:5])
        return f"these look alike: {pairs}; change the case or declare them alike, with a reason" if pairs else ""

    if exercise.alike:  # an exercise that declares what single cases leave alike wants each of them looked at
        yield Trial(task, "distinguishable", "each case", on_each_case, judge)
    for first in range(0, seeds, 5):

        def run(some: range = range(first, min(first + 5, seeds))) -> Any:
            return [pair for seed in some for pair in on_all_cases(seed)]

        yield Trial(task, "distinguishable", f"all cases from seed {first}", run, judge)


def _written(exercise: Exercise, task: str, seeds: int) -> Iterator[Trial]:
    found = exercise.answers.by_task.get(task)
    if found is None or not found.written:
        return
    writing = Writing(found.written, found.quantities)

    def judge(outcome: Outcome) -> str:
        if outcome.status != "done":
            return f"writing slips {_end(outcome)}"
        faults = [f"{' with '.join(labels)} {said}" for labels, said in outcome.value if said not in WHAT_BECAME]
        return "; ".join(faults[:3])

    for seed in range(min(seeds, SHARES)):

        def run(seed: int = seed) -> Any:
            check = exercise.checks[task]
            return [
                [[slip.label for slip in slips], heard(check, exercise.student(task, cell), slips, seed, writing)]
                for slips, cell in written(writing, check.task(), seed, SHARES)
            ]

        yield Trial(task, "written", f"slips of seed {seed}", run, judge)


def _pairs(exercise: Exercise, task: str) -> Iterator[Trial]:
    def judge(outcome: Outcome) -> str:
        if outcome.status != "done":
            return _end(outcome)
        wrong = [pair for pair in outcome.value if pair[3]]
        return f"{wrong[0][0]} with {wrong[0][1]} gets {wrong[0][2]}" if wrong else ""

    labels = [mistake.label for mistake in exercise.checks[task].task().misconceptions[:-1]]
    for part in range(PARTS):

        def run(firsts: tuple[str, ...] = tuple(labels[part::PARTS])) -> Any:
            pairs = [pair for first in firsts for pair in judged_pairs(exercise.checks[task], 0, first)]
            return [[pair.one, pair.other, list(pair.labels), pair.wrong] for pair in pairs]

        yield Trial(task, "pairs", f"part {part + 1} of {PARTS}", run, judge)
