"""A zygote for tests: runs the functions of attacks.py behind the product's own borders.

`confined.py serve SETTINGS` answers requests on a socket; with `as-ordinary` it does so as an ordinary user.
"""

import json
import os
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
from typing import Any

import attacks
import ordinary

from course.grading.sandbox import system_calls
from course.grading.sandbox.borders import Borders, Limits, prepare, start_command, undumpable
from course.grading.sandbox.cgroups import Cgroup
from course.grading.sandbox.guardian import guarded


def serve(settings: dict[str, Any]) -> None:
    """Fork a guarded process for each request, which is JSON with the descriptors of `talk`, `watch` and a group."""
    if settings["filtered"]:  # as on a system that allows no namespaces
        system_calls.drop_capabilities()
        system_calls.seccomp(system_calls.seccomp_programs(True))
    if settings["forgotten"]:
        sys.modules[settings["forgotten"]] = None
    undumpable()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    readable = [Path(path) for path in settings["readable"]]
    control = socket.socket(fileno=settings["control"])
    with suppress(ImportError):
        prepare(Borders.from_data(settings["borders"]), readable)
    while True:
        data, given, _, _ = socket.recv_fds(control, 1 << 16, 4)
        if not data:
            return
        request = json.loads(data)
        if not os.fork():
            talk, watch = (socket.socket(fileno=number) for number in given[:2])

            def run(talk=talk, request=request) -> None:
                answer = getattr(attacks, request["attack"])(*request["arguments"])
                talk.sendall(json.dumps(answer).encode())

            guarded(
                run,
                watch=watch,
                keep=[talk.fileno()],
                borders=Borders.from_data(settings["borders"]),
                limits=Limits(**request["limits"]),
                readable=readable,
                work=Path(request["work"]),
                group=Cgroup(*given[2:]) if given[2:] else None,
            )
        for number in given:
            os.close(number)


def as_ordinary(settings: dict[str, Any]) -> None:
    """Become an ordinary user and start the zygote."""
    ordinary.become()
    command = [sys.executable, "-P", __file__, "serve", json.dumps(settings)]
    readable = [Path(path) for path in settings["readable"]]
    started = start_command(command, Borders.from_data(settings["borders"]), readable, Path("/work/student"))
    os.execvp(started[0], started)


if __name__ == "__main__":
    {"serve": serve, "as-ordinary": as_ordinary}[sys.argv[1]](json.loads(sys.argv[2]))
