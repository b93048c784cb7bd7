"""Cells that tests write as the body of a task's function."""

from __future__ import annotations

import ast
from textwrap import dedent, indent

from tests.conftest import exercise_named


def signatures(exercise: str) -> dict[str, str]:
    """Return what is defined in the solution of each task that is a function, such as "softmax(z)"."""
    found = {}
    for task in exercise_named(exercise).checks:
        for statement in ast.parse(exercise_named(exercise).solution(task)).body:
            if isinstance(statement, ast.FunctionDef) and statement.name == task:
                found[task] = f"{task}({ast.unparse(statement.args)})"
    return found


def function_cell(signature: str, body: str) -> str:
    """Return the cell that defines a function with a body."""
    return f"def {signature}:\n{indent(dedent(body).strip(), '    ')}\n"
