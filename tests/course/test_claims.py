"""What the notebooks claim in numbers is what they hold and what their cells show."""

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course.building.sections import sections
from course.building.sources import Source, read_source
from tests.course.conftest import REPOSITORY

PATHS = sorted((REPOSITORY / "source_notebooks").glob("0[1-6]_*.py"))
by_exercise = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)

HOURS = {"One": 1, "Two": 2, "Three": 3, "Four": 4, "Five": 5, "Six": 6}
ABOUT = 20
"""Minutes by which the sum of the parts may differ from what is said in hours."""

PART = re.compile(r"(?:Part )?(\d) · ")
ROW = re.compile(r"(?m)^\| (\d|–) \| (.*) \| ([\d.]+|–) \| (\d+ min|–) \|$")
CLAIM = re.compile(r"(\d+\.(\d{2,}))(?: ?\\cdot ?10\^\{?(-?\d+))?")
SHARE = re.compile(r"(?<!\$)\b\d+ of \d+\b")
NUMBER = re.compile(r"\d*\.\d+(?:e[-+]?\d+)?|\d+(?:e[-+]?\d+)?")
ELSEWHERE = re.compile(r"https?://\S+|doi:\S+|\[[^\]]*\]\([^)]*\)")


def texts(source: Source) -> list[str]:
    return [cell.source for cell in source.cells if cell.kind == "markdown"]


def solution(path: Path) -> Any:
    return nbformat.read(REPOSITORY / "solutions" / path.stem / f"{path.stem}.ipynb", as_version=4)


def shown(notebook: Any) -> list[str]:
    """Return what stands in the code of a notebook and what its cells have printed."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    outputs = [output for cell in code for output in cell.outputs]
    data = [text for o in outputs for kind, text in o.get("data", {}).items() if kind.startswith("text/")]
    printed = [output.get("text", "") for output in outputs]
    return [cell.source for cell in code] + printed + [text for text in data if ";base64," not in text]


def test_the_conventions_of_all_exercises_stand_in_each_of_them() -> None:
    heading = "## Conventions of the six exercises\n"
    tables = [[text for text in texts(read_source(path)) if text.startswith(heading)] for path in PATHS]
    assert all(len(found) == 1 for found in tables), [len(found) for found in tables]
    assert len({found[0] for found in tables}) == 1


@by_exercise
def test_the_table_of_parts_says_the_points_of_each(path: Path) -> None:
    source = read_source(path)
    there: dict[str, float] = {}
    part = "–"
    for section in sections(source.cells)[1:]:  # the first one is the title
        found = PART.match(section.heading)
        part = found[1] if found else part
        there[part] = there.get(part, 0.0) + section.points
    said: dict[str, float] = {}
    for number, _, points, _ in ROW.findall(texts(source)[0]):
        said[number] = said.get(number, 0.0) + (0.0 if points == "–" else float(points))
    assert {key: value for key, value in said.items() if value} == {key: value for key, value in there.items() if value}


@by_exercise
def test_the_parts_take_as_long_as_all_of_it(path: Path) -> None:
    text = texts(read_source(path))[0]
    said = re.search(r"\*\*How long it takes\.\*\* About (\w+)( and a half)? hours", text)
    assert said
    minutes = 60 * HOURS[said[1].capitalize()] + (30 if said[2] else 0)
    assert abs(sum(int(time.split()[0]) for *_, time in ROW.findall(text) if time != "–") - minutes) <= ABOUT


@by_exercise
def test_a_number_in_the_text_is_one_that_a_cell_shows(path: Path) -> None:
    notebook = solution(path)
    there = [float(number) for text in shown(notebook) for number in NUMBER.findall(text)]
    for cell in (cell for cell in notebook.cells if cell.cell_type == "markdown"):
        for claim in CLAIM.finditer(ELSEWHERE.sub("", cell.source)):
            unit = 10.0 ** int(claim[3] or 0)
            about = 0.5001 * unit * 10 ** -len(claim[2])
            assert any(abs(number - float(claim[1]) * unit) <= about for number in there), (claim[0], cell.source)


@by_exercise
def test_so_many_of_so_many_is_what_a_cell_has_counted(path: Path) -> None:
    notebook = solution(path)
    printed = "\n".join(shown(notebook))
    claims = [claim for c in notebook.cells if c.cell_type == "markdown" for claim in SHARE.findall(c.source)]
    assert [claim for claim in claims if claim not in printed] == []
