"""`course demo`: the whole road on a make-believe class, graded with the nbgrader that a teacher would run."""

import os
import shutil
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from .layout import CONFIG, Layout, find_course
from .problems import CannotRun, ProblemsFound
from .verdicts import is_check, raised, read_verdict

FLAGSHIP = "05_neural_network"
MADE_BY_DEMO = ".made-by-course-demo"
Tell = Callable[[str, str], None]


@dataclass(frozen=True)
class GradedStudent:
    """What one student of the class got, and the named mistakes with their tasks."""

    name: str
    earned: dict[str, float]
    mistakes: tuple[tuple[str, str], ...]

    @property
    def total(self) -> float:
        """The points of all tasks that are graded by running them."""
        return sum(self.earned.values())


@dataclass(frozen=True)
class GradedClass:
    """A graded class: the points of each task, the students, and the pattern of the feedback files."""

    name: str
    tasks: dict[str, float]
    by_hand: float
    students: tuple[GradedStudent, ...]
    feedback: str


def demo(name: str | None = None, *, root: Path | None = None, tell: Tell = lambda name, step: None) -> GradedClass:
    """Build an exercise, hand it in as a class would, grade it with nbgrader in `demo/`, and return the grades.

    Raises `ProblemsFound` if the exercise does not build, and `CannotRun` if nbgrader fails.
    """
    from .release import release

    course = find_course(root)
    names = course.chosen([name] if name else [])
    name = FLAGSHIP if not name and FLAGSHIP in names else names[0]
    [released] = release([name], root=course.root, tell=tell)
    if released.problems:
        raise ProblemsFound(released.problems)

    tell(name, "handing in the class's notebooks")
    classroom = _classroom(course, name)
    students = _hand_in(course, name, classroom)
    _grade(classroom, name, students, tell)
    return _grades(classroom, name, students)


def _classroom(course: Layout, name: str) -> Layout:
    """Return an empty course directory in `demo/` that knows the assignment."""
    folder = course.root / "demo"
    if folder.exists() and not (folder / MADE_BY_DEMO).is_file():
        raise CannotRun("there is a demo/ that this command has not made; move it away first")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / MADE_BY_DEMO).touch()
    shutil.copyfile(course.root / CONFIG, folder / CONFIG)
    classroom = Layout(folder)
    for here, there in ((course.nbgrader_source, classroom.nbgrader_source), (course.exercises, classroom.exercises)):
        shutil.copytree(here / name, there / name)
    return classroom


def _hand_in(course: Layout, name: str, classroom: Layout) -> list[str]:
    import nbformat

    from .build import write_notebook
    from .demo_class import Examples, submissions
    from .sources import read_source

    source = read_source(course.source(name))
    exercise = nbformat.read(course.exercises / name / f"{name}.ipynb", as_version=4)
    students = []
    for student, notebook in submissions(source, exercise, Examples(name)):
        write_notebook(notebook, classroom.submitted / student / name / f"{name}.ipynb")
        students.append(student)
    return students


def _grade(classroom: Layout, name: str, students: list[str], tell: Tell) -> None:
    """Grade with nbgrader, as many students at a time as there are cores."""
    from .kernel import own_kernel
    from .nbgrader_steps import generate_assignment, generate_feedback

    processes = ProcessPoolExecutor(os.cpu_count() or 1, mp_context=get_context("spawn"))
    with own_kernel(classroom.root / ".nbgrader", import_from=classroom.root.parent), processes:
        generate_assignment(classroom, name, classroom.root, classroom.gradebook_url)
        runs = [processes.submit(_graded, classroom.root, name, student) for student in students]
        try:
            for done, run in enumerate(as_completed(runs), start=1):
                if problem := run.result():
                    raise CannotRun(problem)
                tell(name, f"nbgrader autograde: {done} of {len(students)}")
        finally:
            processes.shutdown(wait=True, cancel_futures=True)
        tell(name, "nbgrader generate_feedback")
        generate_feedback(classroom, name)


def _graded(root: Path, name: str, student: str) -> str | None:
    """Grade one student in a process of its own; return why that failed, or None."""
    from .nbgrader_steps import autograde

    try:
        autograde(Layout(root), name, student)
    except ProblemsFound as problem:
        return f"nbgrader could not grade {student}: {problem}"
    return None


def _grades(classroom: Layout, name: str, students: list[str]) -> GradedClass:
    import nbformat
    from nbgrader.api import Gradebook

    graded = []
    with Gradebook(classroom.gradebook_url, str(classroom.config.CourseDirectory.course_id)) as gradebook:
        graded_cells = gradebook.find_notebook(name, name).grade_cells
        points = {cell.name: float(cell.max_score) for cell in graded_cells}
        for student in students:
            notebook = nbformat.read(classroom.autograded / student / name / f"{name}.ipynb", as_version=4)
            cells = {c.metadata["nbgrader"]["grade_id"]: c for c in notebook.cells if "nbgrader" in c.metadata}
            earned, mistakes = {}, []
            for grade_id, cell in cells.items():
                if not is_check(cell):
                    continue
                task = grade_id.removeprefix("check_")
                earned[task] = float(gradebook.find_grade(grade_id, name, name, student).auto_score or 0)
                mistakes += [(task, mistake) for mistake in _mistakes(cell, cells.get(task))]
            graded.append(GradedStudent(student, earned, tuple(mistakes)))
    tasks = {f"check_{task}": task for task in graded[0].earned}
    return GradedClass(
        name=name,
        tasks={task: points[check] for check, task in tasks.items()},
        by_hand=sum(value for cell, value in points.items() if cell not in tasks),
        students=tuple(graded),
        feedback=f"{classroom.root.name}/{classroom.feedback.name}/STUDENT/{name}/{name}.html",
    )


def _mistakes(check: Any, task: Any | None) -> list[str]:
    """Return the named mistakes of a check's verdict, or else what stands in its place."""
    verdict, broken = read_verdict(check), raised(task) if task else None
    if verdict is None:
        return [f"no verdict ({raised(check)})"] if raised(check) else []
    if verdict.state == "right":
        return []
    if verdict.state == "not attempted":
        return [f"not attempted (its cell raises {broken})" if broken else "not attempted"]
    return list(verdict.causes) or [verdict.headline or verdict.state]
