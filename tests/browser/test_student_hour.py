"""A student's hour: a wrong solution, its report and hint, the right one, progress, Validate, and the paired script."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course.student_code import code_cells
from tests.browser.conftest import ROOT
from tests.browser.jupyterlab import NotebookPage
from tests.conftest import exercise_named

MISTAKES = exercise_named("neural_network").mistakes

pytestmark = pytest.mark.browser

NAME = "05_neural_network"
GIVEN = ("import torch", "class Linear", "class Sigmoid", "class MSELoss", "class NeuralLayer", "class NeuralNetwork")
WRONG = MISTAKES["backward"]["derivative-left-out-in-hidden-layers"].strip()
SOURCE = ROOT / "source_notebooks" / f"{NAME}.py"


WRITTEN = {
    "forward": "Return the network's outputs",
    "get_loss": "def get_loss(self",
    "backward": "def backward(self, x, y)",
    "apply_gradients": "def apply_gradients(self",
}
"""Words that stand in one cell only, where a method is to be written."""


def solve(notebook: NotebookPage) -> None:
    """Write all methods of the network."""
    for task, words in WRITTEN.items():
        notebook.type_into(words, solution(task))
        notebook.run(words)


def solution(task: str) -> str:
    """Return the right cell for a task, without the marks round the solution."""
    source = next(cell.source for cell in code_cells(SOURCE) if cell.kind == "solution" and cell.name == task)
    return re.sub(r"(?m)^\s*### (BEGIN|END) SOLUTION\n?", "", source)


@pytest.fixture(scope="module")
def flagship(lab: str, page: Any) -> NotebookPage:
    notebook = NotebookPage(page, lab, f"{NAME}/{NAME}.ipynb")
    for given in GIVEN:
        notebook.run(given)
    notebook.run("progress()")
    return notebook


@pytest.fixture(scope="module")
def after_the_mistake(flagship: NotebookPage) -> NotebookPage:
    flagship.type_into("def backward(self, x, y)", WRONG)
    flagship.run("def backward(self, x, y)")
    flagship.run("check_backward(NeuralNetwork")
    return flagship


class TestAWrongSolution:
    def test_the_report_names_the_mistake_and_says_where_it_starts(self, after_the_mistake: NotebookPage) -> None:
        said = after_the_mistake.output("check_backward(NeuralNetwork")
        assert "Not right yet" in said
        assert "Layer 4 is right, so the error starts between Δ⁽⁴⁾ and Δ⁽³⁾." in said
        assert "without the derivative of the activation" in said
        assert "Points so far: 5 of 12" in said

    def test_the_matrices_unfold_with_the_keyboard(self, after_the_mistake: NotebookPage) -> None:
        cell = after_the_mistake.cell("check_backward(NeuralNetwork")
        summary = cell.locator("summary")
        assert "The weight gradient of layer 3 in numbers" in summary.inner_text()
        assert not cell.locator("details table").first.is_visible()
        summary.focus()
        after_the_mistake.page.keyboard.press("Enter")
        assert cell.locator("details table").first.is_visible()
        assert cell.locator("caption").all_inner_texts()[:2] == ["expected", "yours"]

    def test_the_report_speaks_to_a_screen_reader(self, after_the_mistake: NotebookPage) -> None:
        report = after_the_mistake.cell("check_backward(NeuralNetwork").locator('section[role="status"]')
        assert report.get_attribute("aria-label") == "backward: Not right yet"

    def test_a_hint_is_about_the_mistake_and_holds_no_code(self, after_the_mistake: NotebookPage) -> None:
        after_the_mistake.insert_below("check_backward(NeuralNetwork", 'hint("backward")')
        after_the_mistake.run('hint("backward")')
        said = after_the_mistake.output('hint("backward")')
        assert "backward, hint 1 of 3" in said
        assert "delta =" not in said

    def test_progress_has_followed(self, after_the_mistake: NotebookPage) -> None:
        said = after_the_mistake.output("progress()")
        assert "0 of 6 tasks right, 5 of 28 points" in said
        assert "Partly right" in said


def test_an_untouched_task_is_told_in_one_sentence_without_a_traceback(flagship: NotebookPage) -> None:
    flagship.run("check_get_loss(NeuralNetwork")
    said = flagship.output("check_get_loss(NeuralNetwork")
    assert "Not attempted yet" in said
    assert "Traceback" not in said
    assert "File" not in said


def test_the_right_solution_is_right_and_progress_follows(after_the_mistake: NotebookPage) -> None:
    after_the_mistake.type_into("def backward(self, x, y)", solution("backward"))
    after_the_mistake.run("def backward(self, x, y)")
    after_the_mistake.run("check_backward(NeuralNetwork")
    assert "backward is right" in after_the_mistake.output("check_backward(NeuralNetwork")
    assert "1 of 6 tasks right, 12 of 28 points" in after_the_mistake.output("progress()")


def test_saving_writes_the_paired_script(after_the_mistake: NotebookPage, course_folder: Path) -> None:
    script = course_folder / NAME / f"{NAME}.py"
    written = script.stat().st_mtime_ns
    after_the_mistake.save()
    until = time.monotonic() + 60
    while script.stat().st_mtime_ns == written and time.monotonic() < until:
        time.sleep(0.1)
    text = script.read_text(encoding="utf-8")
    assert "get_gradient" in text.partition("def backward")[2].partition("# %%")[0]
    assert '# %% nbgrader={"grade": true' in text or "nbgrader=" in text


class TestValidate:
    """nbgrader's own button."""

    def test_an_unsolved_notebook_fails_and_the_reason_is_our_sentence(
        self, lab: str, page: Any, course_folder: Path
    ) -> None:
        shutil.copytree(ROOT / "exercises" / "01_by_hand", course_folder / "unsolved", dirs_exist_ok=True)
        said = NotebookPage(page, lab, "unsolved/01_by_hand.ipynb").validate()
        assert "The following cell failed" in said
        assert "○ forward: not attempted yet." in said

    def test_a_solved_notebook_passes(self, lab: str, page: Any, course_folder: Path) -> None:
        folder = course_folder / "solved"
        folder.mkdir(exist_ok=True)
        notebook = nbformat.read(ROOT / "exercises" / "01_by_hand" / "01_by_hand.ipynb", as_version=4)
        solved = nbformat.read(ROOT / "solutions" / "01_by_hand" / "01_by_hand.ipynb", as_version=4)
        sources = {cell.id: cell.source for cell in solved.cells}
        for cell in notebook.cells:
            cell.source = sources.get(cell.id, cell.source)
        nbformat.write(notebook, folder / "01_by_hand.ipynb")
        said = NotebookPage(page, lab, "solved/01_by_hand.ipynb").validate()
        assert "Success" in said
