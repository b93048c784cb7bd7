"""A page as a tree, and walks through it: BeautifulSoup's own searches take several times as long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag


def parsed(html: str) -> Any:
    """Return HTML as a tree, in which a class attribute is the text that was written."""
    return BeautifulSoup(html, "html.parser", multi_valued_attributes=None)


def elements(soup: Any, *names: str) -> Iterator[Any]:
    """Yield the elements of a page in its order, all or those of some names."""
    for node in soup.descendants:
        if isinstance(node, Tag) and (not names or node.name in names):
            yield node


def first(soup: Any, name: str) -> Any:
    """Return a page's first element of a name, None if it has none."""
    return next(elements(soup, name), None)
