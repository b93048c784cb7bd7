"""An IPython kernel without sockets: made once in the zygote, it runs a notebook's cells in each forked child.

It is ipykernel's own kernel, so that outputs, tracebacks and magics are those of a kernel; only its session writes
frames instead of ZeroMQ messages.
"""

import asyncio
import inspect
import io
import json
import logging
import os
import random
import signal
import socket
import sys
import tarfile
import tempfile
import threading
import warnings
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ipykernel.compiler import XCachingCompiler
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.jsonutil import json_default
from jupyter_client.session import Session
from tornado.ioloop import IOLoop
from traitlets.config import Config

from . import frames
from .limits_met import limit_met

TORCH_DEFAULT_SEED = 67280421310721  # what torch's generator starts from in a fresh process
FLUSH_AT = 1 << 16  # characters of output that are sent before their cell has ended


class FrameSession(Session):  # type: ignore[misc]
    """A Jupyter session whose messages go out as frames; before there is a connection they go nowhere."""

    connection: socket.socket | None = None

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Send a message's type, content and buffers, ignoring `stream`."""
        message = msg_or_type if isinstance(msg_or_type, dict) else self.msg(msg_or_type, content)
        if self.connection is not None:
            buffers = [frames.wrapped(buffer) for buffer in kwargs.get("buffers") or ()]
            head = json.dumps({"type": message["msg_type"], "buffers": buffers}).encode()
            self.connection.sendall(frames.framed(head[:-1] + b', "content": ' + self._content(message) + b"}"))
        return message

    def _content(self, message: dict[str, Any]) -> bytes:
        """Return a message's content as a kernel writes it: bytes, dates and other libraries' numbers have a form."""
        try:
            return json.dumps(message["content"], default=json_default, allow_nan=False).encode()
        except (TypeError, ValueError):
            content: bytes = self.serialize(message)[-1]  # which warns, and puts it right if it can
            return content


