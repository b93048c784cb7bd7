"""A nbgrader course that has nothing to do with ours: three functions, asserts, partial credit by value, an answer."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.course import progress_lines

NAME = "functions"
FULL = 10.0
"""What an honest student has before a person has read the answer, which is worth five more."""

PATIENCE = 600  # seconds that a run may take before it counts as hanging

RIGHT = {
    "add": "def add(a, b):\n    return a + b",
    "total": "def total(numbers):\n    return sum(numbers)",
    "mean": "def mean(numbers):\n    return sum(numbers) / len(numbers)",
    "why": "Because the sum is shared out equally.",
}
WRONG_TOTAL = "def total(numbers):\n    return -1"

CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "plain"
"""
DATA = "data/numbers.txt"
"""A file that is released with the notebook."""

Notebook = dict[str, Any]


def _marked(kind: str, grade_id: str, source: str, **settings: Any) -> Any:
    from nbformat.v4 import new_code_cell, new_markdown_cell

    marks = {"grade": False, "solution": False, "locked": False, "schema_version": 3, "grade_id": grade_id, **settings}
    make = new_code_cell if kind == "code" else new_markdown_cell
    return make(source, id=grade_id.replace("_", "-"), metadata={"nbgrader": marks})


def _task(name: str, points: float, test: str) -> list[Any]:
    solved = RIGHT[name].replace("    return", "    ### BEGIN SOLUTION\n    return") + "\n    ### END SOLUTION"
    return [
        _marked("code", name, solved, solution=True),
        _marked("code", f"test_{name}", test, grade=True, locked=True, points=points),
    ]


def source_notebook(language: str = "python") -> Any:
    """Return the notebook as its teacher wrote it, for a kernel of some language."""
    from nbformat.v4 import new_notebook

    value = "2 * (mean([1, 3]) == 2)"
    cells = [
        _marked("code", "given", f"import json\nimport statistics\nnumbers = open({DATA!r}).read()", locked=True),
        *_task("add", 2, "assert add(2, 3) == 5"),
        *_task("total", 3, "assert total([1, 2, 3]) == 6"),
        *_task("mean", 3, "assert mean([1, 2, 6]) == statistics.mean([1, 2, 6])"),
        _marked("code", "score_mean", value, grade=True, locked=True, points=2),
        _marked("markdown", "why", "Why do we divide?", grade=True, solution=True, points=5),
    ]
    name = {"python": "python3", "R": "ir"}[language]
    return new_notebook(
        cells=cells, metadata={"kernelspec": {"name": name, "display_name": name, "language": language}}
    )


@dataclass(frozen=True)
class Ran:
    """How a run of the command ended; `stderr` without the lines that say how far it is."""

    status: int
    stdout: str
    stderr: str

    @property
    def report(self) -> dict[str, Any]:
        """What `--json` printed."""
        try:
            return dict(json.loads(self.stdout))
        except ValueError as problem:
            raise AssertionError(f"exit {self.status}, no JSON: {self.stdout[-2000:]}\n{self.stderr}") from problem

    @property
    def rows(self) -> dict[str, dict[str, Any]]:
        """The rows of `--json` by student, each of whom must have one."""
        rows = self.report["submissions"]
        assert len({row["student"] for row in rows}) == len(rows), "a student with two rows"
        return {row["student"]: row for row in rows}

    @property
    def states(self) -> dict[str, str]:
        """The state of each student's submission."""
        return {student: row["state"] for student, row in self.rows.items()}


