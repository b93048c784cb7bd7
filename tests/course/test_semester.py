"""The page about a semester, typed as it stands: with a small assignment in the place of the flagship."""

import csv
import json
import os
import re
import subprocess
import sys
import zipfile
from getpass import getuser
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.course.grading.plain_course import cell_of, clean_environment
from tests.course.test_demo import NAME, SOURCE

PAGE = (ROOT / "docs" / "semester.md").read_text(encoding="utf-8")
PAGE = PAGE.replace("05_neural_network", NAME).replace("grace", getuser())
ANSWERS = {
    "ada": "def sigmoid(z):\n    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))",
    "ben": "def sigmoid(z):\n    return 1 / (1 + np.exp(z))",
}
ROSTER = "id,first_name,last_name,email,lms_user_id\nada,Ada,Lovelace,ada@example.org,17\nben,Ben,,,\neve,Eve,,,\n"


def _blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


class Semester:
    """A course and a student's folder, on a machine with an exchange."""

    def __init__(self, root: Path) -> None:
        settings, plugin = _blocks("python")
        exchange = root / "exchange"
        exchange.mkdir()
        exchange.chmod(0o777)
        settings = settings.replace("/srv/nbgrader/exchange", str(exchange))
        self.root = root / "course"
        (self.root / "source_notebooks").mkdir(parents=True)
        (self.root / "source_notebooks" / f"{NAME}.py").write_text(SOURCE)
        (self.root / "nbgrader_config.py").write_text((ROOT / "nbgrader_config.py").read_text() + settings)
        (self.root / "late.py").write_text(plugin)
        (self.root / "students.csv").write_text(ROSTER)
        self.home = root / "student"
        self.home.mkdir()
        (self.home / "nbgrader_config.py").write_text(
            "c = get_config()\n" + "".join(line for line in settings.splitlines(keepends=True) if "Exchange" in line)
        )

    def type(self, command: str, folder: Path) -> str:
        """Run a command as it was typed."""
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        ran = subprocess.run(
            command,
            shell=True,
            cwd=folder,
            env=clean_environment(PATH=programs, PYTHONPATH=str(ROOT), JUPYTER_CONFIG_DIR=str(self.home / ".jupyter")),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=600,
        )
        assert ran.returncode == 0, f"{command}\n{ran.stdout}{ran.stderr}"
        return ran.stdout + ran.stderr

    def hand_in_at_the_platform(self) -> None:
        """Leave what a learning platform lets a teacher download."""
        archive = self.root / "downloaded" / NAME / "archive"
        archive.mkdir(parents=True)
        released = (self.root / "exercises" / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8")
        for student, answer in ANSWERS.items():
            notebook = json.loads(released)
            cell_of(notebook, "sigmoid")["source"] = answer
            with zipfile.ZipFile(archive / f"{student}.zip", "w") as packed:
                packed.writestr(f"{student}_1234_5678_{NAME}.ipynb", json.dumps(notebook))


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each command said, and the tables for the platforms."""
    semester = Semester(tmp_path_factory.mktemp("semester"))
    told: dict[str, str] = {}
    for who, block in re.findall(r"^```sh( student)?\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL):
        for command in block.splitlines():
            if command.startswith("nbgrader zip_collect"):
                semester.hand_in_at_the_platform()
            told[command] = semester.type(command, semester.home if who else semester.root)
    told |= {name: (semester.root / name).read_text() for name in ("moodle.csv", "canvas.csv")}
    return told


def test_a_class_is_graded_and_who_is_missing_is_named(said: dict[str, str]) -> None:
    graded = said[f"course autograde {NAME}"]
    assert re.search(r"ada\s+5 / 7", graded)
    assert re.search(r"ben\s+0 / 7", graded)
    assert "Nothing handed in by eve" in graded


def test_a_regrade_request_is_answered(said: dict[str, str]) -> None:
    assert "sigmoid is right" in said[f"course explain {NAME} ada"]
    assert "sigmoid is right" in said[f"course explain {NAME} ada --replay"]


def test_the_platforms_get_their_tables(said: dict[str, str]) -> None:
    moodle = {row["username"]: row[NAME] for row in csv.DictReader(said["moodle.csv"].splitlines())}
    assert {name: moodle[name] for name in ("ada", "ben", "eve")} == {"ada": "5", "ben": "0", "eve": ""}
    possible, *canvas = csv.DictReader(said["canvas.csv"].splitlines())
    assert (possible["Student"].strip(), possible[NAME]) == ("Points Possible", "7")
    ada = next(row for row in canvas if row["SIS Login ID"] == "ada")
    assert (ada["Student"], ada["ID"], ada[NAME]) == ("Lovelace, Ada", "17", "5")
