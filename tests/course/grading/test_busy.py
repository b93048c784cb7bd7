"""A submission's limits count what it does, not what else the machine has to do."""

from pathlib import Path

import pytest

from tests.busy_machine import a_busy_machine
from tests.course.grading.plain_course import FULL, RIGHT, PlainCourse, make

CONFIG = """\
c.Execute.timeout = 2
"""
COMPUTES = "import time\nuntil = time.thread_time() + 1\nwhile time.thread_time() < until: pass\n"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> PlainCourse:
    course = make(tmp_path_factory.mktemp("busy") / "course", CONFIG)
    course.hand_in("computes", course.solved(add=COMPUTES + RIGHT["add"]))
    course.hand_in("loops", course.solved(add="while True: pass"))
    course.hand_in("sleeps", course.solved(add="import time\ntime.sleep(3600)"))
    return course


def test_a_busy_machine_changes_no_grade(course: PlainCourse, tmp_path: Path) -> None:
    beside = course.copy(tmp_path / "idle")
    idle = beside.autograde().rows
    with a_busy_machine():
        busy = course.autograde().rows
    assert {name: row["score"] for name, row in idle.items()} == {name: row["score"] for name, row in busy.items()}
    assert busy["computes"]["score"] == FULL
    assert busy["loops"]["score"] < FULL > busy["sleeps"]["score"]
