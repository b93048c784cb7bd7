"""The sandbox keeps its promises: each attack behind each combination of borders, for root and for an ordinary user.

Longer than 400 lines because each promise has its test.
"""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from course.grading.sandbox.borders import Borders, probe, readable_paths, start_command
from course.grading.sandbox.guardian import INTERRUPT
from course.grading.sandbox.layers import ALL, MEMORY_CGROUP

PROGRAM = Path(__file__).with_name("confined.py")
ATTACKS, ORDINARY = (PROGRAM.with_name(name) for name in ("attacks.py", "ordinary.py"))
WORK = Path("/work/student/assignment")
HANG = 60
MB = 1 << 20
MARKER = "zygote-secret-71f3"
USERS = ["ordinary", "root"] if os.geteuid() == 0 else ["ordinary"]
EVERY = tuple(layer.name for layer in ALL if layer != MEMORY_CGROUP)  # of which test_cgroups.py is about
COMBINATIONS = {
    "all layers": EVERY,
    "no bubblewrap": tuple(layer for layer in EVERY if layer != "bubblewrap"),
    "namespaces alone": ("namespaces",),
    "landlock and seccomp": ("landlock", "seccomp"),
}
CHANNELS = ("pipes", "sockets", "waiting", "in flight", "connections", "calls")
MEMORY_OF_NO_PROCESS = {
    *("memfd", "shared segment", "message queue", "semaphores", "POSIX queue", "key", "asynchronous reading"),
    *("inotify", "pages given to a pipe", "a pipe's pages twice", "a file's pages", "a long pipe", "a long socket"),
    *("datagrams", "a socket's filter", "huge pages", "huge pages again", "locks", "many timers", "terminals"),
    *("shared memory", "shared zeros", "a file's pages in a socket", "attributes of files", "rules for pages"),
}
"""What every system lets an ordinary user have."""


@dataclass
class Ended:
    """What a confined process answered (None: nothing) and how its guardian says that it ended."""

    answer: Any
    report: dict[str, Any]


class Zygote:
    """A test zygote behind its outer border, started once and asked many times."""

    def __init__(self, user: str, layers: tuple[str, ...], *, filtered: bool = False, forgotten: str = "") -> None:
        self.user, self.layers = user, layers
        self._folders = tempfile.mkdtemp()
        os.chmod(self._folders, 0o755)
        borders = Borders(layers)
        readable = [*readable_paths(["course", "checks", "pyseccomp"]), PROGRAM, ATTACKS, ORDINARY]
        settings: dict[str, Any] = {"borders": borders.as_data(), "readable": list(map(str, readable))}
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        settings |= {"filtered": filtered, "forgotten": forgotten, "control": theirs.fileno()}
        command = [sys.executable, "-P", str(PROGRAM), "serve", json.dumps(settings)]
        if user == "root" or os.geteuid() != 0:
            command = start_command(command, borders, readable, WORK)
        else:
            command = [sys.executable, "-P", str(PROGRAM), "as-ordinary", json.dumps(settings)]
        environment = os.environ | {"SECRET": MARKER, "OMP_NUM_THREADS": "1", "MPLCONFIGDIR": "/tmp"}
        environment["PYTHONPATH"] = str(PROGRAM.parents[4])
        self.process = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=environment, stdin=subprocess.DEVNULL)
        theirs.close()

    def start(
        self, attack: str, *arguments: object, group: Sequence[int] = (), **settings: Any
    ) -> tuple[socket.socket, socket.socket]:
        """Start a function of attacks.py, in a cgroup if one is given; return where it and its guardian speak."""
        talk, its_talk = socket.socketpair()
        watch, its_watch = socket.socketpair()
        work = settings.pop("work", None) or self._folder()
        request = {"attack": attack, "arguments": arguments, "work": str(work)}
        data = json.dumps(request | {"limits": {"seconds": HANG, **settings}}).encode()
        socket.send_fds(self.control, [data], [its_talk.fileno(), its_watch.fileno(), *group])
        for one in (its_talk, its_watch):
            one.close()
        for one in (talk, watch):
            one.settimeout(2 * HANG)
        return talk, watch

    def _folder(self) -> Path:
        if "namespaces" in self.layers:
            return WORK
        folder = Path(tempfile.mkdtemp(dir=self._folders))
        folder.chmod(0o777)
        return folder / "work"

    def run(self, attack: str, *arguments: object, **settings: Any) -> Ended:
        """Run a function of attacks.py to its end; keyword arguments are limits, `group` and `work`."""
        return outcome(self.start(attack, *arguments, **settings))

    def close(self) -> None:
        self.control.close()
        assert self.process.wait(HANG) == 0
        shutil.rmtree(self._folders)


