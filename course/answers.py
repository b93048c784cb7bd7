"""What students type, right and wrong: `source_notebooks/answers/NN_x/TASK.py`, in percent cells.

A header says what stands below it:

- `# %% right: einsum`, a solution in another style;
- `# %% mistake: bias-averaged`, or `label/variant`, a solution that makes one registered mistake;
- `# %% unnamed: leaky`, one that makes none of them;
- `# %% hostile: exits`, one that harms whoever runs it.

A cell is what is typed. It is not run here, and need not repeat what others say: `changed("right: einsum", ("sum",
"mean"))` is a cell further up with words replaced, wherever they occur in it. Where a cell `# %% frame` holds `...`,
the cells below it are what stands there: an expression, one for each `...`, or else statements for the whole line. A
cell that defines what the frame defines is whole.

`# %% slips` lists the unnamed cells that a slip in a formula names all the same, each with the labels that it gets:
`("squared", "activation_derivative: φ'(Z⁽ˡ⁾)²")`. `# %% equivalent: why` lists mutants of the solution that are right
all the same, each as `changed("solution", ("line", "other line"))`, and `# %% alike: why` pairs of labels, or "right"
and one, that a single case may leave alike.

`# %% written` is a solution with gaps for the equations of the reference: where the name of one stands, its right-hand
side does. `# %% quantities` lists what the notebook's quantities, and functions of `a`, are called there:
`("A⁽ˡ⁻¹⁾", "layer.last_input")`. See `course.audit.written`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from textwrap import indent

from .problems import CannotRun

Cells = dict[str, dict[str, str]]
"""Texts by task and name."""

Change = tuple[str, str]
"""Words of a cell, and what stands in their place."""

Choice = tuple[str, str]
"""The kind and the name of a cell."""

CLASS = "demo_class"
"""The file beside those of the tasks with a cell for each student of `course demo`, such as `# %% ada`: what is handed
in, as `task = "right: einsum"`, where it is not the solution."""

TYPED = ("right", "mistake", "unnamed", "hostile")
HEADER = re.compile(r"^#[ \t]*%%[ \t]*(.+)$", re.MULTILINE)
COMMENT = re.compile(r"#.*")
GAP = "..."


class Unreadable(ValueError):
    """What is wrong with a cell, in a sentence."""


def changed(cell: str, *changes: Change) -> str:
    """Return a cell with some of its words replaced, wherever they occur.

    Raises:
        Unreadable: if some do not occur.
    """
    for old, new in changes:
        if old not in cell:
            raise Unreadable(f"expected words of the cell that it changes, but {old!r} does not occur in it")
        cell = cell.replace(old, new)
    return cell


@dataclass
class TaskAnswers:
    """The answers to one task: cells by kind and name, and what has been declared, each by what it is about."""

    typed: dict[str, dict[str, str]] = field(default_factory=lambda: {kind: {} for kind in TYPED})
    equivalent: dict[str, str] = field(default_factory=dict)
    alike: dict[tuple[str, str], str] = field(default_factory=dict)
    slips: dict[str, list[str]] = field(default_factory=dict)
    written: str = ""
    quantities: dict[str, str] = field(default_factory=dict)
    _frame: str = ""

    def add(self, header: str, text: str) -> None:
        """Add a cell as it is written.

        Raises:
            Unreadable: if it says nothing that is known.
        """
        if header == "frame":
            self._frame = text
            return
        if not text.strip():
            raise Unreadable("expected what is typed, but nothing stands below it")
        if header == "written":
            self.written = self._whole(text)
            return
        if header == "quantities":
            self.quantities = dict(map(ast.literal_eval, _listed(text)))
            return
        if header == "slips":
            for line in _listed(text):
                cell, *labels = ast.literal_eval(line)
                if cell not in self.typed["unnamed"] or not labels:
                    raise Unreadable(f"expected the name of an unnamed cell further up and labels, but got {cell!r}")
                self.slips[cell] = labels
            return
        kind, _, name = header.partition(": ")
        if kind == "equivalent":
            for call in _listed(text):
                for change in _change(call)[1]:
                    self.equivalent[" → ".join(change)] = name
        elif kind == "alike":
            for pair in _listed(text):
                one, other = ast.literal_eval(pair)
                self.alike[one, other] = name
        elif kind in TYPED and name and name not in self.typed[kind]:
            self.typed[kind][name] = self._whole(text)
        else:
            known = ", ".join((*TYPED, "equivalent", "alike"))
            raise Unreadable(f"expected one of {known}, a colon, and a name that has not been given yet")

    def _whole(self, text: str) -> str:
        """Return the whole cell that a text stands for."""
        statements = ast.parse(text).body
        match statements:
            case [ast.Expr(ast.Call(ast.Name("changed")) as call)]:
                base, changes = _change(call)
                kind, _, name = base.partition(": ")
                if name not in self.typed.get(kind, {}):
                    raise Unreadable(f"expected the kind and name of a cell further up, but there is no {base!r}")
                return changed(self.typed[kind][name], *changes)
        whole = not self._frame or _defined(self._frame) & _defined(text)
        return text if whole else _filled(self._frame, statements, text)


@dataclass(frozen=True)
class Answers:
    """The answers to a source's exercise, in the folder `answers/NN_x` beside it; none if there is no such folder."""

    source: Path

    @cached_property
    def by_task(self) -> dict[str, TaskAnswers]:
        """The answers to each task that has some; those to questions for predictions are made from these.

        Raises:
            CannotRun: if a cell cannot be read.
        """
        from .predicted import TASK, predicted

        found = {path.stem: read(path) for path in sorted(self._folder.glob("*.py")) if path.stem != CLASS}
        made = predicted(self.source.stem)
        return found | ({TASK: made} if made else {})

    @property
    def _folder(self) -> Path:
        return self.source.parent / "answers" / self.source.stem

    def typed(self, kind: str) -> Cells:
        """Return the cells of a kind by task and name."""
        return {task: found.typed[kind] for task, found in self.by_task.items() if found.typed[kind]}

    def students(self) -> dict[str, dict[str, Choice]]:
        """Return what each student of the demo class hands in, by task: the kind and the name of a cell."""
        path = self._folder / f"{CLASS}.py"
        found: dict[str, dict[str, Choice]] = {}
        for student, text in _cells(path) if path.is_file() else ():
            found[student] = {}
            for line in ast.parse(text).body:
                match line:
                    case ast.Assign([ast.Name(task)], ast.Constant(str(cell))):
                        kind, _, name = cell.partition(": ")
                        found[student][task] = kind, name
                    case _:
                        raise CannotRun(f'{path.name}, {student}: expected lines such as task = "right: name"')
        return found