class FrameStream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr` of the cells: text goes out as stream messages.

    What programs and libraries write to the descriptor of the same name is collected in a file on the private disk and
    goes out before whatever the cell writes next.
    """

    encoding = "UTF-8"  # type: ignore[assignment]

    def __init__(self, session: FrameSession, name: str) -> None:
        self.session = session
        self.name = name
        self._buffer = io.StringIO()
        handle, path = tempfile.mkstemp()
        self._collected = os.open(path, os.O_RDWR | os.O_APPEND)
        os.close(handle)
        os.unlink(path)
        os.dup2(self._collected, self.fileno(), inheritable=True)

    def write(self, text: str) -> int:
        """Take some text; it goes out with the next flush, at the latest when the cell ends."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._take_collected()
        self._buffer.write(text)
        if self._buffer.tell() > FLUSH_AT:
            self.flush()
        return len(text)

    def writable(self) -> bool:
        """Say that this stream can be written to."""
        return True

    def isatty(self) -> bool:
        """Say that nobody sits at this stream."""
        return False

    def fileno(self) -> int:
        """Return the descriptor that programs started by a cell write to."""
        return 1 if self.name == "stdout" else 2

    def flush(self) -> None:
        """Send what has been written."""
        self._take_collected()
        text = self._buffer.getvalue()
        if text:
            self._buffer = io.StringIO()
            self.session.send(None, "stream", {"name": self.name, "text": text})

    def _take_collected(self) -> None:
        size = os.fstat(self._collected).st_size
        if size:
            text = os.pread(self._collected, size, 0).decode(errors="replace")
            os.ftruncate(self._collected, 0)
            self._buffer.write(text)


class Compiler(XCachingCompiler):  # type: ignore[misc]
    """A kernel's compiler, whose cells `inspect` need not search every imported module for to show a traceback."""

    def cache(self, *args: Any, **kwargs: Any) -> str:
        """Keep a cell's source and return the name that it is compiled under."""
        name = str(super().cache(*args, **kwargs))
        inspect.modulesbyfile[name] = "__main__"  # type: ignore[attr-defined]
        return name


class Shell:
    """The kernel of one process: the zygote makes it, each child runs one notebook in its copy."""

    def __init__(self) -> None:
        os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
        application = IPKernelApp.instance(config=Config({"HistoryManager": {"hist_file": ":memory:"}}))
        self._session = FrameSession(key=b"")
        sys.modules["debugpy"] = None  # type: ignore[assignment]  # as if not installed: it is slow, nobody debugs here
        try:
            self._kernel = IPythonKernel.instance(
                parent=application, session=self._session, log=_silent(), compiler_class=Compiler
            )
        finally:
            del sys.modules["debugpy"]
        application.kernel, application.shell = self._kernel, self._kernel.shell  # `%matplotlib` asks the application
        self._kernel.shell_channel_thread = SimpleNamespace(parent_thread=threading.main_thread())
        self._kernel.shell.extension_manager.load_extension("storemagic")
        self._transform = lru_cache(maxsize=1)(self._kernel.shell.transform_cell)  # which a kernel calls twice a cell
        self._kernel.shell.transform_cell = self._transform
        self._seals: list[Any] = []
        self._answered = 0

    def serve(self, connection: socket.socket) -> None:
        """Run the cells that come over the connection until it closes."""
        self._session.connection = connection
        self._loop = asyncio.new_event_loop()  # here, since its descriptors would not outlive the fork
        asyncio.set_event_loop(self._loop)
        self._loop.add_signal_handler(signal.SIGUSR2, lambda: None)  # now every signal wakes a loop that waits
        self._kernel.io_loop = IOLoop.current()
        _own_random_numbers()
        streams = FrameStream(self._session, "stdout"), FrameStream(self._session, "stderr")
        sys.stdout, sys.stderr = streams
        frames.send(connection, {"type": "ready", "content": {"language_info": self._kernel.language_info}})
        while (request := frames.receive(connection)) is not None:
            if "comm" in request:
                self._hear(request["comm"], streams)
                continue
            self._answered += 1
            if "cell" in request:
                reply = self._run(request["cell"]) if "looks" not in request else self._run_sealed(**request)
                for stream in streams:  # whatever the cell has put in their place
                    with suppress(OSError, ValueError):
                        stream.flush()
            elif "look" in request:
                reply = {"seen": self._seen(request["look"], request["of"])}
            elif "skip" in request:
                self._kernel.shell.execution_count += 1
                reply = {"status": "ok", "execution_count": self._kernel.shell.execution_count - 1}
            elif "folder" in request:
                reply = {"folder": _packed(Path.cwd())}
            else:
                reply = {"modules": sorted(sys.modules)}
            frames.send(connection, {"type": "reply", "content": reply})
            if self._kernel.shell.exit_now:
                return

    def _hear(self, content: dict[str, Any], streams: Sequence["FrameStream"]) -> None:
        """Take what a widget's page says; what is shown meanwhile belongs to no cell."""
        connection, self._session.connection = self._session.connection, None
        with suppress(Exception):
            self._kernel.comm_manager.comm_msg(None, [], {"content": content, "buffers": []})
        for stream in streams:
            stream.flush()
        self._session.connection = connection

    def _run_sealed(self, cell: str, looks: dict[str, Any]) -> dict[str, Any]:
        """Run a cell whose check hands over what it sees in the first look."""
        seal: Any = None
        with suppress(Exception):  # whatever the cells have made of the package: then nothing is handed over
            from checks import sealing

            sealing.SEAL = seal = sealing.Seal(looks)
        self._seals.append(seal)
        reply, seen = self._run(cell), None
        with suppress(Exception):
            sealing.SEAL = None
            if seal.seen is not None:
                seen = json.loads(json.dumps({"check": seal.check, "seen": seal.seen}))
        return {**reply, "seen": seen}

    def _seen(self, look: Any, of: int) -> Any:
        """Return what the check of a sealed cell sees in a further look; None if nothing can be seen."""
        with suppress(BaseException):  # the code that it looks at may raise anything
            return json.loads(json.dumps(self._seals[of].look(look)))
        return None

    def _run(self, source: str) -> dict[str, Any]:
        self._session.send(None, "execute_input", {"execution_count": self._kernel.shell.execution_count})
        request = self._session.msg("execute_request", {"code": source})
        request["header"]["msg_id"] = str(self._answered)  # an output widget says by it what is shown in it
        self._kernel.set_parent([], request)
        self._transform.cache_clear()  # the same source may mean something else now
        running = self._kernel.do_execute(source, silent=False, store_history=True, allow_stdin=False)
        try:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            reply = self._loop.run_until_complete(running)
        except (KeyboardInterrupt, asyncio.CancelledError):  # when the cell had just ended, or was waiting
            reply = {"status": "error", "ename": "KeyboardInterrupt", "evalue": "", "traceback": []}
        except Exception as error:  # what the cell has put in the place of the kernel's own parts
            reply = {"status": "error", "ename": type(error).__name__, "evalue": str(error), "traceback": []}
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        kept = ("status", "execution_count", "ename", "evalue", "traceback")
        limit = limit_met(getattr(sys, "last_value", None)) if reply.get("status") == "error" else None
        return {key: reply[key] for key in kept if key in reply} | ({"limit": limit} if limit else {})


def _packed(folder: Path) -> str:
    """Return a tar of the regular files in a folder."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                tar.add(path, str(path.relative_to(folder)))
    return frames.wrapped(buffer.getvalue())


def _silent() -> logging.Logger:
    log = logging.Logger("kernel", logging.CRITICAL + 1)  # not in the tree of loggers that cells may configure
    log.addHandler(logging.NullHandler())
    return log


def _own_random_numbers() -> None:
    """Let this fork draw other random numbers than its siblings, as a new process does."""
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()


def settle() -> None:
    """Make this process what a new one is that has imported the same: torch at its first seed, no warning shown yet."""
    if torch := sys.modules.get("torch"):
        torch.manual_seed(TORCH_DEFAULT_SEED)
    warnings.onceregistry.clear()  # type: ignore[attr-defined]
    for module in list(sys.modules.values()):
        registry = getattr(module, "__dict__", {}).get("__warningregistry__")
        if registry:
            registry.clear()
