"""From inside the sandbox: no file, no module and no byte of memory holds what a verdict is made from."""

import ast
import io
import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from rich.console import Console

from course.building.build import write_notebook
from course.building.nbgrader_steps import generate_assignment
from course.grading.driver.autograding import autograde
from course.grading.sandbox.observing_side import home, shown
from course.layout import Layout
from course.terminal import Screen
from tests.benchmarks.bench_autograde import FLAGSHIP, flagship_class

SEARCH = """
import gc, json, os, sys
import checks, checks.neural_network

HEAD = 8

def told(data, word):
    # found by its tail, then compared number by number, so that this search never holds what it looks for
    tail, at = bytes(word[HEAD:]), -1
    while (at := data.find(tail, at + 1)) >= 0:
        if at >= HEAD and all(data[at - HEAD + i] == word[i] for i in range(HEAD)):
            return True
    return False

def files():
    for top in ("/", *filter(None, sys.path)):
        for folder, below, names in os.walk(top):
            below[:] = [] if folder in PASSED_OVER or folder.endswith(PASSED_OVER) else below
            yield from (os.path.join(folder, name) for name in names if name.endswith((".py", ".pyc")))

def memory():
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as mem:
        for line in maps:
            begin, end = (int(one, 16) for one in line.split()[0].split("-"))
            if line.split()[1].startswith("rw"):
                try:
                    mem.seek(begin)
                    yield mem.read(end - begin)
                except (OSError, ValueError):
                    pass

def content(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""

found = {"files": [], "memory": []}
for path in sorted(set(files())):
    data = content(path)
    if any(told(data, word) for word in WORDS):
        found["files"].append(path)
for data in memory():
    found["memory"] += [number for number, word in enumerate(WORDS) if told(data, word)]
found["modules"] = sorted(name for name in sys.modules if name.partition(".")[0] == "checks")
found["objects"] = sorted({type(one).__module__ for one in gc.get_objects() if "checks" in str(type(one).__module__)})
reached = []
for name in HIDDEN:
    try:
        __import__(name)
        reached.append(name)
    except ImportError:
        pass
found["reached"] = reached
lent = sys.modules.get("checks.neural_network.lent")
found["lent"] = sorted(name for name in dir(lent) if not name.startswith("__")) if lent else []
print("FOUND" + json.dumps(found))
"""

LARGE = tuple(f"site-packages/{name}" for name in ("torch", "jax", "jaxlib", "scipy", "sympy", "pandas", "sklearn"))
"""Libraries that take long to read."""


def _module(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


@pytest.fixture(scope="module")
def hidden() -> list[str]:
    package = home()
    assert package is not None
    everything = {_module(path.relative_to(package.parent)) for path in package.rglob("*.py")}
    return sorted(everything - {_module(path) for path in shown(package)})


def _words() -> list[list[int]]:
    """Return the first lines of what some modules of the judging side say about themselves, as numbers."""
    modules = ("neural_network/reference", "neural_network/tasks", "neural_network/misconceptions/backward",
               "judging/judge", "neural_network/cases", "neural_network/lent")  # fmt: skip
    texts = [ast.get_docstring(ast.parse(Path("checks", f"{name}.py").read_text())) or "" for name in modules]
    return [list(text.splitlines()[0].encode()[:40]) for text in texts]


def _found(
    course: Layout, hidden: list[str], grade_id: str, *, thoroughly: bool = False
) -> tuple[dict[str, Any], list[str]]:
    """Return what a submission finds that searches in a solution cell, and what the run's summary says.

    It searches `thoroughly` if in all libraries too.
    """
    exercise = nbformat.read(course.exercises / FLAGSHIP / f"{FLAGSHIP}.ipynb", as_version=4)
    [cell] = [one for one in exercise.cells if one.metadata.get("nbgrader", {}).get("grade_id") == grade_id]
    passed_over = ("/proc", "/sys", "/dev", *(LARGE if thoroughly else ("site-packages", "/usr")))
    cell.source += f"\nWORDS = {_words()}\nHIDDEN = {hidden}\nPASSED_OVER = {passed_over}\n{SEARCH}"
    write_notebook(exercise, course.submitted / "searcher" / FLAGSHIP / f"{FLAGSHIP}.ipynb")
    summary = io.StringIO()
    Screen(Console(file=summary, width=200)).autograded(autograde(FLAGSHIP, course_dir=course.root))
    notebook = nbformat.read(course.root / "autograded/searcher" / FLAGSHIP / f"{FLAGSHIP}.ipynb", as_version=4)
    [said] = [
        output.text
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if output.output_type == "stream" and "FOUND" in output.text
    ]
    return json.loads(said.partition("FOUND")[2]), summary.getvalue().splitlines()


def test_nothing_that_judges_is_in_the_sandbox(tmp_path: Path, hidden: list[str]) -> None:
    assert "checks.neural_network.reference" in hidden
    found, summary = _found(Layout(flagship_class(tmp_path / "course", 0)), hidden, "forward", thoroughly=True)
    assert not [line for line in summary if "sealed" in line or "references" in line]
    assert found["files"] == found["memory"] == found["reached"] == []
    assert not set(found["modules"]) & set(hidden)
    assert "checks.neural_network.observe" in found["modules"]
    assert not set(found["objects"]) & set(hidden)


def test_what_is_lent_to_a_check_comes_only_with_it(tmp_path: Path, hidden: list[str]) -> None:
    """After the check of `forward` and before that of `backward`, `forward` may be there, and nothing else."""
    found, _ = _found(Layout(flagship_class(tmp_path / "course", 0)), hidden, "backward")
    assert set(found["modules"]) & set(hidden) == set(found["reached"]) == {"checks.neural_network.lent"}
    assert {"_through", "given_layers_standing_in"} <= set(found["lent"])
    assert not {"Landscape", "StandIn", "ANSWERS"} & set(found["lent"])
    assert found["files"] == found["memory"] == []


def test_a_course_that_checks_in_its_own_way_is_not_sealed_and_says_so(tmp_path: Path, hidden: list[str]) -> None:
    """It is also the control: what is searched for can be found."""
    course = Layout(flagship_class(tmp_path / "course", 0))
    source = course.nbgrader_source / FLAGSHIP / f"{FLAGSHIP}.ipynb"
    notebook = nbformat.read(source, as_version=4)
    [cell] = [one for one in notebook.cells if one.metadata.get("nbgrader", {}).get("grade_id") == "check_get_loss"]
    cell.source = f"score = {cell.source.strip()}\nscore"
    write_notebook(notebook, source)
    generate_assignment(course, FLAGSHIP, course.root, course.gradebook_url)
    found, summary = _found(course, hidden, "forward")
    named = [line.partition(": ") for line in summary if line.endswith(f": {FLAGSHIP}/check_get_loss.")]
    assert [said.split(",")[0] for said, _, _ in named] == [
        "Not sealed",
        "Readable for students' code were the references",
    ]
    assert len(found["files"]) >= len(_words())
    assert set(found["reached"]) == set(hidden)
