"""`course autograde`: open the course, start the workers, grade, say what happened.

The sandbox is tried, and zygotes and workers start, while Dask and nbgrader are still being imported: the first grade
is there sooner.
"""

from __future__ import annotations

import fcntl
import os
import socket
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ...collecting import uncollected
from ...kernel import own_tools
from ...layout import CONFIG, importable
from ...problems import CannotRun
from ..imports import guessed
from ..sandbox.borders import Borders
from ..sandbox.scratch import scratch_folder
from .workplace import Workplace

if TYPE_CHECKING:
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    from .cluster import Cluster
    from .instructor import Graders, Trial
    from .rehearsal import Rehearsed
    from .roster import Missing
    from .run import Row, Seeds

BECAUSE = {
    "new": "not graded before",
    "submission": "the submission has changed",
    "release": "the release has changed",
    "checks": "the checks have changed",
    "gradebook": "the gradebook has no such grade",
    "files": "what was graded is gone or was changed",
    "notebooks": "a notebook was left out before",
}
"""What a row's `because` means."""

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Wishes:
    """What a run is asked for; see `autograde`."""

    name: str
    students: Sequence[str]
    force: bool
    full: bool
    anyway: bool
    dry_run: bool
    seeds: Seeds
    tell: Tell


@dataclass
class GradedClass:
    """A graded class, with the layers of the sandbox that it was graded in.

    `unsealed` are the graded cells, as NOTEBOOK/GRADE_ID, whose scores are made in the student's process; for `exposed`
    ones, which use our checks in a way of their own, the sandbox had to hold what judges. `ignored` are settings of
    nbgrader's that have no use here. `instructor` tells what became of the instructor's version, `common_errors` with
    which errors cells fail for more than half of the class; `missing` are the students of the gradebook who have handed
    in nothing, `left_out` the notebooks that --notebook has left as they were. After a dry run `rehearsed` is what
    would have changed, by student.
    """

    assignment: str
    borders: Borders
    unsealed: list[str] = field(default_factory=list)
    exposed: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    instructor: Mapping[str, Any] = field(default_factory=dict)
    common_errors: Sequence[Mapping[str, Any]] = ()
    missing: Sequence[Missing] = ()
    left_out: Sequence[str] = ()
    rehearsed: Mapping[str, Rehearsed] | None = None
    workers: int = 0
    seconds: float = 0.0

    @property
    def status(self) -> int:
        """The exit status: 1 if some submission needs a look, else 0."""
        return int(any(row.state == "needs a look" for row in self.rows))

    def sentences(self) -> Iterator[str]:
        """Yield what there is to say of the class as a whole."""
        from ..worker.losses import in_words
        from .roster import who_is_missing

        for fault in self.instructor.get("faults", ()):
            yield f"! The instructor's version does not earn full marks here: {fault}"
        if self.instructor.get("state") != "not needed":
            for notebook, why in self.instructor.get("without", {}).items():
                yield f"No instructor's version of {notebook}.ipynb was tried in this sandbox: {why}."
        yield from map(in_words, self.common_errors)
        waiting = [row.waiting for row in self.rows if row.waiting]
        if waiting:
            of = "1 submission" if len(waiting) == 1 else f"{len(waiting)} submissions"
            yield f"{sum(waiting):g} points of {of} wait for a person to give them, in Formgrader."
        yield from who_is_missing(self.missing)
        if self.left_out:
            yield f"Left as they were by --notebook: {', '.join(f'{notebook}.ipynb' for notebook in self.left_out)}."

    def changes(self) -> Iterator[str]:
        """Yield what a run would change, submission by submission and task by task, if this was a dry one."""
        from .rehearsal import in_points

        if self.rehearsed is None:
            return
        for row in self.rows:
            if found := self.rehearsed.get(row.student):
                because = ", ".join(BECAUSE[part] for part in row.because) or "asked for with --force"
                scores = f"{in_points(row.score)} → {in_points(found.score)} of {row.max_score:g}"
                yield f"{row.student}: {scores} ({because})"
                yield from (f"  {change}" for change in found.changes)
        yield "Nothing was written: this was a dry run."

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
            "instructor": dict(self.instructor),
            "common_errors": [*self.common_errors],
            "missing": [vars(one) for one in self.missing],
            "left_out": [*self.left_out],
            "dry_run": self.rehearsed is not None,
            "submissions": [self._row_as_data(row) for row in self.rows],
        }

    def _row_as_data(self, row: Row) -> dict[str, Any]:
        lists = {field: list(getattr(row, field)) for field in ("reasons", "notes", "because")}
        data = {**vars(row), **lists, "seconds": round(row.seconds, 3)}
        if self.rehearsed is not None:
            found = self.rehearsed.get(row.student)
            data |= {"new_score": found.score if found else row.score}
            data |= {"changes": [vars(change) for change in found.changes] if found else []}
        return data


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
    anyway: bool = False,
    dry_run: bool = False,
    seeds: Seeds | None = None,
    sandbox: bool = True,
    tell: Tell = lambda done, of: None,
    settings: Sequence[str] = (),
    config: Config | None = None,
    workplace: Workplace | None = None,
) -> GradedClass:
    """Grade the submissions of an assignment, of all students or of some, and return what became of each.

    The instructor's version must earn full marks first, unless `anyway`. A `scheduler` on another machine must speak
    TLS, unless `insecure`. What is graded already and has not changed is left alone unless `force`. `full` runs cells
    for exploring too. With `dry_run` nothing is written, and what would change is told. `seeds` are those of checks'
    cases where that is not left to chance, by notebook and cell.
    `tell` hears how many of how many are done. `settings` of nbgrader, as --Class.trait=value, come before those
    of the course's files, and `config` takes the place of both. A `workplace` that is given stays open, and is warm for
    the next run.

    Raises:
        NoSandbox: if a sandbox is wanted and does not hold here.
        CannotRun: if it cannot start, the instructor's version fails, or the disk or the gradebook does; what was
            graded until then is kept.
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
        with uncollected("nbgrader"):
            if workplace is None:
                guess = guessed(root, name) if scheduler is None else ()
                kept = Workplace(sandbox=sandbox, workers=workers, scheduler=scheduler, guess=guess)
                workplace = stack.enter_context(kept)
            stack.enter_context(own_tools())
            stack.enter_context(importable(root))
            stack.enter_context(warnings.catch_warnings())
            from . import instructor, opening, recording, rehearsal, roster, run  # noqa: F401  (for `_graded`)
            from .settings import read_config

            config = read_config(root, settings) if config is None else config
        graded = _graded(
            root, config, Wishes(name, students, force, full, anyway, dry_run, seeds or {}, tell), workplace
        )
    return replace(graded, workers=workplace.workers, seconds=time.monotonic() - started)


def _graded(root: Path, config: Config, wishes: Wishes, workplace: Workplace) -> GradedClass:
    from .instructor import Trial
    from .opening import open_assignment, open_gradebook, submitted
    from .recording import Recorder
    from .refusals import keep_refusals
    from .rehearsal import Rehearsal
    from .roster import Roster
    from .run import Run
    from .settings import course_log, left_out, not_followed

    warnings.filterwarnings("ignore", module=r"nbgrader\.api")  # SQLAlchemy about nbgrader's own queries
    with ExitStack() as stack:
        log = stack.enter_context(course_log(config))
        course = _open_course(root, config, wishes.name, log)
        gradebook = open_gradebook(course)
        stack.callback(gradebook.close_all)
        assignment, last = open_assignment(course, config, gradebook, workplace.borders, full=wishes.full)
        ignored = not_followed(config, (*assignment.before, *assignment.after, *last))
        others = left_out(config, assignment.notebooks)
        folders = submitted(course, wishes.students)
        stack.enter_context(_alone(Path(course.format_path(course.submitted_directory, ".", "."))))
        missing = [] if wishes.students else Roster(course, gradebook, wishes.name).missing(folders)
        trial = Trial(course, assignment, anyway=wishes.anyway, keep=not wishes.dry_run)
        kept = (course, config, gradebook, last, log, others)
        rehearsal = Rehearsal(*kept, scratch=stack.enter_context(scratch_folder())) if wishes.dry_run else None
        recorder = rehearsal or Recorder(*kept)
        force = wishes.force or recorder.forced
        run = Run(assignment, recorder, gradebook, course, trial, others=others, force=force, seeds=wishes.seeds)
        if todo := run.sorted_out(folders):
            begin = rehearsal.begin if rehearsal else gradebook.begin
            with workplace.ready_for(assignment, root) as cluster:
                run.grade(todo, _graders(cluster, trial, workplace.surroundings_of(cluster), begin), wishes.tell)
        (scores, most), waiting = gradebook.scores(wishes.name), gradebook.waiting(wishes.name)
        rows = [
            replace(run.rows[student], score=scores.get(student), max_score=most, waiting=waiting.get(student, 0.0))
            for student in folders
        ]
        if not wishes.dry_run:
            keep_refusals(root, wishes.name, rows)
        for row in rows:
            log.info("%s: %s%s", row.student, row.state, "".join(f"; {reason}" for reason in row.reasons))
    return GradedClass(
        wishes.name,
        assignment.borders,
        unsealed=assignment.unsealed,
        exposed=assignment.exposed,
        rows=rows,
        ignored=ignored,
        instructor=trial.as_data(),
        common_errors=run.common_errors.as_data(),
        missing=missing,
        left_out=others,
        rehearsed=rehearsal.found if rehearsal else None,
    )


def _open_course(root: Path, config: Config, name: str, log: Any) -> CourseDirectory:
    """Return the course with the assignment of this name. Raise `CannotRun` if its configuration says another one."""
    from .opening import open_course

    course = open_course(root, config, log)
    if course.assignment_id not in ("", name):
        raise CannotRun(
            f"the configuration says {course.assignment_id} (c.CourseDirectory.assignment_id), but the command {name}: "
            "say it once"
        )
    course.assignment_id = name
    return course


def _graders(cluster: Cluster, trial: Trial, surroundings: str, begin: Callable[[], None]) -> Graders:
    """Return who grades: the instructor's version first, if it has to be; `begin` is called when students' may."""
    from .instructor import InstructorFirst

    if trial.needed(surroundings):
        return InstructorFirst(cluster, trial, begin)
    begin()
    return cluster


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
