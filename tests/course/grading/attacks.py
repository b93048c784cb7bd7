"""What a hostile notebook would try, and what an honest one needs: confined.py runs it behind the borders."""

import ctypes
import mmap
import os
import signal
import socket
import stat
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from course.grading import layers

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


def unlinked_memory() -> dict[str, str]:
    """Try memory that belongs to no process and to no quota."""
    return {
        "memfd": outcome(lambda: os.memfd_create("hidden")),
        "shared segment": errno_of(libc.shmget(0, 1 << 20, 0o1600)),
    }


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
        "user namespace": errno_of(libc.unshare(layers.NEW_USER)),
        "mount namespace": errno_of(libc.unshare(layers.NEW_MOUNTS)),
        "clone": errno_of(
            libc.syscall(56 if os.uname().machine == "x86_64" else 220, layers.NEW_USER | 17, 0, 0, 0, 0)
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
    """Use what notebooks use: numbers, a plot, a file, a temporary file, a shell command, a thread, asyncio."""
    import asyncio
    import subprocess
    import tempfile

    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt
    import numpy as np

    plt.plot(np.arange(3))
    plt.savefig("plot.png")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "note").write_text("x")
    shown = subprocess.run("echo hello", shell=True, capture_output=True, text=True, check=False).stdout
    return {
        "numbers": float(np.ones(3) @ np.ones(3)) == 3 and os.path.getsize("plot.png") > 1000,
        "commands": shown == "hello\n" and asyncio.run(asyncio.sleep(0, True)),
        "places": os.access(os.path.expanduser("~"), os.W_OK) and (os.cpu_count() or 0) > 0,
    }
