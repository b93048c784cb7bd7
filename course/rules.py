"""What a source must keep to, so that it can be built, graded and checked. One function per rule."""

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .problems import did_you_mean

REGIONS = ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME")
SETTINGS = ("grade_id", "points", "grade", "solution", "locked", "task", "schema_version")

Finding = tuple["SourceCell", str]


@dataclass(frozen=True)
class SourceCell:
    """One cell of a source as its author wrote it."""

    kind: str
    source: str
    metadata: dict[str, Any]
    number: int
    line: int | None

    @cached_property
    def nbgrader(self) -> dict[str, Any]:
        """The cell's nbgrader settings, empty where there are none or they cannot be read."""
        settings = self.metadata.get("nbgrader")
        return dict(settings) if isinstance(settings, dict) else {}

    @property
    def grade_id(self) -> str:
        """The cell's grade_id, or an empty string."""
        return str(self.nbgrader.get("grade_id") or "")

    @property
    def label(self) -> str:
        """What to call the cell in a message."""
        return f'"{self.grade_id}"' if self.grade_id else f"number {self.number}"

    @property
    def is_check(self) -> bool:
        """Whether the cell is graded by running it."""
        return bool(self.kind == "code" and self.nbgrader.get("grade") and not self.nbgrader.get("solution"))

    @property
    def is_task(self) -> bool:
        """Whether the student writes code here that a check cell checks."""
        return bool(self.kind == "code" and self.nbgrader.get("solution") and not self.nbgrader.get("grade"))

    def lines(self, inside: str | None = None) -> list[str]:
        """Return the lines inside regions of the kind `inside`, or (None) those that stand outside all regions.
        The lines that mark a region belong to neither."""
        found, region = [], None
        for line in self.source.splitlines():
            if (kind := _mark(line, "BEGIN")) is not None:
                region = kind
            elif _mark(line, "END") is not None:
                region = None
            elif region == inside:
                found.append(line)
        return found


def _mark(line: str, word: str) -> str | None:
    """Return which kind of region a line begins or ends, or None. nbgrader looks for the words anywhere in it."""
    return next((region for region in REGIONS if f"{word} {region}" in line), None)


def broken_rules(cells: Sequence[SourceCell]) -> list[Finding]:
    """Return every cell that breaks a rule, with a sentence about it, in the order of the cells."""
    findings = [(cell, sentence) for cell in cells for rule in CELL_RULES for sentence in rule(cell)]
    findings += [finding for rule in SOURCE_RULES for finding in rule(cells)]
    return sorted(findings, key=lambda finding: finding[0].number)


def readable_settings(cell: SourceCell) -> Iterator[str]:
    """The header's nbgrader settings are JSON, with keys and values that nbgrader knows."""
    unreadable = cell.metadata.get("incorrectly_encoded_metadata")
    if unreadable:
        yield (
            f"the header's settings are not valid JSON: {unreadable} ...; "
            'write them as nbgrader={"grade_id": "name", "solution": true}'
        )
    elif "nbgrader" in cell.metadata and not isinstance(cell.metadata["nbgrader"], dict):
        yield f"expected nbgrader={{...}}, but it is {cell.metadata['nbgrader']!r}; put the settings in braces"
    for key, value in cell.nbgrader.items():
        if key not in SETTINGS:
            yield f'nbgrader has no setting "{key}"{did_you_mean(key, SETTINGS)}'
        elif key in ("grade", "solution", "locked", "task") and not isinstance(value, bool):
            yield f'"{key}" must be true or false, but is {value!r}'
        elif key == "points" and (isinstance(value, bool) or not isinstance(value, int | float) or value < 0):
            yield f'"points" must be a number from 0 up, but is {value!r}'
        elif key == "schema_version" and value != 3:
            yield f'"schema_version" must be 3, but is {value!r}; leave it out, it is filled in'


def named_and_typed(cell: SourceCell) -> Iterator[str]:
    """A cell with nbgrader settings has a name and a role that fits its type."""
    settings = cell.nbgrader
    if not settings:
        return
    grade, solution, task = (bool(settings.get(key)) for key in ("grade", "solution", "task"))
    if not cell.grade_id:
        yield 'expected a name in the nbgrader settings, but there is none; add "grade_id": "..."'
    elif not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", cell.grade_id):
        yield "a grade_id has at most 64 letters, digits, - and _; rename the cell"
    if not (grade or solution or task or settings.get("locked")):
        yield 'expected a role, but none is true; add "solution", "grade", "locked" or "task"'
    if task and (cell.kind != "markdown" or grade or solution):
        yield "a task cell must be markdown and neither graded nor a solution; change one of the two"
    if (grade or task) and "points" not in settings:
        yield 'a graded cell needs its points, but there are none; add "points": N'
    if "points" in settings and not (grade or task):
        yield 'it has points but is not graded; add "grade": true or take the points away'
    if cell.kind == "markdown" and grade != solution:
        yield 'a markdown answer must be both "grade" and "solution", but only one of them is true; set both'


