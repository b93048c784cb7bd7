"""Reports are the same whatever the order of sums and the last bits: in words, as HTML and as data.

A sample of the registered mistakes is played; EVERY=1 plays all of them, and DISTURBANCES=5 tries five disturbances.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
DISTURBING = REPOSITORY / "tests" / "disturbing"
EVERY, DISTURBANCES = os.environ.get("EVERY", "25"), int(os.environ.get("DISTURBANCES", "1"))


def started(names: list[str], seed: int | None) -> subprocess.Popen[str]:
    path = [str(REPOSITORY), *([str(DISTURBING)] if seed else [])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path), "DISTURBED_SEED": str(seed or "")}
    command = [sys.executable, str(DISTURBING / "reports.py"), EVERY, *names]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8")


@pytest.mark.parametrize("seed", range(1, DISTURBANCES + 1))
def test_no_report_says_what_rounding_decides(seed: int) -> None:
    names = sorted(path.stem for path in (REPOSITORY / "source_notebooks").glob("*.py"))
    here, elsewhere = (json.loads(run.communicate()[0]) for run in [started(names, None), started(names, seed)])
    assert here["arithmetic"] != elsewhere["arithmetic"], "nothing is disturbed, so this test shows nothing"
    assert len(here["reports"]) > 100
    different = [typed for typed, report in here["reports"].items() if elsewhere["reports"][typed] != report]
    assert different == []
