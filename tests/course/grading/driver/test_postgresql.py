"""A gradebook on a PostgreSQL server is filled as one in a file, and loses nothing when a run is killed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from tests.course.grading import foreign_course
from tests.course.grading.foreign_course import ASSIGNMENT, ForeignCourse
from tests.course.grading.gradebooks import rows

psycopg2 = pytest.importorskip("psycopg2", reason="psycopg2 is not installed; install psycopg2-binary")


def _programs() -> Path | None:
    """Return the folder with PostgreSQL's server programs, the newest where there are several."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    found = str(installed[-1]) if installed else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


PROGRAMS = _programs()
pytestmark = [
    pytest.mark.nbgrader,
    pytest.mark.skipif(PROGRAMS is None, reason="there is no PostgreSQL server here; install Debian's postgresql"),
]
TEMPLATE = "handed_in"


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server of these tests' own, reached by a socket in its folder."""

    folder: Path

    def url(self, database: str) -> str:
        return f"postgresql+psycopg2://teacher@/{database}?host={self.folder}"

    def create(self, database: str, *, template: str = "template1") -> str:
        """Make a database, a copy of another, and return its address."""
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {database} TEMPLATE {template}"))
        engine.dispose()
        return self.url(database)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A running server; PostgreSQL refuses to be run by root, so it becomes an ordinary user."""
    assert PROGRAMS is not None
    users = {user.pw_name: user for user in pwd.getpwall()}
    if os.geteuid() not in {user.pw_uid for user in users.values()}:
        pytest.skip("PostgreSQL wants to be run by a user with a name, and this one has none")
    with tempfile.TemporaryDirectory(prefix="grades-") as name:  # short: a socket's path has about 100 characters
        folder = Path(name)
        someone: dict[str, Any] = {}
        if os.geteuid() == 0:
            user = users.get("postgres") or users["nobody"]
            os.chown(folder, user.pw_uid, user.pw_gid)
            someone = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

        def run(program: str, *options: str) -> None:
            command = [str(PROGRAMS / program), "-D", str(folder / "data"), *options]
            said = folder / f"{program}.log"
            with said.open("wb") as log:
                ran = subprocess.run(command, cwd=folder, stdout=log, stderr=log, check=False, **someone)
            assert ran.returncode == 0, said.read_text()

        run("initdb", "--auth=trust", "--username=teacher", "--no-sync", "--encoding=UTF8", "--locale=C")
        settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", "start", "--wait", f"--options={settings}")
        try:
            yield Server(folder)
        finally:
            run("pg_ctl", "stop", "--mode=immediate")


@pytest.fixture(scope="module")
def course_on_server(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], ForeignCourse]:
    """Make a course, its class handed in, with a database of its own on the server."""
    first = foreign_course.build(tmp_path_factory.mktemp("server") / "course", server.create(TEMPLATE))
    first.hand_in_class()

    def made(name: str) -> ForeignCourse:
        url = server.create(name, template=TEMPLATE)
        root = first.root.with_name(name)
        shutil.copytree(first.root, root)
        config = root / "nbgrader_config.py"
        config.write_text(config.read_text().replace(first.db_url, url))
        return replace(first, root=root, db_url=url)

    return made


@pytest.fixture(scope="module")
def in_a_file(in_two_rounds: tuple[ForeignCourse, list[dict[str, list[Any]]]]) -> list[dict[str, list[Any]]]:
    """What the same class has in a gradebook that is a file, after each of two rounds."""
    return in_two_rounds[1]


def _kill_after_the_first_grade(course: ForeignCourse) -> None:
    """Start grading, and kill it as soon as a submission is graded, without a chance to put anything in order."""
    run = course.start("course", "autograde", ASSIGNMENT, "--course-dir", str(course.root), "--workers", "1")
    give_up = time.monotonic() + 120
    while not list((course.root / course.autograded).glob(f"*/{ASSIGNMENT}/.graded.json")):
        assert run.poll() is None, run.communicate()
        assert time.monotonic() < give_up, "nothing was graded"
        time.sleep(0.01)
    run.kill()
    run.communicate()


def test_a_gradebook_on_a_server_is_filled_as_one_in_a_file(
    course_on_server: Callable[[str], ForeignCourse], in_a_file: list[dict[str, list[Any]]]
) -> None:
    course = course_on_server("undisturbed")
    assert course.in_two_rounds(lambda: course.grade(ASSIGNMENT)) == in_a_file


def test_a_run_on_a_server_that_is_killed_is_finished_by_the_same_command(
    course_on_server: Callable[[str], ForeignCourse], in_a_file: list[dict[str, list[Any]]]
) -> None:
    course = course_on_server("killed")
    _kill_after_the_first_grade(course)
    assert rows(course.db_url)["grade"] != in_a_file[0]["grade"], "it was killed too late to show anything"
    course.grade(ASSIGNMENT)
    assert rows(course.db_url) == in_a_file[0]
