"""What of `checks` the sandbox holds: the modules that an import of its exercises loads, and no others.

These import references, misconceptions, cases and explanations only when a verdict is made, which happens outside; and
what a check lends to a student's code comes with the check. So a right answer is nowhere in the sandbox before the work
that it answers has been handed over.
"""

import ast
import importlib.util
import shutil
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from checks.parsing import parse

from ..judging.graded_checks import PACKAGE

JUDGING_SIDE = ("judging", "explaining", "formulas")
"""Packages in it that no notebook imports."""

SEALING = ("sealing", "lending", "lent")
"""Modules that the sandbox holds because a check hands over what it sees, or is lent something, by them."""


def home() -> Path | None:
    """Return the folder of the package; None if it is not installed."""
    spec = importlib.util.find_spec(PACKAGE)
    return Path(spec.origin).parent if spec and spec.origin else None


def shown(package: Path) -> tuple[Path, ...]:
    """Return the files that the sandbox holds, relative to the folder that the package lies in."""
    return _shown(package, frozenset((path, path.stat().st_mtime_ns) for path in package.rglob("*.py")))


@lru_cache(maxsize=1)
def _shown(package: Path, _: frozenset[tuple[Path, int]]) -> tuple[Path, ...]:
    """Return what `shown` does for files that were written at these times: several ask in one run."""
    root = package.parent
    exercises = (path.parent for path in package.glob("*/__init__.py") if path.parent.name not in JUDGING_SIDE)
    waiting = [*package.glob("*.py"), *exercises]
    found: set[Path] = set()
    named: set[str] = set()
    while waiting:
        path = waiting.pop()
        path = path / "__init__.py" if path.is_dir() else path
        if path in found or not path.is_file():
            continue
        found.add(path)
        waiting += [above / "__init__.py" for above in path.parents if above.is_relative_to(package)]
        modules = set(_imported(path.read_text(encoding="utf-8"), path.parent.relative_to(root).parts))
        for module in modules - named:
            if module.partition(".")[0] == package.name:  # other packages lie beside it where it is installed
                place = root.joinpath(*module.split("."))
                waiting += [place, place.with_suffix(".py")]
        named |= modules
    return tuple(sorted(path.relative_to(root) for path in found))


def shown_modules(package: Path) -> frozenset[str]:
    """Return the names of the modules that the sandbox holds."""
    return frozenset(map(_name, shown(package)))


def every_module(package: Path) -> frozenset[str]:
    """Return the names of all modules of the package."""
    return frozenset(_name(path.relative_to(package.parent)) for path in package.rglob("*.py"))


def kept_back() -> frozenset[str]:
    """Return the names of the modules that are none of a notebook's business while it is graded."""
    package = home()
    if package is None:
        return frozenset()
    ours = shown_modules(package)
    return every_module(package) - ours | {name for name in ours if name.rpartition(".")[2] in SEALING}


def _name(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def _imported(source: str, inside: Sequence[str]) -> Iterator[str]:
    """Yield what may be modules among the names that an import of a module loads; it lies in the package `inside`."""
    for node in _run_at_once(parse(source).body):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = inside[: len(inside) + 1 - node.level] if node.level else ()
            package = ".".join((*above, *filter(None, [node.module])))
            yield package
            yield from (f"{package}.{alias.name}" for alias in node.names)


def _run_at_once(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield the statements that run when their module is imported, but for those that are for type checkers."""
    for statement in body:
        yield statement
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.If(ast.Name("TYPE_CHECKING"), orelse=[]):
                continue
        blocks = (getattr(statement, name, ()) for name in ("body", "orelse", "finalbody", "handlers", "cases"))
        yield from _run_at_once(inner for block in blocks for inner in block)


def copied(package: Path, folder: Path) -> Path:
    """Copy what the sandbox holds into a folder, with what Python has compiled of it, and return that."""
    root = package.parent
    for path in shown(package):
        compiled = Path(importlib.util.cache_from_source(str(path)))
        (folder / compiled).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / path, folder / path)
        if (root / compiled).is_file():
            shutil.copy2(root / compiled, folder / compiled)
    return folder


def without(readable: Iterable[Path], hidden: Path) -> list[Path]:
    """Return paths below which everything but `hidden` is read: a folder that holds it is replaced by its entries.

    A link to such a folder, as a virtual environment's lib64 is one, is replaced by the entries of the folder.
    """
    found: dict[Path, None] = {}
    for path in readable:
        place, secret = path.resolve(), hidden.resolve()
        if not secret.is_relative_to(place):
            found[path] = None
        elif place != secret:
            folder = place if path.is_symlink() else path
            found |= dict.fromkeys(without(sorted(folder.iterdir()), secret))
    return list(found)
