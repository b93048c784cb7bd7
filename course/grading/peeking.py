"""Cells that reach for what holds right answers: for a person to look at, never scored by guess."""

import re
from collections.abc import Iterator
from typing import Any

ANSWERS = re.compile(
    r"\bchecks(?:\s*\.\s*\w+)*?(?:\s*\.\s*|\s+import\b[\w\s,(]*\b)"
    r"(judging|reference\w*|misconceptions|examples|tasks|cases|lent|counted|conclusions|nice_networks|solution|sealing|lending)\b"
)
"""The parts of `checks` that know right answers or how verdicts are made, as an import or a name of them is written."""


def peeking(notebook: Any) -> Iterator[str]:
    """Yield a sentence for each of a student's code cells that names a part of `checks` which holds answers."""
    for number, cell in enumerate(notebook.cells, start=1):
        settings = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and not settings.get("locked"):
            found = ANSWERS.search(cell.source)
            if found:
                yield f"cell {number} names checks' {found[1]}, which knows right answers: look at what it does with it"
