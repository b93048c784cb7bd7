"""Looks as plain data for the process that observes: their cases, and what is lent.

What an exercise lends stands in its module `lent`. Of that only those parts travel that a look names, such as
"checks.by_hand.lent.stand_ins_for", each with what it needs of the module: so a right answer is nowhere in the sandbox
before the work that it answers has been handed over.

Only who judges sends them, so they are trusted; what comes back is not, see `wire.py`.
"""

from __future__ import annotations

import ast
import base64
import inspect
import marshal
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

from checks.observing.looking import Look
from checks.parsing import parse


def look_as_wire(look: Look) -> dict[str, Any]:
    """Return a look as what JSON can hold; the cases of a second one are known already."""
    packed = _Packed()
    cases = None if look.second else [packed.value(case) for case in look.cases]
    return {
        "cases": cases,
        "arrays": base64.b64encode(b"".join(packed.parts)).decode(),
        "lends": _lent(look.lends),
        "second": look.second,
        "single": look.single,
        "lines": look.lines,
    }


def look_from_wire(sent: Mapping[str, Any], known: Sequence[Any]) -> Look:
    """Return the look that was sent; `known` are the cases of the one before. What it lends is there."""
    lend(sent["lends"])
    data = base64.b64decode(sent["arrays"])
    cases = known if sent["second"] else [_unpacked(case, data) for case in sent["cases"]]
    return Look(cases, tuple(sent["lends"]), sent["second"], sent["single"], sent["lines"])


# --- cases -----------------------------------------------------------------------------------------------------


class _Packed:
    """Turns values into what JSON can hold, and collects the bytes of their arrays."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self._size = 0

    def value(self, value: Any) -> Any:
        """Return a case, or anything that one may hold, as a tagged list; text, numbers and None as they are."""
        match value:
            case None | bool() | str():
                return value
            case np.ndarray():
                return self._array(value)
            case np.generic():
                return self._array(np.asarray(value))
            case int() | float():
                return value
            case type() if issubclass(value, np.generic):
                return ["dtype", np.dtype(value).str]
            case tuple() | list() | frozenset():
                return [type(value).__name__, *map(self.value, value)]
            case Mapping():
                return ["dict", *([self.value(key), self.value(entry)] for key, entry in value.items())]
        if not is_dataclass(value) or isinstance(value, type):
            raise TypeError(f"a case cannot hold {type(value).__name__}")
        kind = type(value)
        entries = {field.name: self.value(getattr(value, field.name)) for field in fields(value) if field.init}
        return ["case", kind.__module__, kind.__qualname__, entries]

    def _array(self, array: Any) -> list[Any]:
        data = np.ascontiguousarray(array).tobytes()
        if array.dtype.hasobject:
            raise TypeError("a case cannot hold an array of objects")
        begin, self._size = self._size, self._size + len(data)
        self.parts.append(data)
        return ["array", array.dtype.str, list(array.shape), begin]


_SEQUENCES = {"tuple": tuple, "list": list, "frozenset": frozenset}


def _unpacked(value: Any, data: bytes) -> Any:
    if not isinstance(value, list):
        return value
    match value[0]:
        case "array":
            _, kind, shape, begin = value
            return np.frombuffer(data, kind, math.prod(shape), begin).reshape(shape).copy()
        case "dtype":
            return np.dtype(value[1]).type
        case "dict":
            return {_unpacked(key, data): _unpacked(entry, data) for key, entry in value[1:]}
        case "case":
            _, module, name, entries = value
            kind = getattr(sys.modules.get(module) or import_module(module), name)
            return kind(**{key: _unpacked(entry, data) for key, entry in entries.items()})
    return _SEQUENCES[value[0]](_unpacked(entry, data) for entry in value[1:])


# --- what is lent ----------------------------------------------------------------------------------------------


class _Statement(NamedTuple):
    """A statement of a module: the names that it binds there, and those that it reads."""

    binds: frozenset[str]
    reads: frozenset[str]
    tree: ast.stmt


@cache
def _statements(module: str) -> tuple[_Statement, ...]:
    """Return the statements of a module that bind names.

    Raises:
        TypeError: if there are others, which would be missing where parts of the module are lent.
    """
    found = []
    for tree in parse(inspect.getsource(import_module(module))).body:
        binds = frozenset(_bound(tree))
        if binds:
            found.append(_Statement(binds, frozenset(_names(tree)), tree))
        elif not isinstance(tree, ast.Expr):
            raise TypeError(
                f"line {tree.lineno} of {module} neither imports nor defines anything, so it could not be lent: "
                "put it into a function there"
            )
    return tuple(found)


def _bound(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that an import or a definition binds."""
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in names)
        case ast.Assign(targets=targets):
            yield from (name for target in targets for name in _names(target, ast.Store))
        case ast.AnnAssign(target=target):
            yield from _names(target, ast.Store)


def _names(tree: ast.AST, context: type[ast.expr_context] = ast.Load) -> Iterator[str]:
    """Yield the names that are read in a tree, or those that are bound."""
    yield from (node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, context))


@cache
def _brought(part: str) -> tuple[_Statement, ...]:
    """Return the statements of its module that a part consists of, in their order: its own and all that they need."""
    module, _, name = part.rpartition(".")
    found: set[_Statement] = set()
    needed, known = frozenset({name}), frozenset[str]()
    while needed - known:
        more = {one for one in _statements(module) if one.binds & (needed - known)}
        known |= needed
        needed = frozenset().union(needed, *(one.reads for one in more))
        found |= more
    if not any(name in one.binds for one in found):
        raise LookupError(f"there is no {name} in {module} to lend")
    return tuple(one for one in _statements(module) if one in found)


def answered(part: str) -> frozenset[str]:
    """Return the names that a part which is lent brings along, and the tasks that its module says they answer."""
    module = import_module(part.rpartition(".")[0])
    names = frozenset[str]().union(*(one.binds for one in _brought(part)))
    return names.union(*(tasks for name, tasks in getattr(module, "ANSWERS", {}).items() if name in names))


def _lent(parts: Sequence[str]) -> dict[str, list[Any]]:
    """Return for each part the statements that none before it brings: the names that they bind, and their code."""
    lent: dict[str, list[Any]] = {}
    sent: set[_Statement] = set()
    for part in parts:
        new = [statement for statement in _brought(part) if statement not in sent]
        sent.update(new)
        title = f"<frozen {part.rpartition('.')[0]}>"  # a name that tells no path, and is no student's
        lent[part] = [[sorted(statement.binds), _code(statement, title)] for statement in new]
    return lent


@cache
def _code(statement: _Statement, title: str) -> str:
    """Return a statement as bytes that the same interpreter can load."""
    tree = ast.Module([statement.tree], [])
    code = compile(tree, title, "exec", flags=annotations.compiler_flag, dont_inherit=True)
    return base64.b64encode(marshal.dumps(code)).decode()


def lend(parts: Mapping[str, Sequence[Any]]) -> None:
    """Run the statements of parts that are lent, in this order, in their modules, unless what they bind is there."""
    for part, statements in parts.items():
        name = part.rpartition(".")[0]
        module = sys.modules.get(name) or _made(name)
        for binds, code in statements:
            if not vars(module).keys() >= set(binds):
                exec(marshal.loads(base64.b64decode(code)), vars(module))


def _made(name: str) -> ModuleType:
    """Return a new module, in its place."""
    package, _, short = name.rpartition(".")
    sys.modules[name] = module = ModuleType(name)
    module.__package__ = package
    setattr(import_module(package), short, module)
    return module
