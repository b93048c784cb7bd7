"""Leave the process as it was found: what a student's code prints, warns, seeds or sets while it is observed."""

from __future__ import annotations

import contextlib
import ctypes
import io
import os
import random
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType
from typing import Any, ClassVar

import numpy as np

from checks.observing.observation import Note


@dataclass
class Trace:
    """What a student's code wrote and warned while it was observed; filled when the guard ends."""

    printed: str = ""
    complained: str = ""
    warned: list[str] = field(default_factory=list)

    def notes(self) -> tuple[Note, ...]:
        """Return one note for each thing worth telling the student."""
        notes = [Note("warns", f"Your code warns: {text}") for text in dict.fromkeys(self.warned)]
        if self.printed.strip():
            shown = _first_line(self.printed)
            notes.append(Note("prints", f"Your code prints (not shown while it is checked): {shown}"))
        if self.complained.strip():
            notes.append(Note("complains", f"Your code writes to stderr: {_first_line(self.complained)}"))
        return tuple(notes)


def _first_line(text: str, width: int = 80) -> str:
    line, *rest = text.strip().splitlines() or [""]
    return line[:width] + (" …" if rest or len(line) > width else "")


@contextlib.contextmanager
def undisturbed() -> Iterator[Trace]:
    """Run a block of a student's code and put back what it may have changed in the process.

    Kept: standard output and error (also what C code writes), what IPython displays and new matplotlib figures,
    warnings and their filters, the global random generators of Python, NumPy and torch, the functions of NumPy and
    torch, NumPy's error state and print options, torch's default dtype and device, grad mode and threads, the working
    directory and the recursion limit.
    """
    trace = Trace()
    out, err = io.StringIO(), io.StringIO()
    caught: list[warnings.WarningMessage] = []
    raw_out, raw_err = io.StringIO(), io.StringIO()
    try:
        with (
            _random_state(),
            _torch_modes(),
            _process(),
            _displays(),
            _libraries(),
            np.errstate(all="warn", under="ignore"),
            warnings.catch_warnings(record=True) as recorded,
            _descriptor(2, raw_err),
            _descriptor(1, raw_out),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            caught = recorded
            warnings.simplefilter("always")
            yield trace
    finally:
        trace.printed = out.getvalue() + raw_out.getvalue()
        trace.complained = err.getvalue() + raw_err.getvalue()
        trace.warned = [f"{warning.category.__name__}: {_first_line(str(warning.message))}" for warning in caught]


@contextlib.contextmanager
def _random_state() -> Iterator[None]:
    python, numpy = random.getstate(), _NumpyState.now()
    torch = sys.modules.get("torch")
    state = torch.get_rng_state() if torch is not None else None
    try:
        yield
    finally:
        random.setstate(python)
        numpy.put_back()
        if torch is not None:
            torch.set_rng_state(state)


class _NumpyState:
    """NumPy's global generator, which takes a hundred times as long to ask for its state as to look at its memory.

    Beside that memory there may be a second normal number, kept since the first was drawn, which can be used up without
    a trace there.
    """

    SIZE: ClassVar[int] = 625 * 4
    """Bytes: the 624 words of a Mersenne twister, and the place of the next one."""

    _last: ClassVar[_NumpyState | None] = None

    def __init__(self) -> None:
        self._all: Any = np.random.get_state(legacy=False)
        self._memory = self._look()

    @classmethod
    def now(cls) -> _NumpyState:
        """Return what it is now."""
        if cls._last is None or cls._last._may_differ():
            cls._last = cls()
        return cls._last

    @classmethod
    def _look(cls) -> bytes:
        generator: Any = np.random.get_bit_generator()  # type: ignore[attr-defined]
        is_usual = type(generator) is np.random.MT19937
        return ctypes.string_at(generator.ctypes.state_address, cls.SIZE) if is_usual else b""

    def _may_differ(self) -> bool:
        return not self._memory or bool(self._all["has_gauss"]) or self._look() != self._memory

    def put_back(self) -> None:
        """Let it go on from here."""
        if self._may_differ():
            np.random.set_state(self._all)


@contextlib.contextmanager
def _torch_modes() -> Iterator[None]:
    torch = sys.modules.get("torch")
    if torch is None:
        yield
        return
    dtype, device = torch.get_default_dtype(), torch.get_default_device()
    grad, threads = torch.is_grad_enabled(), torch.get_num_threads()
    try:
        yield
    finally:
        if torch.get_default_device() != device:
            torch.set_default_device(device)
        torch.set_default_dtype(dtype)
        torch.set_grad_enabled(grad)
        if torch.get_num_threads() != threads:
            torch.set_num_threads(threads)


@contextlib.contextmanager
def _process() -> Iterator[None]:
    folder, recursion, printing = "", sys.getrecursionlimit(), np.get_printoptions()
    with contextlib.suppress(OSError):  # somebody may have removed it
        folder = os.getcwd()
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            os.chdir(folder)
        sys.setrecursionlimit(recursion)
        np.set_printoptions(**printing)


_LIBRARIES = (
    "builtins",
    "math",
    "numpy",
    "numpy.linalg",
    "numpy.linalg._linalg",
    "numpy.random",
    "torch",
    "torch.nn.functional",
    "checks.judging.comparing",
)


@contextlib.contextmanager
def _libraries() -> Iterator[None]:
    """Put back what a student's code assigns anew in libraries that compute or judge, such as `np.exp = ...`."""
    before = [_Contents.of(module) for module in map(sys.modules.get, _LIBRARIES) if module is not None]
    try:
        yield
    finally:
        for contents in before:
            contents.put_back()


class _Contents:
    """What a module holds, known again without a look at each of its thousand names."""

    _last: ClassVar[dict[str, _Contents]] = {}

    def __init__(self, module: ModuleType) -> None:
        self._module = module
        self._values = dict(vars(module))
        self._identities = _identities(self._values)

    @classmethod
    def of(cls, module: ModuleType) -> _Contents:
        """Return what a module holds now."""
        known = cls._last.get(module.__name__)
        if known is None or known._module is not module or known._has_changed():
            known = cls._last[module.__name__] = cls(module)
        return known

    def _has_changed(self) -> bool:
        return _identities(vars(self._module)) != self._identities

    def put_back(self) -> None:
        """Give the names that were there the values that they had."""
        if self._has_changed():
            now = vars(self._module)
            for name in [name for name, value in self._values.items() if now.get(name) is not value]:
                setattr(self._module, name, self._values[name])


def _identities(values: Mapping[str, Any], made: Callable[..., Any] = np.fromiter) -> bytes:
    """Return which objects these are, in order, without asking any of them what it equals."""
    objects = tuple(values.values())  # in one go, whatever other threads do
    pointers: bytes = made(objects, object, len(objects)).tobytes()
    return pointers


@contextlib.contextmanager
def _displays() -> Iterator[None]:
    """Keep pictures and other displays out of the report, and close the figures that were opened."""
    ipython: Any = sys.modules.get("IPython")
    pyplot: Any = sys.modules.get("matplotlib.pyplot")
    shell = ipython.get_ipython() if ipython is not None else None
    figures = set(pyplot.get_fignums()) if pyplot is not None else set()
    publisher = getattr(shell, "display_pub", None)
    if shell is not None and publisher is not None:
        shell.display_pub = collector = _collector()
        collector.outputs = []
    try:
        yield
    finally:
        if shell is not None and publisher is not None:
            shell.display_pub = publisher
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is not None:
            for number in set(pyplot.get_fignums()) - figures:
                pyplot.close(number)


@cache
def _collector() -> Any:
    """Return a publisher that shows nothing; widgets' messages, which may arrive meanwhile, tell it whose."""
    from IPython.core.displaypub import CapturingDisplayPublisher

    class Collector(CapturingDisplayPublisher):  # type: ignore[misc]
        def set_parent(self, parent: Any) -> None:
            """Do nothing: what is collected belongs to nobody."""

    return Collector()


@contextlib.contextmanager
def _descriptor(number: int, text: io.StringIO) -> Iterator[None]:
    """Divert what C code and child processes write to a file descriptor, past `sys.stdout` and `sys.stderr`."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()
    try:
        saved = os.dup(number)
    except OSError:  # no such descriptor: nothing can be written there
        yield
        return
    with tempfile.TemporaryFile() as file:
        os.dup2(file.fileno(), number)
        try:
            yield
        finally:
            os.dup2(saved, number)
            os.close(saved)
            file.seek(0)
            text.write(file.read(100_000).decode(errors="replace"))
