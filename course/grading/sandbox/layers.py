"""The layers of the sandbox: what each draws, and what to install or enable where it cannot be had.

One more is one more class here and its place in `ALL`, and in `INNER` if it can be tried in a process of its own.
`borders.py` says when they are drawn.
"""

import os
import pwd
import secrets
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from . import system_calls as system

PLAIN_USERS = range(61184, 65520)
"""Numbers of users that systems give to nobody for good (systemd's dynamic users)."""

USER_NAMESPACES = (
    "let ordinary users make user namespaces (sysctl kernel.apparmor_restrict_unprivileged_userns=0, "
    "or user.max_user_namespaces above 0)"
)


@dataclass(frozen=True)
class Place:
    """Where a submission runs: what it may read, its own folder and the bytes of that.

    It is `alone` if it has namespaces of its own.
    """

    readable: Sequence[Path]
    work: Path
    disk: int
    alone: bool


class Layer:
    """One layer, by its name in summaries. What it does not draw, it leaves as it is; OSError if it cannot draw it."""

    name = ""
    advice = ""
    """What it means that it is missing, with {} for the reason, and what to do."""

    def lacking(self, why: str) -> str:
        """Return what is said where it cannot be drawn."""
        return self.advice.format(why)

    def around(self, command: Sequence[str], readable: Sequence[Path], work: Path) -> list[str]:
        """Return the command that starts another one, the zygote, behind this layer."""
        return list(command)

    def prepare(self, alone: bool) -> None:
        """Do once, in the zygote, what every child would have to do again."""

    def enter(self, place: Place) -> None:
        """Bring a submission's process to its place."""

    def restrict(self, place: Place) -> None:
        """Take from the process what it has no use for at its place, in the end."""


class ProcessLimit(Layer):
    """Processes are counted by user: root's zygotes become users of their own."""

    name = "process limit"
    advice = (
        "the number of processes is not limited, since root cannot become another user here ({}): "
        "run it as an ordinary user"
    )

    def around(self, command: Sequence[str], readable: Sequence[Path], work: Path) -> list[str]:
        """Return a command that lets root become a plain user first, who may read only what is `readable`."""
        if os.geteuid() != 0:
            return list(command)
        user = str(plain_user())
        return [sys.executable, "-I", "-S", system.__file__, user, user, *map(str, readable), "--", *command]

    def enter(self, place: Place) -> None:
        """Refuse to run as root."""
        if os.geteuid() == 0:
            raise OSError("it still runs as root, whose processes the kernel does not count")


def plain_user() -> int:
    """Return the number of a user who owns nothing and runs nothing, so that no other program may touch this one's."""
    taken = {user.pw_uid for user in pwd.getpwall()}
    for entry in os.scandir("/proc"):
        with suppress(OSError):
            taken.add(entry.stat().st_uid)
    return secrets.choice([user for user in PLAIN_USERS if user not in taken])


class Bubblewrap(Layer):
    """The outer border, around zygote and submissions."""

    name = "bubblewrap"
    advice = "bubblewrap does not start ({}): " + USER_NAMESPACES

    def around(self, command: Sequence[str], readable: Sequence[Path], work: Path) -> list[str]:
        """Return the bubblewrap command that runs `command` seeing only `readable`, without network.

        `work` is an empty directory, /tmp too. Nested namespaces stay possible: they make the inner border.
        """
        arguments = ["bwrap", "--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
        arguments += ["--unshare-cgroup-try", "--cap-drop", "ALL", "--new-session"]
        if os.geteuid() == 0:  # root inside could not make the inner border
            arguments += ["--uid", str(PLAIN_USERS[0]), "--gid", str(PLAIN_USERS[0])]
        arguments += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]
        for link in filter(os.path.islink, system.MERGED):
            arguments += ["--symlink", os.readlink(link), link]
        for source, target in system.views(tuple(map(str, readable))):
            arguments += ["--ro-bind", source, target]
        return [*arguments, "--dir", str(work), "--chdir", "/", "--", *command]


class Namespaces(Layer):
    """The inner border: a root directory, processes, network and users of each submission's own."""

    name = "namespaces"
    advice = "submissions cannot have namespaces of their own ({}): " + USER_NAMESPACES

    def enter(self, place: Place) -> None:
        """Give the process a root directory of its own; `borders.separate` has made its other namespaces."""
        system.new_namespaces(system.NEW_MOUNTS)
        system.enter_private_root(place.readable, place.work, place.disk)


class Landlock(Layer):
    """Files and network by a list that the process cannot leave."""

    name = "landlock"
    advice = "Landlock cannot be used ({}): use Linux 5.13 or later with landlock among its security modules"

    def restrict(self, place: Place) -> None:
        """Leave the process what it may read, its folder, and some devices."""
        shown = [target for _, target in system.views(tuple(map(str, place.readable)))]
        devices = ("/dev/null", "/dev/full")
        if not place.alone and system.landlock_version() < 3:
            raise OSError("before version 3, in Linux 6.2, it lets any file of the user be truncated")
        work = str(place.work)
        if place.alone:
            listable, places, processes = ["/"], [work, "/tmp", "/dev/shm", system.HOME], ["/proc"]
            terminals = ["/dev/pts"]
        else:
            listable, places, processes = [], [work], [f"/proc/{os.getpid()}", *system.PLAIN_PROC]
            terminals = []
        readable_too = [*(link for link in system.MERGED if not os.path.islink(link)), *processes]
        readable_too += [*system.DEVICES, *system.KNOWN] if place.alone else set(system.DEVICES.values())
        system.landlock(listable, [*shown, *readable_too], [*places, *devices], terminals, network=place.alone)


class Seccomp(Layer):
    """System calls by a list."""

    name = "seccomp"
    advice = "system calls cannot be filtered ({}): install pyseccomp and the system's libseccomp (libseccomp2)"

    def prepare(self, alone: bool) -> None:
        """Make the filters."""
        system.seccomp_programs(alone)

    def restrict(self, place: Place) -> None:
        """Filter what the process and its children ask the kernel for."""
        system.seccomp(system.seccomp_programs(place.alone))


class MemoryCgroup(Layer):
    """The kernel counts what a submission holds; see `cgroups.py`, which draws it from outside."""

    name = "memory cgroup"
    advice = (
        "memory that no process has mapped is bounded but not counted, since no memory cgroup can be made ({}): "
        "where systemd runs, put `systemd-run --user --scope` before the command"
    )


PROCESS_LIMIT, BUBBLEWRAP, NAMESPACES = ProcessLimit(), Bubblewrap(), Namespaces()
LANDLOCK, SECCOMP, MEMORY_CGROUP = Landlock(), Seccomp(), MemoryCgroup()

ALL: tuple[Layer, ...] = (PROCESS_LIMIT, BUBBLEWRAP, NAMESPACES, LANDLOCK, SECCOMP, MEMORY_CGROUP)
"""In the order in which they are drawn, from outside."""

INNER: tuple[Layer, ...] = (SECCOMP, NAMESPACES, LANDLOCK)
"""Those of one submission's process, in the order in which they are tried: each behind those before that hold."""
