"""A submission's limits count what it does, not what else the machine has to do."""

from pathlib import Path

import pytest

from tests.busy_machine import a_busy_machine
from tests.course.grading.plain_course import FULL, RIGHT, PlainCourse, make

CONFIG = """\
c.Execute.timeout = 2
"""
POINTS = 2.0
"""What the function is worth whose cell takes long."""

COMPUTES = "import time\nuntil = time.thread_time() + 1\nwhile time.thread_time() < until: pass\n"


@pytest.fixture
def course(tmp_path: Path) -> PlainCourse:
    course = make(tmp_path / "course", CONFIG)
    course.hand_in("computes", course.solved(add=COMPUTES + RIGHT["add"]))
    course.hand_in("loops", course.solved(add="while True: pass"))
    course.hand_in("sleeps", course.solved(add="import time\ntime.sleep(3600)"))
    return course


def test_only_what_takes_too_long_itself_loses_points(course: PlainCourse) -> None:
    with a_busy_machine():
        scores = {name: row["score"] for name, row in course.autograde().rows.items()}
    assert scores == {"computes": FULL, "loops": FULL - POINTS, "sleeps": FULL - POINTS}
