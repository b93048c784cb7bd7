"""What a source must keep to, so that it can be built, graded and checked. One function per rule."""

import ast
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..problems import did_you_mean
from .sections import SAID_POINTS, sections

REGIONS = ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME")
SETTINGS = ("grade_id", "points", "grade", "solution", "locked", "task", "schema_version")

SOLUTION_ONLY = "solution-only"
"""Tag of a cell that students do not get; the course's `nbgrader_config.py` has nbgrader take it out."""

GIVEN = re.compile(r"#\s*given\b")
"""Says at the end of a line of a solution cell that students are meant to get it."""

FREE = (ast.Pass, ast.Import, ast.ImportFrom)
"""Statements outside the marks that give nothing away."""


@dataclass(frozen=True)
class Finding:
    """What is wrong with a cell, in a sentence; `within` is the line of the cell where, from 1, if it is one line."""

    cell: "SourceCell"
    sentence: str
    within: int | None = None

    @property
    def line(self) -> int | None:
        """The line of the source: that of the cell's header if it is not one line of it."""
        return self.cell.line if self.cell.line is None else self.cell.line + (self.within or 0)


@dataclass(frozen=True)
class SourceCell:
    """One cell of a source as its author wrote it."""

    kind: str
    source: str
    metadata: dict[str, Any]
    number: int
    line: int | None

    @property
    def _settings(self) -> dict[str, Any]:
        settings = self.metadata.get("nbgrader")
        return settings if isinstance(settings, dict) else {}

    @cached_property
    def nbgrader(self) -> dict[str, Any]:
        """The cell's nbgrader settings, empty where none can be read; points that only its check's call says, too."""
        settings = dict(self._settings)
        if settings.get("grade") and "points" not in settings and isinstance(self.points_of_call, int | float):
            settings["points"] = self.points_of_call
        return settings

    @cached_property
    def python(self) -> ast.Module | SyntaxError | None:
        """The cell's code, or what is wrong with it, by the cell's lines; None for text and for `%%` cells."""
        if self.kind != "code" or self.source.lstrip().startswith("%%"):
            return None
        without_magics = re.sub(r"(?m)^(\s*)[%!].*$|^(\s*)[\w.]+\?+\s*$", r"\1\2pass", self.source)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as an escape that Python does not know
            try:
                return ast.parse(self.source)
            except SyntaxError as problem:
                try:
                    return ast.parse(without_magics)
                except SyntaxError as without:
                    return problem if without_magics == self.source else without

    @cached_property
    def check_calls(self) -> list[ast.Call]:
        """The calls of the check that the cell is named after."""
        nodes = ast.walk(self.python) if isinstance(self.python, ast.Module) else ()
        return [
            node for node in nodes if isinstance(node, ast.Call) and _called(node) == self._settings.get("grade_id")
        ]

    @property
    def points_of_call(self) -> Any:
        """What the last call of its check says as `points`, None if nothing or no number."""
        keywords = self.check_calls[-1].keywords if self.check_calls else ()
        said = next((keyword.value for keyword in keywords if keyword.arg == "points"), None)
        return said.value if isinstance(said, ast.Constant) else None

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
        The lines that mark a region belong to neither. A cell for the solution only is a SOLUTION region as a whole."""
        found: list[str] = []
        region = None
        if SOLUTION_ONLY in self.metadata.get("tags", []):
            return self.source.splitlines() if inside == "SOLUTION" else found
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
    findings = [Finding(cell, sentence) for cell in cells for rule in CELL_RULES for sentence in rule(cell)]
    findings += [finding for rule in SOURCE_RULES for finding in rule(cells)]
    return sorted(findings, key=lambda finding: (finding.cell.number, finding.within or 0))


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
        where = "points=N to the call of its check" if cell.is_check else '"points": N'
        yield f"a graded cell needs its points, but there are none; add {where}"
    if "points" in settings and not (grade or task):
        yield 'it has points but is not graded; add "grade": true or take the points away'
    if cell.kind == "markdown" and grade != solution:
        yield 'a markdown answer must be both "grade" and "solution", but only one of them is true; set both'


def regions_in_their_place(cell: SourceCell) -> Iterator[str]:
    """Every region stands in a cell of the right role."""
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


def solution_only_is_not_graded(cell: SourceCell) -> Iterator[str]:
    """A cell that students do not get is nothing that nbgrader would ask them for."""
    if SOLUTION_ONLY in cell.metadata.get("tags", []) and cell.nbgrader:
        yield f'a cell with the tag "{SOLUTION_ONLY}" must have no nbgrader settings; take the tag or the settings away'


def check_calls_with_its_points(cell: SourceCell) -> Iterator[str]:
    """A check cell ends with `check_task(..., points=N)`, and N is what the header says."""
    if not cell.is_check or not cell.grade_id.startswith("check_"):
        return
    if not isinstance(cell.python, ast.Module):
        return
    if not cell.check_calls:
        yield f"expected a call of {cell.grade_id}(...), but there is none; call it as the cell's last line"
        return
    last, call = cell.python.body[-1], cell.check_calls[-1]
    if not (isinstance(last, ast.Expr) and last.value is call) or cell.source.rstrip().endswith(";"):
        yield (
            f"{cell.grade_id}(...) must be the cell's last line and end without a semicolon, "
            "or nbgrader does not see partial points; move it there"
        )
    points = cell.nbgrader.get("points")
    if not any(keyword.arg == "points" for keyword in call.keywords):
        write = f"{cell.grade_id}(..., points={points or 'N'})"
        yield f"the call has no points, so part of the work earns nothing; write {write}"
    elif cell.points_of_call is None:
        yield "the call's points are no plain number; write it as one, points=4"
    elif cell.points_of_call != points:
        yield (
            f"the header says {points} points, but the call says points={cell.points_of_call}; "
            "leave them out of the header"
        )


def nothing_outside_the_marks(cells: Sequence[SourceCell]) -> Iterator[Finding]:
    """What stands outside the marks of a solution cell is a frame: heads, docstrings, None; or it says `# given`."""
    for cell in cells:
        if not (cell.nbgrader.get("solution") and isinstance(cell.python, ast.Module)):
            continue
        lines = cell.source.splitlines()
        inside, region = set(), None
        for number, line in enumerate(lines, start=1):
            region = _mark(line, "BEGIN") or region
            if region:
                inside.add(number)
            region = None if _mark(line, "END") else region
        for statement in _left_outside(cell.python.body, inside, lines) if inside else ():
            sentence = (
                f"`{lines[statement.lineno - 1].strip()}` stands outside the marks, so students get it; "
                "move it inside the SOLUTION region, or end the line with `# given`"
            )
            yield Finding(cell, sentence, statement.lineno)


def headings_with_their_points(cells: Sequence[SourceCell]) -> Iterator[Finding]:
    """A heading that says points says those of the cells below it."""
    for section in sections(cells):
        said = SAID_POINTS.search(section.heading)
        if said and float(said[1]) != section.points:
            sentence = f'the heading "{section.heading}" says {said[1]} points, but its cells give {section.points:g}'
            yield Finding(section.cell, f"{sentence}; make the two the same")


def _left_outside(body: Sequence[ast.stmt], inside: set[int], lines: Sequence[str]) -> Iterator[ast.stmt]:
    """Yield the statements of a solution cell that students get and nobody said that they should."""
    for statement in body:
        if statement.lineno in inside or GIVEN.search(lines[statement.lineno - 1]):
            continue
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from _left_outside(statement.body, inside, lines)
        elif not _says_nothing(statement):
            yield statement


def _says_nothing(statement: ast.stmt) -> bool:
    """Tell whether a statement is a docstring, an import, an annotation, or fills names with None or `...`."""
    if isinstance(statement, ast.AnnAssign) and statement.value is None:
        return True
    if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
        value = statement.value
        entries = value.values if isinstance(value, ast.Dict) else getattr(value, "elts", [value])
        return all(isinstance(entry, ast.Constant) and entry.value in (None, ...) for entry in entries)
    text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return text or isinstance(statement, FREE)


def _called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def cells_in_one_piece(cells: Sequence[SourceCell]) -> Iterator[Finding]:
    """Every cell is Python, every region that is begun is ended in the same cell, and no comment splits a cell."""
    open_before: str | None = None
    found: list[Finding] = []
    for cell in cells:
        here = list(_broken_pieces(cell))
        ends = next((kind for line in cell.source.splitlines() if (kind := _mark(line, "END"))), None)
        if cell.source[:1].isspace() or (open_before and ends == open_before and here):
            while found and found[-1].cell.number == cell.number - 1:
                found.pop()
            here = [Finding(cell, "a comment that starts with `# %%` begins a new cell here; write it without the %%")]
        found += here
        open_before = _open_at_its_end(cell)
    yield from found


def _broken_pieces(cell: SourceCell) -> Iterator[Finding]:
    region: str | None = None
    for number, line in enumerate(cell.source.splitlines(), start=1):
        if (kind := _mark(line, "BEGIN")) is not None:
            if region is not None:
                yield Finding(
                    cell, f"BEGIN {kind} stands inside a {region} region; end that one first (### END {region})", number
                )
            region = kind
        elif (kind := _mark(line, "END")) is not None:
            if region != kind:
                sentence = f"END {kind} ends a region that was never begun; add ### BEGIN {kind} or take it away"
                yield Finding(cell, sentence, number)
            region = None
    if region is not None:
        yield Finding(cell, f"the {region} region is never ended; add ### END {region} in the same cell")
    if isinstance(cell.python, SyntaxError):
        yield Finding(cell, f"it is not Python ({cell.python.msg}); put this line right", cell.python.lineno)


def _open_at_its_end(cell: SourceCell) -> str | None:
    region: str | None = None
    for line in cell.source.splitlines():
        region = _mark(line, "BEGIN") or (None if _mark(line, "END") else region)
    return region


def unique_names(cells: Sequence[SourceCell]) -> Iterator[Finding]:
    """No two cells have the same grade_id."""
    first: dict[str, SourceCell] = {}
    for cell in cells:
        if cell.grade_id in first:
            other = first[cell.grade_id]
            place = f"line {other.line}" if other.line else f"cell number {other.number}"
            yield Finding(cell, f"its grade_id is already that of the cell at {place}; give one of them another name")
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
                yield Finding(
                    cell, 'a check is named after what it checks; name it "check_" and the grade_id of its task'
                )
            elif task not in tasks:
                hint = did_you_mean(task, tasks)
                yield Finding(
                    cell,
                    f'expected a solution cell "{task}" before this check, but there is none{hint or "; add it"}',
                )
            elif tasks[task].number > cell.number:
                yield Finding(cell, f'the solution cell "{task}" comes after its check; move the check below it')
        if cell.is_task and cell.grade_id and f"check_{cell.grade_id}" not in checks:
            yield Finding(
                cell,
                f'expected a check for this solution cell, but there is none; add a cell "check_{cell.grade_id}"',
            )


CELL_RULES: tuple[Callable[[SourceCell], Iterator[str]], ...] = (
    readable_settings,
    named_and_typed,
    regions_in_their_place,
    solution_only_is_not_graded,
    check_calls_with_its_points,
)
SOURCE_RULES: tuple[Callable[[Sequence[SourceCell]], Iterator[Finding]], ...] = (
    cells_in_one_piece,
    unique_names,
    tasks_and_checks_in_pairs,
    nothing_outside_the_marks,
    headings_with_their_points,
)
