"""The borders round a submission: which layers this system has, what draws them, and the limits."""

import importlib.machinery
import importlib.util
import json
import os
import shutil
import site
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from . import system_calls as system
from .cgroups import Cgroups
from .layers import ALL, BUBBLEWRAP, INNER, LANDLOCK, MEMORY_CGROUP, NAMESPACES, PROCESS_LIMIT, SECCOMP, Layer, Place
from .system_calls import HOME, USER, most_files


@dataclass(frozen=True)
class Limits:
    """What one submission may use: bytes, processes and threads, seconds of processor and of wall time.

    `channels` are its pipes and sockets, which hold data; `start_seconds` is how long its process may take to say its
    first word, when its zygote has nothing else to do.
    """

    memory: int = 4 << 30
    disk: int = 256 << 20
    processes: int = 64
    cpu_seconds: int = 600
    seconds: int = 1800
    start_seconds: int = 30
    open_files: int = 256
    channels: int = 256

    @property
    def files(self) -> int:
        """How many files and folders its disk takes."""
        return most_files(self.disk)

    @property
    def held(self) -> int:
        """Bytes of everything that a submission may hold: its disk is memory too."""
        return self.memory + self.disk


@dataclass(frozen=True)
class Borders:
    """The names of the layers to use, and for each that is missing one sentence: why, and what to install or enable."""

    layers: tuple[str, ...] = ()
    missing: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def hold(self) -> bool:
        """Whether these layers keep a submission from the gradebook, from the others and from the network."""
        return self.alone or {LANDLOCK, SECCOMP} <= set(self.drawn)

    @property
    def drawn(self) -> tuple[Layer, ...]:
        """The layers themselves, in the order in which they are drawn."""
        return tuple(layer for layer in ALL if layer.name in self.layers)

    @property
    def alone(self) -> bool:
        """Whether each submission has namespaces of its own."""
        return NAMESPACES in self.drawn

    @property
    def enclosed(self) -> bool:
        """Whether the zygote is a child of bubblewrap's, and has a /tmp of its own."""
        return BUBBLEWRAP in self.drawn

    @property
    def lowered(self) -> bool:
        """Whether the zygote is another user's than this process."""
        return PROCESS_LIMIT in self.drawn and os.geteuid() == 0

    def as_data(self) -> dict[str, Any]:
        """Return what `from_data` takes, ready for JSON."""
        return {"layers": list(self.layers), "missing": dict(self.missing)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Borders":
        """Return the borders that `as_data` wrote down."""
        return cls(tuple(data["layers"]), dict(data["missing"]))


# --- the outer border ------------------------------------------------------------------------------------------------


def start_command(command: Sequence[str], borders: Borders, readable: Sequence[Path], work: Path) -> list[str]:
    """Return the command that starts `command` (the zygote) behind the outer border, in a directory that it may read.

    Root becomes a plain user first, even where the interpreter is below a directory that only root may enter. Open
    descriptors are passed on. What it may read is `readable`; with bubblewrap or as root nothing else.
    """
    started = list(command)
    for layer in reversed(borders.drawn):
        started = layer.around(started, readable, work)
    return started


def readable_paths(modules: Iterable[str], path: Sequence[str] = ()) -> list[Path]:
    """Return what programs and the interpreter read, and of each module found elsewhere only its own file or package.

    The directory that contains such a module (a course, with gradebook and solutions) is not among them. Modules are
    looked for in the folders `path` first.
    """
    prefixes = {sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix}
    parts = ("bin", "lib", "lib32", "lib64", "pyvenv.cfg")
    wanted = [*system.SYSTEM, *(os.path.join(prefix, part) for prefix in prefixes for part in parts)]
    wanted += installed()
    wanted += _library_directories()
    for name in modules:
        wanted += own_paths(name.partition(".")[0], path)
    found: list[Path] = []
    for place in sorted(Path(one) for one in {*wanted} if os.path.isabs(one) and os.path.exists(one)):
        if not any(place.is_relative_to(above) for above in found):
            found.append(place)
    return found


def installed() -> list[str]:
    """Return the folders of installed modules."""
    places = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    return [*places, *site.getsitepackages(), *([site.getusersitepackages()] if site.ENABLE_USER_SITE else [])]


def own_paths(module: str, path: Sequence[str] = ()) -> list[str]:
    """Return the file or the folders of a module that can be imported from the folders `path`, or else here."""
    try:
        spec = importlib.machinery.PathFinder.find_spec(module, [*path]) or importlib.util.find_spec(module)
    except (ImportError, ValueError):
        return []
    if spec is None:
        return []
    if spec.submodule_search_locations is not None:
        return list(spec.submodule_search_locations)
    return [spec.origin] if spec.has_location and spec.origin else []


def _library_directories() -> list[str]:
    """Return where the shared libraries lie that this process has loaded or is told to look for."""
    with open("/proc/self/maps") as maps:
        loaded = {os.path.dirname(line.split(maxsplit=5)[5].strip()) for line in maps if ".so" in line}
    told = os.environ.get("LD_LIBRARY_PATH", "").split(os.pathsep)
    return [path for path in {*loaded, *told} if os.path.basename(path).startswith("lib")]


# --- the inner border ------------------------------------------------------------------------------------------------


def undumpable() -> None:
    """Keep other processes of the same user from looking into this one: for the zygote."""
    system.set_dumpable(False)


def prepare(borders: Borders, readable: Sequence[Path]) -> None:
    """Do once, in the zygote, what every child would have to do again: saves some milliseconds each."""
    system.views(tuple(map(str, readable)))
    for layer in borders.drawn:
        layer.prepare(borders.alone)


def separate(borders: Borders) -> None:
    """Leave the zygote's namespaces: for the guardian, whose next child is the first process of a new one."""
    system.set_dumpable(True)  # else its files in /proc belong to root
    if borders.alone:
        kinds = system.NEW_USER | system.NEW_PIDS | system.NEW_NETWORK | system.NEW_IPC | system.NEW_UTS
        system.new_namespaces(kinds | system.NEW_CGROUP)
        try:
            system.forbid_user_namespaces()
        except OSError:
            if SECCOMP not in borders.drawn:
                raise
    else:
        system.adopt_orphans()
    system.set_dumpable(False)


def confine(borders: Borders, limits: Limits, readable: Sequence[Path], work: Path) -> None:
    """Take from this process all that a submission must not have; it is a child of one that did `separate`.

    Afterwards it is in `work`, empty and its own, with HOME and TMPDIR beside it under the same quota. Raises OSError,
    or what the import of pyseccomp raises, if any of the borders cannot be drawn.
    """
    alone = borders.alone
    place = Place(readable, work, limits.disk, alone)
    os.setsid()
    for layer in borders.drawn:
        layer.enter(place)
    if alone:
        home, temporary = HOME, "/tmp"
    else:
        home, temporary = str(work / ".home"), str(work / ".tmp")
        for path in (home, temporary):
            os.makedirs(path)
    _limit(limits, everyones=not alone)
    system.drop_capabilities()
    system.no_huge_pages()
    system.set_dumpable(alone)
    system.die_with_parent()
    for layer in borders.drawn:
        layer.restrict(place)
    os.environ.update(HOME=home, TMPDIR=temporary, USER=USER, LOGNAME=USER)
    tempfile.tempdir = None
    os.chdir(work)


def _limit(limits: Limits, *, everyones: bool) -> None:
    """Set the resource limits; `everyones` where the kernel counts all processes of the user, not only these."""
    others = _processes_of_user() if everyones or _kernel() < (5, 14) else 0
    system.limit("CORE", 1)  # 0 would still feed the system's crash reporter, where there is one; see core(5)
    system.limit("CPU", limits.cpu_seconds, limits.cpu_seconds + 1)
    system.limit("NPROC", limits.processes + others)
    system.limit("NOFILE", limits.open_files)
    system.limit("DATA", limits.memory)
    system.limit("FSIZE", limits.disk)
    system.limit("MSGQUEUE", 0)
    system.limit("SIGPENDING", limits.open_files)


def _kernel() -> tuple[int, ...]:
    return tuple(int("".join(filter(str.isdigit, part)) or 0) for part in os.uname().release.split(".")[:2])


def _processes_of_user() -> int:
    """Return how many processes and threads of this user there are, as far as they can be seen."""
    user, count = os.getuid(), 0
    for entry in os.scandir("/proc"):
        try:
            if entry.name.isdigit() and entry.stat().st_uid in (user, 0):
                with open(f"{entry.path}/status") as status:
                    lines = dict(line.split(":", 1) for line in status)
                count += int(lines["Threads"]) if int(lines["Uid"].split()[0]) == user else 0
        except OSError:
            continue
    return count


# --- which of them are there -----------------------------------------------------------------------------------------


def probe(*, elsewhere: bool = False) -> Borders:
    """Try every layer for real in short-lived processes, and return which hold and why the others do not.

    `elsewhere` is where others start the processes, who may have no cgroups although this process has.
    """
    missing: dict[Layer, str] = {}
    if problem := _uncounted(elsewhere):
        missing[MEMORY_CGROUP] = MEMORY_CGROUP.lacking(problem)
    outer: list[tuple[Layer, ...]] = [(PROCESS_LIMIT, BUBBLEWRAP), (PROCESS_LIMIT,)]
    outer += [(BUBBLEWRAP,), ()] if os.geteuid() == 0 else []
    if shutil.which("bwrap") is None:
        outer = [layers for layers in outer if BUBBLEWRAP not in layers]
        missing[BUBBLEWRAP] = "bubblewrap is not installed: install the package bubblewrap"
    for layers in outer:
        inner, problem = _tried(_named(layers))
        if inner is not None:
            found = {*layers, *({MEMORY_CGROUP} - {*missing}), *(layer for layer in INNER if not inner[layer.name])}
            missing |= {layer: layer.lacking(inner[layer.name]) for layer in INNER if layer not in found}
            return _named(found, {layer: why for layer, why in missing.items() if layer not in found})
        if layers:
            missing[layers[-1]] = layers[-1].lacking(problem)
    return _named((), dict.fromkeys(ALL, "no process could be started to try it in") | missing)


def hoped() -> Borders:
    """Return the borders that `probe` finds where nothing is missing; none where that can be told without trying."""
    if shutil.which("bwrap") is None or _uncounted(elsewhere=False):
        return Borders()
    return _named(ALL)


def _named(found: Collection[Layer], missing: Mapping[Layer, str] | None = None) -> Borders:
    """Return borders of these layers, which lack others for these reasons."""
    why = {layer.name: reason for layer, reason in (missing or {}).items()}
    return Borders(tuple(layer.name for layer in ALL if layer in found), why)


def _uncounted(elsewhere: bool) -> str:
    """Return why no memory cgroup can be made for a submission, or nothing if one can."""
    if elsewhere:
        return "the workers are not this command's own"
    try:
        Cgroups(Limits().held)
    except OSError as why:
        return str(why)
    return ""


def _tried(borders: Borders) -> tuple[dict[str, str] | None, str]:
    """Return why each inner layer cannot be drawn ("" if it can) behind this outer border, or why not even that can."""
    found = sorted({str(Path(__file__).parents[3]), *(os.path.dirname(path) for path in own_paths("pyseccomp"))})
    work = Path(tempfile.gettempdir(), f"course-probe-{os.getpid()}")
    trying = f"import sys; sys.path += {found}; from {__package__}.guardian import try_layers; try_layers()"
    try:
        readable = readable_paths([__name__, "pyseccomp"])
        command = [sys.executable, "-I", "-S", "-c", trying, str(work), *map(str, readable)]
        started = start_command(command, borders, readable, work)
        done = subprocess.run(started, capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return None, str(error)
    try:
        return json.loads(done.stdout), ""
    except ValueError:
        return None, (done.stderr.strip().splitlines() or [f"it ended with status {done.returncode}"])[-1]
