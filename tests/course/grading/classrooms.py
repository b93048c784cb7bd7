"""A course directory with submissions, graded by the programs that a teacher would type."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

BIN = Path(sys.executable).parent

STOCK = "--Autograde.exporter_class=nbconvert.exporters.NotebookExporter"
"""What has `nbgrader autograde` do its own work in a course whose configuration leads to ours."""


@dataclass(frozen=True)
class Classroom:
    """A nbgrader course directory; `db_url` and the names of its folders are as in its configuration."""

    root: Path
    db_url: str
    course_id: str
    submitted: str = "submitted"
    autograded: str = "autograded"

    def command(self, *words: str) -> list[str]:
        """Return a command with its program from the virtual environment of these tests."""
        return [str(BIN / words[0]), *words[1:]]

    def environment(self) -> dict[str, str]:
        """The surroundings of a teacher's shell; ipykernel behaves differently where it sees pytest."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        return {**kept, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "OMP_NUM_THREADS": "1"}

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command in the course's folder, in a process group of its own."""
        return subprocess.Popen(
            self.command(*words),
            cwd=self.root,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *words: str) -> str:
        """Run a command that must succeed, and return what it says."""
        out, err = (program := self.start(*words)).communicate()
        assert program.returncode == 0, out + err
        return out + err

    def gradebook(self) -> Any:
        """Open the gradebook as nbgrader's own tools do."""
        from nbgrader.api import Gradebook

        return Gradebook(self.db_url, self.course_id)

    def copy(self, root: Path) -> Self:
        """Return a copy in another folder; its gradebook, a file, is copied too."""
        assert self.db_url == f"sqlite:///{self.root}/gradebook.db"
        shutil.copytree(self.root, root)
        return replace(self, root=root, db_url=f"sqlite:///{root}/gradebook.db")

    def students(self, name: str) -> list[str]:
        """Everybody who has handed in an assignment."""
        return sorted(path.parent.name for path in (self.root / self.submitted).glob(f"*/{name}"))

    def graded(self, name: str) -> dict[str, Path]:
        """Every graded notebook of an assignment by `STUDENT/NOTEBOOK.ipynb`."""
        found = sorted((self.root / self.autograded).glob(f"*/{name}/*.ipynb"))
        return {f"{path.parts[-3]}/{path.name}": path for path in found}

    def grade_with_nbgrader(self, *names: str) -> None:
        """Run `nbgrader autograde` on assignments, half the class each in two processes at a time."""
        for name in names:
            students = self.students(name)
            others_of_each_half = (students[1::2], students[::2])[: len(students)]
            runs = [
                self.start(
                    "nbgrader", "autograde", name, STOCK, f"--CourseDirectory.student_id_exclude={','.join(others)}"
                )
                for others in others_of_each_half
            ]
            for run in runs:
                out, err = run.communicate()
                assert run.returncode == 0, out + err

    def grade(self, name: str, *options: str, expected: int = 0) -> Mapping[str, Any]:
        """Run `course autograde NAME --json` and return what it says; its exit status must be the expected one."""
        run = self.start("course", "autograde", name, "--course-dir", str(self.root), "--json", *options)
        out, err = run.communicate()
        assert run.returncode == expected, out + err
        said: dict[str, Any] = json.loads(out)
        return said
