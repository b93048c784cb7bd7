"""Whoever runs a command sees where it is: a bar on a terminal, and a line every few seconds where there is none."""

import io
import json
import subprocess
import time
from pathlib import Path

import pytest
from rich.console import Console

from course.terminal import Screen
from tests.course import progress_lines
from tests.course.grading import plain_course

OFTEN = 0.01  # seconds
PATIENCE = 600  # seconds until something counts as hanging


def lines_of(capsys: pytest.CaptureFixture[str], number: int) -> list[str]:
    """Wait for some lines on stderr."""
    said, deadline = "", time.monotonic() + PATIENCE
    while said.count("\n") < number:
        assert time.monotonic() < deadline, said
        time.sleep(OFTEN)
        said += capsys.readouterr().err
    return said.splitlines(keepends=True)


@pytest.mark.nbgrader
def test_in_a_pipe_a_run_says_how_far_it_is_while_it_runs_and_stdout_stays_clean(tmp_path: Path) -> None:
    course = plain_course.make(tmp_path / "course")
    course.hand_in("slow", course.solved(add="import time\ntime.sleep(8)\ndef add(a, b):\n    return a + b"))
    run = subprocess.Popen(
        course.command("--json"),
        env=plain_course.clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stderr is not None
    lines = [run.stderr.readline()]
    assert run.poll() is None, "it came only when all was done"
    out, err = run.communicate(timeout=plain_course.PATIENCE)
    lines += err.splitlines(keepends=True)
    assert any("grading: 0 of 1" in line for line in lines)
    assert progress_lines.without("".join(lines)) == ""
    assert [row["student"] for row in json.loads(out)["submissions"]] == ["slow"]


def test_one_step_that_takes_long_is_told_again_and_again(capsys: pytest.CaptureFixture[str]) -> None:
    with Screen(seconds=OFTEN) as screen:
        screen.step("05_neural_network", "running the solution")
        lines = lines_of(capsys, 3)
    assert all(progress_lines.LINE.fullmatch(line) for line in lines)
    assert all(line.endswith("05_neural_network: running the solution\n") for line in lines[1:])
    assert capsys.readouterr().out == ""


def test_what_is_counted_is_told_as_so_many_of_so_many(capsys: pytest.CaptureFixture[str]) -> None:
    with Screen(seconds=OFTEN) as screen:
        screen.counting("auditing")(3, 7)
        assert lines_of(capsys, 2)[-1].endswith("auditing: 3 of 7\n")


def test_a_run_that_is_over_says_nothing_more(capsys: pytest.CaptureFixture[str]) -> None:
    with Screen(seconds=OFTEN):
        lines_of(capsys, 1)
    capsys.readouterr()
    time.sleep(10 * OFTEN)
    assert capsys.readouterr().err == ""


def test_on_a_terminal_there_is_a_bar_and_then_the_next_step_and_no_lines(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = io.StringIO()
    with Screen(Console(file=terminal, force_terminal=True), seconds=OFTEN) as screen:
        screen.counting("grading")(3, 7)
        assert "3/7" in terminal.getvalue()
        screen.step("05_neural_network", "writing the report")
        time.sleep(10 * OFTEN)
    assert "writing the report" in terminal.getvalue()
    assert capsys.readouterr().err == ""
