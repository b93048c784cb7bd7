"""Cells as Python, and what they import: read, without running anything."""

import ast
import glob
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from itertools import islice
from pathlib import Path, PurePosixPath

from checks.parsing import parse

from ..bounds import MOST_MARKS

MAGIC = re.compile(r"^(\s*)[%!]")
MOST_FILES = 1000
"""How many files of a package are read for what they import."""
MAYBE_MARKS = re.compile(rf"[^\x00-\x7f]{{{MOST_MARKS + 1},}}")


def modules_in(sources: Iterable[str]) -> tuple[str, ...]:
    """Return the modules that cells import, sorted; lines that are IPython's alone are passed over."""
    return tuple(sorted({module for source in sources for module in _imported(source)}))


def parsed(source: str) -> ast.Module:
    """Return the syntax tree of a cell, without the lines that are IPython's alone; an empty one if it is no Python."""
    return tree_of(source) or ast.Module(body=[], type_ignores=[])


def tree_of(source: str) -> ast.Module | None:
    """Return the syntax tree of a cell without the lines that are IPython's alone; None if it cannot be read."""
    try:
        return parse(without_magics(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def without_magics(source: str) -> str:
    """Return a cell with comments in the place of the lines that are IPython's alone."""
    if "%" not in source and "!" not in source:
        return source
    return "\n".join(MAGIC.sub(r"\1#", line) for line in source.split("\n"))


def normal(source: str) -> str:
    """Return a cell with its letters as Python takes them in names, and with lines joined.

    Of more marks on a letter than any language has the rest is left out: Python would sort them, which takes for ever.
    """
    if not source.isascii():
        source = unicodedata.normalize("NFKC", MAYBE_MARKS.sub(lambda found: _few_marks(found[0]), source))
    return source.replace("\\\n", " ")


def _few_marks(letters: str) -> str:
    kept, marks = [], 0
    for letter in letters:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


def code(source: str) -> str:
    """Return a cell without comments and docstrings, and what it imports once more as "jax.grad"."""
    tree = tree_of(source)
    if tree is None:
        return source
    more = [line for line in source.split("\n") if MAGIC.match(line)]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            more += [f"{node.module}.{alias.name}" for alias in node.names]
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [one for one in body if not _is_text(one)] or [ast.Pass()]  # type: ignore[attr-defined]
    try:
        return "\n".join([ast.unparse(tree), *more])
    except RecursionError:
        return source


def _is_text(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(ast.Constant(str())):
            return True
    return False


def _imported(source: str) -> Iterator[str]:
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def beside(files: Iterable[str]) -> frozenset[str]:
    """Return the modules that can be imported from a folder with these files, without folders that only hold some."""
    places = [PurePosixPath(name) for name in files]
    packages = {place.parts[0] for place in places if place.match("__init__.py") and len(place.parts) == 2}
    return frozenset(packages | {place.name.partition(".")[0] for place in places if _is_module(place)})


def _is_module(place: PurePosixPath) -> bool:
    return len(place.parts) == 1 and place.suffix in (".py", ".so")


def code_in(notebook: str) -> list[str]:
    """Return the sources of a notebook's code cells, given its text."""
    cells = json.loads(notebook)["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def guessed(root: Path, name: str) -> tuple[str, ...]:
    """Return what an assignment imports, from its files where nbgrader puts them if it is told nothing else."""
    folder = f"*/{glob.escape(name)}"
    sources: list[str] = []
    for path in root.glob(f"{folder}/*.ipynb"):
        with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            sources += code_in(path.read_text(encoding="utf-8"))
    files = {str(Path(*path.relative_to(root).parts[2:])): path for path in root.glob(f"{folder}/**/*.py")}
    return needed(sources, files)


def needed(cells: Iterable[str], files: Mapping[str, Path]) -> tuple[str, ...]:
    """Return the modules that cells and the modules among files beside them import from elsewhere."""
    sources = [*cells, *(_text(path) for name, path in files.items() if name.endswith(".py"))]
    lying = beside(files)
    return tuple(module for module in modules_in(sources) if module.partition(".")[0] not in lying)


def imported_by(place: Path) -> tuple[str, ...]:
    """Return the modules that a module imports, given its file, or its folder if it is a package."""
    found: set[str] = set()
    for file in files_of(place):
        with suppress(OSError):  # it is gone meanwhile, or a link that leads nowhere
            found.update(_imported_by_file(file, file.stat().st_mtime_ns) if file.suffix == ".py" else ())
    return tuple(sorted(found))


@lru_cache(maxsize=4 * MOST_FILES)
def _imported_by_file(file: Path, _: int) -> tuple[str, ...]:
    """Return what a file imports as it was written at that time; it is asked for several times in a run."""
    return modules_in([_text(file)])


def files_of(place: Path) -> list[Path]:
    """Return the files of a module, given its file, or its folder if it is a package."""
    return [place] if place.is_file() else [*islice(place.rglob("*.py"), MOST_FILES)]


def _text(path: Path) -> str:
    with suppress(OSError):
        return path.read_text(encoding="utf-8", errors="replace")
    return ""
