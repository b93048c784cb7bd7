"""A grade can be explained: the verdict as the student sees it, its cases, and the same observed once more."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from course.command_line import main
from course.explain import explain
from course.feedback.sheet import explanation
from course.grading.driver.autograding import autograde
from course.kept_verdicts import read_verdicts, verdicts_file
from course.problems import CannotRun
from course.report import report
from tests.course.grading.classrooms import Classroom
from tests.course.grading.plain_course import NAME as FUNCTIONS
from tests.course.grading.plain_course import PlainCourse, grade_id

NAME, STUDENT = "01_by_hand", "felix"


@pytest.fixture
def course(by_hand_graded: Classroom, tmp_path: Path) -> Classroom:
    return by_hand_graded.copy(tmp_path / "course")


@pytest.fixture
def on_workers_that_are_there(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the start of workers."""
    monkeypatch.setattr("course.explain.autograde", partial(autograde, scheduler=scheduler))


def _changed(course: Classroom, **changes: Any) -> None:
    """Change the kept verdict on the backward pass."""
    path = verdicts_file(course.root / course.autograded / STUDENT / NAME, NAME)
    kept = json.loads(path.read_text(encoding="utf-8"))
    [one] = [verdict for verdict in kept["verdicts"] if verdict["task"] == "backward_pass"]
    one |= changes
    path.chmod(0o644)
    path.write_text(json.dumps(kept), encoding="utf-8")


@pytest.mark.parametrize(
    "asked", ["backward_pass", "check_backward_pass", f"{NAME}/check_backward_pass", "Backward_Pass"]
)
def test_a_task_is_explained_as_the_student_sees_it_with_its_cases(asked: str, by_hand_graded: Classroom) -> None:
    explained = explain(NAME, STUDENT, asked, course_dir=by_hand_graded.root)
    [verdict] = [
        one
        for one in read_verdicts(verdicts_file(by_hand_graded.root / "autograded" / STUDENT / NAME, NAME), NAME)
        if one.task == "backward_pass"
    ]
    text = "\n".join(explained.lines())
    assert verdict.state == "wrong"
    assert all(sentence in text for sentence in explanation(verdict))
    assert all(case in text for case in verdict.cases)
    assert str(verdict.seed) in text
    assert f"{verdict.earned:g} of {verdict.points:g}" in text
    assert len(explained.tasks) == 1


def test_without_a_task_all_graded_cells_are_explained_with_the_points_of_the_gradebook(course: Classroom) -> None:
    with course.gradebook() as gradebook:
        gradebook.find_grade("check_forward", NAME, NAME, STUDENT).manual_score = 0.25
        gradebook.db.commit()
        graded = {f"{NAME}/{grade.name}" for grade in gradebook.find_submission_notebook(NAME, NAME, STUDENT).grades}
    tasks = {task.cell: task for task in explain(NAME, STUDENT, course_dir=course.root).tasks}
    assert set(tasks) == graded
    assert any("0.25 of 2 points, given by hand" in line for line in tasks[f"{NAME}/check_forward"].lines())


def test_observed_again_on_the_same_cases_a_grade_is_the_same_and_another_one_is_told(
    course: Classroom, on_workers_that_are_there: None
) -> None:
    before = {path: path.read_bytes() for path in course.root.rglob("*") if path.is_file()}
    explained = explain(NAME, STUDENT, replayed=True, course_dir=course.root)
    assert {path: path.read_bytes() for path in course.root.rglob("*") if path.is_file()} == before
    judged = [task for task in explained.tasks if task.verdict]
    assert explained.status == 0, list(explained.lines())
    assert all(task.again and task.again.seed == task.verdict.seed for task in judged if task.verdict)
    _changed(course, labels=["another"], earned=0.0)
    again = explain(NAME, STUDENT, "backward_pass", replayed=True, course_dir=course.root)
    assert again.status == 1
    assert any("otherwise" in line for line in again.lines())


