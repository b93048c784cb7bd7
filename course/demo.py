"""`course demo`: the whole road on a make-believe class: build, grade in sandboxes, give feedback, report."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from .kept_verdicts import KeptVerdict, UnusableVerdicts, read_verdicts, verdicts_file
from .layout import CONFIG, Layout, find_course
from .problems import CannotRun, ProblemsFound

if TYPE_CHECKING:
    from .feedback import Feedback
    from .grading.driver.autograding import GradedClass
    from .report import Report

FLAGSHIP = "05_neural_network"
MADE_BY_DEMO = ".made-by-course-demo"
COMPARED = "perfect"
"""The student whose submission stock nbgrader grades too: all of its cells run to their end."""

Say = Callable[[str], None]
Tell = Callable[[str, str], None]


@dataclass(frozen=True)
class Demo:
    """What became of a make-believe class: its grades, each student's verdicts, feedback and report.

    A student whose submission could not be graded has no verdicts. `stock_seconds` are what stock nbgrader took for one
    of the submissions.
    """

    graded: GradedClass
    verdicts: dict[str, list[KeptVerdict]]
    stock_seconds: float
    feedback: Feedback
    report: Report

    @property
    def tasks(self) -> dict[str, float]:
        """The points of each task that is graded by running it."""
        verdicts = next(iter(self.verdicts.values()), [])
        return {verdict.grade_id.removeprefix("check_"): verdict.points for verdict in verdicts}

    @property
    def seconds_each(self) -> float:
        """What `course autograde` took for each submission, its start included."""
        return self.graded.seconds / len(self.graded.rows)

    @property
    def status(self) -> int:
        """The exit status: 1 if something needs a look, else 0."""
        return max(self.graded.status, self.feedback.status, self.report.status)


def demo(
    name: str | None = None,
    *,
    root: Path | None = None,
    say: Say = lambda sentence: None,
    tell: Tell = lambda name, step: None,
) -> Demo:
    """Build an exercise, hand it in as a class would, grade that in `demo/`, and return what came out.

    `say` hears a sentence at the start of each step, `tell` what is being done within it. Where no sandbox holds, this
    class, which is harmless, is graded without one.

    Raises:
        ProblemsFound: if the exercise does not build.
        CannotRun: if there is no such exercise, or grading cannot start.
    """
    from .building.release import release
    from .feedback import feedback
    from .report import report

    course = find_course(root)
    names = course.chosen([name] if name else [])
    name = FLAGSHIP if not name and FLAGSHIP in names else names[0]
    folder = _emptied(course)

    say(
        f"Building {name}, unless it is unchanged: no line of a solution may be left in it, and every check is tried "
        "on the stubs and on the solution."
    )
    [released] = release([name], root=course.root, tell=tell)
    if released.problems:
        raise ProblemsFound(released.problems)
    tell(name, "making a gradebook, handing in the class's notebooks")
    classroom = _classroom(course, name, folder)
    students = _hand_in(course, name, classroom)

    say(f"Grading {len(students)} submissions, each in a sandbox of its own; the verdicts are made outside of it.")
    graded = _graded(classroom, name, say, tell)
    verdicts = {}
    for student in students:
        with suppress(UnusableVerdicts):  # it was not graded, and its row says why
            verdicts[student] = read_verdicts(verdicts_file(classroom.autograded / student / name, name), name)

    say("Grading one of them with stock nbgrader, for comparison: a new kernel, which runs every cell.")
    tell(name, "nbgrader autograde")
    stock_seconds = _with_stock_nbgrader(course, classroom, name)

    say("Making feedback: a page for each student, with what every check found and without hidden tests.")
    given = feedback(name, course_dir=classroom.root, tell=tell)
    given = replace(given, place=course.shown(classroom.root / given.place))

    say("Writing the report: what the class got wrong, and what to talk about.")
    return Demo(graded, verdicts, stock_seconds, given, report(name, course_dir=classroom.root, tell=tell))


def _emptied(course: Layout) -> Path:
    """Return the folder `demo/`, empty."""
    folder = course.root / "demo"
    if folder.exists() and not (folder / MADE_BY_DEMO).is_file():
        raise CannotRun("there is a demo/ that this command has not made; move it away first")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / MADE_BY_DEMO).touch()
    return folder


def _classroom(course: Layout, name: str, folder: Path) -> Layout:
    """Return a course directory that knows the assignment and nothing else."""
    from .building.nbgrader_steps import generate_assignment

    shutil.copyfile(course.root / CONFIG, folder / CONFIG)
    classroom = Layout(folder)
    for here, there in ((course.nbgrader_source, classroom.nbgrader_source), (course.exercises, classroom.exercises)):
        shutil.copytree(here / name, there / name)
    generate_assignment(classroom, name, classroom.root, classroom.gradebook_url)
    return classroom


def _hand_in(course: Layout, name: str, classroom: Layout) -> list[str]:
    import nbformat

    from .answers import Answers
    from .building.build import write_notebook
    from .building.sources import read_source
    from .demo_class import submissions

    source = read_source(course.source(name))
    exercise = nbformat.read(course.exercises / name / f"{name}.ipynb", as_version=4)
    students = []
    for student, notebook in submissions(source, exercise, Answers(course.source(name))):
        write_notebook(notebook, classroom.submitted / student / name / f"{name}.ipynb")
        students.append(student)
    return students


def _graded(classroom: Layout, name: str, say: Say, tell: Tell) -> GradedClass:
    from .grading.driver.autograding import autograde
    from .grading.driver.workplace import NoSandbox

    def counted(done: int, of: int) -> None:
        tell(name, f"grading {done} of {of}")

    tell(name, "starting workers and sandboxes")
    try:
        return autograde(name, course_dir=classroom.root, tell=counted)
    except NoSandbox as why:
        say(f"But {why}. This class is our own and does no harm, so it is graded without a sandbox.")
        return autograde(name, course_dir=classroom.root, sandbox=False, tell=counted)


def _with_stock_nbgrader(course: Layout, classroom: Layout, name: str) -> float:
    """Return the seconds that nbgrader's own autograde takes for one submission, in a copy of the classroom."""
    from .kernel import own_kernel

    with TemporaryDirectory(prefix="course-demo-") as folder:
        copy = Path(folder).resolve() / "course"
        shutil.copytree(classroom.root, copy)
        process = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        with own_kernel(copy / "kernel", import_from=course.root), process:
            return process.submit(_seconds_of_stock, copy, name).result()


def _seconds_of_stock(root: Path, name: str) -> float:
    import nbgrader.converters  # noqa: F401 - what a class needs once is not counted

    from .building.nbgrader_steps import autograde

    started = time.perf_counter()
    try:
        autograde(Layout(root), name, COMPARED)
    except ProblemsFound as problem:
        raise CannotRun(f"nbgrader could not grade {COMPARED}: {problem}") from None
    return time.perf_counter() - started
