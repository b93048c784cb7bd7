"""Render a verdict as plain text."""

from __future__ import annotations

from checks.judging.verdict import State, Verdict

SYMBOLS = {State.RIGHT: "✓", State.WRONG: "✗", State.NOT_ATTEMPTED: "○", State.BLOCKED: "○"}


def headline(verdict: Verdict) -> str:
    """Return the verdict in one line."""
    return f"{SYMBOLS[verdict.state]} {verdict.headline}"


def paragraphs(verdict: Verdict) -> list[str]:
    """Return what follows the headline, most important first."""
    lines = [verdict.location, verdict.problem, cause_sentence(verdict), verdict.evidence]
    lines += [f"Note: {note}" for note in verdict.notes]
    if verdict.next_step:
        lines.append(f"Next: {verdict.next_step}")
    return [line for line in lines if line]


def cause_sentence(verdict: Verdict) -> str:
    """Return the sentence that names the mistake, with how well it agrees and its equation, if one was found."""
    cause = verdict.cause
    if cause is None:
        return ""
    agreement = f" (agreement {cause.agreement:.0e})" if cause.agreement else ""
    equation = f" Equation {cause.equation}." if cause.equation else ""
    convention = f" {cause.convention}" if cause.convention else ""
    return f"{cause.sentence}{agreement}.{equation}{convention}"


def as_text(verdict: Verdict) -> str:
    """Return the whole report as plain text."""
    return "\n".join([headline(verdict), *(f"  {line}" for line in paragraphs(verdict))])
