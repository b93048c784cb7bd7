"""Write a report's files so that there is the old report or the new one, never half of one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ..problems import CannotRun


def write_all(folder: Path, files: Mapping[str, str]) -> None:
    """Write files by name into a folder, which is made if need be; each takes its place when all are written.

    Raises:
        CannotRun: if the folder cannot be made or written.
    """
    waiting: dict[Path, Path] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            written = folder / f".{name}.{os.getpid()}.new"
            waiting[written] = folder / name
            written.write_text(text, encoding="utf-8", newline="")
        for written, place in waiting.items():
            os.replace(written, place)
    except OSError as problem:
        raise CannotRun(
            f"the report cannot be written to {folder} ({problem.strerror or problem}): it must be a folder that you "
            "may write to; put that right, or choose another with --out"
        ) from problem
    finally:
        for written in waiting:
            with suppress(OSError):
                written.unlink(missing_ok=True)
