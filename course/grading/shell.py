"""An IPython kernel without sockets: made once in the zygote, it runs a notebook's cells in each forked child.

It is ipykernel's own kernel, so that outputs, tracebacks and magics are those of a kernel; only its session writes frames
instead of ZeroMQ messages.
"""

import asyncio
import io
import logging
import os
import random
import signal
import socket
import sys
import tempfile
import threading
import warnings
from types import SimpleNamespace
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.session import Session
from tornado.ioloop import IOLoop
from traitlets.config import Config

from . import frames

TORCH_DEFAULT_SEED = 67280421310721  # what torch's generator starts from in a fresh process
FLUSH_AT = 1 << 16  # characters of output that are sent before their cell has ended


class FrameSession(Session):
    """A Jupyter session whose messages go out as frames; before there is a connection they go nowhere."""

    connection: socket.socket | None = None

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Send a message's type, content and buffers, ignoring `stream`."""
        message = msg_or_type if isinstance(msg_or_type, dict) else self.msg(msg_or_type, content)
        if self.connection is not None:
            buffers = [frames.wrapped(buffer) for buffer in kwargs.get("buffers") or ()]
            frames.send(
                self.connection, {"type": message["msg_type"], "content": message["content"], "buffers": buffers}
            )
        return message


class FrameStream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr` of the cells: text goes out as stream messages."""

    encoding = "UTF-8"  # type: ignore[assignment]

    def __init__(self, session: FrameSession, name: str) -> None:
        self.session = session
        self.name = name
        self._buffer = io.StringIO()

    def write(self, text: str) -> int:
        """Take some text; it goes out with the next flush, at the latest when the cell ends."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
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
        text = self._buffer.getvalue()
        if text:
            self._buffer = io.StringIO()
            self.session.send(None, "stream", {"name": self.name, "text": text})


class DescriptorOutput:
    """What programs and libraries write to descriptors 1 and 2, collected in files on the private disk."""

    def __init__(self) -> None:
        self._files = {}
        for descriptor, name in ((1, "stdout"), (2, "stderr")):
            handle, path = tempfile.mkstemp()
            os.close(handle)
            appending = os.open(path, os.O_RDWR | os.O_APPEND)
            os.unlink(path)
            os.dup2(appending, descriptor, inheritable=True)
            self._files[name] = appending

    def pass_on(self) -> None:
        """Write what has come since the last time to `sys.stdout` and `sys.stderr`."""
        for name, file in self._files.items():
            size = os.fstat(file).st_size
            if size:
                text = os.pread(file, size, 0).decode(errors="replace")
                os.ftruncate(file, 0)
                getattr(sys, name).write(text)


class Shell:
    """The kernel of one process: the zygote makes it, each child runs one notebook in its copy."""

    def __init__(self) -> None:
        os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
        application = IPKernelApp.instance(config=Config({"HistoryManager": {"hist_file": ":memory:"}}))
        self._session = FrameSession(key=b"")
        sys.modules["debugpy"] = None  # type: ignore[assignment]  # as if not installed: it is slow, nobody debugs here
        try:
            self._kernel = IPythonKernel.instance(parent=application, session=self._session, log=_silent())
        finally:
            del sys.modules["debugpy"]
        application.kernel, application.shell = self._kernel, self._kernel.shell  # `%matplotlib` asks the application
        self._kernel.shell_channel_thread = SimpleNamespace(parent_thread=threading.main_thread())
        self._kernel.shell.extension_manager.load_extension("storemagic")

    def serve(self, connection: socket.socket) -> None:
        """Run the cells that come over the connection until it closes."""
        self._session.connection = connection
        self._loop = asyncio.new_event_loop()  # here, since its descriptors would not outlive the fork
        asyncio.set_event_loop(self._loop)
        self._kernel.io_loop = IOLoop.current()
        _start_afresh()
        collected = DescriptorOutput()
        sys.stdout, sys.stderr = FrameStream(self._session, "stdout"), FrameStream(self._session, "stderr")
        frames.send(connection, {"type": "ready", "content": {"language_info": self._kernel.language_info}})
        while (request := frames.receive(connection)) is not None:
            if "cell" in request:
                reply = self._run(request["cell"])
                collected.pass_on()
                sys.stdout.flush()
                sys.stderr.flush()
            elif "skip" in request:
                self._kernel.shell.execution_count += 1
                reply = {"status": "ok", "execution_count": self._kernel.shell.execution_count - 1}
            else:
                reply = {"modules": sorted(sys.modules)}
            frames.send(connection, {"type": "reply", "content": reply})
            if self._kernel.shell.exit_now:
                return

    def _run(self, source: str) -> dict[str, Any]:
        self._session.send(None, "execute_input", {"execution_count": self._kernel.shell.execution_count})
        running = self._kernel.do_execute(source, silent=False, store_history=True, allow_stdin=False)
        try:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            reply = self._loop.run_until_complete(running)
        except KeyboardInterrupt:  # it came when the cell had just ended
            reply = {"status": "error", "ename": "KeyboardInterrupt", "evalue": "", "traceback": []}
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        kept = ("status", "execution_count", "ename", "evalue", "traceback")
        return {key: reply[key] for key in kept if key in reply}


def _silent() -> logging.Logger:
    log = logging.Logger("kernel", logging.CRITICAL + 1)  # not in the tree of loggers that cells may configure
    log.addHandler(logging.NullHandler())
    return log


def _start_afresh() -> None:
    """Make this fork what a new process is: its own random numbers, no warning shown yet, nothing cached of the disk."""
    random.seed()
    tempfile.tempdir = None
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
    if torch := sys.modules.get("torch"):
        torch.manual_seed(TORCH_DEFAULT_SEED)
    warnings.onceregistry.clear()  # type: ignore[attr-defined]
    for module in list(sys.modules.values()):
        registry = getattr(module, "__dict__", {}).get("__warningregistry__")
        if registry:
            registry.clear()
