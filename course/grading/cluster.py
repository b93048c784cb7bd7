"""Where submissions are graded: Dask workers, on this machine or on a cluster that is there."""

import asyncio
import logging
import os
import re
import shutil
import tempfile
import threading
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import dask
from distributed import (
    Client,
    KilledWorker,
    LocalCluster,
    Security,
    Worker,
    WorkerPlugin,
    as_completed,
    get_worker,
    rpc,
)
from nbformat.warnings import DuplicateCellId, MissingIDFieldWarning

from ..problems import CannotRun
from . import judge

MOST_THREADS = 4
"""How many submissions one worker process has at a time at most: it mostly waits for the sandbox."""

STARTS = 3
"""How often to try to start the embedded workers."""

CONNECT_SECONDS = 10
"""How long a scheduler may take to answer."""

ADDRESS = re.compile(r"(tcp|tls|ws|wss|ucx)://[^\s/:]+:\d{1,5}/?|(tcp|tls)://\[[0-9a-fA-F:]+\]:\d{1,5}/?")

SCRATCH = "course-autograde-"

SETTINGS = {
    "distributed.comm.timeouts.connect": "10s",
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
    "distributed.admin.large-graph-warning-threshold": "1GB",
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}


class Grading(WorkerPlugin):  # type: ignore[misc]
    """Makes every worker ready for an assignment, also one that joins or is started anew later."""

    def __init__(self, name: str, assignment: bytes) -> None:
        self.name = f"course-autograde-{name}"
        self.assignment = assignment

    def setup(self, worker: Worker) -> None:
        """Start the worker's zygote, in the background."""
        for kind in (DuplicateCellId, MissingIDFieldWarning):  # which nbformat prints about the notebooks it puts right
            warnings.filterwarnings("ignore", category=kind)
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
        return max(1, sum(map(int, self._client.nthreads().values())))

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
        address: Any = scheduler
        if scheduler is None:
            _sweep()
            scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix=f"{SCRATCH}{os.getpid()}-"))
            Path(scratch).chmod(0o755)  # the plain user that root becomes must get through
            threads = max(number for number in range(1, MOST_THREADS + 1) if workers % number == 0)
            stack.enter_context(dask.config.set({"temporary-directory": scratch}))
            address = stack.enter_context(_embedded(workers // threads, threads, scratch))
        else:
            _check_answers(scheduler)
        yield stack.enter_context(Client(address, timeout=CONNECT_SECONDS, set_as_default=False))


def _embedded(processes: int, threads: int, scratch: str) -> LocalCluster:
    """Start workers on this machine. Raise `CannotRun` if they will not."""
    for _ in range(STARTS):
        try:
            return LocalCluster(
                n_workers=processes,
                threads_per_worker=threads,
                dashboard_address="127.0.0.1:0",
                local_directory=scratch,
                memory_limit=None,
                silence_logs=logging.CRITICAL,
            )
        except RuntimeError as problem:  # a worker was killed while it started
            reason = problem
    raise CannotRun(f"the workers do not start ({reason})") from reason


def _check_answers(scheduler: str) -> None:
    """Ask a scheduler who it is, waiting only so long for its answer: what listens there may not be one."""

    async def who() -> None:
        keys = Security().get_connection_args("client")  # TLS as Dask's own configuration has it
        async with rpc(scheduler, timeout=CONNECT_SECONDS, connection_args=keys) as there:
            await there.identity()

    try:
        if not ADDRESS.fullmatch(scheduler):
            raise ValueError("that is no address")
        asyncio.run(asyncio.wait_for(who(), CONNECT_SECONDS))
    except (Exception, asyncio.CancelledError) as problem:
        reason = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
        raise CannotRun(
            f"the scheduler {scheduler} does not answer ({reason:.150}); "
            "expected an address such as tcp://host:8786 of a running Dask cluster"
        ) from problem


def _sweep() -> None:
    """Remove what runs that were killed have left in the folder for temporary files."""
    for left in Path(tempfile.gettempdir()).glob(f"{SCRATCH}*"):
        process = left.name.removeprefix(SCRATCH).partition("-")[0]
        if process.isdigit() and not Path("/proc", process).exists() and left.stat().st_uid == os.geteuid():
            shutil.rmtree(left, ignore_errors=True)
