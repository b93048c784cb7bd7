"""The road that a teacher without this package's commands goes: nbgrader's own, on the real flagship exercise."""

import csv
import html
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course.building.build import write_notebook
from course.building.reported import ReportedVerdict, is_check, read_verdict
from course.building.sources import read_source
from course.layout import Layout
from tests.course.grading.classrooms import STOCK

NAME = "05_neural_network"
REPOSITORY = Path(__file__).parents[2]
BIN = Path(sys.executable).parent

pytestmark = [
    pytest.mark.nbgrader,
    pytest.mark.skipif(not (REPOSITORY / "source_notebooks" / f"{NAME}.py").is_file(), reason="no flagship source"),
]

OUTPUT_LAYER_ONLY = """\
@add_to_class(NeuralNetwork)
def backward(self, x, y):
    y_pred = self.forward(x)
    last = self.layers[-1]
    delta = self.loss.get_gradient(y, y_pred) * last.act.get_gradient(last.last_zin)
    last.set_weight_gradient(last.last_input.T @ delta)
    last.set_bias_gradient(delta.sum(dim=0))
"""


class Road:
    """The course after the whole road, and what was said on the way."""

    def __init__(self, root: Path, name: str = NAME) -> None:
        self.root = root
        for item in ("nbgrader_config.py", f"source_notebooks/{name}.py"):
            (root / item).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(REPOSITORY / item, root / item)
        shutil.copytree(REPOSITORY / "checks", root / "checks", ignore=shutil.ignore_patterns("__pycache__"))
        source = read_source(REPOSITORY / "source_notebooks" / f"{name}.py")
        write_notebook(source.notebook, Layout(root).nbgrader_source / name / f"{name}.ipynb")
        self.run(str(BIN / "nbgrader"), "generate_assignment", name)

    def run(self, *command: str) -> str:
        """Run a command in the course's folder and return what it says; it must succeed."""
        import_path = os.pathsep.join([str(self.root), str(REPOSITORY)])
        environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": import_path}
        ran = subprocess.run(command, cwd=self.root, env=environment, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout + ran.stderr

    def hand_in(self, student: str, answers: dict[str, str]) -> Path:
        notebook = nbformat.read(self.root / "exercises" / NAME / f"{NAME}.ipynb", as_version=4)
        for cell in notebook.cells:
            cell.source = answers.get(cell.id, cell.source)
        path = self.root / "submitted" / student / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
        return path

    def graded(self, student: str) -> Any:
        return nbformat.read(self.root / "autograded" / student / NAME / f"{NAME}.ipynb", as_version=4)

    def checks(self, student: str) -> list[Any]:
        return [cell for cell in self.graded(student).cells if is_check(cell)]

    def verdict(self, student: str, check: str) -> ReportedVerdict:
        [cell] = [cell for cell in self.checks(student) if cell.id == check]
        verdict = read_verdict(cell)
        assert verdict is not None
        return verdict

    def feedback(self, student: str) -> str:
        return (self.root / "feedback" / student / NAME / f"{NAME}.html").read_text(encoding="utf-8")

    def scores(self) -> dict[str, float]:
        """Return what `nbgrader export` says each student has."""
        with (self.root / "grades.csv").open(newline="") as file:
            return {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def road(tmp_path_factory: pytest.TempPathFactory) -> Road:
    road = Road(tmp_path_factory.mktemp("stock") / "course")
    nbgrader = str(BIN / "nbgrader")
    solution = nbformat.read(REPOSITORY / "solutions" / NAME / f"{NAME}.ipynb", as_version=4)
    answers = {c.id: c.source for c in solution.cells if c.metadata.get("nbgrader", {}).get("solution")}
    road.hand_in("perfect", answers)
    road.hand_in("untouched", {})
    road.hand_in("output-layer-only", answers | {"backward": OUTPUT_LAYER_ONLY})
    road.run(nbgrader, "autograde", NAME, STOCK)
    road.run(nbgrader, "generate_feedback", NAME)
    road.run(nbgrader, "export")
    return road


@pytest.fixture(scope="module")
def full_marks(road: Road) -> float:
    cells = nbformat.read(road.root / "exercises" / NAME / f"{NAME}.ipynb", as_version=4).cells
    settings = [cell.metadata.get("nbgrader", {}) for cell in cells]
    return float(sum(s["points"] for s in settings if s.get("grade") and not s["solution"]))


def test_a_perfect_submission_gets_full_marks(road: Road, full_marks: float) -> None:
    assert road.scores()["perfect"] == full_marks


def test_the_untouched_release_gets_nothing(road: Road) -> None:
    assert road.scores()["untouched"] == 0


def test_a_backward_pass_that_is_right_for_the_output_layer_only_gets_part_of_its_points(
    road: Road, full_marks: float
) -> None:
    verdict = road.verdict("output-layer-only", "check_backward")
    assert 0 < verdict.earned < 1
    lost = (1 - verdict.earned) * verdict.points
    assert 0 < road.scores()["output-layer-only"] <= full_marks - lost + 0.01


def test_a_wrong_backward_pass_costs_nothing_in_the_tasks_before_it(road: Road) -> None:
    for check in ("check_forward", "check_get_loss"):
        assert road.verdict("output-layer-only", check).state == "right"


def test_its_explanation_stands_in_the_feedback(road: Road) -> None:
    verdict = road.verdict("output-layer-only", "check_backward")
    assert verdict.headline
    assert html.escape(verdict.headline, quote=False) in road.feedback("output-layer-only")


def test_a_failed_check_shows_its_explanation_and_no_traceback(road: Road) -> None:
    cells = road.checks("untouched")
    errors = [output for cell in cells for output in cell.outputs if output.output_type == "error"]
    assert len(errors) == len(cells)
    assert not any("Traceback" in line or "line 1" in line for error in errors for line in error.traceback)


def test_nothing_that_a_check_says_goes_to_stderr(road: Road) -> None:
    for student in ("perfect", "untouched", "output-layer-only"):
        outputs = [output for cell in road.checks(student) for output in cell.outputs]
        assert not any(output.output_type == "stream" and output.name == "stderr" for output in outputs)


def test_written_answers_wait_for_a_person(road: Road) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{road.root}/gradebook.db", "backprop") as gradebook:
        assert gradebook.find_submission(NAME, "perfect").needs_manual_grade
        assert not gradebook.find_submission(NAME, "untouched").needs_manual_grade


@pytest.mark.parametrize(("student", "words"), [("perfect", "Success!"), ("untouched", "VALIDATION FAILED")])
def test_nbgrader_validate_says_what_will_be_graded(road: Road, student: str, words: str) -> None:
    said = road.run(str(BIN / "nbgrader"), "validate", f"submitted/{student}/{NAME}/{NAME}.ipynb")
    assert words in said


def test_a_course_that_nbgrader_has_released_can_be_released_by_this_packages_command(tmp_path: Path) -> None:
    quickest = "01_by_hand"
    road = Road(tmp_path / "course", quickest)
    road.run(sys.executable, "-c", "from course.command_line import main; main()", "release", quickest)
    for name in (f"{quickest}.py", f"{quickest}.ipynb"):
        built, committed = (root / "exercises" / quickest / name for root in (road.root, REPOSITORY))
        assert built.read_bytes() == committed.read_bytes()
