"""A verdict is made outside the student's process: what is patched, shown or sent there brings nothing."""

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course.build import write_notebook
from course.grading.driver import GradedClass, autograde
from course.kept_verdicts import read_verdicts, verdicts_file
from course.layout import Layout
from tests.benchmarks.bench_autograde import FLAGSHIP, flagship_class
from tests.course.grading.forgeries import FORGERIES


def _cell(notebook: Any, grade_id: str) -> Any:
    return next(one for one in notebook.cells if one.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    return Layout(flagship_class(tmp_path_factory.mktemp("sealed") / "course", 0))


@pytest.fixture(scope="module")
def graded(course: Layout) -> GradedClass:
    """A class of forgers, whose solutions are empty but for the forgery."""
    exercise = nbformat.read(Path("exercises", FLAGSHIP, f"{FLAGSHIP}.ipynb"), as_version=4)
    stub = _cell(exercise, "forward").source
    for name, forgery in FORGERIES.items():
        _cell(exercise, "forward").source = f"{stub}\n{forgery}"
        write_notebook(exercise, course.submitted / name / FLAGSHIP / f"{FLAGSHIP}.ipynb")
    return autograde(FLAGSHIP, course_dir=course.root)


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_earns_what_an_empty_solution_earns(name: str, graded: GradedClass) -> None:
    [row] = [row for row in graded.rows if row.student == name]
    assert row.score == 0


@pytest.mark.parametrize(
    "name", ["shadowed", "nothing-seen", "one-easy-case", "another-check", "lying-headers", "no-data"]
)
def test_what_cannot_be_judged_is_for_a_person_to_look_at(name: str, graded: GradedClass) -> None:
    [row] = [row for row in graded.rows if row.student == name]
    assert row.state == "needs a look"
    assert any("could not be judged" in reason for reason in row.reasons), row.reasons


def test_the_verdicts_beside_the_grades_are_the_judges(course: Layout, graded: GradedClass) -> None:
    for name in FORGERIES:
        path = verdicts_file(course.root / "autograded" / name / FLAGSHIP, FLAGSHIP)
        assert all(verdict.state != "right" for verdict in read_verdicts(path, FLAGSHIP)), name


def test_every_submission_is_checked_on_cases_of_its_own(course: Layout, graded: GradedClass) -> None:
    paths = [verdicts_file(course.root / "autograded" / name / FLAGSHIP, FLAGSHIP) for name in FORGERIES]
    seeds = [verdict.seed for path in paths for verdict in read_verdicts(path, FLAGSHIP) if verdict.sealed]
    assert len(seeds) > 20
    assert len(set(seeds)) == len(seeds)


def test_the_forgeries_would_work_where_the_verdict_is_made_inside(tmp_path: Path) -> None:
    """Some of them, so that this class of forgers is worth its name: in plain Python, with the same check cell."""
    exercise = json.loads(Path("exercises", FLAGSHIP, f"{FLAGSHIP}.ipynb").read_text())
    given = ["".join(cell["source"]) for cell in exercise["cells"] if cell["cell_type"] == "code"]
    assert any("check_backward(" in source for source in given)
    for name in ("shadowed", "patched-check"):
        names: dict[str, Any] = {"__name__": "__main__"}
        exec("from checks import *\nclass NeuralNetwork:\n    def __init__(self, *anything): pass\n", names)
        saved = _kept_check()
        try:
            exec(FORGERIES[name], names)
            assert eval("check_backward(NeuralNetwork(2, 1, [5, 3]), points=12)", names) == 12, name
        finally:
            _put_back(saved)


def _kept_check() -> dict[str, Any]:
    from checks.check import Check

    return {name: vars(Check)[name] for name in ("__call__", "verdict", "judged")}


def _put_back(saved: dict[str, Any]) -> None:
    from checks.check import Check

    for name, value in saved.items():
        setattr(Check, name, value)
