"""Where the parts of a course lie: its sources, what is built from them, and nbgrader's scratch state."""

import glob
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from . import __version__
from .problems import CannotRun, did_you_mean

CONFIG = "nbgrader_config.py"
TEMPLATE = Path(__file__).parent / "template"
"""Where a wheel has what a course begins with, solutions and all: `setup.py` puts it there. A checkout is all that."""

MADE_BY = ".made-by-course-start"
"""The file in a course that tells which version of this package has made it."""

SCRATCH = (".ipynb_checkpoints", "__pycache__")  # what Jupyter and Python leave beside a notebook that was opened


@dataclass(frozen=True)
class Layout:
    """The directories of the course at `root`."""

    root: Path

    @property
    def sources(self) -> Path:
        """The notebooks that are written by hand, as py:percent."""
        return self.root / "source_notebooks"

    @property
    def stamps(self) -> Path:
        """What was built from what, so that an unchanged exercise can be skipped."""
        return self.root / ".nbgrader" / "built"

    @cached_property
    def config(self) -> Any:
        """The course's `nbgrader_config.py` as a traitlets `Config`."""
        from traitlets.config.loader import PyFileConfigLoader

        return PyFileConfigLoader(CONFIG, path=str(self.root)).load_config()

    @property
    def checks(self) -> Path:
        """The checks that notebooks of this course import: its own, or else those that are installed."""
        own = self.root / "checks"
        spec = None if own.is_dir() else find_spec("checks")
        return Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else own

    def _configured(self, step: str, default: str) -> Path:
        return self.root / str(self.config.CourseDirectory.get(f"{step}_directory", default))

    @property
    def exercises(self) -> Path:
        """The built student notebooks (nbgrader's release directory)."""
        return self._configured("release", "exercises")

    @property
    def solutions(self) -> Path:
        """The built, executed reference solutions."""
        return self._configured("solution", "solutions")

    @property
    def nbgrader_source(self) -> Path:
        """The instructor's notebooks as .ipynb, which nbgrader reads."""
        return self._configured("source", ".nbgrader/source")

    @property
    def submitted(self) -> Path:
        """What students handed in."""
        return self._configured("submitted", "submitted")

    @property
    def autograded(self) -> Path:
        """The submissions after grading."""
        return self._configured("autograded", "autograded")

    @property
    def feedback(self) -> Path:
        """The pages that students get back."""
        return self._configured("feedback", "feedback")

    @property
    def gradebook_url(self) -> str:
        """The database that nbgrader keeps its grades in."""
        return str(self.config.CourseDirectory.get("db_url", "") or f"sqlite:///{self.root / 'gradebook.db'}")

    def source(self, name: str) -> Path:
        """The source of the exercise `name`."""
        return self.sources / f"{name}.py"

    def shown(self, path: Path) -> str:
        """`path` as a user of this course would type it."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.name

    def names(self) -> list[str]:
        """Every exercise that has a source, in order."""
        return sorted(path.stem for path in self.sources.glob("*.py"))

    def chosen(self, names: Iterable[str]) -> list[str]:
        """Return the exercises asked for, or all of them; raise `CannotRun` for a name without a source."""
        known = self.names()
        wanted = list(dict.fromkeys(Path(name).name.removesuffix(".py") for name in names))
        for name in wanted:
            if name not in known:
                raise CannotRun(f"there is no source_notebooks/{name}.py{did_you_mean(name, known)}")
        if not known:
            raise CannotRun(f"there are no exercises: {self.shown(self.sources)}/ has no .py file")
        return wanted or known

    def without_source(self) -> list[str]:
        """Return the built folders whose exercise has no source any more, as paths from the root."""
        known = set(self.names())
        built = [path for folder in (self.exercises, self.solutions) if folder.is_dir() for path in folder.iterdir()]
        return sorted(self.shown(p) for p in built if p.name not in known and not p.name.startswith("."))


def find_course(start: Path | None = None) -> Layout:
    """Return the course that `start` (the current directory if None) lies in: the nearest folder with an
    `nbgrader_config.py` and `source_notebooks/`. Raise `CannotRun` where there is none."""
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file() and (folder / "source_notebooks").is_dir():
            return Layout(folder)
    raise CannotRun(
        f"this is not a course: expected a folder with {CONFIG} and source_notebooks/, here or above; "
        "change to the course's folder first"
    )


def files_in(folder: Path, ignored: Sequence[str]) -> list[Path]:
    """Return the files in a folder and below it, without those that patterns of nbgrader's leave out.

    nbgrader's own function takes the folder for a pattern too: in one that is named [x], nothing would be left out.
    """
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        left_out = {name for pattern in ignored for name in glob.glob(pattern, root_dir=place)}
        folders[:] = [name for name in folders if name not in left_out]
        found += [Path(place, name) for name in names if name not in left_out]
    return sorted(found)


@contextmanager
def importable(root: Path) -> Iterator[None]:
    """Let modules be imported that lie in a course's folder, as nbgrader does with plugins and preprocessors."""
    sys.path.append(str(root))  # the last of all, so that nothing installed is hidden
    try:
        yield
    finally:
        del sys.path[len(sys.path) - 1 - sys.path[::-1].index(str(root))]


def made_by(folder: Path) -> str:
    """Return the version of this package that made the course in a folder; "" if `course start` has made none there."""
    try:
        return (folder / MADE_BY).read_text(encoding="utf-8").strip()[:20]
    except (OSError, ValueError):
        return ""


def of_another_version(start: Path | None = None) -> str:
    """Return a sentence if the course that `start` (None: where you are) lies in is of another version; else ""."""
    place = (start or Path.cwd()).resolve()
    made = next(filter(None, map(made_by, (place, *place.parents))), __version__)
    if made.split(".")[:2] == __version__.split(".")[:2]:
        return ""
    return (
        f"course: version {made} has made this course, and {__version__} is installed, whose checks may not fit these "
        f"source_notebooks/; install version {made}, or make a new course with `course start`"
    )


def file_of(url: str) -> Path | None:
    """Return the file of an SQLite database, or None if `url` is that of a database server."""
    prefix = "sqlite:///"
    return Path(url.removeprefix(prefix)) if url.startswith(prefix) else None
