"""From a source, `source_notebooks/NN_name.py`, to the notebook that nbgrader reads.

A cell header may be as short as `# %% nbgrader={"grade_id": "forward", "solution": true}`: what nbgrader's schema wants
besides is filled in here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..problems import Problem, ProblemsFound
from .rules import SourceCell, broken_rules

KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}
EDITIONS = ("published", "personal")
"""Tags of cells that stand in one edition only: with the numbers of the source, or with each student's own."""

FLAGS = ("grade", "solution", "locked", "task")


@dataclass(frozen=True)
class Source:
    """A source that keeps every rule, and the instructor's notebook made from it; `files` go beside it, by name.

    If it is `paired`, students get it as a script too, which jupytext keeps equal to the notebook.
    """

    name: str
    shown: str
    notebook: Any
    cells: tuple[SourceCell, ...]
    files: Mapping[str, str] = field(default_factory=dict)
    paired: bool = True


def has_personal_edition(path: Path) -> bool:
    """Tell whether a source has cells for an edition in which every student gets numbers of their own."""
    import jupytext

    return any("personal" in cell.metadata.get("tags", []) for cell in jupytext.read(path).cells)


def in_edition(cell: Any, edition: str) -> bool:
    """Tell whether a notebook's cell stands in an edition; most stand in both."""
    marked = [tag for tag in EDITIONS if tag in cell.metadata.get("tags", [])]
    return not marked or edition in marked


def read_source(path: Path, shown: str | None = None, edition: str = "published") -> Source:
    """Read an edition of a py:percent source. Raise `ProblemsFound` with everything that is wrong with it at once."""
    import jupytext

    shown = shown or f"source_notebooks/{path.name}"
    try:
        text = path.read_bytes().decode("utf-8-sig")  # some editors begin a file with a byte-order mark
        notebook = jupytext.reads(text, fmt="py:percent")
    except UnicodeDecodeError as problem:
        line = problem.object[: problem.start].count(b"\n") + 1
        sentence = "expected a text file in UTF-8, but a byte here is not; save the file as UTF-8"
        raise ProblemsFound([Problem(shown, sentence, line)]) from None
    except Exception as problem:
        sentence = f"jupytext cannot read it as py:percent ({problem}); put the file's header right"
        raise ProblemsFound([Problem(shown, sentence)]) from None

    headers = list(_headers(text))
    lines: list[int | None] = [n for n, _ in headers] if len(headers) == len(notebook.cells) else [None] * 10_000
    cells = tuple(
        SourceCell(kind=cell.cell_type, source=cell.source, metadata=dict(cell.metadata), number=number, line=line)
        for number, (cell, line) in enumerate(zip(notebook.cells, lines, strict=False), start=1)
        if in_edition(cell, edition)
    )
    notebook.cells = [cell for cell in notebook.cells if in_edition(cell, edition)]
    problems = [Problem(shown, found.sentence, found.line, found.cell.label) for found in broken_rules(cells)]
    if not cells:
        problems.append(Problem(shown, "expected cells that start with `# %%`, but there are none"))
    if problems:
        raise ProblemsFound(problems)

    notebook.metadata = {"kernelspec": dict(KERNELSPEC), "language_info": dict(LANGUAGE)}
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for cell, written, identifier in zip(notebook.cells, cells, _identifiers(cells), strict=True):
        cell.id = identifier
        cell.metadata.pop("lines_to_next_cell", None)
        _without_edition(cell.metadata)
        if "nbgrader" in cell.metadata:
            cell.metadata["nbgrader"] = _completed(written.nbgrader)
    return Source(name=path.stem, shown=shown, notebook=notebook, cells=cells)


def _without_edition(metadata: Any) -> None:
    tags = [tag for tag in metadata.pop("tags", []) if tag not in EDITIONS]
    if tags:
        metadata["tags"] = tags


def _headers(text: str) -> Iterator[tuple[int, str]]:
    """Yield the number and text of every line that starts a cell, as jupytext finds them (not inside a string)."""
    from jupytext.stringparser import StringParser

    inside = StringParser("python")
    for number, line in enumerate(text.splitlines(), start=1):
        if not inside.is_quoted() and re.match(r"#\s*%%+(\s|$)", line):
            inside = StringParser("python")
            yield number, line
        else:
            inside.read_line(line)


def _completed(settings: dict[str, Any]) -> dict[str, Any]:
    """Return a cell's nbgrader settings with every key that nbgrader's schema wants."""
    settings = {**dict.fromkeys(FLAGS, False), "schema_version": 3, **settings}
    if settings["grade"] and not settings["solution"]:
        settings["locked"] = True
    return settings


def _identifiers(cells: tuple[SourceCell, ...]) -> Iterator[str]:
    """Yield a cell id for each cell: its grade_id, or its place after the last cell that has one. So a build gives
    the same ids every time, and a cell put in at the top leaves those further down as they were."""
    taken = {cell.grade_id for cell in cells}
    last, place = "start", 0
    for cell in cells:
        if cell.grade_id:
            last, place = cell.grade_id, 0
            yield cell.grade_id[:64]
            continue
        place += 1
        while (identifier := f"{last[:58]}-{place}") in taken:
            place += 1
        yield identifier
