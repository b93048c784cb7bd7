"""Where submissions are graded: Dask workers, on this machine or on a cluster that is there."""

import asyncio
import logging
import os
import re
import signal
import tempfile
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from multiprocessing.resource_tracker import ensure_running
from pathlib import Path
from typing import Any, Self

import dask
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from distributed import Client, KilledWorker, LocalCluster, Security, as_completed, rpc
from distributed import Future as DaskFuture

from ...problems import CannotRun
from ..sandbox.starting import Warmth
from ..sandbox.surroundings import surroundings
from ..worker import plugin

TRIES = 3
"""How often to try again what fails because a worker was killed."""

SLOTS_SECONDS = 5.0
"""How often the scheduler is asked how many workers there are, which takes longer than sending them something."""

LOOK_SECONDS = 0.1
"""How often to look whether the scheduler is there still, while nothing comes back."""

NOTICE_SECONDS = 1.0
"""How long the scheduler may take to notice that a worker is gone."""

CONNECT_SECONDS = 10
"""How long a scheduler may take to answer."""

ADDRESS = re.compile(r"(tcp|tls|ws|wss|ucx)://[^\s/:]+:\d{1,5}/?|(tcp|tls)://\[[0-9a-fA-F:]+\]:\d{1,5}/?")

SETTINGS = {
    "distributed.comm.timeouts.connect": "10s",
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.admin.large-graph-warning-threshold": "1GB",
    "distributed.admin.low-level-log-length": 10,  # this and the next would keep a thousand submissions in memory
    "distributed.diagnostics.computations.max-history": 1,
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}


def _register(grading: plugin.Grading, client: Client) -> None:
    """Make the workers ready, once more if one of them dies meanwhile. Raise `CannotRun` if that does not help."""
    for _ in range(TRIES):
        try:
            client.register_plugin(grading)
        except OSError as problem:
            reason = problem
            time.sleep(NOTICE_SECONDS)
        else:
            return
    raise CannotRun(f"the workers cannot be made ready ({reason}); run the same command again") from reason


class Cluster:
    """The workers, made ready for one assignment. Bytes go out, bytes come back, in the order of their completion.

    Preprocessors may lie in the course's folder, `root`. `door` is where workers on this machine find zygotes that were
    started ahead of time.

    Raises:
        CannotRun: if the workers cannot be made ready.
    """

    def __init__(self, client: Client, warmth: Warmth, assignment: bytes, root: Path, door: str | None = None) -> None:
        grading = plugin.Grading(warmth, assignment, root, door)
        _register(grading, client)
        self._client, self._plugin, self._warmth = client, grading.name, warmth
        self._running = as_completed(loop=client.loop, with_results=True, raise_errors=False)
        self._sent: dict[str, tuple[str, bytes]] = {}
        self._suspects: list[tuple[str, bytes]] = []
        self._suspect: str | None = None
        self._lost: Counter[str] = Counter()
        self._slots, self._asked = 1, -SLOTS_SECONDS

    @property
    def slots(self) -> int:
        """How many submissions can be graded at the same time; the scheduler is asked now and then."""
        if time.monotonic() > self._asked + SLOTS_SECONDS:
            self._expect_there()
            self._asked = time.monotonic()
            self._slots = max(1, sum(map(int, self._client.nthreads().values())))
        return self._slots

    @property
    def in_flight(self) -> int:
        """How many submissions have been sent and not come back."""
        return len(self._sent) + len(self._suspects)

    def surroundings(self, *, here: bool) -> str:
        """Return what the surroundings of all workers are, which are this process's if they are `here`."""
        asked = self._warmth.modules, self._warmth.environment
        told = [surroundings(*asked)] if here else self._client.run(surroundings, *asked).values()
        return repr(sorted(set(told)))

    def send(self, student: str, submission: bytes) -> None:
        """Have a submission graded."""
        future = self._client.submit(plugin.grade, self._plugin, submission, pure=False)
        self._sent[future.key] = (student, submission)
        self._running.add(future)

    def next(self) -> tuple[str, bytes | BaseException]:
        """Wait for a submission to come back; return whose it is with the answer, or with what went wrong.

        One with which workers died is tried once more when nothing else runs, since another may have killed them; one
        whose answer was lost with its worker is sent again.

        Raises:
            CannotRun: if the cluster is gone.
        """
        while True:
            if not self._sent:
                self._suspect, submission = self._suspects.pop(0)
                self.send(self._suspect, submission)
            future, answer = self._returned()
            student, submission = self._sent.pop(future.key)
            if future.status in ("lost", "cancelled") and self._lost[student] < TRIES:
                self._lost[student] += 1
                self.send(student, submission)
                continue
            if future.status != "finished":
                answer = answer[1] if isinstance(answer, tuple) else RuntimeError(f"its task was {future.status}")
            if isinstance(answer, KilledWorker) and student != self._suspect:
                self._suspects.append((student, submission))
                continue
            return student, answer

    def _returned(self) -> Any:
        """Wait for what comes back first; return its future and the answer."""
        while not self._running.has_ready():
            self._expect_there()
            with self._running.thread_condition:
                self._running.thread_condition.wait(LOOK_SECONDS)
        return next(self._running)

    def _expect_there(self) -> None:
        """Raise `CannotRun` if the scheduler went and did not come back: nothing would ever return."""
        if self._client.status in ("closing", "closed"):
            raise CannotRun("the cluster is gone; what was graded until now is kept: run the same command again")

    def close(self) -> None:
        """Leave workers that stay as they were, and let nothing begin that was sent and is not needed any more."""
        with suppress(Exception):
            self._client.cancel([DaskFuture(key, self._client) for key in self._sent])
            self._client.unregister_worker_plugin(self._plugin)


