"""Run a notebook's cells without a kernel, with one student's cell in the place of a task's solution."""

from __future__ import annotations

import ast
import contextlib
import io
import itertools
import linecache
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

_numbers = itertools.count()


@dataclass(frozen=True)
class CodeCell:
    """A code cell of a source notebook: `kind` is "given", "solution" or "check", `name` its grade_id."""

    name: str
    kind: str
    source: str


@cache
def code_cells(path: Path) -> tuple[CodeCell, ...]:
    """Return the given, solution and check cells of a source's published edition, without those for exploring."""
    import jupytext

    from .building.sources import in_edition

    cells = []
    for cell in jupytext.read(path).cells:
        marks = cell.metadata.get("nbgrader", {})
        explores = "explore" in cell.metadata.get("tags", [])
        if cell.cell_type != "code" or explores or not in_edition(cell, "published"):
            continue
        solution, graded = marks.get("solution", False), marks.get("grade", False)
        kind = "solution" if solution else "check" if graded else "given"
        cells.append(CodeCell(marks.get("grade_id", ""), kind, cell.source))
    return tuple(cells)


def compiled(source: str) -> CodeType:
    """Compile a cell under a name of its own, so that tracebacks can show its lines."""
    name = f"<cell {next(_numbers)}>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    return compile(source, name, "exec")


@cache
def _compiled_once(source: str) -> CodeType:
    return compiled(source)


def namespace(path: Path, cells: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the names that a notebook's given and solution cells define, with `cells` for solutions by task.

    What the given cells print or set in torch is kept from the caller.
    """
    replaced = dict(cells or {})
    names: dict[str, Any] = {"__name__": "__main__"}
    with _kept(), contextlib.redirect_stdout(io.StringIO()):
        for cell in code_cells(path):
            if cell.kind == "check":
                continue
            source = replaced.get(cell.name) if cell.kind == "solution" else None
            with contextlib.suppress(NotImplementedError):  # a kernel goes on after an unfinished cell
                exec(_compiled_once(cell.source) if source is None else compiled(source), names)
    return names


def subject(path: Path, task: str, names: dict[str, Any]) -> Any:
    """Return what the notebook's check cell of a task hands to its check, evaluated among `names`.

    Raises:
        LookupError: if there is no check cell for the task that calls its check.
    """
    for cell in code_cells(path):
        if cell.kind == "check" and cell.name == f"check_{task}":
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == f"check_{task}" and node.args:
                    return eval(compile(ast.Expression(node.args[0]), cell.name, "eval"), names)
    raise LookupError(f"{path.name} has no check cell for {task} that calls check_{task}(...)")


def student(path: Path, task: str, cell: str) -> Any:
    """Return what a check gets from a student whose cell for `task` is `cell`, everything else being right."""
    return subject(path, task, namespace(path, {task: cell}))


@contextlib.contextmanager
def _kept() -> Any:
    """Put back torch's default dtype and random state, which the given cells set."""
    import torch

    dtype, state = torch.get_default_dtype(), torch.get_rng_state()
    try:
        yield
    finally:
        torch.set_default_dtype(dtype)
        torch.set_rng_state(state)
