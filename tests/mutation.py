"""Do the tests of the checks' engine notice when a line of it changes? `python -m tests.mutation [MODULE.py ...]`.

Every mutant of a module, one small change each, is run against the tests that stand for it:
`tests/checks/judging/test_factor.py` for `checks/judging/factor.py`, and those named with `--tests`. One that no test
notices is printed, unless `EQUIVALENT` says why nobody can.
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.util
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from course.audit.forks import run_forked
from course.audit.mutants import FIELD_OPERATORS, Mutant, shown
from tests.checks.equivalent_mutants import EQUIVALENT

ENGINE = ("checks/observing", "checks/judging", "checks/explaining")

UNTOLD = ("frozen", "strict", "maxsize", "compare")
"""Arguments by name that guard what is written, or make it faster, and change nothing that it does."""

TYPES = ("float", "bool", "list", "tuple", "str", "named", "capitalised", "np.asarray", "np.array", "MappingProxyType")
"""Functions that make something of another type, or other words, but not another thing."""

COUNTED = ("len(", "stage", ".size", ".ndim")
"""What is written in comparisons of whole numbers; another number is never exactly at a bound."""

OPPOSITE: dict[type[ast.cmpop], list[type[ast.cmpop]]] = {
    ast.Lt: [ast.LtE, ast.GtE],
    ast.LtE: [ast.Lt, ast.Gt],
    ast.Gt: [ast.GtE, ast.LtE],
    ast.GtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
}
"""What stands in the place of a comparison: first what differs at its bound alone."""

INSTEAD: dict[type[ast.AST], list[type[ast.AST]]] = {
    ast.And: [ast.Or],
    ast.Or: [ast.And],
    ast.Add: [ast.Sub],
    ast.Sub: [ast.Add],
    ast.Mult: [ast.Div],
    ast.Div: [ast.Mult],
    ast.Pow: [ast.Mult],
    ast.BitAnd: [ast.BitOr],
    ast.BitOr: [ast.BitAnd],
}
"""What stands in the place of another operator."""

FUNCTIONS = {"all": "any", "any": "all", "max": "min", "min": "max"}
"""Functions that are taken for each other."""

OPERATORS = ("dropped operand", "dropped call", "swapped arguments", "off by one", "left early")
"""The kinds of change of `course.audit.mutants` that say something about code which is no formula."""


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what may stand in the place of a node."""
    for operator in INSTEAD.get(type(node), ()):
        yield operator()
    match node:
        case ast.Compare(left=left, ops=ops, comparators=others):
            sides = (left, *others)
            whole = any(isinstance(side, ast.Constant) and type(side.value) is int for side in sides)
            whole = whole or any(word in ast.unparse(node) for word in COUNTED)
            for i, op in enumerate(ops):
                for other in OPPOSITE[type(op)] if whole else OPPOSITE[type(op)][-1:]:
                    yield ast.Compare(left, [*ops[:i], other(), *ops[i + 1 :]], others)
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() | float() as value):
            yield ast.Constant(value + 1)
            yield ast.Constant(value / 1000 if isinstance(value, float) else value - 1)
            if isinstance(value, float):
                yield ast.Constant(value * 1000)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.Name(id=name, ctx=ast.Load()) if name in FUNCTIONS:
            yield ast.Name(FUNCTIONS[name], ast.Load())
        case ast.If(body=body, orelse=orelse):
            yield ast.If(ast.Constant(True), body, orelse)
            yield ast.If(ast.Constant(False), body, orelse)
        case ast.IfExp(body=body, orelse=orelse):
            yield body
            yield orelse
        case ast.BoolOp(op=op, values=values):
            yield from (ast.BoolOp(op, values[:i] + values[i + 1 :]) for i in range(len(values)))
        case ast.comprehension(target=target, iter=iterated, ifs=ifs, is_async=is_async):
            for i in range(len(ifs)):
                yield ast.comprehension(target, iterated, ifs[:i] + ifs[i + 1 :], is_async)
        case ast.Return(value=ast.Constant(value=None)):
            return  # the same as `return`
        case ast.Assign() | ast.AugAssign() | ast.Expr() | ast.Continue() | ast.Raise() | ast.Delete():
            yield ast.Pass()
        case ast.Return(value=ast.expr()):
            yield ast.Return(None)
        case ast.Call(func=ast.Name(id="max" | "min")):
            return  # which comes first makes no difference to them
        case ast.Call(func=func, keywords=[]) if ast.unparse(func) in TYPES:
            return
    for operation in OPERATORS:
        yield from FIELD_OPERATORS[operation](node)


