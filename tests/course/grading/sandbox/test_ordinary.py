"""An ordinary user grades as root does, and no other user of the machine can look at it or meddle with it."""

import os
import shutil
import socket
import stat
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest

from course.grading.sandbox.scratch import PREFIX
from tests.course.grading.plain_course import FULL, RIGHT, WRONG_TOTAL, PlainCourse, Ran, make
from tests.course.grading.sandbox.ordinary import AS_ORDINARY, USER

SECRET = "the answer of somebody else"
SLOWLY = f"import time\nanswer = {SECRET!r}\ntime.sleep(1)\n"
USERS = ["ordinary", "root"] if os.geteuid() == 0 else ["ordinary"]


class Others:
    """What other users find in a folder while a run is at work: what they could change, enter, call or read there."""

    def __init__(self, place: Path) -> None:
        self.seen: set[str] = set()
        self.to_write: set[str] = set()
        self.to_call: set[str] = set()
        self.with_the_secret: set[str] = set()
        self._place, self._done = place, threading.Event()
        self._looking = threading.Thread(target=self._look)

    def __enter__(self) -> Self:
        self._looking.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._looking.join()

    def _look(self) -> None:
        while not self._done.wait(0.02):
            for folder, folders, files in os.walk(self._place):
                folders[:] = [name for name in folders if self._open(Path(folder, name))]
                for name in files:
                    self._open(Path(folder, name))

    def _open(self, path: Path) -> bool:
        """Look at a path to which the way is open to all; return whether one may go on from there."""
        try:
            mode = path.lstat().st_mode
            self.seen.add(path.name)
            if mode & stat.S_IWOTH and not stat.S_ISLNK(mode):
                self.to_write.add(str(path))
            if stat.S_ISSOCK(mode):
                self.to_call.add(str(path))
            if stat.S_ISREG(mode) and mode & stat.S_IROTH and SECRET.encode() in path.read_bytes():
                self.with_the_secret.add(str(path))
        except OSError:  # it is gone again
            return False
        return bool(mode & stat.S_IXOTH)


@pytest.fixture(scope="module")
def handed_in() -> Iterator[PlainCourse]:
    """A class in a folder that everybody may enter."""
    folder = Path(tempfile.mkdtemp(prefix="ordinary-"))
    folder.chmod(0o755)
    course = make(folder / "course")
    course.hand_in("right", course.solved(add=SLOWLY + RIGHT["add"]))
    course.hand_in("wrong", course.solved(total=WRONG_TOTAL))
    course.hand_in("ends", course.solved(total="import os\nos._exit(0)"))
    yield course
    shutil.rmtree(folder)


@pytest.fixture(scope="module", params=USERS)
def evening(request: pytest.FixtureRequest, handed_in: PlainCourse) -> tuple[Ran, Others]:
    """How a user has graded the class, and what others found meanwhile among the temporary files."""
    before = AS_ORDINARY if request.param == "ordinary" else ()
    home = handed_in.root.parent / request.param
    course = handed_in.copy(home / "course")
    temporary = home / "tmp"
    temporary.mkdir()
    if before:
        subprocess.run(["chown", "-R", f"{USER}:{USER}", str(home)], check=True)
    with Others(temporary) as others:
        ran = course.autograde(before=before, HOME=str(home), TMPDIR=str(temporary))
    return ran, others


def test_an_ordinary_user_gives_the_grades_that_root_gives(evening: tuple[Ran, Others]) -> None:
    ran, _ = evening
    assert ran.status == 1, ran.stdout + ran.stderr
    assert {student: row["score"] for student, row in ran.rows.items()} == {"right": FULL, "wrong": FULL - 3, "ends": 2}
    assert "exit status 0" in ran.rows["ends"]["reasons"][0]


def test_others_find_nothing_to_change_to_call_or_to_copy(evening: tuple[Ran, Others]) -> None:
    _, others = evening
    assert any(name.startswith(PREFIX) for name in others.seen)
    assert (others.to_write, others.to_call, others.with_the_secret) == (set(), set(), set())


def test_others_find_what_is_open(tmp_path: Path) -> None:
    (tmp_path / "open").write_text(SECRET)
    (tmp_path / "open").chmod(0o666)
    with socket.socket(socket.AF_UNIX) as listening, Others(tmp_path) as others:
        listening.bind(str(tmp_path / "call"))
        while "call" not in others.seen:
            time.sleep(0.01)
    assert {Path(path).name for path in others.to_write | others.with_the_secret} >= {"open"}
    assert {Path(path).name for path in others.to_call} == {"call"}
