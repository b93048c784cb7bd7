"""A nbgrader course that knows nothing of these exercises, and a class of honest students who hand in to it.

Its configuration, penalties, files and cells use what courses elsewhere use: plain asserts with hidden tests, partial
credit by value, answers marked by hand, other directory names, several notebooks to an assignment, files beside them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import jupytext
import nbformat

from tests.course.grading.classrooms import Classroom
from tests.course.grading.foreign_notebooks import AGAIN, CLASS, ESSAY, WAVES, Student
from tests.course.grading.gradebooks import rows

ASSIGNMENT = "ps1"
COURSE_ID = "signals_101"
DUE = datetime(2024, 3, 1, 12)

CONFIG = """\
import os
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, here)  # for late_work

c = get_config()
c.CourseDirectory.course_id = "signals_101"
c.CourseDirectory.root = here
c.CourseDirectory.submitted_directory = "handed_in"
c.CourseDirectory.autograded_directory = "marked"
c.ClearSolutions.code_stub = {"python": "raise NotImplementedError  # your work"}
c.Execute.timeout = 60
c.Autograde.exclude_overwriting = {"ps1": ["own_tools.py"]}
c.AssignLatePenalties.plugin_class = "late_work.APointAnHour"
c.IgnorePattern.enabled = True
c.IgnorePattern.pattern = "DeprecationWarning"
"""

PENALTY = '''\
from nbgrader.plugins import BasePlugin


class APointAnHour(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        """Take a point for each full hour, more than there are for who is very late."""
        return total_seconds_late // 3600
'''

WAVE_TOOLS = '''\
"""Given: what the notebooks import from beside them."""


def smoothed(values):
    """Return the mean of each value and its neighbours."""
    windows = [values[max(0, n - 1) : n + 2] for n in range(len(values))]
    return [sum(window) / len(window) for window in windows]


def checked(value, limit):
    if value > limit:
        raise ValueError(f"{value} is above {limit}")
    return value


def fail(value):
    try:
        return checked(value, 1.5)
    except ValueError as problem:
        raise RuntimeError("no such wave") from problem
'''

OWN_TOOLS = """\
def unit():
    return "m"
"""

FILES: dict[str, str] = {
    "wave_tools.py": WAVE_TOOLS,
    "own_tools.py": OWN_TOOLS,
    "readings.csv": "time,height\n0,0.5\n1,1.25\n2,0.75\n3,1.5\n4,0.25\n",
    "tables/limits.csv": "limit,2.5\n",
}


@dataclass(frozen=True)
class ForeignCourse(Classroom):
    """The foreign course in a folder."""

    def hand_in(self, student: str, work: Student) -> Path:
        """Put a student's work where nbgrader looks for it, in place of what they handed in before."""
        folder = self.root / self.submitted / student / ASSIGNMENT
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.root / "release" / ASSIGNMENT, folder)
        for name in ("essay", "waves"):
            path = folder / f"{name}.ipynb"
            if name in work.missing:
                path.unlink()
            else:
                nbformat.write(_answered(nbformat.read(path, as_version=4), work), path)
        for name, text in work.files.items():
            (folder / name).write_text(text, encoding="utf-8")
        if work.handed_in:
            (folder / "timestamp.txt").write_text(work.handed_in, encoding="utf-8")
        return folder

    def hand_in_class(self) -> None:
        """Hand in everybody's first work, after a teacher has given one of them another day."""
        for student, work in CLASS.items():
            self.hand_in(student, work)
        with self.gradebook() as gradebook:
            gradebook.update_or_create_submission(ASSIGNMENT, "finn")
            gradebook.grant_extension(ASSIGNMENT, "finn", days=1)

    def mark_by_hand(self) -> None:
        """Do what a teacher does in Formgrader: scores, extra credit and comments for some answers."""
        with self.gradebook() as gradebook:
            for student in ("ada", "jun"):
                grade = gradebook.find_grade("spectrum", "waves", ASSIGNMENT, student)
                grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 1.5, 0.25, False
                gradebook.find_comment("spectrum", "waves", ASSIGNMENT, student).manual_comment = "Neat – go on."
                gradebook.find_grade("why", "essay", ASSIGNMENT, student).manual_score = 2
            gradebook.find_submission_notebook("essay", ASSIGNMENT, "jun").flagged = True
            gradebook.db.commit()

    def hand_in_again(self) -> None:
        """Hand in the second, better work of those who have one."""
        for student, work in AGAIN.items():
            self.hand_in(student, work)

    def in_two_rounds(self, grade: Callable[[], object]) -> list[dict[str, list[Any]]]:
        """Grade, let a teacher mark answers by hand and a student hand in again, and grade again.

        Return what the gradebook has after each round.
        """
        grade()
        first = rows(self.db_url)
        self.mark_by_hand()
        self.hand_in_again()
        grade()
        return [first, rows(self.db_url)]


def build(root: Path, db_url: str | None = None) -> ForeignCourse:
    """Make the course with nbgrader's own commands; its gradebook is a file in the folder unless `db_url` is given."""
    root.mkdir(parents=True)
    setting = "" if db_url is None else f"c.CourseDirectory.db_url = {db_url!r}\n"
    (root / "nbgrader_config.py").write_text(CONFIG + setting, encoding="utf-8")
    (root / "late_work.py").write_text(PENALTY, encoding="utf-8")
    source = root / "source" / ASSIGNMENT
    for name, text in FILES.items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name, text in (("waves", WAVES), ("essay", ESSAY)):
        nbformat.write(notebook_of(text), source / f"{name}.ipynb")
    own_file = f"sqlite:///{root}/gradebook.db"
    course = ForeignCourse(root, db_url or own_file, COURSE_ID, submitted="handed_in", autograded="marked")
    course.run("nbgrader", "generate_assignment", ASSIGNMENT)
    with course.gradebook() as gradebook:
        gradebook.update_or_create_assignment(ASSIGNMENT, duedate=DUE)
        gradebook.update_or_create_student("ada", first_name="Ada", last_name="L.", email="ada@example.org")
        gradebook.update_or_create_student("finn", first_name="Finn")
        gradebook.update_or_create_student("nobody", first_name="Handed in nothing")
    return course


def notebook_of(text: str) -> Any:
    """Return an instructor's notebook from py:percent text, its nbgrader settings completed."""
    notebook = jupytext.reads(text, fmt="py:percent")
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("lines_to_next_cell", None)
        cell.id = f"cell-{number}"
        settings = cell.metadata.get("nbgrader")
        if settings:
            defaults = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
            settings = {**defaults, **settings}
            if settings["task"] or (settings["grade"] and not settings["solution"]):
                settings["locked"] = True
            cell.metadata["nbgrader"] = settings
    return notebook


def _answered(notebook: Any, work: Student) -> Any:
    answers: Mapping[str, str] = work.answers
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        cell.source = answers.get(grade_id, cell.source)
    return notebook
