"""Start a zygote behind the outer border, for this process or, ahead of time, for a worker that takes it over."""

import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from ...layout import TEMPLATE
from ..imports import imported_by
from ..judging.graded_checks import PACKAGE, uses_checks
from . import observing_side
from .borders import Borders, Limits, installed, own_paths, readable_paths, start_command
from .family import children
from .scratch import PREFIX

KEPT = ("LANG", "LC_ALL", "LC_CTYPE", "PATH", "PYTHONPATH", "TZ")
"""The environment variables that students' code may see; a password in any other stays with the teacher."""

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""A process that has computed in threads does not survive a fork."""

Environment = tuple[tuple[str, str], ...]
"""Variables with their values."""

WORK = Path("/grading")
"""Where submissions lie while they are graded, each on a disk of its own."""

WELL_KNOWN = ("numpy", "torch", "matplotlib", "matplotlib.pyplot", "pandas", "scipy", "sklearn")
"""Modules that are known to start no thread and to say nothing when they are imported."""

OURS = "course"

LEAVE_SECONDS = 5
STDERR = "stderr.txt"
LIBRARY = "library"
DOOR = "zygotes"


@dataclass(frozen=True)
class Warmth:
    """What a zygote is made for: an assignment's digest, the modules to import, the borders and limits of its forks.

    If it is `sealed`, verdicts are made outside, and nothing that makes them is in it. Modules of the names `first` lie
    beside the notebooks, and come before all others. The kernel sets the variables of `environment`.
    """

    digest: str
    modules: tuple[str, ...]
    borders: Borders
    limits: Limits
    sealed: bool
    first: tuple[str, ...] = ()
    environment: Environment = ()


class ZygoteProcess:
    """A zygote's process: the socket that it takes orders from, and the folder with what it needs on the disk.

    It leaves when all copies of the socket are closed. If it is `enclosed`, the process is bubblewrap's, and its own a
    child of that.
    """

    def __init__(
        self,
        pid: int,
        control: socket.socket,
        folder: Path,
        child: "subprocess.Popen[bytes] | None" = None,
        *,
        enclosed: bool,
    ) -> None:
        self.pid, self.control, self.folder, self.enclosed = pid, control, folder, enclosed
        self._lives = os.pidfd_open(pid)
        self._end = weakref.finalize(self, _ended, pid if enclosed else None, self._lives, control, folder, child)

    @property
    def alive(self) -> bool:
        """Whether it runs still and was not told to leave."""
        return self._end.alive and not _gone(self._lives, 0)

    @property
    def last_words(self) -> str:
        """The last line that it has written to stderr."""
        with suppress(OSError):
            said = (self.folder / STDERR).read_text(errors="replace").strip().splitlines()
            return said[-1] if said else "it did not say why"
        return "it did not say why"

    def preload(self, modules: Iterable[str], *, tried: bool) -> None:
        """Tell it to import modules; with `tried` only those that a child could import without harm."""
        self.control.send(json.dumps({"preload": list(modules), "tried": tried}).encode())

    def end(self) -> None:
        """Let it leave, with everything that it has started."""
        self._end()

    def kill(self) -> None:
        """End it at once."""
        _killed(self.pid if self.enclosed else None, self._lives)
        self._end()


def _gone(lives: int, seconds: float) -> bool:
    return bool(select.select([lives], [], [], seconds)[0])


def _ended(
    enclosing: int | None, lives: int, control: socket.socket, folder: Path, child: "subprocess.Popen[bytes] | None"
) -> None:
    control.close()
    if not _gone(lives, LEAVE_SECONDS):
        _killed(enclosing, lives)
    if child is not None:
        child.wait()
    os.close(lives)
    shutil.rmtree(folder, ignore_errors=True)


def _killed(enclosing: int | None, lives: int) -> None:
    for below in children(enclosing) if enclosing else ():  # which would outlive it
        with suppress(ProcessLookupError):
            os.kill(below, signal.SIGKILL)
    with suppress(ProcessLookupError):
        signal.pidfd_send_signal(lives, signal.SIGKILL)


def readable_by_zygote(modules: Iterable[str], *, sealed: bool, path: Sequence[str] = ()) -> list[Path]:
    """Return what a zygote may read that imports these modules: no solution, and if `sealed` nothing that judges.

    They are looked for in the folders `path` first.
    """
    seen = [name for name in modules if not sealed or name.partition(".")[0] != PACKAGE]
    readable = readable_paths((*lying_elsewhere(seen, path), OURS, "pyseccomp"), path)
    kept_back = sealed or not uses_checks(modules)
    for hidden in (TEMPLATE, observing_side.home() if kept_back else None):
        readable = observing_side.without(readable, hidden) if hidden and hidden.is_dir() else readable
    return readable


def lying_elsewhere(modules: Iterable[str], path: Sequence[str]) -> dict[str, list[Path]]:
    """Return where modules lie, as on PYTHONPATH, and likewise what those import; nowhere those that are installed."""
    waiting = [name.partition(".")[0] for name in modules]
    found: dict[str, list[Path]] = {}
    while waiting:
        name = waiting.pop()
        if name not in found:
            places = [] if name in (PACKAGE, OURS) else [Path(one) for one in own_paths(name, path)]
            found[name] = [place for place in places if not any(map(place.is_relative_to, installed()))]
            named = {module.partition(".")[0] for place in found[name] for module in imported_by(place)}
            waiting += named - {PACKAGE, OURS}
    return found


def path_in(environment: Environment) -> list[str]:
    """Return the folders in which a kernel's variables have modules looked for first."""
    return [place for place in dict(environment).get("PYTHONPATH", "").split(os.pathsep) if place]


