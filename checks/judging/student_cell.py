"""A student's cell, read beside the values of its lines: what stands where, and what only hands something on."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from checks.parsing import parse

LONGEST_TARGETS = 200
"""How much of a line is looked at for the names that it gives values to."""


class Place(NamedTuple):
    """Where an expression stands: lines are counted from 1, columns from 0."""

    line: int
    begin: int
    end_line: int
    end: int

    def within(self, other: Place) -> bool:
        """Tell whether it is a part of another one."""
        return (other.line, other.begin) <= (self.line, self.begin) and (self.end_line, self.end) <= (
            other.end_line,
            other.end,
        )


def line_of(source: Sequence[str], number: int) -> str:
    """Return a line by its number, or "" where there is none."""
    return source[number - 1] if 0 < number <= len(source) else ""


def text_at(source: Sequence[str], place: Place) -> str:
    """Return what stands in a place, as far as it goes in its first line."""
    return line_of(source, place.line)[place.begin : place.end if place.line == place.end_line else None]


def picks(source: Sequence[str], place: Place) -> bool:
    """Tell whether an expression only says where a value is kept; a part of one is something that is made.

    In a loop, which takes part after part, it is not.
    """
    match _parsed(text_at(source, place)):
        case ast.Module(body=[ast.Expr(value=expression)]):
            pass
        case _:  # it goes on in the next line
            return False
    parts = isinstance(expression, ast.Subscript)
    while isinstance(expression, ast.Attribute | ast.Subscript):
        expression = expression.value
    return isinstance(expression, ast.Name) and (not parts or place.line in _looping(tuple(source)))


@lru_cache(maxsize=8)
def _nodes(source: tuple[str, ...]) -> Sequence[ast.AST]:
    """Return what a cell consists of; nothing, if it cannot be read."""
    tree = _parsed("\n".join(source))
    return () if tree is None else list(ast.walk(tree))


def _parsed(code: str) -> ast.Module | None:
    """Return the tree of some code, None if it has none; for letters that Python would have to compare stands an x."""
    try:
        return parse("".join(sign if sign.isascii() else "x" for sign in code))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def handed_over(source: tuple[str, ...], place: Place) -> bool:
    """Tell whether a name stands for what another function of the cell has handed over, which is then to blame."""
    name, nodes = text_at(source, place), _nodes(source)
    functions = [one for one in nodes if isinstance(one, ast.FunctionDef) and one.lineno <= place.line <= _end(one)]
    called = (one.func for one in nodes if isinstance(one, ast.Call))
    names = {
        one.id if isinstance(one, ast.Name) else one.attr for one in called if isinstance(one, ast.Name | ast.Attribute)
    }
    return any(one.name in names and any(name == argument.arg for argument in one.args.args) for one in functions)


def _end(node: ast.stmt | ast.expr) -> int:
    return node.end_lineno or node.lineno


@lru_cache(maxsize=8)
def _looping(source: tuple[str, ...]) -> frozenset[int]:
    """Return the lines of a cell that run again and again; all, if it cannot be read."""
    nodes = _nodes(source)
    if not nodes:
        return frozenset(range(1, len(source) + 1))
    loops = (node for node in nodes if isinstance(node, ast.For | ast.While | ast.comprehension))
    spans = ((node.iter if isinstance(node, ast.comprehension) else node) for node in loops)
    return frozenset(line for node in spans for line in range(node.lineno, _end(node) + 1))


def assigns(line: str, name: str) -> bool:
    """Tell whether a line gives a value to a name, perhaps among others."""
    targets, is_given, _ = line[:LONGEST_TARGETS].partition("=")
    named = (one.strip().rstrip("-+*/@% ") for one in targets.split(","))
    return bool(is_given) and name in named
