"""Cells that reach for what holds right answers: for a person to look at, never scored by guess."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from ...bounds import LONGEST_CODE
from ..imports import code, normal
from ..judging.graded_checks import PACKAGE

DOTTED = re.compile(rf"\b{PACKAGE}(?:\s*\.\s*\w+)+")
FROM = re.compile(rf"\bfrom\s+({PACKAGE}(?:\s*\.\s*\w+)*)\s+import\b([^()\n;]*)")
"""An import in a cell that is no Python."""

SPACE = re.compile(r"\s+")


def peeking(notebook: Any, kept_back: Collection[str]) -> Iterator[str]:
    """Yield a sentence for each of a student's code cells that names a module of those that are `kept_back`."""
    cells = [
        (number, cell)
        for number, cell in enumerate(notebook.cells, start=1)
        if cell.cell_type == "code" and not cell.metadata.get("nbgrader", {}).get("locked")
    ]
    if sum(len(cell.source) for _, cell in cells) > LONGEST_CODE:
        yield f"its cells are too long ({LONGEST_CODE} characters at most) to look whether they name right answers"
        return
    for number, cell in cells:
        named = next(_named(normal(cell.source), kept_back), None)
        if named:
            yield (
                f"cell {number} names {named}, which is kept from notebooks while they are graded: "
                "look at what it does with it"
            )


def _named(source: str, kept_back: Collection[str]) -> Iterator[str]:
    """Yield the modules that a cell names of those that grading keeps from it."""
    if PACKAGE not in source:
        return
    text = code(source)
    names = [SPACE.sub("", found) for found in DOTTED.findall(text)]
    for package, imported in FROM.findall(text):
        names += [f"{SPACE.sub('', package)}.{name.split()[0]}" for name in imported.split(",") if name.strip()]
    deepest = max((name.count(".") + 1 for name in kept_back), default=1)
    for name in names:
        parts = name.split(".", deepest)
        heads = (".".join(parts[:end]) for end in range(2, deepest + 1))
        yield from (head for head in heads if head in kept_back)
