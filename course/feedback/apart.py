"""Calls in a process of their own, which ends where one takes too much: for what nobody can bound beforehand.

Such is what mistune, Pygments, html5lib and nbconvert's templates make of a text that somebody wrote to be slow.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Self

from ..bounds import LARGEST_PAGE, PAGE_MEMORY, PAGE_SECONDS


class TookTooMuch(Exception):
    """The process of a call ended before it could answer; the message is a clause that says why."""


_parents_ends: set[Connection] = set()


class Apart:
    """A function that runs in a forked process, which stays for the next calls; a context manager, which ends it.

    `prepare` makes the function there. A call may take `PAGE_SECONDS` of processor time.
    """

    def __init__(self, prepare: Callable[[], Callable[..., Any]]) -> None:
        self._prepare = prepare
        self._process: Any = None
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def __call__(self, *arguments: Any) -> Any:
        """Return what the function returns, or raise what it raises.

        Raises:
            TookTooMuch: if its process ends meanwhile; the next call has another.
        """
        self._send(arguments)
        result, problem = self._answer()
        if problem is not None:
            raise problem
        return result

    def _send(self, arguments: tuple[Any, ...]) -> None:
        if self._connection is None:
            self._connection, theirs = multiprocessing.Pipe()
            _parents_ends.add(self._connection)
            fork = multiprocessing.get_context("fork")
            self._process = fork.Process(target=_serve, args=(theirs, self._prepare), daemon=True)
            self._process.start()
            theirs.close()
        with suppress(OSError):  # it has ended, as its answer will say
            self._connection.send(arguments)

    def _answer(self) -> tuple[Any, Exception | None]:
        assert self._connection is not None
        try:
            answer: tuple[Any, Exception | None] = self._connection.recv()
        except (EOFError, OSError):
            return None, TookTooMuch(_why(self._end()))
        return answer

    def _end(self) -> int | None:
        """Let the process go; return how it ended."""
        if self._connection is None:
            return None
        _parents_ends.discard(self._connection)
        self._connection.close()
        self._connection = None
        self._process.join()
        status: int | None = self._process.exitcode
        return status


def side_by_side(
    prepare: Callable[[], Callable[..., Any]], calls: Iterable[tuple[str, tuple[Any, ...]]], processes: int
) -> Iterator[tuple[str, Any, Exception | None]]:
    """Make calls, each with a name, in several processes; yield name, result and problem as they are done.

    The next call is asked for when a process has nothing to do.
    """
    with ExitStack() as stack:
        idle = [stack.enter_context(Apart(prepare)) for _ in range(processes)]
        busy: dict[Any, tuple[str, Apart]] = {}

        def done(seconds: float | None) -> Iterator[tuple[str, Any, Exception | None]]:
            for ready in wait(list(busy), seconds):
                name, apart = busy.pop(ready)
                yield name, *apart._answer()
                idle.append(apart)

        for name, arguments in calls:
            yield from done(None if not idle else 0)
            apart = idle.pop()
            apart._send(arguments)
            busy[apart._connection] = name, apart
        while busy:
            yield from done(None)


def _why(status: int | None) -> str:
    if status == -signal.SIGXCPU:
        return f"that takes more than {PAGE_SECONDS} seconds of processor time"
    return f"the process that does it ended (exit status {status})"


def _serve(connection: Connection, prepare: Callable[[], Callable[..., Any]]) -> None:
    for inherited in _parents_ends:  # as long as anybody has one open, its process does not see that the parent let go
        inherited.close()
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_PAGE, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    pages = int(Path("/proc/self/statm").read_text().split()[0]) if os.path.exists("/proc/self/statm") else 0
    memory = pages * resource.getpagesize() + PAGE_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
    function = prepare()
    while True:
        try:
            arguments = connection.recv()
        except EOFError:
            os._exit(0)  # what was inherited, such as an open database, is the parent's to close
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime) + 1 + PAGE_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))
        answer: tuple[Any, Exception | None]
        try:
            answer = function(*arguments), None
        except Exception as problem:
            answer = None, problem
        connection.send(answer)
