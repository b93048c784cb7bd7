"""Each promise of the pages about security names a test, and the test is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
NAMES = {path.name for path in TESTS.rglob("test_*.py")} | {path.name for path in TESTS.iterdir() if path.is_dir()}
FUNCTION = re.compile(r"^def (test_\w+)", re.MULTILINE)


@pytest.mark.parametrize("page", ["SECURITY.md", "docs/threat_model.md"])
def test_each_promise_names_a_test_that_is_there(page: str) -> None:
    known = NAMES.union(*(FUNCTION.findall(path.read_text(encoding="utf-8")) for path in TESTS.rglob("test_*.py")))
    text = (TESTS.parent / page).read_text(encoding="utf-8")
    promises, *others = [table.splitlines()[2:] for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)]
    assert len(promises) > 9
    for row in (*promises, *(row for table in others for row in table)):
        named = {name.rpartition("/")[2] for name in re.findall(r"`(tests/[^`]+|test_[^`]+)`", row)}
        assert named or row not in promises, row
        assert named <= known, row
