"""What has changed is graded again and nothing else, and what that changes is told before it is written."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from course.building.nbgrader_steps import generate_assignment
from course.grading.driver.autograding import autograde
from course.grading.driver.workplace import Workplace
from course.grading.judging import digest
from course.grading.sandbox.observing_side import home
from course.layout import Layout
from tests.course.grading.classrooms import Classroom
from tests.course.grading.driver.test_bad_input import contents
from tests.course.grading.driver.test_instructor_first import LAB
from tests.course.grading.plain_course import NAME, WRONG_TOTAL, Grade, PlainCourse, cell_of
from tests.course.grading.worker.test_world import write

ADA, BEN, CYD = "ada", "ben", "cyd"


@pytest.fixture(scope="module")
def graded(plain_released: PlainCourse, grade: Grade, tmp_path_factory: pytest.TempPathFactory) -> PlainCourse:
    """A class of three that is graded; a person has overruled a score of Ada's, and read Ben's answer."""
    from nbgrader.api import Gradebook

    course = plain_released.copy(tmp_path_factory.mktemp("regrading") / "course")
    course.hand_in(ADA, course.solved())
    course.hand_in(BEN, course.solved(total=WRONG_TOTAL))
    course.hand_in(CYD, course.solved(total="import nothing_of_that_name"))
    assert grade(course).status == 0
    with Gradebook(course.url, "plain") as gradebook:
        gradebook.find_grade("test_add", NAME, NAME, ADA).manual_score = 1.5
        gradebook.find_grade("why", NAME, NAME, BEN).manual_score = 4
        gradebook.find_comment("why", NAME, NAME, BEN).manual_comment = "See me."
        gradebook.db.commit()
    return course


@pytest.fixture
def course(graded: PlainCourse, tmp_path: Path) -> PlainCourse:
    return graded.copy(tmp_path / "course")


def _dry(course: PlainCourse, grade: Grade, *options: str) -> dict[str, dict[str, Any]]:
    """Return the rows of a dry run, which must write nothing."""
    before = contents(course.root)
    ran = grade(course, "--dry-run", *options)
    assert ran.status == 0, ran.stdout + ran.stderr
    assert ran.report["dry_run"]
    assert contents(course.root) == before, "a dry run has written something"
    return ran.rows


def _corrected(course: PlainCourse) -> None:
    """Change a test as a release does that is less strict: Ben's answer holds now."""
    import nbformat
    from nbgrader.utils import compute_checksum

    cell = nbformat.from_dict(cell_of(course.released(), "test_total"))
    cell.source = "assert total([1, 2, 3])"
    with closing(sqlite3.connect(course.gradebook)) as connection, connection:
        corrected = (cell.source, compute_checksum(cell))
        connection.execute("UPDATE source_cell SET source = ?, checksum = ? WHERE name = 'test_total'", corrected)


def test_a_dry_run_of_a_class_in_which_nothing_has_changed_lists_nothing(course: PlainCourse, grade: Grade) -> None:
    rows = _dry(course, grade)
    assert {row["state"] for row in rows.values()} == {"unchanged"}
    assert all(row["changes"] == [] and row["new_score"] == row["score"] for row in rows.values())


def test_a_dry_run_tells_what_another_submission_changes_and_the_run_does_just_that(
    course: PlainCourse, grade: Grade
) -> None:
    course.hand_in(BEN, course.solved())
    rows = _dry(course, grade)
    [change] = rows[BEN]["changes"]
    assert rows[BEN]["because"] == ["submission"]
    assert (change["cell"], change["before"], change["after"]) == (f"{NAME}/test_total", 0, 3)
    assert change["said_before"].startswith("“AssertionError")
    assert change["said_after"] == ""
    assert rows[ADA]["state"] == "unchanged"
    assert grade(course).rows[BEN]["score"] == rows[BEN]["new_score"] == rows[BEN]["score"] + 3


def test_a_dry_run_tells_what_another_release_changes_and_what_a_person_gave_stays(
    course: PlainCourse, grade: Grade
) -> None:
    from nbgrader.api import Gradebook

    _corrected(course)
    rows = _dry(course, grade)
    assert all(row["because"] == ["release"] for row in rows.values())
    changed = {student: [one["cell"] for one in row["changes"]] for student, row in rows.items()}
    assert changed == {ADA: [], BEN: [f"{NAME}/test_total"], CYD: []}
    after = grade(course).rows
    assert {student: row["score"] for student, row in after.items()} == {
        student: row["new_score"] for student, row in rows.items()
    }
    with Gradebook(course.url, "plain") as gradebook:
        assert gradebook.find_grade("test_add", NAME, NAME, ADA).manual_score == 1.5
        assert gradebook.find_grade("why", NAME, NAME, BEN).manual_score == 4
        assert gradebook.find_comment("why", NAME, NAME, BEN).manual_comment == "See me."


def test_other_points_in_another_release_are_nothing_that_students_have_done(course: PlainCourse, grade: Grade) -> None:
    source = json.loads(course.source().read_text())
    for name in ("test_mean", "why"):
        cell_of(source, name)["metadata"]["nbgrader"]["points"] += 20
    course.source().write_text(json.dumps(source))
    generate_assignment(Layout(course.root), NAME, course.root, course.url)
    ran = grade(course)
    assert ran.states == dict.fromkeys((ADA, BEN, CYD), "graded"), ran.rows
    assert ran.rows[BEN]["because"] == ["release"]
    assert (ran.rows[CYD]["score"], ran.rows[CYD]["max_score"]) == (27, 55)


