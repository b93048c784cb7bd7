"""What a hostile notebook would try, and what an honest one needs: confined.py runs it behind the borders.

Longer than 400 lines because it is data: one function for each attack.
"""

import ctypes
import fcntl
import grp
import mmap
import os
import pwd
import select
import signal
import socket
import stat
import struct
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from course.grading.sandbox import system_calls

MARKER = "zygote-secret-71f3"
libc = ctypes.CDLL(None, use_errno=True)


def outcome(action: Callable[[], object]) -> str:
    """Return "done", or the name of the exception."""
    try:
        action()
    except BaseException as error:
        return type(error).__name__
    return "done"


def errno_of(result: int) -> str:
    return "done" if result >= 0 else os.strerror(ctypes.get_errno())


# --- reading and reaching what is not one's own ----------------------------------------------------------------------


def read(*paths: str) -> list[str]:
    """Return those of `paths` that could be read, directly or by a detour."""
    got = []
    for path in paths:
        processes = [name for name in _listed("/proc") if name.isdigit()]
        detours = [f"/proc/{name}/{way}{path}" for name in {*processes, "self", "1"} for way in ("root", "cwd")]
        climbing = "../" * 30 + path
        os.symlink(path, "link")
        hard = outcome(lambda path=path: os.link(path, "hard"))
        for way in (path, *detours, climbing, "link", *(["hard"] if hard == "done" else [])):
            with suppress(OSError):
                got.append(f"{way}: {Path(way).read_bytes()[:20]!r}")
        got += [f"{os.path.join(path, name)} listed" for name in _listed(path)]
        got += [f"{path} by handle" for _ in range(_opened_by_handle(path))]
        os.unlink("link")
    return got


def _listed(path: str) -> list[str]:
    try:
        return os.listdir(path)
    except OSError:
        return []


def _opened_by_handle(path: str) -> bool:
    handle = (ctypes.c_char * 136)(*b"\x80\x00\x00\x00")
    mount = ctypes.c_int()
    if libc.name_to_handle_at(-100, path.encode(), handle, ctypes.byref(mount), 0) < 0:
        return False
    descriptor = libc.open_by_handle_at(os.open("/usr", os.O_RDONLY), handle, os.O_RDONLY)
    return descriptor >= 0 and bool(os.read(descriptor, 1))


def change(path: str) -> dict[str, str]:
    """Try to change a file of someone else's without opening it for reading."""
    return {
        "write": outcome(lambda: Path(path).write_text("changed")),
        "truncate": outcome(lambda: os.truncate(path, 0)),
        "remove": outcome(lambda: os.unlink(path)),
        "rename": outcome(lambda: os.rename(path, path + "2")),
        "mode": outcome(lambda: os.chmod(path, 0)),
        "times": outcome(lambda: os.utime(path, (1, 1))),
    }


