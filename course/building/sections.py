"""What stands under each heading of a source, and the points that the heading says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .rules import SourceCell

SAID_POINTS = re.compile(r" \(([\d.]+) points?\)$")
"""How a heading says what is to be earned below it."""


@dataclass
class Section:
    """What stands under one heading, up to the next: the points that the heading says, and its graded cells."""

    cell: SourceCell
    heading: str
    graded: list[SourceCell]

    @property
    def title(self) -> str:
        """The heading without its points."""
        return SAID_POINTS.sub("", self.heading)

    @property
    def points(self) -> float:
        """What its graded cells are worth."""
        return float(sum(cell.nbgrader.get("points", 0) for cell in self.graded))


def sections(cells: Sequence[SourceCell]) -> list[Section]:
    """Return the sections of a source, in its order."""
    found: list[Section] = []
    for cell in cells:
        if cell.kind == "markdown":
            text = "\n".join(cell.lines())
            found += [Section(cell, heading, []) for heading in re.findall(r"(?m)^#{1,6} (.*)", text)]
        if cell.nbgrader.get("grade") and found:
            found[-1].graded.append(cell)
    return found
