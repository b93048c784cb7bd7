"""The look of everything that is shown: words, colours and a font that follow the front end's theme."""

from __future__ import annotations

from checks.judging.verdict import State

WORDS = {
    State.RIGHT: "Right",
    State.WRONG: "Not right yet",
    State.NOT_ATTEMPTED: "Not attempted yet",
    State.BLOCKED: "Waiting for another part",
}
INCOMPLETE = "Not complete yet"
"""The word for what is not right only because something is missing."""

FONT = (
    "line-height:1.45;font-family:var(--jp-content-font-family,system-ui,sans-serif);"
    "color:var(--jp-content-font-color1,inherit)"
)
"""The look of text that follows the front end's theme."""

COLOURS = {State.RIGHT: "#2e8540", State.WRONG: "#c4500b", State.NOT_ATTEMPTED: "#6b7280", State.BLOCKED: "#6b7280"}

MISSING = "○"
"""The sign of what is not attempted, or not complete."""

SYMBOLS = {State.RIGHT: "✓", State.WRONG: "✗", State.NOT_ATTEMPTED: MISSING, State.BLOCKED: MISSING}
