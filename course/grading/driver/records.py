"""What is kept of a graded submission beside its notebooks, and how a folder takes the place of an earlier one."""

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

from ...kept_verdicts import SUFFIX

NOTEBOOK = ".ipynb"
RECORD = ".graded.json"
VERSION = 2

NOT_OURS = "`course autograde` has not graded it, but stock nbgrader or an earlier version"


class NotInPlace(OSError):
    """What is in the gradebook already could not take its place among the folders."""


@dataclass(frozen=True)
class Record:
    """That a submission is graded: which one, against which release, into which row of the gradebook, with what to say.

    `files` are the digests of its graded notebooks and verdicts by name, `judges` tells which checks have judged it.
    Nothing of that holds for the notebooks that were `left_out`. A folder without a record, or with one of something
    else, counts as not done.
    """

    submission: str
    assignment: str
    row: str
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    judges: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    version: int = VERSION

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """Return the record in a folder, or None where there is none that can be understood."""
        try:
            data = json.loads((folder / RECORD).read_bytes())
            record = cls(**{**data, "reasons": tuple(data["reasons"]), "notes": tuple(data["notes"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return record if record.version == VERSION and isinstance(record.files, dict) else None

    def write(self, folder: Path) -> None:
        """Write the record into a folder."""
        (folder / RECORD).write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")


def digests(folder: Path) -> dict[str, str]:
    """Return what tells a graded submission's notebooks and verdicts from others; what cannot be read has none."""
    found = {}
    with suppress(OSError):
        for name in sorted(os.listdir(folder)):
            path = folder / name
            if name.endswith((NOTEBOOK, SUFFIX)) and stat.S_ISREG(path.lstat().st_mode):
                found[name] = ""
                with suppress(OSError):
                    found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def of_notebooks(files: Mapping[str, str], names: Collection[str]) -> dict[str, str]:
    """Return those of some files that are graded notebooks of these names, and their verdicts."""
    wanted = {f"{name}{kind}" for name in names for kind in (NOTEBOOK, SUFFIX)}
    return {file: digest for file, digest in files.items() if file in wanted}


def strangeness(folder: Path, others: Collection[str] = ()) -> str:
    """Return why the notebooks in a graded folder are not what `course autograde` has graded, as a clause; else "".

    It tells nothing of the `others`.
    """
    there = {name: digest for name, digest in digests(folder).items() if name.endswith(NOTEBOOK)}
    record = Record.read(folder)
    if record is None:
        return NOT_OURS if there else ""
    kept = {name: digest for name, digest in record.files.items() if name.endswith(NOTEBOOK)}
    of = {**there, **kept}.keys() - {f"{name}{NOTEBOOK}" for name in others}
    changed = sorted(name for name in of if there.get(name) != kept.get(name))
    return f"{', '.join(changed)} changed after `course autograde` had graded it" if changed else ""


def staging(folder: Path) -> Path:
    """Return an empty folder beside `folder` in which its next contents can be made; a killed run's is cleared."""
    fresh = _beside(folder, "new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    return fresh


def settle(folder: Path) -> None:
    """Put right what a run that was killed has left beside `folder`."""
    old = _beside(folder, "old")
    if old.exists():
        if folder.exists():
            shutil.rmtree(old)
        else:
            old.rename(folder)
    shutil.rmtree(_beside(folder, "new"), ignore_errors=True)


def make_durable(folder: Path) -> None:
    """Have the disk keep everything in `folder`, which is not yet in its place."""
    for place, _, names in os.walk(folder):
        for path in (place, *(os.path.join(place, name) for name in names)):
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def put_in_place(fresh: Path, folder: Path) -> None:
    """Let `fresh` become `folder`, in whose place there is nothing for a moment only.

    Raises:
        NotInPlace: if it cannot.
    """
    old = _beside(folder, "old")
    try:
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
    except OSError as problem:
        raise NotInPlace(*problem.args) from problem
    shutil.rmtree(old, ignore_errors=True)


def _beside(folder: Path, what: str) -> Path:
    return folder.with_name(f".{folder.name}.{what}")
