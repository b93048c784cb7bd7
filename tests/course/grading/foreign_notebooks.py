"""The two notebooks of the foreign course, and what each student of its class writes into them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

WAVES = '''\
# %% [markdown] nbgrader={"grade_id": "intro", "locked": true}
# # Waves
# This cell is locked.

# %% nbgrader={"grade_id": "setup", "locked": true}
import csv
from pathlib import Path

import own_tools
import wave_tools

with open("readings.csv") as file:
    readings = [float(row["height"]) for row in csv.DictReader(file)]
limit = float(Path("tables/limits.csv").read_text().split(",")[1])

# %% nbgrader={"grade_id": "mean", "solution": true}
def mean(values):
    """Return the arithmetic mean."""
    ### BEGIN SOLUTION
    return sum(values) / len(values)
    ### END SOLUTION

# %% nbgrader={"grade_id": "test_mean", "grade": true, "points": 3}
assert mean([1, 2, 3]) == 2
### BEGIN HIDDEN TESTS
assert wave_tools.checked(mean(readings), limit) == 0.85
### END HIDDEN TESTS

# %% nbgrader={"grade_id": "smooth", "solution": true}
def smooth(values):
    """Return the mean of each value and its neighbours."""
    ### BEGIN SOLUTION
    return wave_tools.smoothed(values)
    ### END SOLUTION

# %% nbgrader={"grade_id": "test_smooth", "grade": true, "points": 4}
pairs = list(zip(smooth(readings), wave_tools.smoothed(readings)))
4 * sum(abs(mine - right) < 1e-9 for mine, right in pairs) / len(readings)

# %% nbgrader={"grade_id": "spectrum", "grade": true, "solution": true, "points": 2}
### BEGIN SOLUTION
print(max(readings) - min(readings), own_tools.unit())
### END SOLUTION

# %% [markdown] nbgrader={"grade_id": "sketch", "task": true, "points": 2}
# Sketch the waves in cells below this one.

# %%
# %matplotlib inline
import matplotlib.pyplot as plt

plt.plot(readings)

# %%
import os

print(Path.cwd(), Path.cwd().name, Path.cwd().parent.name, sorted(path.name for path in Path(".").rglob("*.csv")))
print(__name__, type(get_ipython()).__name__, os.environ.get("NBGRADER_EXECUTION"))

# %%
from IPython.display import HTML, JSON, clear_output, display

handle = display(HTML("<b>low water</b>"), display_id="tide")
display({"text/plain": "plain", "text/markdown": "**rich**"}, raw=True)
JSON({"height": 1.5})

# %%
handle.update(HTML("<b>high water</b>"))
for step in range(3):
    print("step", step)
    clear_output(wait=True)
print("last step")

# %%
class Buoy:
    def _repr_html_(self):
        return "<i>buoy</i>"


Buoy()

# %%
import sys

print("first to stdout")
print("then to stderr", file=sys.stderr)
print("äöü ∇ \\x1b[31mred\\x1b[0m", end="")
sys.stdout.flush()
sys.stdout.write("\\r100 %")

# %%
import logging
import warnings

warnings.warn("shallow water")
logging.warning("a log line")

# %%
import asyncio


async def tide():
    await asyncio.sleep(0)
    return "ebb"


print(await tide())
waiting = tide()
try:
    asyncio.run(waiting)
except RuntimeError as problem:
    print(problem)
finally:
    waiting.close()

# %%
# !echo from the shell
# listed = !ls *.csv
listed

# %%
# %%bash
echo from bash
exit 3

# %%
import subprocess
import time
from threading import Thread

subprocess.run(["echo", "from a child process"], check=True)
time.sleep(0.5)
thread = Thread(target=print, args=("from a thread",))
thread.start()
thread.join()

# %%
tides = ["ebb", "flood"]
get_ipython().input_transformers_cleanup.append(lambda lines: [line.replace("TIDE", tides[0]) for line in lines])

# %%
print("TIDE", tides.reverse())

# %%
print("TIDE", tides.reverse())

# %%
name = input("Your name? ")

# %%
wave_tools.fail(len(readings))

# %%
raise SystemExit("enough")

# %%
import ipywidgets

ipywidgets.IntSlider(3)

# %%
print(Path("from_essay.txt").read_text())
'''

ESSAY = """\
# %% nbgrader={"grade_id": "count", "solution": true}
def count_words(text):
    ### BEGIN SOLUTION
    return len(text.split())
    ### END SOLUTION

