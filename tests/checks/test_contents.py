"""The contents of each exercise are complete; that they agree with its notebook, `course release` proves."""

from importlib import import_module

import pytest

from tests.conftest import ROOT

SOURCES = sorted((ROOT / "source_notebooks").glob("*.py"))


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_every_check_of_an_exercise_counts_for_it(source):
    module = import_module(f"checks.{source.stem.split('_', 1)[1]}")
    contents = import_module(f"{module.__name__}.contents").CONTENTS
    assert {check.exercise for check in module.CHECKS.values()} == {contents.exercise}
    assert set(module.CHECKS) == set(contents.tasks)
