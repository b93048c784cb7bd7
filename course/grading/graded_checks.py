"""Which check of `checks` a graded cell calls, found by reading it, without running anything."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .imports import parsed

PACKAGE = "checks"
OF_ONES_OWN = "personal"
"""The function of an exercise that returns checks for each student's own numbers."""


@dataclass(frozen=True)
class GradedCheck:
    """The check that a graded cell ends in: `function` of `module`, such as check_backward of checks.

    If it is `personal`, it is that of the student's own network, as the module's `personal` returns it.
    """

    module: str
    function: str
    personal: bool = False


def uses_checks(modules: Iterable[str]) -> bool:
    """Tell whether one of the modules that cells import is of our checks."""
    return any(module.partition(".")[0] == PACKAGE for module in modules)


def names_of_checks(sources: Iterable[str]) -> dict[str, str]:
    """Return what names stand for, as "check_E": "checks.by_hand.check_E", where they come from this package.

    A personal network's check is "checks.by_hand.personal().check_E". A name that cells give to several things stands
    for nothing that is known: "checks." alone.
    """
    trees = [parsed(source) for source in sources]
    names = dict(_imported(trees))
    given: dict[str, set[str]] = {}
    for name, value in _assigned(trees):
        given.setdefault(name, set()).add(_full_name(value, names) if value is not None else "")
    owners = {name: next(iter(full)) for name, full in given.items() if len(full) == 1}
    names |= {name: full for name, full in owners.items() if full.endswith(f".{OF_ONES_OWN}()")}
    for name, value in _assigned(trees):
        full = _full_name(value, names) if value is not None else ""
        known = len(given[name]) == 1 and f".{OF_ONES_OWN}()" in full
        if known or name in names:
            names[name] = full if known else f"{PACKAGE}."
    return {name: full for name, full in names.items() if full.partition(".")[0] == PACKAGE}


def _imported(trees: Iterable[ast.Module]) -> Iterator[tuple[str, str]]:
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((alias.asname or alias.name, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                yield (alias.asname, alias.name) if alias.asname else (top, top)


def _assigned(trees: Iterable[ast.Module]) -> Iterator[tuple[str, ast.expr | None]]:
    """Yield every name that is assigned, with its value where that can be told."""
    for tree in trees:
        told = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    for name, value in _pairs(target, node.value):
                        told.add(name)
                        yield name.id, value
        yield from (
            (node.id, None)
            for node in ast.walk(tree)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node not in told
        )


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.Name, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        for one, its in zip(target.elts, value.elts, strict=True):
            yield from _pairs(one, its)


def _full_name(expression: ast.expr, names: Mapping[str, str]) -> str:
    """Return what an expression stands for, such as "checks.by_hand.personal()"; what it is called with is left out."""
    match expression:
        case ast.Name(name):
            return names.get(name, "")
        case ast.Attribute(owner, name):
            return f"{_full_name(owner, names)}.{name}"
        case ast.Call(function):
            return f"{_full_name(function, names)}()"
    return ""


def called_check(source: str, names: Mapping[str, str]) -> GradedCheck | None:
    """Return the check that a cell's last expression calls, if it does; `names` are those of `names_of_checks`."""
    statements = parsed(source).body
    last = statements[-1] if statements else None
    if not isinstance(last, ast.Expr) or not isinstance(last.value, ast.Call):
        return None
    module, _, function = _full_name(last.value.func, names).rpartition(".")
    if not module.startswith(PACKAGE) or not function.startswith("check_"):
        return None
    whose = module.removesuffix(f".{OF_ONES_OWN}()")
    return GradedCheck(whose, function, personal=True) if whose != module else GradedCheck(module, function)


def uses_our_package(source: str, names: Mapping[str, str]) -> bool:
    """Tell whether a cell uses one of the names of `names_of_checks`."""
    return any(isinstance(node, ast.Name) and node.id in names for node in ast.walk(parsed(source)))
