"""Run many small jobs, each in a process of its own that may hang or crash without taking anything along."""

from __future__ import annotations

import gc
import json
import math
import os
import resource
import selectors
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Job = Callable[[], Any]

PATIENCE = 10
"""How many times as long as it may compute a job may take on the clock."""


@dataclass(frozen=True)
class Outcome:
    """How a job ended: "done" with its value, "timeout" or "crash"."""

    status: str
    value: Any = None


@dataclass
class _Child:
    index: int
    pid: int
    reader: int
    seconds: float
    deadline: float
    received: bytes = b""


def run_forked(jobs: Sequence[Job], *, processes: int, seconds: Sequence[float]) -> Iterator[tuple[int, Outcome]]:
    """Run every job in a forked process, at most `processes` at once, and yield its index and outcome as it ends.

    A job returns something that JSON can hold. One that computes for more than its `seconds`, or takes `PATIENCE` times
    that on the clock, is killed with all its children.
    """
    gc.collect()
    gc.freeze()  # so that children share the memory of what is loaded
    waiting = list(zip(range(len(jobs)), jobs, seconds, strict=True))[::-1]
    running: dict[int, _Child] = {}
    with selectors.DefaultSelector() as selector:
        try:
            while waiting or running:
                while waiting and len(running) < processes:
                    child = _start(*waiting.pop())
                    running[child.reader] = child
                    selector.register(child.reader, selectors.EVENT_READ)
                patience = max(0.0, min(child.deadline for child in running.values()) - time.monotonic())
                for key, _ in selector.select(patience):
                    child = running[key.fd]
                    data = os.read(child.reader, 1 << 20)
                    child.received += data
                    if not data:
                        selector.unregister(child.reader)
                        del running[key.fd]
                        yield child.index, _ended(child)
                for child in [child for child in running.values() if child.deadline <= time.monotonic()]:
                    selector.unregister(child.reader)
                    del running[child.reader]
                    _kill(child)
                    yield child.index, Outcome("timeout")
        finally:
            for child in running.values():
                _kill(child)
            gc.unfreeze()


def _start(index: int, job: Job, seconds: float) -> _Child:
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        return _Child(index, pid, reader, seconds, time.monotonic() + PATIENCE * seconds)
    status = 1
    try:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds), math.ceil(seconds)))
        gc.disable()
        os.close(reader)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nowhere, descriptor)
        answer = json.dumps(job()).encode()
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(answer)
        status = 0
    finally:
        os._exit(status)


def _ended(child: _Child) -> Outcome:
    os.close(child.reader)
    _, status, used = os.wait4(child.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code == -signal.SIGKILL and used.ru_utime + used.ru_stime >= child.seconds:
        return Outcome("timeout")
    if code or not child.received:
        return Outcome("crash", f"ended with status {code}")
    return Outcome("done", json.loads(child.received))


def _kill(child: _Child) -> None:
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:  # not yet its own group, or gone
        os.kill(child.pid, signal.SIGKILL)
    os.waitpid(child.pid, 0)
    os.close(child.reader)
