"""The wheel, and virtual environments that hold it and what its metadata asks for, so that nothing else is there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT, Once

NOT_SOURCES = shutil.ignore_patterns(".*", "*.egg-info", "__pycache__", "build", "demo", "exercises", "solutions")
OURS = "backprop-exercises"
PROGRAM = """\
#!{python}
import sys
from importlib.metadata import EntryPoint
sys.exit(EntryPoint({program.name!r}, {program.value!r}, "console_scripts").load()())
"""


@dataclass(frozen=True)
class Environment:
    """A virtual environment, and the names of the distributions that it holds besides ours."""

    root: Path
    packages: frozenset[str]

    @property
    def bin(self) -> Path:
        return self.root / "bin"

    def run(
        self, *command: str | Path, given: str | None = None, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run one of its programs, such as "python", in a folder of nobody's."""
        program, *arguments = map(str, command)
        return subprocess.run(
            [self.bin / program, *arguments],
            input=given,
            env={"PATH": f"{self.bin}:{os.defpath}", "HOME": str(self.root)},
            cwd=cwd or self.root,
            capture_output=True,
            text=True,
            check=False,
            timeout=540,
        )


@pytest.fixture(scope="session")
def wheel(once: Once) -> Path:
    """The wheel, made from the archive of the sources, as an installer makes it."""
    made: Path = once("wheel", _wheel)
    return made


def _wheel(folder: Path) -> Path:
    shutil.copytree(ROOT, folder / "checkout", ignore=NOT_SOURCES)
    _build("sdist", folder / "checkout", folder)
    [archive] = folder.glob("*.tar.gz")
    shutil.unpack_archive(archive, folder / "unpacked", filter="data")
    [sources] = (folder / "unpacked").iterdir()
    _build("wheel", sources, folder)
    [made] = folder.glob("*.whl")
    return made


def _build(what: str, sources: Path, folder: Path) -> None:
    code = f"from setuptools import build_meta; build_meta.build_{what}({str(folder)!r})"
    done = subprocess.run([sys.executable, "-c", code], cwd=sources, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def installed(wheel: Path, once: Once) -> Callable[..., Environment]:
    """Return the environment of somebody who typed `pip install "WHEEL[extra, ...]"`; each is made once."""

    def with_extras(*extras: str) -> Environment:
        name = "-".join(("installed", *extras))
        made: Environment = once(name, lambda folder: _environment(wheel, extras, folder))
        return made

    return with_extras


def _environment(wheel: Path, extras: tuple[str, ...], root: Path) -> Environment:
    for command in (
        [sys.executable, "-m", "venv", "--without-pip", root],
        [sys.executable, "-m", "pip", "--python", root / "bin" / "python", "install", "--no-deps", "--no-index", wheel],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(root)}))
    [ours] = [found for found in distributions(path=[str(packages)]) if found.name == OURS]
    asked_for = {found.name: found for found in _asked_for(ours, extras)}
    for found in asked_for.values():
        _put(found, packages, root / "bin")
    return Environment(root, frozenset(map(canonicalize_name, asked_for)))


def _asked_for(ours: Distribution, extras: Iterable[str]) -> Iterator[Distribution]:
    """Yield what an installer adds, as it is installed here."""
    waiting = [(ours, frozenset(extras) | {""})]
    seen = set()
    while waiting:
        asking, chosen = waiting.pop()
        for requirement in map(Requirement, asking.requires or ()):
            if requirement.marker and not any(requirement.marker.evaluate({"extra": extra}) for extra in chosen):
                continue
            wanted = (canonicalize_name(requirement.name), frozenset(requirement.extras))
            if wanted in seen:
                continue
            seen.add(wanted)
            found = ours if wanted[0] == OURS else distribution(requirement.name)
            if found is not ours:
                yield found
            waiting.append((found, wanted[1] | {""}))


def _put(found: Distribution, packages: Path, programs: Path) -> None:
    """Install a distribution that is installed here: its files in other names of their own, and its programs anew."""
    for path in found.files or ():
        source, place = Path(str(found.locate_file(path))), Path(os.path.normpath(packages / path))
        if place.parent != programs and source.is_file():
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(source, place)
            except OSError:  # on another disk
                shutil.copy2(source, place)
    for program in found.entry_points.select(group="console_scripts"):
        text = PROGRAM.format(python=programs / "python", program=program)
        (programs / program.name).write_text(text, encoding="utf-8")
        (programs / program.name).chmod(0o755)
