"""What the page about slips shows can be done as it stands there."""

import re
from typing import Any

import pytest

from checks.formulas import kinds, slips
from checks.formulas.formula import Formula
from checks.neural_network.reference import BackwardReference
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "slips.md").read_text(encoding="utf-8")
FORMULAS, KIND, ADOPTED = re.findall(r"^```python\n(.*?)^```", PAGE, re.M | re.S)


def run(code: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(code, names)
    return names


def test_its_formulas_are_those_of_the_exercise():
    for name, formula in run(FORMULAS).items():
        if isinstance(formula, Formula):
            assert formula == getattr(BackwardReference, name)


@pytest.fixture
def with_the_kind(monkeypatch):
    monkeypatch.setattr(kinds, "KINDS", (*kinds.KINDS, run(KIND)["thirds"]))
    slips._slips.cache_clear()
    yield
    monkeypatch.undo()
    slips._slips.cache_clear()


def test_its_kind_serves_the_exercises(with_the_kind):
    said = [slip.says for slip in BackwardReference.slips()]
    assert "with a third of the column sums of Δ⁽ˡ⁾, in the bias gradient" in said


def test_its_adopted_slip_takes_the_words_that_are_not_given():
    adopted = run(ADOPTED)["adopted"]
    assert adopted.label == "bias-of-the-first-sample"
    assert adopted.says.startswith("when Δ⁽ˡ⁾ is taken from the first sample alone")
    assert adopted.think == "One bias serves all samples. What became of the others?"
    assert adopted.equation == "(9)"


def test_what_no_slip_writes_needs_words():
    with pytest.raises(ValueError, match="expected words"):
        run(ADOPTED.replace('Operation("first row", (D,))', "D @ D.T @ D"))
