"""Every sentence that the checks can say, in one text for whoever wants to read them all before a student does.

What registries hold (praise, hints, mistakes, notes on unusual answers) is read from them. The rest, what observers,
places of an error and the engine say, is read from their code; what is put into a sentence stands in braces.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from .audit.exercise import Exercise
from .layout import find_course

if TYPE_CHECKING:
    from checks.judging.reference import Misconception
    from checks.judging.task import Task

ENGINE = ("", "drawing", "observing", "judging", "explaining")
"""Folders of what all exercises share."""

SILENT = ("misconceptions", "widgets")
"""Folders of an exercise whose code says nothing in a check: what mistakes say is read from the registries."""

ELSEWHERE = ("contents.py", "registry.py", "wire.py", "lending.py", "svg.py")
"""Modules whose texts are the notebook's headings, styles, or what only an author or grader reads."""

WORD, PROSE = re.compile(r"[a-z]{2}"), re.compile(r"[A-Za-zα-ωΑ-Ω)}`,.;:] [a-zA-Z({`]")
"""What only a text of several words has, both of them."""

MARKUP = re.compile(r"</|<[a-z]+ |style=|^[\w-]+:|\\[wsdb]|[(\[]\?")
"""What HTML, styles and patterns have, and sentences have not."""

HEAD = """# Every sentence that the checks can say

Written by `course sentences`, and kept fresh by a test. What the code puts into a sentence stands in {braces}. A report
begins with a headline; then come where the error starts, the mistake if it is known, what was compared, and notes.
"""


def sentences(names: Iterable[str] = (), *, root: Path | None = None) -> str:
    """Return all sentences of some exercises, or of all of them, as Markdown.

    Raises:
        CannotRun: if there is no such exercise or no course, or an exercise has no checks.
    """
    import checks

    layout, package = find_course(root), Path(checks.__path__[0])
    exercises = [Exercise(layout.source(name)) for name in layout.chosen(names)]
    engine = sorted(path for folder in ENGINE for path in (package / folder).glob("*.py"))
    blocks = [HEAD, "## Every exercise\n", *_said_by(engine, package)]
    for exercise in exercises:
        of_tasks = [_task(check.task()) for check in exercise.checks.values()]
        told = "\n".join(of_tasks)
        own = Path(exercise.module.__path__[0]) if hasattr(exercise.module, "__path__") else None
        code = sorted(path for path in own.rglob("*.py") if path.parent.name not in SILENT) if own else []
        blocks += [f"## {exercise.name}\n", *_said_by(code, package, besides=told), *of_tasks]
    return "\n".join(blocks)


def _task(task: Task) -> str:
    """Return what a registry holds of a task."""
    parts = ", ".join(part.name for part in task.parts)
    cases = " on N cases" * task.praise.endswith(",")
    lines = [f"### {task.name}\n", f"- right: {task.praise}{cases}.", f"- points for: {parts}"]
    lines += [f"- convention: {task.convention}"] if task.convention else []
    lines += [f"- hint: {hint}" for hint in task.hints]
    lines += [f"- accepted: {variant.note}" for variant in task.variants if variant.note]
    return "\n".join([*lines, *(line for mistake in task.misconceptions for line in _mistake(task, mistake)), ""])


def _mistake(task: Task, mistake: Misconception) -> Iterator[str]:
    from checks.explaining.hints import formula
    from checks.judging.diagnosis import equations

    says = mistake.says if task.diagnose else f"Yours is what comes out {mistake.says}."
    equation = f" {equations([mistake.equation])}." if mistake.equation else ""
    yield f"- `{mistake.label}` {says}{equation}"
    yield from (f"  - {hint}" for hint in (mistake.look, mistake.think, formula(task, mistake)))


def _said_by(paths: Iterable[Path], package: Path, besides: str = "") -> Iterator[str]:
    """Yield, for each module that says something, its name and its sentences, but for those in `besides`."""
    for path in (path for path in paths if path.name not in ELSEWHERE):
        said = [text for text in _prose(path) if text not in besides]
        if said:
            name = path.relative_to(package.parent).as_posix()
            yield "\n".join([f"`{name}`\n", *(f"- {text}" for text in dict.fromkeys(said)), ""])


def _prose(path: Path) -> Iterator[str]:
    """Yield the texts of several words in a module that are no documentation."""
    waiting: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        text = _text(node)
        if text is None:
            inside = [child for child in ast.iter_child_nodes(node) if not _documentation(child)]
            waiting += reversed(inside)
        elif WORD.search(text) and PROSE.search(text) and not MARKUP.search(text):
            yield " ".join(text.split())


def _documentation(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _text(node: ast.AST) -> str | None:
    """Return a text as it stands in code, with what is put into it in braces; None if a node is no text."""
    match node:
        case ast.Constant(str(text)):
            return text
        case ast.JoinedStr(values):
            return "".join(_text(value) or "" for value in values)
        case ast.FormattedValue(value):
            return f"{{{ast.unparse(value)}}}"
    return None
