"""The values of a student's own lines: expressions report what they amount to, and are what they were."""

from __future__ import annotations
import __future__

import ast
import linecache
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import CodeType, FunctionType
from typing import Any

import numpy as np

from checks.observing.arrays import NotAnArrayError, as_array
from checks.observing.observation import Array, Note, Observation
from checks.observing.quantity import Quantity
from checks.observing.standing_in import functions_behind
from checks.observing.time_limit import Clock, TimeUp
from checks.observing.watch import foreign

WHOLE, PART, HELD = "what a line makes", "a part of a line", "what a list holds"
"""The kinds of the values: of what is assigned, returned or handed on, of expressions within, and in lists there."""

SOURCE = "source"
"""The kind of the notes that hold the student's lines, a few of them each; they are about the first one's number."""

MOST_VALUES, LARGEST, MOST_NUMBERS = 1_500, 4_096, 200_000
"""How many values are kept of a run, the most numbers that one of them may have, and all of them together."""

LONGEST_NOTE = 2_000
"""The most characters of a note of lines."""

MOST_LINES, LONGEST_SOURCE = 1_000, 50_000
"""The most lines and characters of a cell that is looked at."""

LOOKING_SECONDS = 1.0
"""For how long code may compute while its values are reported, after which it is stopped."""

MOST_HELD = 50
"""The most values of a list that are reported; of a longer one it is only said that nothing is known."""

_REPORTED = (ast.Attribute, ast.BinOp, ast.Call, ast.IfExp, ast.Name, ast.Subscript, ast.UnaryOp)
_FUTURE = sum(getattr(__future__, name).compiler_flag for name in __future__.all_feature_names)
_HOOK = "what an expression amounts to is reported to whoever stands here"


@dataclass
class Lines:
    """What a student's lines amounted to while they were observed, in the order in which they ran."""

    values: dict[Quantity, Array] = field(default_factory=dict)
    sources: list[str] = field(default_factory=list)
    numbers: int = 0
    clock: Clock = field(default_factory=lambda: Clock(LOOKING_SECONDS))

    def observation(self) -> Observation:
        """Return the values, each by where it stands, and the lines of the cells as notes."""
        return Observation(self.values, notes=tuple(self._notes()))

    def _notes(self) -> Iterator[Note]:
        for source in self.sources:
            note, first = "", 1
            for number, line in enumerate(source.split("\n"), start=1):
                if number > first and len(note) + len(line) >= LONGEST_NOTE:
                    yield Note(SOURCE, note, str(first))
                    note, first = "", number
                note += "\n" * (number > first) + line[:LONGEST_NOTE]
            yield Note(SOURCE, note, str(first))

    def report(self, place: tuple[str, str], value: Any) -> Any:
        """Keep a value, if it is an array, a tensor, a float, or a list of these, and return it.

        Raises:
            TimeUp: if the code has computed for too long.
        """
        if not self.clock.left:
            raise TimeUp
        kind, where = place
        if len(self.values) < MOST_VALUES and self.numbers < MOST_NUMBERS:
            if type(value) is list:
                for array in _held(value):
                    self._keep(HELD, where, array)
            else:
                with suppress(NotAnArrayError):
                    self._keep(kind, where, _numbers(value))
        return value

    def _keep(self, kind: str, where: str, array: Array | None) -> None:
        if array is not None:
            self.numbers += array.size
            self.values[Quantity(kind, aspect=where, step=len(self.values) + 1)] = array


def _numbers(value: Any) -> Array | None:
    """Return a copy of an array, a tensor or a float; nothing else is asked for anything."""
    kind, torch = type(value), sys.modules.get("torch")
    if kind in (float, np.float64, np.float32):
        return as_array(value)
    if kind is np.ndarray:
        return as_array(value) if value.size <= LARGEST else None
    if torch is not None and kind in (torch.Tensor, torch.nn.Parameter):
        return as_array(value) if value.numel() <= LARGEST else None
    return None


def _held(values: list[Any]) -> list[Array]:
    """Return what a list of numbers holds, each number as an array; something unknown, if that cannot be told."""
    with suppress(NotAnArrayError):
        found = [_numbers(value) for value in values[: MOST_HELD + 1]]
        if len(found) <= MOST_HELD:
            return [np.atleast_1d(array) for array in found if array is not None]
    return [np.full(1, np.nan)]


@contextmanager
def lines_reporting(subject: Any, method: str = "") -> Iterator[Lines]:
    """Let the cell that defines a student's function or class report its values; of an object that of its `method`.

    What cannot be followed (no source, code that was made otherwise) runs as it is.
    """
    lines = Lines()
    own = _functions(subject, method)
    before: list[tuple[FunctionType, CodeType]] = []
    try:
        for name in {function.__code__.co_filename for function in own}:
            source = "".join(linecache.getlines(name))
            if len(source) > LONGEST_SOURCE or source.count("\n") > MOST_LINES:
                continue
            with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
                reporting = _compiled(source, name, own[0].__code__.co_flags & _FUTURE, lines.report)
                lines.sources.append(source)
                for function in own:
                    made = reporting.get(_which(function.__code__))
                    if made is not None and made.co_freevars == function.__code__.co_freevars:
                        before.append((function, function.__code__))
                        function.__code__ = made
        yield lines
    finally:
        for function, code in before:
            function.__code__ = code


