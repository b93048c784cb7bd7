"""Where submissions are graded: Dask workers, on this machine or on a cluster that is there."""

import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import dask
from distributed import Client, KilledWorker, LocalCluster, Worker, WorkerPlugin, as_completed, get_worker

from ..problems import CannotRun
from . import judge

MOST_THREADS = 4
"""How many submissions one worker process has at a time at most: it mostly waits for the sandbox."""

SCRATCH = "course-autograde-"

SETTINGS = {
    "distributed.comm.timeouts.connect": "10s",
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
    "distributed.admin.large-graph-warning-threshold": "1GB",
}


class Grading(WorkerPlugin):
    """Makes every worker ready for an assignment, also one that joins or is started anew later."""

    def __init__(self, name: str, assignment: bytes) -> None:
        self.name = f"course-autograde-{name}"
        self.assignment = assignment

    def setup(self, worker: Worker) -> None:
        """Start the worker's zygote, in the background."""
        threading.Thread(target=self._prepare, args=(Path(worker.local_directory),), daemon=True).start()

    def _prepare(self, scratch: Path) -> None:
        with suppress(Exception):  # a submission that needs it will try again and say what is wrong
            judge.warm_up(self.assignment, scratch)

    def teardown(self, worker: Worker) -> None:
        """Let the zygote go."""
        judge.cool_down(self.assignment)


def _grade(plugin: str, submission: bytes) -> bytes:
    """Grade a submission of the assignment that the worker was made ready for."""
    worker = get_worker()
    return judge.grade(worker.plugins[plugin].assignment, submission, Path(worker.local_directory))


class Cluster:
    """The workers, made ready for one assignment. Bytes go out, bytes come back, in the order of their completion."""

    def __init__(self, client: Client, assignment: bytes, digest: str) -> None:
        plugin = Grading(digest, assignment)
        client.register_plugin(plugin)
        self._client, self._plugin = client, plugin.name
        self._running = as_completed(loop=client.loop)
        self._sent: dict[str, tuple[str, bytes]] = {}
        self._suspects: list[tuple[str, bytes]] = []
        self._suspect: str | None = None

    @property
    def slots(self) -> int:
        """How many submissions can be graded at the same time."""
        return max(1, sum(self._client.nthreads().values()))

    @property
    def in_flight(self) -> int:
        """How many submissions have been sent and not come back."""
        return len(self._sent) + len(self._suspects)

    def send(self, student: str, submission: bytes) -> None:
        """Have a submission graded."""
        future = self._client.submit(_grade, self._plugin, submission, pure=False)
        self._sent[future.key] = (student, submission)
        self._running.add(future)

    def next(self) -> tuple[str, bytes | BaseException]:
        """Wait for a submission to come back; return whose it is with the answer, or with what went wrong.

        One with which workers died is tried once more when nothing else runs, since another may have killed them.
        """
        while True:
            if not self._sent:
                self._suspect, submission = self._suspects.pop(0)
                self.send(self._suspect, submission)
            future = next(self._running)
            student, submission = self._sent.pop(future.key)
            problem = future.exception()
            if isinstance(problem, KilledWorker) and student != self._suspect:
                self._suspects.append((student, submission))
                continue
            return student, future.result() if problem is None else problem

    def close(self) -> None:
        """Leave the workers as they were."""
        with suppress(Exception):
            self._client.unregister_worker_plugin(self._plugin)


@contextmanager
def open_cluster(workers: int, scheduler: str | None) -> Iterator[Client]:
    """Give a client of an embedded cluster with so many workers, or of the one at an address.

    Raises:
        CannotRun: if there is none at the address.
    """
    with ExitStack() as stack:
        stack.enter_context(dask.config.set(SETTINGS))
        for name in ("distributed", "distributed.nanny", "distributed.worker", "distributed.scheduler", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        if scheduler is None:
            _sweep()
            scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix=f"{SCRATCH}{os.getpid()}-"))
            Path(scratch).chmod(0o755)  # the plain user that root becomes must get through
            threads = max(number for number in range(1, MOST_THREADS + 1) if workers % number == 0)
            address: Any = stack.enter_context(
                LocalCluster(
                    n_workers=workers // threads,
                    threads_per_worker=threads,
                    dashboard_address=None,
                    local_directory=scratch,
                    memory_limit=None,
                    silence_logs=logging.CRITICAL,
                )
            )
        else:
            address = scheduler
        try:
            client = Client(address, timeout=10, set_as_default=False)
        except (OSError, ValueError, TypeError) as problem:
            reason = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
            raise CannotRun(
                f"the scheduler {scheduler} does not answer ({reason:.150}); "
                "expected an address such as tcp://host:8786 of a running Dask cluster"
            ) from problem
        yield stack.enter_context(client)


def _sweep() -> None:
    """Remove what runs that were killed have left in the folder for temporary files."""
    for left in Path(tempfile.gettempdir()).glob(f"{SCRATCH}*"):
        process = left.name.removeprefix(SCRATCH).partition("-")[0]
        if process.isdigit() and not Path("/proc", process).exists() and left.stat().st_uid == os.geteuid():
            shutil.rmtree(left, ignore_errors=True)