def _told(node: ast.AST) -> Iterator[tuple[ast.AST, str, int | None]]:
    """Yield the places below a node, each as its owner, the field and the place in a list, that do something.

    Annotations, names of types, decorators, texts and arguments of `UNTOLD` do not.
    """
    for name, value in ast.iter_fields(node):
        if name in ("ops", "annotation", "returns", "decorator_list", "format_spec", "ctx"):
            continue
        for index, child in enumerate(value if isinstance(value, list) else [value]):
            match child:
                case (
                    ast.Expr(value=ast.Constant())
                    | ast.Assign(value=ast.Subscript(value=ast.Name("tuple" | "Mapping")))
                ):
                    continue
            if isinstance(child, ast.AST) and getattr(child, "arg", None) not in UNTOLD:
                yield node, name, index if isinstance(value, list) else None
                yield from _told(child)


def mutants(source: str) -> list[Mutant]:
    """Return the mutants of a module, each once, in a fixed order."""
    tree = ast.parse(source)
    original = ast.unparse(tree)
    found = {}
    for owner, name, index in list(_told(tree)):
        held = getattr(owner, name)
        node = held if index is None else held[index]
        for change in _changes(node):
            if index is None:
                setattr(owner, name, change)
            else:
                held[index] = change
            with suppress(ValueError, SyntaxError):  # what nobody can write
                text = ast.unparse(ast.fix_missing_locations(tree))
                compile(text, "", "exec")
                where = ast.unparse(node).partition("\n")[0]
                change = shown(original, text).replace("(nothing)", f"{where} …")
                found.setdefault(text, Mutant(type(node).__name__, change, text))
            if index is None:
                setattr(owner, name, node)
            else:
                held[index] = node
    return [mutant for text, mutant in found.items() if text != original]


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


def status(path: Path, source: str, tests: Sequence[str], *options: str) -> int:
    """Run tests with a module changed, quietly, and return pytest's exit status."""
    for name in [name for name in sys.modules if name.partition(".")[0] in ("checks", "course", "tests")]:
        del sys.modules[name]
    sys.meta_path.insert(0, Changed(path, source))
    return _pytest(*tests, "-x", "--tb=no", "-p", "no:benchmark", *options)


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


def survivors(path: Path, tests: Sequence[str], *, processes: int, every: int = 1) -> tuple[int, list[Mutant]]:
    """Return how many mutants of a module were tried, and those that no test noticed and nobody has explained.

    Raises:
        SystemExit: if the tests fail without any change.
    """
    source = path.read_text()
    explained = EQUIVALENT.get(str(path), {})
    tried = [mutant for mutant in mutants(source) if mutant.change not in explained][::every]
    _pytest(*tests, "--collect-only")  # so that what they import is there; what is ours is imported anew each time
    alone = "--noconftest"  # what all tests share is dear, and little of the engine's needs it
    [(_, unchanged)] = run_forked([lambda: status(path, source, tests, alone)], processes=1, seconds=[SECONDS])
    options = [alone] if unchanged.value == 0 else []
    jobs = [lambda text=text: status(path, text, tests, *options) for text in (source, *(m.source for m in tried))]  # type: ignore[misc]
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
            print(f"  {mutant.change}")
        left += len(alive)
    return int(left > 0)


if __name__ == "__main__":
    sys.exit(main())
