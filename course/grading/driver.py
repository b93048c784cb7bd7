"""`course autograde`: open the course, start the workers, grade, say what happened.

The sandbox is tried, and zygotes and workers start, while Dask and nbgrader are still being imported: the first grade
is there sooner.
"""

from __future__ import annotations

import fcntl
import logging
import os
import socket
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..kernel import own_tools
from ..layout import CONFIG, importable
from ..problems import CannotRun
from .borders import Borders
from .imports import guessed
from .workplace import Workplace

if TYPE_CHECKING:
    from traitlets.config import Config

    from .run import Row

Tell = Callable[[int, int], None]


@dataclass
class GradedClass:
    """A graded class, with the layers of the sandbox that it was graded in.

    `unsealed` are the graded cells, as NOTEBOOK/GRADE_ID, whose scores are made in the student's process; for `exposed`
    ones, which use our checks in a way of their own, the sandbox had to hold what judges. `ignored` are settings of
    nbgrader's that have no use here.
    """

    assignment: str
    borders: Borders
    unsealed: list[str] = field(default_factory=list)
    exposed: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    workers: int = 0
    seconds: float = 0.0

    @property
    def status(self) -> int:
        """The exit status: 1 if some submission needs a look, else 0."""
        return int(any(row.state == "needs a look" for row in self.rows))

    def as_data(self) -> dict[str, Any]:
        """Return everything as plain data for JSON."""
        return {
            "assignment": self.assignment,
            "seconds": round(self.seconds, 3),
            "workers": self.workers,
            "sandbox": {"layers": list(self.borders.layers), "missing": dict(self.borders.missing)},
            "unsealed": self.unsealed,
            "exposed": self.exposed,
            "ignored": self.ignored,
            "submissions": [
                {**vars(row), "reasons": list(row.reasons), "notes": list(row.notes), "seconds": round(row.seconds, 3)}
                for row in self.rows
            ],
        }


def autograde(
    name: str,
    *,
    course_dir: Path | None = None,
    students: Sequence[str] = (),
    workers: int | None = None,
    scheduler: str | None = None,
    insecure: bool = False,
    force: bool = False,
    full: bool = False,
    sandbox: bool = True,
    tell: Tell = lambda done, of: None,
    settings: Sequence[str] = (),
    config: Config | None = None,
    workplace: Workplace | None = None,
) -> GradedClass:
    """Grade the submissions of an assignment, of all students or of some, and return what became of each.

    A `scheduler` on another machine must speak TLS, unless `insecure`. What is graded already and has not changed is
    left alone unless `force`. `full` runs cells for exploring too.
    `tell` hears how many of how many are done. `settings` of nbgrader, as --Class.trait=value, come before those
    of the course's files, and `config` takes the place of both. A `workplace` that is given stays open, and is warm for
    the next run.

    Raises:
        NoSandbox: if a sandbox is wanted and does not hold here.
        CannotRun: if it cannot start, or the disk or the gradebook fails; what was graded until then is kept.
    """
    started = time.monotonic()
    root = find_root(course_dir) if config is None else Path(config.CourseDirectory.root)
    if not hasattr(os, "pidfd_open"):
        raise CannotRun(
            "`course autograde` needs Linux 5.3 or later, which watches and confines what it runs; use such a machine, "
            f"virtual machine or container; or take c.Autograde.exporter_class out of {CONFIG}, and let "
            "`nbgrader autograde` run what you trust"
        )
    if scheduler is not None and not insecure:
        _check_secure(scheduler)
    with ExitStack() as stack:
        if workplace is None:
            guess = guessed(root, name) if scheduler is None else ()
            kept = Workplace(sandbox=sandbox, workers=workers, scheduler=scheduler, guess=guess)
            workplace = stack.enter_context(kept)
        stack.enter_context(own_tools())
        stack.enter_context(importable(root))
        stack.enter_context(warnings.catch_warnings())
        if config is None:
            from .settings import read_config

            config = read_config(root, settings)
        graded = _graded(root, config, name, students, workplace, stack, force=force, full=full, tell=tell)
    return replace(graded, workers=workplace.workers, seconds=time.monotonic() - started)


