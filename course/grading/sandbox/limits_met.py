"""Which limit of the sandbox has made a cell fail, as its process can tell; the grader takes it for a hint."""

import errno
import os
import resource
import traceback
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

OF_NUMBERS = {
    errno.ENOSPC: "disk",
    errno.EDQUOT: "disk",
    errno.EFBIG: "disk",
    errno.EMFILE: "open_files",
    errno.ENOMEM: "memory",
}
"""The limits that give an `OSError` of such a number."""

NUMBER = vars(OSError)["errno"].__get__
CAUSE, CONTEXT = (vars(BaseException)[name].__get__ for name in ("__cause__", "__context__"))
"""What Python keeps in an error, whatever its class says of these attributes."""

TRACEBACK = vars(BaseException)["__traceback__"].__get__

STARTING = ("threading", "subprocess", "multiprocessing.popen_fork", "multiprocessing.util")
"""Modules that start threads and processes."""

DEEPEST = 20
"""So many errors that led to another are looked at."""

NEARLY = 4
"""Processes and threads that may have ended again since there was no room for another."""


def limit_met(error: BaseException | None) -> str | None:
    """Return the limit, by the name of its setting, that led to an error; None if none did.

    Nothing of a student's runs here: what their class has made of `__class__`, `errno` or `__cause__` is not asked.
    """
    for one in _causes(error):
        if issubclass(type(one), MemoryError):
            return "memory"
        if issubclass(type(one), OSError):
            number = NUMBER(one)
            if type(number) is int and number in OF_NUMBERS:
                return OF_NUMBERS[number]
        if issubclass(type(one), RuntimeError | BlockingIOError) and (_starting(one) or _crowded()):
            return "processes"  # there was no room for another
    return None


def _causes(error: Any) -> Iterator[Any]:
    for _ in range(DEEPEST):
        if not issubclass(type(error), BaseException):
            return
        yield error
        cause = CAUSE(error)
        error = CONTEXT(error) if cause is None else cause


def _starting(error: BaseException) -> bool:
    """Return whether an error was raised where Python starts threads and processes, all of which may have ended."""
    *_, last = [None, *traceback.walk_tb(TRACEBACK(error))]
    return last is not None and last[0].f_globals.get("__name__") in STARTING


def _crowded() -> bool:
    """Return whether there are about as many processes and threads as there may be."""
    most, _ = resource.getrlimit(resource.RLIMIT_NPROC)
    threads = 0
    for process in filter(str.isdigit, os.listdir("/proc")):
        with suppress(OSError):
            threads += len(os.listdir(f"/proc/{process}/task"))
    return threads >= most - NEARLY
