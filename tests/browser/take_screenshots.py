"""Take the pictures of the README in a real JupyterLab: `python -m tests.browser.take_screenshots`."""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

from tests.browser.conftest import ROOT
from tests.browser.jupyterlab import NotebookPage, chromium, jupyterlab
from tests.browser.test_student_hour import GIVEN, NAME, WRONG, solve

DOCS = ROOT / "docs"
EXPLORER = "explore_training(NeuralNetwork, x, y)"
COLOURS = 128
"""Colours of a picture, so that its file is small."""


def keep(cell: Any, name: str) -> None:
    """Keep a picture of a cell in docs/."""
    picture = Image.open(io.BytesIO(cell.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(DOCS / f"{name}.png", optimize=True)


def report(notebook: NotebookPage) -> None:
    """Type a typical mistake into the flagship and run its check."""
    notebook.type_into("def backward(self, x, y)", WRONG)
    notebook.run("def backward(self, x, y)")
    notebook.run("check_backward(NeuralNetwork")
    notebook.cell("check_backward(NeuralNetwork").locator("summary").click()
    notebook.cell("def apply_gradients").locator(".cm-content").first.click()
    keep(notebook.cell("check_backward(NeuralNetwork"), "report")


def training(notebook: NotebookPage) -> None:
    """Solve everything, train a network to its end, keep it, and play a second one beside it."""
    solve(notebook)
    notebook.run(EXPLORER)
    cell = notebook.cell(EXPLORER)
    cell.get_by_role("button", name="To the end").click()
    cell.locator("section p").filter(has_text="has learnt its points").first.wait_for()
    cell.get_by_role("button", name="Keep this run").click()
    cell.get_by_label("Seed").fill("2")
    cell.get_by_label("Seed").press("Enter")
    cell.get_by_role("button", name="Play").click()
    notebook.page.wait_for_timeout(3_000)
    cell.get_by_role("button", name="Pause").click()
    keep(cell, "training")


def steps(notebook: NotebookPage) -> None:
    """Step through the small network of exercise 01 until the first hidden error signal."""
    notebook.insert_below("step_through(practice", "step_through()  # the network of this notebook")
    notebook.run("# the network of this notebook")
    cell = notebook.cell("# the network of this notebook")
    for _ in range(12):
        cell.get_by_role("button", name="next").click()
        notebook.page.wait_for_timeout(200)
    keep(cell, "steps")


def main() -> None:
    """Take all pictures."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        shutil.copytree(ROOT / "exercises", work / "root")
        with jupyterlab(work / "root", work / "settings") as address, chromium(width=1000, height=1400) as page:
            flagship = NotebookPage(page, address, f"{NAME}/{NAME}.ipynb")
            for given in GIVEN:
                flagship.run(given)
            flagship.run("x = torch.tensor")
            report(flagship)
            training(flagship)
            by_hand = NotebookPage(page, address, "01_by_hand/01_by_hand.ipynb")
            by_hand.run("from checks.by_hand import")
            steps(by_hand)


if __name__ == "__main__":
    main()