def outcome(lines: tuple[socket.socket, socket.socket], *, answer_first: bool = False) -> Ended:
    talk, watch = lines
    with talk, watch:
        answer = everything(talk) if answer_first else b""
        report = json.loads(everything(watch))
        return Ended(json.loads(answer or everything(talk) or b"null"), report)


def everything(line: socket.socket) -> bytes:
    said = b""
    with contextlib.suppress(ConnectionResetError):
        while chunk := line.recv(1 << 16):
            said += chunk
    return said


@pytest.fixture(scope="module")
def here() -> Borders:
    return probe()


def ready(here: Borders, layers: tuple[str, ...]) -> None:
    for layer in layers:
        if layer not in here.layers:
            pytest.skip(here.missing.get(layer, f"no {layer} here"))


@pytest.fixture(scope="module", params=[(user, name) for user in USERS for name in COMBINATIONS], ids=", ".join)
def zygote(request: pytest.FixtureRequest, here: Borders) -> Iterator[Zygote]:
    user, name = request.param
    ready(here, COMBINATIONS[name])
    started = Zygote(user, COMBINATIONS[name])
    yield started
    started.close()


@pytest.fixture
def separate(zygote: Zygote) -> Zygote:
    if "namespaces" not in zygote.layers:
        pytest.skip("not promised without namespaces")
    return zygote


@pytest.fixture(scope="module")
def outside() -> Iterator[Path]:
    """A course directory that every user of the system may read and write: only borders protect it."""
    folder = Path(tempfile.mkdtemp(prefix="course"))
    for name in ("gradebook.db", "source/solution.ipynb", "submitted/bob/notebook.ipynb", "home/.ssh/key"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("not for students")
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def services(outside: Path) -> Iterator[tuple[int, str, str]]:
    """A TCP and UDP port, an abstract socket and a socket file of the host, which anyone may use."""
    with contextlib.ExitStack() as stack:
        tcp, udp = (stack.enter_context(socket.socket(type=kind)) for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM))
        tcp.bind(("127.0.0.1", 0))
        tcp.listen()
        port = tcp.getsockname()[1]
        udp.bind(("127.0.0.1", port))
        name, path = f"course-{os.getpid()}", str(outside / "socket")
        for address in ("\0" + name, path):
            for kind, suffix in ((socket.SOCK_STREAM, ""), (socket.SOCK_DGRAM, "-datagram")):
                one = stack.enter_context(socket.socket(socket.AF_UNIX, kind))
                one.bind(address + suffix)
                if not suffix:
                    one.listen()
        for file in outside.glob("socket*"):
            file.chmod(0o777)
        yield port, name, path


def in_turns(zygote: Zygote, seconds: float) -> list[str]:
    """Return what one process hears of another's signs in so many seconds."""
    telling = zygote.start("tell_others", 2 * seconds)
    heard = zygote.run("hear_others", seconds).answer
    telling[1].close()
    telling[0].close()
    assert isinstance(heard, list)
    return heard


def files_of(folder: Path) -> list[str]:
    return [str(folder), *(str(path) for path in folder.rglob("*") if path.is_file() or path.is_dir())]


def test_the_attacks_succeed_where_there_are_no_borders(outside: Path, services: tuple[int, str, str]) -> None:
    bare = Zygote("ordinary", ())
    try:
        seen = bare.run("read", *files_of(outside)).answer
        assert any("gradebook.db" in one for one in seen)
        assert {"tcp", "udp", "abstract", "path", "pair"} <= set(bare.run("connect", *services).answer)
        assert any("signal to" in one for one in bare.run("look_at_others", bare.process.pid).answer)
        for kind in CHANNELS:
            assert bare.run("open_channels", kind, channels=10_000).answer > 100, kind
        heard = in_turns(bare, 10)
        assert {*heard} >= {"flock", "read lock", "write lock", "abstract socket", "inotify"}
    finally:
        bare.close()


