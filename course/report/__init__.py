"""`course report`: what the class got wrong, as a page and as tables, from the verdicts kept with the grades."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ..grading.driver.autograding import find_root
from ..problems import CannotRun
from .attempt_logs import Attempts
from .folders import ClassFolders, Graded, LeftOut
from .markup import plain
from .page import page
from .spreadsheets import mistakes_csv, students_csv, tasks_csv
from .tally import Tally
from .wording import count, number, percent, points
from .writing import write_all

if TYPE_CHECKING:
    from ..grading.driver.roster import Missing

FOLDER = "reports"
PAGE = "report.html"
BOM = "\ufeff"
"""It tells a spreadsheet that a CSV file is in UTF-8."""

MOST_NAMED = 60
"""How many students who are left out are named one by one in the terminal."""

Tell = Callable[[str, str], None]


@dataclass(frozen=True)
class Report:
    """A report that was written: on what, where, and who is not in it."""

    assignment: str
    page: Path
    students: int
    mean: float
    out_of: float
    left_out: tuple[LeftOut, ...]
    missing: tuple[Missing, ...] = ()

    @property
    def status(self) -> int:
        """The exit status: 1 if somebody was left out, else 0."""
        return int(bool(self.left_out))

    def lines(self) -> Iterator[str]:
        """Yield what the command says, line by line."""
        for one in self.left_out[:MOST_NAMED]:
            yield f"! {plain(one.student, 120)} is left out: {one}"
        if len(self.left_out) > MOST_NAMED:
            yield f"! and {len(self.left_out) - MOST_NAMED} more are left out"
        if not all(one.refused for one in self.left_out):
            yield f"To have them in: course autograde {self.assignment} --force, and then this again."
        if self.missing:
            from ..grading.driver.roster import who_is_missing

            yield from who_is_missing(self.missing)
        share = percent(self.mean, self.out_of)
        mean = f"{number(self.mean)} of the checks' {points(self.out_of)} on average ({share})"
        yield f"{self.assignment}: {count(self.students, 'student')}, {mean}."
        yield f"Report: {_typed(self.page)}"


def _typed(path: Path) -> str:
    """Return a path as a user would type it here."""
    return os.path.relpath(path) if path.resolve().is_relative_to(Path.cwd()) else str(path)


def report(
    name: str,
    *,
    out: Path | None = None,
    names: bool = False,
    course_dir: Path | None = None,
    tell: Tell = lambda name, step: None,
) -> Report:
    """Write the report on a graded assignment to `out` (`reports/NAME/` of the course if None).

    Students are numbered by their results, the best first, unless `names`. `tell` hears how far it is.

    Raises:
        CannotRun: if there is nothing to report on, or the report cannot be written.
    """
    folders = _class_folders(name, find_root(course_dir))
    tally, left_out = _counted(folders, tell)
    attempts = _attempts(folders, tally, tell)
    called = [row.student if names else f"student {place}" for place, row in enumerate(tally.ordered(), 1)]
    missing = _missing(folders)
    folder = out or Path(folders.course.root) / FOLDER / name
    tell(name, "writing the report")
    write_all(
        folder,
        {
            "tasks.csv": BOM + tasks_csv(tally),
            "mistakes.csv": BOM + mistakes_csv(tally),
            "students.csv": BOM + students_csv(tally, called),
            PAGE: page(name, tally, attempts, left_out, missing, called, names=names),
        },
    )
    return Report(name, folder / PAGE, tally.size, tally.mean, tally.out_of, tuple(left_out), tuple(missing))


def _class_folders(name: str, root: Path) -> ClassFolders:
    from ..grading.driver.opening import open_course  # nbgrader takes a second: a wrong folder is told before
    from ..grading.driver.settings import quiet_log, read_config

    return ClassFolders(open_course(root, read_config(root), quiet_log()), name)


def _missing(folders: ClassFolders) -> list[Missing]:
    from ..grading.driver.opening import open_gradebook
    from ..grading.driver.roster import Roster

    folders.course.assignment_id = folders.name
    try:
        gradebook = open_gradebook(folders.course)
    except CannotRun:  # verdicts alone make a report
        return []
    try:
        return Roster(folders.course, gradebook, folders.name).missing(folders.submitted)
    finally:
        gradebook.close_all()


def _counted(folders: ClassFolders, tell: Tell) -> tuple[Tally, list[LeftOut]]:
    tally = Tally()
    left_out: list[LeftOut] = []
    for place, found in enumerate(folders.students()):
        if place % 50 == 0:
            tell(folders.name, f"reading verdicts, {place} of {len(folders.graded)}")
        if isinstance(found, Graded):
            tally.add(found)
        else:
            left_out.append(found)
    if not tally.tasks:
        raise CannotRun(_nothing_usable(folders, tally, left_out))
    return tally, sorted(left_out, key=lambda one: one.student)


def _nothing_usable(folders: ClassFolders, tally: Tally, left_out: list[LeftOut]) -> str:
    name = folders.name
    if tally.rows or folders.without_checks:
        return f"no graded cell of {name} is a check, so there are no verdicts to report on; see nbgrader's formgrader"
    reason, many = Counter(str(one) for one in left_out).most_common(1)[0]
    return (
        f"no verdicts on {name} can be used (of {count(len(left_out), 'student')}; {many} of them: {reason}); "
        f"`course autograde {name} --force` keeps verdicts on every graded cell that is a check: run it, and then this"
    )


def _attempts(folders: ClassFolders, tally: Tally, tell: Tell) -> Attempts:
    tell(folders.name, "reading logs of attempts")
    wanted = {(task.exercise, task.name) for task in tally.tasks.values()}
    attempts = Attempts()
    now = datetime.now(UTC)
    for row in tally.rows:
        if row.student in folders.submitted:
            attempts.add(folders.submitted[row.student], wanted, now)
    return attempts
