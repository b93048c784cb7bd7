"""Read a submitted notebook that nobody can trust, and give its cells back the nbgrader metadata of the release.

nbgrader restores the source of locked cells and their points. What it takes from the student unasked (whether a cell
is graded, or locked where that makes no difference to nbgrader, its schema version) and what stops its whole run (cells
without or with a foreign grade_id) is restored here.
"""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import compute_checksum

from ...bounds import HEAVIEST_NOTEBOOK, LONGEST_CELL, MOST_CELLS, MOST_REMARKS, MOST_SETTINGS
from ...quoting import quoted
from ..released import ReleasedCell, ReleasedNotebook
from ..sandbox import frames

CELL_TYPES = ("code", "markdown", "raw")
CELL_ID = re.compile("[a-zA-Z0-9-_]{1,64}")
KEPT = ("kernelspec", "language_info", "nbgrader", "tags")


class Unreadable(ValueError):
    """A submitted notebook that cannot be graded; the message says what is wrong with it."""


@dataclass(frozen=True)
class Restored:
    """A submitted notebook in order again; `remarks` say in one sentence each what a person should look at."""

    notebook: Any
    remarks: tuple[str, ...]


def few(remarks: Iterable[str]) -> tuple[str, ...]:
    """Return the first remarks, each once, and how many more there are."""
    each = list(dict.fromkeys(remarks))
    more = len(each) - MOST_REMARKS
    return (*each[:MOST_REMARKS], f"and {more} more of this kind") if more > 0 else tuple(each)


def restored(text: str, released: ReleasedNotebook) -> Restored:
    """Return a submitted notebook with the nbgrader metadata of the released one.

    Raises:
        Unreadable: if it is no notebook.
    """
    notebook = _read(text)
    remarks = few(_restored_cells(notebook, released))
    return Restored(notebook, (*remarks, *_structure(notebook, released)))


def _read(text: str) -> Any:
    notebook: Any
    try:
        data = frames.parsed(text, HEAVIEST_NOTEBOOK)
        if not isinstance(data.get("cells", data.get("worksheets")), list):
            raise Unreadable("it has no list of cells")
        if data.get("nbformat") != nbformat.v4.nbformat or "cells" not in data:
            version = quoted(str(data.get("nbformat")), 20)
            raise Unreadable(f"it is in version {version} of the format; expected 4: save it with JupyterLab")
        cells = data["cells"]
        if len(cells) > MOST_CELLS:
            raise Unreadable(f"it has {len(cells)} cells; at most {MOST_CELLS} are graded")
        _lighten(data)
        notebook = nbformat.v4.reads(json.dumps(data))  # `nbformat.reads` validates too, which takes for ever
        notebook.nbformat_minor = nbformat.v4.nbformat_minor
    except (Unreadable, RecursionError, frames.BrokenFrame) as error:
        raise Unreadable(f"it is not a notebook ({error})") from None
    except Exception as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Unreadable(f"it is not a notebook ({quoted(reason, 120)})") from None
    if not isinstance(notebook.get("cells"), list) or not isinstance(notebook.get("metadata"), dict):
        raise Unreadable("it has no list of cells")
    cell: Any
    ids: set[str] = set()
    for number, cell in enumerate(notebook.cells, start=1):
        if not isinstance(cell, NotebookNode) or cell.get("cell_type") not in CELL_TYPES:
            raise Unreadable(f"its cell {number} is of no kind that a notebook has")
        if not isinstance(cell.get("source"), str):
            raise Unreadable(f"its cell {number} has no text")
        if len(cell.source) > LONGEST_CELL:
            size = len(cell.source) >> 20
            raise Unreadable(f"its cell {number} has {size} MB of text; at most {LONGEST_CELL >> 20} MB are graded")
        if not isinstance(cell.get("metadata"), dict):
            raise Unreadable(f"its cell {number} has no metadata")
        if not CELL_ID.fullmatch(str(cell.get("id", ""))) or cell.id in ids:
            cell.id = f"cell-{number}-of-{len(notebook.cells)}"
        ids.add(cell.id)
    return notebook