def test_memory_can_belong_to_no_process_where_nothing_is_confined(tmp_path: Path) -> None:
    asking = "import json, attacks; print(json.dumps(attacks.memory_of_no_process()))"
    seen = {"PYTHONPATH": os.pathsep.join((str(PROGRAM.parents[4]), str(PROGRAM.parent)))}
    command = [sys.executable, "-c", asking]
    ran = subprocess.run(command, cwd=tmp_path, env=os.environ | seen, capture_output=True, check=True)
    assert {way for way, result in json.loads(ran.stdout).items() if result == "done"} >= MEMORY_OF_NO_PROCESS


def test_an_honest_notebook_finds_what_it_needs(zygote: Zygote) -> None:
    ended = zygote.run("honest")
    assert ended.report["ended"] == "exit", ended.report
    assert set(ended.answer.values()) == {True}, ended.answer


def test_processes_of_a_notebook_work_together(separate: Zygote) -> None:
    ended = separate.run("honest_processes")
    assert ended.report["ended"] == "exit", ended.report
    assert set(ended.answer.values()) == {True}, ended.answer


# --- nothing that is not its own ---


def test_gradebook_sources_other_submissions_and_homes_cannot_be_read(zygote: Zygote, outside: Path) -> None:
    homes = [str(Path.home()), "/root", "/etc/shadow", *([] if "namespaces" in zygote.layers else ["/etc/passwd"])]
    course = Path(__file__).parents[4]
    others = [str(course / name) for name in ("pyproject.toml", "solutions", "source_notebooks", "gradebook.db")]
    seen = zygote.run("read", *files_of(outside), *homes, *others).answer
    shown = [*readable_paths(["course", "checks"]), PROGRAM, ATTACKS, ORDINARY]
    ways_there = {f"{way} listed" for path in shown for way in (path, *path.parents)}
    assert {*seen} <= ways_there


def test_files_outside_cannot_be_changed(zygote: Zygote, outside: Path) -> None:
    gradebook = outside / "gradebook.db"
    before = gradebook.stat()
    zygote.run("change", str(gradebook))
    after = gradebook.stat()
    assert gradebook.read_text() == "not for students"
    assert (before.st_mode, before.st_mtime_ns) == (after.st_mode, after.st_mtime_ns)


def test_there_is_no_network_and_no_socket_of_the_host(zygote: Zygote, services: tuple[int, str, str]) -> None:
    assert zygote.run("connect", *services).answer == []


def test_its_own_network_leads_to_itself_and_it_knows_who_it_is(filtered: Zygote) -> None:
    if "namespaces" not in filtered.layers:
        pytest.skip("it has no network then")
    found = filtered.run("speak_to_itself").answer
    said = {way: found.pop(way) for way in ("localhost", "::1", "user", "known", "group")}
    assert said == {"localhost": "hello", "::1": "hello", "user": "student", "known": "student", "group": "student"}
    assert {way for way, result in found.items() if result == "done"} == set()


def test_other_processes_cannot_be_seen_read_or_signalled(zygote: Zygote) -> None:
    assert zygote.run("look_at_others", zygote.process.pid).answer == []
    assert zygote.run("kill_everyone").report["ended"] == "exit"
    assert zygote.run("many_files", 1).answer == 1, "the zygote is still there"


def test_only_its_own_processes_are_in_view(separate: Zygote) -> None:
    assert len(separate.run("processes_in_view").answer or ()) <= 1


def test_no_descriptor_of_the_zygote_is_inherited(separate: Zygote) -> None:
    inherited = separate.run("descriptors").answer
    assert len([one for one in inherited if "/proc/" not in one.split(": ")[1]]) == 1, inherited


