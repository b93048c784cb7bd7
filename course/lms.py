"""The gradebook as a table that a learning platform takes: `nbgrader export --exporter=course.lms.Moodle`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.api import MissingEntry
from nbgrader.plugins import ExportPlugin


class Moodle(ExportPlugin):  # type: ignore[misc]
    """A row for each student, a column for each assignment; empty where nothing was handed in."""

    def export(self, gradebook: Any) -> None:
        """Write the table to `--to`, by default `moodle.csv`."""
        assignments = _chosen(gradebook.assignments, "name", self.assignment)
        _write(
            self.to or "moodle.csv",
            ["username", "email", *(assignment.name for assignment in assignments)],
            ([one.id, one.email or "", *scores] for one, scores in _scores(gradebook, assignments, self.student)),
        )


class Canvas(ExportPlugin):  # type: ignore[misc]
    """Canvas's own columns, the points possible in the second row, and a row for each student.

    The column "ID" is what Canvas gave as its id, kept in the gradebook as `lms_user_id`.
    """

    def export(self, gradebook: Any) -> None:
        """Write the table to `--to`, by default `canvas.csv`."""
        assignments = _chosen(gradebook.assignments, "name", self.assignment)

        def rows() -> Iterator[list[Any]]:
            yield ["    Points Possible", "", "", "", "", *(f"{assignment.max_score:g}" for assignment in assignments)]
            for one, scores in _scores(gradebook, assignments, self.student):
                name = ", ".join(filter(None, (one.last_name, one.first_name))) or one.id
                yield [name, one.lms_user_id or "", "", one.id, "", *scores]

        columns = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
        _write(self.to or "canvas.csv", [*columns, *(assignment.name for assignment in assignments)], rows())


def _scores(gradebook: Any, assignments: list[Any], students: list[str]) -> Iterator[tuple[Any, list[str]]]:
    """Yield the students, all or some, with their scores after penalties; an empty one where nothing was graded."""
    for student in _chosen(gradebook.students, "id", students):
        scores = []
        for assignment in assignments:
            try:
                found = gradebook.find_submission(assignment.name, student.id)
            except MissingEntry:
                scores.append("")
            else:
                scores.append(f"{round(max(0.0, found.score - found.late_submission_penalty), 4):g}")
        yield student, scores


def _chosen(known: Any, key: str, wanted: list[str]) -> list[Any]:
    names = {str(name) for name in wanted}
    return sorted((one for one in known if not names or getattr(one, key) in names), key=lambda one: getattr(one, key))


def _write(place: str, columns: list[str], rows: Iterator[list[Any]]) -> None:
    with Path(place).open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(columns)
        table.writerows(rows)
