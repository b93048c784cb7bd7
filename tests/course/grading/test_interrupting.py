"""Ctrl-C ends a run with one sentence; what was graded is kept, nothing runs on, and the same command goes on."""

import signal
import subprocess
import time
from pathlib import Path

from tests.course import progress_lines
from tests.course.grading import plain_course
from tests.course.grading.plain_course import PATIENCE, clean_environment
from tests.course.grading.survivors import watched

ENDLESS = "import time\ndef add(a, b):\n    time.sleep(10_000)"


def test_a_run_that_is_interrupted_says_so_in_one_sentence_and_goes_on_later(tmp_path: Path) -> None:
    course = plain_course.make(tmp_path / "course")
    course.hand_in("quick", course.solved())
    course.hand_in("slow", course.solved(add=ENDLESS))
    with watched() as survivors:
        run = subprocess.Popen(
            course.command("--workers", "1"),
            cwd=course.root,
            env=clean_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        until = time.monotonic() + PATIENCE
        while not course.autograded("quick").is_dir():
            assert run.poll() is None, run.communicate()
            assert time.monotonic() < until
            time.sleep(0.1)
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=PATIENCE)
    assert run.returncode == 130, out + err
    said = progress_lines.without(err).strip().splitlines()
    assert said[0].startswith("course: stopped; what was done until now is kept")
    assert not said[1:] or "resource_tracker" in said[1], "Python's helper tells that it was ended on a busy machine"
    assert survivors.left == []
    course.hand_in("slow", course.solved())
    assert course.autograde("--workers", "1").states == {"quick": "unchanged", "slow": "graded"}