def connect(port: int, abstract: str, path: str) -> list[str]:
    """Return the ways in which something outside could be reached."""
    ways = {
        "tcp": (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", port)),
        "udp": (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", port)),
        "tcp6": (socket.AF_INET6, socket.SOCK_STREAM, ("::1", port)),
        "abstract": (socket.AF_UNIX, socket.SOCK_STREAM, "\0" + abstract),
        "abstract datagram": (socket.AF_UNIX, socket.SOCK_DGRAM, "\0" + abstract + "-datagram"),
        "path": (socket.AF_UNIX, socket.SOCK_STREAM, path),
        "path datagram": (socket.AF_UNIX, socket.SOCK_DGRAM, path + "-datagram"),
    }
    reached = []
    for name, (family, kind, address) in ways.items():
        with suppress(OSError), socket.socket(family, kind) as line:
            line.connect(address)
            line.send(b"out")
            if name == "udp":  # in a network of its own nobody is there, which comes back
                time.sleep(0.1)
                line.send(b"out")
            reached.append(name)
    with suppress(OSError):
        one, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        one.sendto(b"out", path + "-datagram")
        reached.append("pair")
    with suppress(OSError):
        socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
        reached.append("netlink") if os.path.exists("/sys/class/net/lo") else None
    return reached


def look_at_others(zygote: int) -> list[str]:
    """Return what could be seen of, or done to, processes that are not this one; `zygote` is its number outside."""
    seen = []
    own = os.getpid()
    for pid in {*range(1, 40), zygote, os.getppid(), *(int(name) for name in _listed("/proc") if name.isdigit())}:
        if pid in (0, own):
            continue
        for name in ("environ", "maps", "auxv", "syscall"):
            with suppress(OSError):
                content = Path(f"/proc/{pid}/{name}").read_bytes()
                seen.append(f"{name} of {pid}{' with the secret' if MARKER.encode() in content else ''}")
        with suppress(OSError):
            seen += [f"fd of {pid}: {os.readlink(f'/proc/{pid}/fd/{name}')}" for name in os.listdir(f"/proc/{pid}/fd")]
        with suppress(OSError):
            os.open(f"/proc/{pid}/mem", os.O_RDWR)
            seen.append(f"mem of {pid}")
        with suppress(OSError):
            os.kill(pid, 0)
            seen.append(f"signal to {pid}")
        with suppress(OSError):
            os.pidfd_open(pid)
            seen.append(f"pidfd of {pid}")
        if libc.ptrace(16, pid, None, None) == 0:
            seen.append(f"ptrace of {pid}")
        if libc.prlimit(pid, 7, None, ctypes.create_string_buffer(16)) == 0:
            seen.append(f"limits of {pid}")
    return seen


def processes_in_view() -> list[str]:
    return [Path(f"/proc/{name}/cmdline").read_text() for name in _listed("/proc") if name.isdigit()]


def descriptors() -> list[str]:
    """Return what the open descriptors are, but for the pipe to the tests."""
    kinds = []
    for number in range(3, 256):
        with suppress(OSError):
            os.fstat(number)
            kinds.append(f"{number}: {os.readlink(f'/proc/self/fd/{number}')}")
    return kinds


def kill_everyone() -> str:
    return outcome(lambda: os.kill(-1, signal.SIGKILL))


# --- using too much --------------------------------------------------------------------------------------------------


def fill(place: str) -> int:
    """Write until it is full; return the bytes."""
    written = 0
    with suppress(OSError):
        for number in range(1000):
            with open(f"{place}/file{number}", "wb", buffering=0) as file, suppress(OSError):
                while True:
                    count = file.write(bytes(1 << 20))
                    written += count
                    if written > 1 << 30:
                        return written
            if not file.closed or os.stat(file.name).st_size == 0:
                break
    return written


def fill_everywhere() -> int:
    home = os.environ["HOME"]
    return sum(fill(place) for place in (".", "/tmp", "/dev/shm", home, os.environ["TMPDIR"]) if os.path.isdir(place))


def many_files(most: int) -> int:
    """Make empty files until no more can be made."""
    number = 0
    with suppress(OSError):
        while number < most:
            os.close(os.open(f"empty{number}", os.O_CREAT))
            number += 1
    return number


CALLS = {
    "x86_64": {
        "io_setup": 206,
        "inotify_init1": 294,
        "vmsplice": 278,
        "tee": 276,
        "splice": 275,
        "mq_open": 240,
        "mbind": 237,
    },
    "aarch64": {
        "io_setup": 0,
        "inotify_init1": 26,
        "vmsplice": 75,
        "tee": 77,
        "splice": 76,
        "mq_open": 180,
        "mbind": 235,
    },
}[os.uname().machine]
CALLS["mbind"] = {"x86_64": 237, "aarch64": 235}[os.uname().machine]
CALLS |= {"io_uring_setup": 425, "landlock_create_ruleset": 444, "memfd_secret": 447, "cachestat": 451}


def call(name: str, *arguments: object) -> str:
    return errno_of(libc.syscall(CALLS[name], *arguments))


def memory_of_no_process() -> dict[str, str]:
    """Try what holds memory that belongs to no process and to no quota."""
    reading, writing = os.pipe()
    _, other = os.pipe()
    os.write(writing, b"x")
    page = ctypes.create_string_buffer(4096)
    vector = (ctypes.c_size_t * 2)(ctypes.addressof(page), 4096)
    start = ctypes.c_void_p(ctypes.addressof(page) // 4096 * 4096)
    huge = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x40000
    rights, line = (ctypes.c_uint64 * 1)(1), socket.socketpair()[0]
    filters = struct.pack("HxxxxxxP", 1, _returning())
    before = line.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)
    line_set = outcome(lambda: line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 100_000))
    grown = line.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) != before
    return {
        "memfd": outcome(lambda: os.memfd_create("hidden")),
        "secret memfd": call("memfd_secret", 0),
        "shared segment": errno_of(libc.shmget(0, 1 << 20, 0o1600)),
        "message queue": errno_of(libc.msgget(0, 0o1600)),
        "semaphores": errno_of(libc.semget(0, 100, 0o1600)),
        "POSIX queue": call("mq_open", b"hidden", os.O_CREAT | os.O_RDWR, 0o600, None),
        "key": errno_of(libc.syscall({"x86_64": 248}.get(os.uname().machine, 217), b"user", b"k", b"v", 1, -3)),
        "asynchronous reading": call("io_setup", 100, ctypes.byref(ctypes.c_ulong())),
        "io_uring": call("io_uring_setup", 8, ctypes.create_string_buffer(120)),
        "inotify": call("inotify_init1", 0),
        "Landlock rules": call("landlock_create_ruleset", rights, 8, 0),
        "pages given to a pipe": call("vmsplice", writing, vector, 1, 0),
        "a pipe's pages twice": call("tee", reading, other, 1, 0),
        "a file's pages": call("splice", reading, None, other, None, 1, 0),
        "a file's pages in a socket": _sent_from_a_file(),
        "attributes of files": outcome(_give_attributes),
        "rules for pages": call("mbind", start, 4096, 1, (ctypes.c_ulong * 1)(1), 64, 0),
        "a long pipe": outcome(lambda: fcntl.fcntl(writing, 1031, 1 << 18)),
        "a long socket": "done" if line_set == "done" and grown else "denied",
        "datagrams": outcome(lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)),
        "a socket's filter": errno_of(libc.setsockopt(line.fileno(), 1, 26, filters, 16)),
        "a filter of calls": errno_of(libc.prctl(22, 2, filters, 0, 0)),
        "huge pages": "denied" if libc.prctl(42, 0, 0, 0, 0) == 1 else "done",
        "huge pages again": errno_of(libc.prctl(41, 0, 0, 0, 0)),
        "merged pages": errno_of(libc.prctl(67, 1, 0, 0, 0)),
        "pages of the pool": outcome(lambda: mmap.mmap(-1, 1 << 21, flags=huge)),
        "shared memory": outcome(lambda: mmap.mmap(-1, 4096)),
        "shared zeros": outcome(_map_zeros),
        "a long table of futexes": errno_of(libc.prctl(78, 1, 1 << 20, 0, 0)),
        "terminals": _terminals(),
        "locks": _locks_held(),
        "many timers": _timers(),
    }


