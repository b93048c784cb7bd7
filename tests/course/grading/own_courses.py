"""This project's own exercises with a few students of each demo class, as a course directory of nbgrader's."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat

from course.answers import Answers
from course.building.build import write_notebook
from course.building.nbgrader_steps import generate_assignment
from course.building.sources import read_source
from course.demo_class import submissions
from course.layout import CONFIG, Layout
from tests.course.grading.classrooms import Classroom

REPOSITORY = Path(__file__).resolve().parents[3]
NAMES = tuple(sorted(path.stem for path in (REPOSITORY / "source_notebooks").glob("*.py")))
CHOSEN = {  # blaise has another right style, felix makes mistakes; nbgrader takes seconds for each student
    "01_by_hand": ("felix",),
    "02_softmax_and_nll": ("perfect",),
    "03_chain_rule": ("felix",),
    "04_layers_and_losses": ("blaise",),
    "05_neural_network": ("blaise", "felix", "syntax-error", "untouched"),
    "06_frameworks": ("felix",),
}
ANYBODY = ("blaise", "felix", "untouched")


def build(root: Path, names: tuple[str, ...] = NAMES, students: tuple[str, ...] = ()) -> Classroom:
    """Make a course of the built exercises in `exercises/`, registered in its gradebook and handed in by the class.

    It is of the `students`, or else of some of each exercise's.
    """
    root.mkdir(parents=True)
    shutil.copy(REPOSITORY / CONFIG, root)
    course = Layout(root)
    for name in names:
        path = REPOSITORY / "source_notebooks" / f"{name}.py"
        source = read_source(path)
        write_notebook(source.notebook, course.nbgrader_source / name / f"{name}.ipynb")
        generate_assignment(course, name, root, course.gradebook_url)
        exercise = nbformat.read(REPOSITORY / "exercises" / name / f"{name}.ipynb", as_version=4)
        for student, notebook in submissions(source, exercise, Answers(path)):
            if student in (students or CHOSEN.get(name, ANYBODY)):
                write_notebook(notebook, course.submitted / student / name / f"{name}.ipynb")
    return Classroom(root, course.gradebook_url, str(course.config.CourseDirectory.course_id))
