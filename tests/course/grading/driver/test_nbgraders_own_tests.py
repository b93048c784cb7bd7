"""nbgrader's own tests of its autograde, with the doors open; what we do otherwise is listed here, with the reason."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import pytest
from nbgrader.tests.apps import test_nbgrader_autograde as theirs
from nbgrader.tests.apps.conftest import course_dir, db, temp_cwd

from course.grading import doors
from course.kernel import own_tools
from tests.course.grading.driver.test_doors import DOORS

__all__ = ["course_dir", "db", "temp_cwd"]

pytestmark = pytest.mark.nbgrader

GRADED = 'run_nbgrader(["autograde", "ps1", "--db", db])'
REFUSED = 'run_nbgrader(["autograde", "ps1"], retcode=1)'

OTHERWISE = {
    "test_grade_empty_timestamp": (
        'run_nbgrader(["autograde", "ps1", "--db", db], retcode=1)',
        "A time that is none costs nobody the grade: it is left out, and the submission is listed for a look.",
    ),
    "test_filter_notebook": (
        'assert not os.path.isfile(join(course_dir, "autograded", "foo", "ps1", "p1.ipynb"))',
        "A graded notebook that is gone is graded again, also without --notebook.",
    ),
    "test_side_effects": (
        'assert os.path.isfile(join(course_dir, "autograded", "foo", "ps1", "side-effect.txt"))',
        "Files that cells write are there for the submission's later notebooks, and end with the sandbox.",
    ),
    "test_hidden_tests_single_notebook": (
        GRADED,
        "The instructor's version fails its own hidden tests, so nobody is graded, and the cells are named.",
    ),
    "test_handle_failure": (
        REFUSED,
        "Cells that are labelled as the assignment has none are taken as ordinary ones, and listed for a look.",
    ),
    "test_handle_failure_single_notebook": (
        'run_nbgrader(["autograde", "ps1", "--notebook", "p*"], retcode=1)',
        "The same, where notebooks are chosen.",
    ),
    "test_missing_source_kernelspec": (
        REFUSED,
        "Cells run with this Python, whatever kernel a student's file names where the release names none.",
    ),
    "test_no_execute": (
        'run_nbgrader(["autograde", "ps1", "--force", "--no-execute"])',
        "--no-execute is refused by name: students' files would say themselves what their cells have shown.",
    ),
    "test_missing_files": (
        'run_nbgrader(["autograde", "ps1"])',
        "An empty folder is a submission that cannot be graded: it is named, and the status is 1.",
    ),
    "test_grade_with_validating_envvar": (
        GRADED,
        "The instructor's version fails in autograding by intent, so nobody is graded, and the cell is named.",
    ),
    "test_autograde_timeout": (
        '"--Execute.timeout=2"',
        "The instructor's version does not end within that time either, so nobody is graded, and the cell is named.",
    ),
}
"""Their tests that do not hold, each with the line that it fails at, and what we do instead."""


class TestNbgradersAutograde(theirs.TestNbGraderAutograde):  # type: ignore[misc]
    """Their tests as they are, but for those that are expected to fail at a line."""


def failing_at(line: str, test: Callable[..., None]) -> Callable[..., None]:
    """Return a test of theirs that passes on its failure if it fails at that line, and else fails otherwise."""

    @wraps(test)
    def run(*given: Any, **named: Any) -> None:
        try:
            test(*given, **named)
        except AssertionError as failure:
            frames = traceback.extract_tb(failure.__traceback__)
            at = next(str(frame.line) for frame in frames if frame.filename == theirs.__file__)
            if line in at:
                raise
            raise LookupError(f"it fails at another line: {at}") from failure

    return run


for name, (line, instead) in OTHERWISE.items():
    expected = pytest.mark.xfail(reason=instead, strict=True, raises=AssertionError)
    setattr(TestNbgradersAutograde, name, expected(failing_at(line, getattr(theirs.TestNbGraderAutograde, name))))


@pytest.fixture(scope="module", autouse=True)
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Open the doors for every course of this user's, and let one process grade them all."""
    folder = tmp_path_factory.mktemp("jupyter")
    (folder / "nbgrader_config.py").write_text(f"c = get_config()\n{DOORS}")
    attendant = doors.Attendant()
    with own_tools(), pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_CONFIG_DIR", str(folder))
        patch.setattr(doors, "_attendant", attendant)
        yield
    attendant.end()


@pytest.fixture(autouse=True)
def nothing_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep from other tests what theirs leave in this process."""
    monkeypatch.setattr(os, "environ", os.environ)
    monkeypatch.setattr(sys, "path", [*sys.path])
