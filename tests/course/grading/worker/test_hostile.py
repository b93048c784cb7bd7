"""A class of hostile and broken submissions with honest ones between them, graded by one run of the real command.

What each submission must end as stands beside it, in `hostile_cells`, `hostile_notebooks` and `hostile_folders`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.course.grading.plain_course import DATA, NAME, Ran, bound_by_permissions, clean_environment
from tests.course.grading.survivors import Survivors, watched
from tests.course.grading.worker import curious_cells as curious
from tests.course.grading.worker.hostile_cells import NO_LIMIT
from tests.course.grading.worker.hostile_class import (
    ENDS,
    KEEPS_A_DIARY,
    SECRET_VARIABLE,
    HostileClass,
    Listeners,
    gather,
    listeners,
)
from tests.course.grading.worker.hostile_folders import FOR_THE_TERMINAL, HONEST, SHADOWED

LARGEST_RESULT = 32 << 20  # bytes of an autograded notebook

Everything = dict[str, tuple[int, ...]]


@dataclass(frozen=True)
class Evening:
    """The class after two runs of the command: what they printed, and what was there before and after the first."""

    gathered: HostileClass
    listening: Listeners
    survivors: Survivors
    first: Ran
    second: Ran
    before: Everything
    after: Everything
    finally_: Everything


@pytest.fixture(scope="module")
def evening() -> Iterator[Evening]:
    folder = Path(tempfile.mkdtemp(prefix="hostile-class-"))
    folder.chmod(0o755)  # what keeps students out must be the sandbox, not the folder's own permissions
    try:
        with listeners(folder) as listening:
            gathered = gather(folder, listening)
            before = everything(folder)
            with watched() as survivors:
                first = gathered.course.autograde(before=bound_by_permissions(), **gathered.environment)
            after = everything(folder)
            second = gathered.course.autograde(before=bound_by_permissions(), **gathered.environment)
            yield Evening(gathered, listening, survivors, first, second, before, after, everything(folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def everything(folder: Path) -> Everything:
    """Return what tells whether a file has changed, for every path that is short enough to be looked at."""
    found: Everything = {}
    for path, folders, files in os.walk(folder):
        for name in (*folders, *files):
            entry = os.path.join(path, name)
            try:
                is_folder, state = name in folders, os.lstat(entry)
            except OSError:
                continue
            found[os.path.relpath(entry, folder)] = (
                (state.st_mode,) if is_folder else (state.st_mode, state.st_ino, state.st_size, state.st_mtime_ns)
            )
    return found


def shown(evening: Evening) -> Iterator[tuple[str, Any]]:
    """Yield each student whose notebook was graded, with what every output of its cells shows."""
    for path in (evening.gathered.course.root / "autograded").glob("*/*/*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                yield path.parent.parent.name, output


@pytest.mark.parametrize("student", [ascii(student)[1:-1] for student in ENDS])
def test_it_ends_as_it_must(student: str, evening: Evening) -> None:
    name = next(name for name in ENDS if ascii(name)[1:-1] == student)
    row = evening.first.rows[name]
    assert any(end.fits(row) for end in ENDS[name]), f"{row}, not {ENDS[name]}"


def test_everybody_who_handed_in_has_a_row_and_nobody_else(evening: Evening) -> None:
    assert set(evening.first.rows) == set(ENDS)


def test_the_run_says_that_some_need_a_look(evening: Evening) -> None:
    assert evening.first.status == 1


def test_the_run_says_nothing_besides_its_report(evening: Evening) -> None:
    assert evening.first.stderr.strip() == ""


def test_every_state_is_a_defined_one_and_a_look_has_its_reason(evening: Evening) -> None:
    for row in evening.first.rows.values():
        assert row["state"] in ("graded", "needs a look"), row
        assert bool(row["reasons"]) == (row["state"] == "needs a look"), row
        assert all(reason and "\n" not in reason and len(reason) < 500 for reason in row["reasons"]), row


def test_what_a_row_says_is_what_the_gradebook_holds(evening: Evening) -> None:
    from nbgrader.api import Gradebook, MissingEntry

    with Gradebook(evening.gathered.course.url, "plain") as gradebook:
        for student, row in evening.first.rows.items():
            try:
                submission = gradebook.find_submission(NAME, student)
            except (MissingEntry, UnicodeEncodeError):
                assert row["score"] is None, row
                continue
            recorded = [grade for notebook in submission.notebooks for grade in notebook.grades]
            if row["score"] is None:
                assert not any(grade.auto_score for grade in recorded), row
            else:
                assert submission.score == row["score"], row


@pytest.mark.parametrize("place", curious.PLACES)
def test_no_submission_learns_a_secret_of(place: str, evening: Evening) -> None:
    secret = evening.gathered.secrets[place].encode()
    autograded = evening.gathered.course.root / "autograded"
    told = [path for path in autograded.rglob("*") if path.is_file() and secret in path.read_bytes()]
    owner = {KEEPS_A_DIARY} if place == "classmate" else set()
    assert {path.relative_to(autograded).parts[0] for path in told} - owner == set()


def test_the_curious_have_really_looked(evening: Evening) -> None:
    """Outside of the sandbox the same cell finds everything."""
    gathered = evening.gathered
    environment = clean_environment(**{SECRET_VARIABLE: gathered.secrets["environment"]})
    code = curious.reading(gathered.course.root, gathered.home, gathered.kept)
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=gathered.home, env=environment, capture_output=True, text=True, check=True
    )
    assert all(gathered.secrets[place] in ran.stdout for place in curious.PLACES)
    texts = [output.get("text", "") for student, output in shown(evening) if student == "reads-what-it-can"]
    assert any("tried" in text for text in texts)


def test_no_submission_reaches_anybody(evening: Evening) -> None:
    assert evening.listening.heard() == []
    assert not any(curious.REACHED in json.dumps(output) for _, output in shown(evening))


def test_nothing_survives(evening: Evening) -> None:
    assert evening.survivors.left == []


def test_no_limit_is_missing(evening: Evening) -> None:
    unlimited = {student for student, output in shown(evening) if NO_LIMIT in output.get("text", "")}
    assert unlimited == set()
    assert not [path for path in ("/tmp/hostile-big", "/dev/shm/hostile-big") if os.path.exists(path)]


@pytest.mark.parametrize("trace", [SHADOWED, curious.STARTED])
def test_no_file_beside_a_notebook_or_in_a_home_is_run(trace: str, evening: Evening) -> None:
    traces = {student for student, output in shown(evening) if trace in json.dumps(output)}
    assert traces == set()
    assert trace not in evening.first.stderr


def test_what_is_not_the_graders_to_write_is_untouched(evening: Evening) -> None:
    def of_others(found: Everything) -> Everything:
        ours = ("course/autograded", "course/.nbgrader")
        return {path: state for path, state in found.items() if not path.startswith(ours)}

    before, after = of_others(evening.before), of_others(evening.after)
    assert before.pop("course/gradebook.db") != after.pop("course/gradebook.db")
    assert after == before


def test_results_lie_where_they_belong_and_are_complete(evening: Evening) -> None:
    autograded = evening.gathered.course.root / "autograded"
    for folder in autograded.glob("*/*"):
        assert folder.parent.name in ENDS, folder
        assert folder.name == NAME, folder
    for student in HONEST:
        place = evening.gathered.course.autograded(student)
        held = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
        extra = {"diary.txt"} if student == KEEPS_A_DIARY else set()
        assert held == {f"{NAME}.ipynb", ".graded.json", DATA} | extra


def test_every_result_is_a_valid_notebook_of_a_bearable_size(evening: Evening) -> None:
    for path in (evening.gathered.course.root / "autograded").glob("*/*/*.ipynb"):
        assert path.stat().st_size < LARGEST_RESULT, path
        nbformat.validate(nbformat.read(path, as_version=4))


def test_running_again_repeats_what_needs_a_look(evening: Evening) -> None:
    assert evening.second.status == 1
    looked = {s: (r["reasons"], r["score"]) for s, r in evening.first.rows.items() if r["state"] == "needs a look"}
    again = {s: (r["reasons"], r["score"]) for s, r in evening.second.rows.items() if r["state"] == "needs a look"}
    assert again == looked


def test_running_again_grades_nobody_again(evening: Evening) -> None:
    graded = {s: row["score"] for s, row in evening.first.rows.items() if row["state"] == "graded"}
    rows = evening.second.rows
    assert {s: (rows[s]["state"], rows[s]["score"]) for s in graded} == {s: ("unchanged", graded[s]) for s in graded}
    results = {path: state for path, state in evening.after.items() if path.startswith("course/autograded")}
    assert {path: evening.finally_.get(path) for path in results} == results


def test_the_summary_for_people_names_what_needs_a_look(evening: Evening) -> None:
    course = evening.gathered.course
    ran = subprocess.run(course.command(), cwd=course.root, env=clean_environment(), capture_output=True, check=False)
    printed = (ran.stdout + ran.stderr).decode(errors="replace")
    assert ran.returncode == 1
    assert "Traceback" not in printed
    assert "not-json" in printed
    assert FOR_THE_TERMINAL not in printed
