"""What the processes of a submission use, as the kernel tells it in /proc."""

import contextlib
import fcntl
import os
import socket
import stat
import termios
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from pathlib import Path

TICK: float = os.sysconf("SC_CLK_TCK")
"""Clock ticks of a second."""

_MAPPING, _WATCH = 400, 200
"""Bytes that the kernel needs for each mapping of a process, and for each descriptor that an epoll watches."""
_LONGEST_LIST, _LONGEST_LINE = 16 << 20, 1 << 16
"""Bytes of what the kernel tells of a process, and of a line of it, which nobody honest makes it tell."""


@dataclass(frozen=True)
class Member:
    """A process of a submission: its memory and page tables in bytes, its processor time in seconds.

    `waited` is the processor time of its children that have ended and that it has waited for.
    """

    pid: int
    running: bool
    memory: int
    tables: int
    cpu: float
    waited: float
    threads: int
    descriptors: int


NOBODY = Member(0, running=False, memory=0, tables=0, cpu=0.0, waited=0.0, threads=0, descriptors=0)
"""What a process was before it was there."""


def descendants() -> list[Member]:
    """Return what the descendants of this process use: all of a submission, since its orphans come to it as well."""
    found, waiting = [], children(os.getpid())
    while waiting:
        pid = waiting.pop()
        with contextlib.suppress(OSError):
            fields = _fields(str(pid))
            sizes = _sizes(f"/proc/{pid}/status")
            tables = sizes.get("VmPTE", 0)
            memory = sizes.get("VmRSS", 0) + sizes.get("VmSwap", 0) + tables
            cpu, waited = (sum(map(int, fields[at : at + 2])) / TICK for at in (11, 13))
            opened = os.stat(f"/proc/{pid}/fd").st_size  # since Linux 6.2
            found.append(Member(pid, fields[0] == "R", memory, tables, cpu, waited, int(fields[17]), opened))
            waiting += children(pid)
    return found


def is_runnable(member: Member) -> bool:
    """Return whether a thread of a process computes, or would if it got a processor."""
    if member.running or member.threads == 1:
        return member.running
    with contextlib.suppress(OSError):
        return any(_fields(f"{member.pid}/task/{task}")[0] == "R" for task in os.listdir(f"/proc/{member.pid}/task"))
    return False


def is_full(line: int) -> bool:
    """Return whether so much of what was sent on a socket is unread that who sends more has to wait."""
    unread = array("i", [0])
    with contextlib.suppress(OSError):
        fcntl.ioctl(line, termios.TIOCOUTQ, unread)
        room = socket.socket(fileno=os.dup(line))
        with room:
            return unread[0] > room.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) // 2
    return False


def _fields(process: str) -> list[str]:
    """Return what proc_pid_stat(5) says of a process or thread, from its third field on, the state."""
    return Path(f"/proc/{process}/stat").read_text(errors="replace").rpartition(")")[2].split()


def _sizes(path: str) -> dict[str, int]:
    """Return the lines of a file in /proc that give a size, in bytes."""
    split = (line.split() for line in Path(path).read_text(errors="replace").splitlines())
    sizes = ((words[0].rstrip(":"), words[1]) for words in split if len(words) == 3 and words[2] == "kB")
    return {name: int(size) * 1024 for name, size in sizes if size.isdecimal()}  # a process may be named "x kB"


def children(pid: int) -> list[int]:
    """Return the children of a process; none where it is gone."""
    found = []
    with contextlib.suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):
            found += Path(f"/proc/{pid}/task/{task}/children").read_text().split()
    return list(map(int, found))


def held_in_the_kernel(pid: int) -> float:
    """Return how many bytes the kernel holds for a process beyond its pages, infinite if that is not to be counted.

    These are its mappings, what its epolls watch, and the buffers of its open files in /proc, each of which is as long
    as the longest line in it. What cannot be seen is 0.
    """
    held, longest, left = 0.0, 4096, _LONGEST_LIST
    with contextlib.suppress(OSError):
        for chunk in _chunks(f"/proc/{pid}/maps"):
            left -= len(chunk)
            lengths = map(len, chunk.split(b"\n"))
            longest = max(longest, *lengths)
            held += _MAPPING * chunk.count(b"\n")
            if left < 0 or longest >= _LONGEST_LINE:
                return inf
        for name in os.listdir(f"/proc/{pid}/fd"):
            with contextlib.suppress(OSError):  # it is closed meanwhile, or has too long a name
                target = os.readlink(f"/proc/{pid}/fd/{name}")
                if target.startswith("/proc/"):
                    held += 2 * longest
                elif target == "anon_inode:[eventpoll]":
                    for chunk in _chunks(f"/proc/{pid}/fdinfo/{name}"):
                        left -= len(chunk)
                        held += _WATCH * chunk.count(b"\n")
                        if left < 0:
                            return inf
    return held


def _chunks(path: str) -> Iterator[bytes]:
    with open(path, "rb", buffering=_LONGEST_LINE) as file:
        while chunk := file.read(_LONGEST_LINE):
            yield chunk


def opened_channels(pid: int) -> set[tuple[int, ...]]:
    """Return what tells the open pipes and UNIX sockets of a process from each other, and what is no file at all.

    Raises PermissionError if they cannot be seen.
    """
    found: set[tuple[int, ...]] = set()
    folder = f"/proc/{pid}/fd"
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        for name in os.listdir(folder):
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                state = os.stat(f"{folder}/{name}")
                match stat.S_IFMT(state.st_mode):
                    case stat.S_IFIFO | stat.S_IFSOCK:
                        found.add((state.st_dev, state.st_ino))
                    case 0:  # such as an epoll
                        found.add((pid, int(name), 0))
    return found


def connections() -> int:
    """Return how many TCP sockets there are in this process's network namespace that may hold something."""
    found = 0
    for name in ("sockstat", "sockstat6"):
        with contextlib.suppress(FileNotFoundError):
            for line in Path("/proc/self/net", name).read_text().splitlines():
                words = line.split()
                found += int(words[2]) if words[0] in ("TCP:", "TCP6:") else 0
    return found


def share_of_memory(member: Member) -> int:
    """Return a process's memory, of shared pages only its part; all that is resident where that cannot be seen."""
    try:
        sizes = _sizes(f"/proc/{member.pid}/smaps_rollup")
        return sizes["Pss"] + sizes["SwapPss"] + member.tables
    except (FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
        return 0
    except (OSError, KeyError):
        return member.memory
