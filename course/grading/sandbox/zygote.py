"""The zygote: a warm, single-threaded interpreter that forks a confined child for every submission.

It imports what an assignment's notebooks import and makes the IPython shell, once. It never runs a cell itself.
Started as `python -m course.grading.sandbox.zygote SETTINGS`, which name the descriptor of a SEQPACKET control socket;
it leaves when that closes.
"""

import contextlib
import gc
import importlib.abc
import importlib.machinery
import io
import json
import mmap
import os
import shutil
import signal
import socket
import sys
import tempfile
import warnings
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any, Self

from . import frames
from .borders import Borders, Limits, prepare, undumpable
from .cgroups import Cgroup
from .guardian import guarded
from .layers import SECCOMP
from .shell import Shell, settle

LARGEST_REQUEST = 1 << 20

INSTALLED = ("site-packages", "dist-packages")
"""Folders in which other modules lie than Python's own."""


class Zygote:
    """What the zygote does on request."""

    def __init__(self, control: socket.socket, settings: dict[str, Any]) -> None:
        self._control = control
        self._borders = Borders.from_data(settings["borders"])
        self._readable = [Path(path) for path in settings["readable"]]
        self._work = Path(settings["work"])
        self._forks = 0
        self._shell = Shell()
        prepare(self._borders, self._readable)

    def serve(self) -> None:
        """Answer requests until the control socket closes."""
        while True:
            data, descriptors, _, _ = socket.recv_fds(self._control, LARGEST_REQUEST, 4)
            if not data:
                return
            request = json.loads(data)
            if "fork" in request:
                self._fork(descriptors, request)
                for descriptor in descriptors:
                    os.close(descriptor)
            else:
                self._control.send(json.dumps(self._preload(request["preload"], tried=request["tried"])).encode())

    def _fork(self, descriptors: list[int], request: dict[str, Any]) -> None:
        self._forks += 1
        with _unwarned():
            child = os.fork()
        if child:
            return
        with _dying():
            talk, watch = (socket.socket(fileno=descriptor) for descriptor in descriptors[:2])
            work = (
                self._work
                if self._borders.alone
                else Path(tempfile.gettempdir(), f"grading-{os.getppid()}-{self._forks}")
            )
            guarded(
                lambda: self._run(talk, work / request["fork"], request["environment"], request["first"]),
                watch=watch,
                keep=(talk.fileno(),),
                borders=self._borders,
                limits=Limits(**request["limits"]),
                readable=self._readable,
                work=work,
                group=Cgroup(*descriptors[2:]) if descriptors[2:] else None,
            )

    def _run(self, talk: socket.socket, place: Path, environment: dict[str, str], first: Sequence[str]) -> None:
        """Run a notebook's cells in a folder of its own, of whose modules those named in `first` go before others."""
        os.environ.update(environment)
        place.mkdir(parents=True)
        os.chdir(place)
        sys.path.append("")  # last: a submitted numpy.py must not come before numpy
        sys.meta_path.insert(0, _BesideTheNotebook(first))
        for files in frames.files(talk):
            files.extractall(place, filter="data")
        self._shell.serve(talk)

    def _preload(self, modules: Iterable[str], *, tried: bool) -> dict[str, Any]:
        """Import modules; with `tried`, only those whose import in a child starts no thread and shows nothing."""
        wanted = [name for name in modules if name not in sys.modules]
        fit = _tried(wanted) if tried and wanted else wanted
        for name in fit:
            _imported(name)
        if fit or not tried:
            settle()
            gc.freeze()  # so that children share it all: nobody looks for garbage in it
            gc.enable()
        return {"imported": fit, "refused": sorted(set(wanted) - set(fit)), "threads": _threads()}


