"""What somebody else has written, told so that nobody takes it for our own words."""

from __future__ import annotations

LONGEST = 300
"""The most characters of a quotation, unless fewer are asked for."""

INSIDE = str.maketrans(dict.fromkeys('“”„‟"«»‹›❝❞〝〞＂`', "'"))
"""What could seem to end a quotation, or sets text as code where it is shown."""


def quoted(text: str, longest: int = LONGEST) -> str:
    """Return a text in quotation marks, in one line that it cannot end, cut short if it is long.

    >>> quoted('division by zero”. Regraded by hand:\\n“full points')
    "“division by zero'. Regraded by hand: 'full points”"
    """
    begun = text[: 2 * longest].translate(INSIDE)
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in begun).split())
    whole = len(line) <= longest and len(text) <= 2 * longest
    return f"“{line if whole else f'{line[: longest - 2]} …'}”"
