"""HTML from parts that are escaped unless they are HTML already, and text from strangers made harmless."""

from __future__ import annotations

from html import escape
from typing import Final

VOID: Final = ("meta", "br", "col")


class Html(str):
    """Text that is HTML already; every other text is escaped where it is put into a tag."""

    __slots__ = ()


def tag(name: str, /, *content: str, **attributes: str | int | None) -> Html:
    """Return an element; `class_` and `aria_label` stand for `class` and `aria-label`, None leaves one out.

    >>> tag("td", "<script>", class_="wrong")
    '<td class="wrong">&lt;script&gt;</td>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    closing = "" if name in VOID else f"</{name}>"
    return Html(f"<{name}{written}>{joined(*content)}{closing}")


def joined(*content: str) -> Html:
    """Return parts one after the other."""
    return Html("".join(part if isinstance(part, Html) else escape(part) for part in content))


def with_code(text: str) -> Html:
    """Set what stands between backticks as code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return joined(text)
    return joined(*(tag("code", part) if place % 2 else part for place, part in enumerate(parts)))


def plain(text: str, longest: int) -> str:
    """Return text of a stranger in one line without signs that do not print, cut to a length.

    >>> plain("two\\nlines, " + "long " * 99, 16)
    'two lines, long…'
    """
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text[: 4 * longest]).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