def read(path: Path) -> TaskAnswers:
    """Read the answers to a task.

    Raises:
        CannotRun: if a cell cannot be read.
    """
    answers = TaskAnswers()
    for header, text in _cells(path):
        try:
            answers.add(header, text)
        except (ValueError, SyntaxError, TypeError) as problem:
            raise CannotRun(f"{path.parent.name}/{path.name}, cell {header!r}: {problem}") from None
    return answers


def _cells(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the header and the text of each cell.

    Raises:
        CannotRun: if it is no text, or has some that belongs to no cell.
    """
    where = f"{path.parent.name}/{path.name}"
    try:
        above, *parts = HEADER.split(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise CannotRun(f"{where}: expected UTF-8, but {problem}") from None
    if stray := COMMENT.sub("", above).strip():
        raise CannotRun(f'{where}: expected a header such as "# %% right: it" above {stray.splitlines()[0]!r:.80}')
    for header, text in zip(parts[::2], parts[1::2], strict=True):
        yield header.strip(), text.strip("\n") + "\n"


def _listed(text: str) -> Iterator[ast.expr]:
    for line in ast.parse(text).body:
        if not isinstance(line, ast.Expr):
            raise Unreadable(f"expected expressions, one a line, but line {line.lineno} is none")
        yield line.value


def _change(call: ast.expr) -> tuple[str, list[Change]]:
    """Return what a call of `changed` changes, and how."""
    match call:
        case ast.Call(keywords=[], args=arguments):
            match [ast.literal_eval(argument) for argument in arguments]:
                case [str(base), *changes] if changes and all(map(_is_change, changes)):
                    return base, changes
    raise Unreadable('expected changed("…", ("words", "other words"), …)')


def _is_change(change: object) -> bool:
    match change:
        case (str(old), str(new)):
            return old not in ("", new)
    return False


def _defined(text: str) -> set[str]:
    """Return the names that a cell defines, be it as attributes of something."""
    names = set()
    for statement in ast.parse(text).body:
        match statement:
            case ast.FunctionDef(name) | ast.ClassDef(name):
                names.add(name)
            case ast.Assign([ast.Name(name)]) | ast.Assign([ast.Attribute(_, name)]):
                names.add(name)
    return names


def _filled(frame: str, statements: list[ast.stmt], text: str) -> str:
    """Return a frame with what stands in its gaps."""
    gap = next((line for line in frame.splitlines() if GAP in line), "")
    margin = gap[: len(gap) - len(gap.lstrip())]
    match statements:
        case [ast.Expr(ast.Tuple(elements))] if gap.count(GAP) > 1:
            pieces = [ast.get_source_segment(text, one) or "" for one in elements]
        case [ast.Expr()]:
            pieces = [indent(text.strip(), margin).removeprefix(margin)]
        case _:
            return frame.replace(f"{gap}\n", indent(text, margin))
    if len(pieces) != gap.count(GAP):
        raise Unreadable(f"expected one expression for each {GAP} of the frame, but there are {len(pieces)}")
    for piece in pieces:
        frame = frame.replace(GAP, piece, 1)
    return frame
