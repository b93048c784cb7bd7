"""Do the tests of the checks' engine notice when a line of it changes? `python -m tests.mutation [MODULE.py ...]`.

Every mutant of a module (`course.audit.mutants`, which the audit uses for solution cells) is run against the tests that
stand for it: `tests/checks/judging/test_factor.py` for `checks/judging/factor.py`, and those named with `--tests`. One
that no test notices is printed, unless `EQUIVALENT` says why nobody can.
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.util
import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from course.audit.forks import run_forked
from course.audit.mutants import Mutant, mutants
from tests.checks.equivalent_mutants import EQUIVALENT

ENGINE = ("checks/observing", "checks/judging", "checks/explaining")

OPERATORS = ("core/", "dropped", "swapped arguments", "off by one", "left early", "negated", "updated otherwise")
"""The kinds of change, by the beginnings of their names, that say something about code which is no formula."""

SECONDS = 60.0
"""How long the tests may compute for one mutant; one that never ends is noticed."""


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Has a module imported from other source."""

    def __init__(self, path: Path, source: str) -> None:
        self._name, self._path, self._source = ".".join(path.with_suffix("").parts), path, source

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self._name:
            return None
        return importlib.util.spec_from_loader(fullname, self, origin=str(self._path.resolve()))

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = str(self._path.resolve())
        exec(compile(self._source, str(self._path), "exec"), module.__dict__)


def tests_of(path: Path) -> list[str]:
    """Return the file of tests that stands for a module."""
    return [str(Path("tests", path.parent, f"test_{path.name}"))]


def status(path: Path, source: str, tests: Sequence[str]) -> int:
    """Run tests with a module changed, quietly, and return pytest's exit status."""
    for name in [name for name in sys.modules if name.partition(".")[0] in ("checks", "course", "tests")]:
        del sys.modules[name]
    sys.meta_path.insert(0, Changed(path, source))
    return _pytest(*tests, "-x", "--tb=no")


def _pytest(*arguments: str) -> int:
    import pytest

    quiet = os.open(os.devnull, os.O_WRONLY)
    kept = [os.dup(stream) for stream in (1, 2)]
    for stream in (1, 2):
        os.dup2(quiet, stream)
    try:
        return int(pytest.main([*arguments, "-q", "-n0", "-p", "no:cacheprovider"]))
    finally:
        for stream, before in zip((1, 2), kept, strict=True):
            os.dup2(before, stream)


def _says_the_same(one: str, other: str) -> bool:
    """Tell whether two sources differ in annotations alone, or in the order of what `max` and `min` take."""

    class Bare(ast.NodeTransformer):
        def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
            node.returns = None
            return self.generic_visit(node)

        def visit_arg(self, node: ast.arg) -> ast.AST:
            return ast.arg(node.arg)

        def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
            node.annotation = ast.Constant(None)
            return self.generic_visit(node)

        def visit_Call(self, node: ast.Call) -> ast.AST:
            if isinstance(node.func, ast.Name) and node.func.id in ("max", "min"):
                node.args.sort(key=ast.unparse)
            return self.generic_visit(node)

    return ast.dump(Bare().visit(ast.parse(one))) == ast.dump(Bare().visit(ast.parse(other)))


def survivors(path: Path, tests: Sequence[str], *, processes: int, every: int = 1) -> tuple[int, list[Mutant]]:
    """Return how many mutants of a module were tried, and those that no test noticed and nobody has explained.

    Raises:
        SystemExit: if the tests fail without any change.
    """
    source = path.read_text()
    explained = EQUIVALENT.get(str(path), {})
    telling = (m for m in mutants(source) if m.operator.startswith(OPERATORS) and not _says_the_same(source, m.source))
    tried = [m for m in telling if m.change not in explained][::every]
    _pytest(*tests, "--collect-only")  # so that what they import is there; what is ours is imported anew each time
    jobs = [lambda text=text: status(path, text, tests) for text in (source, *(m.source for m in tried))]  # type: ignore[misc]
    ended = dict(run_forked(jobs, processes=processes, seconds=[SECONDS] * len(jobs)))
    if ended[0].value != 0:
        raise SystemExit(f"{' '.join(tests)} must pass before anything is changed; pytest's status is {ended[0].value}")
    return len(tried), [m for i, m in enumerate(tried, 1) if ended[i].status == "done" and ended[i].value == 0]


def main() -> int:
    """Run it; the exit status is 1 if a mutant survived."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("modules", nargs="*", type=Path, help="files of the engine; all of them by default")
    parser.add_argument("--tests", nargs="+", default=[], help="more tests that stand for them")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--every", type=int, default=1, help="try only every so many of the mutants")
    asked = parser.parse_args()
    engine = [path for folder in ENGINE for path in sorted(Path(folder).glob("*.py")) if path.name != "__init__.py"]
    left = 0
    for path in asked.modules or engine:
        standing = [test for test in (*tests_of(path), *asked.tests) if Path(test.partition("::")[0]).exists()]
        if not standing:
            print(f"{path}: no tests of its own")
            left += 1
            continue
        number, alive = survivors(path, standing, processes=asked.processes, every=asked.every)
        print(f"{path}: {number} mutants, {len(alive)} survive", flush=True)
        for mutant in alive:
            print(f"  {mutant.operator}: {mutant.change}")
        left += len(alive)
    return int(left > 0)


if __name__ == "__main__":
    sys.exit(main())
