"""A notebook's feedback as plain text, for an e-mail and for a screen reader."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from .sheet import Scored, Sheet, explanation, out_of, points_of, state_of

WIDTH = 78


def as_text(sheet: Sheet) -> str:
    """Return the scores, each task's explanation and the comments as plain text in lines of at most 78 signs."""
    blocks = [_head(sheet), *_tasks(sheet), *_scores(sheet), *_comments(sheet)]
    return "\n\n".join(blocks) + "\n"


def _head(sheet: Sheet) -> str:
    lines = [
        f"Feedback on {sheet.notebook} ({sheet.assignment}) for {sheet.student}",
        f"Score: {out_of(sheet.score, sheet.max_score)} points",
    ]
    if sheet.late_penalty:
        lines.append(f"{sheet.late_penalty:g} points are taken off already, because it was handed in late.")
    return "\n".join(_wrapped(line, "") for line in lines)


def _tasks(sheet: Sheet) -> Iterator[str]:
    tasks = sheet.tasks()
    if tasks:
        yield _heading("Your tasks")
    for number, (verdict, cell) in enumerate(tasks, 1):
        symbol, words, _ = state_of(verdict)
        first = f"{number}. {verdict.task}: {symbol} {words}, {points_of(verdict, cell)} points"
        yield "\n".join([_wrapped(first, ""), *(_wrapped(said, "   ") for said in explanation(verdict))])


def _scores(sheet: Sheet) -> Iterator[str]:
    graded = [cell for cell in sheet.cells if cell.score is not None]
    if graded:
        explained = {verdict.grade_id for verdict in sheet.verdicts or ()}
        yield _heading("All scores")
        yield "\n".join(_score(cell, cell.grade_id not in explained, cell.grade_id in sheet.unread) for cell in graded)


def _score(cell: Scored, unexplained: bool, unread: bool) -> str:
    line = f"- {cell.title} ({cell.kind}): {out_of(cell.score or 0, cell.points)}"
    if unread:
        return _wrapped(f"{line}, not graded by a person yet", "", "  ")
    return _wrapped(f"{line}. It ended with {cell.ended}" if cell.ended and unexplained else line, "", "  ")


def _comments(sheet: Sheet) -> Iterator[str]:
    commented = [cell for cell in sheet.cells if cell.comment]
    if commented:
        yield _heading("Comments")
        for cell in commented:
            said = "\n".join(_wrapped(line, "  ") for line in cell.comment.splitlines())
            yield f"- {cell.title}:\n{said}"


def _heading(title: str) -> str:
    return f"{title}\n{'-' * len(title)}"


def _wrapped(text: str, indent: str, further: str | None = None) -> str:
    """Return a paragraph in lines, without signs that would upset a terminal or a mail program."""
    printed = "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)
    further = indent if further is None else further
    lines = [
        textwrap.fill(line, WIDTH, initial_indent=indent, subsequent_indent=further, break_on_hyphens=False)
        for line in printed.splitlines()
    ]
    return "\n".join(lines)
