"""Tables and their bars, as every section of the page draws them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .markup import Html, joined, tag
from .wording import SYMBOLS, WORDS


def table(caption: str, header: Sequence[str | Html], rows: Iterable[Html], class_: str = "wide") -> Html:
    """Return a table that scrolls by itself where it is too wide; `header` entries may be whole cells."""
    cells = (cell if isinstance(cell, Html) else tag("th", cell, scope="col") for cell in header)
    drawn = tag(
        "table",
        tag("caption", tag("span", caption)),
        tag("thead", tag("tr", *cells)),
        tag("tbody", joined(*rows)),
        class_=class_,
    )
    return tag("div", drawn, class_="scroll", tabindex=0, role="region", aria_label=caption)


def row(name: str | Html, *cells: Html) -> Html:
    """Return a row of a table with its heading."""
    return tag("tr", tag("th", name, scope="row"), *cells)


def figure(text: str) -> Html:
    """Return a cell with a number."""
    return tag("td", text, class_="n")


def heading_of_figures(text: str) -> Html:
    """Return the heading of a column of numbers."""
    return tag("th", text, scope="col", class_="n")


def slug(state: str) -> str:
    """Return the name of a state in the style sheet."""
    return state.replace(" ", "-")


def bar(states: Mapping[str, int], size: int) -> Html:
    """Return a bar of shares; the numbers stand beside it, so that it says nothing to who cannot see it."""
    pieces = (
        tag("span", class_=f"f-{slug(state)}", style=f"width:{100 * states[state] / size:.2f}%")
        for state in SYMBOLS
        if states.get(state)
    )
    return tag("div", *pieces, class_="bar", aria_hidden="true")


def legend(states: Iterable[str]) -> Html:
    """Return what the fillings of bars mean."""
    entries = (
        tag("li", tag("span", class_=f"key f-{slug(state)}", aria_hidden="true"), WORDS[state]) for state in states
    )
    return tag("ul", *entries, class_="legend")
