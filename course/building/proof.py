"""Prove what was built: nothing leaks, every check says "not attempted" on the stub and passes on the solution."""

import json
import re
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..problems import Problem
from .reported import is_check, raised, read_verdict
from .rules import REGIONS, SourceCell
from .sections import sections
from .sources import Source

PAIRING = {"formats": "ipynb,py:percent"}
SHORTEST_TELLING_LINE = 8  # characters; `return x` and shorter say nothing


def leaks(source: Source, exercise: Path) -> list[Problem]:
    """Return what a student could find in the folder `exercise` and must not: solution text, hidden tests, mark
    schemes, outputs, pairing with an instructor's file, and files that do not belong there."""
    import jupytext
    import nbformat

    notebooks = {f"{source.name}.ipynb", *([f"{source.name}.py"] if source.paired else [])}
    expected = notebooks | set(source.files)
    there = {path.relative_to(exercise).as_posix(): path for path in exercise.rglob("*") if path.is_file()}
    problems = []
    for stray in sorted(set(there) ^ expected):
        what = "it does not belong into the release" if stray in there else "it is missing from the release"
        problems.append(Problem(source.shown, f"exercises/{source.name}/{stray}: {what}"))
    for shown in sorted(set(there) & notebooks):
        text = there[shown].read_text(encoding="utf-8")
        strings = "\n".join(_strings(json.loads(text))) if shown.endswith(".ipynb") else text
        problems += [_leak(source, shown, cell, line) for cell, line in _telling_lines(source) if _says(strings, line)]
        marks = [f"{word} {region}" for word in ("BEGIN", "END") for region in REGIONS]
        problems += [_leak(source, shown, None, mark) for mark in marks if mark in strings]
    if problems:
        return problems

    notebook = nbformat.read(there[f"{source.name}.ipynb"], as_version=4)
    if notebook.metadata.get("jupytext") != (PAIRING if source.paired else None):
        problems.append(Problem(source.shown, "the built notebook is paired with another file than its own .py"))
    if source.paired:
        script = jupytext.read(there[f"{source.name}.py"])
        if script.metadata.get("jupytext", {}).get("formats") != PAIRING["formats"]:
            problems.append(Problem(source.shown, "the built .py is paired with another file than its own notebook"))
        if [cell.source for cell in notebook.cells] != [cell.source for cell in script.cells]:
            sentence = "the built notebook and its .py differ; no line may start with `# %%`"
            problems.append(Problem(source.shown, sentence))
    for cell in notebook.cells:
        if cell.cell_type == "code" and (cell.outputs or cell.execution_count is not None):
            problems.append(Problem(source.shown, f"the built notebook has outputs in cell {cell.id}"))
    return problems


def contents_faults(source: Source, checks: Path) -> list[Problem]:
    """Return where the exercise's `contents.py` in the folder `checks`, if it has one, says other than its notebook."""
    place = checks / source.name.split("_", 1)[-1] / "contents.py"
    if not place.is_file():
        return []
    contents, problems = runpy.run_path(str(place))["CONTENTS"], []
    said = {f"check_{task}": (item.points, item.section) for task, item in contents.tasks.items()}
    there: dict[str, tuple[float, str]] = {}
    written, cells = 0.0, {}
    for section in sections(source.cells):
        for cell in section.graded:
            cells[cell.grade_id] = cell
            if cell.is_check:
                there[cell.grade_id] = cell.nbgrader["points"], section.title
            else:
                written += cell.nbgrader["points"]
    for check in dict.fromkeys((*there, *said)):
        if said.get(check) != there.get(check):
            told = [f'{found[0]:g} points and the section "{found[1]}"' if found else "nothing of it"
                    for found in (said.get(check), there.get(check))]  # fmt: skip
            sentence = f"{place.name} says {told[0]}, the notebook {told[1]}; make the two the same"
            line = cells[check].line if check in cells else None
            problems.append(Problem(source.shown, sentence, line, f'"{check}"'))
    if not problems and list(said) != list(there):
        problems.append(Problem(source.shown, f"{place.name} has the tasks in another order than the notebook"))
    if contents.written != written:
        sentence = (
            f"{place.name} says written={contents.written:g}, but the notebook's written answers give {written:g}"
        )
        problems.append(Problem(source.shown, sentence))
    return problems


