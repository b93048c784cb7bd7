"""The guardian: watches one confined process from outside, ends it when it must, and says how it ended."""

import contextlib
import json
import os
import random
import resource
import select
import signal
import socket
import stat
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from . import borders as drawing
from .borders import Borders, Limits
from .cgroups import Cgroup
from .family import (
    NOBODY,
    TICK,
    Member,
    connections,
    descendants,
    held_in_the_kernel,
    is_full,
    is_runnable,
    opened_channels,
    share_of_memory,
)
from .layers import INNER
from .system_calls import close_descriptors

LOOK = 0.1
"""Seconds between two looks at what the process uses."""

INTERRUPT, HELD_UP = b"I", b"T"
"""What a grader may say to a guardian."""

PATIENCE = 10
"""How many times as long as it may take a process is waited for where it gets no processor."""

_HELD_SECONDS, _HELD_SHARE = 1.0, 0.25
"""How often it is counted what the kernel holds for a process, and which share of a look that may take."""

_SHARING = 16
"""How many processes may have the same pipe open, where those of one cannot be told from those of another."""


def guarded(
    run: Callable[[], None],
    *,
    watch: socket.socket,
    borders: Borders,
    limits: Limits,
    readable: Sequence[Path],
    work: Path,
    keep: Sequence[int] = (),
    group: Cgroup | None = None,
) -> NoReturn:
    """Run `run` in a confined child of this process, and end with it; this process is a fresh fork of the zygote.

    The child keeps the descriptors `keep` and what is harmless of 0, 1 and 2; it is in `group` with all that it starts.
    It is killed when the other end of `watch` closes and when it passes a limit. A byte `INTERRUPT` on `watch`
    interrupts it, as Ctrl-C would, and one `HELD_UP` is answered by a line, the seconds in which it could have computed
    but got no processor, or waited for the grader to read what it says on one of `keep`. At last one JSON object goes
    to `watch`, in a line: `ended` ("exit", "signal", "memory", "processes", "channels", "time", or "failed" where a
    border could not be drawn and so nothing ran), `status`, `peak` (bytes), `cpu` (seconds) and `why` (a clause).
    """
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with contextlib.suppress(OSError):
        os.setsid()  # no Ctrl-C of a terminal
    _close_all_but({*keep, watch.fileno(), *(group or ())})
    try:
        report = _watched(run, watch, borders, limits, readable, work, keep, group)
    except Exception as error:
        report = _Report("failed", 1, why=f"the sandbox could not be made: {error}")
        _end_orphans()
    with contextlib.suppress(OSError):
        watch.sendall(json.dumps(vars(report)).encode() + b"\n")
    os._exit(0)


@dataclass
class _Report:
    ended: str
    status: int
    peak: int = 0
    cpu: float = 0.0
    why: str = ""


def _close_all_but(kept: set[int]) -> None:
    """Close what a fork has inherited; a terminal or a file on 0, 1 or 2 gives way to /dev/null."""
    first = 3
    for descriptor in sorted(one for one in kept if one > 2):
        close_descriptors(first, descriptor - 1)
        first = descriptor + 1
    close_descriptors(first, (1 << 31) - 1)
    for descriptor in {0, 1, 2} - kept:
        try:
            kind = os.fstat(descriptor).st_mode
        except OSError:
            kind = stat.S_IFREG
        if not (stat.S_ISFIFO(kind) or stat.S_ISSOCK(kind)):
            null = os.open(os.devnull, os.O_RDWR)
            os.dup2(null, descriptor)
            if null != descriptor:
                os.close(null)


def _watched(
    run: Callable[[], None],
    watch: socket.socket,
    borders: Borders,
    limits: Limits,
    readable: Sequence[Path],
    work: Path,
    keep: Sequence[int],
    group: Cgroup | None,
) -> _Report:
    def confine() -> None:
        if group is not None:
            group.enter()
        drawing.confine(borders, limits, readable, work)

    drawing.separate(borders)
    own_folder = not borders.alone
    if own_folder:
        os.makedirs(work, mode=0o700)  # another's folder, even an empty one, is not taken
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        watch.close()
        _run_confined(confine, writing, run)
    os.close(writing)
    try:
        return _Guard(child, watch, reading, limits, keep, group, alone=not own_folder).report()
    finally:
        if own_folder:
            for command in (["chmod", "-R", "u+rwX"], ["rm", "-rf"]):  # at any depth, which shutil.rmtree cannot
                os.spawnvp(os.P_WAIT, command[0], [*command, "--", str(work)])


