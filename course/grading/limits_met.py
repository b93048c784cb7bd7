"""Which limit of the sandbox has made a cell fail, as its process can tell; the grader takes it for a hint."""

import errno
import os
import resource
from collections.abc import Iterator
from contextlib import suppress

OF_NUMBERS = {
    errno.ENOSPC: "disk",
    errno.EDQUOT: "disk",
    errno.EFBIG: "disk",
    errno.EMFILE: "open_files",
    errno.ENOMEM: "memory",
}
"""The limits that give an `OSError` of such a number."""

DEEPEST = 20
"""So many errors that led to another are looked at."""

NEARLY = 4
"""Processes and threads that may have ended again since there was no room for another."""


def limit_met(error: BaseException | None) -> str | None:
    """Return the limit, by the name of its setting, that led to an error; None if none did."""
    for one in _causes(error):
        if isinstance(one, MemoryError):
            return "memory"
        if isinstance(one, OSError) and one.errno in OF_NUMBERS:
            return OF_NUMBERS[one.errno]
        if isinstance(one, RuntimeError | BlockingIOError) and _crowded():  # no thread, no process could be started
            return "processes"
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(DEEPEST):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def _crowded() -> bool:
    """Return whether there are about as many processes and threads as there may be."""
    most, _ = resource.getrlimit(resource.RLIMIT_NPROC)
    threads = 0
    for process in filter(str.isdigit, os.listdir("/proc")):
        with suppress(OSError):
            threads += len(os.listdir(f"/proc/{process}/task"))
    return threads >= most - NEARLY
