"""How a mistake, its verdicts and its effects are shown: as HTML with small pictures, and in plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

import numpy as np

from checks.explaining.look import COLOURS, FONT, SYMBOLS, WORDS
from checks.judging.verdict import State, Verdict
from checks.neural_network.widgets.bug_effects import Compared, compared, effect
from checks.neural_network.widgets.bug_training import EPOCHS, GRADIENT, UPDATE, Bug, Trial
from checks.neural_network.widgets.bug_verdicts import catching, verdicts
from checks.numerals import numeral
from checks.widgets.charts import BLUE, ORANGE, Curve, at, curves, picture, words

STYLE = f"max-width:52em;{FONT}"
HIGHEST_LOSS = 2.0
"""Losses beyond are drawn at the upper edge."""

NONE = "none of them"


def name_of(bug: Bug) -> str:
    """Return a short name of a mistake."""
    return bug.mistake.label.replace("-", " ")


def sentence(bug: Bug) -> str:
    """Return the mistake in one sentence."""
    return f"Suppose that {bug.task} gives what comes out {bug.mistake.says}."


def paragraph(text: str, style: str = "") -> str:
    """Return a paragraph of HTML."""
    return f'<p style="margin:.35em 0 0;{style}">{text}</p>'


def with_code(text: str) -> str:
    """Return a text as HTML, with what stands between backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))


def heading(text: str) -> str:
    """Return a small heading that does not appear in the table of contents."""
    return f'<p style="margin:1em 0 .2em;font-weight:700">{escape(text)}</p>'


# --- prediction and verdicts -----------------------------------------------------------------------------------


def prediction(guess: str, found: Mapping[str, Verdict]) -> str:
    """Return whether the prediction was right, kindly, as HTML."""
    caught = catching(found)
    checks = " and ".join(f"<code>check_{name}</code>" for name in caught)
    if guess in caught and len(caught) == 1:
        return paragraph(f"<strong>✓ Well predicted: {checks} catches it.</strong>")
    if not caught:
        return paragraph(f"<strong>{'✓ Well predicted: n' if guess == NONE else 'N'}o check catches it.</strong>")
    said = "no check would" if guess == NONE else f"<code>check_{escape(guess)}</code> would"
    why = "Each check looks at one task and does the rest itself, so it points to where a mistake is made."
    return paragraph(f"<strong>Not this time: you said that {said}, and it is {checks} that catches it.</strong> {why}")


def verdict_rows(bug: Bug, found: Mapping[str, Verdict]) -> str:
    """Return the verdict of each check as a table."""
    rows = []
    for name, verdict in found.items():
        symbol = f'<span aria-hidden="true" style="color:{COLOURS[verdict.state]};font-weight:700">'
        says = "" if verdict.state is State.RIGHT else escape(verdict.headline.partition(": ")[2] or verdict.headline)
        if verdict.labels == (bug.mistake.label,):
            says += " The check also names the cause."
        cell = '<td style="text-align:left;vertical-align:top;padding:.1em 1.2em .1em 0'
        rows.append(
            f'<tr style="background:transparent">{cell};white-space:nowrap">{symbol}{SYMBOLS[verdict.state]}</span> '
            f'{WORDS[verdict.state]}</td>{cell}"><code style="background:transparent">check_{name}</code></td>'
            f'{cell};white-space:normal">{says[:1].upper()}{says[1:]}</td></tr>'
        )
    table = f'<table style="margin:.4em 0 0;border-collapse:collapse;font-size:1em">{"".join(rows)}</table>'
    return table + paragraph("<small>The checks try networks of their own, with other numbers of layers.</small>")


# --- gradients -------------------------------------------------------------------------------------------------


def _direction(row: Compared) -> str:
    if row.words:
        return row.words
    if row.same:
        return "the same"
    if row.angle is None or row.mistaken is None:
        return "zero" if row.mistaken == 0 else "the right one is zero"
    ratio = row.mistaken / row.right
    length = "as long" if abs(ratio - 1) < 0.005 else f"{numeral(ratio, '.2g')} times as long"
    if row.angle > 179:
        return f"the opposite direction, {length}"
    turned = "same direction" if row.angle < 1 else f"turned by {numeral(row.angle, '.0f')}°"
    return f"{turned}, {length}"


