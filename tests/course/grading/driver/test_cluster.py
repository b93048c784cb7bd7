"""A cluster that is there already: a real Dask scheduler with real workers, over plain TCP and over TLS."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import dask
import pytest
from distributed import Client, Security, rpc

from course.grading.driver.cluster import SETTINGS, Cluster, _embedded, own_keys
from course.grading.sandbox.borders import Borders, Limits
from course.grading.sandbox.starting import Warmth
from tests.course.grading import plain_course
from tests.course.grading.plain_course import FULL, PlainCourse, clean_environment

CLASS = 6
PATIENCE = 600  # seconds until a scheduler or worker counts as hanging

pytestmark = pytest.mark.nbgrader


class RunningCluster:
    """A scheduler and two workers, started as somebody with a cluster would start them."""

    def __init__(self, scratch: Path, protocol: str) -> None:
        self.environment = clean_environment(**(_keys(scratch) if protocol == "tls" else {}))
        file = scratch / "scheduler.json"
        self._log = (scratch / "log.txt").open("wb")
        options = ["--host", "127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0"]
        self.processes = [self._start("scheduler", *options, "--protocol", protocol, "--scheduler-file", str(file))]
        deadline = time.monotonic() + PATIENCE
        while not file.is_file() or not file.read_text():
            assert time.monotonic() < deadline, "the scheduler does not start"
            time.sleep(0.1)
        self.address = str(json.loads(file.read_text())["address"])
        for number in range(2):
            folder = scratch / f"worker-{number}"
            folder.mkdir()
            folder.chmod(0o755)
            options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder)]
            self.processes.append(self._start("worker", self.address, *options))
        self._wait_for_workers()

    def _wait_for_workers(self) -> None:
        """Wait until both workers have joined."""
        ask = "import sys, distributed; distributed.Client(sys.argv[1]).wait_for_workers(2)"
        subprocess.run([sys.executable, "-c", ask, self.address], env=self.environment, check=True, timeout=PATIENCE)

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *words]
        return subprocess.Popen(command, env=self.environment, stdout=self._log, stderr=self._log)

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:  # Dask's workers sometimes wait for ever for a scheduler that has gone
                process.kill()
                process.wait()
        self._log.close()


def _keys(scratch: Path) -> dict[str, str]:
    """Return Dask's own settings for TLS with a key of its own."""
    made = Security.temporary()
    files = {}
    for name in ("tls_ca_file", "tls_client_cert", "tls_client_key"):
        files[name] = scratch / f"{name}.pem"
        files[name].write_text(getattr(made, name))
    settings = {"CA_FILE": files["tls_ca_file"]}
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        settings |= {f"{role}__CERT": files["tls_client_cert"], f"{role}__KEY": files["tls_client_key"]}
    return {f"DASK_DISTRIBUTED__COMM__TLS__{name}": str(path) for name, path in settings.items()}


@pytest.fixture(scope="module", params=["tcp", "tls"])
def cluster(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCluster]:
    scratch = tmp_path_factory.mktemp(request.param)
    for folder in (scratch, *scratch.parents):
        if folder.owner() == Path.home().owner() and os.access(folder, os.W_OK) and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o111)  # the workers lower root to a user who must get through
    running = RunningCluster(scratch, request.param)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> PlainCourse:
    course = plain_course.make(tmp_path_factory.mktemp("handed-in") / "course")
    for number in range(CLASS):
        course.hand_in(f"student-{number}", course.solved())
    course.hand_in("wrong", course.solved(total=plain_course.WRONG_TOTAL))
    return course


def test_a_class_is_graded_on_a_cluster_that_is_there(
    cluster: RunningCluster, handed_in: PlainCourse, tmp_path: Path
) -> None:
    course = handed_in.copy(tmp_path / "course")
    ran = course.autograde("--scheduler", cluster.address, **cluster.environment)
    assert ran.status == 0, ran.stderr + ran.stdout
    scores = {student: row["score"] for student, row in ran.rows.items()}
    assert scores == {**{f"student-{number}": FULL for number in range(CLASS)}, "wrong": FULL - 3}


def test_the_cluster_is_left_as_it_was(cluster: RunningCluster, handed_in: PlainCourse, tmp_path: Path) -> None:
    course = handed_in.copy(tmp_path / "course")
    assert course.autograde("--scheduler", cluster.address, **cluster.environment).status == 0
    assert all(process.poll() is None for process in cluster.processes)
    zygotes = subprocess.run(
        ["pgrep", "-f", f"grading.sandbox.zygote.*{tmp_path.name}"], capture_output=True, check=False
    )
    assert not zygotes.stdout


