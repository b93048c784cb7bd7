"""Where `course start` makes a course, and where it says in one sentence why not and changes nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import course
from course.layout import MADE_BY, find_course, of_another_version
from course.problems import CannotRun
from course.start import start
from tests.conftest import ROOT
from tests.course import progress_lines


def everything(folder: Path) -> dict[Path, bytes | None]:
    return {path: path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def refused(folder: Path) -> str:
    """Try to start a course, expect nothing to change, and return the sentence."""
    around = folder if folder.is_dir() else folder.parent if folder.parent.is_dir() else folder.parent.parent
    before = everything(around)
    with pytest.raises(CannotRun) as reason:
        start(folder)
    assert everything(around) == before
    [sentence] = str(reason.value).splitlines()
    return sentence


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from course.__main__ import main; main()", *arguments]
    path = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    ran = subprocess.run(command, cwd=cwd, env=path, capture_output=True, text=True, check=False)
    ran.stderr = progress_lines.without(ran.stderr)
    return ran


def test_a_new_folder_and_an_empty_one_become_courses(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("new", "empty"):
        made = find_course(start(tmp_path / name))
        assert made.names() == find_course(ROOT).names()
        assert sorted(path.name for path in made.root.iterdir()) == [
            MADE_BY, "README.md", "nbgrader_config.py", "source_notebooks",
        ]  # fmt: skip


def test_the_folder_where_you_are_becomes_one(tmp_path: Path) -> None:
    done = run("start", ".", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert find_course(tmp_path).root == tmp_path


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").touch()
    assert ".gitignore" in refused(tmp_path)


def test_a_file_is_left_alone_and_so_is_what_would_lie_below_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert "is a file" in refused(tmp_path / "file")
    assert "no folder" in refused(tmp_path / "file" / "course")
    assert "no folder" in refused(tmp_path / "nowhere" / "course")


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="there is no folder that not even root may write to")
def test_where_nobody_may_write_it_says_so() -> None:
    with pytest.raises(CannotRun, match="where you may write"):
        start(Path("/proc/course"))


def test_what_was_begun_is_taken_away_when_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", full)
    (tmp_path / "empty").mkdir()
    for name in ("new", "empty"):
        assert "No space left" in refused(tmp_path / name)


def test_a_course_of_an_older_version_is_named_and_left_alone(tmp_path: Path) -> None:
    start(tmp_path / "course")
    (tmp_path / "course" / MADE_BY).write_text("0.0.7\n", encoding="utf-8")
    sentence = refused(tmp_path / "course")
    assert "0.0.7" in sentence
    assert course.__version__ in sentence
    done = run("start", "course", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"course: {sentence}\n".replace(f"{tmp_path}/", ""))


def test_commands_say_when_another_version_has_made_the_course(tmp_path: Path) -> None:
    made = start(tmp_path / "course")
    assert of_another_version(made / "source_notebooks") == ""
    (made / MADE_BY).write_text(f"{course.__version__}.1\n", encoding="utf-8")
    assert of_another_version(made) == "", "a correction fits"
    (made / MADE_BY).write_text("0.0.7\n", encoding="utf-8")
    for command in ("release", "audit", "autograde"):
        first, *others = run(command, "no-such-exercise", cwd=made).stderr.splitlines()
        assert "0.0.7" in first
        assert len(others) == 1