_filter: "ctypes.Array[ctypes.c_char]"


def _returning() -> int:
    """Return the address of a filter that lets everything pass."""
    global _filter
    _filter = ctypes.create_string_buffer(struct.pack("HBBI", 6, 0, 0, 0x7FFF0000))
    return ctypes.addressof(_filter)


def _sent_from_a_file() -> str:
    with open("sent", "wb") as file:
        file.write(b"x")
    one, _other = socket.socketpair()
    with open("sent", "rb") as file:
        return outcome(lambda: os.sendfile(one.fileno(), file.fileno(), 0, 1))


def _give_attributes() -> None:
    Path("labelled").touch()
    os.setxattr("labelled", "user.label", b"x")


def _locks_held() -> str:
    with open("locked", "w") as file:
        fcntl.lockf(file, fcntl.LOCK_EX, 1, 1)
        if not (child := os.fork()):
            with open("locked", "w") as again:
                os._exit(outcome(lambda: fcntl.lockf(again, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 1)) != "done")
        return "done" if os.waitpid(child, 0)[1] else "denied"


def _map_zeros() -> None:
    with open("/dev/zero", "rb") as zeros:
        assert zeros.read(2) == b"\0\0"
        mmap.mmap(zeros.fileno(), 4096, prot=mmap.PROT_READ)


