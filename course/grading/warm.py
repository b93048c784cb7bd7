"""The worker's side of its zygote: start it inside the borders, have it fork, start another when it is lost."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .borders import Borders, Limits, readable_paths, start_command

START_SECONDS = 120
"""How long a zygote may take to start, or to import what it is asked to."""

KEPT = ("LANG", "LC_ALL", "LC_CTYPE", "PATH", "PYTHONPATH", "TZ")
"""The environment variables that students' code may see; a password in any other stays with the teacher."""

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""A process that has computed in threads does not survive a fork."""

STDERR = "stderr.txt"

WORK = Path("/grading")
"""Where submissions lie while they are graded, each on a disk of its own."""

WELL_KNOWN = ("numpy", "torch", "matplotlib", "matplotlib.pyplot", "pandas", "scipy", "sklearn")
"""Modules that are known to start no thread and to say nothing when they are imported."""


class Interruption(Exception):
    """The zygote was lost, which no submission can be blamed for: it must be graded again."""


@dataclass(frozen=True)
class Warmth:
    """What a zygote is made for: an assignment's digest, the modules to import, the borders and limits of its forks."""

    digest: str
    modules: tuple[str, ...]
    borders: Borders
    limits: Limits


class Zygote:
    """A running zygote for an assignment. Its methods may be called from several threads."""

    def __init__(self, warmth: Warmth, scratch: Path) -> None:
        self._scratch = Path(tempfile.mkdtemp(prefix="zygote-", dir=scratch))
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.settimeout(START_SECONDS)
        self._asking = threading.Lock()
        with theirs:
            self._process = self._started(warmth, theirs)
        self._gone = weakref.finalize(self, _left, self._process, self._control, self._scratch)
        self._answer()
        self.preload([name for name in WELL_KNOWN if name in warmth.modules], tried=False)
        self.preload(warmth.modules)

    @property
    def alive(self) -> bool:
        """Whether it can still fork."""
        return self._gone.alive and self._process.poll() is None

    @property
    def pid(self) -> int:
        """The process that was started: the zygote, or bubblewrap around it."""
        return self._process.pid

    @contextmanager
    def forked(self, folder: str) -> Iterator[tuple[socket.socket, socket.socket]]:
        """Give the two sockets of a new confined process, which ends with the block.

        Raises:
            Interruption: if the zygote is lost.
        """
        talk, its_talk = socket.socketpair()
        watch, its_watch = socket.socketpair()
        with talk, watch:
            with its_talk, its_watch:
                request = {"fork": folder, "environment": {"NBGRADER_EXECUTION": "autograde"}}
                descriptors = [its_talk.fileno(), its_watch.fileno()]
                try:
                    socket.send_fds(self._control, [json.dumps(request).encode()], descriptors)
                except OSError as problem:
                    self.close()
                    raise Interruption(f"the process that starts notebooks was lost ({problem})") from problem
            yield talk, watch

    def preload(self, modules: Iterable[str], *, tried: bool = True) -> None:
        """Import modules into the zygote; with `tried` only those that a child could import without harm.

        Raises:
            Interruption: if the zygote is lost.
        """
        with self._asking:
            names = list(modules)
            for start in range(0, len(names), 500):
                with suppress(OSError):  # the answer that does not come says why
                    self._control.send(json.dumps({"preload": names[start : start + 500], "tried": tried}).encode())
                self._answer()

    def close(self) -> None:
        """Let it leave, with everything that it has started."""
        self._gone()

    def _answer(self) -> Any:
        try:
            data = self._control.recv(1 << 20)
        except OSError:
            data = b""
        if not data:
            said = (self._scratch / STDERR).read_text(errors="replace").strip().splitlines()
            self.close()
            raise Interruption(f"the process that starts notebooks left ({said[-1] if said else 'it did not say why'})")
        return json.loads(data)

    def _started(self, warmth: Warmth, control: socket.socket) -> subprocess.Popen[bytes]:
        readable = [*readable_paths((*warmth.modules, "course", "pyseccomp")), self._scratch]
        settings = {
            "control": control.fileno(),
            "borders": warmth.borders.as_data(),
            "limits": asdict(warmth.limits),
            "readable": [str(path) for path in readable],
            "work": str(WORK),
            "fonts": self._fonts(),
        }
        command = [sys.executable, "-P", "-m", "course.grading.zygote", json.dumps(settings)]
        command = start_command(command, warmth.borders, readable, WORK)
        environment = {key: os.environ[key] for key in KEPT if key in os.environ} | ONE_THREAD
        environment |= {"HOME": self._home(warmth.borders), "PYTHONDONTWRITEBYTECODE": "1"}
        with (self._scratch / STDERR).open("wb") as stderr:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                pass_fds=(control.fileno(),),
                env=environment,
                cwd="/",
                start_new_session=True,
            )

    def _home(self, borders: Borders) -> str:
        """Return a home directory for the zygote: in its own /tmp if the outer border gives it one."""
        lowered = "process limit" in borders.layers and os.geteuid() == 0
        self._scratch.chmod(0o755 if lowered else 0o700)
        return "/tmp/home" if lowered or "bubblewrap" in borders.layers else str(self._scratch / "home")

    def _fonts(self) -> str:
        """Copy matplotlib's list of fonts, which takes seconds to make, to where the zygote can read it."""
        caches = (
            os.environ.get("MPLCONFIGDIR"),
            os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "matplotlib"),
        )
        fonts = self._scratch / "fonts"
        fonts.mkdir()
        for cache in filter(None, caches):
            for made in Path(cache).glob("fontlist-*.json"):
                shutil.copyfile(made, fonts / made.name)
        return str(fonts)


def _left(process: subprocess.Popen[bytes], control: socket.socket, scratch: Path) -> None:
    control.close()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    shutil.rmtree(scratch, ignore_errors=True)


MOST_ZYGOTES = 3
"""How many assignments one worker keeps warm."""

_zygotes: dict[str, Zygote] = {}
_starting = threading.Lock()


def zygote_for(warmth: Warmth, scratch: Path) -> Zygote:
    """Return this process's zygote for an assignment, a new one if there is none or it is lost.

    What it needs on the disk is put into a folder in `scratch`.
    """
    with _starting:
        zygote = _zygotes.pop(warmth.digest, None)
        if zygote is None or not zygote.alive:
            zygote = Zygote(warmth, scratch)
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
