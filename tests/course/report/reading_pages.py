"""Read a report's page as its reader does: its headings, tables and text, and what it would load."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

VOID = {"meta", "br", "col", "img", "link", "input"}


class PageReader(HTMLParser):
    """A page taken apart; `text` is what a reader can see or hear, without styles."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.pieces: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag in ("h1", "h2", "h3"):
            self.headings.append((int(tag[1]), ""))
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        self.pieces.append(data)
        if {"h1", "h2", "h3"} & set(self.open):
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)
        if {"th", "td"} & set(self.open):
            self.rows[-1][-1] += data

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.pieces).split())

    def row(self, name: str) -> list[str]:
        """Return the row of a table that begins with a name."""
        return next(row for row in self.rows if row and row[0] == name)


def read_page(path: Path) -> PageReader:
    page = PageReader()
    page.feed(path.read_text(encoding="utf-8"))
    assert not page.open, f"{page.open} are never closed"
    return page
