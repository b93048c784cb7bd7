"""The threads of a worker do not get in each other's way."""

import subprocess
import sys

import pytest

AT_ONCE = """
import random, threading, time
from concurrent.futures import ThreadPoolExecutor
from nbgrader.preprocessors import ClearOutput
from traitlets import Instance
from traitlets.config import Config
from course.grading.worker.pipeline import SILENT, preprocessor

class SlowlyLookedUp(Instance):
    @property
    def klass(self):
        known = self.found
        time.sleep(random.random() / 1000)
        return known

    @klass.setter
    def klass(self, found):
        self.found = found

class Fresh(ClearOutput):
    course = SlowlyLookedUp("nbgrader.coursedir.CourseDirectory", allow_none=True)

together = threading.Barrier(8)

def make(_):
    together.wait()
    return {MAKE}

for _ in range(20):
    Fresh.course.klass = "nbgrader.coursedir.CourseDirectory"  # as nobody has looked it up yet
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(make, range(8)))
"""


@pytest.mark.parametrize(
    ("make", "status"),
    [("preprocessor(Fresh, Config())", 0), ("Fresh(config=Config(), log=SILENT)", 1)],
    ids=["ours", "control"],
)
def test_preprocessors_can_be_made_at_the_same_time(make: str, status: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", AT_ONCE.replace("{MAKE}", make)], capture_output=True, text=True, check=False
    )
    assert done.returncode == status, done.stderr
    assert ("import_item" in done.stderr) == bool(status)


PARSING = """
import ast, gc, time
from concurrent.futures import ThreadPoolExecutor
from checks.observing import lending
from checks.parsing import parse

gc.set_threshold(50)
gc.callbacks.append(lambda *_: time.sleep(0.0001))  # as Dask's does, this lets another thread run

def lent(_):
    lending._statements.__wrapped__("checks.layers_and_losses.lent")

with ThreadPoolExecutor(3) as threads:
    list(threads.map({PARSE}, ["a = [f(x, y) for x in z];" * 300] * 12))
"""


@pytest.mark.parametrize(
    ("parse", "status"),
    [
        ("parse", 0),
        ("lent", 0),
        pytest.param("ast.parse", 1, marks=pytest.mark.skipif(sys.version_info >= (3, 12), reason="mended there")),
    ],
    ids=["ours", "what is lent", "control"],
)
def test_cells_can_be_read_at_the_same_time(parse: str, status: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PARSING.replace("{PARSE}", parse)], capture_output=True, text=True, check=False
    )
    assert done.returncode == status, done.stderr
    assert ("recursion depth mismatch" in done.stderr) == bool(status)
