"""Find what is kept of a class: the folders of its graded submissions, the verdicts in them, and who has none."""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..grading.driver.records import Record, strangeness
from ..grading.driver.refusals import refusals
from ..kept_verdicts import SUFFIX, KeptVerdict, UnusableVerdicts, read_verdicts, verdicts_file
from ..problems import CannotRun, did_you_mean
from .markup import plain

LARGEST_POINTS = 1e6


@dataclass(frozen=True)
class LeftOut:
    """A student whose work the report does not count; `reason` is a clause, `file` the one that it is about.

    Of work that was `refused` nothing is graded before it is put right.
    """

    student: str
    reason: str
    file: str = ""
    refused: bool = False

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}" if self.file else self.reason


@dataclass(frozen=True)
class Graded:
    """The verdicts on one student's notebooks, by notebook."""

    student: str
    verdicts: dict[str, list[KeptVerdict]]


class ClassFolders:
    """The folders of a class for one assignment.

    Raises:
        CannotRun: if the assignment is unknown, or nobody's work on it is graded.
    """

    def __init__(self, course: Any, name: str) -> None:
        self.course = course
        self.name = name
        if not name or name != Path(name).name or name.startswith("."):
            raise CannotRun(f"expected the name of an assignment, not {name!r}; give it as for `course autograde`")
        self.graded = self._folders(course.autograded_directory)
        self.submitted = self._folders(course.submitted_directory)
        self.refused = refusals(Path(course.root), name)
        if not self.graded:
            raise CannotRun(self._nothing())
        self._unreadable: dict[str, str] = {}
        self.notebooks = {student: self._notebooks(student, folder) for student, folder in self.graded.items()}
        self._checked = {
            notebook
            for student, folder in self.graded.items()
            for notebook in self.notebooks[student]
            if os.path.lexists(verdicts_file(folder, notebook))
        }

    @property
    def without_checks(self) -> bool:
        """Whether all that is graded was graded without verdicts, as where no cell is a check."""
        kept = map(Record.read, self.graded.values())
        return all(record and not any(name.endswith(SUFFIX) for name in record.files) for record in kept)

    def students(self) -> Iterator[Graded | LeftOut]:
        """Yield what is known of each student, one at a time, and who handed in but is not graded."""
        for student, folder in self.graded.items():
            yield self._read(student, folder)
        for student in self.submitted.keys() - self.graded.keys():
            why = self.refused.get(student, "not graded yet")
            yield LeftOut(student, f"handed in, but {plain(why, 160)}", refused=student in self.refused)

    def verdicts_of(self, student: str) -> dict[str, list[KeptVerdict]]:
        """Return the verdicts on a graded student's notebooks, by notebook; there are none where no cell is a check.

        Raises:
            CannotRun: if they cannot be used.
        """
        if not self.notebooks[student] & self._checked:
            return {}
        found = self._read(student, self.graded[student])
        if isinstance(found, LeftOut):
            command = f"course autograde {self.name} --student {student} --force"
            raise CannotRun(f"the verdicts on {student} cannot be used ({found}): run `{command}`, and then this again")
        return found.verdicts

    def _read(self, student: str, folder: Path) -> Graded | LeftOut:
        if strange := strangeness(folder):
            return LeftOut(student, f"{plain(strange, 160)}; run `course autograde {self.name}`, which grades it again")
        notebooks = sorted(self.notebooks[student] & self._checked)
        if not notebooks:
            missing = "there is no file of verdicts beside the graded notebook"
            return LeftOut(student, self._unreadable.get(student, missing))
        verdicts = {}
        for notebook in notebooks:
            path = verdicts_file(folder, notebook)
            try:
                verdicts[notebook] = _read_regular(path, self.name)
            except UnusableVerdicts as problem:
                return LeftOut(student, plain(str(problem), 160), plain(path.name, 80))
        return Graded(student, verdicts)

    def _notebooks(self, student: str, folder: Path) -> set[str]:
        """Return the notebooks of a graded submission: a notebook for which nobody has verdicts holds no checks."""
        try:
            names = os.listdir(folder)
        except OSError as problem:
            self._unreadable[student] = f"the folder cannot be read ({problem.strerror})"
            return set()
        suffixes = (SUFFIX, ".ipynb")
        return {name.removesuffix(suffix) for name in names for suffix in suffixes if name.endswith(suffix)}

    def _folders(self, step: str) -> dict[str, Path]:
        pattern = self.course.format_path(step, "(?P<student_id>.*)", self.name, escape=True)
        matcher = re.compile(pattern + r"\Z", re.DOTALL)
        found = {}
        for path in glob.glob(self.course.format_path(step, self.course.student_id, glob.escape(self.name))):
            match = matcher.match(path)
            if match and os.path.isdir(path):
                found[match["student_id"]] = Path(path)
        for excluded in self.course.student_id_exclude.split(","):
            found.pop(excluded, None)
        return dict(sorted(found.items()))

    def _nothing(self) -> str:
        """Say why there is nothing to report on."""
        course, name = self.course, self.name
        known = self._known()
        if name not in known:
            listed = f"; it knows {', '.join(sorted(known))}" if known else ""
            return f"the course has no assignment {plain(name, 60)}{did_you_mean(name, known) or listed}"
        shown = os.path.relpath(course.format_path(course.autograded_directory, "STUDENT", name), course.root)
        return f"nothing of {name} is graded yet: expected folders {shown}/; run `course autograde {name}` first"

    def _known(self) -> set[str]:
        """Return the assignments that were written, released, handed in or graded."""
        course = self.course
        steps = [(course.source_directory, "."), (course.release_directory, ".")]
        steps += [(course.submitted_directory, "*"), (course.autograded_directory, "*")]
        paths = (path for step, who in steps for path in glob.glob(course.format_path(step, who, "*")))
        return {Path(path).name for path in paths if os.path.isdir(path)}


def _read_regular(path: Path, assignment: str) -> list[KeptVerdict]:
    """Return the verdicts of a file that is one, no link and no pipe, and whose points are numbers to reckon with."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise UnusableVerdicts("it is no regular file")
    except FileNotFoundError:
        raise UnusableVerdicts("it is missing") from None
    except OSError as problem:
        raise UnusableVerdicts(f"it cannot be read ({problem.strerror})") from problem
    verdicts = read_verdicts(path, assignment)
    for verdict in verdicts:
        if not (0 <= verdict.points <= LARGEST_POINTS and 0 <= verdict.earned <= LARGEST_POINTS):
            raise UnusableVerdicts(f"a verdict in it gives {verdict.earned!r:.20} of {verdict.points!r:.20} points")
    return verdicts
