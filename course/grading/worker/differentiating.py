"""Cells that look as if they differentiate automatically where it is to be done by hand: for a person to look at.

What is searched for are words, so nothing here proves anything, and whoever hides them is not found.
"""

import ast
import importlib
import re
import symtable
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from checks.contents import Contents, Item

from ...bounds import LONGEST_CODE
from ..imports import code, code_in, normal, tree_of, without_magics
from ..judging.graded_checks import GradedCheck
from ..judging.outcomes import exercise_of
from ..released import ReleasedNotebook

LIBRARIES = (
    "autograd", "_autograd", "jax", "flax", "tensorflow", "keras", "mxnet", "paddle", "tinygrad", "aesara", "pytensor",
    "theano", "casadi", "sympy", "functorch", "_functorch", "numdifftools",
)  # fmt: skip
"""Libraries that there is no other reason to use, but for those that an exercise names as at home in it."""

DERIVATIVES = (
    "grad", "value_and_grad", "elementwise_grad", "multigrad", "grad_and_value", "grad_and_aux", "holomorphic_grad",
    "jacobian", "jacrev", "jacfwd", "hessian", "make_vjp", "make_jvp", "make_hvp", "make_ggnvp", "vjp", "jvp", "hvp",
    "linearize", "linear_transpose", "deriv", "GradientTape",
)  # fmt: skip
"""What functions that differentiate are called, in any of the libraries."""

MORE_WORDS = ("_src", "func", "functional", "forward_ad", "retain_grad", "complex", "complex64",
              "complex128", "imag")  # fmt: skip
"""Words of CALLS and COMPLEX_STEP that are no libraries and no derivatives."""

BACKWARD = r"\.\s*backward\s*\(\s*(?:\)|(?:gradient|retain_graph|create_graph|inputs)\s*=)"
"""What torch's backward is called with, and no layer's backward(x, g) is."""

CALLS = (
    rf"\b(?P<called>{'|'.join(DERIVATIVES)})\s*\("
    rf"|\bjax\s*\.\s*(?:_src|{'|'.join(DERIVATIVES)})\b"
    r"|\btorch\s*\.\s*(?:autograd|func)\b|\bforward_ad\b|\bfunctional\s*\.\s*(?:jacobian|vjp|jvp|hvp|vhp|hessian)\b"
    rf"|{BACKWARD}|\.\s*grad\b(?!\s*\()|\bretain_grad\b"
)
COMPLEX_STEP = r"\b[\d.]{1,30}(?:[eE][+-]?\d{1,4})?[jJ]\b|\bcomplex(?:64|128)?\b|\.\s*imag\b|\bimag\s*\("
ONLY_NUMPY = r"(?<=autograd)\s*\.\s*numpy\b|(?<=autograd)\s+import\s+numpy\b"
"""What follows the name of a library where only its arrays are meant."""

WORD = re.compile(r"\w+")
WITHOUT_WORDS = re.compile(BACKWARD), re.compile(r"\d[jJ]\b")


@dataclass(frozen=True)
class Sought:
    """What is a sign in an exercise: `pattern`, which fits only where one of `words` or of WITHOUT_WORDS is."""

    words: frozenset[str]
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Sign:
    """A word that speaks for differentiation, and the name of the function if it is a call of one."""

    word: str
    called: str | None
    complex_step: bool

    def __str__(self) -> str:
        how = "by a complex step" if self.complex_step else "automatically"
        return f'looks as if it differentiates {how} ("{self.word}"): look whether the task was done by hand'


@dataclass(frozen=True, eq=False)
class Written:
    """What a student wrote in one cell, or in one statement of a cell for a task that asks for differentiation.

    `task` is empty where the cell is no solution.
    """

    number: int
    task: str
    source: str

    @cached_property
    def words(self) -> frozenset[str]:
        """All words in it."""
        return frozenset(WORD.findall(self.source))

    @cached_property
    def names(self) -> tuple[frozenset[str], frozenset[str]]:
        """The names of the notebook that it reads, and those that it binds."""
        return _names(self.source)


