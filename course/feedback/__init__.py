"""`course feedback`: the page that each student gets back, with what every check found and no hidden test in it."""

from __future__ import annotations

import glob
import os
import re
import shutil
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import chdir, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..kept_verdicts import SUFFIX, KeptVerdict, UnusableVerdicts, read_verdicts, verdicts_file
from ..kernel import own_tools
from ..layout import importable
from ..problems import CannotRun, did_you_mean
from .apart import TookTooMuch, side_by_side

if TYPE_CHECKING:
    from nbgrader.coursedir import CourseDirectory

    from ..grading.driver.run_gradebook import RunGradebook
    from .pages import Pages
    from .sheet import Sheet

Tell = Callable[[str, str], None]

MOST_NAMED = 5
"""How many students are named in a sentence about them."""


@dataclass(frozen=True)
class StudentFeedback:
    """What became of one student's feedback: "made", "unchanged" or "not made", for which there is a reason.

    `unsummarised` names the notebooks whose page has no summary of the tasks, each with the reason. `strange` says why
    what the page shows is not from `course autograde`, if it is not.
    """

    student: str
    state: str
    reason: str = ""
    unsummarised: Mapping[str, str] = field(default_factory=dict)
    strange: str = ""


@dataclass(frozen=True)
class Feedback:
    """The feedback of a class on an assignment; `place` is where it lies, for any STUDENT."""

    assignment: str
    place: str
    rows: tuple[StudentFeedback, ...]

    @property
    def status(self) -> int:
        """The exit status: 1 if some could not be made, else 0."""
        return int(any(row.state == "not made" for row in self.rows))

    def lines(self) -> Iterator[str]:
        """Yield what the command says: who has no feedback and why, which pages have no summary, how many there are."""
        for row in self.rows:
            if row.reason:
                yield f"! {row.student}: {row.reason}"
        missing = Counter((name, why) for row in self.rows for name, why in row.unsummarised.items())
        for (name, why), number in missing.items():
            pages = "1 page has" if number == 1 else f"{number} pages have"
            yield f"{name}: {pages} no summary of the tasks, because of {name}{SUFFIX}: {why}."
        for why in dict.fromkeys(row.strange for row in self.rows if row.strange):
            who = [row.student for row in self.rows if row.strange == why]
            more = f" and {len(who) - MOST_NAMED} more" if len(who) > MOST_NAMED else ""
            yield (
                f"{', '.join(who[:MOST_NAMED])}{more}: {why}. So there is no summary of the tasks, and the page shows "
                f"what that has left; `course autograde {self.assignment}` grades it again."
            )
        states = Counter(row.state for row in self.rows)
        counts = ", ".join(f"{states[state]} {state}" for state in ("made", "unchanged", "not made") if states[state])
        yield f"{self.assignment}: feedback for {len(self.rows)} ({counts}), in {self.place}/."


def feedback(
    name: str,
    *,
    course_dir: Path | None = None,
    students: Sequence[str] = (),
    force: bool = False,
    tell: Tell = lambda name, step: None,
) -> Feedback:
    """Make the feedback on an assignment for all who are graded, or for some, and return what became of each.

    It is nbgrader's page with a summary of the tasks and without hidden tests, and the same as text. What is there
    already and has not changed is left alone unless `force`. `tell` hears what is being done.

    Raises:
        CannotRun: if it cannot start: no such assignment, nothing graded yet, a student without a graded submission.
    """
    from ..grading.driver.autograding import find_root

    root = find_root(course_dir)
    tell(name, "opening the course")
    with own_tools(), warnings.catch_warnings(), chdir(root), importable(root):
        return _made(root, name, students, force, tell)


def _made(root: Path, name: str, students: Sequence[str], force: bool, tell: Tell) -> Feedback:
    from nbgrader.preprocessors import getgrades

    from ..grading.driver.opening import open_course, open_gradebook
    from ..grading.driver.run_gradebook import used_by
    from ..grading.driver.settings import quiet_log, read_config
    from .pages import Pages

    warnings.simplefilter("ignore")  # of nbgrader, SQLAlchemy and nbconvert about themselves
    log = quiet_log()
    config = read_config(root)
    course = open_course(root, config, log)
    course.assignment_id = name
    gradebook = open_gradebook(course)
    try:
        notebooks, sources = _assignment(gradebook, name)
        pages = Pages(course, config, log, sources)
        graded = _graded(course, gradebook, students)

        def maker() -> Callable[[str, Any], str]:
            its_own = open_gradebook(course)  # no connection to a database outlives a fork

            def make(student: str, sheets: Any) -> str:
                with its_own.transaction(), used_by(its_own, [getgrades]):
                    return pages.make(student, sheets)

            return make

        rows: dict[str, StudentFeedback] = {}
        making: set[str] = set()

        def calls() -> Iterator[tuple[str, tuple[Any, ...]]]:
            for student in graded:
                with gradebook.transaction():
                    row, sheets = _prepared(pages, course, gradebook, student, notebooks, sources, force)
                rows[student] = row
                if sheets:
                    making.add(student)
                    yield student, (student, sheets)
                else:
                    tell(name, f"feedback {len(rows) - len(making)} of {len(graded)}")

        for student, reason, problem in side_by_side(maker, calls(), os.cpu_count() or 1):
            making.discard(student)
            tell(name, f"feedback {len(rows) - len(making)} of {len(graded)}")
            if isinstance(problem, TookTooMuch):
                reason = pages.given_up(student, str(problem))
            elif problem is not None:
                raise problem
            if reason:
                rows[student] = StudentFeedback(student, "not made", reason, strange=rows[student].strange)
    finally:
        gradebook.close_all()
    place = course.format_path(course.feedback_directory, "STUDENT", name)
    return Feedback(
        name, str(Path(place).relative_to(root)) if place.startswith(str(root)) else place, tuple(rows.values())
    )


