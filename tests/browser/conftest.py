"""What the browser tests share: one JupyterLab on copies of the built exercises, and a page in Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.jupyterlab import CHROMIUM, chromium, jupyterlab

ROOT = Path(__file__).resolve().parents[2]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a browser where there is none, and say why."""
    if CHROMIUM is None:
        reason = "there is no Chromium on this machine; install Debian's package chromium"
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="module")
def course_folder(tmp_path_factory: Any) -> Path:
    """A folder with copies of all built exercises."""
    folder: Path = tmp_path_factory.mktemp("lab") / "root"
    shutil.copytree(ROOT / "exercises", folder)
    return folder


@pytest.fixture(scope="module")
def lab(course_folder: Path) -> Iterator[str]:
    """The address of a JupyterLab that serves them."""
    with jupyterlab(course_folder, course_folder.parent / "settings") as address:
        yield address


@pytest.fixture(scope="module")
def page() -> Iterator[Any]:
    """A page in Chromium."""
    with chromium(scale=1.0) as opened:
        yield opened