def _run_confined(confine: Callable[[], None], problems: int, run: Callable[[], None]) -> NoReturn:
    """Draw the borders, tell of a problem or close `problems` without a word, and run."""
    status = 1
    try:
        try:
            confine()
        except BaseException as error:
            os.write(problems, f"{type(error).__name__}: {error}".encode()[:2000] or b"?")
            os._exit(1)
        os.close(problems)
        run()
        status = 0
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status & 0xFF)


class _Guard:
    """Waits for a confined child; `problems` is a pipe that says why a border could not be drawn, and then closes.

    On the sockets `lines` it speaks to the grader. `alone` says that nobody else is in this process's network
    namespace.
    """

    def __init__(
        self,
        child: int,
        watch: socket.socket,
        problems: int,
        limits: Limits,
        lines: Sequence[int],
        group: Cgroup | None,
        *,
        alone: bool,
    ) -> None:
        self._child, self._watch, self._problems, self._limits, self._group = child, watch, problems, limits, group
        self._lines, self._alone = lines, alone
        self._started = self._looked = time.monotonic()
        self._held_up = 0.0
        self._held: dict[int, tuple[float, float]] = {}
        self._before: dict[int, Member] = {}
        self._busy: set[int] = set()
        self._between_looks = random.SystemRandom().uniform
        self._peak = 0
        self._cpu = 0.0

    def report(self) -> _Report:
        """Return how the child ended, when it and all its descendants have."""
        killed = self._wait()
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._child, signal.SIGKILL)
        _, status = os.waitpid(self._child, 0)
        _end_orphans()
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = used.ru_utime + used.ru_stime
        report = killed or self._overflow() or self._ending(os.waitstatus_to_exitcode(status), cpu)
        report.peak = max(self._peak, used.ru_maxrss * 1024)
        report.cpu = max(self._cpu, cpu)
        return report

    def _wait(self) -> _Report | None:
        """Wait for the child's end and return None, or return why it must be ended."""
        ended = os.pidfd_open(self._child)
        poll = select.poll()
        poll.register(self._watch, select.POLLIN | select.POLLRDHUP)
        poll.register(ended, select.POLLIN)
        poll.register(self._problems, select.POLLIN)
        drawing = True
        while True:
            until_next = self._between_looks(0.5 * LOOK, 1.5 * LOOK)  # so that nobody can hide from them
            ready = {descriptor for descriptor, _ in poll.poll(until_next * 1000)}
            if self._watch.fileno() in ready:
                request = self._watch.recv(1)
                if not request:
                    return _Report("signal", signal.SIGKILL, why="the grader let go of it")
                if request == INTERRUPT and not drawing:
                    os.kill(self._child, signal.SIGINT)
                if request == HELD_UP:
                    self._look(descendants())
                    self._watch.sendall(f"{self._held_up:.3f}\n".encode())
            if self._problems in ready:
                drawing = False
                said = os.read(self._problems, 4096).decode(errors="replace")
                if said:
                    return _Report("failed", 1, why=f"the sandbox could not be made: {said}")
                poll.unregister(self._problems)
            if ended in ready:
                died = _Report("failed", 1, why="the sandbox could not be made: the process died meanwhile")
                return died if drawing else None
            excess = self._excess(drawing)
            if excess:
                return excess

    def _excess(self, drawing: bool) -> _Report | None:
        """Return which limit is passed, if any; what the kernel limits itself is not looked at here."""
        limits = self._limits
        family = descendants()
        self._look(family)
        elapsed = self._looked - self._started
        if elapsed > limits.seconds + min(self._held_up, (PATIENCE - 1) * limits.seconds):
            return _Report("time", signal.SIGKILL, why=f"it was still running after {limits.seconds} seconds")
        if drawing:
            return None
        if sum(one.threads for one in family) > limits.processes:
            return _Report("processes", signal.SIGKILL, why=f"it had more than {limits.processes} processes")
        if self._channels(family) > limits.channels:
            return _Report("channels", signal.SIGKILL, why=f"it had more than {limits.channels} pipes and sockets open")
        held = self._memory_in_the_kernel(family)
        memory = sum(one.memory for one in family) + held
        if memory > limits.memory:  # what they share with the zygote and with each other was counted for each
            memory = sum(map(share_of_memory, family)) + held
        if memory > limits.memory:  # what was shared by a fork meanwhile may have been counted before and after it
            memory = min(memory, sum(map(share_of_memory, descendants())) + held)
        self._peak = max(self._peak, int(min(memory, 2 * limits.memory)))  # it may be infinite
        if memory > limits.memory:
            return self._too_much()
        return self._overflow() or self._too_long(self._cpu)

    def _overflow(self) -> _Report | None:
        return self._too_much() if self._group is not None and self._group.overflowed else None

    def _too_much(self) -> _Report:
        size = self._limits.memory >> 20
        return _Report("memory", signal.SIGKILL, why=f"its processes used more than {size} MB of memory together")

    def _channels(self, family: Sequence[Member]) -> int:
        """Return how many pipes, sockets and the like hold data that belongs to no process, at least if too many."""
        connected = 0
        if self._alone:  # those that nobody has accepted yet, or that are on their way to somebody, are only here
            connected = Path("/proc/self/net/unix").read_bytes().count(b"\n") - 1 + connections()
        opened = sum(one.descriptors for one in family)
        if max(opened, connected) <= self._limits.channels:
            return connected
        try:
            return max(connected, len({channel for one in family for channel in opened_channels(one.pid)}))
        except PermissionError:
            return max(connected, opened // _SHARING)

    def _memory_in_the_kernel(self, family: Sequence[Member]) -> float:
        """Return how many bytes the kernel holds for processes beyond their pages, counted for a few of them a look."""
        last = {one.pid: self._held.get(one.pid, (0.0, 0.0)) for one in family}
        until = time.process_time() + _HELD_SHARE * LOOK
        for pid in sorted(last, key=last.__getitem__):
            if self._looked < last[pid][0] + _HELD_SECONDS or time.process_time() > until:
                break
            last[pid] = self._looked, held_in_the_kernel(pid)
        self._held = last
        return sum(held for _, held in last.values())

    def _look(self, family: Sequence[Member]) -> None:
        """Count what the processes have computed since the last look, and how long they could have but did not.

        They could not either while the grader had not read what they say: it is busy, and that is no fault of theirs.
        """
        now = time.monotonic()
        passed = now - self._looked
        computed = self._computed(family, passed)
        if any(map(is_runnable, family)) or any(map(is_full, self._lines)):
            self._held_up = max(0.0, self._held_up + passed - min(computed, passed + 2 / TICK))
        self._looked, self._cpu = now, self._cpu + computed

    def _computed(self, family: Sequence[Member], passed: float) -> float:
        """Return how many seconds of processor time the processes have taken since the last look.

        The kernel adds those of an ended process to the one that waits for it. Where nobody does, they are estimated:
        each that was seen computing stands for as long as nobody has looked.
        """
        before, self._before = self._before, {one.pid: one for one in family}
        gone = [one for pid, one in before.items() if pid not in self._before]
        pairs = [(now, before.get(now.pid, NOBODY)) for now in family]
        busy, self._busy = self._busy, {now.pid for now, then in pairs if now.running or now.cpu > then.cpu}
        own = sum(max(now.cpu - then.cpu, 0.0) for now, then in pairs)
        waited = sum(max(now.waited - then.waited, 0.0) for now, then in pairs)
        of_gone = sum(one.cpu + one.waited for one in gone)  # which was counted while they lived
        if waited > of_gone:
            return own + waited - of_gone
        return own + passed * min(len(busy.intersection(one.pid for one in gone)), os.cpu_count() or 1)

    def _too_long(self, cpu: float) -> _Report | None:
        if cpu < self._limits.cpu_seconds:
            return None
        why = f"it used more than {self._limits.cpu_seconds} seconds of processor time"
        return _Report("time", signal.SIGKILL, why=why)

    def _ending(self, status: int, cpu: float) -> _Report:
        if status >= 0:
            return _Report("exit", status)
        name = signal.Signals(-status).name if -status in set(signal.Signals) else f"signal {-status}"
        return self._too_long(cpu) or _Report("signal", -status, why=name)


def _end_orphans() -> None:
    """Kill what the child left to this process: something only where it had no process namespace of its own."""
    with contextlib.suppress(ChildProcessError):
        while True:
            for one in descendants():
                with contextlib.suppress(OSError):
                    os.kill(one.pid, signal.SIGKILL)
            os.waitpid(-1, 0)
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def try_layers() -> None:
    """Print for each inner layer why it cannot be drawn, or nothing if it can: for `probe`, in a process of its own."""
    work, *readable = map(Path, sys.argv[1:])
    problems: dict[str, str] = {}
    for layer in (layer.name for layer in INNER):
        sound = tuple(name for name, why in problems.items() if not why)
        ours, theirs = socket.socketpair()
        if not os.fork():
            ours.close()
            guarded(
                lambda: None,
                watch=theirs,
                borders=Borders((*sound, layer)),
                limits=Limits(seconds=10),
                readable=readable,
                work=work.with_name(f"{work.name}-{layer}"),
            )
        theirs.close()
        with ours.makefile() as said:
            report = json.loads(said.read() or '{"ended": "failed", "why": "the guardian was lost"}')
        problems[layer] = "" if report["ended"] == "exit" else str(report["why"])
    print(json.dumps(problems))
