"""What notebooks find where they run: by this it is known whether the instructor's version has to be tried again."""

import hashlib
import os
import platform
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from ... import __version__
from ..imports import files_of
from .starting import Environment, lying_elsewhere, path_in


def surroundings(modules: Iterable[str], environment: Environment) -> str:
    """Return a digest of this process's interpreter, its system, all that is installed for it, what a kernel sets, and
    those of these modules, with what they import, that are not installed but lie elsewhere."""
    installed = set()
    for place in sys.path:
        with suppress(OSError):
            installed |= {name for name in os.listdir(place or ".") if name.endswith((".dist-info", ".egg-info"))}
    told = sorted(environment), helpers(modules, environment)
    said = (sys.version, platform.platform(), __version__, sorted(installed), *told)
    return hashlib.sha256(repr(said).encode()).hexdigest()


def helpers(modules: Iterable[str], environment: Environment) -> list[tuple[str, str, list[str]]]:
    """Return those of these modules, with what they import, that are not installed but lie elsewhere: name, place, and
    digests of the files."""
    elsewhere = lying_elsewhere(modules, path_in(environment))
    return sorted((name, str(place), [*_contents(place)]) for name, places in elsewhere.items() for place in places)


def _contents(place: Path) -> Iterator[str]:
    for file in sorted(files_of(place)):
        with suppress(OSError):
            yield hashlib.sha256(file.read_bytes()).hexdigest()
