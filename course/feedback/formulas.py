"""Formulas on a page: LaTeX becomes MathML, which a browser draws by itself, with no program and nothing to load."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bs4.element import NavigableString, PreformattedString
from math_core import LatexError, LatexToMathML

from ..bounds import LONGEST_FORMULA

ENVIRONMENT = r"\\begin\{((?:equation|align|gather|multline)\*?|[bBpvV]?matrix|cases)\}"
OPENING = re.compile(rf"(?<!\\)(?:\$\$?|\\[(\[]|{ENVIRONMENT})")
CLOSING = {"$": "$", "$$": "$$", r"\(": r"\)", r"\[": r"\]"}

TEXTS = {"rendered_html", "output_latex"}
"""What a page's parts are called in which formulas are drawn."""

NOT_IN = {"pre", "code", "kbd", "samp"}


class MathML(PreformattedString):
    """MathML in a tree of HTML, written as it is."""


def draw_formulas(soup: Any) -> None:
    """Put MathML in place of the formulas in a page's texts; one that cannot be drawn stays LaTeX to read."""
    # No macros: with a few of them a short formula has any size and depth.
    converter = LatexToMathML(fancy_error=False, max_expansions=0, id_prefix="formula-")
    written = [text for text in soup.descendants if type(text) is NavigableString and OPENING.search(text)]
    for text in written:
        if _is_prose(text):
            text.replace_with(*_drawn(converter, text))


def _is_prose(text: Any) -> bool:
    for parent in text.parents:
        if parent.name in NOT_IN:
            return False
        if not TEXTS.isdisjoint(parent.get("class", "").split()):
            return True
    return False


def _drawn(converter: Any, text: str) -> Iterator[NavigableString]:
    done = 0
    closings: dict[str, int] = {}  # where each comes next: so the text is searched once, whatever is never closed in it
    for opening in OPENING.finditer(text):
        start = opening.end()
        closing = CLOSING.get(opening[0], rf"\end{{{opening[1]}}}")
        if 0 <= closings.get(closing, 0) < start:
            closings[closing] = text.find(closing, start)
        if opening.start() < done or closings[closing] < 0:
            continue
        end = closings[closing] + len(closing)
        yield NavigableString(text[done : opening.start()])
        yield _formula(converter, opening[0], text[start : closings[closing]], text[opening.start() : end])
        done = end
    yield NavigableString(text[done:])


def _formula(converter: Any, opening: str, inside: str, written: str) -> NavigableString:
    latex = inside if opening in CLOSING else written
    if opening in ("$$", r"\[") and r"\tag" in inside:
        latex = rf"\begin{{equation*}}{inside}\end{{equation*}}"
    if len(latex) <= LONGEST_FORMULA:
        try:
            return MathML(converter.convert_with_local_state(latex, displaystyle=opening not in ("$", r"\(")))
        except (LatexError, UnicodeError):
            pass
    return NavigableString(written)