class Workers:
    """The workers of a run: embedded ones, which start in the background at once, or those of a cluster that is there.

    The embedded ones are so many processes of so many threads, and need a folder for what they put on the disk. A
    context manager, which ends them.
    """

    def __init__(self, processes: int, threads: int, scheduler: str | None, scratch: Path) -> None:
        self._processes, self._threads = processes, threads
        self._scheduler, self._scratch = scheduler, scratch
        self._stack = ExitStack()
        self._starting: Future[LocalCluster] | None = None

    def __enter__(self) -> Self:
        self._stack.enter_context(dask.config.set(SETTINGS))
        for name in ("distributed", "distributed.nanny", "distributed.worker", "distributed.scheduler", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        if self.embedded:
            self._stack.enter_context(dask.config.set({"temporary-directory": str(self._scratch)}))
            background = self._stack.enter_context(ThreadPoolExecutor(1, initializer=_let_nothing_hear_interrupts))
            self._starting = background.submit(_embedded, self._processes, self._threads, str(self._scratch))
            self._stack.callback(self._end)
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            self._kill()
        self._stack.close()

    @property
    def embedded(self) -> bool:
        """Whether they are this run's own, and end with it."""
        return self._scheduler is None

    def client(self) -> Client:
        """Connect to the workers.

        Raises:
            CannotRun: if they do not start, or no scheduler answers.
        """
        if self._starting is None:
            assert self._scheduler is not None
            _check_answers(self._scheduler)
        there = self._scheduler if self._starting is None else self._starting.result()
        return self._stack.enter_context(Client(there, timeout=CONNECT_SECONDS, set_as_default=False))

    def _kill(self) -> None:
        """End the workers although they grade: who stops a run does not wait for a submission."""
        if self._starting is not None and self._starting.done() and not self._starting.exception():
            for nanny in self._starting.result().workers.values():
                nanny.auto_restart = False
                with suppress(OSError, TypeError):  # it has just ended
                    os.kill(nanny.pid, signal.SIGKILL)

    def _end(self) -> None:
        with suppress(CannotRun):
            if self._starting is not None:
                self._starting.result().close()


def _let_nothing_hear_interrupts() -> None:
    """Keep Ctrl-C from what this thread will start: who stops a run ends it, and it would show a traceback."""
    ensure_running()  # of Python's own, which has the thread hear again
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _embedded(processes: int, threads: int, scratch: str) -> LocalCluster:
    """Start workers on this machine. Raise `CannotRun` if they will not."""
    security = own_keys(scratch)
    for _ in range(TRIES):
        try:
            return LocalCluster(
                n_workers=processes,
                threads_per_worker=threads,
                dashboard_address="127.0.0.1:0",
                local_directory=scratch,
                memory_limit=None,
                security=security,
                silence_logs=logging.CRITICAL,
                preload=[plugin.__name__],
            )
        except RuntimeError as problem:  # a worker was killed while it started
            reason = problem
    raise CannotRun(f"the workers do not start ({reason})") from reason


def own_keys(scratch: str) -> Security:
    """Return keys for this run alone, without which anybody on this machine could give its workers orders.

    They are in a folder in `scratch`. Keys that are only in memory Dask would write to a folder elsewhere whenever it
    needs them, which would stay there if the run is killed meanwhile. And its own (`Security.temporary`) are RSA's,
    which take a tenth of a second to find.
    """
    secret = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "course-autograde")])
    now = datetime.now(tz=UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(secret.public_key())
        .serial_number(x509.random_serial_number())
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("course-autograde")]), critical=False)
        .not_valid_before(now - timedelta(days=1))  # a clock may be set meanwhile
        .not_valid_after(now + timedelta(days=365))
        .sign(secret, hashes.SHA256())
    )
    folder = Path(tempfile.mkdtemp(dir=scratch))  # nobody else may enter it
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(signed.public_bytes(Encoding.PEM))
    key.write_bytes(secret.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    roles: dict[str, str] = {}
    for role in ("client", "scheduler", "worker"):
        roles |= {f"tls_{role}_cert": str(certificate), f"tls_{role}_key": str(key)}
    return Security(require_encryption=True, tls_ca_file=str(certificate), **roles)


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
