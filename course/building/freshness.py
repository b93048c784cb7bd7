"""Is an exercise built from what its source, the checks and the tools are now? Answered without importing nbgrader."""

import hashlib
import json
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from ..layout import CONFIG, SCRATCH, Layout
from .gradebook import cells_known
from .personal import ClassList

TOOLS = (
    "autograd", "flax", "ipykernel", "ipython", "ipywidgets", "jax", "jupytext", "matplotlib", "nbclient", "nbconvert",
    "nbformat", "nbgrader", "numpy", "scikit-learn", "torch",
)  # fmt: skip


def built_files(course: Layout, name: str) -> dict[str, Path]:
    """Return every file that is there of the built exercise `name`, by its path from the root."""
    folders = [course.exercises / name, course.solutions / name, course.nbgrader_source / name]
    found = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return {course.shown(path): path for path in found if not any(part in SCRATCH for part in path.parts)}


def was_paired(course: Layout, name: str) -> bool:
    """Return whether an exercise was built with a script beside it, as it is if nothing else was asked for."""
    noted = _noted(course, name)
    return not isinstance(noted, dict) or noted.get("paired") is not False


def ingredients(course: Layout, name: str, students: ClassList | None = None) -> str:
    """Return a digest of all that a build depends on; `students` if it is the personal edition."""
    digest = hashlib.sha256(sys.version.encode())
    if students:
        digest.update(students.digest)
    for tool in TOOLS:
        digest.update(f"{tool} {_version(tool)}\n".encode())
    for path in (course.source(name), course.root / CONFIG, *_code(course)):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@cache
def _version(tool: str) -> str:
    try:
        return version(tool)
    except PackageNotFoundError:
        return "-"


def _code(course: Layout) -> Iterator[Path]:
    """Yield the files of the checks that notebooks of this course import, and of this package."""
    for folder in (course.checks, Path(__file__).parents[1]):
        yield from sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def stamp(course: Layout, name: str, made_of: str, paired: bool) -> None:
    """Note that the exercise has just been built and proven, from the ingredients `made_of`."""
    course.stamps.mkdir(parents=True, exist_ok=True)
    arriving = course.stamps / f"{name}.json.new"
    arriving.write_text(json.dumps(_state(course, name, made_of, paired), indent=1), encoding="utf-8")
    arriving.replace(course.stamps / f"{name}.json")


def is_fresh(course: Layout, name: str, students: ClassList | None, paired: bool) -> bool:
    """Return whether the exercise was built from just these ingredients, and everything built is as it was left."""
    noted = _noted(course, name)
    return bool(noted and noted == _state(course, name, ingredients(course, name, students), paired))


def _noted(course: Layout, name: str) -> Any:
    """Return what was noted when the exercise was built; None if nothing was."""
    try:
        return json.loads((course.stamps / f"{name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _state(course: Layout, name: str, made_of: str, paired: bool) -> dict[str, object]:
    files = {shown: hashlib.sha256(path.read_bytes()).hexdigest() for shown, path in built_files(course, name).items()}
    return {"made of": made_of, "paired": paired, "files": files, "gradebook": cells_known(course.gradebook_url, name)}
