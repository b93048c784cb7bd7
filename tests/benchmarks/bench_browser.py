"""How soon a report or a widget answers on the page: `python -m tests.benchmarks.bench_browser`.

Times are medians of one run on this machine, in a real JupyterLab in Chromium, with a warm kernel. An empty cell's
time is measured beside them, so that the ratios can be compared between machines.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from pathlib import Path

from tests.browser.conftest import ROOT
from tests.browser.jupyterlab import NotebookPage, chromium, jupyterlab
from tests.browser.test_student_hour import GIVEN, NAME, WRONG, solution, solve
from tests.conftest import exercise_named

MISTAKES = exercise_named("neural_network").mistakes
UNNAMED = exercise_named("neural_network").unnamed

TIMES = 9
EXPLORER = "explore_training(NeuralNetwork, x, y)"
STEPS = "from checks.widgets import step_through\nstep_through(practice(1))"

WATCH = """
() => {
    window.shownAfter = [];
    let pressed = 0;
    const press = event => { if (event.key === "Enter" && event.ctrlKey) pressed = performance.now(); };
    document.addEventListener("keydown", press, true);
    new MutationObserver(changes => {
        for (const node of changes.flatMap(change => [...change.addedNodes])) {
            const report = node.matches && (node.matches("section, pre") || node.querySelector("section, pre"));
            if (report && pressed) { window.shownAfter.push(performance.now() - pressed); pressed = 0; }
        }
    }).observe(document.body, {childList: true, subtree: true});
}
"""


def shown_after(notebook: NotebookPage, cell: str) -> float:
    """Return the median time in milliseconds from running a cell to its report on the page."""
    notebook.run(cell)
    notebook.page.evaluate("window.shownAfter = []")
    for _ in range(TIMES):
        notebook.run(cell)
        notebook.page.wait_for_timeout(300)
    times: list[float] = notebook.page.evaluate("window.shownAfter")
    return statistics.median(times)


CLICKS = """
(picture) => {
    window.answeredAfter = [];
    let pressed = 0;
    document.addEventListener("click", () => { pressed = performance.now(); }, true);
    new MutationObserver(() => {
        if (pressed) { window.answeredAfter.push(performance.now() - pressed); pressed = 0; }
    }).observe(picture.closest(".jupyter-widgets"), {childList: true, subtree: true, characterData: true});
}
"""


def answered_after(notebook: NotebookPage, cell: str, button: str) -> float:
    """Return the median time in milliseconds from a click on a widget's button to the change of its picture."""
    notebook.run(cell)
    shown = notebook.cell(cell)
    notebook.page.wait_for_timeout(2000)
    shown.locator("svg[role=img]").first.evaluate(CLICKS)
    for _ in range(TIMES):
        shown.get_by_role("button", name=button).click()
        notebook.page.wait_for_timeout(300)
    times: list[float] = notebook.page.evaluate("window.answeredAfter")
    return statistics.median(times)


def main() -> None:
    """Print the table."""
    check = "check_backward(NeuralNetwork"
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        shutil.copytree(ROOT / "exercises" / NAME, work / "root")
        with jupyterlab(work / "root", work / "settings") as address, chromium() as page:
            notebook = NotebookPage(page, address, f"{NAME}.ipynb")
            page.evaluate(WATCH)
            for given in (*GIVEN, "x = torch.tensor"):
                notebook.run(given)
            notebook.insert_below(check, "print('nothing to do')")
            print(f"{'a cell that prints':24}{shown_after(notebook, 'nothing to do'):7.0f} ms")
            unnamed = next(iter(UNNAMED["backward"].values())).strip()
            named = MISTAKES["backward"]["zin-for-zout"].strip()
            for what, source in (
                ("right", solution("backward")),
                ("wrong", WRONG),
                ("another mistake", named),
                ("unknown", unnamed),
            ):
                notebook.type_into("def backward(self, x, y)", source)
                notebook.run("def backward(self, x, y)")
                print(f"{'backward: ' + what:24}{shown_after(notebook, check):7.0f} ms", flush=True)
            solve(notebook)
            for cell, button in ((EXPLORER, "Step"), ("step_through(practice", "next")):
                if cell != EXPLORER:
                    notebook.insert_below(EXPLORER, f"from checks.by_hand import practice\n{STEPS}")
                print(f"{'widget: ' + button:24}{answered_after(notebook, cell, button):7.0f} ms", flush=True)


if __name__ == "__main__":
    main()
