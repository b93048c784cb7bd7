"""Formgrader's Autograde button grades as `course autograde` does: clicked in Chromium."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field
from typing import Any

import pytest

from course.grading.driver.records import RECORD
from tests.browser.jupyterlab import jupyterlab
from tests.course.grading import plain_course
from tests.course.grading.driver.test_doors import DOORS, WRITTEN, hand_in_class
from tests.course.grading.plain_course import FULL, NAME, PlainCourse
from tests.course.grading.survivors import command_line, descendants, watched

pytestmark = [pytest.mark.browser, pytest.mark.nbgrader]


@dataclass
class Clicked:
    """What the page showed after each click, which zygotes there were then, and what the server has left behind."""

    course: PlainCourse
    shown: list[str] = field(default_factory=list)
    zygotes: list[set[int]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def clicked(tmp_path_factory: pytest.TempPathFactory, page: Any) -> Clicked:
    """A class graded by clicks on its three submissions."""
    folder = tmp_path_factory.mktemp("formgrader")
    clicked = Clicked(hand_in_class(plain_course.make(folder / "course", DOORS)))
    root = clicked.course.root
    with watched() as survivors, contextlib.chdir(root), jupyterlab(root, folder / "settings") as address:
        page.goto(f"{address}/formgrader/manage_submissions/{NAME}")
        for student in ("ada", "mallory", "eve"):
            page.locator("tr", has_text=student).locator(".autograde a").click()
            modal = page.locator(".modal-dialog:visible")
            modal.wait_for()
            clicked.shown.append(modal.inner_text())
            clicked.zygotes.append(_zygotes())
            modal.locator(".btn.close").click()
            modal.wait_for(state="detached")
    clicked.left = survivors.left
    return clicked


def _zygotes() -> set[int]:
    return {one for one in descendants(os.getpid()) if "course.grading.sandbox.zygote" in command_line(one)}


def test_the_page_shows_what_the_run_says(clicked: Clicked) -> None:
    for student, shown in zip(("ada", "mallory"), clicked.shown, strict=False):
        assert f"Successfully autograded '{NAME}' for student '{student}'" in shown
        assert "1 of 1 submissions graded" in shown
        assert f"{FULL:g} / 15" in shown
        assert (clicked.course.autograded(student) / RECORD).is_file()


def test_what_cannot_be_graded_is_said_in_a_sentence(clicked: Clicked) -> None:
    assert "There was an error autograding" in clicked.shown[2]
    assert "eve: not graded: functions.ipynb: it is not a notebook" in clicked.shown[2]
    assert not clicked.course.autograded("eve").exists()


def test_what_a_click_runs_is_in_the_sandbox(clicked: Clicked) -> None:
    assert not (clicked.course.root / WRITTEN).exists()


def test_the_sandbox_is_warm_from_one_click_to_the_next_and_goes_with_the_server(clicked: Clicked) -> None:
    first, second, third = clicked.zygotes
    assert first == second == third
    assert first
    assert clicked.left == []