def _strings(node: Any) -> Iterator[str]:
    """Yield every string in a notebook: sources, metadata, keys, outputs, attachments."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield key
            yield from _strings([value])
    elif isinstance(node, list):
        if node and all(isinstance(item, str) for item in node):
            yield "".join(node)
        else:
            for item in node:
                yield from _strings(item)


def _says(text: str, line: str) -> bool:
    """Return whether `line` stands in `text`, whatever the blanks."""
    return _packed(line) in _packed(text)


def _packed(text: str) -> str:
    return re.sub(r"\s+|(?m:^\s*#)", "", text)


def _telling_lines(source: Source) -> Iterator[tuple[SourceCell, str]]:
    """Yield the lines that only a solution, hidden test or mark scheme has, with their cells."""
    public = _packed("\n".join(line for cell in source.cells for line in cell.lines()))
    for cell in source.cells:
        for region in REGIONS:
            for line in cell.lines(inside=region):
                if len(_packed(line)) >= SHORTEST_TELLING_LINE and _packed(line) not in public:
                    yield cell, line


def _leak(source: Source, shown: str, cell: SourceCell | None, line: str) -> Problem:
    sentence = f"what students must not see stands in exercises/{source.name}/{shown}: {line.strip()}"
    return Problem(source.shown, sentence, cell.line if cell else None, cell.label if cell else None)


def stub_faults(source: Source, executed: Any) -> list[Problem]:
    """Return which checks do not say "not attempted", with 0 points, on the executed but untouched exercise."""
    from nbgrader.utils import determine_grade

    problems = []
    for cell in filter(is_check, executed.cells):
        verdict, error = read_verdict(cell), raised(cell)
        earned, _ = determine_grade(cell)
        if verdict is None:
            came = f"it raised {error}" if error else "it said nothing"
            problems.append(_fault(source, cell, f"expected a verdict on the untouched exercise, but {came}"))
        elif verdict.state != "not attempted" or error != "CheckFailed":
            problems.append(
                _fault(
                    source,
                    cell,
                    f'expected "not attempted" on the untouched exercise, but the check '
                    f'says "{verdict.state}": {verdict.headline}',
                )
            )
        elif earned:
            problems.append(_fault(source, cell, f"the untouched exercise earns {earned:g} points"))
    return problems


def solution_faults(source: Source, executed: Any, private: dict[str, str]) -> list[Problem]:
    """Return what is wrong with the executed solution: checks without full marks, errors, words on stderr, or a path
    of this machine (`private`: text that must not occur -> what it is)."""
    from nbgrader.utils import determine_grade

    problems = []
    for cell in executed.cells:
        if cell.cell_type != "code":
            continue
        streams = "".join(o.text for o in cell.outputs if o.output_type == "stream" and o.name == "stderr").strip()
        error = raised(cell)
        if is_check(cell):
            earned, points = determine_grade(cell)
            verdict = read_verdict(cell)
            if earned != points or error or verdict is None or verdict.state != "right":
                reason = verdict.headline if verdict else (error or "it gave no verdict")
                problems.append(_fault(source, cell, f"the solution earns {earned:g} of {points:g} points: {reason}"))
        elif error and "raises-exception" not in cell.metadata.get("tags", []):
            message = next(o.evalue for o in cell.outputs if o.output_type == "error")
            problems.append(_fault(source, cell, f"the solution's cell raises {error}: {message}"))
        if streams:
            problems.append(
                _fault(
                    source,
                    cell,
                    f"it writes to stderr, which costs a graded cell all its points: {streams.splitlines()[-1]}",
                )
            )
        text = "\n".join(_strings(json.loads(json.dumps(cell.outputs))))
        for word, what in private.items():
            if word in text:
                problems.append(_fault(source, cell, f"its output shows {what} ({word}); print something else"))
    return problems


def _fault(source: Source, built: Any, sentence: str) -> Problem:
    cell = next((c for c in source.cells if c.grade_id and c.grade_id == built.id), None)
    return Problem(source.shown, sentence, cell.line if cell else None, cell.label if cell else built.id)
