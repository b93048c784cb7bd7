"""Submissions whose folders are the attack: what lies in the notebook's place, beside it, or in place of the folder."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

from tests.course.grading.plain_course import DATA, NAME, PlainCourse
from tests.course.grading.worker.endings import FULL_MARKS, Ends, look

NOTEBOOK = f"{NAME}.ipynb"
SHADOWED = "SHADOWED"
"""What a submitted module writes into the outputs if anything imports it."""

Change = Callable[[PlainCourse, Path], object]
LEFT_OUT = look("left out")
NO_TIME = look("timestamp")


def _instead(make: Callable[[PlainCourse, Path], object]) -> Change:
    """Return a change that puts something in the notebook's place."""

    def change(course: PlainCourse, folder: Path) -> None:
        (folder / NOTEBOOK).unlink()
        make(course, folder / NOTEBOOK)

    return change


def _beside(name: str, make: Callable[[PlainCourse, Path], object]) -> Change:
    """Return a change that puts something beside the notebook."""

    def change(course: PlainCourse, folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        make(course, path)

    return change


def _link(target: str) -> Callable[[PlainCourse, Path], object]:
    return lambda course, path: path.symlink_to(target.replace("ROOT", str(course.root)))


def _modules(*names: str) -> Change:
    def change(course: PlainCourse, folder: Path) -> None:
        for name in names:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"import sys\nprint({SHADOWED!r}, file=sys.__stderr__)\nprint({SHADOWED!r})\n1 / 0\n")

    return change


