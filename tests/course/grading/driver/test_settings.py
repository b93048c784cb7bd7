"""nbgrader's options and settings are followed, or named in a sentence: none is ignored in silence."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from traitlets.config import Config

from course.grading.driver.settings import in_full, not_followed, read_config
from course.problems import CannotRun
from tests.course.grading import plain_course
from tests.course.grading.plain_course import FULL, NAME, PlainCourse, Ran

pytestmark = pytest.mark.nbgrader

SETTINGS = """\
c.AutogradeApp.permissions = 640
c.NbGrader.logfile = "grading.log"
c.AssignLatePenalties.plugin_class = "late_by_two.ByTwo"
c.Autograde.autograde_preprocessors = [
    "nbgrader.preprocessors.Execute",
    "stamping.Stamp",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
]
c.Stamp.text = "stamped"
c.FilesWriter.build_directory = "elsewhere"
c.GenerateAssignment.force = True
"""
PLUGIN = """\
from nbgrader.plugins import LateSubmissionPlugin

class ByTwo(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 2
"""
PREPROCESSOR = """\
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Unicode

class Stamp(NbGraderPreprocessor):
    text = Unicode().tag(config=True)

    def preprocess(self, nb, resources):
        nb.metadata["stamp"] = self.text
        return nb, resources
"""


@dataclass(frozen=True)
class Graded:
    """A course with all these settings after grading."""

    course: PlainCourse
    ran: Ran

    def notebook(self, student: str) -> Path:
        return self.course.autograded(student) / f"{NAME}.ipynb"


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    course = plain_course.make(tmp_path_factory.mktemp("settings") / "course", SETTINGS)
    (course.root / "late_by_two.py").write_text(PLUGIN)
    (course.root / "stamping.py").write_text(PREPROCESSOR)
    for student in ("ada", "alan", "ben"):
        course.hand_in(student, course.solved())
    with Gradebook(course.url, "plain") as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate="2030-01-01 12:00:00 UTC")
    (course.submission("ada") / "timestamp.txt").write_text("2030-01-02 12:00:00 UTC")
    course.gradebook.rename(course.root / "other.db")
    return Graded(course, course.autograde("--db", f"sqlite:///{course.root}/other.db", "--student", "a*"))


@pytest.mark.parametrize("umask", [0o027, 0o077], ids=oct)
def test_a_strict_umask_grades_all_the_same(graded: Graded, tmp_path: Path, umask: int) -> None:
    course = graded.course.copy(tmp_path / "course")
    before = os.umask(umask)
    try:
        ran = course.autograde("--db", f"sqlite:///{course.root}/other.db", "--student", "a*", "--force")
    finally:
        os.umask(before)
    assert ran.states == {"ada": "graded", "alan": "graded"}, ran.stderr


def test_a_pattern_chooses_students_and_db_another_gradebook(graded: Graded) -> None:
    assert graded.ran.states == {"ada": "graded", "alan": "graded"}
    assert not graded.course.gradebook.exists()


def test_a_plugin_beside_the_configuration_is_found(graded: Graded) -> None:
    assert {student: row["score"] for student, row in graded.ran.rows.items()} == {"ada": FULL - 2, "alan": FULL}


def test_a_preprocessor_beside_the_configuration_is_found_and_has_its_settings(graded: Graded) -> None:
    assert json.loads(graded.notebook("ada").read_text())["metadata"]["stamp"] == "stamped"


def test_permissions_and_logfile_are_the_courses(graded: Graded) -> None:
    assert oct(graded.notebook("ada").stat().st_mode)[-3:] == "640"
    log = (graded.course.root / "grading.log").read_text()
    assert "Creating/updating student with ID 'ada'" in log
    assert "ada: graded" in log


def test_what_has_no_use_is_named_unless_it_is_another_steps(graded: Graded) -> None:
    assert graded.ran.report["ignored"] == ["c.FilesWriter.build_directory"]


REFUSED = {
    "--Execute.enabled=False": "students' files would say themselves",
    "--Execute.kernel_manager_class=my.Manager": "in the place of any kernel",
    "--Execute.extra_arguments=['--debug']": "without a kernel's command line",
    "--ExecutePreprocessor.kernel_name=other": "in the sandbox, with this Python",
    "--Execute.timeout=soon": "what nbgrader does not take",
    "--Execute.timout=90": 'no setting timout; did you mean "timeout"',
    "--Exectue.timeout=90": 'no class of nbgrader\'s; did you mean "Execute"',
    "--frce": "is no option",
}
TAKEN = (
    "--CourseDirectory.notebook_id=f*s",
    "--Execute.timeout=90",
    "--Execute.enabled=True",
    "--Sandbox.memory=1000",
    "--Autograde.force=True",
)


@pytest.mark.parametrize(("word", "why"), REFUSED.items())
def test_what_cannot_be_followed_is_refused_by_name(word: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(CannotRun) as reason:
        not_followed(read_config(tmp_path, [word]), ())
    assert why in str(reason.value)


@pytest.mark.parametrize("word", TAKEN)
def test_what_is_followed_is_not(word: str, tmp_path: Path) -> None:
    assert not_followed(read_config(tmp_path, [word]), ()) == []


IN_FULL = {
    "--create": "--Autograde.create_student=True",
    "--log-level=DEBUG": "--Application.log_level=DEBUG",
    "--course physics": "--CourseDirectory.course_id=physics",
    "--Execute.timeout 90": "--Execute.timeout=90",
    "--Execute.timeout=9.0": "--Execute.timeout=9.0",
}


def test_nbgraders_shorter_names_are_known() -> None:
    for said, meant in IN_FULL.items():
        assert [*in_full(said.split(), ())] == [meant]
        read_config(Path(), [meant])
    assert [*in_full(" ".join(IN_FULL).split(), ())] == [*IN_FULL.values()]


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("--course", "needs a value: --course=VALUE"),
        ("--crete", "there is no option"),
        ("--create=yes", "there is no option"),
        ("ps2", "there is no option"),
    ],
)
def test_what_is_none_of_them_is_said(word: str, why: str) -> None:
    with pytest.raises(CannotRun) as reason:
        [*in_full([word], ())]
    assert why in str(reason.value)


def test_a_configuration_that_names_another_folder_is_followed_by_the_one_in_there(tmp_path: Path) -> None:
    (tmp_path / "course").mkdir()
    first = f"c = get_config()\nc.CourseDirectory.root = {str(tmp_path / 'course')!r}\nc.Execute.timeout = 5\n"
    (tmp_path / "nbgrader_config.py").write_text(first)
    (tmp_path / "course" / "nbgrader_config.py").write_text("get_config().Execute.timeout = 7\n")
    assert read_config(tmp_path).Execute.timeout == 7


def named(text: str) -> list[str]:
    config: Any = Config()
    exec(text, {"c": config})
    return not_followed(config, ())


def test_settings_of_what_is_not_made_are_named() -> None:
    assert named("c.NotebookExporter.nbformat_version = 3") == ["c.NotebookExporter.nbformat_version"]
    assert named("c.Exporter.preprocessors = ['mine']") == ["c.Exporter.preprocessors"]
    assert named("c.Autograde.exporter_class = 'nbconvert.exporters.HTMLExporter'") == ["c.Autograde.exporter_class"]
    assert named("c.Autograde.Execute.timeout = 3") == ["c.Autograde.Execute"]
    assert named("c.Autograde.exporter_class = 'course.grading.doors.CourseAutograde'") == []


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("--no-execute", "c.Execute.enabled cannot be followed"),
        ("--notebook=g*", f"has only {NAME}"),
        ("--forse", 'did you mean "--force"'),
        ("--Sandbox.dosk=3", 'no setting c.Sandbox.dosk; did you mean "disk"'),
        ("--assignment=another", f"says another (c.CourseDirectory.assignment_id), but the command {NAME}"),
    ],
)
def test_such_an_option_ends_the_command_before_it_has_begun(
    word: str, why: str, graded: Graded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(graded.course.root)
    ran = graded.course.autograde_here(word, f"--db=sqlite:///{graded.course.root}/other.db")
    assert ran.status == 2
    assert why in ran.stderr
    assert not graded.course.autograded("ben").exists()