def _functions(subject: Any, method: str) -> list[FunctionType]:
    """Return the functions of the cell in which a student's function, class or method was written; of no other cell.

    What a class inherits, and what wraps a function, may come from elsewhere.
    """
    kind = subject if isinstance(subject, type) else type(subject)
    if isinstance(subject, type):
        begun = [one for base in kind.__mro__[:-1] for value in vars(base).values() for one in functions_behind(value)]
    elif callable(subject):
        begun = functions_behind(subject)
    else:
        begun = functions_behind(getattr(kind, method, None))
    inmost = begun if isinstance(subject, type) else reversed(begun)
    cells = [one.__code__.co_filename for one in inmost if not foreign(one.__code__)][:1]
    found = list(begun)
    for names in {id(one.__globals__): one.__globals__ for one in begun}.values():
        for value in list(names.values()):
            holders = vars(value).values() if isinstance(value, type) else (value,)
            found += [one for one in holders if isinstance(one, FunctionType)]
    return list({id(one): one for one in found if one.__code__.co_filename in cells}.values())


def _which(code: CodeType) -> tuple[str, int]:
    return code.co_name, code.co_firstlineno


def _compiled(
    source: str, name: str, flags: int, report: Callable[[tuple[str, str], Any], Any]
) -> dict[tuple[str, int], CodeType]:
    """Return the code of every function in a cell, by its name and line, with all of its expressions reporting.

    Raises:
        SyntaxError: if that is no code.
    """
    flags |= ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    tree = compile(source, name, "exec", flags | ast.PyCF_ONLY_AST, dont_inherit=True)
    reporting = _Reporting(source.splitlines())
    tree = ast.fix_missing_locations(reporting.visit(tree))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is called looks like a text
        code = compile(tree, name, "exec", flags, dont_inherit=True)
    found: dict[tuple[str, int], list[CodeType]] = {}
    for one in _within(code):
        found.setdefault(_which(one), []).append(one)
    return {which: _hooked(one, report) for which, (one, *others) in found.items() if not others}


def _within(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _within(constant)


def _hooked(code: CodeType, report: Callable[..., Any]) -> CodeType:
    """Return code in which what reports stands in its place; the compiler takes constants only."""

    def put(constant: Any) -> Any:
        if isinstance(constant, CodeType):
            return _hooked(constant, report)
        return report if constant == _HOOK else constant

    return code.replace(co_consts=tuple(map(put, code.co_consts)))


class _Reporting(ast.NodeTransformer):
    """Puts every expression that is computed with into a call that reports it."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def visit(self, node: ast.AST) -> Any:
        match node:
            case ast.JoinedStr() | ast.pattern() | ast.Slice():
                return node
            case ast.Name() | ast.Attribute() | ast.Subscript() if not isinstance(node.ctx, ast.Load):
                return node
            case ast.Call(func=ast.Attribute() as function):
                function.value = self.visit(function.value)
            case ast.Call():
                pass
            case ast.Subscript():
                node.value = self.visit(node.value)
                return self._reported(node)
            case _:
                visited = super().visit(node)
                return self._reported(node) if isinstance(node, _REPORTED) else visited
        node.args = [self.visit(one) for one in node.args]
        node.keywords = [ast.keyword(one.arg, self.visit(one.value)) for one in node.keywords]
        return self._reported(node)

    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        node.value = self._whole(node.value)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        node.value = node.value and self._whole(node.value)
        return node

    def visit_Return(self, node: ast.Return) -> ast.stmt:
        node.value = node.value and self._whole(node.value)
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        if isinstance(node.value, ast.Call):
            node.value.args = [self._whole(one) for one in node.value.args]
            if isinstance(node.value.func, ast.Attribute):
                node.value.func.value = self.visit(node.value.func.value)
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> list[ast.stmt]:
        """Have what it makes reported afterwards, where looking at it again does nothing else."""
        node.value = self.visit(node.value)
        if any(isinstance(one, ast.Call | ast.NamedExpr) for one in ast.walk(node.target)):
            return [node]
        again = ast.parse(ast.unparse(node.target), mode="eval").body
        for one in ast.walk(again):
            ast.copy_location(one, node)
        return [node, ast.copy_location(ast.Expr(self._reported(again, WHOLE)), node)]

    def _whole(self, node: ast.expr) -> ast.expr:
        if isinstance(node, ast.Tuple | ast.List):
            node.elts = [self._whole(one) for one in node.elts]
            return node
        visited: ast.expr = self.visit(node)
        match visited:
            case ast.Call(func=ast.Constant(value), args=[ast.Tuple([kind, _]), _]) if value == _HOOK:
                kind.value = WHOLE  # type: ignore[attr-defined] # a constant
        return visited

    def _reported(self, node: Any, kind: str = PART) -> ast.expr:
        begin, end = self._column(node.lineno, node.col_offset), self._column(node.end_lineno, node.end_col_offset)
        where = f"{node.lineno},{begin},{node.end_lineno},{end}"
        place = ast.Tuple([ast.Constant(kind), ast.Constant(where)], ast.Load())
        return ast.copy_location(ast.Call(ast.Constant(_HOOK), [place, node], []), node)

    def _column(self, line: int, byte: int) -> int:
        return len(self._lines[line - 1].encode()[:byte].decode(errors="ignore"))