def _graded(
    root: Path,
    config: Config,
    name: str,
    students: Sequence[str],
    workplace: Workplace,
    stack: ExitStack,
    *,
    force: bool,
    full: bool,
    tell: Tell,
) -> GradedClass:
    from .opening import open_assignment, open_course, open_gradebook, submitted
    from .recording import Recorder
    from .run import Run
    from .settings import course_log, not_followed

    warnings.filterwarnings("ignore", module=r"nbgrader\.api")  # SQLAlchemy about nbgrader's own queries
    log = stack.enter_context(course_log(config))
    course = open_course(root, config, log)
    course.assignment_id = name
    gradebook = open_gradebook(course)
    stack.callback(gradebook.close_all)
    assignment, last = open_assignment(course, config, gradebook, workplace.borders, full=full)
    ignored = not_followed(config, (*assignment.before, *assignment.after, *last), assignment.notebooks)
    folders = submitted(course, students)
    stack.enter_context(_alone(Path(course.format_path(course.submitted_directory, ".", "."))))
    recorder = Recorder(course, config, gradebook, last, log)
    run = Run(assignment, recorder, gradebook, course, force or recorder.forced)
    todo = run.sorted_out(folders)
    if todo:
        with workplace.ready_for(assignment, root) as cluster:
            gradebook.begin()
            run.grade(todo, cluster, tell)
    scores, most = gradebook.scores(name)
    rows = [replace(run.rows[student], score=scores.get(student), max_score=most) for student in folders]
    unsealed, exposed = (
        [f"{notebook.name}/{cell}" for notebook in assignment.notebooks.values() for cell in getattr(notebook, kind)]
        for kind in ("unsealed", "judged_inside")
    )
    for row in rows:
        log.info("%s: %s%s", row.student, row.state, "".join(f"; {reason}" for reason in row.reasons))
    return GradedClass(name, assignment.borders, unsealed, exposed, rows, ignored)


def find_root(start: Path | None) -> Path:
    """Return the nearest folder, from `start` (the current directory if None) upwards, that is an nbgrader course.

    Raises:
        CannotRun: if there is none.
    """
    start = (start or Path.cwd()).resolve()
    if not start.is_dir():
        raise CannotRun(f"there is no folder {start}; give the course's with --course-dir")
    for place in (start, *start.parents):
        if (place / CONFIG).is_file():
            return place
    if (start / "gradebook.db").is_file():
        return start
    raise CannotRun(
        f"this is not a course: expected a folder with {CONFIG}, here or above; "
        "change to the course's folder, or give it with --course-dir"
    )


def quiet_log() -> logging.Logger:
    """Return a logger for nbgrader's steps that keeps what they say to itself: what matters is told in the rows."""
    log = logging.Logger("nbgrader", logging.CRITICAL + 1)
    log.addHandler(logging.NullHandler())
    return log


def _check_secure(scheduler: str) -> None:
    """Raise `CannotRun` if submissions would go to another machine, and grades come from it, for all to read."""
    with suppress(ValueError):  # no address at all, which what connects to it says
        address = urlsplit(scheduler)
        if address.scheme not in ("tls", "wss") and address.hostname and not _is_here(address.hostname):
            raise CannotRun(
                f"{scheduler} is another machine and the connection to it is not encrypted, so that anybody between "
                "can read submissions, forge grades and run programs there: use TLS (tls://host:8786), or --insecure "
                "in a network that you trust"
            )


def _is_here(host: str) -> bool:
    """Return whether a host is this machine, or nobody knows it."""
    try:
        found = {address[0] for *_, address in socket.getaddrinfo(host, 1, type=socket.SOCK_DGRAM)}
    except OSError:
        return True
    return all(ip_address(str(one).partition("%")[0]).is_loopback or _source_for(str(one)) == one for one in found)


def _source_for(address: str) -> str | None:
    """Return from which of its addresses this machine would send to another, or to itself; None if from none."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as one:  # which sends nothing
        one.connect((address, 1))
        return str(one.getsockname()[0])
    return None


@contextmanager
def _alone(submissions: Path) -> Iterator[None]:
    """Keep a second run on the same course from starting."""
    descriptor = os.open(submissions, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise CannotRun("another `course autograde` is at work in this course; wait until it is done") from None
    finally:
        os.close(descriptor)
