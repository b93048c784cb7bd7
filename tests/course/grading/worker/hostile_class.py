"""A class of hostile and broken submissions with honest students between them, and what each must end as."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.course.grading.plain_course import NAME, RIGHT, PlainCourse, make
from tests.course.grading.worker import curious_cells as curious
from tests.course.grading.worker.endings import FULL_MARKS, Ends, look
from tests.course.grading.worker.hostile_cells import CELLS
from tests.course.grading.worker.hostile_folders import FOLDERS, HONEST, ODD_NAMES, UNNAMEABLE
from tests.course.grading.worker.hostile_notebooks import BROKEN, TAMPERED

CONFIG = """\
c.Execute.timeout = 2
c.Sandbox.seconds = 20
c.Sandbox.memory = 1 << 30
"""
"""Tighter limits than anybody would set, so that reaching them is quick."""
KEEPS_A_DIARY = "mary"
SECRET_VARIABLE = "COURSE_TEST_SECRET"

CURIOUS: dict[str, Ends] = {
    "reads-what-it-can": FULL_MARKS,
    "reads-other-processes": FULL_MARKS,
    "reaches-outside": FULL_MARKS,
    "changes-what-it-can": FULL_MARKS,
    "leaves-startup-files": FULL_MARKS,
}

ENDS: dict[str, Ends] = {
    **dict.fromkeys(HONEST, FULL_MARKS),
    **CURIOUS,
    **{student: ends for student, (_, ends) in CELLS.items()},
    **{student: ends for student, (_, ends) in BROKEN.items()},
    **{student: ends for student, (_, ends) in TAMPERED.items()},
    **{student: ends for student, (_, ends) in FOLDERS.items()},
    **dict.fromkeys((*ODD_NAMES, UNNAMEABLE), look("name")),
}
"""What every submission of the class must end as."""


@dataclass
class Listeners:
    """Whoever could be talked to on this machine."""

    streams: list[socket.socket] = field(default_factory=list)
    datagrams: list[socket.socket] = field(default_factory=list)

    @property
    def addresses(self) -> list[object]:
        return [listener.getsockname() for listener in (*self.streams, *self.datagrams)]

    def heard(self) -> list[object]:
        """Return the addresses that somebody has talked to."""
        return [one.getsockname() for one in (*self.streams, *self.datagrams) if _has_heard(one)]


def _has_heard(listener: socket.socket) -> bool:
    listener.setblocking(False)
    try:
        if listener.type == socket.SOCK_STREAM:
            listener.accept()[0].close()
        else:
            listener.recv(100)
    except BlockingIOError:
        return False
    return True


@contextmanager
def listeners(folder: Path) -> Iterator[Listeners]:
    """Listen on loopback, on sockets in a folder and on abstract ones."""
    made = Listeners()
    with ExitStack() as stack:
        for kind, listening in ((socket.SOCK_STREAM, made.streams), (socket.SOCK_DGRAM, made.datagrams)):
            path = str(folder / f"socket-{int(kind)}")
            for address in (("127.0.0.1", 0), path, b"\0" + path.encode()):
                family = socket.AF_INET if isinstance(address, tuple) else socket.AF_UNIX
                one = stack.enter_context(socket.socket(family, kind))
                one.bind(address)
                listening.append(one)
            os.chmod(path, 0o777)
        for one in made.streams:
            one.listen(100)
        yield made


@dataclass(frozen=True)
class HostileClass:
    """The class in its course; `home` is the teacher's home directory."""

    course: PlainCourse
    home: Path
    secrets: curious.Secrets

    @property
    def environment(self) -> dict[str, str]:
        """What the teacher's own environment has more."""
        return {"HOME": str(self.home), SECRET_VARIABLE: self.secrets["environment"]}

    @property
    def kept(self) -> list[Path]:
        """The files that hold secrets."""
        diary = self.course.submission(KEEPS_A_DIARY) / "diary.txt"
        return [self.course.gradebook, self.course.source(), diary, self.home / "keys.txt"]


def gather(folder: Path, listening: Listeners) -> HostileClass:
    """Make the course and have the whole class hand in."""
    course = make(folder / "course", CONFIG)
    gathered = HostileClass(course, folder / "home", curious.Secrets())
    _keep_secrets(gathered)
    for student in HONEST:
        course.hand_in(student, course.solved())
    keeper = course.hand_in(KEEPS_A_DIARY, course.solved(why=f"{RIGHT['why']} {gathered.secrets['classmate']}"))
    (keeper / "diary.txt").write_text(gathered.secrets["classmate"])
    for student, (code, _) in CELLS.items():
        _hand_in_cell(course, student, code.replace("ROOT", str(course.root)))
    for student, (broken, _) in {**BROKEN, **TAMPERED}.items():
        course.hand_in(student, broken(course))
    for student, (change, _) in FOLDERS.items():
        change(course, course.hand_in(student, course.solved()))
    for student in (*ODD_NAMES, UNNAMEABLE):
        course.hand_in(student, course.solved())
    _hand_in_curious(gathered, listening)
    _leave_what_is_no_submission(course)
    return gathered


def _hand_in_cell(course: PlainCourse, student: str, code: str) -> None:
    course.hand_in(student, course.solved(total=f"{code}\n{RIGHT['total']}"))


def _hand_in_curious(gathered: HostileClass, listening: Listeners) -> None:
    course, home, kept = gathered.course, gathered.home, gathered.kept
    reading = curious.reading(course.root, home, kept)
    for student, code in {
        "reads-what-it-can": reading,
        "reads-other-processes": reading + curious.READ_PROCESSES,
        "reaches-outside": curious.reaching(listening.addresses),
        "changes-what-it-can": curious.changing(course.root, home, kept),
        "leaves-startup-files": curious.START,
    }.items():
        _hand_in_cell(course, student, code)


def _keep_secrets(gathered: HostileClass) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(gathered.course.url, "plain") as gradebook:
        gradebook.update_or_create_student("ada", last_name=gathered.secrets["gradebook"])
    source = gathered.course.source()
    answer = RIGHT["total"].splitlines()[-1]
    told = source.read_text(encoding="utf-8").replace(f"{answer}\\n", f"{answer}  # {gathered.secrets['source']}\\n")
    assert gathered.secrets["source"] in told
    source.write_text(told, encoding="utf-8")
    startup = gathered.home / ".ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00-teacher.py").write_text(f"import sys\nprint({curious.STARTED!r}, file=sys.stderr)\n")
    (gathered.home / "keys.txt").write_text(gathered.secrets["home"])


def _leave_what_is_no_submission(course: PlainCourse) -> None:
    """Leave in `submitted/` what finds its way there without anybody having handed it in."""
    submitted = course.root / "submitted"
    (submitted / "README.txt").write_text("Work goes here.")
    (submitted / ".DS_Store").write_bytes(b"\0")
    for folder in (".git/objects", "another-student/another-assignment", f"an-empty-folder/{NAME}-2", "nobody"):
        (submitted / folder).mkdir(parents=True)