def _assignment(gradebook: RunGradebook, name: str) -> tuple[dict[str, dict[str, dict[str, bool]]], tuple[str, ...]]:
    """Return what each cell of each notebook of an assignment is, and the sources of all as their author wrote them."""
    from nbgrader.api import MissingEntry

    with gradebook.transaction():
        try:
            assignment = gradebook.find_assignment(name)
        except MissingEntry:
            known = [assignment.name for assignment in gradebook.assignments]
            listed = f"; it knows {', '.join(known)}" if known else ""
            raise CannotRun(f"the gradebook knows no assignment {name}{did_you_mean(name, known) or listed}") from None
        notebooks: dict[str, dict[str, dict[str, bool]]] = {}
        for notebook in assignment.notebooks:
            kinds = notebooks.setdefault(notebook.name, {})
            for kind in ("grade", "solution", "task"):
                for cell in getattr(notebook, f"{kind}_cells"):
                    kinds.setdefault(cell.name, {"grade": False, "solution": False, "task": False})[kind] = True
        return notebooks, tuple(cell.source or "" for one in assignment.notebooks for cell in one.source_cells)


def _graded(course: CourseDirectory, gradebook: RunGradebook, students: Sequence[str]) -> list[str]:
    """Return the students with a graded submission, all or those asked for by their ids or patterns of them."""
    from ..grading.driver.opening import matching

    name = course.assignment_id
    folder = course.autograded_directory
    pattern = re.compile(course.format_path(folder, "(?P<student_id>.*)", name, escape=True) + r"\Z", re.DOTALL)
    found = glob.glob(course.format_path(folder, course.student_id, glob.escape(name)))
    matches = (pattern.match(path) for path in found if Path(path).is_dir())
    everyone = {match["student_id"] for match in matches if match}
    everyone -= set(course.student_id_exclude.split(","))
    everyone &= set(gradebook.submission_ids(name))
    if not everyone:
        raise CannotRun(
            f"nothing of {name} is graded yet, so there is no feedback: run `course autograde {name}` first"
        )
    wanted: set[str] = set()
    for student in students or everyone:
        if not (chosen := matching(student, everyone)):
            near = did_you_mean(student, everyone) or f"; run `course autograde {name}` first"
            raise CannotRun(f"{student} has no graded submission of {name}{near}")
        wanted.update(chosen)
    return sorted(wanted)


def _prepared(
    pages: Pages,
    course: CourseDirectory,
    gradebook: RunGradebook,
    student: str,
    notebooks: Mapping[str, Mapping[str, Any]],
    sources: tuple[str, ...],
    force: bool,
) -> tuple[StudentFeedback, dict[str, Sheet]]:
    """Return a student's row if all goes well, and what the pages are made from; nothing if there are none to make."""
    from ..grading.driver.records import strangeness
    from .sheet import Sheet

    graded, made = pages.folders(student)
    present = [notebook for notebook in notebooks if (graded / f"{notebook}.ipynb").exists()]
    if not present:
        shutil.rmtree(made, ignore_errors=True)
        reason = f"there is no graded notebook; run `course autograde {course.assignment_id}`"
        return StudentFeedback(student, "not made", reason), {}
    strange = strangeness(graded)
    if not force and pages.is_current(student, present):
        return StudentFeedback(student, "unchanged", strange=strange), {}
    sheets: dict[str, Sheet] = {}
    unsummarised: dict[str, str] = {}
    for notebook in present:
        verdicts, why = (None, "") if strange else _verdicts(graded, course.assignment_id, notebook)
        if why:
            unsummarised[notebook] = why
        sheets[notebook] = Sheet(
            student,
            course.assignment_id,
            notebook,
            sources,
            notebooks[notebook],
            verdicts,
            pages.delimiters,
            _unread(gradebook, student, course.assignment_id, notebook, notebooks[notebook]),
        )
    return StudentFeedback(student, "made", "", unsummarised, strange), sheets


def _unread(
    gradebook: RunGradebook, student: str, name: str, notebook: str, kinds: Mapping[str, Any]
) -> tuple[str, ...]:
    """Return the cells that a person has still to grade."""
    from nbgrader.api import MissingEntry

    unread = []
    for grade_id, kind in kinds.items():
        with suppress(MissingEntry):
            if kind["grade"] or kind["task"]:
                grade = gradebook.find_grade(grade_id, notebook, name, student)
                unread += [grade_id] if grade.needs_manual_grade else []
    return tuple(unread)


def _verdicts(folder: Path, assignment: str, notebook: str) -> tuple[tuple[KeptVerdict, ...] | None, str]:
    """Return the kept verdicts on a notebook and no reason, or None and the reason why there are none to use."""
    try:
        return tuple(read_verdicts(verdicts_file(folder, notebook), assignment)), ""
    except UnusableVerdicts as problem:
        absent = not verdicts_file(folder, notebook).exists()
        return None, f"{problem}, as it is where no cell calls these checks" if absent else str(problem)
