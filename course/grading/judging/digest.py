"""What judges an assignment's checks: by this it is known which grades a corrected check concerns."""

import hashlib
import re
from collections.abc import Collection
from pathlib import Path

from ..sandbox.observing_side import home
from .graded_checks import PACKAGE

NOT_JUDGING = {"widgets", "__pycache__"}
"""Folders of the package that no verdict comes from."""

NAMED = re.compile(rf"\b{PACKAGE}\.(\w+)")
HAS_CHECKS = re.compile(r"^CHECKS\b", re.MULTILINE)
ENGINE = ""


def digest_of_judges(names: Collection[str]) -> str:
    """Return a digest of the files that judge checks of these full names, such as "checks.by_hand.check_E".

    These are the engine, their exercises, and the exercises that those name. It is empty where there are no checks.
    """
    package = home()
    if not names or package is None:
        return ""
    parts = _parts(package)
    exercises = parts.keys() - {ENGINE}
    waiting = {exercise for name in names for exercise in _meant(name, parts[ENGINE]["__init__.py"], exercises)}
    judging = {ENGINE}
    while waiting:
        exercise = waiting.pop()
        judging.add(exercise)
        waiting |= _named(b"\n".join(parts[exercise].values())) & exercises - judging
    digest = hashlib.sha256()
    for name, content in sorted(file for part in judging for file in parts[part].items()):
        digest.update(name.encode() + hashlib.sha256(content).digest())
    return digest.hexdigest()


def _parts(package: Path) -> dict[str, dict[str, bytes]]:
    """Return the files of each exercise, which is a module or a package with checks, and those of the engine."""
    files: dict[str, dict[str, bytes]] = {}
    for path in package.rglob("*.py"):
        place = path.relative_to(package)
        if not NOT_JUDGING & set(place.parts):
            files.setdefault(place.parts[0].removesuffix(".py"), {})[place.as_posix()] = path.read_bytes()
    parts: dict[str, dict[str, bytes]] = {ENGINE: {}}
    for name, contents in files.items():
        first = contents.get(f"{name}/__init__.py", contents.get(f"{name}.py", b""))
        parts.setdefault(name if HAS_CHECKS.search(first.decode(errors="replace")) else ENGINE, {}).update(contents)
    return parts


def _meant(name: str, flagship: bytes, exercises: Collection[str]) -> Collection[str]:
    """Return the exercises that a name is of; all of them where that cannot be told."""
    _, _, rest = name.partition(".")
    exercise = rest.partition(".")[0]
    if not exercise:
        return exercises
    return [exercise] if exercise in exercises else _named(flagship) & set(exercises)


def _named(source: bytes) -> set[str]:
    return set(NAMED.findall(source.decode(errors="replace")))