def _terminals() -> str:
    opened = []
    with suppress(OSError):
        while len(opened) < 100:
            opened.append(os.open("/dev/ptmx", os.O_RDWR))
    for one in opened:
        os.close(one)
    return "done" if len(opened) == 100 else "denied"


def _timers() -> str:
    made = 0
    while made < 2000 and libc.timer_create(1, None, ctypes.byref(ctypes.c_void_p())) == 0:
        made += 1
    return "done" if made == 2000 else "denied"


def hold_files(size: int, step: int) -> int:
    """Hold so many bytes in files that only their descriptors lead to, of which each has one step; return how many."""
    for written in range(0, size, step):
        os.write(os.memfd_create(f"hidden{written}"), bytes(step))
    time.sleep(0.3)  # long enough to be looked at
    return size


def hold_files_in_a_child(size: int, step: int) -> int:
    """The same, without being the process that holds them."""
    if not os.fork():
        hold_files(size, step)
        os._exit(0)
    os.wait()
    time.sleep(5)
    return size


def use_memory_and_disk(memory: int) -> int:
    """Hold so many bytes and fill the disk; return how many bytes are on it."""
    kept = bytearray(b"x") * memory
    return fill(".") + len(kept) * 0


def own_groups() -> str:
    return Path("/proc/self/cgroup").read_text()


def have_the_kernel_hold(what: str) -> int:
    """Have the kernel hold memory beyond any process's pages, and wait to be ended; return how many there are of it."""
    made, _kept = {"watches": _watch_much, "buffers": _buffer_long_names}[what]()
    time.sleep(2)
    return made


def _watch_much() -> tuple[int, object]:
    """Have epolls watch the same pipes under all numbers that a descriptor may have."""
    watching = [select.epoll() for _ in range(40)]
    pipes = [os.pipe()[0] for _ in range(40)]
    made = 0
    for pipe in pipes:
        for number in range(150, 250):
            os.dup2(pipe, number)
            for one in watching:
                one.register(number)
                made += 1
            os.close(number)  # the pipe is still open, and so watched
    return made, watching


def _buffer_long_names() -> tuple[int, object]:
    """Open lists of what is mapped, of which each has a buffer for the longest name."""
    for _ in range(300):
        os.mkdir("\n" * 250)
        os.chdir("\n" * 250)
    with open("mapped", "w+b") as file:
        file.truncate(4096)
        mapped = mmap.mmap(file.fileno(), 4096)
    opened = [os.open("/proc/self/maps", os.O_RDONLY) for _ in range(20)]
    for one in opened:
        while os.read(one, 1 << 20):
            pass
    return len(opened), mapped