class _BesideTheNotebook(importlib.abc.MetaPathFinder):
    """Finds modules in the current folder before installed ones, as in a kernel, if they are among `names`."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        """Return where a module is; None leaves it to others, as also a folder that is no package."""
        if name not in self._names:
            return None
        before = takewhile(lambda place: os.path.basename(place) not in INSTALLED, sys.path)
        found = importlib.machinery.PathFinder.find_spec(name, [*before, ""])
        return found if found and found.loader else None


def _tried(names: list[str]) -> list[str]:
    """Return those of `names` that a child could import without starting a thread or showing anything."""
    reading, writing = os.pipe()
    with _unwarned():
        child = os.fork()
    if not child:
        with _dying():
            os.close(reading)
            with os.fdopen(writing, "w") as result:
                for name in names:
                    if _imported(name) and _threads() == 1:
                        print(name, file=result, flush=True)
                    elif _threads() > 1:
                        break
    os.close(writing)
    with os.fdopen(reading) as result:
        return result.read().split()


def _imported(name: str) -> bool:
    """Import a module; return whether that worked and showed nothing."""
    shown = io.StringIO()
    with warnings.catch_warnings(record=True) as warned, contextlib.redirect_stdout(shown):
        warnings.simplefilter("default")
        with contextlib.redirect_stderr(shown):
            try:
                importlib.import_module(name)
            except BaseException:
                return False
    return not shown.getvalue() and not any(issubclass(one.category, (UserWarning, FutureWarning)) for one in warned)


def _threads() -> int:
    return len(os.listdir("/proc/self/task"))


@contextlib.contextmanager
def _unwarned() -> Iterator[None]:
    """Fork without the warnings that libraries give about it, in parent and child alike."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def _dying() -> Iterator[None]:
    """End this child with the block, whatever happens in it."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        yield
    finally:
        os._exit(0)


class _SharedOnDisk(mmap.mmap):
    """Memory to share among processes that is a file on the private disk, since no other is to be had there."""

    def __new__(cls, fileno: int, length: int, flags: int = mmap.MAP_SHARED, *args: Any, **kwargs: Any) -> Self:
        if fileno != -1 or length <= 0 or flags & mmap.MAP_PRIVATE:
            return super().__new__(cls, fileno, length, flags, *args, **kwargs)
        with tempfile.TemporaryFile() as file:
            os.posix_fallocate(file.fileno(), 0, length)
            return super().__new__(cls, file.fileno(), length, flags & ~mmap.MAP_ANONYMOUS, *args, **kwargs)


def _share_on_disk() -> None:
    """Let `mmap.mmap(-1, length)` work as ever where the kernel is not asked for memory that is nobody's."""
    _SharedOnDisk.__module__, _SharedOnDisk.__name__, _SharedOnDisk.__qualname__ = "mmap", "mmap", "mmap"
    mmap.mmap = _SharedOnDisk  # type: ignore[misc]


def main() -> None:
    """Serve the worker that started this process."""
    gc.disable()  # until what notebooks import is there
    settings = json.loads(sys.argv[1])
    sys.argv = ["ipykernel_launcher.py"]  # what a kernel's is
    control = socket.socket(fileno=settings["control"])
    control.set_inheritable(False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # a worker hears none, but cells are interrupted
    if settings["library"]:
        sys.path.insert(0, settings["library"])
    sys.modules.pop("rfc3987_syntax")  # the cells may have it
    home = Path(os.environ["HOME"])
    os.environ |= {"IPYTHONDIR": str(home / "ipython"), "MPLCONFIGDIR": str(home / "matplotlib")}
    shutil.copytree(settings["fonts"], home / "matplotlib")
    if SECCOMP in Borders.from_data(settings["borders"]).drawn:
        _share_on_disk()
    zygote = Zygote(control, settings)
    for name in [name for name in sys.modules if name.partition(".")[0] == __package__.partition(".")[0]]:
        del sys.modules[name]  # the cells may have a module of that name
    undumpable()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the guardians
    control.send(json.dumps({"ready": os.getpid()}).encode())
    zygote.serve()


if __name__ == "__main__":
    main()