def well_known(modules: Sequence[str]) -> list[str]:
    """Return those of `modules` that a zygote imports at once, in a good order."""
    return [name for name in WELL_KNOWN if name in modules]


def started(warmth: Warmth, scratch: Path, door: str | None = None) -> ZygoteProcess:
    """Return the process of a zygote: one that was started ahead of time and waits behind `door`, or else a new one."""
    return (taken_over(door) if door else None) or start(
        warmth.modules, warmth.borders, scratch, sealed=warmth.sealed, environment=warmth.environment
    )


def start(
    modules: Sequence[str], borders: Borders, scratch: Path, *, sealed: bool, environment: Environment = ()
) -> ZygoteProcess:
    """Start a zygote for `modules`, with a folder in `scratch`, and have it import those that are well known.

    If `sealed`, it finds of `checks` only the observing side, in that folder. It has the variables of `environment`.
    Its first two answers, to that and before it, are on their way.
    """
    told = dict(environment)
    path = path_in(environment)
    folder = Path(tempfile.mkdtemp(prefix="zygote-", dir=scratch))
    library = folder / LIBRARY
    (library / PACKAGE).mkdir(parents=True)  # before it looks: Python does not look again where no folder was
    control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    seen = [*readable_by_zygote(modules, sealed=sealed, path=path), folder]
    ours = Path(__file__).parents[2]  # which nobody else's notebook needs, and some have a module of this name
    settings = {
        "control": theirs.fileno(),
        "borders": borders.as_data(),
        "readable": [str(path) for path in observing_side.without(seen, ours)],
        "work": str(WORK),
        "fonts": _fonts(folder),
        "library": str(library) if sealed else "",
    }
    if borders.lowered:
        _open_to_all(folder)
    command = [sys.executable, "-P", "-m", "course.grading.sandbox.zygote", json.dumps(settings)]
    variables = {key: os.environ[key] for key in KEPT if key in os.environ} | told | ONE_THREAD
    # its own /tmp, if the outer border gives it one
    home = "/tmp/home" if borders.lowered or borders.enclosed else str(folder / "home")
    with theirs, (folder / STDERR).open("wb") as stderr:
        child = subprocess.Popen(
            start_command(command, borders, seen, WORK),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            pass_fds=(theirs.fileno(),),
            env=variables | {"HOME": home, "PYTHONDONTWRITEBYTECODE": "1"},
            cwd="/",
            start_new_session=True,
        )
    zygote = ZygoteProcess(child.pid, control, folder, child, enclosed=borders.enclosed)
    zygote.preload(well_known(modules), tried=False)
    package = observing_side.home() if sealed else None
    if package:  # while it starts: nothing that is well known comes from there
        observing_side.copied(package, library)
        if borders.lowered:
            _open_to_all(library)
    return zygote