def compute_in_children(seconds: float, life: float) -> float:
    """Compute for so many seconds in short-lived children that nobody waits for; return what is told of them."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in range(round(seconds / life)):
        ended, its = os.pipe()
        if not os.fork():
            while time.process_time() < life:
                pass
            os._exit(0)
        os.close(its)
        os.read(ended, 1)
        os.close(ended)
    return os.times().children_user + os.times().children_system


def counts_of_all() -> list[str]:
    """Return where it is told how much of something all processes of the system have."""
    files = ("/proc/sys/fs/file-nr", "/proc/sys/fs/inode-nr", "/proc/sys/kernel/pty/nr")
    return [path for path in files if outcome(lambda path=path: Path(path).read_text()) == "done"]


def open_channels(kind: str) -> int:
    """Open pipes or UNIX sockets in several processes, as many as can be, fill them, and wait to be ended.

    Returns how many one of the processes has.
    """
    others = [os.fork() for _ in range(3)] if kind in ("pipes", "sockets", "connections") else []
    kept: list[object] = []
    with suppress(OSError):
        while len(kept) < 1000:
            kept.append(_held(kind, len(kept)))
    time.sleep(1)
    if not all(others):
        os._exit(0)
    return len(kept)


def _held(kind: str, number: int) -> object:
    if kind == "pipes":
        reading, writing = os.pipe()
        os.set_blocking(writing, False)
        return reading, writing, os.write(writing, bytes(1 << 16))
    if kind == "calls":
        if number % 100 == 0:
            _held.listener = socket.create_server(("127.0.0.1", 0), backlog=100)  # type: ignore[attr-defined]
        with socket.create_connection(_held.listener.getsockname()) as caller:  # type: ignore[attr-defined]
            caller.send(bytes(1 << 16))
        return _held.listener  # type: ignore[attr-defined]
    if kind == "connections":
        with socket.create_server(("127.0.0.1", 0)) as listening:
            one, other = socket.create_connection(listening.getsockname()), listening.accept()[0]
    else:
        one, other = socket.socketpair()
    one.setblocking(False)
    one.send(bytes(1 << 18))
    if kind == "in flight":
        _sent(one, other)
        return None
    if kind == "waiting":
        if number % 100 == 0:
            _held.listener = socket.socket(socket.AF_UNIX)  # type: ignore[attr-defined]
            _held.listener.bind(f"waiting{number}")  # type: ignore[attr-defined]
            _held.listener.listen(100)  # type: ignore[attr-defined]
        with socket.socket(socket.AF_UNIX) as caller:
            caller.setblocking(False)
            caller.connect(f"waiting{number - number % 100}")
            caller.send(bytes(1 << 17))
        return _held.listener if number % 100 == 0 else None  # type: ignore[attr-defined]
    return one, other


_carrier: list[tuple[socket.socket, socket.socket]] = []


def _sent(one: socket.socket, other: socket.socket) -> None:
    both = [one.fileno(), other.fileno()]
    if not _carrier or outcome(lambda: socket.send_fds(_carrier[-1][0], [b"x"], both)) != "done":
        _carrier.append(socket.socketpair())
        _carrier[-1][0].setblocking(False)
        socket.send_fds(_carrier[-1][0], [b"x"], both)
    one.close()
    other.close()


def speak_to_itself() -> dict[str, str]:
    """Serve and call over the own network; return what can be looked up, and how other ways out of it answer."""
    said = {}
    for family, host in ((socket.AF_INET, "localhost"), (socket.AF_INET6, "::1")):
        with (
            socket.create_server((host, 0), family=family) as listening,
            socket.create_connection(listening.getsockname()[:2]) as one,
            listening.accept()[0] as other,
        ):
            one.sendall(b"hello")
            said[host] = other.recv(5).decode()
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            said["upper layer"] = outcome(lambda one=one: one.setsockopt(socket.IPPROTO_TCP, 31, b"tls"))
            said["its address"] = outcome(lambda one=one: one.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, 1))
            said["zero copy"] = outcome(lambda one=one: one.setsockopt(socket.SOL_SOCKET, 60, 1))
    said["multipath"] = outcome(lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262))
    said["netlink"] = outcome(lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_STREAM))
    said["vsock"] = outcome(lambda: socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM))
    said["settings"] = outcome(lambda: os.open("/proc/sys/net/ipv4/tcp_rmem", os.O_WRONLY))
    said["user"] = pwd.getpwuid(os.getuid()).pw_name
    said["known"] = " ".join(entry.pw_name for entry in pwd.getpwall())
    said["group"] = grp.getgrgid(os.getgid()).gr_name
    return said


# --- telling others something ----------------------------------------------------------------------------------------

SHARED = system_calls.__file__
SIGNS = ("flock", "read lock", "write lock", "abstract socket", "inotify", "pages in memory")


def tell_others(seconds: float) -> None:
    """Give all signs that there are, again and again, to whoever shares read-only files and devices with this."""
    until = time.monotonic() + seconds
    with open(SHARED) as shared, open("/dev/null", "w") as null:
        with suppress(OSError):
            listening = socket.socket(socket.AF_UNIX)
            listening.bind("\0course-sign")
            listening.listen()
        while time.monotonic() < until:
            with suppress(OSError):
                fcntl.lockf(shared, fcntl.LOCK_SH | fcntl.LOCK_NB)
                fcntl.lockf(null, fcntl.LOCK_EX | fcntl.LOCK_NB)
                fcntl.flock(shared, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with open(SHARED, "rb") as again:
                os.posix_fadvise(again.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
                time.sleep(0.002)
                again.read()
                time.sleep(0.002)


def hear_others(seconds: float) -> list[str]:
    """Return the signs that somebody gave while this listened."""
    until = time.monotonic() + seconds
    heard: set[str] = set()
    pages: set[bool] = set()
    watch = libc.inotify_init1(os.O_NONBLOCK)
    libc.inotify_add_watch(watch, SHARED.encode(), 1 | 32)
    with open(SHARED, "rb") as shared, open("/dev/null", "w") as null:
        with suppress(OSError):  # what opening it has told this process itself
            os.read(watch, 4096)
        while time.monotonic() < until and heard != {*SIGNS}:
            if outcome(lambda: fcntl.flock(shared, fcntl.LOCK_SH | fcntl.LOCK_NB)) == "BlockingIOError":
                heard.add("flock")
            fcntl.flock(shared, fcntl.LOCK_UN)
            for name, file in (("read lock", shared), ("write lock", null)):
                if _locked_by_others(file.fileno()):
                    heard.add(name)
            with suppress(OSError), socket.socket(socket.AF_UNIX) as line:
                line.connect("\0course-sign")
                heard.add("abstract socket")
            with suppress(OSError):
                os.read(watch, 4096)
                heard.add("inotify")
            with suppress(OSError):
                pages.add(_in_memory(shared.fileno()))
            if len(pages) == 2:
                heard.add("pages in memory")
    return sorted(heard)


def _locked_by_others(descriptor: int) -> bool:
    asked = struct.pack("hhqqi", fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
    return struct.unpack("hhqqi", fcntl.fcntl(descriptor, fcntl.F_GETLK, asked))[0] != fcntl.F_UNLCK


def _in_memory(descriptor: int) -> bool:
    try:
        os.preadv(descriptor, [bytearray(1)], 0, os.RWF_NOWAIT)
    except BlockingIOError:
        return False
    return True


def writable_places() -> list[str]:
    """Return the directories in which a file could be made."""
    found = []
    for folder, folders, _ in os.walk("/", followlinks=False):
        if folder in ("/proc", "/sys") or folder.count("/") > 3:
            folders.clear()
        with suppress(OSError):
            name = os.path.join(folder, "trace")
            os.close(os.open(name, os.O_CREAT | os.O_EXCL))
            os.unlink(name)
            found.append(folder)
    return found


def take_memory(size: int) -> str:
    return outcome(lambda: bytearray(size))


def take_memory_in_parts(processes: int, size: int) -> None:
    """Have each of some processes take `size` bytes, and wait."""
    for _ in range(processes):
        if not os.fork():
            kept = bytearray(os.urandom(1 << 16)) * (size >> 16)
            time.sleep(1000 + len(kept) * 0)
    time.sleep(1000)


def take_shared_memory(size: int) -> None:
    area = mmap.mmap(-1, size)
    for start in range(0, size, 1 << 20):
        area[start : start + (1 << 20)] = b"x" * (1 << 20)
    time.sleep(1000)


def take_page_tables() -> None:
    """Map far more than there is and touch it thinly: the zero page costs nothing, the way to it does."""
    area = mmap.mmap(-1, 1 << 41, flags=mmap.MAP_PRIVATE | 0x4000, prot=mmap.PROT_READ)
    area.madvise(15)
    for start in range(0, 1 << 41, 1 << 21):
        area[start]
    time.sleep(1000)


def take_mappings(processes: int) -> None:
    """Have each of some processes divide a mapping into as many as the kernel lets it have, touching none, and wait."""
    libc.mmap.restype = ctypes.c_void_p
    start = libc.mmap(None, ctypes.c_size_t(60_000 << 12), 3, 0x22, -1, 0)
    for page in range(0, 60_000, 2):
        libc.mprotect(ctypes.c_void_p(start + (page << 12)), ctypes.c_size_t(4096), 1)
    for _ in range(processes):
        if not os.fork():
            break
    time.sleep(1000)


def say_much(length: int) -> str:
    return "a" * length


def wait() -> None:
    time.sleep(1000)


def wait_for_an_interrupt(name: str) -> str:
    """Wait under another name until Ctrl-C, as it were, and long enough to be looked at."""
    libc.prctl(15, name.encode())
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        time.sleep(1000)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        time.sleep(0.3)
        return "interrupted"
    return "slept"


def burn() -> None:
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    while True:
        pass


def burn_in_turns() -> None:
    """Use processor time in one short-lived child after another."""
    while True:
        child = os.fork()
        if not child:
            end = time.process_time() + 0.25
            while time.process_time() < end:
                pass
            os._exit(0)
        os.waitpid(child, 0)


def fork_bomb() -> int:
    """Fork until that fails; return how many there were."""
    count = 0
    with suppress(OSError):
        while True:
            if not os.fork():
                time.sleep(1000)
            count += 1
    return count


def thread_bomb() -> int:
    count = 0
    threading.stack_size(1 << 16)
    with suppress(RuntimeError):
        while count < 5000:
            threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
            count += 1
    return count


def leave_a_daemon(marker: str) -> str:
    """Start a process that has left the session and its parent, and tell when it runs."""
    reading, writing = os.pipe()
    if not os.fork():
        os.setsid()
        if not os.fork():
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
            libc.prctl(1, 0, 0, 0, 0)
            os.execvp("sleep", ["sleep", marker])
        os._exit(0)
    os.close(writing)
    os.read(reading, 1)  # closed by execvp
    return "started"


# --- getting rights back ---------------------------------------------------------------------------------------------


def get_rights_back() -> dict[str, str]:
    return {
        "user namespace": errno_of(libc.unshare(system_calls.NEW_USER)),
        "mount namespace": errno_of(libc.unshare(system_calls.NEW_MOUNTS)),
        "clone": errno_of(
            libc.syscall(56 if os.uname().machine == "x86_64" else 220, system_calls.NEW_USER | 17, 0, 0, 0, 0)
        ),
        "mount": errno_of(libc.mount(b"none", b"/tmp", b"tmpfs", 0, None)),
        "unmount": errno_of(libc.umount2(b"/proc", 2)),
        "remount": errno_of(libc.mount(None, b"/usr/bin", None, 32 | 0x1000, None)),
        "device": outcome(lambda: os.mknod("disk", stat.S_IFBLK | 0o600, os.makedev(254, 0))),
        "chroot": outcome(lambda: os.chroot("/tmp")),
        "setuid": outcome(lambda: os.setuid(1)),
        "setgroups": outcome(lambda: os.setgroups([])),
        "trace": errno_of(libc.ptrace(0, 0, None, None)),
        "host name": outcome(lambda: socket.sethostname("x")),
        "more processes": outcome(lambda: _raise_limit()),
    }


def _raise_limit() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_NPROC, (10_000, 10_000))


def capabilities() -> dict[str, str]:
    lines = Path("/proc/self/status").read_text().splitlines()
    return {name: value.strip() for name, value in (line.split(":", 1) for line in lines) if name.startswith("Cap")}


# --- what an honest notebook does ------------------------------------------------------------------------------------


def honest() -> dict[str, object]:
    """Use what notebooks use: numbers, a plot, a picture, a file, a data base, a shell command, a thread, asyncio."""
    import asyncio
    import sqlite3
    import subprocess
    import tempfile

    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt
    import numpy as np
    from PIL import Image

    plt.plot(np.arange(3))
    plt.savefig("plot.png")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "note").write_text("x")
    Image.open("plot.png").convert("RGB").resize((8, 8)).save("small.jpg", quality=50)
    with closing(sqlite3.connect("a.db")) as one, closing(sqlite3.connect("a.db", timeout=0)) as other:
        way = one.execute("pragma journal_mode=wal").fetchone()
        one.execute("create table numbers (number)")
        one.execute("insert into numbers values (1)")
        excluded = outcome(lambda: other.execute("insert into numbers values (2)"))
        one.commit()
        stored = other.execute("select number from numbers").fetchall()
    shown = subprocess.run("echo hello", shell=True, capture_output=True, text=True, check=False).stdout
    return {
        "numbers": float(np.ones(3) @ np.ones(3)) == 3 and os.path.getsize("plot.png") > 1000,
        "pictures": os.path.getsize("small.jpg") > 100,
        "data bases": (way, excluded, stored) == (("wal",), "OperationalError", [(1,)]),
        "commands": shown == "hello\n" and asyncio.run(asyncio.sleep(0, True)),
        "places": os.access(os.path.expanduser("~"), os.W_OK) and (os.cpu_count() or 0) > 0,
    }


def honest_processes() -> dict[str, object]:
    """Share work among processes: a pool, a queue, shared memory, a lock, a manager, and arrays that are passed on."""
    import multiprocessing as processes
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.shared_memory import SharedMemory

    forking = processes.get_context("fork")
    with forking.Pool(4) as pool:
        squares = pool.map(abs, range(-100, 0))
    with ProcessPoolExecutor(2, mp_context=forking) as executor:
        lengths = list(executor.map(len, ["a", "bc"]))
    queue, lock, shared = forking.Queue(), forking.Lock(), SharedMemory(create=True, size=8)
    worker = forking.Process(target=_add, args=(queue, lock, shared.name))
    worker.start()
    got = queue.get()
    worker.join()
    with forking.Manager() as manager:
        kept = manager.dict(a=1)
        managed = dict(kept) == {"a": 1}
    marked = shared.buf[0]
    shared.close()
    shared.unlink()
    many = [forking.Process(target=time.sleep, args=(0.2,)) for _ in range(50)]
    for one in many:
        one.start()
    for one in many:
        one.join()
    return {
        "pools": squares == list(range(100, 0, -1)) and lengths == [1, 2],
        "queues": got == "done" and marked == 7,
        "managers": managed,
        "many": all(one.exitcode == 0 for one in many),
    }


def _add(queue: object, lock: object, name: str) -> None:
    from multiprocessing.shared_memory import SharedMemory

    with lock:  # type: ignore[attr-defined]
        shared = SharedMemory(name)
        shared.buf[0] = 7
        shared.close()
    queue.put("done")  # type: ignore[attr-defined]
