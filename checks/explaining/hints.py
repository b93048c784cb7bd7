"""Hints, one at a time: where to look, what to think of, at last the formula with its number; never the code."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from checks.contents import Contents, Item
from checks.explaining.display import show_bundle
from checks.explaining.html import paragraph
from checks.explaining.look import FONT
from checks.judging.diagnosis import FACTOR, equations
from checks.judging.predicting import NAME as GUESSES
from checks.judging.reference import Misconception
from checks.judging.task import Task
from checks.judging.verdict import State, Verdict
from checks.observing.arrays import described
from checks.session import SESSION

FIRST, BETWEEN, LAST, LAST_OF_GUESSES = "Where to look", "What to think of", "The formula", "Where the answers are"
"""What the hints of a task are about, however many there are between the first and the last."""

OFTEN = 3
"""After so many failed attempts in a row a hint also says what to reread or where to practise."""


def give_hint(name: Any, tasks: dict[str, Task], contents: Contents, *, practised: Sequence[str] = ()) -> None:
    """Show the next hint for a task; after the last one it starts again.

    The task may also be named by its check. After a failed check the hints are about the mistake that was found,
    otherwise about the task; `practised` names where else its questions are asked, and the report that was last counts.
    After several failed attempts they also offer the section to reread and, if there is one, the matching practice.
    """
    asked, name = name, _task_name(name)
    task = tasks.get(name)
    if task is None:
        known = ", ".join(f'hint("{known}")' for known in tasks)
        what = f"{asked!r:.40}" if isinstance(asked, str) else f"for {described(asked)}"
        _show(f"There is no task {what} here. Try one of {known}.")
        return
    attempts = SESSION.pointed_to((contents.exercise, *practised), task)
    if attempts.verdict is not None and attempts.verdict.state is State.RIGHT:
        _show(f"{name} is right: nothing left to hint at.")
        return
    hints = hints_for(attempts.task, attempts.verdict)
    given = attempts.hints_given % len(hints)
    attempts.hints_given += 1
    is_last = given == len(hints) - 1
    more = "" if is_last else f' Again hint("{name}") for the next one.'
    guessed = name == GUESSES  # no formula answers them, and their section only asks
    about = (LAST_OF_GUESSES if guessed else LAST) if is_last else BETWEEN if given else FIRST
    title = f"{name}, hint {given + 1} of {len(hints)} · {about}"
    _show(hints[given], title, ("" if guessed else _offer(contents.tasks[name], attempts.failed)) + more)


def _task_name(asked: Any) -> str:
    """Return the name of the task that is meant, also by `check_backward` or "check_backward"."""
    name = asked if isinstance(asked, str) else getattr(asked, "__name__", "")
    return name.removeprefix("check_") if isinstance(name, str) else ""


def _offer(item: Item, failed: int) -> str:
    """Say what else may help somebody who has failed often."""
    if failed < OFTEN:
        return ""
    practice = f" To practise: {item.practice}." if item.practice else ""
    return f' After {failed} attempts it may help to reread "{item.section}".{practice}'


def hints_for(task: Task, verdict: Verdict | None) -> tuple[str, ...]:
    """Return the hints for a task, or for the first mistake that its last verdict names."""
    labels = verdict.labels if verdict else ()
    known = (*task.misconceptions, *task.reference.slips()) if labels else ()
    found = next((m for m in known if m.label in labels), None)
    if found is not None:
        return (found.look, found.think, formula(task, found))
    if FACTOR in labels and task.convention:
        return ("Look at the constants.", "Which factor belongs in front, and how often?", task.convention)
    return task.hints


def formula(task: Task, mistake: Misconception) -> str:
    """Return the formula of the step that a mistake spoils, with its number, or the task's own."""
    number, text = task.reference.formulas.get(mistake.override.step, ("", ""))
    return f"{equations([number])}: {text}." if text else task.hints[-1]


def _show(text: str, title: str = "Hint", more: str = "") -> None:
    html = (
        '<section role="note" style="border-left:4px solid #3b6fb6;padding:.5em .9em;margin:.3em 0;max-width:52em;'
        f'{FONT}">'
        f'<p style="margin:0"><strong>{escape(title)}</strong></p>{paragraph(text)}'
        f"{paragraph(more.strip(), 'opacity:.8') if more else ''}</section>"
    )
    show_bundle({"text/plain": f"{title}: {text}{more}", "text/html": html})