def test_one_submission_leaves_nothing_to_the_next(zygote: Zygote) -> None:
    assert zygote.run("many_files", 10).answer == 10
    assert zygote.run("read", "empty0").answer == []


# --- no more than its share ---


def test_the_disk_quota_holds_everywhere_at_once(separate: Zygote) -> None:
    assert 15 * MB < separate.run("fill_everywhere", disk=16 * MB).answer <= 16 * MB


def test_empty_files_are_counted_too(separate: Zygote) -> None:
    assert separate.run("many_files", 100_000, disk=16 * MB).answer < 5000


def test_nothing_else_can_be_written(separate: Zygote) -> None:
    found = separate.run("writable_places").answer  # below /tmp are the mount points of a project that lies there
    assert {place for place in found if "/tmp/" not in place} == {str(WORK), "/tmp", "/dev/shm", "/home/student"}


@pytest.fixture
def filtered(zygote: Zygote) -> Zygote:
    if "seccomp" not in zygote.layers:
        pytest.skip("not promised without seccomp")
    return zygote


def test_memory_that_belongs_to_no_process_is_denied(filtered: Zygote) -> None:
    held = filtered.run("memory_of_no_process").answer
    assert {way for way, result in held.items() if result == "done"} == set()


def test_what_pipes_and_sockets_hold_is_bounded(filtered: Zygote) -> None:
    alone = "namespaces" in filtered.layers
    together = [filtered.start("open_channels", kind) for kind in CHANNELS]
    for kind, ended in zip(CHANNELS, map(outcome, together), strict=True):
        bounded_by_descriptors = not alone and (ended.answer or 0) < 600
        assert ended.report["ended"] == "channels" or bounded_by_descriptors, kind


@pytest.mark.parametrize("what", ["watches", "buffers"])
def test_what_the_kernel_holds_beyond_pages_counts_as_memory(separate: Zygote, what: str) -> None:
    assert separate.run("have_the_kernel_hold", what, memory=30 * MB).report["ended"] == "memory"


def test_what_the_kernel_holds_is_no_memory_of_a_process(here: Borders) -> None:
    ready(here, COMBINATIONS["no bubblewrap"])
    confined = Zygote("ordinary", COMBINATIONS["no bubblewrap"])
    try:
        ended = confined.run("have_the_kernel_hold", "watches")
        assert (ended.answer, ended.report["ended"]) == (160_000, "exit")
        assert ended.report["peak"] > 160_000 * 150 > 0
    finally:
        confined.close()


def test_children_that_nobody_waits_for_compute_for_their_submission(zygote: Zygote) -> None:
    report = zygote.run("compute_in_children", HANG, 0.03, cpu_seconds=1).report
    assert report["ended"] == "time"
    assert "more than 1 seconds of processor time" in report["why"]


def test_what_such_children_compute_the_kernel_does_not_tell() -> None:
    asking = "import attacks; print(attacks.compute_in_children(0.5, 0.03))"
    seen = {"PYTHONPATH": os.pathsep.join((str(PROGRAM.parents[4]), str(PROGRAM.parent)))}
    ran = subprocess.run([sys.executable, "-c", asking], env=os.environ | seen, capture_output=True, check=True)
    assert float(ran.stdout) == 0


def test_nobody_is_told_what_all_have_open_together(separate: Zygote) -> None:
    assert separate.run("counts_of_all").answer == []


def test_two_that_run_together_tell_each_other_nothing(filtered: Zygote) -> None:
    assert in_turns(filtered, 0.5) == []


def test_one_process_that_takes_too_much_gets_a_memory_error(zygote: Zygote) -> None:
    assert zygote.run("take_memory", 600 * MB, memory=512 * MB).answer == "MemoryError"


def test_many_processes_that_together_take_too_much_are_ended(zygote: Zygote) -> None:
    report = zygote.run("take_memory_in_parts", 6, 100 * MB, memory=400 * MB).report
    assert report["ended"] == "memory"
    assert "400 MB" in report["why"]


def test_shared_memory_and_page_tables_count_as_well(zygote: Zygote) -> None:
    if "seccomp" not in zygote.layers:  # which leaves none that could be shared
        assert zygote.run("take_shared_memory", 500 * MB, memory=400 * MB).report["ended"] == "memory"
    assert zygote.run("take_page_tables", memory=400 * MB).report["ended"] == "memory"


