"""A memory cgroup for each submission: the kernel counts what it holds, whether or not a process has that mapped.

Version 1 takes groups below one's own where that may be written, as root's may. In version 2 processes and groups that
count memory do not stand together, so that the place is beside one's own: systemd lets a user write it below
user@.service.
"""

import os
import secrets
import subprocess
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from errno import EBUSY
from pathlib import Path
from subprocess import DEVNULL
from typing import NamedTuple

PREFIX = "course-autograde-"
ENDING_SECONDS = 5
"""How long the processes of a run that is over may take to leave their groups."""

ONE_ALLOCATION = 1 << 20
"""More bytes than a kernel that has small pages only wants at once."""


class Cgroup(NamedTuple):
    """The descriptors of a group's folder and of the file in it by which one enters; both work behind any border."""

    folder: int
    entrance: int

    def enter(self) -> None:
        """Put this process and all that it will start into the group, and let go of it."""
        os.write(self.entrance, b"0")
        os.close(self.entrance)
        os.close(self.folder)

    @property
    def overflowed(self) -> bool:
        """Whether the kernel has killed a process of it because they held more than they may."""
        try:
            events = self._read("memory.events")
            reached = _value("oom", events) > 0
        except FileNotFoundError:
            events = self._read("memory.oom_control")
            reached = self._came_near("memory.memsw") or self._came_near("memory")
        return reached and _value("oom_kill", events) > 0

    def _came_near(self, counter: str) -> bool:
        """Return whether one of version 1's counters, if it is there, once was at its limit, as far as it tells."""
        with suppress(FileNotFoundError):
            most, limit = (int(*self._read(f"{counter}.{name}_in_bytes")) for name in ("max_usage", "limit"))
            return most > limit - ONE_ALLOCATION
        return False

    def _read(self, name: str) -> list[str]:
        with open(name, opener=lambda path, flags: os.open(path, flags, dir_fd=self.folder)) as file:
            return file.read().split()


def _value(name: str, words: Sequence[str]) -> int:
    return int(words[words.index(name) + 1])


class Cgroups:
    """The groups that this process makes, each of which may hold so many bytes. Threads may share them.

    Raises:
        OSError: if none can be made here.
    """

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._left: deque[Path] = deque()
        self._place = self._found()

    def _found(self) -> Path:
        problems = []
        for place in places():
            try:
                with self._made(place) as group:
                    subprocess.run(["/bin/sh", "-c", "echo 0"], check=True, stdout=group.entrance, stderr=DEVNULL)
            except FileNotFoundError:
                problems.append(f"{place} counts no memory")
            except OSError as why:
                problems.append(f"{place}: {why.strerror}")
            except subprocess.CalledProcessError:
                problems.append(f"groups in {place} cannot be entered")
            else:
                return place
        raise OSError("; ".join(problems) or "this process is in no group that is in view")

    @contextmanager
    def one(self) -> Iterator[Cgroup]:
        """Make a group. After the block it goes as soon as nobody is in it.

        Raises:
            OSError: if that fails.
        """
        with self._made(self._place) as group:
            yield group

    def close(self) -> None:
        """Remove those that are left; who is in them has been told to leave."""
        _remove(list(self._left), ENDING_SECONDS)

    @contextmanager
    def _made(self, place: Path) -> Iterator[Cgroup]:
        for _ in range(len(self._left)):
            with suppress(IndexError):  # another thread was here
                if not removed(folder := self._left.popleft()):
                    self._left.append(folder)
        folder = place / f"{PREFIX}{os.getpid()}-{_began(os.getpid())}-{secrets.token_hex(4)}"
        folder.mkdir()
        folder.chmod(0o755)  # for whom the sandbox runs as, whatever the umask is
        opened: list[int] = []
        try:
            entrance = _limit(folder, self._memory)
            for name, flags in ((".", os.O_RDONLY | os.O_DIRECTORY), (entrance, os.O_WRONLY)):
                opened.append(os.open(folder / name, flags | os.O_CLOEXEC))
            yield Cgroup(*opened)
        finally:
            for descriptor in opened:
                os.close(descriptor)
            if not removed(folder):
                self._left.append(folder)


def _limit(folder: Path, memory: int) -> str:
    """Let a group hold so many bytes, in memory or swapped; return the file by which one process may enter it."""
    try:
        _write(folder / "memory.max", memory)
    except FileNotFoundError:
        _write(folder / "memory.limit_in_bytes", memory)
        with suppress(FileNotFoundError):  # the kernel counts nothing that is swapped
            _write(folder / "memory.memsw.limit_in_bytes", memory)
        return "tasks"  # whoever enters by cgroup.procs waits for all processors, some ten milliseconds
    with suppress(FileNotFoundError):
        _write(folder / "memory.swap.max", 0)
    return "cgroup.procs"


def _write(path: Path, number: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(descriptor, str(number).encode())
    finally:
        os.close(descriptor)


def places() -> Iterator[Path]:
    """Yield the folders in which groups of this process may be, the more likely ones first."""
    try:
        groups = os.fsdecode(Path("/proc/self/cgroup").read_bytes()).splitlines()
    except FileNotFoundError:  # the kernel knows none
        return
    mounts = [line.split() for line in os.fsdecode(Path("/proc/self/mountinfo").read_bytes()).splitlines()]
    for line in groups:
        _, controllers, own = line.split(":", 2)
        for _, _, _, root, target, *_, kind, _, options in mounts:
            version_2 = kind == "cgroup2" and not controllers
            version_1 = kind == "cgroup" and "memory" in options.split(",") and "memory" in controllers.split(",")
            if (version_1 or version_2) and Path(own).is_relative_to(root):
                place = Path(target, Path(own).relative_to(root))
                yield place
                if version_2 and place != Path(target):
                    yield place.parent


def _began(process: int) -> str:
    """Return when a process began, which tells it from a later one of the same number; nothing if it has ended."""
    fields = Path(f"/proc/{process}/stat").read_text(errors="replace").rpartition(")")[2].split()
    return "" if fields[0] in "ZX" else fields[19]  # nobody may have asked how it ended


def removed(folder: Path) -> bool:
    """Remove a group, or return False if somebody is in it still."""
    try:
        folder.rmdir()
    except OSError as problem:
        return problem.errno != EBUSY
    return True


@contextmanager
def swept() -> Iterator[None]:
    """Remove the groups of runs that were killed, and at the end those of the workers that this one had."""
    _sweep(0)
    try:
        yield
    finally:
        _sweep(ENDING_SECONDS)


def _sweep(seconds: float) -> None:
    """Remove the groups whose makers are gone, waiting so long for those that are being left."""
    _remove([folder for place in places() for folder in place.glob(f"{PREFIX}*") if _is_orphan(folder)], seconds)


def _remove(folders: Iterable[Path], seconds: float) -> None:
    until = time.monotonic() + seconds
    while (folders := [folder for folder in folders if not removed(folder)]) and time.monotonic() < until:
        time.sleep(0.01)


def _is_orphan(folder: Path) -> bool:
    try:
        process, began, _ = folder.name.removeprefix(PREFIX).split("-")
        return _began(int(process)) != began
    except OSError:
        return True
    except ValueError:  # it is not ours
        return False