def test_a_score_of_a_persons_is_told_apart_where_another_is_found(course: PlainCourse, grade: Grade) -> None:
    course.hand_in(ADA, course.solved(add="def add(a, b):\n    return 0"))
    [change] = _dry(course, grade)[ADA]["changes"]
    assert (change["cell"], change["before"], change["after"], change["by_hand"]) == (
        f"{NAME}/test_add",
        1.5,
        1.5,
        True,
    )
    assert change["said_after"].startswith("“AssertionError")


def test_a_dry_run_before_anybody_is_graded_tells_all_scores(
    plain_released: PlainCourse, tmp_path: Path, grade: Grade
) -> None:
    course = plain_released.copy(tmp_path / "course")
    course.hand_in(ADA, course.solved())
    row = _dry(course, grade)[ADA]
    assert (row["because"], row["score"], row["new_score"]) == (["new"], None, 10)
    assert all(change["before"] is None for change in row["changes"])


# --- corrected checks -------------------------------------------------------------------------------------------------


EXERCISES = ("checks.by_hand.check_E", "checks.check_forward", "checks.neural_network.check_train")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the checks that may be changed."""
    there = home()
    assert there is not None
    copy = tmp_path / "checks"
    shutil.copytree(there, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(digest, "home", lambda: copy)
    return copy


@pytest.mark.parametrize(
    ("changed", "concerned"),
    [
        ("by_hand/reference.py", EXERCISES[:1]),
        ("neural_network/cases.py", EXERCISES[1:]),
        ("neural_network/lent.py", EXERCISES[1:]),
        ("judging/judge.py", EXERCISES),
        ("check.py", EXERCISES),
        ("chain_rule/tasks.py", ()),
    ],
)
def test_a_corrected_check_concerns_its_exercise_and_the_engine_all(
    changed: str, concerned: tuple[str, ...], package: Path
) -> None:
    before = {name: digest.digest_of_judges({name}) for name in EXERCISES}
    with (package / changed).open("a") as file:
        file.write("\n# corrected\n")
    after = {name: digest.digest_of_judges({name}) for name in EXERCISES}
    assert {name for name in EXERCISES if before[name] != after[name]} == set(concerned)


def test_a_name_that_may_be_anything_of_ours_concerns_all_exercises_and_a_module_is_an_exercise_too(
    package: Path,
) -> None:
    (package / "leaky_relu.py").write_text("CHECKS = {}\n")
    before = {
        name: digest.digest_of_judges({name}) for name in ("checks", "checks.leaky_relu.check_slope", EXERCISES[0])
    }
    (package / "leaky_relu.py").write_text("CHECKS = {}  # corrected\n")
    after = {name: digest.digest_of_judges({name}) for name in before}
    assert [before[name] != after[name] for name in before] == [True, True, False]


def test_an_exercise_that_uses_another_is_concerned_by_it(package: Path) -> None:
    with (package / "by_hand" / "tasks.py").open("a") as file:
        file.write("\nfrom checks.chain_rule import cases\n")
    before = digest.digest_of_judges({EXERCISES[0]})
    with (package / "chain_rule" / "tasks.py").open("a") as file:
        file.write("\n# corrected\n")
    assert digest.digest_of_judges({EXERCISES[0]}) != before


def test_other_courses_have_no_such_judges() -> None:
    assert digest.digest_of_judges(set()) == ""


def test_a_corrected_helper_module_concerns_those_who_are_tested_with_it(
    plain_released: PlainCourse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "lib", LAB)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "lib"), prepend=os.pathsep)
    monkeypatch.syspath_prepend(tmp_path / "lib")
    course = plain_released.copy(tmp_path / "course")
    course.source().write_text(course.source().read_text().replace("import json", "import json, lab"))
    course.hand_in(ADA, course.solved())
    with Workplace(workers=1) as workplace:

        def because(**wishes: bool) -> tuple[str, ...]:
            [row] = autograde(NAME, course_dir=course.root, workplace=workplace, **wishes).rows  # type: ignore[arg-type]
            return row.because

        assert because() == ("new",)
        assert because() == ()
        with (tmp_path / "lib" / "lab_parts" / "__init__.py").open("a") as helper:
            helper.write("# corrected\n")
        assert because(dry_run=True) == ("checks",)


def test_what_other_checks_have_judged_is_judged_again(
    by_hand_graded: Classroom, scheduler: str, tmp_path: Path
) -> None:
    name = "01_by_hand"
    course = by_hand_graded.copy(tmp_path / "course")
    record = course.root / course.autograded / "felix" / name / ".graded.json"
    record.chmod(0o644)
    record.write_text(json.dumps({**json.loads(record.read_text()), "judges": "earlier ones"}))
    dry = autograde(name, course_dir=course.root, scheduler=scheduler, dry_run=True)
    assert {row.student: row.because for row in dry.rows} == {"felix": ("checks",), "untouched": ()}
    assert dry.rehearsed is not None
    assert dry.rehearsed["felix"].changes == (), "other cases, the same mistakes"
