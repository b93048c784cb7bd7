"""The pictures of exercise 01 and of mistakes in a real JupyterLab: buttons are pressed, and the pages follow."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from checks.widgets import step_through
from checks.widgets.shown import WITHOUT_DRAWINGS
from tests.browser.jupyterlab import CHROMIUM, PATIENCE, NotebookPage, chromium, jupyterlab

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine; install Debian's chromium"),
]

CELLS = (
    "from checks.widgets import step_through\nstep_through()",
    "from checks.widgets import try_a_bug\ntry_a_bug('backward')",
)
PICTURES = os.environ.get("WIDGET_PICTURES", "")
"""A folder for screenshots, if anybody wants to look at them."""


def _notebook() -> dict[str, Any]:
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    cells = [
        {"cell_type": "code", "id": f"cell-{number}", "metadata": {}, "source": source, "outputs": []}
        | {"execution_count": None}
        for number, source in enumerate(CELLS)
    ]
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def _kept() -> dict[str, Any]:
    """Return a notebook that somebody else has run, which JupyterLab does not trust."""
    kept = _notebook()
    kept["cells"] = kept["cells"][:1]
    bundle = step_through()._repr_mimebundle_()
    shown = {"output_type": "execute_result", "data": bundle, "metadata": {}, "execution_count": 1}
    kept["cells"][0] |= {"outputs": [shown], "execution_count": 1}
    return kept


@pytest.fixture(scope="module", params=[("light", 1280), ("dark", 800)], ids=["light, wide", "dark, narrow"])
def lab(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, int]]:
    """The address of a JupyterLab, its theme, and how wide its window is."""
    theme, width = request.param
    work = tmp_path_factory.mktemp("lab")
    (work / "root").mkdir()
    (work / "root" / "widgets.ipynb").write_text(json.dumps(_notebook()))
    (work / "root" / "kept.ipynb").write_text(json.dumps(_kept()))
    with jupyterlab(work / "root", work / "settings", dark=theme == "dark") as address:
        yield address, theme, width


def keep_picture(cell: Any, name: str) -> None:
    if PICTURES:
        cell.screenshot(path=Path(PICTURES) / f"{name}.png")


def wait_for(cell: Any, words: str, seconds: float = PATIENCE) -> None:
    """Wait until a cell's output contains words."""
    started = time.monotonic()
    while words not in cell.locator(".jp-Cell-outputArea").first.inner_text():
        assert time.monotonic() < started + seconds, cell.inner_text()
        cell.page.wait_for_timeout(5)


def test_a_notebook_that_is_not_trusted_says_where_its_drawings_are(lab: tuple[str, str, int]) -> None:
    address, theme, width = lab
    with chromium(width=width, height=1500, scale=1.0) as page:
        output = NotebookPage(page, address, "kept.ipynb").cell("step_through()").locator(".jp-OutputArea-output")
        keep_picture(output, f"untrusted_{theme}_{width}")
        assert output.locator("svg").count() == 0
        assert WITHOUT_DRAWINGS in output.inner_text()
        left = output.get_by_text("neuron 1x₁", exact=False)
        assert left.evaluate("e => getComputedStyle(e).fontSize") == "0px"

        page.keyboard.press("Control+Shift+C")
        page.keyboard.type("Trust Notebook")
        page.locator(".lm-CommandPalette-item").filter(has_text="Trust Notebook").first.click()
        page.locator(".jp-Dialog").get_by_role("button", name="Trust").click()
        output.locator("svg[role=img]").wait_for()
        assert WITHOUT_DRAWINGS not in output.inner_text()


def test_a_student_steps_through_and_tries_a_mistake(lab: tuple[str, str, int]) -> None:
    address, theme, width = lab
    from playwright.sync_api import expect

    with chromium(width=width, height=1500, scale=1.0) as page:
        book = NotebookPage(page, address, "widgets.ipynb")
        book.run("step_through()")
        cell = book.cell("step_through()")
        wait_for(cell, "Start")
        keep_picture(cell, f"step_{theme}_{width}_start")
        picture = cell.locator("svg[role=img]")
        before = picture.get_attribute("aria-label")
        cell.get_by_role("button", name="next").click()
        wait_for(cell, "Step 1 of 29")
        expect(picture).not_to_have_attribute("aria-label", before)
        assert "s₃ = w₃₁·x₁ + w₃₂·x₂ = (−3)·1 + 2·2 = 1" in cell.inner_text()
        for step in range(2, 13):
            page.keyboard.press("Enter")  # the button keeps the focus
            wait_for(cell, f"Step {step} of 29")
        picture.filter(has_text="0.75").wait_for()
        keep_picture(cell, f"step_{theme}_{width}_12")
        cell.get_by_role("button", name="last").click()
        wait_for(cell, "Step 29 of 29")
        keep_picture(cell, f"step_{theme}_{width}_29")
        handle = cell.locator("[role=slider], .noUi-handle").first
        handle.focus()
        page.keyboard.press("ArrowLeft")
        wait_for(cell, "Step 28 of 29")
        # Both at once: the picture is a new element after every step.
        widths = cell.evaluate(
            "c => ['svg[role=img]', '.jp-OutputArea-output'].map(e => c.querySelector(e).getBoundingClientRect().width)"
        )
        assert 0 < widths[0] <= widths[1]

        book.run("try_a_bug('backward')")
        cell = book.cell("try_a_bug('backward')")
        wait_for(cell, "Predict first")
        cell.get_by_role("button", name="See").click()
        wait_for(cell, "Take a guess first")
        cell.locator("select").first.select_option("sign flipped")
        wait_for(cell, "y - ŷ for ŷ - y")
        cell.get_by_label("check_train", exact=True).check()
        cell.get_by_role("button", name="See").click()
        wait_for(cell, "Not this time")
        wait_for(cell, "The loss rises")
        expect(cell.locator("svg[role=img]")).to_have_count(2)
        keep_picture(cell, f"bug_{theme}_{width}")