def _fonts(folder: Path) -> str:
    """Copy matplotlib's list of fonts, which takes seconds to make, to where the zygote can read it."""
    caches = (
        os.environ.get("MPLCONFIGDIR"),
        os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "matplotlib"),
    )
    fonts = folder / "fonts"
    fonts.mkdir()
    for cache in filter(None, caches):
        for made in Path(cache).glob("fontlist-*.json"):
            shutil.copyfile(made, fonts / made.name)
    return str(fonts)


def _open_to_all(folder: Path) -> None:
    """Let the plain user read what lies in a zygote's folder, and come to it, whatever the umask is."""
    for above in folder.parents:
        if any(one.name.startswith(PREFIX) for one in above.parents):
            above.chmod(above.stat().st_mode | 0o011)
    for place, _, files in os.walk(folder):
        os.chmod(place, 0o755)
        for name in files:
            os.chmod(os.path.join(place, name), 0o644)


# --- ahead of time ---------------------------------------------------------------------------------------------------


@contextmanager
def _short(folder: str) -> Iterator[str]:
    """Give another name of a folder, short enough for the address of a socket in it."""
    descriptor = os.open(folder, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{descriptor}"
    finally:
        os.close(descriptor)


class Offers:
    """Zygotes that are started before the workers are, from a guess at what they will be asked for.

    A context manager: what nobody takes over ends with it.
    """

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._stack = ExitStack()
        self._offered: list[ZygoteProcess] = []
        self._made_for: Any = None

    def __enter__(self) -> Self:
        self._stack.callback(self._end)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def start(self, modules: Sequence[str], borders: Borders, number: int, *, sealed: bool) -> None:
        """Start so many zygotes, which import those of `modules` that are well known, unless such are there already.

        Others that are there end.
        """
        kind = _kind(modules, borders, sealed)
        if self._offered and self._made_for == kind:
            return
        self._end()
        self._made_for = kind
        for _ in range(number):
            self._offered.append(start(modules, borders, self._scratch, sealed=sealed))

    def door(
        self, borders: Borders, modules: Sequence[str], *, sealed: bool, environment: Environment = ()
    ) -> str | None:
        """Return where workers may fetch a zygote for these modules; None if the guess was wrong."""
        if environment or self._made_for != _kind(modules, borders, sealed):
            self._end()
            return None
        folder = tempfile.mkdtemp(dir=self._scratch)  # nobody else may enter it
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with _short(folder) as place:
            listening.bind(f"{place}/{DOOR}")
        listening.listen(len(self._offered))
        self._stack.callback(_woken, listening)
        threading.Thread(target=self._hand_over, args=(listening,), daemon=True).start()
        return folder

    def _hand_over(self, listening: socket.socket) -> None:
        with suppress(OSError), listening:  # closed at the end of the run
            for zygote in self._offered:
                worker, _ = listening.accept()
                with worker:
                    told = {"pid": zygote.pid, "folder": str(zygote.folder), "enclosed": zygote.enclosed}
                    socket.send_fds(worker, [json.dumps(told).encode()], [zygote.control.fileno()])
                    zygote.control.close()

    def _end(self) -> None:
        while self._offered:
            self._offered.pop().kill()  # it may be importing, and hears nothing


def _kind(modules: Sequence[str], borders: Borders, sealed: bool) -> Any:
    """Return what one zygote has in common with another that can stand in for it."""
    return borders, readable_by_zygote(modules, sealed=sealed), well_known(modules), sealed


def _woken(listening: socket.socket) -> None:
    with suppress(OSError):
        listening.shutdown(socket.SHUT_RDWR)  # which ends an accept() that waits in a thread


def taken_over(door: str) -> ZygoteProcess | None:
    """Return a zygote that was started ahead of time; None if there is none left."""
    with suppress(OSError, ValueError), socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as offered:
        with _short(door) as place:
            offered.settimeout(LEAVE_SECONDS)
            offered.connect(f"{place}/{DOOR}")
        said, [control], _, _ = socket.recv_fds(offered, 1 << 16, 1)
        told: dict[str, Any] = json.loads(said)
        folder, enclosed = Path(told["folder"]), told["enclosed"]
        return ZygoteProcess(told["pid"], socket.socket(fileno=control), folder, enclosed=enclosed)
    return None
