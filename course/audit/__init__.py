"""Are the checks themselves right? Every exercise is tried in both directions, and what comes out is counted."""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..layout import Layout, find_course
from ..problems import ProblemsFound
from .exercise import Exercise
from .forks import Outcome, run_forked
from .trials import Trial, answers, trials

SECONDS = 60.0
"""How long one trial may take; a mutant that loops for ever ends as a killed one."""

SECONDS_MORE = 2.0
"""How much longer a process may take for every further trial that it runs."""


@dataclass
class Audit:
    """What came out for one exercise.

    `faults` holds a sentence for each thing that is wrong. `counts` tells how many trials of each kind there were,
    `mutants` and `written` what became of mutants and of slips written as code, `confusion` how often each mistake got
    which label.
    """

    name: str
    faults: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    mutants: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    confusion: dict[str, dict[str, Counter[str]]] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """Return everything, ready for JSON."""
        return {
            "name": self.name,
            "faults": self.faults,
            "trials": dict(self.counts),
            "mutants": dict(self.mutants),
            "pairs": dict(self.pairs),
            "written": dict(self.written),
            "confusion": {
                task: {label: dict(counts) for label, counts in rows.items()} for task, rows in self.confusion.items()
            },
        }


def audit(
    names: Iterable[str] = (),
    *,
    seeds: int = 3,
    root: Path | None = None,
    tell: Callable[[int, int], None] = lambda done, of: None,
    processes: int | None = None,
) -> list[Audit]:
    """Audit some exercises, or all of them, over a number of seeds; `tell` hears how many trials are done.

    Raises:
        CannotRun: if there is no such exercise or no course, or an exercise has no checks.
    """
    layout = find_course(root)
    exercises = [Exercise(layout.source(name)) for name in layout.chosen(names)]
    for exercise in exercises:
        exercise.module  # noqa: B018 - says early which one has no checks
    audits = {exercise.name: Audit(exercise.name, _static_faults(layout, exercise)) for exercise in exercises}
    planned = [(audits[exercise.name], trial) for exercise in exercises for trial in trials(exercise, seeds)]
    for result, trial in planned:  # in the order of the registry, not in that of the clock
        if trial.kind == "mistake":
            result.confusion.setdefault(trial.task, {}).setdefault(trial.name.partition("/")[0], Counter())
    workers = processes or os.cpu_count() or 1
    tell(0, len(planned))
    with TemporaryDirectory() as scratch:
        _get_warm(exercises, seeds, Path(scratch))
        for done, (index, outcome) in enumerate(_outcomes([trial for _, trial in planned], workers), start=1):
            _count(*planned[index], outcome)
            tell(done, len(planned))
    for result in audits.values():
        result.faults.sort()
    return list(audits.values())


def _outcomes(planned: list[Trial], processes: int) -> Iterator[tuple[int, Outcome]]:
    """Run all trials, as many in one process as each of them allows.

    Trials of a group whose process hangs or crashes are run once more, alone.
    """
    groups: list[list[int]] = []
    for index, trial in enumerate(planned):
        if groups and len(groups[-1]) < min(trial.together, planned[groups[-1][-1]].together):
            groups[-1].append(index)
        else:
            groups.append([index])
    alone = []
    for number, outcome in run_forked(
        [_all_of(planned, group) for group in groups],
        processes=processes,
        seconds=[SECONDS + SECONDS_MORE * (len(group) - 1) for group in groups],
    ):
        group = groups[number]
        if outcome.status == "done":
            yield from ((i, Outcome(*ended)) for i, ended in zip(group, outcome.value, strict=True))
        elif len(group) == 1:
            yield group[0], outcome
        else:
            alone.extend(group)
    each = [SECONDS] * len(alone)
    for number, outcome in run_forked([planned[i].run for i in alone], processes=processes, seconds=each):
        yield alone[number], outcome


def _all_of(planned: list[Trial], group: list[int]) -> Callable[[], Any]:
    """Return a job that runs some trials and gives the status and value of each."""

    def ended(trial: Trial) -> tuple[str, Any]:
        try:
            return "done", trial.run()
        except Exception as error:  # as where a mutant cannot even be defined; the others of its group go on
            return "crash", repr(error)

    return lambda: [ended(planned[index]) for index in group]


def _get_warm(exercises: Iterable[Exercise], seeds: int, scratch: Path) -> None:
    """Import and compute what all trials need, so that forked processes have it; without threads, which die in a fork.

    Every solution is tried, which makes the cases and their right answers, and a few wrong ones; all are judged later.
    Where that cannot be forked, the exercise gets ready in its own way, with a folder `scratch` for the time of the
    audit.
    """
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import torch

    torch.set_num_threads(1)
    for exercise in exercises:
        exercise.before_forks(scratch)
        for task in exercise.checks if exercise.forks_well else ():
            with contextlib.suppress(Exception):
                subject = exercise.student(task, exercise.solution(task))
                for seed in range(seeds):
                    exercise.checks[task].verdict(subject, seed)
                for cell in list(exercise.unnamed.get(task, {}).values())[:3]:  # looks at every mistake and pair
                    exercise.checks[task].verdict(exercise.student(task, cell))


def _static_faults(layout: Layout, exercise: Exercise) -> list[str]:
    """Return what is wrong without running anything: broken rules, points that disagree, leaks in the release."""
    from ..building.freshness import was_paired
    from ..building.proof import contents_faults, leaks
    from ..building.sources import read_source

    try:
        source = read_source(exercise.source, layout.shown(exercise.source))
        source = replace(source, paired=was_paired(layout, exercise.name))
    except ProblemsFound as found:
        return [str(problem) for problem in found.problems]
    tasks = {cell.grade_id for cell in source.cells if cell.is_task}
    faults = [
        f"{task}: has a check in {exercise.module.__name__}, but no cell" for task in set(exercise.checks) - tasks
    ]
    faults += [
        f"{task}: has a cell, but no check in {exercise.module.__name__}" for task in tasks - set(exercise.checks)
    ]
    faults += [
        f"{task}: students type answers to it, but there is no check in {exercise.module.__name__}"
        for task in set(exercise.answers.by_task) - set(exercise.checks)
    ]
    built = layout.exercises / exercise.name
    problems = [*contents_faults(source, layout.root / "checks"), *(leaks(source, built) if built.is_dir() else ())]
    return [*faults, *map(str, problems)]


def _count(result: Audit, trial: Trial, outcome: Outcome) -> None:
    """Add one outcome to what is known of its exercise."""
    result.counts[trial.kind] += 1
    fault = trial.judge(outcome)
    if fault:
        result.faults.append(f"{trial.task}, {trial.kind} {trial.name}: {fault}")
    if trial.kind == "mutant":
        result.mutants[_fate(outcome)] += 1
    elif trial.kind == "mistake":
        row = result.confusion[trial.task][trial.name.partition("/")[0]]
        for answer in answers(outcome):
            row["+".join(answer.labels) or answer.state] += 1
    elif trial.kind == "pairs" and outcome.status == "done":
        for one, other, labels, _ in outcome.value:
            both, one_of_them = {one, other} <= set(labels), bool({one, other} & set(labels))
            result.pairs["both named" if both else "one named" if one_of_them else "located or equal to another"] += 1
    elif trial.kind == "written" and outcome.status == "done":
        result.written.update(said for _, said in outcome.value)


def _fate(outcome: Outcome) -> str:
    """Tell what became of a mutant."""
    if outcome.status != "done":
        return outcome.status
    return "survived" if any(answer.earned >= 1 for answer in answers(outcome)) else "rejected"
