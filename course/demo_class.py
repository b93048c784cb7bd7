"""The make-believe class of `course demo`: who hands in what."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from .answers import Answers, Choice
from .building.sources import Source
from .problems import CannotRun

SMALLEST_CLASS = 8
ALWAYS = ("perfect", "untouched", "syntax-error")


def submissions(source: Source, exercise: Any, answers: Answers) -> Iterator[tuple[str, Any]]:
    """Yield the name of each student of the class with the notebook that they hand in."""
    solved = {cell.grade_id: _without_marks(cell.source) for cell in source.cells if cell.nbgrader.get("solution")}
    first_task = next((cell.grade_id for cell in source.cells if cell.is_task), None)

    yield "perfect", _filled(exercise, solved)
    for student, choices in (answers.students() or dict(_picked(answers))).items():
        if student not in ALWAYS:
            changed = {task: _cell(answers, task, choice) for task, choice in choices.items()}
            yield student, _filled(exercise, solved | changed)
    if first_task:
        yield "syntax-error", _filled(exercise, solved | {first_task: _with_syntax_error(solved[first_task])})
    yield "untouched", deepcopy(exercise)


def _picked(answers: Answers) -> Iterator[tuple[str, dict[str, Choice]]]:
    """Yield a student with another right style, and one for each of some mistakes, taking the tasks in turn."""
    yield "other-style", {task: ("right", next(iter(styles))) for task, styles in answers.typed("right").items()}
    mistakes = answers.typed("mistake")
    places = zip(*[iter(labels) for labels in mistakes.values()], strict=False)
    picked = ((task, label) for labels in places for task, label in zip(mistakes, labels, strict=True))
    for _, (task, label) in zip(range(SMALLEST_CLASS - len(ALWAYS) - 1), picked, strict=False):
        yield f"{task}-{label}".replace(" ", "-").replace("/", "-"), {task: ("mistake", label)}


def _cell(answers: Answers, task: str, choice: Choice) -> str:
    kind, name = choice
    found = answers.typed(kind).get(task, {})
    if name not in found:
        raise CannotRun(f'the demo class wants the {kind} answer "{name}" to "{task}", but there is none')
    return found[name]


def _filled(exercise: Any, answers: Mapping[str, str]) -> Any:
    """Return the exercise as a student hands it in who wrote these cells."""
    notebook = deepcopy(exercise)
    for cell in notebook.cells:
        answer = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
        if answer is not None:
            cell.source = answer
    return notebook


def _without_marks(source: str) -> str:
    return "\n".join(
        line for line in source.splitlines() if "BEGIN SOLUTION" not in line and "END SOLUTION" not in line
    )


def _with_syntax_error(source: str) -> str:
    """Return a cell whose first `:` at a line's end is forgotten, as happens."""
    lines = source.splitlines()
    for number, line in enumerate(lines):
        if line.rstrip().endswith(":"):
            lines[number] = line.rstrip()[:-1]
            break
    else:
        lines.append("(")
    return "\n".join(lines)