def test_what_has_changed_since_is_told_when_it_is_observed_again(
    course: Classroom, on_workers_that_are_there: None
) -> None:
    notebook = course.root / course.submitted / STUDENT / NAME / f"{NAME}.ipynb"
    notebook.write_text(notebook.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    explained = explain(NAME, STUDENT, "forward", replayed=True, course_dir=course.root)
    assert any("submission" in remark for remark in explained.remarks)
    notebook.write_text("no notebook")
    explained = explain(NAME, STUDENT, "forward", replayed=True, course_dir=course.root)
    assert explained.status == 1
    assert any("not graded" in remark for remark in explained.remarks)


def test_a_check_whose_cell_is_missing_in_another_submission_is_explained_by_that(
    course: Classroom, scheduler: str, on_workers_that_are_there: None
) -> None:
    path = course.root / course.submitted / STUDENT / NAME / f"{NAME}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"] = [cell for cell in notebook["cells"] if grade_id(cell) != "check_forward"]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    missing = "its cell was not handed in"
    assert missing not in "\n".join(explain(NAME, STUDENT, "forward", course_dir=course.root).lines())
    assert missing in "\n".join(explain(NAME, STUDENT, "forward", replayed=True, course_dir=course.root).lines())
    autograde(NAME, course_dir=course.root, students=[STUDENT], scheduler=scheduler)
    explained = "\n".join(explain(NAME, STUDENT, "forward", course_dir=course.root).lines())
    assert missing in explained
    assert "0 of 2 points" in explained


@pytest.mark.parametrize(
    ("student", "task", "said"),
    [
        ("felx", None, 'did you mean "felix"?'),
        ("felix", "backwards_pass", 'did you mean "backward_pass"?'),
        ("felix", "zzz", "there are"),
    ],
)
def test_a_student_or_task_that_nobody_knows_is_one_sentence(
    student: str, task: str | None, said: str, by_hand_graded: Classroom
) -> None:
    with pytest.raises(CannotRun) as refused:
        explain(NAME, student, task, course_dir=by_hand_graded.root)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def _not_graded(course: Classroom) -> None:
    shutil.rmtree(course.root / course.autograded / STUDENT)


def _no_verdicts(course: Classroom) -> None:
    path = verdicts_file(course.root / course.autograded / STUDENT / NAME, NAME)
    path.chmod(0o644)
    path.write_text("{")


@pytest.mark.parametrize("spoil", [_not_graded, _no_verdicts])
def test_what_is_not_there_is_one_sentence_with_the_command_that_helps(
    spoil: Callable[[Classroom], None], course: Classroom
) -> None:
    spoil(course)
    with pytest.raises(CannotRun, match=f"course autograde {NAME} --student {STUDENT}"):
        explain(NAME, STUDENT, course_dir=course.root)


def test_another_courses_cells_are_explained_by_the_errors_that_ended_them(
    plain_released: PlainCourse, scheduler: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    course = plain_released.copy(tmp_path / "course")
    course.hand_in("ada", course.solved(add="def add(a, b):\n    return nothing"))
    assert course.autograde_here("--scheduler", scheduler).status == 0
    monkeypatch.setattr(
        "sys.argv", ["course", "explain", FUNCTIONS, "ada", "test_add", "--course-dir", str(course.root)]
    )
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert "NameError" in capsys.readouterr().out


def test_of_a_notebook_that_was_refused_explain_and_report_tell_why(
    course: Classroom, scheduler: str, on_workers_that_are_there: None
) -> None:
    handed_in = course.root / course.submitted / STUDENT / NAME / f"{NAME}.ipynb"
    readable = handed_in.read_bytes()
    handed_in.write_text("no notebook")
    new = shutil.copytree(handed_in.parents[1], course.root / course.submitted / "newcomer")
    [row, _] = autograde(NAME, course_dir=course.root, students=[STUDENT, "newcomer"], scheduler=scheduler).rows
    assert row.refused
    assert any(row.reasons[0] in line for line in explain(NAME, STUDENT, course_dir=course.root).lines())
    with pytest.raises(CannotRun, match=re.escape(row.reasons[0])):
        explain(NAME, "newcomer", course_dir=course.root)
    written = report(NAME, course_dir=course.root)
    assert [str(one) for one in written.left_out] == [f"handed in, but {row.reasons[0]}"]
    assert not any("--force" in text for text in (*written.lines(), written.page.read_text(encoding="utf-8")))
    for place in (handed_in, new / NAME / handed_in.name):
        place.write_bytes(readable)
    autograde(NAME, course_dir=course.root, scheduler=scheduler)
    assert not any("handed in last" in line for line in explain(NAME, STUDENT, course_dir=course.root).lines())
    assert explain(NAME, "newcomer", course_dir=course.root).tasks
