"""Show a verdict where the student is: a notebook, or a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from checks.explaining.html import as_html
from checks.explaining.text import as_text
from checks.judging.verdict import Verdict

MIME = "application/vnd.backprop-checks.verdict+json"
"""The verdict as data, beside its text and HTML in a notebook's output."""


def show(verdict: Verdict, points: float | None = None) -> None:
    """Display the report in a notebook, print it anywhere else."""
    show_bundle(bundle(verdict, points))


def bundle(verdict: Verdict, points: float | None = None) -> dict[str, Any]:
    """Return the report as text, as HTML and as data, by MIME type."""
    data = {**verdict.as_data(), "points": points}
    return {"text/plain": as_text(verdict, points), "text/html": as_html(verdict, points), MIME: data}


def show_bundle(bundle: dict[str, Any], *, updatable: bool = False) -> Callable[[dict[str, Any]], None] | None:
    """Display a MIME bundle in a notebook; print its plain text anywhere else.

    Return a function that puts another bundle in its place, if that was asked for and it is a notebook.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is None:
        print(bundle["text/plain"])
        return None
    from IPython.display import display

    handle = display(bundle, raw=True, display_id=updatable or None)
    return (lambda other: handle.update(other, raw=True)) if handle is not None else None
