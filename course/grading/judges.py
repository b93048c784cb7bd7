"""What judges an assignment's checks: by this it is known which grades a corrected check concerns."""

import hashlib
import re
from collections.abc import Collection
from pathlib import Path

from .graded_checks import PACKAGE
from .observing_side import home

NOT_JUDGING = ("examples", "widgets", "__pycache__")
"""Folders of the package that no verdict comes from."""

NAMED = re.compile(rf"\b{PACKAGE}\.(\w+)")


def digest_of_judges(names: Collection[str]) -> str:
    """Return a digest of the files that judge checks of these full names, such as "checks.by_hand.check_E".

    These are the engine, their exercises, and the exercises that those name. It is empty where there are no checks.
    """
    package = home()
    if not names or package is None:
        return ""
    exercises = {path.parent.name for path in package.glob("*/tasks.py")}
    files = _files(package, exercises)
    flagship = set(NAMED.findall((package / "__init__.py").read_text(encoding="utf-8"))) & exercises
    waiting: set[str] = set()
    for name in names:
        exercise = name.split(".")[1] if "." in name else ""
        waiting |= {exercise} if exercise in exercises else flagship
    judging = {""}
    while waiting:
        exercise = waiting.pop()
        judging.add(exercise)
        named = {found for path in files[exercise] for found in NAMED.findall(path.read_text(encoding="utf-8"))}
        waiting |= named & exercises - judging
    digest = hashlib.sha256()
    for path in sorted(path for exercise in judging for path in files[exercise]):
        digest.update(f"{path.relative_to(package)}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(package: Path, exercises: Collection[str]) -> dict[str, list[Path]]:
    """Return the modules of each exercise by its name, and those of the engine by an empty one."""
    found: dict[str, list[Path]] = {name: [] for name in ("", *exercises)}
    for path in package.rglob("*.py"):
        parts = path.relative_to(package).parts
        if not set(parts) & set(NOT_JUDGING):
            found[parts[0] if parts[0] in exercises else ""].append(path)
    return found
