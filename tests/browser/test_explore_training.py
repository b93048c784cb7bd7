"""Training and gradients in a real JupyterLab: controls are used, and the pictures follow."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from course.student_code import code_cells
from tests.browser.jupyterlab import CHROMIUM, PATIENCE, NotebookPage, chromium, jupyterlab
from tests.conftest import exercise_named

MISTAKES = exercise_named("neural_network").mistakes

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]

SOURCE = Path(__file__).resolve().parents[2] / "source_notebooks" / "05_neural_network.py"
PICTURES = os.environ.get("WIDGET_PICTURES", "")
"""A folder for screenshots, if anybody wants to look at them."""


def notebook() -> dict[str, Any]:
    given = "\n\n".join(cell.source for cell in code_cells(SOURCE) if cell.kind != "check")
    cells = [
        given,
        "from checks.widgets import explore_training\nexplore_training(NeuralNetwork, x, y, seed=1)",
        "# without the derivative\n" + MISTAKES["backward"]["derivative-left-out-in-hidden-layers"],
        "from checks.widgets import inspect_gradients\ninspect_gradients(NeuralNetwork(2, 1, [5, 3]), x, y)",
    ]
    return {
        "cells": [
            {
                "cell_type": "code",
                "id": f"cell-{k}",
                "metadata": {},
                "source": s,
                "outputs": [],
                "execution_count": None,
            }
            for k, s in enumerate(cells)
        ],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


@pytest.fixture(scope="module", params=[("light", 1280), ("dark", 800)], ids=["light, wide", "dark, narrow"])
def lab(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, int]]:
    """The address of a JupyterLab, its theme, and how wide its window is."""
    theme, width = request.param
    work = tmp_path_factory.mktemp("lab")
    (work / "root").mkdir()
    (work / "root" / "widgets.ipynb").write_text(json.dumps(notebook()))
    with jupyterlab(work / "root", work / "settings", dark=theme == "dark") as address:
        yield address, theme, width


def keep_picture(cell: Any, name: str) -> None:
    if PICTURES:
        cell.screenshot(path=Path(PICTURES) / f"{name}.png")


def said(cell: Any) -> str:
    return str(cell.locator(".jp-OutputArea section p").first.inner_text())


def wait_until(cell: Any, words: str, seconds: float = PATIENCE) -> None:
    """Wait for words in the sentence above the pictures."""
    started = time.monotonic()
    while words not in said(cell):
        assert time.monotonic() < started + seconds, said(cell)


def test_a_student_plays_pauses_and_compares(lab: tuple[str, str, int]) -> None:
    address, theme, width = lab
    with chromium(width=width, height=1300) as page:
        book = NotebookPage(page, address, "widgets.ipynb")
        book.run("class Linear")
        book.run("explore_training(")
        cell = book.cell("explore_training(NeuralNetwork")
        pictures = cell.locator("section svg")
        pictures.nth(1).wait_for()
        play, pause = (cell.get_by_role("button", name=name) for name in ("Play", "Pause"))
        wait_until(cell, "Epoch 0 of 2500")
        keep_picture(cell, f"training-begin-{theme}-{width}")

        cell.get_by_role("button", name="Step").click()
        wait_until(cell, "Epoch 1 of 2500")
        before = pictures.nth(1).inner_html()
        play.click()
        pause.wait_for()
        page.wait_for_timeout(500)
        pause.click()
        play.wait_for()
        paused = said(cell)
        page.wait_for_timeout(400)
        assert said(cell) == paused
        assert pictures.nth(1).inner_html() != before

        cell.get_by_role("button", name="To the end").click()
        wait_until(cell, "has learnt its points")
        keep_picture(cell, f"training-end-{theme}-{width}")
        cell.get_by_role("button", name="Keep this run").click()
        wait_until(cell, "Epoch 0 of 2500")
        seed = cell.get_by_label("Seed")
        seed.fill("2")
        seed.press("Enter")
        cell.get_by_text("B: seed 2").wait_for()
        play.click()
        page.wait_for_timeout(1_000)
        seed.fill("3")
        seed.press("Enter")
        cell.get_by_text("B: seed 3").wait_for()
        page.wait_for_timeout(800)
        pause.click()
        assert pictures.count() == 3
        keep_picture(cell, f"training-kept-{theme}-{width}")
        cell.get_by_label("Learning rate").select_option("1000")
        cell.get_by_text("B: learning rate 1000, seed 3").wait_for()


def test_a_student_looks_at_gradients_layer_by_layer(lab: tuple[str, str, int]) -> None:
    address, theme, width = lab
    with chromium(width=width, height=1300) as page:
        book = NotebookPage(page, address, "widgets.ipynb")
        book.run("class Linear")
        book.run("inspect_gradients(NeuralNetwork")
        cell = book.cell("inspect_gradients(NeuralNetwork")
        cell.get_by_text("On your data, every gradient agrees").wait_for()
        keep_picture(cell, f"gradients-right-{theme}-{width}")

        book.run("# without the derivative")
        book.run("inspect_gradients(NeuralNetwork")
        cell = book.cell("inspect_gradients(NeuralNetwork")
        cell.get_by_text("on your data, the error starts in layer 2. Layer 3 is right.").wait_for()
        keep_picture(cell, f"gradients-wrong-{theme}-{width}")
        cell.get_by_role("button", name="layer 1").click()
        cell.get_by_text("the weight gradient of layer 1").last.wait_for()
        assert "✗ wrong as well" in cell.locator("section").last.inner_text()
