"""Ctrl-C ends a run with one sentence; what was graded is kept, nothing runs on, and the same command goes on."""

import os
import signal
import subprocess
import time
from pathlib import Path

from course.grading.driver.cluster import Workers
from tests.course import progress_lines
from tests.course.grading import plain_course
from tests.course.grading.classrooms import BIN
from tests.course.grading.driver.test_doors import DOORS
from tests.course.grading.plain_course import NAME, PATIENCE, PlainCourse, clean_environment
from tests.course.grading.survivors import watched

NO_LIMIT = "c.Execute.timeout = 36_000\n"
ENDLESS = "import time\ndef add(a, b):\n    time.sleep(10_000)"


def hears_interrupts() -> None:
    """Let a program be interrupted as one that a terminal starts: where tests run in the background it would not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def wait_for_the_first_grade(course: PlainCourse, run: "subprocess.Popen[str]") -> None:
    until = time.monotonic() + PATIENCE
    while not course.autograded("quick").is_dir():
        assert run.poll() is None, run.communicate()
        assert time.monotonic() < until
        time.sleep(0.1)


def test_a_run_that_is_interrupted_says_so_in_one_sentence_and_goes_on_later(tmp_path: Path) -> None:
    course = plain_course.make(tmp_path / "course", NO_LIMIT)
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
        wait_for_the_first_grade(course, run)
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=PATIENCE)
    assert run.returncode == 130, out + err
    said = progress_lines.without(err).strip().splitlines()
    assert said[0].startswith("course: stopped; what was done until now is kept")
    assert not said[1:] or "resource_tracker" in said[1], "Python's helper tells that it was ended on a busy machine"
    assert survivors.left == []
    course.hand_in("slow", course.solved())
    assert course.autograde("--workers", "1").states == {"quick": "unchanged", "slow": "graded"}


def test_nbgraders_own_command_is_ended_by_it_too_without_a_traceback(tmp_path: Path) -> None:
    course = plain_course.make(tmp_path / "course", DOORS + NO_LIMIT)
    course.hand_in("quick", course.solved())
    course.hand_in("slow", course.solved(add=ENDLESS))
    with watched() as survivors:
        run = subprocess.Popen(
            [BIN / "nbgrader", "autograde", NAME],
            cwd=course.root,
            env=clean_environment(PATH=f"{BIN}{os.pathsep}{os.environ['PATH']}"),
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=hears_interrupts,
        )
        wait_for_the_first_grade(course, run)
        os.killpg(run.pid, signal.SIGINT)  # as a terminal does
        _, err = run.communicate(timeout=PATIENCE)
    assert run.returncode == 130, err
    assert "stopped; what was graded until now is kept" in err
    assert "Traceback" not in err
    assert survivors.left == []


def test_no_worker_hears_an_interrupt_not_even_while_it_starts(tmp_path: Path) -> None:
    def deaf_to() -> set[signal.Signals]:
        return {signal.Signals(number) for number in signal.pthread_sigmask(signal.SIG_BLOCK, [])}

    with Workers(2, 1, None, tmp_path) as workers, workers.client() as client:
        assert list(client.run(deaf_to).values()) == [{signal.SIGINT}] * 2
    assert signal.SIGINT not in deaf_to()
