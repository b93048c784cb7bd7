"""A verdict is made outside the student's process: what is patched, shown, sent or found there brings nothing."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest

from checks.neural_network import CHECKS
from checks.observing.wire import as_wire
from course.building.build import write_notebook
from course.grading.driver.autograding import GradedClass, autograde
from course.kept_verdicts import KeptVerdict, read_verdicts, verdicts_file
from course.layout import Layout
from tests.benchmarks.bench_autograde import FLAGSHIP, flagship_class
from tests.course.grading.judging import forged_messages, forged_values, forgeries, sought_answers
from tests.course.grading.judging.forged_messages import recorded

EXERCISE = Path("exercises", FLAGSHIP, f"{FLAGSHIP}.ipynb")
SOLUTIONS = ("forward", "get_loss", "backward", "apply_gradients", "train")
"""The cells that students fill in, one for each task, by grade_id."""

RECORDED = ("recorded-for-seed-0", "recorded-in-an-earlier-run")
ONCE: Mapping[str, str] = forgeries.FORGERIES | forged_messages.FORGERIES
IN_EVERY_CELL: Mapping[str, str] = forged_values.FORGERIES | sought_answers.FORGERIES
"""Forgeries that define methods: each stub puts its own in their place."""

FORGERS = (*ONCE, *IN_EVERY_CELL, *RECORDED)

UNFIT = (
    "shadowed", "broken-package", "nothing-seen", "one-easy-case", "another-check", "a-check-that-is-not-asked",
    "no-data", "no-json", "objects", "lying-headers", "fewer-bytes", "eight-axes-of-nothing", "one-case-too-many",
    "verdict-sent-along",
)  # fmt: skip
"""Forgers of whom no answer comes that a check could have given."""


def _cell(notebook: Any, grade_id: str) -> Any:
    return next(one for one in notebook.cells if one.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


HIDDEN = "hidden-by-metadata"
SIGNS = "from checks.neural_network import reference\ngradients = torch.autograd.grad(loss, net.parameters())"
"""What is listed for a person to look at, in a solution that says of itself that it is locked, no code, and so on."""

UNTRUE: Mapping[str, Any] = {
    "locked": True, "grade": True, "solution": False, "task": True, "points": 28, "schema_version": 1, "score": 28,
    "cell_type": "markdown", "checksum": "",
}  # fmt: skip


def _hand_in(
    course: Layout, student: str, forgery: str, cells: tuple[str, ...] = SOLUTIONS[:1], **settings: Any
) -> Any:
    """Hand in an exercise whose solutions are empty but for a forgery below the stubs of these cells."""
    exercise = nbformat.read(EXERCISE, as_version=4)
    for name in cells:
        cell = _cell(exercise, name)
        cell.source += f"\n{forgery}"
        cell.metadata["nbgrader"].update(settings)
    write_notebook(exercise, course.submitted / student / FLAGSHIP / f"{FLAGSHIP}.ipynb")


def _verdicts(course: Layout, student: str) -> list[KeptVerdict]:
    return list(read_verdicts(verdicts_file(course.root / "autograded" / student / FLAGSHIP, FLAGSHIP), FLAGSHIP))


def _solution() -> Any:
    return nbformat.read(Path("solutions", FLAGSHIP, f"{FLAGSHIP}.ipynb"), as_version=4)


def _seen(seeds: Mapping[str, int]) -> str:
    """Return what the checks see of the solution on cases of these seeds, by task, as JSON."""
    import torch

    names: dict[str, Any] = {}
    usual = torch.get_default_dtype()
    try:
        for cell in _solution().cells:
            settings = cell.metadata.get("nbgrader", {})
            if settings and not settings["grade"] and cell.cell_type == "code":
                exec(cell.source, names)
        net, train = names["NeuralNetwork"](2, 1, [5, 3]), names["train"]
        seen = {}
        for task, seed in seeds.items():
            first, _ = CHECKS[task].probes(train if task == "train" else net, seed)
            seen[task] = [as_wire(probe.observation) for probe in first]
        return json.dumps(seen)
    finally:
        torch.set_default_dtype(usual)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    return Layout(flagship_class(tmp_path_factory.mktemp("sealed") / "course", 0))


@pytest.fixture(scope="module")
def earlier(course: Layout) -> dict[str, int]:
    """The seeds that an earlier run has checked a right solution with, by task."""
    write_notebook(_solution(), course.submitted / "honest" / FLAGSHIP / f"{FLAGSHIP}.ipynb")
    [row] = autograde(FLAGSHIP, course_dir=course.root).rows
    assert row.score == 28
    return {verdict.task: verdict.seed for verdict in _verdicts(course, "honest")}


@pytest.fixture(scope="module")
def graded(course: Layout, earlier: dict[str, int]) -> GradedClass:
    """A class of forgers, whose solutions are empty but for the forgery."""
    for name, forgery in ONCE.items():
        _hand_in(course, name, forgery)
    for name, forgery in IN_EVERY_CELL.items():
        _hand_in(course, name, forgery, SOLUTIONS)
    for name, seeds in zip(RECORDED, (dict.fromkeys(SOLUTIONS, 0), earlier), strict=True):
        _hand_in(course, name, recorded(_seen(seeds)))
    for key in UNTRUE:
        _hand_in(course, f"{HIDDEN}-{key}", SIGNS, ("backward",), **{key: UNTRUE[key]})
    _hand_in(course, HIDDEN, SIGNS, ("backward",), **UNTRUE)
    return autograde(FLAGSHIP, course_dir=course.root)


@pytest.mark.parametrize("name", [HIDDEN, *(f"{HIDDEN}-{key}" for key in UNTRUE)])
def test_a_students_metadata_hides_nothing(course: Layout, name: str, graded: GradedClass) -> None:
    [row] = [row for row in graded.rows if row.student == name]
    assert row.score == 0
    assert any("names checks.neural_network.reference" in reason for reason in row.reasons), row.reasons
    assert any("autograd" in reason for reason in row.reasons), row.reasons
    path = course.root / "autograded" / name / FLAGSHIP / f"{FLAGSHIP}.ipynb"
    cell, given = (_cell(nbformat.read(file, as_version=4), "backward") for file in (path, EXERCISE))
    assert cell.metadata["nbgrader"] == given.metadata["nbgrader"]


@pytest.mark.parametrize("name", FORGERS)
def test_a_forgery_earns_what_an_empty_solution_earns(name: str, graded: GradedClass) -> None:
    [row] = [row for row in graded.rows if row.student == name]
    assert row.score == 0


@pytest.mark.parametrize("name", UNFIT)
def test_what_cannot_be_judged_is_for_a_person_to_look_at(name: str, graded: GradedClass) -> None:
    [row] = [row for row in graded.rows if row.student == name]
    assert row.state == "needs a look"
    assert any("could not be judged" in reason for reason in row.reasons), row.reasons


def test_the_verdicts_beside_the_grades_are_the_judges(course: Layout, graded: GradedClass) -> None:
    for name in FORGERS:
        assert all(verdict.state != "right" for verdict in _verdicts(course, name)), name


def test_no_run_is_checked_on_the_cases_of_another(
    course: Layout, earlier: dict[str, int], graded: GradedClass
) -> None:
    """Seeds are drawn by each process that judges, from so many that none is drawn twice, and a few serve a class."""
    seeds = {verdict.seed for name in FORGERS for verdict in _verdicts(course, name) if verdict.cases}
    assert not seeds & set(earlier.values())
    assert len(seeds) > 4
    assert min(seeds) > 1000


DYING = """
@add_to_class(NeuralNetwork)
def get_loss(self, x, y):
    import os, sys
    if any(map(callable, sys._getframe().f_code.co_consts)):
        os._exit(3)
    return 2 * self.loss.forward(y, self.forward(x))
"""
"""Wrong, and the end of the process when its lines are looked at."""


def test_the_end_of_a_process_in_the_look_at_its_lines_costs_nothing_but_the_margin(course: Layout) -> None:
    scores = {}
    for name, code in {"dying": DYING, "living": DYING.replace("os._exit(3)", "pass")}.items():
        notebook = _solution()
        _cell(notebook, "get_loss").source += code
        write_notebook(notebook, course.submitted / name / FLAGSHIP / f"{FLAGSHIP}.ipynb")
    for row in autograde(FLAGSHIP, course_dir=course.root).rows:
        scores[row.student] = row.score, row.state
    assert scores["dying"] == scores["living"]
    assert scores["dying"][0] > 0
    shown = [
        (course.root / "autograded" / name / FLAGSHIP / f"{FLAGSHIP}.ipynb").read_text() for name in ("dying", "living")
    ]
    assert ["In your own lines" in text for text in shown] == [False, True]
