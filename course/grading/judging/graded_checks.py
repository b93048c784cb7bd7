"""Which check of `checks` a graded cell calls, found by reading it, without running anything."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..imports import parsed

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
    sources = list(sources)
    names = dict(_imported(parsed(source) for source in sources if PACKAGE in source))
    names = {name: full for name, full in names.items() if full.partition(".")[0] == PACKAGE}
    if not names:
        return names
    word = re.compile(rf"\b({'|'.join(map(re.escape, names))})\b")
    given: dict[str, list[ast.expr | None]] = {}
    for tree in (parsed(source) for source in sources if word.search(source)):
        for name, value in _assigned(tree):
            given.setdefault(name, []).append(value)
    for name, values in given.items():  # the owners of personal checks
        if name not in names and _is_personal(full := _the_only(values, names)) and full.endswith("()"):
            names[name] = full
    for name, values in given.items():
        if name not in names or not _is_personal(names[name]):
            full = _the_only(values, names)
            if name in names or _is_personal(full):
                names[name] = full if _is_personal(full) else f"{PACKAGE}."
    return names


def _the_only(values: Sequence[ast.expr | None], names: Mapping[str, str]) -> str:
    """Return what the only value of a name stands for; an empty text if there are several, or nothing is known."""
    return _full_name(values[0], names) if len(values) == 1 and values[0] is not None else ""


def _is_personal(full: str) -> bool:
    return f".{OF_ONES_OWN}()" in full


def _imported(trees: Iterable[ast.Module]) -> Iterator[tuple[str, str]]:
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((alias.asname or alias.name, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                yield (alias.asname, alias.name) if alias.asname else (top, top)


def _assigned(tree: ast.Module) -> Iterator[tuple[str, ast.expr | None]]:
    """Yield every name that is assigned, with its value where that can be told."""
    told = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for name, value in (pair for target in node.targets for pair in _pairs(target, node.value)):
                told.add(name)
                yield name.id, value
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node not in told:
            yield node.id, None


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
