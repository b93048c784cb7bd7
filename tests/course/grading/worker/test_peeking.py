"""A cell that reaches for right answers is named; one that works as it should is not."""

import importlib
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from course.bounds import LONGEST_CODE
from course.grading.sandbox.observing_side import every_module, home, kept_back, shown_modules
from course.grading.worker.peeking import peeking


def _named(source: str, **settings: bool) -> list[str]:
    cell = new_code_cell(source)
    cell.metadata["nbgrader"] = settings
    return list(peeking(new_notebook(cells=[cell]), kept_back()))


@pytest.mark.parametrize(
    "source",
    [
        "from checks.neural_network.reference import NetworkReference",
        "from checks.neural_network import reference",
        "from checks.by_hand.solution import solution",
        "from checks.by_hand import (\n    PUBLISHED,\n    cases,\n)",
        "import checks.judging.judge as j",
        "import importlib\nimportlib.import_module('checks.by_hand.lent')",
        "import sys\nsys.modules['checks.neural_network.lent']",
        "from checks.observing.lending import lend",
        "from checks.layers_and_losses import conclusions",
        "from checks.softmax_and_nll.counted import counted",
        "import checks\nchecks . neural_network.cases",
        "from checks import sealing",
        "from checks.neural_network.widgets import bug_verdicts",
        "from checks.explaining.hints import hints",
        "import checks.softmax_and_nll.network_cases",
        "from checks.by_hand import following as f",
        "answer = !true\nfrom checks.by_hand import cases",
        "from ｃｈｅｃｋｓ.by_hand import cases",
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
        "# from checks.by_hand import cases",
        "#" + "checks import " * 2000,
    ],
)
def test_an_honest_cell_is_not(source: str) -> None:
    assert _named(source) == []


def _exports() -> list[str]:
    packages = [Path("checks"), *(path.parent for path in Path("checks").glob("*/contents.py")), Path("checks/widgets")]
    modules = [importlib.import_module(".".join(path.parts)) for path in packages]
    return [
        f"from {module.__name__} import {name}"
        for module in modules
        for name in getattr(module, "__all__", [name for name in vars(module) if name.startswith(("check", "hint"))])
    ]


def test_nothing_that_is_there_for_notebooks_is() -> None:
    exports = _exports()
    assert len(exports) > 50
    assert [line for line in exports if _named(line)] == []


def test_every_module_is_that_the_sandbox_does_not_hold() -> None:
    package = home()
    assert package is not None
    kept = every_module(package) - shown_modules(package)
    assert [name for name in kept if not _named(f"import {name}")] == []


def test_too_much_is_for_a_person_to_look_at() -> None:
    [sentence] = _named("#" * (LONGEST_CODE + 1))
    assert "too long" in sentence


def test_the_teachers_cells_are_not() -> None:
    assert _named("from checks.by_hand import cases", locked=True) == []


@pytest.mark.parametrize("name", sorted(path.name for path in Path("solutions").iterdir() if path.is_dir()))
def test_no_solution_of_ours_is(name: str) -> None:
    assert list(peeking(nbformat.read(f"solutions/{name}/{name}.ipynb", as_version=4), kept_back())) == []
