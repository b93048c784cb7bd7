"""Build one exercise in a scratch directory, through nbgrader's own steps, and prove it there."""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..kernel import executed, own_kernel
from ..layout import Layout
from ..problems import Problem, ProblemsFound
from .nbgrader_steps import generate_assignment, generate_solution
from .proof import PAIRING, contents_faults, leaks, solution_faults, stub_faults
from .repeatable import repeatable
from .sources import Source


@dataclass(frozen=True)
class Build:
    """One exercise, built and proven: three folders, as they belong into the course."""

    nbgrader_source: Path
    exercise: Path
    solution: Path

    def places(self, course: Layout, name: str) -> list[tuple[Path, Path]]:
        """Return each built folder with its place in the course."""
        return [
            (self.nbgrader_source, course.nbgrader_source / name),
            (self.exercise, course.exercises / name),
            (self.solution, course.solutions / name),
        ]


def build(course: Layout, source: Source, scratch: Path, gradebook_url: str, tell: Callable[[str], None]) -> Build:
    """Build and prove an exercise under `scratch`, which must be empty. `gradebook_url` is written to: give a copy.

    Raise `ProblemsFound` if nbgrader refuses the source, or a proof fails.
    """
    import nbformat
    from nbclient.exceptions import CellControlSignal, DeadKernelError

    name = source.name
    done = Build(*(scratch / "done" / part / name for part in ("source", "exercise", "solution")))
    nbgrader_root = scratch / "nbgrader"
    for folder in (done.nbgrader_source, _in(nbgrader_root, course, course.nbgrader_source) / name):
        write_notebook(source.notebook, folder / f"{name}.ipynb")
        _write_files(source, folder)

    tell("generating the exercise")
    generate_assignment(course, name, nbgrader_root, gradebook_url)
    exercise = nbformat.read(_in(nbgrader_root, course, course.exercises) / name / f"{name}.ipynb", as_version=4)
    pairing = {"jupytext": dict(PAIRING)} if source.paired else {}
    write_notebook(repeatable(exercise, **pairing), done.exercise / f"{name}.ipynb")
    if source.paired:
        (done.exercise / f"{name}.py").write_text(paired_script(exercise), encoding="utf-8")
    _write_files(source, done.exercise)
    problems = [*contents_faults(source, course.root / "checks"), *leaks(source, done.exercise)]

    tell("running the untouched exercise and the solution")
    untouched = scratch / "untouched"
    untouched.mkdir()
    _write_files(source, untouched)
    with own_kernel(scratch, import_from=course.root), ThreadPoolExecutor(1) as beside:
        untouched_run = beside.submit(executed, exercise, untouched)
        generate_solution(course, name, nbgrader_root, gradebook_url)
        try:
            problems += stub_faults(source, untouched_run.result())
        except (CellControlSignal, DeadKernelError) as stopped:
            problems.append(Problem(source.shown, f"the untouched exercise does not run to its end: {stopped}"))
    solution = nbformat.read(_in(nbgrader_root, course, course.solutions) / name / f"{name}.ipynb", as_version=4)
    repeatable(solution)
    private = {str(scratch): "a path of this build", str(course.root): "a path of this machine"}
    private |= {sys.prefix: "a path of this machine", f"{Path.home()}/": "a path of this machine"}
    problems += solution_faults(source, solution, private)
    write_notebook(solution, done.solution / f"{name}.ipynb")
    if problems:
        raise ProblemsFound(problems)
    return done


def _write_files(source: Source, folder: Path) -> None:
    for file, text in source.files.items():
        (folder / file).write_text(text, encoding="utf-8")


def _in(root: Path, course: Layout, place: Path) -> Path:
    """Return where `place` of the course lies in a course directory of the same shape at `root`."""
    return root / place.relative_to(course.root)


def write_notebook(notebook: Any, path: Path) -> None:
    """Write a notebook as nbformat does, in bytes that depend on nothing but its contents."""
    import nbformat

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(notebook, version=4) + "\n", encoding="utf-8")


def paired_script(notebook: Any) -> str:
    """Return the py:percent file that belongs beside a notebook paired with one."""
    import jupytext

    lines = jupytext.writes(notebook, fmt="py:percent").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("#       jupytext_version:"))