def gradients(bug: Bug, right: Trial, trial: Trial) -> str:
    """Return what was measured layer by layer as bars with numbers, or the sentence that nothing differs."""
    what, rows = compared(bug, right, trial)
    if not rows:
        return heading("Gradients") + paragraph("There are none to compare: training stops before.")
    title = "Updates" if what == UPDATE else "Gradients" if what in GRADIENT else "Parameters"
    if all(row.same for row in rows):
        everything = "gradient" if what in GRADIENT else what
        return heading(title) + paragraph(f"In every layer the {everything} is exactly the right one.")
    intro = f"Weights and biases of a layer together: the {what}, its length, and how far it is turned away."
    return heading(title) + paragraph(intro) + _bars(what, rows)


def _bars(what: str, rows: Sequence[Compared]) -> str:
    longest = max(max(row.right, row.mistaken or 0.0) for row in rows) or 1.0
    left, bar, step, parts = 62, 190, 46, []
    for index, row in enumerate(rows):
        y = 8 + index * step
        parts.append(words(0, y + 20, f"layer {row.layer}", size=12.5))
        wide = max(row.right / longest * bar, 1.5)
        parts.append(f'<rect x="{left}" y="{y}" width="{at(wide)}" height="12" fill="{BLUE}"/>')
        parts.append(words(left + wide + 6, y + 10, f"right {numeral(row.right, '.2g')}", size=11.5))
        said = row.words or f"mistaken {numeral(row.mistaken or 0.0, '.2g')}"
        wide = max((row.mistaken or 0.0) / longest * bar, 0.0)
        if row.mistaken:
            parts.append(
                f'<rect x="{left + 0.75}" y="{y + 16.75}" width="{at(max(wide - 1.5, 1))}" height="10.5" fill="none" '
                f'stroke="{ORANGE}" stroke-width="1.5" stroke-dasharray="4 2"/>'
            )
        parts.append(words(left + wide + 6, y + 26, said, size=11.5))
        if not row.words:
            parts.append(words(left + bar + 110, y + 18, _direction(row), size=12.5))
    described = f"{what}: " + "; ".join(
        f"layer {row.layer}: right length {numeral(row.right, '.2g')}, {_direction(row)}" for row in rows
    )
    return picture(640, 8 + step * len(rows), "".join(parts), described)


# --- training --------------------------------------------------------------------------------------------------


def loss_curves(right: Trial, trial: Trial, title: str = "Loss on the five points", **size: float) -> str:
    """Return the two loss curves: the right one solid, the mistaken one dashed."""
    drawn = [
        Curve(name, np.minimum(np.nan_to_num(run.curve, nan=HIGHEST_LOSS), HIGHEST_LOSS).tolist(), *look)
        for name, run, *look in (("right", right, BLUE), ("with the mistake", trial, ORANGE, "7 4"))
    ]
    return curves(drawn, title=title, across="epoch", up="loss", most=EPOCHS, **size)


def caught_by(bug: Bug) -> str:
    """Return the names of the checks that catch a mistake."""
    return ", ".join(f"check_{name}" for name in catching(verdicts(bug))) or "no check"


def in_words(bug: Bug, right: Trial, trial: Trial) -> str:
    """Return what is known of a mistake in plain words."""
    what, rows = compared(bug, right, trial)
    if not rows:
        measured = "There are no gradients to compare."
    elif all(row.same for row in rows):
        measured = f"The {what} is the right one in every layer."
    else:
        measured = f"The {what}: " + "; ".join(f"layer {row.layer} {_direction(row)}" for row in rows) + "."
    return f"{sentence(bug)} Caught by {caught_by(bug)}. {measured} {effect(bug, right, trial)}"
