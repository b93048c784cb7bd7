"""The script that jupytext keeps beside a notebook: it is not graded, so who worked in it has to be told apart."""

import re
from collections.abc import Iterator
from typing import Any

from ...quoting import quoted
from ..released import ReleasedNotebook

MARK = "# %%"
GRADE_ID = re.compile(r'"grade_id": ?"([^"]{1,200})"')
COMMENT = re.compile("^# ?", re.MULTILINE)
MAGIC = re.compile(r"^# ?([%!])")
MOST_NAMED = 5


def other_answers(notebook: Any, script: str, released: ReleasedNotebook) -> Iterator[str]:
    """Yield a sentence if a script in jupytext's percent format has answers that are not those of its notebook.

    An answer that is in the script as it was released is none: the student has worked in the notebook.
    """
    in_script = dict(_cells(script))
    in_notebook = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in notebook.cells}
    differing = []
    for cell in released.solution_cells:
        said = in_script.get(cell.name)
        known = [_lines(source) for source in (cell.source, in_notebook.get(cell.name, ""))]
        if said is not None and said not in known:
            differing.append(cell.name)
    if differing:
        more = f" and {len(differing) - MOST_NAMED} more" if len(differing) > MOST_NAMED else ""
        named = ", ".join(quoted(name, 80) for name in differing[:MOST_NAMED])
        yield f"{released.name}.py, which is not graded, has other answers than the notebook: {named}{more}"


def _cells(script: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the lines of a script's cells, without the comment signs of text, by grade_id."""
    for part in f"\n{script}".split(f"\n{MARK}")[1:]:
        head, _, body = part.partition("\n")
        if found := GRADE_ID.search(head):
            is_text = "[markdown]" in head
            yield found[1], _lines(COMMENT.sub("", body) if is_text else body)


def _lines(source: str) -> list[str]:
    """Return the lines of a cell that are not empty, magic ones without the sign that jupytext puts before them."""
    return [MAGIC.sub(r"\1", line).rstrip() for line in source.splitlines() if line.strip()]
