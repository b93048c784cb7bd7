"""In the sandbox a notebook finds the world of a kernel: every cell shows what it shows after `nbgrader autograde`."""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course.building.nbgrader_steps import generate_assignment
from course.layout import Layout
from tests.course.grading.classrooms import Classroom
from tests.course.grading.foreign_course import notebook_of
from tests.course.grading.gradebooks import cells

pytestmark = pytest.mark.nbgrader

NAME, KERNEL = "world", "worldly"
CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "worldly"\n'
OUTPUTS = """
# %% nbgrader={"grade_id": "picture", "grade": true, "points": 1}
class Picture:
    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": "a picture", "image/png": b"\\x89PNG", "application/octet-stream": b"bytes"}


Picture()

# %% nbgrader={"grade_id": "numbers", "grade": true, "points": 1}
import datetime

import numpy as np
from IPython.display import JSON

JSON({"one": np.int64(1), "half": np.float32(0.5), "row": np.arange(3), "day": datetime.date(2024, 2, 29)})

# %% nbgrader={"grade_id": "not-a-number", "grade": true, "points": 1}
JSON({"nan": float("nan"), "when": datetime.datetime(2024, 2, 29, tzinfo=datetime.timezone.utc), "set": {1}})
"""
MODULES = """
# %% nbgrader={"grade_id": "beside", "grade": true, "points": 1}
import checks
import course
import iniconfig
import numpy
import own_helper

assert (checks.WHERE, course.WHERE, iniconfig.WHERE, own_helper.WHERE) == ("released", "handed in", "released", "here")
assert numpy.zeros(2).sum() == 0

# %% nbgrader={"grade_id": "helpers", "grade": true, "points": 1}
import lab
import tools

assert (lab.count(), tools.count()) == (2, 2)
print(checks.check_all(points=1))

# %% nbgrader={"grade_id": "their-check", "grade": true, "points": 1}
checks.check_all(points=1)
"""
SETUP = """
# %% nbgrader={"grade_id": "given", "locked": true}
numbers = [1, 2, 3]
"""
ITSELF = """
# %% nbgrader={"grade_id": "squares", "solution": true}
def squares(values):
    ### BEGIN SOLUTION
    return [value**2 for value in values]
    ### END SOLUTION

# %% nbgrader={"grade_id": "runs-another", "grade": true, "points": 1}
%run a_setup.ipynb
print(numbers)

# %% nbgrader={"grade_id": "reads-itself", "grade": true, "points": 1}
import json
from pathlib import Path

written = json.loads(Path("world.ipynb").read_text())
labelled = {cell["metadata"].get("nbgrader", {}).get("grade_id"): cell for cell in written["cells"]}
own = "".join(labelled["squares"]["source"])
print(own, sorted(path.name for path in Path(".").glob("*.ipynb")))
assert "def squares" in own and "for " not in own

# %% nbgrader={"grade_id": "reads-hidden-tests", "grade": true, "points": 1}
print("numbers) =" + "= 3" in json.dumps(written))
### BEGIN HIDDEN TESTS
assert len(numbers) == 3
### END HIDDEN TESTS
"""
WIDGETS = """
# %%
import ipywidgets
from IPython.display import display

out = ipywidgets.Output()
print("before")
with out:
    print("in it")
    display({"text/plain": "shown in it"}, raw=True)
print("after")
out

# %% nbgrader={"grade_id": "fails-in-a-widget", "grade": true, "points": 1}
with out:
    print("now", flush=True)
    print("an error")
    1 / 0

# %%
print([one["output_type"] for one in out.outputs])
with out:
    print("at last")
out.clear_output(wait=True)
with out:
    print("only this")

# %%
print([one["text"] for one in out.outputs])
ipywidgets.interactive(lambda x: print("x is", x), x=3)
"""
SYSTEM = """
# %% nbgrader={"grade_id": "who-and-where", "grade": true, "points": 1}
import os
import pwd
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *_):
        pass


server = HTTPServer(("localhost", 0), Answer)
serving = threading.Thread(target=server.handle_request)
serving.start()
assert urllib.request.urlopen(f"http://localhost:{server.server_port}").read() == b"hello"
serving.join()
assert os.path.isabs(pwd.getpwuid(os.getuid()).pw_dir)

# %% nbgrader={"grade_id": "kernelspec", "grade": true, "points": 1}
import only_there

assert os.environ["SET_BY"] == "its kernel"

# %% nbgrader={"grade_id": "many-threads", "grade": true, "points": 1}
done = threading.Event()
threads = [threading.Thread(target=done.wait) for _ in range(100)]
try:
    for thread in threads:
        thread.start()
finally:
    done.set()

# %% nbgrader={"grade_id": "much-written", "grade": true, "points": 1}
with open("much", "wb") as much:
    much.truncate(300 << 20)
"""
BESIDE = {
    "checks.py": 'WHERE = "released"\n\ndef check_all(points):\n    return points / 2\n',
    "iniconfig.py": 'WHERE = "released"\n',
    "numpy/data.csv": "1,2\n",
    "tools.py": "from lab_more import count\n",
}
ELSEWHERE = {
    "lab.py": "from lab_parts import count\n",
    "lab_parts/__init__.py": "from lab_more import count\n",
    "lab_more.py": "def count():\n    return 2\n",
}
ELSE = ("reads-hidden-tests", "many-threads", "much-written")
"""Cells that show something else than with a kernel, which keeps nothing from them."""
FINE = (
    *("picture", "numbers", "beside", "helpers", "runs-another", "reads-itself"),
    *("fails-in-a-widget", "who-and-where", "kernelspec"),
)
HANDED_IN = {"course.py": 'WHERE = "handed in"\n', "own_helper.py": 'WHERE = "here"\n'}
"""`checks`, `course` and `iniconfig` are installed here too."""


