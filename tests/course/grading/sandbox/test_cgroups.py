"""What a submission holds is counted by the kernel, whether or not a process has it mapped, and no group remains."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from course.grading.sandbox.borders import Borders, Limits, probe
from course.grading.sandbox.cgroups import Cgroup, Cgroups, places, removed, swept
from course.grading.sandbox.layers import MEMORY_CGROUP
from course.grading.sandbox.scratch import scratch_folder
from course.grading.sandbox.starting import Warmth
from course.grading.worker.zygotes import Zygote as WarmZygote
from tests.course.grading.sandbox.test_borders import MB, Zygote, ready
from tests.course.grading.survivors import left_by

LIMITS = {"memory": 128 * MB, "disk": 64 * MB}
HELD = 224 * MB
EVENTS = "low 0\nhigh 0\nmax 7\noom {}\noom_kill {}\noom_group_kill 0\n"
MAKING = """
import time
from course.grading.sandbox.cgroups import Cgroups

with Cgroups(1 << 30).one():
    print(flush=True)
    time.sleep(1000)
"""


@pytest.fixture(scope="module")
def here() -> Borders:
    return probe()


@pytest.fixture(scope="module")
def groups(here: Borders) -> Iterator[Cgroups]:
    ready(here, (MEMORY_CGROUP.name,))
    with swept():
        yield Cgroups(Limits(**LIMITS).held)


@pytest.fixture(scope="module")
def confined(here: Borders) -> Iterator[Zygote]:
    if not here.hold:
        pytest.skip("no sandbox here")
    started = Zygote(
        "root" if os.geteuid() == 0 else "ordinary", tuple(one for one in here.layers if one != MEMORY_CGROUP.name)
    )
    yield started
    started.close()


@pytest.fixture(scope="module")
def lenient(here: Borders) -> Iterator[Zygote]:
    """A sandbox that denies no system call."""
    ready(here, ("namespaces",))
    started = Zygote("root" if os.geteuid() == 0 else "ordinary", ("namespaces",))
    yield started
    started.close()


@pytest.mark.parametrize("attack", ["hold_files", "hold_files_in_a_child"])
def test_memory_that_no_process_has_mapped_is_counted(lenient: Zygote, groups: Cgroups, attack: str) -> None:
    with groups.one() as group:
        report = lenient.run(attack, HELD, 8 * MB, group=group, **LIMITS).report
    assert report["ended"] == "memory", report
    assert "its processes used more than 128 MB of memory together" in report["why"]


def test_without_a_group_nobody_counts_it(lenient: Zygote) -> None:
    ended = lenient.run("hold_files", HELD, 8 * MB, **LIMITS)
    assert (ended.answer, ended.report["ended"]) == (HELD, "exit"), ended.report


def test_what_sockets_hold_is_counted(lenient: Zygote, groups: Cgroups) -> None:
    many = {"channels": 100_000, "open_files": 4096}
    with groups.one() as group:
        assert lenient.run("open_channels", "sockets", group=group, **many, **LIMITS).report["ended"] == "memory"


def test_an_honest_notebook_may_use_all_its_memory_and_all_its_disk(confined: Zygote, groups: Cgroups) -> None:
    with groups.one() as group:
        ended = confined.run("use_memory_and_disk", 100 * MB, group=group, **LIMITS)
    assert ended.answer > LIMITS["disk"] - MB, ended.report


def test_nothing_leads_out_of_the_group(confined: Zygote, groups: Cgroups) -> None:
    with groups.one() as group:
        inherited = confined.run("descriptors", group=group).answer
    assert len([one for one in inherited if "/proc/" not in one.split(": ")[1]]) == 1, inherited


@pytest.fixture
def version_2() -> Iterator[Path]:
    """A group in a hierarchy of version 2, which need not count memory, with another in it."""
    for place in filter(lambda place: (place / "cgroup.controllers").is_file(), places()):
        outer = place / f"course-test-{os.getpid()}"
        try:
            (outer / "inner").mkdir(parents=True)
        except OSError:
            continue
        yield outer
        for folder in (outer / "inner", outer):
            while not removed(folder):
                time.sleep(0.01)
        return
    pytest.skip("no groups of version 2 can be made here")


@pytest.fixture
def counting(tmp_path: Path) -> Path:
    """A folder that stands for a group of version 2 in which nothing has happened, and that all may read."""
    (tmp_path / "memory.events").write_text(EVENTS.format(0, 0))
    tmp_path.chmod(0o755)
    return tmp_path


def test_groups_of_version_2_are_entered_from_behind_all_borders(
    confined: Zygote, version_2: Path, counting: Path
) -> None:
    folder, entrance = os.open(counting, os.O_RDONLY), os.open(version_2 / "cgroup.procs", os.O_WRONLY)
    with closing_all(folder, entrance):
        assert f"/{version_2.name}\n" in confined.run("own_groups", group=Cgroup(folder, entrance)).answer


def test_in_version_2_groups_may_be_beside_ones_own(version_2: Path) -> None:
    asking = "from course.grading.sandbox.cgroups import places; print(*places(), sep='\\n')"
    with (version_2 / "inner" / "cgroup.procs").open("w") as entrance:
        command = ["/bin/sh", "-c", 'echo 0; exec "$@" >&2', "sh", sys.executable, "-c", asking]
        asked = subprocess.run(command, stdout=entrance, stderr=subprocess.PIPE, text=True, check=True)
    assert asked.stderr.splitlines()[-2:] == [str(version_2 / "inner"), str(version_2)]


@pytest.mark.parametrize(
    ("reached", "killed", "overflowed"), [(0, 0, False), (3, 0, False), (0, 1, False), (2, 1, True)]
)
def test_in_version_2_the_kernel_tells_whose_limit_it_was(
    counting: Path, reached: int, killed: int, overflowed: bool
) -> None:
    (counting / "memory.events").write_text(EVENTS.format(reached, killed))
    folder = os.open(counting, os.O_RDONLY)
    with closing_all(folder):
        assert Cgroup(folder, -1).overflowed is overflowed


def test_a_group_goes_when_nobody_is_in_it(groups: Cgroups) -> None:
    with groups.one() as group:
        sleeper = subprocess.Popen(["/bin/sh", "-c", "echo 0; exec sleep 1000"], stdout=group.entrance)
        while "sleep" not in Path(f"/proc/{sleeper.pid}/comm").read_text():
            time.sleep(0.01)
    assert len(left_by(os.getpid())) == 1
    sleeper.kill()
    sleeper.wait()
    with groups.one():
        assert len(left_by(os.getpid())) == 1
    assert left_by(os.getpid()) == []


def test_groups_of_a_process_that_was_killed_are_swept_and_no_others(groups: Cgroups) -> None:
    maker = subprocess.Popen([sys.executable, "-c", MAKING], stdout=subprocess.PIPE)
    assert maker.stdout is not None
    with maker.stdout:
        maker.stdout.readline()
    with groups.one():
        with swept():
            assert len(left_by(maker.pid)) == 1
        assert len(left_by(maker.pid)) == 1
        maker.kill()
        os.waitid(os.P_PID, maker.pid, os.WEXITED | os.WNOWAIT)  # as where nobody asks how it ended
        with swept():
            assert left_by(maker.pid) == []
        maker.wait()
        assert len(left_by(os.getpid())) == 1


def test_a_zygote_gives_each_notebook_a_group_of_its_own(here: Borders, groups: Cgroups) -> None:
    with scratch_folder() as scratch:
        zygote = WarmZygote(Warmth("", (), here, Limits(), sealed=False), scratch)
        with zygote.forked("ada/plain"), zygote.forked("ben/plain"):
            while [len(members(folder)) for folder in left_by(os.getpid())] != [1, 1]:
                time.sleep(0.01)
        with zygote.forked("carl/plain"):
            pass
        zygote.close()
    assert left_by(os.getpid()) == []


@contextmanager
def closing_all(*descriptors: int) -> Iterator[None]:
    yield
    for descriptor in descriptors:
        os.close(descriptor)


def members(group: Path) -> list[str]:
    return (group / "cgroup.procs").read_text().split()