def closed_regions(cell: SourceCell) -> Iterator[str]:
    """Every region that is begun is ended, in the same cell, and stands in a cell of the right role."""
    region: str | None = None
    for line in cell.source.splitlines():
        if (kind := _mark(line, "BEGIN")) is not None:
            if region is not None:
                yield f"BEGIN {kind} stands inside a {region} region; end that one first (### END {region})"
            region = kind
        elif (kind := _mark(line, "END")) is not None:
            if region != kind:
                yield f"END {kind} ends a region that was never begun; add ### BEGIN {kind} or take it away"
            region = None
    if region is not None:
        yield f"the {region} region is never ended; add ### END {region} in the same cell"

    begun = {kind for line in cell.source.splitlines() if (kind := _mark(line, "BEGIN"))}
    settings = cell.nbgrader
    if "SOLUTION" in begun and not settings.get("solution"):
        yield 'a SOLUTION region must stand in a solution cell; add "solution": true to its header'
    if "HIDDEN TESTS" in begun and not settings.get("grade"):
        yield 'a HIDDEN TESTS region must stand in a graded cell; add "grade": true to its header'
    if "MARK SCHEME" in begun and not settings.get("task"):
        yield "a MARK SCHEME region must stand in a task cell; put the scheme of an answer inside its SOLUTION region"
    if settings.get("solution") and "SOLUTION" not in begun:
        yield (
            "a solution cell needs a SOLUTION region, or students get an empty cell with no word on what to write; "
            "put ### BEGIN SOLUTION and ### END SOLUTION round the solution"
        )


def check_calls_with_its_points(cell: SourceCell) -> Iterator[str]:
    """A check cell ends with `check_task(..., points=N)`, and N is what the header says."""
    if not cell.is_check or not cell.grade_id.startswith("check_"):
        return
    try:
        tree = ast.parse(re.sub(r"(?m)^(\s*)[%!].*$", r"\1pass", cell.source))
    except SyntaxError as problem:
        yield f"the check is not Python ({problem.msg}, line {problem.lineno} of the cell); put it right"
        return
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _called(node) == cell.grade_id]
    if not calls:
        yield f"expected a call of {cell.grade_id}(...), but there is none; call it as the cell's last line"
        return
    last = tree.body[-1]
    if not (isinstance(last, ast.Expr) and last.value is calls[-1]) or cell.source.rstrip().endswith(";"):
        yield (
            f"{cell.grade_id}(...) must be the cell's last line and end without a semicolon, "
            "or nbgrader does not see partial points; move it there"
        )
    said = next((keyword.value for keyword in calls[-1].keywords if keyword.arg == "points"), None)
    points = cell.nbgrader.get("points")
    if said is None:
        yield f"the call has no points, so part of the work earns nothing; write {cell.grade_id}(..., points={points})"
    elif not isinstance(said, ast.Constant) or said.value != points:
        yield (
            f"the header says {points} points, but the call says points={ast.unparse(said)}; "
            "make the two the same number"
        )


def _called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def unique_names(cells: Sequence[SourceCell]) -> Iterator[Finding]:
    """No two cells have the same grade_id."""
    first: dict[str, SourceCell] = {}
    for cell in cells:
        if cell.grade_id in first:
            other = first[cell.grade_id]
            place = f"line {other.line}" if other.line else f"cell number {other.number}"
            yield cell, f"its grade_id is already that of the cell at {place}; give one of them another name"
        elif cell.grade_id:
            first[cell.grade_id] = cell


def tasks_and_checks_in_pairs(cells: Sequence[SourceCell]) -> Iterator[Finding]:
    """Every check has its task before it, and every task has its check after it."""
    tasks = {cell.grade_id: cell for cell in reversed(cells) if cell.is_task and cell.grade_id}
    checks = {cell.grade_id for cell in cells if cell.is_check}
    for cell in cells:
        if cell.is_check and cell.grade_id:
            task = cell.grade_id.removeprefix("check_")
            if task == cell.grade_id:
                yield cell, 'a check is named after what it checks; name it "check_" and the grade_id of its task'
            elif task not in tasks:
                hint = did_you_mean(task, tasks)
                yield (
                    cell,
                    f'expected a solution cell "{task}" before this check, but there is none{hint or "; add it"}',
                )
            elif tasks[task].number > cell.number:
                yield cell, f'the solution cell "{task}" comes after its check; move the check below it'
        if cell.is_task and cell.grade_id and f"check_{cell.grade_id}" not in checks:
            yield (
                cell,
                f'expected a check for this solution cell, but there is none; add a cell "check_{cell.grade_id}"',
            )


CELL_RULES: tuple[Callable[[SourceCell], Iterator[str]], ...] = (
    readable_settings,
    named_and_typed,
    closed_regions,
    check_calls_with_its_points,
)
SOURCE_RULES: tuple[Callable[[Sequence[SourceCell]], Iterator[Finding]], ...] = (
    unique_names,
    tasks_and_checks_in_pairs,
)
