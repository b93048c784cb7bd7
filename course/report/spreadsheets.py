"""The report's tables as CSV: everything that the page shows, in full."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from .markup import plain
from .tally import NOTHING, Tally
from .wording import SYMBOLS, percent

Field = str | int | float

FORMULA = re.compile(r"(^|;)(\s*+[=+@-])")
"""What begins a formula, at the beginning of a cell."""


def tasks_csv(tally: Tally) -> str:
    """Return how each task went."""
    rows: list[list[Field]] = [["task", "points", "students", *SYMBOLS, "pass rate", "mean points"]]
    for task in tally.tasks.values():
        states = tally.states(task)
        row: list[Field] = [tally.titles[task.key], task.points, tally.size]
        row += [states[state] for state in SYMBOLS]
        row += [percent(states["right"], tally.size), round(task.earned / max(tally.size, 1), 2)]
        rows.append(row)
    return _csv(rows)


def mistakes_csv(tally: Tally) -> str:
    """Return the mistakes, the most frequent first."""
    rows: list[list[Field]] = [
        ["task", "mistake", "students", "share", "points lost", "explanation", "equation", "where it starts", "example"]
    ]
    for mistake in tally.mistakes:
        usual = mistake.usual
        row: list[Field] = [mistake.task, mistake.label, mistake.students, percent(mistake.students, tally.size)]
        row.append(round(mistake.lost, 2))
        rows.append([*row, usual.sentence, usual.equation, usual.where, usual.example])
    return _csv(rows)


def students_csv(tally: Tally, names: Sequence[str]) -> str:
    """Return what every student has for every task; `names` are what the students are called, in their order."""
    titles = tally.titles
    header: list[Field] = ["student", "total", "out of"]
    for title in titles.values():
        header += [f"{title}: points", f"{title}: state", f"{title}: mistakes"]
    return _csv(_student_rows(tally, names, header))


def _student_rows(tally: Tally, names: Sequence[str], header: list[Field]) -> Iterator[list[Field]]:
    yield header
    out_of = round(tally.out_of, 2)
    keys = list(tally.tasks)
    for name, row in zip(names, tally.ordered(), strict=True):
        written: list[Field] = [plain(name, 200), round(row.total, 2), out_of]
        for key in keys:
            cell = row.cells.get(key, NOTHING)
            written += [round(cell.earned, 2), cell.state, "; ".join(cell.labels)]
        yield written


def _csv(rows: Iterator[list[Field]] | list[list[Field]]) -> str:
    written = io.StringIO()
    writer = csv.writer(written)
    for row in rows:
        writer.writerow([harmless(field) if isinstance(field, str) else field for field in row])
    return written.getvalue()


def harmless(text: str) -> str:
    """Return text that a spreadsheet does not take for a formula, also where semicolons part its cells.

    >>> harmless("=HYPERLINK(1)"), harmless("backward"), harmless("one; =two()")
    ("'=HYPERLINK(1)", 'backward', "one;' =two()")
    """
    return FORMULA.sub(r"\1'\2", text)
