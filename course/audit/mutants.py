"""Mutants of a solution cell: one small change each, by cosmic-ray's operators and by those of this field."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

GENERAL_OPERATORS = (
    "Replace",  # binary, unary and comparison operators; True and False; and and or; break and continue
    "NumberReplacer",
    "AddNot",
    "ZeroIterationForLoop",
)
"""Cosmic-ray's operators by the beginning of their names; the others insert or rename things that no learner would."""

BITWISE = ("RShift", "LShift", "BitOr", "BitAnd", "BitXor", "FloorDiv", "Mod", "Invert")
"""Replacements that cosmic-ray offers and that floating-point numbers refuse."""

RELATED = (
    ("sum", "mean"),
    ("mean", "sum"),
    ("sum", "prod"),
    ("mean", "median"),
    ("exp", "log"),
    ("max", "min"),
    ("argmax", "argmin"),
    ("append", "extend"),
)
"""Methods and functions that are taken for each other."""


@dataclass(frozen=True)
class Mutant:
    """A changed solution cell: `operator` names the kind of change, `change` shows it as "old line → new line"."""

    operator: str
    change: str
    source: str


def mutants(source: str) -> list[Mutant]:
    """Return all mutants of a cell, each once, in a fixed order; comments and layout of the cell do not matter."""
    original = ast.unparse(ast.parse(source))
    found: dict[str, Mutant] = {}
    for operator, mutated in (*_general(original), *_of_this_field(original)):
        try:
            mutated = ast.unparse(ast.parse(mutated))
        except SyntaxError:
            continue
        if mutated != original and mutated not in found:
            found[mutated] = Mutant(operator, shown(original, mutated), mutated)
    return list(found.values())


def shown(old: str, new: str) -> str:
    """Show the first and last differing lines of a change as one line."""
    before, after = old.splitlines(), new.splitlines()
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    removed = "; ".join(line.strip() for line in before[start : len(before) - end])
    added = "; ".join(line.strip() for line in after[start : len(after) - end])
    return f"{removed or '(nothing)'} → {added or '(nothing)'}"


def _general(source: str) -> Iterator[tuple[str, str]]:
    """Yield what cosmic-ray's operators make of a cell."""
    import cosmic_ray.plugins
    from cosmic_ray.mutating import mutate_code

    for name in sorted(cosmic_ray.plugins.operator_names()):
        short = name.partition("/")[2]
        if not short.removeprefix("core.").startswith(GENERAL_OPERATORS) or any(word in short for word in BITWISE):
            continue
        operator = cosmic_ray.plugins.get_operator(name)()
        occurrence = 0
        while (mutated := mutate_code(source, operator, occurrence)) is not None:
            yield short, mutated
            occurrence += 1


# --- operators of this field: each takes a node and yields what may stand in its place --------------------------


