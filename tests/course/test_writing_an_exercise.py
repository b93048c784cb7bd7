"""The page for instructors, walked as it stands: its files make an exercise that is built, audited and graded."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from course.kept_verdicts import read_verdicts, verdicts_file

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = REPOSITORY / "docs" / "writing_an_exercise.md"
NAME = "07_leaky_relu"
BACKWARD = "def backward(z, g):\n    return g * slope(z), np.sum(g * np.minimum(z, 0))\n"
"""Right, and costs nobody anything whose slope is wrong."""

HANDED_IN = {
    "right": "def slope(z):\n    return np.where(z > 0, 1.0, 0.1)\n",
    "slope-of-relu": "def slope(z):\n    return np.heaviside(z, 0)\n",
    "value-for-slope": "def slope(z):\n    return np.where(z > 0, z, z / 10)\n",
}


def _files() -> dict[str, str]:
    """Return the files that the page shows under the headings that name them."""
    found = re.findall(
        r"^##+ [^\n`]*`([^`\n]+\.py)`\n.*?^```python\n(.*?)^```", PAGE.read_text(), re.MULTILINE | re.DOTALL
    )
    return dict(found)


class Course:
    """The repository's packages with the page's files among them, in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(REPOSITORY / "checks", root / "checks", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(REPOSITORY / "nbgrader_config.py", root)
        for path, text in _files().items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)

    def course(self, *arguments: str) -> str:
        """Run `course` here; return what it says. Raise AssertionError if it finds anything wrong."""
        ran = subprocess.run(
            [Path(sys.executable).with_name("course"), *arguments],
            cwd=self.root,
            env=os.environ | {"PYTHONPATH": f"{self.root}{os.pathsep}{REPOSITORY}"},
            capture_output=True,
            text=True,
            timeout=600,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = Course(tmp_path_factory.mktemp("seventh"))
    course.course("release", NAME)
    return course


def test_it_is_built_without_its_solution(released: Course) -> None:
    built = (released.root / "exercises" / NAME / f"{NAME}.ipynb").read_text()
    assert "check_slope(slope, points=4)" in built
    assert "np.where" not in built
    assert "still move" not in built


def test_its_check_passes_the_audit(released: Course) -> None:
    result = json.loads(released.course("audit", NAME, "--seeds", "2", "--json"))[0]
    assert result["faults"] == []
    assert set(result["confusion"]["slope"]) == {"slope-of-relu", "value-for-slope"}
    assert set(result["confusion"]["backward"]) == {"slope-left-out", "mean-for-sum"}


def test_a_class_is_graded_and_each_mistake_gets_its_name(released: Course) -> None:
    exercise = nbformat.read(released.root / "exercises" / NAME / f"{NAME}.ipynb", as_version=4)
    for student, answer in HANDED_IN.items():
        for cell in exercise.cells:
            cell.source = {"slope": answer, "backward": BACKWARD}.get(
                cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source
            )
        folder = released.root / "submitted" / student / NAME
        folder.mkdir(parents=True)
        nbformat.write(exercise, folder / f"{NAME}.ipynb")
    rows = json.loads(released.course("autograde", NAME, "--json"))["submissions"]
    assert {row["student"]: row["score"] for row in rows} == {"right": 7, "slope-of-relu": 3, "value-for-slope": 3}
    for student in HANDED_IN:
        slope, backward = read_verdicts(verdicts_file(released.root / "autograded" / student / NAME, NAME), NAME)
        assert slope.labels == (() if student == "right" else (student,))
        assert backward.labels == ()