def _socket(course: PlainCourse, path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(path.parent)  # the path of a socket must be short
        try:
            listening.bind(path.name)
        finally:
            os.chdir(here)


def _deep_folders(course: PlainCourse, folder: Path) -> None:
    here = os.open(".", os.O_RDONLY)
    try:
        os.chdir(folder)
        for _ in range(150):  # so deep that no path can name the file at its end
            os.mkdir("deeper" * 6)
            os.chdir("deeper" * 6)
        Path("end.txt").write_text("the end")
    finally:
        os.fchdir(here)
        os.close(here)


def _many_files(course: PlainCourse, folder: Path) -> None:
    (folder / "many").mkdir()
    for number in range(5000):
        (folder / "many" / f"{number}.txt").touch()


def _elsewhere(make: Callable[[PlainCourse, Path], object]) -> Change:
    """Return a change that puts something in the place of the whole folder."""

    def change(course: PlainCourse, folder: Path) -> None:
        shutil.rmtree(folder)
        make(course, folder)

    return change


def _student_is_a_link(course: PlainCourse, folder: Path) -> None:
    shutil.rmtree(folder.parent)
    folder.parent.symlink_to(course.root / "submitted" / "ada")


FOLDERS: dict[str, tuple[Change, Ends]] = {
    "a-folder-in-its-place": (_instead(lambda course, path: path.mkdir()), look("folder", "directory", "no notebook")),
    "a-pipe-in-its-place": (_instead(lambda course, path: os.mkfifo(path)), look("file", "pipe")),
    "nothing-in-its-place": (
        _instead(lambda course, path: None),
        look("no notebook", "missing", "not there", "not handed"),
    ),
    "a-link-to-the-solution": (_instead(_link(f"ROOT/source/{NAME}/{NOTEBOOK}")), look("link")),
    "a-link-to-a-classmate": (_instead(_link(f"../../ada/{NAME}/{NOTEBOOK}")), look("link")),
    "a-link-to-nothing": (_instead(_link("nowhere")), look("link", "missing")),
    "a-link-to-itself": (_instead(_link(NOTEBOOK)), look("link")),
    "a-link-to-endless-zeros": (_instead(_link("/dev/zero")), look("link")),
    "its-folder-a-link": (_elsewhere(_link(f"ROOT/submitted/ada/{NAME}")), look("link")),
    "its-student-a-link": (_student_is_a_link, look("link")),
    "its-folder-a-file": (
        _elsewhere(lambda course, path: path.write_text("?")),
        look("folder", "directory", "no notebook"),
    ),
    "gradebook-linked": (_beside("notes.db", _link("ROOT/gradebook.db")), LEFT_OUT),
    "source-linked": (_beside("data", _link("ROOT/source")), LEFT_OUT),
    "root-linked": (_beside("all", _link("/")), LEFT_OUT),
    "loop-linked": (_beside("loop", _link("loop")), LEFT_OUT),
    "outside-linked-in-a-folder": (_beside("a/b/c", _link("ROOT/../home")), LEFT_OUT),
    "timestamp-linked": (_beside("timestamp.txt", _link("ROOT/gradebook.db")), LEFT_OUT),
    "a-hard-link": (_beside("same.ipynb", lambda course, path: os.link(path.with_name(NOTEBOOK), path)), FULL_MARKS),
    "a-pipe-beside": (_beside("pipe.txt", lambda course, path: os.mkfifo(path)), LEFT_OUT),
    "a-socket-beside": (_beside("socket.txt", _socket), LEFT_OUT),
    "deep-folders-beside": (_deep_folders, LEFT_OUT),
    "many-files-beside": (_many_files, LEFT_OUT),
    "a-huge-file-beside": (_beside("huge.bin", lambda course, path: os.truncate(_touched(path), 2**33)), LEFT_OUT),
    "a-file-nobody-may-read": (
        _beside("closed.txt", lambda course, path: _touched(path).chmod(0)),
        (*FULL_MARKS, *look("read")),
    ),
    "a-completion-record-of-its-own": (
        _beside(".graded.json", lambda course, path: path.write_text('{"score": 1000}')),
        FULL_MARKS,
    ),
    "a-file-for-a-released-folder": (_beside("data", lambda course, path: path.write_text("?")), look()),
    "a-folder-for-a-released-file": (_beside(f"{DATA}/more.txt", lambda course, path: path.write_text("?")), look()),
    "a-released-file-linked": (_beside(DATA, _link("ROOT/gradebook.db")), LEFT_OUT),
    "a-released-file-changed": (_beside(DATA, lambda course, path: path.write_text("4 5 6")), FULL_MARKS),
    "folders-of-the-graders": (_modules(".inbox/a.txt", f".{NAME}.new/a.txt", f".{NAME}.old/a.txt"), FULL_MARKS),
    "other-notebooks-beside": (_beside("Untitled.ipynb", lambda course, path: path.write_text("{")), FULL_MARKS),
    "a-file-name-of-no-text": (_modules(os.fsdecode(b"caf\xe9.txt")), FULL_MARKS),
    "strange-file-names": (
        _modules("a\nb.txt", "-rf", "$(touch left-behind).txt", "café ☕.txt", "x" * 250, "~", "*", "..."),
        FULL_MARKS,
    ),
    "shadows-packages": (
        _modules("numpy.py", "checks.py", "json.py", "statistics.py", "random.py", "nbformat.py", "course/__init__.py"),
        FULL_MARKS,
    ),
    "shadows-the-start": (
        _modules("sitecustomize.py", "usercustomize.py", "site.py", "encodings/__init__.py", ".pythonrc.py", "a.pth"),
        FULL_MARKS,
    ),
    "shadows-the-kernel": (
        _modules("ipykernel_launcher.py", "ipykernel/__init__.py", "IPython/__init__.py", "asyncio.py", "signal.py"),
        FULL_MARKS,
    ),
    "settings-beside": (
        _modules("ipython_config.py", "nbgrader_config.py", ".ipython/profile_default/startup/00.py", "pyvenv.cfg"),
        FULL_MARKS,
    ),
    "a-timestamp-of-nonsense": (_beside("timestamp.txt", lambda c, path: path.write_text("just in time!")), NO_TIME),
    "a-timestamp-of-no-time": (_beside("timestamp.txt", lambda c, path: path.write_text("")), FULL_MARKS),
    "a-timestamp-of-no-text": (_beside("timestamp.txt", lambda c, path: path.write_bytes(b"\xff\x00" * 99)), NO_TIME),
    "a-timestamp-too-late": (_beside("timestamp.txt", lambda c, path: path.write_text("99999-01-01")), NO_TIME),
    "a-timestamp-of-far-away": (
        _beside("timestamp.txt", lambda c, path: path.write_text("2015-02-02 15:58:23.948203 Mars/Olympus")),
        FULL_MARKS,
    ),
    "a-folder-for-a-timestamp": (_beside("timestamp.txt", lambda course, path: path.mkdir()), FULL_MARKS),
}


def _touched(path: Path) -> Path:
    path.touch()
    return path


def _device(course: PlainCourse, path: Path) -> None:
    os.mknod(path, 0o666 | 0o020000, os.makedev(1, 5))  # the same as /dev/zero


if os.geteuid() == 0:  # only root can make these
    FOLDERS["a-device-in-its-place"] = (_instead(_device), look())
    FOLDERS["a-device-beside"] = (_beside("endless.txt", _device), LEFT_OUT)

HONEST = (
    "ada",
    "ada ",
    "ben o'brien",
    "[bold]eve",
    "cléo ☕ 学生",
    "d%20d",
    "[a-z]*",
    "{0}",
    "-rf",
    "grace",
    "hal 9000; rm -rf",
    "mary",
    "n" * 200,
    "zed",
)
"""Students who did everything right, some with names that are hard to handle."""

FOR_THE_TERMINAL = "\x1b[2J"
"""What would clear the screen of the teacher's terminal if it were printed."""

ODD_NAMES = ("new\nline", f"cleared{FOR_THE_TERMINAL}")
"""Students with names that nobody has; they may be refused, but not left out."""

UNNAMEABLE = os.fsdecode(b"caf\xe9")
"""The folder of a student whose name is no text."""
