"""What notebooks' cells import, found by reading them, without running anything."""

import ast
import glob
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

MAGIC = re.compile(r"^(\s*)[%!]")


def modules_in(sources: Iterable[str]) -> tuple[str, ...]:
    """Return the modules that cells import, sorted; lines that are IPython's alone are passed over."""
    return tuple(sorted({module for source in sources for module in _imported(source)}))


def parsed(source: str) -> ast.Module:
    """Return the syntax tree of a cell, without the lines that are IPython's alone; an empty one if it is no Python."""
    try:
        return ast.parse("\n".join(MAGIC.sub(r"\1#", line) for line in source.splitlines()))
    except (SyntaxError, ValueError):
        return ast.Module(body=[], type_ignores=[])


def _imported(source: str) -> Iterator[str]:
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def code_in(notebook: str) -> list[str]:
    """Return the sources of a notebook's code cells, given its text."""
    cells = json.loads(notebook)["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def guessed(root: Path, name: str) -> tuple[str, ...]:
    """Return what an assignment imports, from its notebooks where nbgrader puts them if it is told nothing else."""
    sources: list[str] = []
    for path in root.glob(f"*/{glob.escape(name)}/*.ipynb"):
        with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            sources += code_in(path.read_text(encoding="utf-8"))
    return modules_in(sources)
