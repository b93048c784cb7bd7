"""nbgrader's doors into `course autograde`: its own command, and the button of Formgrader.

One line of a course's configuration opens them, c.Autograde.exporter_class = "course.grading.doors.CourseAutograde".
nbgrader makes an object of that class when it has found the submissions and before it touches any; all of them are
then graded by a run of ours, in a process of its own that stays warm for the next click.

The exit status stays nbgrader's, whose scripts stop at any other than 0: a submission that was graded and needs a look
is none of its errors.
"""

import atexit
import importlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

import cloudpickle
from nbconvert.exporters import NotebookExporter
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from traitlets.config import Config

from ..interrupting import STATUS
from ..layout import CONFIG

IDLE_SECONDS = 600.0
"""How long the process that grades waits for the next click."""

START = """\
import json, sys
sys.path += [place for place in json.loads(sys.argv[2]) if place not in sys.path]
from course.grading.driver.attendant import attend
attend(int(sys.argv[1]))
"""
"""The program of that process: what lies in the course's folder is found too, after all that is installed."""


class CourseAutograde(NotebookExporter):  # type: ignore[misc]
    """nbgrader's exporter of notebooks, for which its `Autograde` has none left: `course autograde` has graded them.

    Raises:
        NbGraderException: if the run could not grade, or could not grade some of them; the message says why.
    """

    def __init__(self, parent: Any = None, **settings: Any) -> None:
        super().__init__(parent=parent, **settings)
        if isinstance(parent, Autograde):
            _grade(parent)
            parent.assignments = {}


def _grade(converter: Any) -> None:
    """Have what nbgrader was asked to grade graded, and tell its log."""
    log, course = converter.log, converter.coursedir
    config = Config(converter.config)  # with what was set on the objects, wherever that came from
    config.CourseDirectory.update({name: getattr(course, name) for name in course.trait_names(config=True)})
    config.Autograde.create_student = converter.create_student
    config.NbGrader.pop("logfile", None)  # which this process writes

    def tell(progress: dict[str, Any]) -> None:
        log.info("%(done)s of %(of)s submissions graded", progress)

    request = cloudpickle.dumps({"config": config, "force": converter.force})
    try:
        answer = _attendant.ask(request, _code(course.root, os.getcwd()), tell)
    except KeyboardInterrupt:
        log.error("stopped; what was graded until now is kept: run the same command again")
        raise SystemExit(STATUS) from None  # which nbgrader takes without a traceback
    for line in answer["summary"]:
        log.info("%s", line)
    for reason in answer["refused"]:
        log.error("%s", reason)
    if answer["refused"]:
        raise NbGraderException("\n".join(answer["refused"]))


def _code(*folders: str) -> dict[str, int]:
    """Return when each module of the checks, of this package and beside the course's configuration, which comes with
    each request, was written; modules may lie in packages there."""
    packages = [Path(place) for name in ("checks", "course") for place in importlib.import_module(name).__path__]
    there = [path for folder in folders for kind in ("*.py", "*/*.py") for path in Path(folder).glob(kind)]
    files = [path for path in there if path.name != CONFIG]
    files += [path for package in packages for path in package.rglob("*.py")]
    written = {}
    for path in files:
        with suppress(OSError):  # such as a link of an editor's that leads nowhere
            written[str(path)] = path.stat().st_mtime_ns
    return written


class Attendant:
    """What grades for this process, in one of its own that ends with it, and when nobody has asked for some time."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._timer = threading.Timer(0, self.end)
        self._code: object = None

    def ask(self, request: bytes, code: object, tell: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
        """Return the answer to a request; `tell` hears what is said before. Other `code` takes another process.

        Raises:
            NbGraderException: if the process ends meanwhile.
        """
        with self._turn:
            self._timer.cancel()
            if self.process is None or self.process.poll() is not None or code != self._code:
                self._start()
                self._code = code
            assert self._connection is not None
            try:
                self._connection.send_bytes(request)
                while "done" in (said := json.loads(self._connection.recv_bytes())):
                    tell(said)
            except (EOFError, OSError) as lost:
                self._leave()
                raise NbGraderException("the process that grades was lost; what it had graded is kept") from lost
            except BaseException:  # Ctrl-C
                self._leave()
                raise
            self._timer = threading.Timer(IDLE_SECONDS, self.end)
            self._timer.daemon = True
            self._timer.start()
            return dict(said)

    def end(self) -> None:
        """Let the process leave."""
        with self._turn:
            self._leave()

    def _start(self) -> None:
        self._leave()
        self._connection, theirs = Pipe()
        with theirs:
            descriptor = theirs.fileno()
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-c", START, str(descriptor), json.dumps(sys.path)],
                pass_fds=[descriptor],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )

    def _leave(self) -> None:
        self._timer.cancel()
        if self._connection is not None:
            self._connection.close()
        if self.process is not None:
            self.process.wait()
        self._connection = self.process = None


_attendant = Attendant()
atexit.register(_attendant.end)
