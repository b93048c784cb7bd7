"""`course explain`: why a student has got the points of a task, from what is kept with the grades, and once more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from .grading.driver.autograding import BECAUSE, autograde, find_root
from .kept_verdicts import KeptVerdict
from .problems import CannotRun, did_you_mean

if TYPE_CHECKING:
    from .grading.driver.run_gradebook import Points
    from .report.folders import ClassFolders

SAME = ("state", "labels", "headline", "location", "problem", "cause", "evidence", "notes", "earned")
"""What must be equal in two verdicts that say the same."""

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class ExplainedTask:
    """One graded cell of a student's: its points, and the verdict of its check or, without one, the error it ended in.

    `again` is the verdict on what was observed once more, if it was.
    """

    cell: str
    points: Points
    verdict: KeptVerdict | None = None
    error: str = ""
    again: KeptVerdict | None = None

    @property
    def changed(self) -> bool:
        """Whether what was observed once more is judged otherwise."""
        return self.again is not None and _said(self.again) != _said(self.verdict)

    def lines(self) -> Iterator[str]:
        """Yield the verdict as the student sees it, its cases, and what came of observing them once more."""
        from .feedback.sheet import out_of, state_of

        verdict, points = self.verdict, self.points
        score = "no points yet" if points.score is None else f"{out_of(points.score, points.most)} points"
        by_hand = ", given by hand" if points.by_hand else ""
        if verdict is None:
            yield f"{self.cell}: {score}{by_hand}" + (f"; it ended with {self.error}" if self.error else "")
            return
        symbol, words, _ = state_of(verdict)
        yield f"{self.cell} ({verdict.task}): {symbol} {words}, {score}{by_hand}"
        yield from _explained(verdict)
        if verdict.cases:
            yield f"  Cases (seed {verdict.seed}): {'; '.join(verdict.cases)}"
        if self.again is not None and self.changed:
            _, words, _ = state_of(self.again)
            yield f"  Observed again on the same cases, it is judged otherwise: {words}, {self.again.earned:g} points"
            yield from (f"  {line}" for line in _explained(self.again))
        elif self.again is not None:
            yield "  Observed again on the same cases: the same."


@dataclass(frozen=True)
class Explained:
    """What there is to say of a student's grade on an assignment; `remarks` are on observing it once more.

    What was handed in `later` than what is graded was refused, for this reason.
    """

    assignment: str
    student: str
    tasks: tuple[ExplainedTask, ...]
    later: str = ""
    remarks: tuple[str, ...] = field(default=())

    @property
    def status(self) -> int:
        """The exit status: 1 if what was observed once more is judged otherwise, or could not be observed, else 0."""
        return int(bool(self.remarks) or any(task.changed for task in self.tasks))

    def lines(self) -> Iterator[str]:
        """Yield everything, line by line."""
        yield f"{self.student}, {self.assignment}"
        if self.later:
            yield f"! What was handed in last was {self.later}; this is on the submission before."
        for task in self.tasks:
            yield ""
            yield from task.lines()
        yield from (f"! {remark}" for remark in self.remarks)


def explain(
    name: str,
    student: str,
    task: str | None = None,
    *,
    replayed: bool = False,
    course_dir: Path | None = None,
    tell: Tell = lambda done, of: None,
) -> Explained:
    """Return why a student has the points of an assignment, or of one task, which a grade_id or its name names.

    With `replayed` what was handed in is observed once more in the sandbox, on the same cases, and nothing is written.

    Raises:
        CannotRun: if nothing is graded, nobody has this name, there is no such task, or what is kept cannot be used.
    """
    root = find_root(course_dir)
    verdicts, points, errors, later = _kept(name, student, root)
    found = [
        ExplainedTask(cell, worth, verdicts.get(cell), errors.get(cell, ""))
        for cell, worth in points.items()
        if task is None or task.casefold() in _names(cell, verdicts.get(cell))
    ]
    if not found:
        known = {short for cell in points for short in _names(cell, verdicts.get(cell)) if "/" not in short}
        listed = f"; there are {', '.join(cell.partition('/')[2] for cell in points)}"
        raise CannotRun(f"{name} has no task {task}{did_you_mean(str(task).casefold(), known) or listed}")
    if not replayed:
        return Explained(name, student, tuple(found), later)
    seeds: dict[str, dict[str, int]] = {}
    for cell, verdict in verdicts.items():
        notebook, _, grade_id = cell.partition("/")
        seeds.setdefault(notebook, {})[grade_id] = verdict.seed
    graded = autograde(
        name,
        course_dir=root,
        students=[student],
        workers=1,
        force=True,
        anyway=True,
        dry_run=True,
        seeds=seeds,
        tell=tell,
    )
    [row] = graded.rows
    rehearsed = (graded.rehearsed or {}).get(student)
    if rehearsed is None:
        return Explained(name, student, tuple(found), later, row.reasons)
    again = {f"{notebook}/{one.grade_id}": one for notebook, ones in rehearsed.verdicts.items() for one in ones}
    remarks = [f"since it was graded, {BECAUSE[part]}" for part in row.because]
    remarks += [
        f"run again, {one}" for one in rehearsed.changes if one.cell not in verdicts and _is_of(one.cell, found)
    ]
    observed = tuple(replace(one, again=again.get(one.cell)) for one in found)
    return Explained(name, student, observed, later, tuple(remarks))


def _is_of(cell: str, tasks: Sequence[ExplainedTask]) -> bool:
    return any(task.cell == cell for task in tasks)


def _kept(
    name: str, student: str, root: Path
) -> tuple[dict[str, KeptVerdict], Mapping[str, Points], Mapping[str, str], str]:
    """Return a student's verdicts, points and errors by cell, as NOTEBOOK/GRADE_ID, and why a later one was refused."""
    from .grading.driver.opening import open_course, open_gradebook
    from .grading.driver.rehearsal import in_order, notebooks_in, said
    from .grading.driver.settings import quiet_log, read_config
    from .report.folders import ClassFolders

    course = open_course(root, read_config(root), quiet_log())
    folders = ClassFolders(course, name)
    if student not in folders.graded:
        raise CannotRun(_not_graded(folders, student))
    kept = folders.verdicts_of(student)
    verdicts = {f"{notebook}/{one.grade_id}": one for notebook, ones in kept.items() for one in ones}
    course.assignment_id = name
    gradebook = open_gradebook(course)
    try:
        with gradebook.transaction():
            points = gradebook.points(name, student)
    finally:
        gradebook.close_all()
    if not points:
        raise CannotRun(f"the gradebook has no grades of {student} for {name}; run `course autograde {name}` first")
    texts = notebooks_in(folders.graded[student])
    return verdicts, in_order(points, texts), said(texts, {}), folders.refused.get(student, "")


def _not_graded(folders: ClassFolders, student: str) -> str:
    if student in folders.submitted:
        command = f"course autograde {folders.name} --student {student}"
        if why := folders.refused.get(student):
            return f"what {student} has handed in for {folders.name} was {why}; put that right and run `{command}`"
        return f"{student} has handed in {folders.name}, but it is not graded yet: run `{command}` first"
    near = did_you_mean(student, folders.graded)
    return f"nothing of {student} is graded for {folders.name}{near}"


def _names(cell: str, verdict: KeptVerdict | None) -> set[str]:
    """Return by which names a graded cell may be asked for."""
    grade_id = cell.partition("/")[2]
    return {
        one.casefold() for one in (cell, grade_id, grade_id.removeprefix("check_"), verdict.task if verdict else "")
    }


def _explained(verdict: KeptVerdict) -> Iterator[str]:
    from .feedback.sheet import explanation

    yield from (f"  {line}" for line in explanation(verdict))
    if verdict.evidence:
        yield f"  {verdict.evidence}"


def _said(verdict: KeptVerdict | None) -> tuple[object, ...]:
    return tuple(getattr(verdict, part, None) for part in SAME)
