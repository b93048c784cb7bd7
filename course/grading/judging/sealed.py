"""Judge what checks saw in the sandbox, and write the verdict into their cells: what they show there is no evidence."""

from __future__ import annotations

import importlib
import io
import secrets
import tarfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

import nbformat

from checks.check import Check, CheckFailed, Incomplete
from checks.explaining.display import bundle
from checks.explaining.text import as_text, earned_points, headline
from checks.judging.task import Probe
from checks.judging.verdict import Verdict
from checks.observing.lending import answered, look_as_wire
from checks.observing.looking import Look
from checks.observing.observation import Note, Observation, Problem
from checks.observing.wire import NotAnObservation, from_wire

from ...quoting import quoted
from ..released import ReleasedNotebook
from .graded_checks import OF_ONES_OWN, GradedCheck

Task = tuple[str, str]
"""An exercise and the name of one of its tasks."""

SEEDS = tuple(secrets.randbelow(1 << 31) for _ in range(8))
"""What the cases of this process's checks are made from; each graded cell gets one of them."""


@dataclass(frozen=True)
class Judged:
    """What became of one graded check: the verdict, the seed and its cases, or a remark for a person to look at."""

    verdict: Verdict | None = None
    seed: int = 0
    cases: tuple[str, ...] = ()
    remark: str = ""


class Unjudged(Exception):
    """What a check is said to have seen cannot be judged; the message is a clause that says why."""


def get_ready(released: ReleasedNotebook) -> None:
    """Import what the judging of a notebook's checks needs."""
    for graded in released.checks.values():
        for check in _possible(graded).values():
            check.task()


