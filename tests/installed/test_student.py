"""What a student has who installs the wheel, with an extra or without, and no more."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course.audit.exercise import Exercise
from course.building.sources import Source, read_source
from tests.conftest import ROOT
from tests.installed.conftest import Environment

SHELL = Path(__file__).with_name("in_a_shell.py")
SOURCES = {path.stem: path for path in sorted((ROOT / "source_notebooks").glob("*.py"))}
TEACHERS = {
    "nbgrader", "jupyterlab", "jupytext", "dask", "distributed", "typer", "rich", "bleach", "cryptography", "math-core",
}  # fmt: skip
Installed = Callable[..., Environment]


def answers(environment: Environment, cells: list[str]) -> list[dict[str, Any]]:
    done = environment.run("python", "-I", SHELL, given=json.dumps(cells))
    assert done.returncode == 0, done.stderr
    told: list[dict[str, Any]] = json.loads(done.stdout)
    return told


def code_cells(source: Source) -> list[Any]:
    """Return the cells that a student has."""
    cells = (cell for cell in source.notebook.cells if cell.cell_type == "code")
    return [cell for cell in cells if "solution-only" not in cell.metadata.get("tags", ())]


def points(cell: Any) -> float | None:
    """Return the points of a check cell; None for any other."""
    settings = cell.metadata.get("nbgrader", {})
    return float(settings["points"]) if settings.get("grade") and not settings.get("solution") else None


def untouched(source: Source) -> list[str]:
    stubs = Exercise(SOURCES[source.name]).stubs
    return [stubs.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source) for cell in code_cells(source)]


def assert_works(environment: Environment, name: str) -> None:
    """Run the untouched exercise and then the solution, cell by cell, as a student would."""
    source = read_source(SOURCES[name])
    cells = code_cells(source)
    told = answers(environment, untouched(source) + [cell.source for cell in cells])
    for cell, before, after in zip(cells, told[: len(cells)], told[len(cells) :], strict=True):
        if points(cell) is not None:
            assert before["state"] == "not attempted", before
            assert after["value"] == points(cell), after
        assert after["error"] == "", cell.source
        assert after["complained"] == "", cell.source


@pytest.mark.parametrize("name", [name for name in SOURCES if name < "05"])
def test_exercises_1_to_4_need_the_wheel_alone_and_nothing_that_windows_lacks(installed: Installed, name: str) -> None:
    assert_works(installed(), name)


def test_exercise_5_needs_torch_besides(installed: Installed) -> None:
    assert_works(installed("torch"), "05_neural_network")


def test_a_student_installs_nothing_of_a_teachers(installed: Installed) -> None:
    assert not installed().packages & (TEACHERS | {"torch", "jax", "flax"})
    assert not installed("frameworks").packages & (TEACHERS - {"rich"})  # which Flax asks for


def test_without_torch_the_first_cell_of_5_and_6_says_in_one_sentence_what_to_install(
    installed: Installed, wheel: Path
) -> None:
    command = f'pip install "{wheel}[torch]"'
    for name in ("05_neural_network", "06_frameworks"):
        [told] = answers(installed(), [code_cells(read_source(SOURCES[name]))[0].source])
        assert told["error"].startswith("NotInstalled: PyTorch is not installed here")
        assert command in told["shown"]
        assert len(told["shown"].strip().splitlines()) == 1, "the sentence alone, no traceback"


def test_without_torch_checks_and_pictures_of_5_say_so_and_hints_are_given(installed: Installed, wheel: Path) -> None:
    cells = [
        "from checks import check_backward, hint, progress\nimport checks.neural_network",
        "check_backward(None, points=12)",
        'hint("backward")',
        "from checks.widgets import try_a_bug\ntry_a_bug(check_backward)",
    ]
    imported, checked, hinted, drawn = answers(installed(), cells)
    assert imported["error"] == checked["error"] == hinted["error"] == ""
    assert checked["value"] == 0
    for told in (checked, drawn):
        assert f'pip install "{wheel}[torch]"' in told["shown"]
        assert "Traceback" not in told["shown"]
    assert "hint 1 of 3" in hinted["shown"]


def test_without_jax_sections_3_to_5_of_exercise_6_are_skipped(installed: Installed, wheel: Path) -> None:
    source = read_source(SOURCES["06_frameworks"])
    cells = code_cells(source)
    for cell, told in zip(cells, answers(installed("torch"), [cell.source for cell in cells]), strict=True):
        assert told["error"] == ""
        if points(cell) is not None:
            skipped = any(name in cell.source for name in ("jax", "flax"))
            assert told["value"] == (0 if skipped else points(cell))
            assert (f'pip install "{wheel}[frameworks]"' in told["shown"]) is skipped


def test_a_student_who_types_course_is_told_what_to_install(installed: Installed, wheel: Path) -> None:
    for command in (("course",), ("course", "--version"), ("python", "-m", "course", "release")):
        done = installed().run(*command)
        assert done.returncode == 2
        assert done.stdout == ""
        [sentence] = done.stderr.splitlines()
        assert f'pip install "{wheel}[course]"' in sentence
