"""What the wheel says of itself, and that it holds all that it should."""

from __future__ import annotations

import re
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from checks.explaining.text import as_text
from course.audit.exercise import Exercise
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return Parser().parsestr(archive.read(name).decode())


def test_it_says_whose_it_is_and_what_for(metadata: Message) -> None:
    holder = re.search(r"Copyright \(c\) \d+, (.*)", (ROOT / "LICENSE").read_text(encoding="utf-8"))
    assert holder is not None
    assert metadata["Author"].casefold() == holder[1].casefold()
    assert metadata["License-Expression"] == "BSD-3-Clause"
    assert metadata["Keywords"]
    classifiers = metadata.get_all("Classifier") or []
    assert "Intended Audience :: Education" in classifiers
    assert set(metadata.get_all("Provides-Extra") or []) == {"course", "frameworks", "test", "torch"}


def test_its_page_asks_for_nothing_that_an_index_does_not_have(metadata: Message) -> None:
    assert metadata["Description-Content-Type"] == "text/markdown"
    page = MarkdownIt("commonmark").enable("table").render(str(metadata.get_payload()))
    assert "<table>" in page
    places = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert [place for place in places if not place.startswith("https://")] == []


def test_the_report_on_its_page_is_one_that_a_check_gives(metadata: Message, source: Path) -> None:
    exercise = Exercise(source)
    mistake = exercise.student("backward", exercise.mistakes["backward"]["derivative-left-out-in-hidden-layers"])
    given = as_text(exercise.checks["backward"].verdict(mistake), 12).splitlines()
    shown = [line.removeprefix("    ") for line in str(metadata.get_payload()).splitlines() if line.startswith("    ")]
    assert len(shown) > 3
    assert [line for line in shown if line not in given] == []


def test_it_holds_every_module_and_no_test(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    modules = {
        path.relative_to(ROOT).as_posix()
        for package in ("checks", "course")
        for path in (ROOT / package).rglob("*")
        if path.suffix in (".py", ".typed")
    }
    sources = {f"course/template/{path.relative_to(ROOT)}" for path in (ROOT / "source_notebooks").rglob("*.py")}
    assert held == modules | sources | {"course/template/nbgrader_config.py"}