class _WantsToSee(Exception):
    """A check has not seen enough yet."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look


def _said(seen: Sequence[list[Observation]]) -> Callable[[Look], list[Observation]]:
    """Return who has seen each look of a check as it was told before, and knows nothing of the next one."""
    told = iter(seen)

    def at(look: Look) -> list[Observation]:
        for observations in told:
            return observations
        raise _WantsToSee(look)

    return at


class Hearings:
    """The hearings of one notebook, whose graded cells run in the order `order`.

    What is lent to one check answers tasks before it. So where a student has moved a check's cell, it is lent nothing
    that answers a task which is still to be judged, and its own task is not judged any more once it was answered.
    `files`, a tar, are the assignment's, among which a list may say which numbers are the student's own. `seeds` are
    those by cell that are not left to chance.
    """

    def __init__(
        self,
        released: ReleasedNotebook,
        order: Sequence[str],
        student: str,
        files: bytes,
        seeds: Mapping[str, int] | None = None,
    ) -> None:
        self._released, self._student, self._files, self._seeds = released, student, files, seeds or {}
        places = {grade_id: place for place, grade_id in enumerate(released.checks)}
        order = [grade_id for grade_id in order if grade_id in places]
        self._moved = set(order) - set(_in_place(order, places))
        self._to_come = {grade_id: _task(released.checks[grade_id]) for grade_id in order}
        self._answered: set[Task] = set()
        self._verdicts: dict[str, Verdict] = {}

    def of(self, grade_id: str | None) -> Hearing | None:
        """Return the hearing of a cell that is about to run, if it is one that calls a check."""
        if grade_id not in self._to_come:
            return None
        graded = self._released.checks[grade_id]
        possible = _personal(graded, self._student, self._files) if graded.personal else _possible(graded)
        own = self._to_come[grade_id]
        fit = {name: check for name, check in possible.items() if self._may_ask(check, own, grade_id)}
        del self._to_come[grade_id]
        for check in fit.values():
            self._answered |= _answers((*check.lends, *check.then_lends))
        why = "its cell stands elsewhere than in the release" if possible and not fit else ""
        return Hearing(fit, why, personal=graded.personal, seed=self._seeds.get(grade_id), verdicts=self._verdicts)

    def _may_ask(self, check: Check, own: Task, grade_id: str) -> bool:
        to_come = _answers(check.lends) & {task for name, task in self._to_come.items() if name not in self._moved}
        if grade_id in self._moved:
            return not to_come and own not in self._answered
        return not to_come or (check.exercise, check.name) == own  # an alternative is not worth an answer


def _in_place(order: Sequence[str], places: Mapping[str, int]) -> list[str]:
    """Return as many cells as possible that stand in the order of the release, so that the others were moved."""
    best: list[list[str]] = []
    for grade_id in order:
        before = (run for run in best if places[run[-1]] < places[grade_id])
        best.append([*max(before, key=len, default=[]), grade_id])
    return max(best, key=len, default=[])


def _task(graded: GradedCheck) -> Task:
    """Return the exercise and the name of the task that a graded cell is about."""
    name, possible = graded.function.removeprefix("check_"), _possible(graded)
    return possible[name].exercise if name in possible else graded.module, name


@cache
def _answers(parts: tuple[str, ...]) -> frozenset[Task]:
    """Return the tasks that parts which are lent answer."""
    return frozenset((part.split(".")[1], task) for part in parts for task in answered(part))


class Hearing:
    """What the judge asks of a graded cell's check, look by look, until it has seen enough to judge and to explain.

    `possible` are the checks that the cell may call by the names of their tasks, and `looks` the first look of each;
    if there are none, `why` says why. `verdicts` are those on earlier tasks of the notebook, by name; a mistake that
    was counted there counts once, and its own is added.
    """

    def __init__(
        self,
        possible: Mapping[str, Check],
        why: str,
        *,
        personal: bool,
        seed: int | None = None,
        verdicts: dict[str, Verdict] | None = None,
    ) -> None:
        self.seed = secrets.choice(SEEDS) if seed is None else seed
        self.check: Check | None = None
        remembering = _remembering.__wrapped__ if personal else _remembering
        self._possible = {name: remembering(check) for name, check in possible.items()}
        first_look = _first_look.__wrapped__ if personal else _first_look
        self.looks = {name: first_look(check, self.seed) for name, check in self._possible.items()}
        self._seen: list[list[Observation]] = []
        self._verdicts = {} if verdicts is None else verdicts
        self._verdict: Verdict | None = None
        self._wrong: Sequence[Probe] = ()
        self._why = why or "it did not say what it saw"

    @property
    def silent(self) -> bool:
        """Whether nothing has come from the cell's check."""
        return self.check is None

    @property
    def judged(self) -> bool:
        """Whether there is a verdict, so that a further look only explains."""
        return self._verdict is not None

    def next_look(self, sent: Any) -> dict[str, Any] | None:
        """Take what was seen in the last look, and return the next one for the wire, or None if that was all."""
        try:
            if self._verdict is not None:
                self._explain(sent)
                return None
            if self.check is None:
                self.check, sent = self._begun(sent)
            self._seen.append(_observations(sent))
            self._judge(*self.check.seen(_said(self._seen), self.seed))
        except _WantsToSee as wish:
            return look_as_wire(wish.look)
        except (Unjudged, NotAnObservation, Incomplete) as problem:
            self._why = str(problem)
        except Exception as problem:  # an observation that nobody honest makes may be anything
            self._why = _beyond(problem)
        return None

    def _judge(self, first: Sequence[Probe], extra: Sequence[Probe]) -> None:
        """Judge what was seen, and ask for the lines of what is wrong.

        Raises:
            _WantsToSee: where they may show where.
        """
        assert self.check is not None
        self._wrong = first
        verdict = self.check.judged((_quoted(first), _quoted(extra)), self._verdicts)
        self._verdict = self._verdicts[self.check.name] = verdict
        self.check.with_margin(verdict, first, _said(()))

    def _explain(self, sent: Any) -> None:
        """Add to the verdict where in the student's lines it goes wrong; what comes of them changes nothing else."""
        assert self.check is not None
        assert self._verdict is not None
        with suppress(Exception):  # it comes from the student's process
            self._verdict = self.check.with_margin(self._verdict, self._wrong, _said([_observations(sent)]))

    def _begun(self, sent: Any) -> tuple[Check, Any]:
        match sent:
            case None:
                raise Unjudged(self._why)
            case {"check": str(name), "seen": list(seen)} if name in self._possible:
                return self._possible[name], seen
        raise Unjudged("what it saw belongs to another check")

    @property
    def verdict(self) -> Verdict:
        """The verdict.

        Raises:
            Unjudged: if there can be none.
        """
        if self._verdict is None:
            raise Unjudged(self._why)
        return self._verdict


def _quoted(probes: Sequence[Probe]) -> list[Probe]:
    """Return probes in which the sentences, which have come from the student's process, are told as quotations."""

    def quoting(told: Problem | Note) -> Any:
        return replace(told, sentence=told.sentence and f"The notebook says: {quoted(told.sentence)}")

    def of(observation: Observation) -> Observation:
        problems, notes = (tuple(map(quoting, some)) for some in (observation.problems, observation.notes))
        return replace(observation, problems=problems, notes=notes)

    return [replace(probe, observation=of(probe.observation)) for probe in probes]


