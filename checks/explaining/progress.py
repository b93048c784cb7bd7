"""`progress()`: what of a notebook is done, as a table that follows the checks as they run."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

from checks.contents import Contents
from checks.explaining.display import show_bundle
from checks.explaining.look import COLOURS, FONT, SYMBOLS, WORDS
from checks.explaining.text import earned_points
from checks.judging.verdict import State
from checks.session import SESSION, Attempts

_NOT_RUN = ("○", "Not checked yet")


@dataclass(frozen=True)
class Standing:
    """How one task stands."""

    task: str
    section: str
    points: float
    earned: float
    state: State | None

    @property
    def symbol(self) -> str:
        """A sign that tells the states apart without colour."""
        if self.state is State.WRONG and self.earned:
            return "◐"
        return _NOT_RUN[0] if self.state is None else SYMBOLS[self.state]

    @property
    def word(self) -> str:
        """The state in words."""
        if self.state is State.WRONG and self.earned:
            return "Partly right"
        return _NOT_RUN[1] if self.state is None else WORDS[self.state]


def rows(contents: Contents) -> list[Standing]:
    """Return how each task of a notebook stands in this session."""
    found = []
    for name, item in contents.tasks.items():
        attempts = SESSION.attempts.get((contents.exercise, name))
        verdict = attempts.verdict if attempts else None
        earned = earned_points(verdict, item.points) if verdict else 0.0
        found.append(Standing(name, item.section, item.points, earned, verdict.state if verdict else None))
    return found


def show_progress(contents: Contents) -> None:
    """Show the table; in a notebook it is brought up to date after every check until the next call."""
    update = show_bundle(_bundle(contents), updatable=True)
    if update is None:
        return

    def follow(attempts: Attempts) -> None:
        if attempts.exercise == contents.exercise:
            update(_bundle(contents))

    SESSION.listeners[f"progress of {contents.exercise}"] = follow


def _bundle(contents: Contents) -> dict[str, Any]:
    return {"text/plain": progress_text(contents), "text/html": progress_html(contents)}


def _summary(found: list[Standing]) -> str:
    right = sum(row.state is State.RIGHT for row in found)
    earned, points = sum(row.earned for row in found), sum(row.points for row in found)
    return f"{right} of {len(found)} tasks right, {earned:g} of {points:g} points"


def _written(contents: Contents) -> str:
    return (
        f"{contents.written:g} more points are for written answers, which a person marks." if contents.written else ""
    )


def progress_text(contents: Contents) -> str:
    """Return the table as plain text."""
    found = rows(contents)
    width = max(len(row.task) for row in found)
    lines = [f"  {row.symbol} {row.task:{width}}  {row.earned:4g} of {row.points:<4g} {row.word}" for row in found]
    return "\n".join(filter(None, [f"Progress: {_summary(found)}", *lines, _written(contents)]))


def progress_html(contents: Contents) -> str:
    """Return the table as HTML that follows JupyterLab's theme."""
    found = rows(contents)
    share = sum(row.earned for row in found) / (sum(row.points for row in found) or 1)
    cell = "padding:.2em .8em .2em 0;text-align:left;vertical-align:top;border:0"
    body = "".join(
        f'<tr style="background:transparent"><td style="{cell};white-space:nowrap"><span aria-hidden="true" '
        f'style="color:{_colour(row)};font-weight:700">{row.symbol}</span> {row.word}</td>'
        f'<th scope="row" style="{cell};font-weight:400">'
        f'<code style="background:transparent;padding:0">{escape(row.task)}</code></th>'
        f'<td style="{cell};text-align:right;white-space:nowrap">{row.earned:g} of {row.points:g}</td>'
        f'<td style="{cell};opacity:.8">{escape(row.section)}</td></tr>'
        for row in found
    )
    heads = "".join(
        f'<th scope="col" style="{cell};font-weight:600{";text-align:right" if head == "points" else ""}">{head}</th>'
        for head in ("state", "task", "points", "section")
    )
    bar = (
        '<div aria-hidden="true" style="height:6px;max-width:24em;border-radius:3px;margin:.4em 0;'
        'background:var(--jp-border-color2,#d0d7de)">'
        f'<div style="height:6px;border-radius:3px;width:{share:.1%};background:{COLOURS[State.RIGHT]}"></div></div>'
    )
    note = _written(contents)
    return (
        f'<section role="status" aria-label="Progress: {_summary(found)}" style="margin:.3em 0;{FONT}">'
        f'<p style="margin:0"><strong>Progress</strong> · {_summary(found)}</p>{bar}'
        f'<table style="border-collapse:collapse;margin:0;font-size:inherit;{FONT}">'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
        + (f'<p style="margin:.35em 0 0;opacity:.8">{escape(note)}</p>' if note else "")
        + "</section>"
    )


def _colour(row: Standing) -> str:
    return COLOURS[row.state if row.state is not None else State.NOT_ATTEMPTED]
