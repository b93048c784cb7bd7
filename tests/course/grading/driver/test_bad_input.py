"""What cannot be graded is said in one sentence with exit status 2, and nothing on the disk is changed."""

from __future__ import annotations

import json
import shutil
import socket
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from course.grading.driver import workplace
from course.grading.driver.autograding import autograde
from course.problems import CannotRun
from tests.course.grading.plain_course import NAME, PlainCourse, Ran, make, write_source


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> PlainCourse:
    course = make(tmp_path_factory.mktemp("bad-input") / "course")
    course.hand_in("ada", course.solved())
    return course


@pytest.fixture
def course(made: PlainCourse, tmp_path: Path) -> PlainCourse:
    return made.copy(tmp_path / "course")


def contents(root: Path) -> dict[str, bytes | None]:
    """Return everything on the disk under a folder."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None
        for path in root.rglob("*")
        if "__pycache__" not in path.parts
    }


def refused(course: PlainCourse, *options: str, name: str = NAME) -> str:
    """Run the command on a course, see that it refuses properly, and return the sentence."""
    before = contents(course.root)
    return _sentence(course.autograde_here(*options, name=name), course, before)


def refused_by_a_program(course: PlainCourse, *options: str) -> str:
    """Do the same with a program of its own: Dask leaves threads behind, which may speak at the end."""
    before = contents(course.root)
    return _sentence(course.autograde(*options), course, before)


def _sentence(ran: Ran, course: PlainCourse, before: dict[str, bytes | None]) -> str:
    """Return what a run said that had to refuse."""
    assert ran.status == 2, ran.stdout + ran.stderr
    assert ran.stdout == ""
    [sentence] = ran.stderr.strip().splitlines()
    assert sentence.startswith("course: ")
    assert contents(course.root) == before, "nothing may change on the disk"
    return sentence


def test_an_unknown_assignment_is_refused_with_the_nearest_name(course: PlainCourse) -> None:
    assert f'did you mean "{NAME}"?' in refused(course, name="funktions")


def test_an_assignment_that_is_like_no_other_is_refused(course: PlainCourse) -> None:
    assert "zzz" in refused(course, name="zzz")


@pytest.mark.parametrize("name", ["../functions", "*", "a**", "[", "", "functions/", "."])
def test_a_name_that_is_a_path_or_a_pattern_is_refused(name: str, course: PlainCourse) -> None:
    assert "knows no assignment" in refused(course, name=name)


def test_an_assignment_that_nobody_has_handed_in_is_refused(course: PlainCourse) -> None:
    shutil.rmtree(course.root / "submitted")
    assert "no submissions" in refused(course)


def test_an_assignment_that_was_never_released_is_refused(tmp_path: Path) -> None:
    course = write_source(tmp_path / "course")
    course.submission("ada").mkdir(parents=True)
    assert "generate_assignment" in refused(course)


def test_another_assignment_that_was_never_released_is_refused(course: PlainCourse) -> None:
    shutil.copytree(course.source().parent, course.root / "source" / "more")
    assert "release" in refused(course, name="more")


def test_a_student_who_has_not_handed_in_is_refused_with_the_nearest_name(course: PlainCourse) -> None:
    assert 'did you mean "ada"?' in refused(course, "--student", "adda")


def test_names_of_folders_that_upset_a_terminal_are_told_without_their_codes(course: PlainCourse) -> None:
    (course.root / "submitted" / "bea\x1b[2J" / NAME).mkdir(parents=True)
    assert r"bea\x1b[2J" in refused(course, "--student", "bea[2J")


@pytest.fixture
def unanswering() -> Iterator[list[str]]:
    """The addresses of somebody who takes calls and says nothing, and of somebody who turns them away."""
    with socket.socket() as silent, socket.socket() as closed:
        for one in (silent, closed):
            one.bind(("127.0.0.1", 0))
        silent.listen()
        yield [f"tcp://127.0.0.1:{one.getsockname()[1]}" for one in (silent, closed)]


def test_a_scheduler_that_does_not_answer_is_refused(unanswering: list[str], made: PlainCourse, tmp_path: Path) -> None:
    courses = [made.copy(tmp_path / name) for name in ("silent", "closed")]  # a course is graded by one run at a time
    with ThreadPoolExecutor() as together:
        said = together.map(refused_by_a_program, courses, ["--scheduler"] * 2, unanswering)
        assert all(address in sentence for address, sentence in zip(unanswering, said, strict=True))


@pytest.mark.parametrize("address", ["nonsense", "gopher://somewhere:1"])
def test_an_address_of_no_scheduler_is_refused(address: str, course: PlainCourse) -> None:
    assert address in refused_by_a_program(course, "--scheduler", address)


@pytest.mark.parametrize("address", ["tcp://192.0.2.77:8786", "ws://[2001:db8::77]:8786"])
def test_another_machine_without_encryption_is_refused(address: str, course: PlainCourse) -> None:
    """Both addresses are reserved for documentation: there is nobody."""
    said = refused(course, "--scheduler", address)
    assert address in said
    assert "--insecure" in said


@pytest.mark.parametrize(
    ("address", "given"),
    [("tcp://127.0.0.1:1", ""), ("tcp://localhost:1", ""), ("tls://192.0.2.77:1", ""), ("tcp://192.0.2.77:1", "leave")],
)
def test_this_machine_encryption_and_who_insists_are_not_refused(
    address: str, given: str, made: PlainCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def went_on() -> None:
        raise CannotRun("it went on")

    monkeypatch.setattr(workplace, "scratch_folder", went_on)
    with pytest.raises(CannotRun, match="it went on"):
        autograde(NAME, course_dir=made.root, scheduler=address, insecure=bool(given))


def test_a_gradebook_of_another_course_is_refused(course: PlainCourse, tmp_path: Path) -> None:
    from nbgrader.api import Gradebook

    from course.kernel import own_tools

    other = tmp_path / "other.db"
    with own_tools(), Gradebook(f"sqlite:///{other}", "another course") as gradebook:
        gradebook.add_assignment("essays")
    other.replace(course.gradebook)
    assert "gradebook" in refused(course)


def test_a_gradebook_whose_assignment_has_other_cells_is_refused(course: PlainCourse) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(course.gradebook)) as connection, connection:
        connection.execute("UPDATE source_cell SET name = 'other_' || name")
        connection.execute("UPDATE base_cell SET name = 'other_' || name")
    assert "gradebook" in refused(course)


@pytest.mark.parametrize("content", [b"", b"no database" * 1000])
def test_a_gradebook_that_is_none_is_refused(content: bytes, course: PlainCourse) -> None:
    course.gradebook.write_bytes(content)
    assert "gradebook" in refused(course)


def test_a_gradebook_without_an_address_is_refused_and_a_password_in_it_is_not_told(course: PlainCourse) -> None:
    sentence = refused(course, "--db", "teacher:secret@gradebook.db")
    assert "expected one such as sqlite:///" in sentence
    assert "secret" not in sentence


def test_a_folder_that_is_no_course_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert "course" in refused(PlainCourse(tmp_path / "folder"))


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "nowhere" in refused(PlainCourse(tmp_path / "nowhere"))


@pytest.mark.parametrize("config", ["c = get_config(", "1 / 0", "import nothing_of_that_name", "c.CourseDirectory = 5"])
def test_a_configuration_that_cannot_be_read_is_refused(config: str, course: PlainCourse) -> None:
    (course.root / "nbgrader_config.py").write_text(config)
    assert "nbgrader_config.py" in refused(course)


def test_no_workers_are_refused(course: PlainCourse) -> None:
    before = contents(course.root)
    ran = course.autograde("--workers", "0")
    assert ran.status == 2
    assert "workers" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert contents(course.root) == before


def test_an_assignment_in_another_language_is_refused(tmp_path: Path) -> None:
    course = make(tmp_path / "course", language="R")
    course.hand_in("ada", course.solved())
    assert "ir" in refused(course)


def test_a_system_that_is_not_linux_is_refused(course: PlainCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("os.pidfd_open")
    assert "Linux" in refused(course)


def test_a_file_of_the_source_that_cannot_be_copied_is_named(course: PlainCourse) -> None:
    (course.source().parent / ".#helpers.py").symlink_to("somebody@editing.1")  # as Emacs does
    assert ".#helpers.py" in refused(course)


def test_files_that_no_submission_has_room_for(course: PlainCourse) -> None:
    (course.source().parent / "large.csv").write_bytes(bytes(3 << 20))
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write("c.Sandbox.disk = 2 << 20\n")
    sentence = refused(course)
    assert "3 MB" in sentence
    assert "c.Sandbox.disk" in sentence


def test_a_kernel_of_another_interpreter(course: PlainCourse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "elsewhere" / "python"
    other.parent.mkdir()
    other.symlink_to(sys.executable)
    spec = {"argv": [str(other), "-m", "ipykernel_launcher"], "display_name": "Python 3", "language": "python"}
    described = tmp_path / "jupyter" / "kernels" / "python3" / "kernel.json"
    described.parent.mkdir(parents=True)
    described.write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    sentence = refused(course)
    assert "python3" in sentence
    assert str(other) in sentence