def _lighten(data: Any) -> None:
    """Drop what is not graded, before it costs anything: the outputs of the student's own run, heaps of metadata."""
    for part in (data, *data["cells"]):
        if isinstance(part, dict):
            metadata = part.get("metadata")
            if isinstance(metadata, dict):
                if len(metadata) > MOST_SETTINGS:
                    part["metadata"] = metadata = {key: metadata[key] for key in KEPT if key in metadata}
                if "tags" in metadata:
                    metadata["tags"] = _tags(metadata["tags"])
            if part.get("cell_type") == "code":
                part["outputs"] = []


def _tags(tags: Any) -> list[str]:
    """Return tags as the format has them: whoever validates others compares each with all."""
    texts = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    return list(dict.fromkeys(texts))[:MOST_SETTINGS]


def _restored_cells(notebook: Any, released: ReleasedNotebook) -> Iterator[str]:
    """Restore the metadata of every cell, the last of several with the same id being the one that counts."""
    seen: set[str] = set()
    for cell in reversed(notebook.cells):
        if "nbgrader" not in cell.metadata:
            continue
        settings = cell.metadata["nbgrader"]
        name = settings.get("grade_id") if isinstance(settings, dict) else None
        known = released.cells.get(name) if isinstance(name, str) else None
        if known is None:
            del cell.metadata["nbgrader"]
            if isinstance(settings, dict) and (settings.get("grade") or settings.get("solution")):
                yield f"a cell is labelled {_shown(name)}, which the assignment does not have; it was taken as ordinary"
        elif known.name in seen:
            del cell.metadata["nbgrader"]
            if known.grade or known.solution or known.task:
                yield f"the cell {known.name} is there more than once; the last one counts"
        else:
            seen.add(known.name)
            if list(known.tags) != cell.metadata.get("tags", []):  # one of them makes Jupyter skip a cell
                cell.metadata["tags"] = list(known.tags)
            changed = [key for key, value in known.settings.items() if settings.get(key, _absent(key)) != value]
            earlier = changed == ["points"] and _as_released(cell, settings, known)
            of_nbgrader = {"grade_id": known.name, "checksum": known.checksum, "cell_type": known.cell_type}
            kept = {key: value for key, value in of_nbgrader.items() if key in settings}
            cell.metadata["nbgrader"] = NotebookNode({**kept, **known.settings, "locked": known.locked})
            if changed and not earlier:
                yield f"the nbgrader settings of the cell {known.name} were changed ({', '.join(changed)}); restored"


def _as_released(cell: Any, settings: dict[str, Any], known: ReleasedCell) -> bool:
    """Return whether a graded cell has the points that it was once released with: the release has changed then.

    nbgrader's checksum covers them, and no setting but them. The text may have been changed.
    """
    with suppress(ValueError, TypeError, LookupError, AttributeError, RecursionError):  # what is there may be anything
        for source in (cell.source, known.source) if settings["grade"] else ():
            metadata = NotebookNode(nbgrader=settings)
            released = NotebookNode(cell_type=cell.cell_type, source=source, metadata=metadata)
            if compute_checksum(released) == settings["checksum"]:
                return True
    return False


def _absent(key: str) -> Any:
    """Return what a setting means where it is not given."""
    return False if key == "task" else None


def _shown(name: Any) -> str:
    return quoted(name, 40) if isinstance(name, str) else "with no id"


def _structure(notebook: Any, released: ReleasedNotebook) -> Iterator[str]:
    """Say which graded cells are missing, and whether they stand in another order."""
    there = [cell.metadata["nbgrader"]["grade_id"] for cell in notebook.cells if "nbgrader" in cell.metadata]
    graded = [cell.name for cell in released.source_cells if cell.grade or cell.task or cell.solution]
    for name in graded:
        if name not in there:
            cell = released.cells[name]
            earns = "it earns nothing" if cell.grade or cell.task else "its check runs without it"
            yield f"the cell {name} is missing; {earns}"
    order = [name for name in there if name in graded]
    if order != [name for name in graded if name in there]:
        yield "the graded cells stand in another order than in the assignment"
