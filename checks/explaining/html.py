"""Render a verdict as HTML that follows JupyterLab's theme and does without colour."""

from __future__ import annotations

from html import escape

from checks.explaining.heat_map import as_tables, helps
from checks.explaining.look import COLOURS, FONT, INCOMPLETE, WORDS
from checks.explaining.margin import as_figure
from checks.explaining.text import cause_sentence, points_sentence, symbol
from checks.judging.comparing import Comparison
from checks.judging.verdict import State, Verdict
from checks.observing.quantity import named


def as_html(verdict: Verdict, points: float | None = None) -> str:
    """Return the report as an HTML fragment with its styles inline, readable in every front end."""
    colour = COLOURS[State.NOT_ATTEMPTED if verdict.incomplete else verdict.state]
    rows = [paragraph(text) for text in (verdict.location, verdict.problem) if text]
    rows += [paragraph(line, "font-weight:600") for line in cause_sentence(verdict).splitlines()]
    if verdict.evidence:
        rows.append(paragraph(verdict.evidence, "opacity:.8"))
    if verdict.margin is not None:
        rows.append(as_figure(verdict.margin))
    if verdict.pictured is not None and helps(verdict.pictured):
        rows.append(_matrices(verdict.pictured, unfolded=verdict.cause is None))
    rows += [paragraph(f"Note: {note}", "opacity:.8") for note in verdict.notes]
    if earned := points_sentence(verdict, points):
        rows.append(paragraph(earned))
    if verdict.next_step:
        rows.append(paragraph(f"Next: `{verdict.next_step}`"))
    word = INCOMPLETE if verdict.incomplete else WORDS[verdict.state]
    return (
        f'<section role="status" aria-label="{escape(verdict.task)}: {word}" style="border-left:4px solid {colour};'
        f'padding:.5em .9em;margin:.3em 0;max-width:52em;{FONT}">'
        f'<p style="margin:0"><span aria-hidden="true" style="color:{colour};font-weight:700">{symbol(verdict)}</span> '
        f"<strong>{word}</strong> · {escape(verdict.headline)}</p>{''.join(rows)}</section>"
    )


def _matrices(comparison: Comparison, unfolded: bool) -> str:
    """Return the compared matrices, folded up where a sentence already names the mistake."""
    return (
        f'<details style="margin:.35em 0 0"{" open" if unfolded else ""}>'
        f'<summary style="cursor:pointer">{escape(named(comparison.quantity))} in numbers</summary>'
        f"{as_tables(comparison)}</details>"
    )


def paragraph(text: str, style: str = "") -> str:
    """Return one paragraph of a report or a hint, with what stands between backticks as code."""
    return f'<p style="margin:.35em 0 0;{style}">{_with_code(escape(text))}</p>'


def _with_code(text: str) -> str:
    """Set what stands between backticks as code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return text
    return "".join(
        f'<code style="background:transparent">{part}</code>' if index % 2 else part for index, part in enumerate(parts)
    )