def differentiating(notebook: Any, released: ReleasedNotebook) -> Iterator[str]:
    """Yield a sentence for each task to be done by hand whose solution has a sign of automatic differentiation.

    A solution is the cell that is there for it, another one that defines the same name before the check, and the
    student's other cells that these use.
    """
    solved = _solved(released)
    given = _given(released.text)
    positions = {cell.metadata.get("nbgrader", {}).get("grade_id"): n for n, cell in enumerate(notebook.cells, start=1)}
    changeable = [(n, cell) for n, cell in enumerate(notebook.cells, start=1) if _is_the_students(cell)]
    if sum(len(cell.source) for _, cell in changeable) > LONGEST_CODE:
        yield f"its cells are too long ({LONGEST_CODE} characters at most) to look whether tasks were done by hand"
        return
    for contents in {contents.exercise: contents for _, _, contents in solved.values()}.values():
        tasks = {name: task for name, task, its in solved.values() if its is contents}
        by_autodiff = {task for task in tasks.values() if _item(contents, task).by_autodiff}
        written = []
        for number, cell in changeable:
            settings = cell.metadata.get("nbgrader", {})
            task = tasks.get(settings.get("grade_id"), "") if settings.get("solution") else ""
            if task or cell.source not in given:
                source = normal(cell.source)
                pieces = _beside(source, task) if task in by_autodiff else [source]
                written += [Written(number, task, piece) for piece in pieces]
        sought = _sought(contents.at_home, (*contents.out_of_place, *sorted(by_autodiff)))
        found = _with_signs(written, sought, {name for task in tasks.values() for name in (task, f".{task}")})
        for check, (_, task, its) in solved.items():
            if its is contents and task not in by_autodiff and check in positions:
                yield from _said(task, found, positions[check])


def _said(task: str, found: dict[Written, tuple[Written, Sign]], before: int) -> Iterator[str]:
    """Yield what is to be said of a task whose check is cell `before`; no later cell has a part in it."""
    for one, (origin, sign) in found.items():
        if max(one.number, origin.number) < before and (one.task == task or {task, f".{task}"} & one.names[1]):
            cell = f"the cell {task}" if one.task == task else f"cell {one.number}, which defines {task} as well,"
            yield f"{cell} {sign}" if one is origin else f"{cell} uses cell {origin.number}, which {sign}"
            return


def _is_the_students(cell: Any) -> bool:
    settings = cell.metadata.get("nbgrader", {})
    is_test = settings.get("grade") and not settings.get("solution")
    return cell.cell_type == "code" and not settings.get("locked") and not is_test


@lru_cache(maxsize=4)
def _given(text: str | None) -> frozenset[str]:
    """Return the cells that the teacher wrote: where a student left them as they were, they say nothing of him."""
    return frozenset(code_in(text)) if text else frozenset()


def _solved(released: ReleasedNotebook) -> dict[str, tuple[str, str, Contents]]:
    """Return for each of our checks, by grade_id, its solution cell's grade_id, its task and its exercise's contents.

    The solution has the name of the task, or is the last one above the check.
    """
    found, above = {}, ""
    for cell in released.source_cells:
        if cell.solution:
            above = cell.name
        elif cell.name in released.checks:
            check = released.checks[cell.name]
            task = check.function.removeprefix("check_")
            named = released.cells.get(task)
            found[cell.name] = (task if named and named.solution else above, task, _contents(check))
    return found


@cache
def _contents(check: GradedCheck) -> Contents:
    """Return what a check's exercise says of its tasks; nothing if it has no module `contents`."""
    return _contents_of(exercise_of(check))


@cache
def _contents_of(exercise: str) -> Contents:
    try:
        contents: Contents = importlib.import_module(f"checks.{exercise}.contents").CONTENTS
    except (ImportError, AttributeError):
        return Contents(exercise, {})
    return contents


def _item(contents: Contents, task: str) -> Item:
    return contents.tasks.get(task, Item(0, ""))


@cache
def _sought(at_home: tuple[str, ...], out_of_place: tuple[str, ...]) -> Sought:
    libraries = [*(library for library in LIBRARIES if library not in at_home), *out_of_place]
    pattern = rf"\b(?:{'|'.join(libraries)})\b(?!{ONLY_NUMPY})|{CALLS}|(?P<complex>{COMPLEX_STEP})"
    return Sought(frozenset((*libraries, *DERIVATIVES, *MORE_WORDS)), re.compile(pattern))


