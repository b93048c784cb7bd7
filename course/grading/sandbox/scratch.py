"""The folder for what a run needs on the disk while it lasts."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "course-autograde-"


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Make a folder for this run among the temporary files, and sweep away those of runs that were killed."""
    _sweep()
    with tempfile.TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # the plain user that root becomes must get through
        yield Path(folder)


def _sweep() -> None:
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        process = left.name.removeprefix(PREFIX).partition("-")[0]
        with suppress(OSError):  # anybody may put anything there, and take it away meanwhile
            if process.isdecimal() and not Path("/proc", process).exists() and left.lstat().st_uid == os.geteuid():
                shutil.rmtree(left, ignore_errors=True)
