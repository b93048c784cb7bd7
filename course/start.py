"""`course start`: a course from what is installed, nothing else."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from . import __version__
from .layout import CONFIG, MADE_BY, TEMPLATE, made_by
from .problems import CannotRun

README = """\
# A course in back-propagation

Made by `course start`, version {version}. The notebooks are plain Python in `source_notebooks/`: change what you like.

    course release                # build exercises/ for your students and solutions/ for you
    course audit                  # are the checks still right?
    course autograde NAME         # grade what lies in submitted/STUDENT/NAME/, then: course feedback NAME
    course report NAME            # what the class got wrong

Students need Python 3.11 and the wheel that you installed. `nbgrader_config.py` says where everything lies.
"""


def start(folder: Path) -> Path:
    """Make a course in `folder`, which is new or empty, and return its path.

    Raises:
        CannotRun: if there is something in it already, or it cannot be written; nothing is changed then.
    """
    place = folder.absolute()
    if not place.parent.is_dir():
        raise CannotRun(f"there is no folder {folder.parent} to make the course in; make that one first")
    try:
        is_new = not place.exists()
        if not is_new:
            _expect_empty(place, folder)
        place.mkdir(exist_ok=True)
        try:
            _fill(place)
        except OSError:
            if is_new:
                shutil.rmtree(place, ignore_errors=True)
            raise
    except OSError as problem:
        why = problem.strerror or problem
        raise CannotRun(f"a course cannot be made in {folder} ({why}); name a folder where you may write") from None
    return place


def _expect_empty(place: Path, shown: Path) -> None:
    if not place.is_dir():
        raise CannotRun(f"{shown} is a file; name a new folder, or an empty one")
    if version := made_by(place):
        raise CannotRun(
            f"{shown} is a course already, made by version {version}, and stays as it is; for that of version "
            f"{__version__} name a new folder, then copy into it what you changed in source_notebooks/"
        )
    for found in place.iterdir():
        raise CannotRun(f"{shown} is not empty, {found.name} is in it; name a new folder, or an empty one")


def _fill(place: Path) -> None:
    """Put the course into its folder, in which nothing is seen of it before all has been written."""
    with TemporaryDirectory(prefix=".arriving-", dir=place) as folder:
        arriving = Path(folder)
        (arriving / "README.md").write_text(README.format(version=__version__), encoding="utf-8")
        (arriving / MADE_BY).write_text(f"{__version__}\n", encoding="utf-8")
        for path, name in _parts():
            (arriving / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, arriving / name)
        for path in arriving.iterdir():
            path.rename(place / path.name)


def _parts() -> Iterator[tuple[Path, Path]]:
    """Yield the files that a course begins with, and their paths in it."""
    root = TEMPLATE if TEMPLATE.is_dir() else TEMPLATE.parents[1]
    for path in (root / CONFIG, *sorted((root / "source_notebooks").rglob("*.py"))):
        yield path, path.relative_to(root)
