"""Judge what checks saw in the sandbox, and write the verdict into their cells: what they show there is no evidence."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import nbformat

from checks.check import Check, CheckFailed, Incomplete, Seen
from checks.explaining.display import bundle
from checks.explaining.text import as_text, earned_points, headline
from checks.judging.reference import needs_own_numbers
from checks.judging.verdict import Verdict
from checks.observing.wire import NotAnObservation, from_wire

from .graded_checks import GradedCheck
from .released import ReleasedNotebook


@dataclass(frozen=True)
class Judged:
    """What became of one graded check: the verdict, the seed and its cases, or a remark for a person to look at.

    It is `sealed` unless it takes a student's word: a check that follows the student's own earlier numbers gets these
    from the sandbox.
    """

    verdict: Verdict | None = None
    sealed: bool = False
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


def judged(notebook: Any, released: ReleasedNotebook, seen: Mapping[str, Any]) -> dict[str, Judged]:
    """Judge every check of a notebook that has run, by grade_id, and put its report where its cell shows something.

    `seen` has for the cells that ran to their end the seed and what came back. A cell that ended in an error before
    its check could see anything keeps that error.
    """
    found = {}
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id not in released.checks:
            continue
        errors = [output for output in cell.outputs if output.output_type == "error"]
        seed, sent = seen.get(grade_id, (0, None))
        if errors and not sent:
            _show(cell, errors)
            continue
        try:
            check, observed = _last(released.checks[grade_id], sent)
            verdict = check.judged(observed, seed)
        except Exception as problem:  # an observation that nobody honest makes may be anything
            known = isinstance(problem, Unjudged | NotAnObservation | Incomplete)
            why = str(problem) if known else f"the judge cannot make anything of it ({type(problem).__name__})"
            found[grade_id] = Judged(remark=f"the check {grade_id} could not be judged and earns nothing: {why}")
            _show(cell, [_error("NotJudged", f"Not judged: {why}.", f"Not judged: {why}.")])
            continue
        cases = check.cases(seed)
        sealed = not needs_own_numbers(check.task().reference, (), cases[0])
        found[grade_id] = Judged(verdict, sealed, seed, tuple(map(str, cases)))
        _show(cell, _outputs(cell, verdict, released.cells[grade_id].max_score))
    return found


def _last(graded: GradedCheck, sent: Any) -> tuple[Check, list[Seen]]:
    """Return the check that ended last in a cell and what it saw, if it is one that the cell calls."""
    if not isinstance(sent, list) or not sent:
        raise Unjudged("it did not say what it saw")
    match sent[-1]:
        case {"check": str(name), "seen": list(entries)} if name in _possible(graded):
            return _possible(graded)[name], [_seen(entry) for entry in entries]
    raise Unjudged("what it saw belongs to another check")


def _seen(entry: Any) -> Seen:
    match entry:
        case [str(kind), int(index), observation] if not isinstance(index, bool):
            return Seen(kind, index, from_wire(observation))
    raise Unjudged("what it saw is no list of cases")


@cache
def _possible(graded: GradedCheck) -> Mapping[str, Check]:
    """Return the checks that a function of `checks` may run, by the names of their tasks."""
    function = getattr(importlib.import_module(graded.module), graded.function)
    module = importlib.import_module(function.__module__)
    task = graded.function.removeprefix("check_")
    names = (task, *getattr(module, "ALSO", {}).get(task, ()))
    return {name: module.CHECKS[name] for name in names}


def _outputs(cell: Any, verdict: Verdict, points: float) -> list[Any]:
    """Return what a cell shows that ends in a check with points: its report, then the points or an error."""
    report = nbformat.v4.new_output("display_data", data=bundle(verdict, points))
    earned = points if verdict.earned == 1 else earned_points(verdict, points)
    if earned > 0:
        result = {"text/plain": repr(float(earned))}
        count = cell.execution_count
        return [report, nbformat.v4.new_output("execute_result", data=result, execution_count=count)]
    return [report, _error(CheckFailed.__name__, as_text(verdict), headline(verdict))]


def _error(name: str, message: str, line: str) -> Any:
    return nbformat.v4.new_output("error", ename=name, evalue=message, traceback=[line])


def _show(cell: Any, outputs: list[Any]) -> None:
    """Put outputs in the place of those that are taken for grades; what was printed stays, as in nbgrader."""
    printed = [output for output in cell.outputs if output.output_type == "stream"]
    cell.outputs = [*printed, *outputs]