@cache
def _remembering(check: Check) -> Check:
    """Return a check that makes its cases once for each seed: what is right on them is then computed once, too."""
    return replace(check, cases=lru_cache(len(SEEDS))(check.cases), more_cases=lru_cache(len(SEEDS))(check.more_cases))


@lru_cache(maxsize=1000)
def _first_look(check: Check, seed: int) -> dict[str, Any]:
    return look_as_wire(check.first_look(seed))


def _observations(sent: Any) -> list[Observation]:
    if not isinstance(sent, list):
        raise Unjudged("what it saw is no list of cases")
    return [from_wire(entry) for entry in sent]


def _beyond(problem: Exception) -> str:
    return f"the judge cannot make anything of it ({type(problem).__name__})"


def judged(notebook: Any, released: ReleasedNotebook, hearings: Mapping[str, Hearing]) -> dict[str, Judged]:
    """Judge every check of a notebook that has run, by grade_id, and put its report where its cell shows something.

    A cell that ended in an error before its check could see anything keeps that error.
    """
    found: dict[str, Judged] = {}
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id not in released.checks:
            continue
        errors = [output for output in cell.outputs if output.output_type == "error"]
        hearing = hearings.get(grade_id)
        if errors and (hearing is None or hearing.silent):
            _show(cell, errors)
            continue
        try:
            if hearing is None:
                raise Unjudged("it did not say what it saw")
            verdict = hearing.verdict
        except Unjudged as why:
            found[grade_id] = Judged(remark=f"the check {grade_id} could not be judged and earns nothing: {why}")
            _show(cell, [_error("NotJudged", f"Not judged: {why}.", f"Not judged: {why}.")])
            continue
        assert hearing.check is not None
        cases = tuple(filter(None, map(str, hearing.check.cases(hearing.seed))))
        found[grade_id] = Judged(verdict, hearing.seed, cases)
        _show(cell, _outputs(cell, verdict, released.cells[grade_id].max_score))
    return found


@cache
def _possible(graded: GradedCheck) -> Mapping[str, Check]:
    """Return the checks that a function of `checks` may run, by the names of their tasks; none if there is no such."""
    with suppress(ImportError, AttributeError, KeyError):
        function = getattr(importlib.import_module(graded.module), graded.function)
        module = importlib.import_module(function.__module__)
        task = graded.function.removeprefix("check_")
        names = filter(None, (task, module.CHECKS[task].of_functions))
        return {name: module.CHECKS[name] for name in names}
    return {}


def _personal(graded: GradedCheck, student: str, files: bytes) -> Mapping[str, Check]:
    """Return the check for a student's own numbers; nothing if there are none for this student."""
    own = importlib.import_module(f"{graded.module}.{OF_ONES_OWN}")
    task = graded.function.removeprefix("check_")
    with suppress(ValueError), tarfile.open(fileobj=io.BytesIO(files)) as tar:
        listed = tar.extractfile(own.CLASS_LIST) if own.CLASS_LIST in tar.getnames() else None
        if listed is not None:
            return {task: own.network_of(student, listed.read()).checks[task]}
    return {}


def _outputs(cell: Any, verdict: Verdict, points: float) -> list[Any]:
    """Return what a cell shows that ends in a check with points: its report, then the points or an error."""
    report = _output("display_data", data=bundle(verdict, points), metadata={})
    earned = points if verdict.earned == 1 else earned_points(verdict, points)
    if earned > 0:
        result = {"text/plain": repr(float(earned))}
        count = cell.execution_count
        return [report, _output("execute_result", data=result, metadata={}, execution_count=count)]
    return [report, _error(CheckFailed.__name__, as_text(verdict), headline(verdict))]


def _error(name: str, message: str, line: str) -> Any:
    return _output("error", ename=name, evalue=message, traceback=[line])


def _output(kind: str, **parts: Any) -> Any:
    """Return an output, which nbformat would look up in its schema."""
    return nbformat.from_dict({"output_type": kind, **parts})


def _show(cell: Any, outputs: list[Any]) -> None:
    """Put outputs in the place of those that are taken for grades; what was printed stays, as in nbgrader."""
    printed = [output for output in cell.outputs if output.output_type == "stream"]
    cell.outputs = [*printed, *outputs]