@dataclass(frozen=True)
class PlainCourse:
    """The course in the folder `root`."""

    root: Path

    @property
    def gradebook(self) -> Path:
        return self.root / "gradebook.db"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.gradebook}"

    def submission(self, student: str) -> Path:
        return self.root / "submitted" / student / NAME

    def autograded(self, student: str) -> Path:
        return self.root / "autograded" / student / NAME

    def source(self) -> Path:
        return self.root / "source" / NAME / f"{NAME}.ipynb"

    def released(self) -> Notebook:
        """Return the notebook that students get."""
        return dict(json.loads((self.root / "release" / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8")))

    def solved(self, **answers: str) -> Notebook:
        """Return the notebook of a student who wrote these cells and everything else right."""
        notebook = deepcopy(self.released())
        for cell in notebook["cells"]:
            cell["source"] = (RIGHT | answers).get(grade_id(cell), cell["source"])
        return notebook

    def hand_in(self, student: str, notebook: Notebook | bytes) -> Path:
        """Put a notebook where students' work lies, in the place of what the student handed in before."""
        folder = self.submission(student)
        folder.mkdir(parents=True, exist_ok=True)
        written = notebook if isinstance(notebook, bytes) else json.dumps(notebook, indent=1).encode()
        (folder / f"{NAME}.ipynb").write_bytes(written)
        return folder

    def copy(self, root: Path) -> PlainCourse:
        """Return a copy of the course in another folder."""
        shutil.copytree(self.root, root, symlinks=True)
        return PlainCourse(root)

    def command(self, *options: str, name: str = NAME) -> list[str]:
        """Return the command line that grades this course."""
        run = [sys.executable, "-c", "from course.command_line import main; main()"]
        return [*run, "autograde", name, "--course-dir", str(self.root), *options]

    def autograde(self, *options: str, name: str = NAME, before: Sequence[str] = (), **environment: str) -> Ran:
        """Run `course autograde --json` as a program of its own, `before` standing in front of its command line."""
        command = [*before, *self.command("--json", *options, name=name)]
        ran = subprocess.run(
            command,
            cwd=self.root,
            env=clean_environment(**environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        return Ran(ran.returncode, ran.stdout.decode(), progress_lines.without(ran.stderr.decode()))

    def autograde_here(self, *options: str, name: str = NAME) -> Ran:
        """Run the same command in this process, which spares the start of a program."""
        from course.command_line import main

        stdout, stderr = io.StringIO(), io.StringIO()
        arguments = ["course", *self.command("--json", *options, name=name)[3:]]
        with ExitStack() as stack:
            stack.enter_context(patch.object(sys, "argv", arguments))
            stack.enter_context(patch.dict(os.environ, clean_environment(), clear=True))
            stack.enter_context(redirect_stdout(stdout))
            stack.enter_context(redirect_stderr(stderr))
            try:
                main()
            except SystemExit as ended:
                return Ran(int(ended.code or 0), stdout.getvalue(), progress_lines.without(stderr.getvalue()))
        raise AssertionError("the command did not say how it ended")


Grade = Callable[..., Ran]
"""What runs the command on a course, with options."""


def bound_by_permissions() -> list[str]:
    """Return what to put in front of a command line so that root, too, may only do what permissions allow.

    It is empty for others, who need nothing for that, and where there is no `setpriv`.
    """
    if os.geteuid() or shutil.which("setpriv") is None:
        return []
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


def clean_environment(**more: str) -> dict[str, str]:
    """Return this process's environment without what pytest adds, for which ipykernel behaves differently."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")} | more


def grade_id(cell: Any) -> str:
    """Return a cell's name in the gradebook, or an empty string."""
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def cell_of(notebook: Notebook, name: str) -> dict[str, Any]:
    """Return the cell of a grade_id."""
    return next(cell for cell in notebook["cells"] if grade_id(cell) == name)


def write_source(root: Path, config: str = "", language: str = "python") -> PlainCourse:
    """Write a course's configuration, with more lines of it, and one assignment's source; release nothing."""
    import nbformat

    course = PlainCourse(root)
    data = course.source().parent / DATA
    data.parent.mkdir(parents=True)
    data.write_text("1 2 3")
    (root / "submitted").mkdir()
    (root / "nbgrader_config.py").write_text(CONFIG + config, encoding="utf-8")
    nbformat.write(source_notebook(language), course.source())
    return course


def make(root: Path, config: str = "", language: str = "python") -> PlainCourse:
    """Make the course with nbgrader itself."""
    from course.building.nbgrader_steps import generate_assignment
    from course.layout import Layout

    course = write_source(root, config, language)
    generate_assignment(Layout(root), NAME, root, course.url)
    return course