@pytest.mark.parametrize("cluster", ["tcp"], indirect=True)
def test_two_runs_at_the_same_time_leave_its_workers_as_they_were(cluster: RunningCluster) -> None:
    with Client(cluster.address, set_as_default=False) as client:
        before = client.run(sys.getswitchinterval)
        runs = [Cluster(client, _warmth(name), b"", Path()) for name in ("first", "second")]
        between = client.run(sys.getswitchinterval)
        for run in runs:
            run.close()
        assert between != before  # else there was nothing to put back
        assert client.run(sys.getswitchinterval) == before


def test_a_worker_that_dies_costs_nobody_a_grade(handed_in: PlainCourse, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    running = RunningCluster(tmp_path, "tcp")
    course = handed_in.copy(tmp_path / "course")
    try:
        grading = subprocess.Popen(
            course.command("--scheduler", running.address, "--json"),
            env=running.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        deadline = time.monotonic() + PATIENCE
        while not any((course.root / "autograded").glob("*/*/.graded.json")):
            assert time.monotonic() < deadline, "no first grade"
            time.sleep(0.02)
        running.processes[-1].kill()
        said, _ = grading.communicate(timeout=PATIENCE)
    finally:
        running.stop()
    assert grading.returncode == 0
    states = {row["student"]: row["state"] for row in json.loads(said)["submissions"]}
    assert states == dict.fromkeys(states, "graded")
    assert len(states) == CLASS + 1


def test_a_cluster_that_is_gone_ends_the_run_which_keeps_what_it_has(handed_in: PlainCourse, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    running = RunningCluster(tmp_path, "tcp")
    course = handed_in.copy(tmp_path / "course")
    course.hand_in("zoe", course.solved(add="import time\ndef add(a, b):\n    time.sleep(10_000)"))
    try:
        grading = subprocess.Popen(
            course.command("--scheduler", running.address, "--Execute.timeout=3600"),
            env=running.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        deadline = time.monotonic() + PATIENCE
        while not any((course.root / "autograded").glob("*/*/.graded.json")):
            assert time.monotonic() < deadline, "no first grade"
            time.sleep(0.02)
        for process in running.processes:
            process.kill()
        _, said = grading.communicate(timeout=PATIENCE)
    finally:
        running.stop()
    assert grading.returncode == 2, said
    assert "the cluster is gone" in said
    assert "Traceback" not in said


def test_a_worker_that_dies_while_it_is_made_ready_costs_no_run(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    running = RunningCluster(tmp_path, "tcp")
    dying = running.processes[-1]
    try:
        with Client(running.address, set_as_default=False) as client, ThreadPoolExecutor(1) as background:
            dying.send_signal(signal.SIGSTOP)
            made = background.submit(Cluster, client, _warmth("dying"), b"", Path())
            deadline = time.monotonic() + PATIENCE
            while not client.run_on_scheduler(_plugins):
                assert time.monotonic() < deadline, "the scheduler was told nothing"
                time.sleep(0.02)
            dying.kill()
            cluster = made.result(PATIENCE)
            assert cluster.slots == 1
            [ready] = client.run(_plugins_of_worker).values()
            cluster.close()
            assert "course-autograde-dying" in ready
    finally:
        running.stop()


def _warmth(digest: str) -> Warmth:
    return Warmth(digest, (), Borders(), Limits(), sealed=False)


def _plugins(dask_scheduler: Any) -> list[str]:
    return [name for name in dask_scheduler.worker_plugins if name.startswith("course-autograde")]


def _plugins_of_worker(dask_worker: Any) -> list[str]:
    return list(dask_worker.plugins)


def test_nobody_without_the_keys_of_a_run_gives_its_workers_orders(tmp_path: Path) -> None:
    with dask.config.set(SETTINGS), _embedded(1, 1, str(tmp_path)) as there:
        nanny = there.workers[0]
        for address in (there.scheduler_address, nanny.address, nanny.worker_address):
            for name, keys in {"tcp": Security(), "tls": own_keys(str(tmp_path))}.items():
                assert not _answers(address.replace("tls:", f"{name}:"), keys)
            assert _answers(address, there.security)


def _answers(address: str, keys: Security) -> bool:
    """Return whether a scheduler, nanny or worker tells somebody with these keys who it is."""

    async def who() -> None:
        async with rpc(address, timeout=5, connection_args=keys.get_connection_args("client")) as there:
            await there.identity()

    try:
        asyncio.run(who())
    except OSError:
        return False
    return True


def test_keys_are_not_written_to_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is killed while Dask writes them there would leave them to lie."""
    keys = own_keys(str(tmp_path))

    def refused(*_: object, **__: object) -> str:
        raise AssertionError("a temporary folder was made")

    monkeypatch.setattr(tempfile, "mkdtemp", refused)
    for role in ("client", "scheduler", "worker"):
        assert keys.get_connection_args(role)["ssl_context"]
        assert keys.get_connection_args(role)["require_encryption"]
    assert all(file.parent.stat().st_mode & 0o077 == 0 for file in tmp_path.rglob("*.pem"))