def _with_signs(written: list[Written], sought: Sought, tasks: set[str]) -> dict[Written, tuple[Written, Sign]]:
    """Return where signs are, or what uses the cells where they are, with the cell that has the sign.

    To use the answers of other `tasks` counts for nothing: these are looked at themselves.
    """
    signs = {one: its for one in written if (its := _signs(one, sought))}
    called = {sign.called for its in signs.values() for sign in its if sign.called}
    own = {name for name in called if any(re.search(rf"\bdef\s+{name}\b", one.source) for one in written)}
    found: dict[Written, tuple[Written, Sign]] = {}
    for one, its in signs.items():
        counted = [sign for sign in its if sign.called not in own]  # a function of one's own may be called grad
        if counted:
            found[one] = (one, counted[0])
    readers = defaultdict(list)
    for place, one in enumerate(written if found else ()):
        for word in one.words:
            readers[word].append(place)
    told: set[str] = set()
    for origin in list(found):
        todo = [origin]
        while todo:
            binds = todo.pop().names[1] - tasks - told
            told |= binds  # so that each name is looked for once
            for place in sorted({place for name in binds for place in readers[name.removeprefix(".")]}):
                reader = written[place]
                if reader not in found and binds & reader.names[0]:
                    found[reader] = found[origin]
                    todo.append(reader)
    return found


def _signs(written: Written, sought: Sought) -> tuple[Sign, ...]:
    """Return the signs in a cell, each once, but for those in comments and docstrings."""
    source, words = written.source, written.words
    if words.isdisjoint(sought.words) and not any(quick.search(source) for quick in WITHOUT_WORDS):
        return ()
    if "import" not in words and not sought.pattern.search(source):
        return ()
    return _signs_in(source, sought)


@lru_cache(maxsize=1000)
def _signs_in(source: str, sought: Sought) -> tuple[Sign, ...]:
    found = sought.pattern.finditer(code(source))
    return tuple(dict.fromkeys(Sign(one[0], one["called"], one["complex"] is not None) for one in found))


def _beside(source: str, task: str) -> list[str]:
    """Return the statements of a task's cell but for its function: what other tasks may use."""
    if not re.search(rf"^(?!def {task}\b)[^\s#)\]}}]", source, re.MULTILINE):
        return []
    tree = tree_of(source)
    if tree is None:
        return [source]
    lines = without_magics(source).split("\n")
    kept = [one for one in tree.body if getattr(one, "name", "") != task]
    places = dict.fromkeys((_first_line(one) - 1, one.end_lineno) for one in kept)  # some lines hold many
    return ["\n".join(lines[first:last]) for first, last in places]


def _first_line(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(one.lineno for one in decorators)])


@lru_cache(maxsize=1000)
def _names(source: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of the notebook that a cell reads, and those that it binds.

    Attributes are among them with a point before them, since a method may be put into another cell's class.
    """
    tree = tree_of(source)
    try:
        # the table inside, since its wrapper looks through all children of a table for each of its names
        tables = deque([top := symtable.symtable(without_magics(source), "cell", "exec")._table])  # type: ignore[attr-defined]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        tree = None
    if tree is None:
        return frozenset(), frozenset()
    reads = {f".{node.attr}" for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    binds = {f".{name}" for statement in tree.body for name in _attributes(statement)}
    while tables:
        table = tables.popleft()
        tables += table.children
        for name, flags in table.symbols.items():
            symbol = symtable.Symbol(name, flags)
            if symbol.is_referenced() and (table is top or symbol.is_global()):
                reads.add(name)
            if (symbol.is_assigned() or symbol.is_imported()) and (table is top or symbol.is_declared_global()):
                binds.add(name)
    return frozenset(reads), frozenset(binds)


def _attributes(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.FunctionDef(name=name, decorator_list=[_, *_]):
            yield name
        case ast.Assign(targets=targets):
            yield from (target.attr for target in targets if isinstance(target, ast.Attribute))
