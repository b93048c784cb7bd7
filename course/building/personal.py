"""`course release --personal`: a class list in, a file beside the notebook and a key for the teacher out."""

import csv
import json
import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO
from unicodedata import normalize

from ..layout import Layout
from ..problems import CannotRun, did_you_mean
from .sources import has_personal_edition

LONGEST = 255
"""Bytes that the name of a folder may have."""


@dataclass(frozen=True)
class ClassList:
    """The ids of a class in the order of its roster, a CSV file with a column `id` as nbgrader imports it."""

    roster: Path
    students: tuple[str, ...]

    @cached_property
    def digest(self) -> bytes:
        """What tells this class from another one."""
        return "\n".join(self.students).encode()

    def files(self, name: str) -> dict[str, str]:
        """Return the files that belong beside the personal notebook of an exercise, by their names."""
        entries = (f" {json.dumps(key)}: {json.dumps(entry)}" for key, entry in _entries(name, self.students).items())
        return {_variants(name).CLASS_LIST: "{\n" + ",\n".join(entries) + "\n}\n"}

    def write_answers(self, name: str, path: Path) -> None:
        """Write what every student was given and should answer, one row for each.

        Raises:
            CannotRun: if the file cannot be written.
        """
        variants, entries = _variants(name), _entries(name, self.students)
        seeds = {student: entries[variants.fingerprint(student)]["seed"] for student in self.students}
        rows = [{"id": student, "seed": seed} | variants.answer_sheet(seed) for student, seed in seeds.items()]
        try:
            with path.open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, fieldnames=list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
        except OSError as problem:
            raise CannotRun(f"the answers cannot be written to {path}: {problem.strerror}") from None


@cache
def _entries(name: str, students: tuple[str, ...]) -> dict[str, Any]:
    """Return the class list of an exercise, which takes some seconds for a thousand students."""
    entries: dict[str, Any] = _variants(name).class_list(students)
    return entries


def _variants(name: str) -> Any:
    """Return the module that makes the variants of an exercise."""
    return import_module(f"checks.{name.split('_', 1)[-1]}.personal")


def read_roster(path: Path) -> ClassList:
    """Read a class's ids from a CSV file.

    Raises:
        CannotRun: if it cannot be read, has no column `id`, no student, or one twice.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines, rows = _table(file)
    except FileNotFoundError:
        raise CannotRun(f"there is no roster {path}; give a CSV file with a column `id`") from None
    except (OSError, ValueError, csv.Error):
        raise CannotRun(f"the roster {path} cannot be read; save it as CSV in UTF-8, with a column `id`") from None
    columns = list(rows[0]) if rows else []
    if rows and "id" not in columns:
        known = [str(column) for column in columns]
        raise CannotRun(
            f"the roster {path} has no column `id`, only {', '.join(known)}{did_you_mean('id', known)}; "
            "name the column with the students' ids `id`, as nbgrader does, and separate columns by commas"
        )
    students = [str(row["id"] or "").strip() for row in rows]
    if not any(students):
        raise CannotRun(f"the roster {path} has no students; expected a line `id`, then one line for each")
    seen: dict[str, int] = {}
    for line, student in zip(lines, students, strict=True):
        if not _names_a_folder(student):
            raise CannotRun(f"line {line} of the roster {path} has no id that nbgrader takes: {student!r:.80}")
        spelling = normalize("NFC", normalize("NFC", student).casefold())
        if spelling in seen:
            raise CannotRun(
                f"the roster {path} has {student!r} on line {seen[spelling]} and again on line {line}; "
                "delete one of them (capitals do not tell ids apart)"
            )
        seen[spelling] = line
    return ClassList(path, tuple(students))


def _table(file: TextIO) -> tuple[list[int], list[dict[str, str]]]:
    """Return the rows of a CSV file by column, and the line on which each ends; blank lines are left out."""
    reader = csv.DictReader(file)
    while reader.fieldnames is not None and not any(reader.fieldnames):
        reader.fieldnames = None  # a blank line before the names of the columns
    rows = [(reader.line_num, row) for row in reader]
    return [line for line, _ in rows], [row for _, row in rows]


def _names_a_folder(student: str) -> bool:
    """Tell whether a folder can have this name everywhere, as that of a submission."""
    fits = len(student.encode(errors="surrogatepass")) <= LONGEST and student.isprintable()
    return fits and student not in (".", "..") and re.fullmatch(r"[^/\\+]+", student) is not None


def chosen_for(course: Layout, names: list[str]) -> list[str]:
    """Return those of the chosen exercises that have a personal edition.

    Raises:
        CannotRun: if one was named that has none, or there are none.
    """
    chosen = course.chosen(names)
    having = [name for name in chosen if has_personal_edition(course.source(name))]
    without = [name for name in chosen if name not in having]
    if names and without:
        raise CannotRun(
            f"{without[0]} has no personal edition: its source has no cells with the tag `personal`; "
            "name an exercise that has, or none"
        )
    if not having:
        raise CannotRun("no exercise has a personal edition: no source has cells with the tag `personal`")
    return having
