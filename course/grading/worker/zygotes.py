"""The worker's side of its zygote: have it fork, start another when it is lost."""

import json
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..sandbox.cgroups import Cgroups
from ..sandbox.layers import MEMORY_CGROUP
from ..sandbox.starting import Warmth, started

START_SECONDS = 120
"""How long a zygote may take to start, or to import what it is asked to."""


class Interruption(Exception):
    """The zygote was lost, which no submission can be blamed for: it must be graded again."""


class NothingStarts(Interruption):
    """The zygote is there, but nothing that it was asked to start has said a word."""


class Zygote:
    """A running zygote for an assignment. Its methods may be called from several threads.

    `door` is where one may be that was started ahead of time.
    """

    def __init__(self, warmth: Warmth, scratch: Path, door: str | None = None) -> None:
        self._process = started(warmth, scratch, door)
        self._environment = dict(warmth.environment)
        self._sealed, self._first = warmth.sealed, warmth.first
        self._cgroups = Cgroups(warmth.limits.held) if MEMORY_CGROUP in warmth.borders.drawn else None
        self._process.control.settimeout(START_SECONDS)
        self._limits = asdict(warmth.limits)
        self._asking = threading.Lock()
        for _ in ("ready", "imported"):
            self._answer()

    @property
    def alive(self) -> bool:
        """Whether it can still fork."""
        return self._process.alive

    @property
    def importing(self) -> bool:
        """Whether it is importing what it was asked to, and cannot fork meanwhile."""
        return self._asking.locked()

    @contextmanager
    def forked(self, folder: str) -> Iterator[tuple[socket.socket, socket.socket]]:
        """Give the two sockets of a new confined process, which ends with the block.

        A zygote of which the block raises `NothingStarts` is closed, so that the next try begins with another.

        Raises:
            Interruption: if the zygote is lost.
        """
        talk, its_talk = socket.socketpair()
        watch, its_watch = socket.socketpair()
        with self._cgroups.one() if self._cgroups else nullcontext(()) as group, talk, watch:
            with its_talk, its_watch:
                # checks.sealing.ELSEWHERE, without the import of checks, which other courses do without
                elsewhere = {"CHECKS_JUDGED_ELSEWHERE": "1"} if self._sealed else {}
                environment = {**self._environment, "NBGRADER_EXECUTION": "autograde", **elsewhere}
                request = {"fork": folder, "environment": environment, "limits": self._limits, "first": self._first}
                descriptors = [its_talk.fileno(), its_watch.fileno(), *group]
                try:
                    socket.send_fds(self._process.control, [json.dumps(request).encode()], descriptors)
                except OSError as problem:
                    self.close()
                    raise Interruption(f"the process that starts notebooks was lost ({problem})") from problem
            try:
                yield talk, watch
            except NothingStarts:
                self.close()
                raise

    def preload(self, modules: Sequence[str]) -> None:
        """Import into the zygote those modules that a child could import without harm, and that it would import there.

        Raises:
            Interruption: if the zygote is lost.
        """
        modules = [name for name in modules if name.partition(".")[0] not in self._first]
        with self._asking:
            for begin in range(0, len(modules), 500):
                with suppress(OSError):  # the answer that does not come says why
                    self._process.preload(modules[begin : begin + 500], tried=True)
                self._answer()

    def close(self) -> None:
        """Let it leave, with everything that it has started."""
        self._process.end()
        if self._cgroups is not None:
            self._cgroups.close()

    def _answer(self) -> Any:
        try:
            data = self._process.control.recv(1 << 20)
        except OSError:
            data = b""
        if not data:
            last_words = self._process.last_words
            self.close()
            raise Interruption(f"the process that starts notebooks left ({last_words})")
        return json.loads(data)


MOST_ZYGOTES = 3
"""How many assignments one worker keeps warm."""

_zygotes: dict[str, Zygote] = {}
_starting = threading.Lock()


def zygote_for(warmth: Warmth, scratch: Path, door: str | None = None) -> Zygote:
    """Return this process's zygote for an assignment, a new one if there is none or it is lost.

    What it needs on the disk is put into a folder in `scratch`; `door` is where one may be already.
    """
    with _starting:
        zygote = _zygotes.pop(warmth.digest, None)
        if zygote is None or not zygote.alive:
            zygote = Zygote(warmth, scratch, door)
        _zygotes[warmth.digest] = zygote
        while len(_zygotes) > MOST_ZYGOTES:
            _zygotes.pop(next(iter(_zygotes))).close()
        return zygote


def leave(warmth: Warmth) -> None:
    """Close this process's zygote for an assignment, if there is one."""
    with _starting:
        zygote = _zygotes.pop(warmth.digest, None)
        if zygote is not None:
            zygote.close()
