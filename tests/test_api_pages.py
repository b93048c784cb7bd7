"""The pages that `make api` writes tell what a check's documentation tells."""

import subprocess
import sys
from pathlib import Path


def test_a_checks_page_tells_what_it_checks_and_what_it_raises(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "pdoc", "-o", tmp_path, "checks.neural_network"], check=True)
    page = (tmp_path / "checks" / "neural_network.html").read_text()
    assert "check_backward" in page
    assert "the gradients it stores in every layer" in page
    assert "CheckFailed" in page
