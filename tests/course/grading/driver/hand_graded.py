"""The plain course's class after one round of grading: points and comments of a person's are in the gradebook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.course.grading.gradebooks import cells, rows
from tests.course.grading.plain_course import NAME, RIGHT, WRONG_TOTAL, PlainCourse, make

NOT_YET = "def mean(numbers):\n    raise NotImplementedError"
HALF = "def mean(numbers):\n    return sorted(numbers)[len(numbers) // 2]"
KINDS: tuple[dict[str, str], ...] = ({}, {"total": WRONG_TOTAL}, {"mean": NOT_YET}, {"mean": HALF, "why": "So!"})
STUDENTS = tuple(f"student-{number:02}" for number in range(12))
CHANGED = STUDENTS[::2]
"""Those who hand in once more."""


def handed_in(folder: Path, seconds: float = 0.0) -> PlainCourse:
    """Return the course with a class that has handed in, every fourth student alike; each takes so long to grade."""
    course = make(folder)
    slow = f"{RIGHT['add']}\nimport time\ntime.sleep({seconds})"
    for number, student in enumerate(STUDENTS):
        place = course.hand_in(student, course.solved(**KINDS[number % len(KINDS)], add=slow))
        (place / "timestamp.txt").write_text(f"2026-03-{number + 1:02} 12:00:00 UTC")
    return course


def hand_in_again(course: PlainCourse) -> None:
    """Have half of the class hand in something else, a day later."""
    for number, student in enumerate(CHANGED):
        place = course.hand_in(student, course.solved(**KINDS[(number + 1) % len(KINDS)], add="add = int.__add__"))
        (place / "timestamp.txt").write_text(f"2026-04-{number + 1:02} 12:00:00 UTC")


def grade_by_hand(course: PlainCourse) -> None:
    """Give points and comments as a person does in Formgrader, to some of the class."""
    from nbgrader.api import Gradebook

    with Gradebook(course.url, "plain") as gradebook:
        for number, student in enumerate(STUDENTS[:8]):
            answer = gradebook.find_grade("why", NAME, NAME, student)
            answer.manual_score, answer.needs_manual_grade = number / 2, False
            gradebook.find_comment("why", NAME, NAME, student).manual_comment = f"Dear {student}, see me."
        overruled = gradebook.find_grade("test_add", NAME, NAME, STUDENTS[0])
        overruled.manual_score, overruled.extra_credit = 1.5, 0.5
        gradebook.db.commit()


def by_hand(course: PlainCourse) -> dict[str, list[Any]]:
    """Return everything in the gradebook that only a person can have written."""
    written = {"grade": ("manual_score", "extra_credit"), "comment": ("manual_comment",)}
    found = rows(course.url)
    return {
        table: [
            (dict(row)["id"], value) for row in found[table] for column, value in row if column in columns and value
        ]
        for table, columns in written.items()
    }


def outcome(course: PlainCourse) -> dict[str, Any]:
    """Return all that a run leaves: the gradebook's rows, the graded cells, and the names of the files."""
    folder = course.root / "autograded"
    return {
        "gradebook": rows(course.url),
        "cells": {path.parts[-3]: cells(path) for path in sorted(folder.rglob("*.ipynb"))},
        "files": sorted(path.relative_to(course.root).as_posix() for path in course.root.rglob("*")),
    }
