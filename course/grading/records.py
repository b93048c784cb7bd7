"""What is kept of a graded submission beside its notebooks, and how a folder takes the place of an earlier one."""

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

RECORD = ".graded.json"
VERSION = 1


class NotInPlace(OSError):
    """What is in the gradebook already could not take its place among the folders."""


@dataclass(frozen=True)
class Record:
    """That a submission is graded: which one, against which release, into which row of the gradebook, with what to say.

    `judges` tells which checks have judged it.

    A folder without a record, or with one of something else, counts as not done.
    """

    submission: str
    assignment: str
    row: str
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    judges: str = ""
    version: int = VERSION

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """Return the record in a folder, or None where there is none that can be understood."""
        try:
            data = json.loads((folder / RECORD).read_bytes())
            record = cls(**{**data, "reasons": tuple(data["reasons"]), "notes": tuple(data["notes"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return record if record.version == VERSION else None

    def write(self, folder: Path) -> None:
        """Write the record into a folder."""
        (folder / RECORD).write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")


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
