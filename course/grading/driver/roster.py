"""Who of the gradebook's students has handed in nothing, and which folder may be theirs all the same."""

import fnmatch
import glob
import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from nbgrader.api import Assignment, Student

from ...quoting import quoted
from .run_gradebook import RunGradebook

ALIKE = 0.7
"""From which likeness on, of at most 1, one name may be meant by another."""

MOST_PAIRS = 10_000
"""So many pairs of names are compared; where there are more, not some are misspelt."""

MOST_NAMED = 60
"""How many of those who have handed in nothing are named in the terminal."""

MOST_LISTED = 3
"""How many of several things that are there are named."""


@dataclass(frozen=True)
class Missing:
    """A student of the gradebook who has handed in nothing: `there` says what is there instead, if anything is.

    `likely` is the folder that may be meant, from the course's on.
    """

    student: str
    there: str = ""
    likely: str = ""


class Roster:
    """The students and the assignments that the gradebook knows, as they are when this is made."""

    def __init__(self, course: Any, gradebook: RunGradebook, name: str) -> None:
        self._course, self._name = course, name
        excluded = course.student_id_exclude.split(",")
        with gradebook.transaction():
            self._known = {
                student.id: bool(student.first_name or student.last_name or student.email or student.lms_user_id)
                for student in gradebook.db.query(Student)
                if fnmatch.fnmatchcase(student.id, course.student_id) and student.id not in excluded
            }
            self._assignments = {found.name for found in gradebook.db.query(Assignment)}

    def missing(self, handed_in: Mapping[str, Path]) -> list[Missing]:
        """Return who has handed in nothing; `handed_in` are the folders of the others by student."""
        gone = sorted(self._known.keys() - handed_in.keys())
        theirs = dict(self._misspelt(gone, handed_in))
        return [self._missing(student, theirs.get(student)) for student in gone]

    def _missing(self, student: str, misspelt: Path | None) -> Missing:
        if misspelt is not None:
            shown = self._shown(misspelt)
            return Missing(student, f"{quoted(shown)} may be theirs: nobody of that name is on the roster", shown)
        expected = Path(self._place(student, self._name))
        others = {name: path for name, path in self._folders_of(student) if name not in self._assignments}
        if near := nearest(self._name, others):
            shown = self._shown(others[near])
            return Missing(student, f"there is {quoted(shown)}, which may be meant", shown)
        if others:
            return Missing(student, f"there is {listed([self._shown(path) for path in others.values()])}")
        with suppress(OSError):
            if not os.listdir(expected.parent) and student in expected.parent.parts:
                return Missing(student, f"the folder {quoted(self._shown(expected.parent))} is empty")
        return Missing(student)

    def _misspelt(self, gone: Sequence[str], handed_in: Mapping[str, Path]) -> Iterator[tuple[str, Path]]:
        """Yield for whom of those who are gone there is the folder of somebody unknown with nearly their name.

        nbgrader adds whoever hands in to the students: who has no name beside those who have is unknown as well.
        """
        unknown = [other for other in handed_in if not self._known.get(other)]
        if len(gone) * len(unknown) > MOST_PAIRS:  # they are called otherwise altogether
            return
        pairs = [
            (likeness(student, other), student, other)
            for student in gone
            for other in unknown
            if self._known[student] or other not in self._known
        ]
        given: set[str] = set()
        for alike, student, other in sorted(pairs, reverse=True):
            if alike >= ALIKE and not given & {student, other}:
                given |= {student, other}
                yield student, handed_in[other]

    def _folders_of(self, student: str) -> Iterator[tuple[str, Path]]:
        """Yield what a student has handed in, by the names of assignments."""
        pattern = re.escape(self._place(student, "\0")).replace(re.escape("\0"), "([^/]*)")
        for path in sorted(glob.glob(self._place(glob.escape(student), "*"))):
            if (match := re.fullmatch(pattern, path)) and os.path.isdir(path):
                yield match[1], Path(path)

    def _place(self, student: str, assignment: str) -> str:
        return str(self._course.format_path(self._course.submitted_directory, student, assignment))

    def _shown(self, path: Path) -> str:
        return os.path.relpath(path, self._course.root)


def likeness(one: str, other: str) -> float:
    """Return how alike two names are, capitals aside, from 0 to 1; what is below `ALIKE` is not told exactly."""
    matcher = SequenceMatcher(None, one.casefold(), other.casefold())
    return least if (least := matcher.quick_ratio()) < ALIKE else matcher.ratio()


def nearest(name: str, others: Collection[str]) -> str:
    """Return the one of some names that may be meant by another; an empty text if none may."""
    best = max(others, key=lambda other: likeness(name, other), default="")
    return best if best and likeness(name, best) >= ALIKE else ""


def listed(names: Sequence[str]) -> str:
    """Return the first of some names that a student may have chosen, as quotations."""
    more = f" and {len(names) - MOST_LISTED} more" if len(names) > MOST_LISTED else ""
    return ", ".join(quoted(name, 80) for name in names[:MOST_LISTED]) + more


def who_is_missing(missing: Sequence[Missing]) -> Iterator[str]:
    """Yield who has handed in nothing, those first of whom more is known."""
    for one in (one for one in missing if one.there):
        yield f"{one.student} has handed in nothing, but {one.there}."
    silent = [one.student for one in missing if not one.there]
    if silent:
        names = ", ".join(silent[:MOST_NAMED])
        more = f" and {len(silent) - MOST_NAMED} more" if len(silent) > MOST_NAMED else ""
        yield f"Nothing handed in by {names}{more}."
