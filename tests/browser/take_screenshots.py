"""Take the pictures of the README in a real JupyterLab: `python -m tests.browser.take_screenshots`."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from checks.neural_network.examples import MISTAKES
from tests.browser.jupyterlab import NotebookPage, chromium, jupyterlab

ROOT = Path(__file__).resolve().parents[2]
EXERCISE = "05_neural_network"


def main() -> None:
    """Type a typical mistake into the flagship, run its check, and take a picture of the report."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        shutil.copytree(ROOT / "exercises" / EXERCISE, work / "root")
        with jupyterlab(work / "root", work / "settings") as address, chromium(width=1000) as page:
            notebook = NotebookPage(page, address, f"{EXERCISE}.ipynb")
            for given in ("import torch", "class Linear", "class Sigmoid", "class MSELoss", "class NeuralLayer"):
                notebook.run(given)
            notebook.run("class NeuralNetwork")
            mistake = MISTAKES["backward"]["derivative-left-out-in-hidden-layers"].strip()
            notebook.type_into("def backward(self, x, y)", mistake)
            notebook.run("def backward(self, x, y)")
            cell = notebook.run("check_backward(NeuralNetwork")
            notebook.cell("def apply_gradients").locator(".cm-content").first.click()
            cell = notebook.cell("check_backward(NeuralNetwork")
            cell.screenshot(path=ROOT / "docs" / "report.png")


if __name__ == "__main__":
    main()
