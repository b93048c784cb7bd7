"""Zygotes that are started ahead of time are taken over once, by workers that need what they were made for."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy
import pytest

from course.grading.sandbox import observing_side, system_calls
from course.grading.sandbox.borders import Borders
from course.grading.sandbox.scratch import PREFIX, scratch_folder
from course.grading.sandbox.starting import Offers, lying_elsewhere, readable_by_zygote, taken_over
from tests.course.grading.sandbox.ordinary import AS_ORDINARY
from tests.course.grading.worker.test_world import write

BARE = Borders()
MODULES = ("json",)


@pytest.fixture
def scratch():
    with scratch_folder() as folder:
        yield folder


@pytest.fixture
def offers(scratch: Path):
    with Offers(scratch) as offered:
        offered.start(MODULES, BARE, 1, sealed=False)
        yield offered


def _running() -> list[str]:
    return [
        process
        for process in os.listdir("/proc")
        if process.isdigit() and _parent(process) == os.getpid() and "grading.sandbox.zygote" in _command(process)
    ]


def _parent(process: str) -> int:
    try:
        return int(Path("/proc", process, "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _command(process: str) -> str:
    try:
        return Path("/proc", process, "cmdline").read_text()
    except OSError:
        return ""


def test_one_worker_takes_it_over_and_the_next_finds_none(offers: Offers) -> None:
    door = offers.door(BARE, MODULES, sealed=False)
    assert door is not None
    zygote = taken_over(door)
    assert zygote is not None
    zygote.control.settimeout(60)
    assert "ready" in json.loads(zygote.control.recv(1 << 16))
    assert "imported" in json.loads(zygote.control.recv(1 << 16))
    assert zygote.alive
    assert taken_over(door) is None
    zygote.end()
    assert not zygote.alive
    assert not zygote.folder.exists()


@pytest.mark.parametrize("wanted", [("numpy",), ("json", "torch")])
def test_one_that_was_made_for_something_else_is_ended(offers: Offers, wanted: tuple[str, ...]) -> None:
    assert offers.door(BARE, wanted, sealed=False) is None
    assert _running() == []


def test_one_behind_other_borders_is_ended(offers: Offers) -> None:
    assert offers.door(Borders(("seccomp",)), MODULES, sealed=False) is None
    assert _running() == []


def test_those_that_are_there_are_not_started_again(offers: Offers) -> None:
    there = _running()
    offers.start(MODULES, BARE, 1, sealed=False)
    assert _running() == there != []


def test_those_that_are_there_give_way_to_others(offers: Offers) -> None:
    there = _running()
    offers.start(("numpy",), BARE, 1, sealed=False)
    [other] = _running()
    assert [other] != there


def test_what_nobody_takes_ends_with_the_run(scratch: Path) -> None:
    with Offers(scratch) as offered:
        offered.start(MODULES, BARE, 2, sealed=False)
        assert offered.door(BARE, MODULES, sealed=False)
        assert len(_running()) == 2
    assert _running() == []
    assert not [thread for thread in threading.enumerate() if "hand_over" in thread.name and thread.is_alive()]


def test_a_deep_folder_is_no_obstacle(tmp_path: Path) -> None:
    deep = tmp_path / ("deep" * 20) / ("down" * 20)
    deep.mkdir(parents=True)
    with Offers(deep) as offered:
        offered.start(MODULES, BARE, 1, sealed=False)
        door = offered.door(BARE, MODULES, sealed=False)
        assert door is not None
        zygote = taken_over(door)
        assert zygote is not None
        zygote.end()


def test_one_that_holds_the_judging_side_is_none_that_does_not(offers: Offers) -> None:
    assert offers.door(BARE, MODULES, sealed=True) is None


@pytest.mark.parametrize("sealed", [True, False])
def test_what_judges_can_only_be_read_where_it_has_to_be(sealed: bool) -> None:
    readable = readable_by_zygote(("checks", "numpy"), sealed=sealed)
    package = observing_side.home()
    assert package is not None
    assert any(package.is_relative_to(path) for path in readable) is not sealed


def test_it_cannot_be_read_among_installed_packages_either(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = Path(numpy.__file__).parent  # stands for an installed package of ours
    monkeypatch.setattr(observing_side, "home", lambda: installed)
    readable = readable_by_zygote(("checks",), sealed=True)
    assert not any(installed.is_relative_to(path) for path in readable)
    others = [path for path in installed.parent.iterdir() if path != installed]
    assert all(any(other.is_relative_to(path) for path in readable) for other in others)


def test_nor_through_a_link_to_where_they_lie(tmp_path: Path) -> None:
    package = tmp_path / "lib" / "packages" / "checks"
    package.mkdir(parents=True)
    (package.parent / "numpy").mkdir()
    (tmp_path / "lib64").symlink_to("lib")  # as in a virtual environment
    shown = observing_side.without([tmp_path / "lib", tmp_path / "lib64"], package)
    assert shown == [package.parent / "numpy"]


def test_nor_where_the_system_has_its_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package, other = tmp_path / "lib" / "checks", tmp_path / "lib" / "numpy"
    for folder in (package, other):
        folder.mkdir(parents=True)
    monkeypatch.setattr(system_calls, "SYSTEM", (str(tmp_path / "lib"),))  # as /usr/local/lib in many containers
    monkeypatch.setattr(observing_side, "home", lambda: package)
    readable = readable_by_zygote(("checks",), sealed=True)
    shown = [Path(target) for _, target in system_calls.views(tuple(map(str, readable)))]
    assert other in shown
    assert not any(package.is_relative_to(path) for path in shown)


def test_what_others_put_among_temporary_files_keeps_nobody_from_grading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    kept = tmp_path / "kept"
    kept.mkdir()
    for name, target in {"999999999-link": kept, "999999998-dangling": tmp_path / "nowhere", "²": kept}.items():
        (tmp_path / f"{PREFIX}{name}").symlink_to(target)
    left = tmp_path / f"{PREFIX}999999997-killed"
    left.mkdir()
    with scratch_folder() as scratch:
        assert scratch.is_dir()
    assert not left.exists()
    assert kept.is_dir()


STRICT = """
import os, sys
from pathlib import Path

from course.grading.sandbox.borders import Limits, probe
from course.grading.sandbox.scratch import scratch_folder
from course.grading.sandbox.starting import Warmth
from course.grading.worker.zygotes import Zygote

os.umask(int(sys.argv[1], 8))
with scratch_folder() as scratch:
    worker = scratch / "workers" / "one"
    worker.mkdir(parents=True)
    Zygote(Warmth("", ("json",), probe(), Limits(), sealed=True), worker).close()
    print("started")
"""


@pytest.mark.parametrize(("umask", "before"), [("027", ()), ("077", ()), ("077", AS_ORDINARY)])
def test_what_the_sandbox_must_read_does_not_depend_on_the_umask(umask: str, before: tuple[str, ...]) -> None:
    command = [*before, sys.executable, "-P", "-c", STRICT, umask]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", env={**os.environ, "HOME": "/"})
    assert ran.stdout == "started\n", ran.stderr


def test_a_large_package_that_is_not_installed_is_read_once_for_all_that_ask(tmp_path: Path) -> None:
    for number in range(200):
        write(tmp_path, {f"lab/part_{number}.py": f"import lab_{number}\n" + "x = [1, 2, 3]\n" * 200})
    took = []
    for _ in range(2):
        began = time.process_time()
        assert len(lying_elsewhere(["lab"], [str(tmp_path)])) == 201
        took.append(time.process_time() - began)
    assert took[1] < took[0] / 2
