"""Render a verdict as plain text."""

from __future__ import annotations

from checks.explaining.look import MISSING, SYMBOLS
from checks.explaining.margin import as_lines
from checks.judging.verdict import Verdict


def symbol(verdict: Verdict) -> str:
    """Return the sign of a verdict, which does without colour."""
    return MISSING if verdict.incomplete else SYMBOLS[verdict.state]


def headline(verdict: Verdict) -> str:
    """Return the verdict in one line."""
    return f"{symbol(verdict)} {verdict.headline}"


def paragraphs(verdict: Verdict, points: float | None = None) -> list[str]:
    """Return what follows the headline, most important first."""
    lines = [verdict.location, verdict.problem, *cause_sentence(verdict).splitlines(), verdict.evidence]
    lines += as_lines(verdict.margin) if verdict.margin else []
    lines += [f"Note: {note}" for note in verdict.notes]
    lines.append(points_sentence(verdict, points))
    if verdict.next_step:
        lines.append(f"Next: {verdict.next_step}")
    return [line for line in lines if line]


def points_sentence(verdict: Verdict, points: float | None) -> str:
    """Say how many points a wrong answer earns and what for, if it earns any."""
    if not points or not 0 < verdict.earned < 1:
        return ""
    earned = f"Points so far: {earned_points(verdict, points):g} of {points:g}"
    return f"{earned}, for {_listed(verdict.parts)}." if verdict.parts else f"{earned}."


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def earned_points(verdict: Verdict, points: float) -> float:
    """Return the points that a verdict earns of a task's `points`, rounded to hundredths."""
    return round(float(points) * verdict.earned, 2)


def cause_sentence(verdict: Verdict) -> str:
    """Return what names the mistake, with how far the numbers agree with it and its equation, if one was found."""
    cause = verdict.cause
    if cause is None:
        return ""
    agreement = f" Your numbers agree with that to {cause.digits} digits or more." if cause.digits else ""
    equation = f" {cause.equation}." if cause.equation else ""
    convention = f" {cause.convention}" if cause.convention else ""
    return f"{cause.sentence}.{agreement}{equation}{convention}"


def as_text(verdict: Verdict, points: float | None = None) -> str:
    """Return the whole report as plain text."""
    return "\n".join([headline(verdict), *(f"  {line}" for line in paragraphs(verdict, points))])
