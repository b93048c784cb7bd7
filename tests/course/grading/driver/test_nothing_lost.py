"""Whatever cuts a run off, the same command finishes it, and what a person has graded stays as it is."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from course.grading.driver.submissions import Submission
from tests.benchmarks.kill_trials import FIND, trials
from tests.course.grading import plain_course
from tests.course.grading.driver.hand_graded import (
    CHANGED,
    STUDENTS,
    by_hand,
    grade_by_hand,
    hand_in_again,
    handed_in,
    outcome,
)
from tests.course.grading.plain_course import (
    FULL,
    NAME,
    PATIENCE,
    WRONG_TOTAL,
    Grade,
    PlainCourse,
    Ran,
    bound_by_permissions,
    clean_environment,
    grade_id,
)
from tests.course.grading.survivors import watched

ROOT = os.geteuid() == 0
FIVE = (("new", "driver"), ("new", "zygote"), ("handed in", "worker"), ("handed in", "driver"), ("handed in", "zygote"))
ADA, BEN = STUDENTS[0], STUDENTS[1]


@pytest.fixture(scope="module")
def never_graded(tmp_path_factory: pytest.TempPathFactory) -> PlainCourse:
    return handed_in(tmp_path_factory.mktemp("nothing-lost") / "class")


@pytest.fixture(scope="module")
def graded(never_graded: PlainCourse, grade: Grade) -> PlainCourse:
    """The class after grading, some of it by hand."""
    course = never_graded.copy(never_graded.root.with_name("graded"))
    _done(grade(course))
    grade_by_hand(course)
    return course


@pytest.fixture(scope="module")
def undisturbed(never_graded: PlainCourse, grade: Grade) -> dict[str, Any]:
    """What a run leaves that nothing disturbs."""
    course = never_graded.copy(never_graded.root.with_name("undisturbed"))
    _done(grade(course))
    return outcome(course)


@pytest.fixture
def course(graded: PlainCourse, tmp_path: Path) -> PlainCourse:
    return graded.copy(tmp_path / "course")


@pytest.fixture
def fresh(never_graded: PlainCourse, tmp_path: Path) -> PlainCourse:
    return never_graded.copy(tmp_path / "course")


def without(notebook: Any, *names: str) -> Any:
    """Return a notebook without some of its cells."""
    return {**notebook, "cells": [cell for cell in notebook["cells"] if grade_id(cell) not in names]}


def _done(ran: Ran) -> None:
    assert ran.status == 0, ran.stdout + ran.stderr


def _could_not_run(ran: Ran) -> None:
    """Assert that a run said in one sentence why it could not run."""
    assert ran.status == 2, ran.stdout + ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1, ran.stderr
    assert ran.stderr.strip().startswith("course: ")


def test_killed_runs_lose_nothing(tmp_path: Path) -> None:
    """Five trials of `tests/benchmarks/kill_trials.py`; run that for more."""
    told = [str(one) for one in trials(FIVE, random.Random(), tmp_path) if one.losses]
    assert told == []


def test_points_of_a_cell_that_a_second_submission_lacks_are_taken_back(graded: PlainCourse, grade: Grade) -> None:
    course = graded.copy(graded.root.with_name("lacking"))
    course.hand_in(BEN, without(course.solved(), "test_add", "why"))
    ran = grade(course, "--student", BEN)
    [row] = ran.report["submissions"]
    assert "the cell test_add is missing; it earns nothing" in row["reasons"]
    with Gradebook(course.url, "plain") as gradebook:
        found = {name: gradebook.find_grade(name, NAME, NAME, BEN) for name in ("test_add", "test_total", "why")}
        assert (found["test_add"].auto_score, found["test_total"].auto_score) == (0, 3)
        assert (found["why"].manual_score, found["why"].needs_manual_grade) == (0.5, True), "a person decides"
    assert row["score"] == FULL - 2 + 0.5


def test_a_zygote_that_hangs_costs_nobody_a_grade(tmp_path: Path) -> None:
    course = plain_course.make(tmp_path / "course")
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write("c.Execute.timeout = None\n")  # cells may take as long as they like, which is not about a start
        config.write("c.Sandbox.start_seconds = 5\n")
    names = [f"student-{number}" for number in range(40)]
    for name in names:
        course.hand_in(name, course.solved())
    with watched() as survivors, (tmp_path / "said").open("w+") as said:
        run = subprocess.Popen(
            course.command("--json"), env=clean_environment(), stdout=said, stderr=subprocess.DEVNULL
        )
        while not any(course.root.glob("autograded/*/*/.graded.json")):
            time.sleep(0.02)
        hanging = FIND["zygote"](run.pid)
        for zygote in hanging:
            os.kill(zygote, signal.SIGSTOP)
        done = len(list(course.root.glob("autograded/*/*/.graded.json")))
        status = run.wait(PATIENCE)
        said.seek(0)
        ran = Ran(status, said.read(), "")
    assert hanging
    assert done < len(names)
    assert ran.states == dict.fromkeys(names, "graded")
    assert survivors.left == []


def test_a_file_with_the_name_of_the_notebook_hides_no_change_of_it() -> None:
    handed_in = [Submission("ada", {"asked": content}, {"asked": b""}, ()) for content in (b"before", b"after")]
    assert handed_in[0].digest != handed_in[1].digest


def test_a_submission_handed_in_again_is_graded_again_and_no_other(course: PlainCourse, grade: Grade) -> None:
    hand_in_again(course)
    ran = grade(course)
    _done(ran)
    assert ran.states == {student: "graded" if student in CHANGED else "unchanged" for student in STUDENTS}


def test_points_and_comments_given_by_hand_outlive_grading_again(course: PlainCourse, grade: Grade) -> None:
    written = by_hand(course)
    assert written["grade"]
    assert written["comment"]
    hand_in_again(course)
    _done(grade(course, "--force"))
    assert by_hand(course) == written


def test_a_grade_that_a_person_overruled_is_marked_for_another_look_by_them(course: PlainCourse, grade: Grade) -> None:
    """As nbgrader does: the points given by hand count on, but somebody should see the new work."""
    from nbgrader.api import Gradebook

    hand_in_again(course)
    _done(grade(course))
    with Gradebook(course.url, "plain") as gradebook:
        overruled = gradebook.find_grade("test_add", NAME, NAME, ADA)
        assert (overruled.manual_score, overruled.needs_manual_grade) == (1.5, True)


def test_nothing_is_written_when_nothing_has_changed(course: PlainCourse, grade: Grade) -> None:
    before = _written(course)
    ran = grade(course)
    _done(ran)
    assert set(ran.states.values()) == {"unchanged"}
    assert _written(course) == before


def test_a_forced_run_leaves_what_the_first_one_left(course: PlainCourse, grade: Grade) -> None:
    before = outcome(course)
    _done(grade(course, "--force"))
    after = outcome(course)
    assert (after["cells"], after["files"]) == (before["cells"], before["files"])


@pytest.mark.parametrize("corrupt", [b"", b'{"cells": [', b"[]"])
def test_a_corrupt_submission_keeps_the_grade_before_and_says_so(
    corrupt: bytes, course: PlainCourse, grade: Grade
) -> None:
    before, score = outcome(course), grade(course).rows[ADA]["score"]
    course.hand_in(ADA, corrupt)
    for _ in range(2):  # said again by every run until something else is handed in
        ran = grade(course, "--force", "--student", ADA)
        row = ran.rows[ADA]
        assert (ran.status, row["state"], row["score"]) == (1, "needs a look", score)
        assert any("before" in reason or "earlier" in reason for reason in row["reasons"]), row
    after = outcome(course)
    assert {**after, "files": ...} == {**before, "files": ...}


def test_a_good_submission_after_a_corrupt_one_is_graded(course: PlainCourse, grade: Grade) -> None:
    course.hand_in(BEN, b"")
    assert grade(course).status == 1
    course.hand_in(BEN, course.solved(why="Now I know."))
    ran = grade(course)
    _done(ran)
    assert ran.rows[BEN]["state"] == "graded"
    assert ran.states[ADA] == "unchanged"


def test_a_corrupt_submission_that_nobody_graded_before_has_no_grade(fresh: PlainCourse, grade: Grade) -> None:
    fresh.hand_in(ADA, b"")
    ran = grade(fresh)
    assert (ran.status, ran.rows[ADA]["state"], ran.rows[ADA]["score"]) == (1, "needs a look", None)
    assert not fresh.autograded(ADA).exists()
    assert {state for student, state in ran.states.items() if student != ADA} == {"graded"}


def test_a_folder_that_a_killed_nbgrader_left_is_graded(
    fresh: PlainCourse, undisturbed: dict[str, Any], grade: Grade
) -> None:
    """Stock nbgrader takes such a folder for a graded submission, and its student for one with no points."""
    from nbgrader.api import Gradebook

    shutil.copytree(fresh.submission(ADA), fresh.autograded(ADA))
    with Gradebook(fresh.url, "plain") as gradebook:
        gradebook.update_or_create_student(ADA)
        gradebook.update_or_create_submission(NAME, ADA)
    ran = grade(fresh)
    _done(ran)
    assert ran.states[ADA] == "graded"
    assert outcome(fresh) == undisturbed


@pytest.mark.parametrize("spoil", [lambda path: path.write_text('{"submission": '), lambda path: path.unlink()])
def test_a_folder_without_a_whole_record_is_graded(
    spoil: Callable[[Path], Any], course: PlainCourse, grade: Grade
) -> None:
    before = outcome(course)
    record = course.autograded(BEN) / ".graded.json"
    record.chmod(0o644)
    spoil(record)
    ran = grade(course)
    _done(ran)
    assert {student for student, state in ran.states.items() if state == "graded"} == {BEN}
    assert outcome(course)["files"] == before["files"]


@pytest.mark.parametrize("spoil", [lambda path: path.write_text("{}"), lambda path: path.unlink()])
def test_a_graded_notebook_that_is_gone_or_changed_is_there_again(
    spoil: Callable[[Path], Any], course: PlainCourse, grade: Grade
) -> None:
    before = outcome(course)
    notebook = course.autograded(BEN) / f"{NAME}.ipynb"
    notebook.chmod(0o644)
    spoil(notebook)
    ran = grade(course)
    _done(ran)
    assert {student for student, state in ran.states.items() if state == "graded"} == {BEN}
    [note] = ran.rows[BEN]["notes"]
    assert f"{NAME}.ipynb changed after `course autograde` had graded it" in note
    assert outcome(course)["files"] == before["files"]


def test_what_is_missing_in_a_restored_gradebook_is_graded(
    fresh: PlainCourse, undisturbed: dict[str, Any], grade: Grade
) -> None:
    """The folder says graded, but the gradebook is one from before."""
    backup = fresh.gradebook.read_bytes()
    _done(grade(fresh))
    fresh.gradebook.write_bytes(backup)
    ran = grade(fresh)
    _done(ran)
    assert set(ran.states.values()) == {"graded"}
    assert outcome(fresh) == undisturbed


def test_two_runs_at_once_lose_nothing(fresh: PlainCourse, undisturbed: dict[str, Any], grade: Grade) -> None:
    other = subprocess.Popen(fresh.command(), cwd=fresh.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    ran = fresh.autograde()
    said, _ = other.communicate(timeout=PATIENCE)
    assert {ran.status, other.returncode} <= {0, 2}, ran.stdout + ran.stderr + said.decode()
    _done(grade(fresh))
    assert outcome(fresh) == undisturbed


@contextmanager
def _small_disk(folder: Path, size: int) -> Iterator[None]:
    """Mount a file system of so many bytes, or skip the test where that is not allowed."""
    if not ROOT or shutil.which("mount") is None:
        pytest.skip("only root can mount a small disk")
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"mounting is not allowed here: {mounted.stderr.decode().strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.parametrize("room", [0, 80 << 10], ids=["for nothing", "for some"])
def test_a_full_disk_stops_a_run_that_goes_on_when_there_is_room(
    room: int, never_graded: PlainCourse, undisturbed: dict[str, Any], grade: Grade, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    with _small_disk(disk, 16 << 20):
        course = never_graded.copy(disk / "course")
        free = shutil.disk_usage(disk).free
        filler = disk / "filler"
        filler.write_bytes(b"x" * (free - room))
        _could_not_run(course.autograde())
        filler.unlink()
        _done(grade(course))
        assert outcome(course) == undisturbed


@pytest.mark.parametrize("kept", ["gradebook.db", "autograded"])
def test_what_may_not_be_written_stops_a_run_that_goes_on_when_it_may(
    kept: str, course: PlainCourse, graded: PlainCourse, grade: Grade
) -> None:
    """Root needs no permission, so there the run goes without that privilege."""
    before = bound_by_permissions()
    if ROOT and not before:
        pytest.skip("root may write everything, and there is no setpriv to take that away")
    hand_in_again(course)
    undisturbed = course.copy(course.root.with_name("undisturbed"))
    _done(grade(undisturbed))

    path = course.root / kept
    locked = [path] if path.is_file() else [path, *(place for place in path.rglob("*") if place.is_dir())]
    modes = {place: place.stat().st_mode for place in locked}
    for place in locked:
        place.chmod(modes[place] & ~0o222)
    written = _written(course)
    _could_not_run(course.autograde(before=before))
    assert by_hand(course) == by_hand(graded)
    if kept == "gradebook.db":
        assert _written(course) == written
    for place, mode in modes.items():
        place.chmod(mode)
    _done(grade(course))
    assert outcome(course) == outcome(undisturbed)


def test_what_is_in_the_gradebook_but_has_no_folder_stops_a_run_and_is_no_row(
    fresh: PlainCourse, undisturbed: dict[str, Any], grade: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(place: Path, target: Path) -> Path:
        raise OSError(errno.ENOTEMPTY, "something is there", str(target))

    with monkeypatch.context() as disturbed:
        disturbed.setattr(Path, "rename", refused)
        _could_not_run(grade(fresh))
    _done(grade(fresh))
    assert outcome(fresh) == undisturbed


def test_a_submission_that_was_taken_back_keeps_its_grade(course: PlainCourse, grade: Grade) -> None:
    before = outcome(course)
    shutil.rmtree(course.submission(BEN))
    ran = grade(course)
    _done(ran)
    assert BEN not in ran.states
    after = outcome(course)
    assert (after["gradebook"], after["cells"]) == (before["gradebook"], before["cells"])


def test_a_wrong_answer_in_the_place_of_a_right_one_costs_its_points(course: PlainCourse, grade: Grade) -> None:
    course.hand_in(ADA, course.solved(total=WRONG_TOTAL))
    assert grade(course).rows[ADA]["score"] == pytest.approx(FULL - 3 - 0.5 + 0.5)


def _written(course: PlainCourse) -> dict[str, Any]:
    """Return the identity of every file but of the gradebook, of which the contents count."""
    found: dict[str, Any] = {"gradebook": outcome(course)["gradebook"]}
    for path in course.root.rglob("*"):
        if path.is_file() and path != course.gradebook:
            state = path.stat()
            found[path.relative_to(course.root).as_posix()] = (state.st_ino, state.st_mtime_ns)
    return found
