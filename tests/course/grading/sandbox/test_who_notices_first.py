"""How a submission ends does not depend on who notices first that its process is gone: judge, guardian or clock."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config

from course.grading.sandbox import frames
from course.grading.sandbox.borders import Limits
from course.grading.sandbox.guardian import HELD_UP, INTERRUPT
from course.grading.worker import execution
from course.grading.worker.execution import Client, Execute, NotebookRun

WHY = "its processes used more than 4096 MB of memory together"
TOO_MUCH = {"ended": "memory", "status": 9, "peak": 0, "cpu": 0.0, "why": WHY}
HANG = 30


class Process:
    """The far ends of the sockets of a process and its guardian, which do what a test says, in its order."""

    def __init__(self) -> None:
        self.talk, its_talk = socket.socketpair()
        self.watch, its_watch = socket.socketpair()
        for one in (self.talk, self.watch):
            one.settimeout(HANG)
        self.client = Client(its_talk, its_watch, (), lambda: False, HANG)
        frames.receive(self.talk)

    def start(self) -> None:
        """Say that it is there, and take the first cell."""
        frames.send(self.talk, {"type": "ready", "content": {"language_info": {"name": "python"}}})
        frames.receive(self.talk)

    def report(self) -> None:
        """Let the guardian say how the process has ended, and leave."""
        self.watch.sendall(json.dumps(TOO_MUCH).encode() + b"\n")
        self.watch.close()

    def asked(self, what: bytes) -> None:
        """Wait until the guardian is asked for something, which it does not do."""
        while self.watch.recv(1) != what:
            pass


def only_the_guardian_knows(process: Process) -> None:
    process.report()
    time.sleep(1.5)  # the cell's time is up meanwhile
    process.talk.close()


def the_process_closes_first(process: Process) -> None:
    process.talk.close()
    time.sleep(0.2)
    process.report()


def it_is_interrupted_while_it_is_ended(process: Process) -> None:
    process.asked(HELD_UP)
    process.watch.sendall(b"0.000\n")
    process.asked(INTERRUPT)
    process.asked(HELD_UP)  # after the interruption the outputs were waited for in vain
    process.report()
    process.talk.close()


def its_guardian_answers_too_late(process: Process) -> None:
    process.asked(HELD_UP)
    process.asked(INTERRUPT)  # so the answer was not waited for
    process.watch.sendall(b"0.000\n")
    process.asked(HELD_UP)
    process.report()
    process.talk.close()


@pytest.fixture
def process() -> Iterator[Process]:
    process = Process()
    yield process
    for one in (process.talk, process.watch):
        one.close()


def ending_of(process: Process, order: Any) -> tuple[str | None, Any]:
    """Run two cells on a process that ends during the first; return what ended it, and the cells."""

    def play() -> None:
        process.start()
        order(process)

    threading.Thread(target=play, daemon=True).start()
    notebook = new_notebook(cells=[new_code_cell("1"), new_code_cell("2")])
    run = NotebookRun(lambda: process.client, Limits(), full=True)
    names = {"student": "", "assignment": "", "notebook": "", "db_url": ""}
    resources: dict[str, Any] = {"nbgrader": names, "metadata": {}, "run": run}
    settings = Config({"Execute": {"timeout": 1, "iopub_timeout": 1}})
    notebook, _ = Execute(config=settings).preprocess(notebook, resources)
    return run.ended, notebook.cells


@pytest.mark.parametrize(
    "order", [only_the_guardian_knows, the_process_closes_first, it_is_interrupted_while_it_is_ended]
)
def test_the_reason_is_the_same(process: Process, order: Any) -> None:
    ended, cells = ending_of(process, order)
    assert ended == WHY
    for cell in cells:
        assert WHY in cell.outputs[-1].evalue


def test_a_late_answer_is_none_to_the_next_question(process: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execution, "NOTICE_SECONDS", 1)
    ended, _ = ending_of(process, its_guardian_answers_too_late)
    assert ended == WHY