# %% nbgrader={"grade_id": "test_count", "grade": true, "points": 2}
assert count_words("the sea") == 2
### BEGIN HIDDEN TESTS
assert count_words("  the   sea ") == 2
### END HIDDEN TESTS

# %% [markdown] nbgrader={"grade_id": "why", "grade": true, "solution": true, "points": 3}
# Why are there waves?
# ### BEGIN SOLUTION
# Wind.
# ### END SOLUTION

# %% nbgrader={"grade_id": "notes", "solution": true}
### BEGIN SOLUTION
from pathlib import Path

print(sorted(path.name for path in Path(".").glob("*.txt")))
### END SOLUTION

# %%
Path("from_essay.txt").write_text(str(count_words("what the other notebook reads")))
"""


@dataclass(frozen=True)
class Student:
    """What a student hands in: answers by grade_id, files of their own, and when (no time: no timestamp.txt)."""

    answers: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    handed_in: str = "2024-03-01 11:00:00 UTC"


MEAN = "def mean(values):\n    return sum(values) / len(values)"
SMOOTH = "def smooth(values):\n    return wave_tools.smoothed(values)"
COUNT = "def count_words(text):\n    return len(text.split())"
RIGHT = {
    "mean": MEAN,
    "smooth": SMOOTH,
    "spectrum": "print(max(readings), own_tools.unit())",
    "count": COUNT,
    "why": "Because of the wind.",
    "notes": "from pathlib import Path\nprint(Path('tables/limits.csv').read_text())",
}
HALF_SMOOTH = "def smooth(values):\n    return values[:1] + wave_tools.smoothed(values)[1:3]"
ENDLESS = "def smooth(values):\n    return smooth(values[:])"
MUCH = 'print("\\n".join(f"line {n}" for n in range(1500)))\n[n for n in range(1500)]'
OLD_WAY = f"import warnings\n{MEAN}\nwarnings.warn('old', DeprecationWarning)"
OWN_FILE = "from pathlib import Path\nprint(Path('my_notes.txt').read_text())"

CLASS: dict[str, Student] = {
    "ada": Student(RIGHT, files={"own_tools.py": 'def unit():\n    return "cm"\n'}),
    "ben": Student(RIGHT | {"mean": "def mean(values):\n    return max(values)", "smooth": HALF_SMOOTH}),
    "cleo": Student(),
    "dan": Student(RIGHT | {"mean": MEAN.replace(":", ""), "count": "count_words = len"}),
    "eve": Student(RIGHT, handed_in="2024-03-01 15:30:00 UTC"),
    "finn": Student(RIGHT, handed_in="2024-03-01 16:30:00 UTC"),
    "gus": Student(RIGHT | {"smooth": ENDLESS}, missing=("essay",), handed_in="2024-03-03 12:00:00 UTC"),
    "hana": Student(
        RIGHT | {"mean": OLD_WAY, "spectrum": MUCH, "notes": OWN_FILE}, files={"my_notes.txt": "spring tide\n"}
    ),
    "ivo": Student(
        RIGHT | {"setup": "limit = 1000\nreadings = []", "test_mean": "assert True"},
        files={"wave_tools.py": "def smoothed(values):\n    return []\n"},
        handed_in="",
    ),
    "jun": Student({"mean": MEAN, "why": "I do not know yet."}),
}
AGAIN: dict[str, Student] = {"jun": Student(RIGHT, handed_in="2024-03-01 13:45:00 UTC")}
"""Those who hand in a second time, later."""