def test_what_the_kernel_needs_for_mappings_counts_as_well(separate: Zygote) -> None:
    report = separate.run("take_mappings", 11, memory=250 * MB).report
    assert report["ended"] == "memory", report


def test_processor_time_is_limited_over_all_processes(zygote: Zygote) -> None:
    both = [zygote.start(attack, cpu_seconds=1) for attack in ("burn", "burn_in_turns")]
    for ended in map(outcome, both):
        assert ended.report["ended"] == "time"
        assert "processor" in ended.report["why"]


def test_an_endless_wait_is_ended(zygote: Zygote) -> None:
    report = zygote.run("wait", seconds=1).report
    assert report["ended"] == "time"
    assert "1 seconds" in report["why"]


def test_who_waits_for_the_grader_to_read_is_not_ended(zygote: Zygote) -> None:
    lines = zygote.start("say_much", 4 * MB, seconds=1)
    time.sleep(3)
    ended = outcome(lines, answer_first=True)
    assert ended.report["ended"] == "exit", ended.report
    assert len(ended.answer) == 4 * MB


@pytest.mark.parametrize("attack", ["fork_bomb", "thread_bomb"])
def test_a_fork_bomb_or_thread_bomb_ends(zygote: Zygote, attack: str) -> None:
    ended = zygote.run(attack, processes=30)
    assert ended.report["ended"] == "processes" or ended.answer <= 60


# --- nothing remains ---


def running(marker: str) -> bool:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if marker.encode() in path.read_bytes():
                return True
    return False


def test_a_daemon_does_not_survive(zygote: Zygote) -> None:
    marker = f"{100_000 + os.getpid()}.25"
    ended = zygote.run("leave_a_daemon", marker)
    assert ended.answer == "started"
    assert not running(marker)


def test_closing_the_watch_ends_it_with_all_its_processes(zygote: Zygote) -> None:
    talk, watch = zygote.start("take_memory_in_parts", 3, MB)
    time.sleep(0.3)
    watch.close()
    assert everything(talk) == b""
    talk.close()


def test_a_byte_on_the_watch_interrupts_it(zygote: Zygote) -> None:
    talk, watch = zygote.start("wait_for_an_interrupt", "x kB")
    talk.settimeout(0.2)
    for _ in range(5 * HANG):
        watch.send(INTERRUPT)
        with contextlib.suppress(TimeoutError):
            assert json.loads(talk.recv(100)) == "interrupted"
            break
    talk.settimeout(HANG)
    assert outcome((talk, watch)).report["ended"] == "exit"


# --- no way back ---


def test_no_right_can_be_got_back(zygote: Zygote) -> None:
    got = zygote.run("get_rights_back").answer
    expected = {"trace"} if "seccomp" not in zygote.layers else set()
    assert {name for name, result in got.items() if result == "done"} <= expected


def test_no_capability_is_left(separate: Zygote) -> None:
    assert {int(value, 16) for value in separate.run("capabilities").answer.values()} == {0}


@pytest.mark.parametrize("user", USERS)
def test_a_promised_layer_that_fails_stops_the_run(here: Borders, user: str) -> None:
    ready(here, ("namespaces", "seccomp"))
    filtered = Zygote(user, ("namespaces",), filtered=True)
    forgotten = Zygote(user, ("namespaces", "seccomp"), forgotten="pyseccomp")
    try:
        for broken in (filtered, forgotten):
            ended = broken.run("honest")
            assert (ended.answer, ended.report["ended"]) == (None, "failed")
            assert "sandbox" in ended.report["why"]
    finally:
        filtered.close()
        forgotten.close()


def test_a_folder_that_cannot_be_private_stops_the_run(zygote: Zygote) -> None:
    taken = Path(tempfile.gettempdir()) if "namespaces" not in zygote.layers else Path("/usr/bin/work")
    ended = zygote.run("honest", work=taken)
    assert (ended.answer, ended.report["ended"]) == (None, "failed")
