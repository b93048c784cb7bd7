"""Which check of `checks` a graded cell calls, found by reading it, without running anything."""

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .imports import parsed

PACKAGE = "checks"


@dataclass(frozen=True)
class GradedCheck:
    """The check that a graded cell ends in: `function` of `module`, such as check_backward of checks."""

    module: str
    function: str


def checks_imported(sources: Iterable[str]) -> dict[str, str]:
    """Return what names stand for, as "check_E": "checks.by_hand.check_E", where they come from this package.

    A name that a cell gives to something else as well, such as a personal network's own check, is not among them.
    """
    names: dict[str, str] = {}
    assigned = set()
    for source in sources:
        for node in ast.walk(parsed(source)):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                assigned.add(node.id)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
            elif isinstance(node, ast.Import):
                names |= {alias.asname: alias.name for alias in node.names if alias.asname}
                names |= {top: top for alias in node.names if not alias.asname for top in [alias.name.split(".")[0]]}
    return {name: full for name, full in names.items() if full.split(".")[0] == PACKAGE and name not in assigned}


def called_check(source: str, names: Mapping[str, str]) -> GradedCheck | None:
    """Return the check that a cell's last expression calls, if it does; `names` are those that cells import."""
    statements = parsed(source).body
    last = statements[-1] if statements else None
    if not isinstance(last, ast.Expr) or not isinstance(last.value, ast.Call):
        return None
    first, *rest = ast.unparse(last.value.func).split(".")
    module, _, function = ".".join([names.get(first, ""), *rest]).rpartition(".")
    return GradedCheck(module, function) if module and function.startswith("check_") else None
