"""A cell that reaches for right answers is named; one that works as it should is not."""

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from course.grading.peeking import peeking


def _named(source: str, **settings: bool) -> list[str]:
    cell = new_code_cell(source)
    cell.metadata["nbgrader"] = settings
    return list(peeking(new_notebook(cells=[cell])))


@pytest.mark.parametrize(
    "source",
    [
        "from checks.neural_network.reference import NetworkReference",
        "from checks.neural_network import reference",
        "from checks.by_hand.solution import solution",
        "from checks.by_hand import (\n    PUBLISHED,\n    cases,\n)",
        "import checks.judging.judge as j",
        "import importlib\nimportlib.import_module('checks.by_hand.lent.elementwise')",
        "import sys\nsys.modules['checks.neural_network.lent.forward']",
        "from checks.observing.lending import lend",
        "from checks.layers_and_losses import conclusions",
        "from checks.softmax_and_nll.counted import counted",
        "import checks\nchecks . neural_network.examples",
        "from checks import sealing",
    ],
)
def test_it_is_named(source: str) -> None:
    [sentence] = _named(source)
    assert sentence.startswith("cell 1 names")


@pytest.mark.parametrize(
    "source",
    [
        "from checks import check_backward, hint",
        "checks = 3\nreference = 4",
        "# it checks the reference",
        "from checks.by_hand import personal, practice",
        "lent = check_forward(net)",
        "cases = lent = [check_E, check_forward]",
    ],
)
def test_an_honest_cell_is_not(source: str) -> None:
    assert _named(source) == []


def test_the_teachers_cells_are_not() -> None:
    assert _named("from checks.by_hand import cases", locked=True) == []


@pytest.mark.parametrize("name", sorted(path.name for path in Path("solutions").iterdir() if path.is_dir()))
def test_no_solution_of_ours_is(name: str) -> None:
    assert list(peeking(nbformat.read(f"solutions/{name}/{name}.ipynb", as_version=4))) == []
