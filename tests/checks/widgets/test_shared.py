"""What lies in `checks/widgets` serves several exercises; what serves one lives with it."""

import re

import pytest

from tests.conftest import ROOT

CHECKS = ROOT / "checks"
SHARED = sorted(path.stem for path in (CHECKS / "widgets").glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("module", SHARED)
def test_a_shared_module_is_used_by_several_packages(module):
    named = re.compile(rf"\bchecks\.widgets\.{module}\b")
    users = {
        path.relative_to(CHECKS).parts[0]
        for path in CHECKS.rglob("*.py")
        if path.parent.name != "checks" and named.search(path.read_text(encoding="utf-8"))
    }
    assert len(users - {"widgets"}) > 1