@dataclass(frozen=True)
class World(Classroom):
    """A course with modules in `lib`, and those on `path`."""

    path: str = os.environ.get("PYTHONPATH", "")

    def environment(self) -> dict[str, str]:
        path = os.pathsep.join(filter(None, [str(self.root / "lib"), self.path]))
        return {**super().environment(), "PYTHONPATH": path, "JUPYTER_PATH": str(self.root / "jupyter")}


@dataclass(frozen=True)
class Worlds:
    """What each labelled cell has shown after both ways to grade, what our row says, and the widgets of both."""

    ours: dict[str, Any]
    stock: dict[str, Any]
    told: list[str]
    widgets: list[list[str]]


def build(root: Path, notebooks: dict[str, str], files: dict[str, str]) -> World:
    """Make a course with one assignment, which one student hands in as it was released."""
    source = root / "source" / NAME
    source.mkdir(parents=True)
    write(root, {"nbgrader_config.py": CONFIG} | files)
    for name, text in notebooks.items():
        notebook = notebook_of(text)
        notebook.metadata["kernelspec"]["name"] = KERNEL
        nbformat.write(notebook, source / f"{name}.ipynb")
    course = World(root, f"sqlite:///{root}/gradebook.db", "worldly")
    generate_assignment(Layout(root), NAME, root, course.db_url)
    return course


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files by their paths in a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    """One submission graded by `course autograde` and by `nbgrader autograde`."""
    root = tmp_path_factory.mktemp("world")
    files = {f"source/{NAME}/{name}": text for name, text in BESIDE.items()}
    files |= {f"lib/{name}": text for name, text in ELSEWHERE.items()}
    variables = {"SET_BY": "its kernel", "PYTHONPATH": f"{root}/more{os.pathsep}${{PYTHONPATH}}"}
    spec = {"argv": ["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"], "env": variables}
    files["jupyter/kernels/worldly/kernel.json"] = json.dumps({**spec, "display_name": "World", "language": "python"})
    write(root, {"more/only_there.py": ""})
    course = build(root / "course", {"a_setup": SETUP, "world": OUTPUTS + MODULES + ITSELF + WIDGETS + SYSTEM}, files)
    shutil.copytree(course.root / "release" / NAME, course.root / "submitted" / "ada" / NAME)
    write(course.root / "submitted" / "ada" / NAME, HANDED_IN)
    ours, stock = course.copy(root / "ours"), replace(course.copy(root / "stock"), path="")
    [row] = ours.grade(NAME, "--anyway")["submissions"]  # the instructor's version fails at the limits, too
    stock.grade_with_nbgrader(NAME)
    told = [*row["reasons"], *row["notes"]]
    return Worlds(_by_label(ours), _by_label(stock), told, [_widgets(one) for one in (ours, stock)])


def _by_label(course: Classroom) -> dict[str, Any]:
    every = [cell for path in course.graded(NAME).values() for cell in cells(path)]
    return {cell["metadata"].get("nbgrader", {}).get("grade_id", place): cell for place, cell in enumerate(every)}


def _widgets(course: Classroom) -> list[str]:
    """Return what the output widgets of the graded notebooks show."""
    shown = []
    for path in course.graded(NAME).values():
        said = nbformat.read(path, as_version=4).metadata.get("widgets", {})
        for kind in said.values():
            shown += [one["state"]["outputs"] for one in kind["state"].values() if one["model_name"] == "OutputModel"]
    return sorted(re.sub(r"ipykernel_\d+/\d+", "<cell>", json.dumps(one)) for one in shown)


def test_every_cell_shows_what_it_shows_with_a_kernel(shown: Worlds) -> None:
    ours, stock = shown.ours, shown.stock
    assert [*ours] == [*stock]
    for label, cell in stock.items():
        if label not in ELSE:
            assert ours[label] == cell, label


@pytest.mark.parametrize("label", FINE)
def test_no_cell_fails_in_either_world(shown: Worlds, label: str) -> None:
    for world in (shown.ours, shown.stock):
        assert not [one for one in world[label]["outputs"] if one["output_type"] == "error"]


def test_what_lies_there_of_itself_tells_no_hidden_tests(shown: Worlds) -> None:
    told = ["".join(world["reads-hidden-tests"]["outputs"][0]["text"]) for world in (shown.ours, shown.stock)]
    assert told == ["False\n", "True\n"]


def test_output_widgets_keep_what_they_keep_with_a_kernel(shown: Worlds) -> None:
    ours, stock = shown.widgets
    assert len(stock) == 2
    assert ours == stock


@pytest.mark.parametrize("limit", ["c.Sandbox.processes", "c.Sandbox.disk"])
def test_a_row_names_the_limit_that_a_cell_failed_at(shown: Worlds, limit: str) -> None:
    assert any(limit in one for one in shown.told), shown.told