def _transpose(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Attribute(value=value, attr="T"):
            yield value
        case ast.BinOp(left=left, op=ast.MatMult() as op, right=right):
            yield ast.BinOp(ast.Attribute(left, "T", ast.Load()), op, right)
            yield ast.BinOp(left, op, ast.Attribute(right, "T", ast.Load()))


def _swapped_operands(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.BinOp(left=left, op=(ast.MatMult() | ast.Sub() | ast.Div() | ast.Pow()) as op, right=right):
            yield ast.BinOp(right, op, left)


def _product_for_product(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.BinOp(left=left, op=ast.MatMult(), right=right):
            yield ast.BinOp(left, ast.Mult(), right)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            yield ast.BinOp(left, ast.MatMult(), right)


def _dropped_operand(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.BinOp(left=left, right=right):
            yield left
            yield right


def _axis(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Call(func=func, args=args, keywords=keywords):
            for index, keyword in enumerate(keywords):
                if keyword.arg in ("dim", "axis"):
                    before, after = keywords[:index], keywords[index + 1 :]
                    yield ast.Call(func, args, before + after)
                    for axis in (0, 1, -1):
                        yield ast.Call(func, args, [*before, ast.keyword(keyword.arg, ast.Constant(axis)), *after])
                    yield ast.Call(func, args, [*keywords, ast.keyword("keepdims", ast.Constant(True))])
                if keyword.arg in ("keepdim", "keepdims"):
                    yield ast.Call(func, args, keywords[:index] + keywords[index + 1 :])


def _dropped_call(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Call(func=ast.Attribute(value=value), args=args):
            yield value
            if len(args) == 1 and not isinstance(args[0], ast.Starred):
                yield args[0]
        case ast.Call(args=[argument]) if not isinstance(argument, ast.Starred):
            yield argument


def _related_call(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Attribute(value=value, attr=name, ctx=ctx):
            for one, other in RELATED:
                if name == one:
                    yield ast.Attribute(value, other, ctx)


def _swapped_arguments(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Call(func=func, args=[*args], keywords=keywords) if len(args) > 1:
            for index in range(len(args) - 1):
                swapped = [*args[:index], args[index + 1], args[index], *args[index + 2 :]]
                yield ast.Call(func, swapped, keywords)


def _off_by_one(node: ast.AST) -> Iterator[ast.AST]:
    one = ast.Constant(1)
    match node:
        case ast.Call(func=ast.Name(id="range") as func, args=[stop]):
            yield ast.Call(func, [ast.BinOp(stop, ast.Sub(), one)], [])
            yield ast.Call(func, [ast.BinOp(stop, ast.Add(), one)], [])
            yield ast.Call(func, [one, stop], [])
        case ast.For(target=target, iter=iterated, body=body, orelse=orelse):
            for part in (ast.Slice(one, None), ast.Slice(None, ast.UnaryOp(ast.USub(), one))):
                listed = ast.Call(ast.Name("list", ast.Load()), [iterated], [])
                yield ast.For(target, ast.Subscript(listed, part, ast.Load()), body, orelse)
        case ast.Subscript(value=value, slice=ast.Slice(lower=lower, upper=upper, step=step), ctx=ctx):
            yield ast.Subscript(value, ast.Slice(lower, None, step), ctx)
            yield ast.Subscript(value, ast.Slice(None, upper, step), ctx)


def _reversed(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.For(target=target, iter=iterated, body=body, orelse=orelse) if _names(target) & _names(*body):
            backwards = ast.Call(ast.Name("list", ast.Load()), [iterated], [])
            step = ast.Slice(None, None, ast.UnaryOp(ast.USub(), ast.Constant(1)))
            yield ast.For(target, ast.Subscript(backwards, step, ast.Load()), body, orelse)


def _names(*nodes: ast.AST) -> set[str]:
    return {node.id for top in nodes for node in ast.walk(top) if isinstance(node, ast.Name)}


def _left_early(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.For(target=target, iter=iterated, body=body, orelse=orelse):
            yield ast.For(target, iterated, [*body, ast.Break()], orelse)


def _cast(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Return(value=ast.expr() as value):
            for method in ("round", "long"):
                yield ast.Return(ast.Call(ast.Attribute(value, method, ast.Load()), [], []))
        case ast.Assign(targets=targets, value=ast.BinOp() as value, lineno=line):
            for method in ("round", "half"):
                yield ast.Assign(targets, ast.Call(ast.Attribute(value, method, ast.Load()), [], []), lineno=line)


def _negated(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Return(value=ast.expr() as value) if not _is_nothing(value):
            yield ast.Return(ast.UnaryOp(ast.USub(), value))
        case ast.Assign(targets=targets, value=value, lineno=line) if not _is_nothing(value):
            yield ast.Assign(targets, ast.UnaryOp(ast.USub(), value), lineno=line)


def _scaled(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Return(value=ast.expr() as value) if not _is_nothing(value):
            yield ast.Return(ast.BinOp(ast.Constant(2), ast.Mult(), value))
            yield ast.Return(ast.BinOp(value, ast.Div(), ast.Constant(2)))
        case ast.Assign(targets=targets, value=value, lineno=line) if not _is_nothing(value):
            yield ast.Assign(targets, ast.BinOp(ast.Constant(2), ast.Mult(), value), lineno=line)


def _is_nothing(value: ast.expr) -> bool:
    """Tell whether a value is zero or empty, and so its own negative and double."""
    match value:
        case ast.Constant(value=number):
            return number == 0
        case ast.List(elts=[]):
            return True
        case ast.Call(func=ast.Attribute(attr="zeros" | "zeros_like")):
            return True
    return False


def _updated_otherwise(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.AugAssign(target=target, value=value, op=op, lineno=line):
            for other in (ast.Add(), ast.Sub(), ast.Mult(), ast.Div()):
                if type(other) is not type(op):
                    yield ast.AugAssign(target, other, value)
            yield ast.Assign([target], value, lineno=line)
            yield ast.Expr(value)


FIELD_OPERATORS: dict[str, Callable[[ast.AST], Iterator[ast.AST]]] = {
    "transpose": _transpose,
    "swapped operands": _swapped_operands,
    "product for product": _product_for_product,
    "dropped operand": _dropped_operand,
    "axis": _axis,
    "dropped call": _dropped_call,
    "related call": _related_call,
    "swapped arguments": _swapped_arguments,
    "off by one": _off_by_one,
    "reversed": _reversed,
    "left early": _left_early,
    "cast": _cast,
    "negated": _negated,
    "scaled": _scaled,
    "updated otherwise": _updated_otherwise,
}
"""The operators of this field by name."""


def _of_this_field(source: str) -> Iterator[tuple[str, str]]:
    """Yield what this field's operators make of a cell, and its cells with statements, names or attributes changed."""
    nodes = list(ast.walk(ast.parse(source)))
    for name, operator in FIELD_OPERATORS.items():
        for index, node in enumerate(nodes):
            for variant in range(len(list(operator(node)))):
                tree = ast.parse(source)
                chosen = _node(tree, index)
                yield name, _unparsed(tree, chosen, list(operator(copy.deepcopy(chosen)))[variant])
    yield from _without_statements(source)
    yield from _other_names(source)


def _node(tree: ast.AST, index: int) -> ast.AST:
    return next(node for position, node in enumerate(ast.walk(tree)) if position == index)


def _unparsed(tree: ast.AST, old: ast.AST, new: ast.AST) -> str:
    """Return the source of a tree with one node replaced."""

    class Replace(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return new if node is old else super().generic_visit(node)

    return ast.unparse(ast.fix_missing_locations(Replace().visit(tree)))


def _without_statements(source: str) -> Iterator[tuple[str, str]]:
    """Yield the cell without one of its statements, for each statement of a function's body and below."""
    for index, node in enumerate(ast.walk(ast.parse(source))):
        documentation = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if isinstance(node, ast.stmt) and not isinstance(node, ast.FunctionDef | ast.ClassDef) and not documentation:
            tree = ast.parse(source)
            yield "dropped statement", _unparsed(tree, _node(tree, index), ast.Pass())


def _other_names(source: str) -> Iterator[tuple[str, str]]:
    """Yield the cell with one name or attribute that is read replaced by another one that could stand there.

    An attribute is replaced by another one of the same object, a method by a method; a name by another local one, if
    what is done with it can be done with the other.
    """
    tree = ast.parse(source)
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    parents = {id(child): node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    attributes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    stored = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    arguments = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    local = sorted((stored | arguments) - {"self"})
    for index, node in enumerate(ast.walk(tree)):
        changes: list[str] = []
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            owner, is_called = ast.unparse(node.value), id(node) in called
            like = {a.attr for a in attributes if ast.unparse(a.value) == owner and (id(a) in called) == is_called}
            changes = sorted(like - {node.attr})
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in local:
            parent = parents[id(node)]
            wanted = parent.attr if isinstance(parent, ast.Attribute) else ""
            has = {a.value.id for a in attributes if a.attr == wanted and isinstance(a.value, ast.Name)}
            fits_all = not wanted or hasattr(np.ndarray, wanted)
            changes = [name for name in local if name != node.id and (fits_all or name in has)]
        for change in changes:
            fresh = ast.parse(source)
            chosen = _node(fresh, index)
            if isinstance(chosen, ast.Attribute):
                yield "wrong attribute", _unparsed(fresh, chosen, ast.Attribute(chosen.value, change, ast.Load()))
            else:
                yield "wrong name", _unparsed(fresh, chosen, ast.Name(change, ast.Load()))
