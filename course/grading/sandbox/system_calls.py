"""The system calls that take rights away from the calling process: Linux only, no exec, so warm imports stay.

Every function raises OSError where the kernel does not do what was asked; nothing here continues with less.
Run as a program it lowers root to a plain user: `python system_calls.py UID GID PATH... -- COMMAND...`.

Longer than 400 lines because it lists what is allowed of a kernel.
"""

import ctypes
import fcntl
import os
import resource
import socket
import struct
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from errno import EACCES, ENODEV, ENOMEM, ENOSYS, EOPNOTSUPP, EPERM
from functools import lru_cache
from pathlib import Path
from typing import Any

SYSTEM = (
    *("/usr/bin", "/usr/sbin", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libexec", "/usr/share"),
    *("/usr/local/bin", "/usr/local/lib", "/nix/store", "/sys/devices/system/cpu"),
    *("/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts", "/etc/localtime"),
)
"""What programs need of a system: not /etc/passwd, /home or /srv, and of /usr/local only programs and libraries."""
MERGED = ("/bin", "/sbin", "/lib", "/lib32", "/lib64")
"""Directories that are links into /usr on most systems."""
DEVICES = {
    **{path: path for path in ("/dev/null", "/dev/full", "/dev/random", "/dev/urandom")},
    "/dev/zero": "/dev/full",
}
"""Where each device comes from: /dev/full gives zeros as well, but no memory that all may share."""
PLAIN_PROC = ("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/loadavg", "/proc/version", "/proc/filesystems")
"""What libraries read of /proc besides their own process."""
COUNTS_OF_ALL = ("/proc/sys/fs", "/proc/sys/kernel/pty")
"""Where the kernel tells how many files and pseudo-terminals all have open together."""
HOME = "/home/student"
USER = "student"
KNOWN = {
    "/etc/passwd": USER + ":x:{user}:{group}::" + HOME + ":/bin/sh\n",
    "/etc/group": USER + ":x:{group}:\n",
    "/etc/hosts": "127.0.0.1 localhost\n::1 localhost\n",
}
"""What programs look up: who they are, and that they are here."""
LOOPBACK = {
    **{f"net/ipv4/{name}": "4096 65536 131072" for name in ("tcp_rmem", "tcp_wmem")},
    "net/ipv4/tcp_max_tw_buckets": "256",
}
"""Settings of the own network, of which each connection holds no more than one of a UNIX socket."""
TERMINALS = 32
"""How many pseudo-terminals there may be, each with buffers of its own; the system has some thousand for all."""

NEW_MOUNTS, NEW_CGROUP, NEW_UTS, NEW_IPC = 0x20000, 0x2000000, 0x4000000, 0x8000000
NEW_USER, NEW_PIDS, NEW_NETWORK = 0x10000000, 0x20000000, 0x40000000
_READ_ONLY, _NOSUID, _NODEV, _NOEXEC = 1, 2, 4, 8
_BIND, _REC, _PRIVATE, _DETACH = 0x1000, 0x4000, 0x40000, 2
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_CLOSE_RANGE, _MOUNT_SETATTR = 436, 442
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_CAPBSET_DROP = 1, 4, 22, 24
_PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS = 36, 38
_PR_SET_THP_DISABLE = 41
_SET_INTERFACE_FLAGS, _UP = 0x8914, 1

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def _done(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def _prctl(option: int, value: int, what: str, more: int = 0) -> None:
    _done(_libc.prctl(option, *map(ctypes.c_ulong, (value, more, 0, 0))), what)


def _syscall(number: int, *arguments: int | bytes | None, what: str) -> int:
    wide = (ctypes.c_long(one) if isinstance(one, int) else one for one in arguments)
    return _done(_libc.syscall(ctypes.c_long(number), *wide), what)


def set_dumpable(dumpable: bool) -> None:
    """Let other processes of the same user look into this one, or not (as ptrace and through /proc)."""
    _prctl(_PR_SET_DUMPABLE, int(dumpable), "set dumpable")


def die_with_parent() -> None:
    """Have the kernel kill this process when the thread that forked it ends."""
    _prctl(_PR_SET_PDEATHSIG, 9, "set the parent-death signal")


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1, "become subreaper")


def close_descriptors(first: int, last: int) -> None:
    """Close every descriptor from `first` to `last` that is open."""
    if first <= last:
        _syscall(_CLOSE_RANGE, first, last, 0, what="close_range")


def new_namespaces(flags: int) -> None:
    """Leave the namespaces named by `flags`; with `NEW_USER`, keep the own user and group, all others unmapped."""
    user, group = os.geteuid(), os.getegid()
    _done(_libc.unshare(flags), "unshare")
    if flags & NEW_USER:
        for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            _write(f"/proc/self/{name}", text)


def forbid_user_namespaces() -> None:
    """Allow no user namespace inside the present one, whatever its capabilities."""
    _write("/proc/sys/user/max_user_namespaces", "0")


def _write(path: str, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)


# --- a new root ------------------------------------------------------------------------------------------------------


@lru_cache
def views(readable: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return (source, target) of each file or directory of `readable` to show, links resolved too.

    A path and what it resolves to are both shown, since an interpreter asks for either; nothing is listed twice.
    """
    wanted = {}
    for path in (*(one for one in MERGED if not os.path.islink(one)), *readable):
        real = os.path.realpath(path)
        if real == "/":
            raise OSError(EACCES, f"the whole file system cannot be shown to a submission: {path}")
        if os.path.exists(real):
            wanted[os.path.normpath(path)] = wanted[real] = real
    shown: list[tuple[str, str]] = []
    for target in sorted(wanted):
        if not any(target.startswith(f"{above}/") for _, above in shown):
            shown.append((wanted[target], target))
    return tuple(shown)


def _mount(source: str, target: str, kind: str | None, flags: int, options: str = "") -> None:
    data = options.encode() if options else None
    result = _libc.mount(source.encode(), target.encode(), kind and kind.encode(), ctypes.c_ulong(flags), data)
    _done(result, f"mount {target}")


def _show(source: str, target: str) -> None:
    """Bind a file or a tree read-only."""
    _bind(source, target)
    _set_mount(target, _READ_ONLY | _NOSUID | _NODEV, recursive=True)


def _bind(source: str, target: str) -> None:
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.close(os.open(target, os.O_CREAT | os.O_CLOEXEC, 0o444))
    _mount(source, target, None, _BIND | _REC)


def _set_mount(path: str, setting: int, *, recursive: bool = False) -> None:
    attributes = struct.pack("4Q", setting, 0, 0, 0)
    scope = 0x8000 if recursive else 0
    _syscall(_MOUNT_SETATTR, -100, path.encode(), scope, attributes, 32, what=f"set the mount flags of {path}")


def _enter_new_root(fill: Callable[[], None]) -> None:
    """Make an empty root, `fill` it from the old one, which is at /old meanwhile, and let go of that."""
    os.umask(0o022)
    _mount("none", "/", None, _REC | _PRIVATE)
    _mount("tmpfs", "/tmp", "tmpfs", _NOSUID | _NODEV, "size=1m,mode=755")
    os.chdir("/tmp")
    os.mkdir("old")
    _syscall(_PIVOT_ROOT[os.uname().machine], b".", b"old", what="pivot_root")
    os.chdir("/")
    for link in filter(lambda path: os.path.islink(f"/old{path}"), MERGED):
        os.symlink(os.readlink(f"/old{link}"), link)
    fill()
    _done(_libc.umount2(b"/old", _DETACH), "let go of the old root")
    os.rmdir("/old")
    _set_mount("/", _READ_ONLY)


def most_files(disk: int) -> int:
    """Return how many files and folders a private disk of so many bytes takes."""
    return max(1024, disk >> 14)


def enter_private_root(readable: Sequence[Path], work: Path, disk: int) -> None:
    """See only `readable`, which cannot be written, and write only to `work`, /tmp, /dev/shm and `HOME`.

    The four are one tmpfs of `disk` bytes. The caller is in a user and a mount namespace of its own, and /proc shows
    its pid namespace, or nothing but a few plain files where the system forbids to mount it.
    """
    shown = views(tuple(map(str, readable)))
    private = {str(work): "work", "/tmp": "tmp", "/dev/shm": "shm", HOME: "home"}

    def fill() -> None:
        os.mkdir("/private")
        _mount("tmpfs", "/private", "tmpfs", _NOSUID | _NODEV, f"size={disk},nr_inodes={most_files(disk)},mode=700")
        for target in sorted(private):
            inside = f"/private/{private[target]}"
            os.mkdir(inside)
            _bind(inside, target)
        _done(_libc.umount2(b"/private", _DETACH), "unmount")
        os.rmdir("/private")
        for source, target in shown:
            _show(f"/old{source}", target)
        for device, source in DEVICES.items():
            _bind(f"/old{source}", device)
        _mount_terminals()
        for name, target in {"fd": "fd", "stdin": "fd/0", "stdout": "fd/1", "stderr": "fd/2"}.items():
            os.symlink(f"/proc/self/{target}", f"/dev/{name}")
        for path, text in KNOWN.items():
            os.makedirs(os.path.dirname(path), exist_ok=True)
            Path(path).write_text(text.format(user=os.geteuid(), group=os.getegid()))
        _mount_proc()
        _open_loopback()

    _enter_new_root(fill)


def _mount_terminals() -> None:
    """Provide pseudo-terminals of its own: IPython runs `!command` in one."""
    os.mkdir("/dev/pts")
    _mount("devpts", "/dev/pts", "devpts", _NOSUID | _NOEXEC, f"newinstance,ptmxmode=0666,mode=620,max={TERMINALS}")
    os.symlink("pts/ptmx", "/dev/ptmx")


def _mount_proc() -> None:
    os.mkdir("/proc")
    try:
        _mount("proc", "/proc", "proc", _NOSUID | _NODEV | _NOEXEC)
    except OSError:  # the old one is partly covered, as in many containers; the old one itself would show the host
        for path in PLAIN_PROC:
            _show(f"/old{path}", path)
    else:
        for path in COUNTS_OF_ALL:
            _mount("nothing", path, "tmpfs", _READ_ONLY | _NOSUID | _NODEV | _NOEXEC, "size=4k,nr_inodes=2")


def _open_loopback() -> None:
    """Let the own network lead back to itself, where what its connections hold can be bounded; make /proc read-only."""
    own = os.path.isdir("/proc/self")
    with suppress(OSError):  # else it leads nowhere
        for name, setting in LOOPBACK.items():
            _write(f"{'' if own else '/old'}/proc/sys/{name}", setting)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
            fcntl.ioctl(any_socket, _SET_INTERFACE_FLAGS, struct.pack("16sh22x", b"lo", _UP))
    if own:
        _set_mount("/proc", _READ_ONLY)


# --- what remains allowed in the root that there is ------------------------------------------------------------------


def limit(name: str, soft: int, hard: int | None = None) -> None:
    """Set a resource limit (`name` as in RLIMIT_name), or keep the present one where that is lower."""
    which = getattr(resource, f"RLIMIT_{name}")
    present = resource.getrlimit(which)
    most = soft if hard is None else hard
    if present[1] != resource.RLIM_INFINITY:
        soft, most = min(soft, present[1]), min(most, present[1])
    if (soft, most) != present:
        resource.setrlimit(which, (soft, most))


def drop_capabilities() -> None:
    """Give up all capabilities, and the ways to get any by running a program."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1, "set no_new_privs")
    number = 0
    while _libc.prctl(_PR_CAPBSET_DROP, number, 0, 0, 0) == 0:
        number += 1
    _done(_libc.capset(struct.pack("2I", 0x20080522, 0), struct.pack("6I", 0, 0, 0, 0, 0, 0)), "drop capabilities")


def no_huge_pages() -> None:
    """Give this process and its descendants small pages only, of which no part is held without being counted."""
    _prctl(_PR_SET_THP_DISABLE, 1, "give up huge pages")


def landlock_version() -> int:
    """Return the version of Landlock that the kernel speaks; OSError where it speaks none."""
    return _syscall(_LANDLOCK_CREATE, None, 0, 1, what="Landlock")


def landlock(
    listable: Sequence[str],
    readable: Sequence[str],
    writable: Sequence[str],
    terminals: Sequence[str] = (),
    *,
    network: bool = False,
) -> None:
    """Allow reading and running below `readable`, all use below `writable`, and only listing below `listable`.

    Below `terminals` devices can be controlled too.

    TCP (unless `network`, which is its own), signals and abstract sockets that lead out, and looking into other
    processes are denied as well, as far as the kernel's version has it. Paths that are not there are passed over. The
    caller has set no_new_privs.
    """
    version = landlock_version()
    files = (1 << {1: 13, 2: 14, 3: 15, 4: 15}.get(version, 16)) - 1
    attributes = struct.pack("3Q", files, 3 if version >= 4 and not network else 0, 3 if version >= 6 else 0)
    size = 8 if version < 4 else 16 if version < 6 else 24
    rules = _syscall(_LANDLOCK_CREATE, attributes, size, 0, what="Landlock")
    run, write, read, list_, device_control = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 15
    make_device = 1 << 6 | 1 << 11
    truncate = (1 << 14) & files
    everything = files & ~make_device & ~device_control
    for paths, directory, file in (
        (listable, list_, 0),
        (readable, run | read | list_, run | read),
        (writable, everything, read | write | truncate),
        (terminals, everything | device_control & files, 0),
    ):
        for path in paths:
            try:
                descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
            except FileNotFoundError:
                continue
            rule = struct.pack("=Qi", directory if os.path.isdir(path) else file, descriptor)
            _syscall(_LANDLOCK_ADD, rules, 1, rule, 0, what=f"Landlock {path}")
            os.close(descriptor)
    _syscall(_LANDLOCK_RESTRICT, rules, 0, what="Landlock")
    os.close(rules)


_ALLOWED = """read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek copy_file_range
    open openat openat2 creat close close_range dup dup2 dup3 flock ioctl pipe pipe2 ftruncate truncate fallocate
    stat fstat lstat newfstatat statx access faccessat faccessat2 statfs fstatfs getdents getdents64 getcwd chdir fchdir
    mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 link linkat symlink symlinkat readlink readlinkat
    mknod mknodat chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat umask utime utimes utimensat futimesat
    fsync fdatasync sync syncfs sync_file_range fadvise64 readahead
    getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr setxattr lsetxattr fsetxattr
    removexattr lremovexattr fremovexattr
    mmap munmap mremap mprotect msync brk mlock mlock2 munlock mlockall munlockall membarrier mseal
    pkey_alloc pkey_free pkey_mprotect map_shadow_stack get_mempolicy set_mempolicy
    select pselect6 poll ppoll epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2
    eventfd eventfd2 signalfd signalfd4 timerfd_create timerfd_settime timerfd_gettime
    socket socketpair bind listen accept accept4 connect getsockname getpeername shutdown setsockopt getsockopt
    sendto recvfrom sendmsg recvmsg sendmmsg recvmmsg
    clone fork vfork execve execveat exit exit_group wait4 waitid
    set_tid_address set_robust_list get_robust_list rseq futex futex_waitv futex_wake futex_wait futex_requeue
    arch_prctl getpid getppid gettid setpgid getpgid getpgrp setsid getsid
    getuid geteuid getgid getegid getresuid getresgid getgroups
    setuid setgid setreuid setregid setresuid setresgid setfsuid setfsgid setgroups capget
    getrlimit setrlimit prlimit64 getrusage times getpriority setpriority ioprio_get ioprio_set
    sched_yield sched_getaffinity sched_setaffinity sched_getparam sched_setparam sched_getscheduler sched_setscheduler
    sched_getattr sched_setattr sched_get_priority_max sched_get_priority_min sched_rr_get_interval
    kill tkill tgkill rt_sigaction rt_sigprocmask rt_sigpending rt_sigsuspend rt_sigtimedwait rt_sigqueueinfo
    rt_tgsigqueueinfo rt_sigreturn sigaltstack pause alarm pidfd_open pidfd_send_signal restart_syscall
    time gettimeofday clock_gettime clock_getres clock_nanosleep nanosleep getitimer setitimer
    timer_create timer_settime timer_gettime timer_getoverrun timer_delete
    uname sysinfo getcpu getrandom"""
"""What programs ask of a kernel. All else it does not have, as an older one would say: most of all what holds memory
that no process has (memfd_create, vmsplice, sendfile, mbind, shmget, add_key, landlock_add_rule, io_uring_setup,
io_setup, inotify_init), what tells of others (inotify, mincore, cachestat), and clone3, which hides its flags from
filters."""
_NEWER = {
    **{"futex_waitv": 449, "fchmodat2": 452, "map_shadow_stack": 453},
    **{"futex_wake": 454, "futex_wait": 455, "futex_requeue": 456, "mseal": 462},
}
"""Numbers, the same on all machines, of calls whose names an older libseccomp does not know."""
_REACHING_OUT = """kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_open pidfd_send_signal socket
    setpriority sched_setscheduler sched_setparam sched_setattr ioprio_set truncate"""
_CHANGING_FILES_OF_OTHERS = """chmod fchmod fchmodat fchmodat2 chown lchown fchown fchownat utime utimes utimensat
    futimesat"""
_ATTRIBUTES = "setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr"
"""What gives files more attributes, such as lists of who may do what: no quota of a tmpfs counts these."""
_FOR_ALL = "sync syncfs flock readahead fadvise64"
"""What would work on files that others share, and so tell them something: it does nothing."""

_ALLOWED_IN_PART = {
    "fcntl": (1, (*range(8), 9, 11, 16, 36, 37, 38, 1025, 1030, *range(1032, 1040))),
    "madvise": (2, (*range(5), *range(8, 12), *range(14, 20), 22, 23, 24)),
    "prctl": (0, (1, 2, 3, 4, 7, 8, 15, 16, 21, 23, 27, 29, 30, 34, *range(36, 41), 42, 47, 52, 66, 68, 0x53564D41)),
}
"""Calls of which only some kinds are there, with the argument that says the kind: of fcntl all but leases, signals to
others, notices and longer pipes; of madvise none that merges pages or moves them; of prctl none that takes memory
(PR_FUTEX_HASH), or that changes filters and huge pages."""
_LOCKS = (6, 7, 37, 38)
"""fcntl's F_SETLK, F_SETLKW, F_OFD_SETLK and F_OFD_SETLKW."""
_IOCTLS = (0x5412, 0x541C, 0x8901, 0x8902, 0x40086602, 0x401C5820)
"""TIOCSTI and TIOCLINUX, which type into a terminal; FIOSETOWN and SIOCSPGRP, which have signals sent; and
FS_IOC_SETFLAGS and FS_IOC_FSSETXATTR, for which a file need not be open for writing."""
_MAP_TYPE_OR_ANONYMOUS, _MAP_SHARED_ANONYMOUS, _MAP_HUGETLB = 0x2F, 0x21, 0x40000
_BUFFER_SIZES = (7, 8, 32, 33)
"""SO_SNDBUF, SO_RCVBUF and what forces them."""
_SOCKET_FILTERS = (26, 50, 51, 52, 60, 73)
"""SO_ATTACH_FILTER and its like, and what holds more memory: SO_ZEROCOPY and SO_RESERVE_MEM."""
_FAMILIES = (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6)
_SOCKET_LEVELS = (socket.SOL_SOCKET, socket.IPPROTO_TCP, socket.IPPROTO_IPV6)
_TCP_OPTIONS = (1, 3, 4, 5, 6, 7, 8, 9, 10, 12, 18)
"""TCP_NODELAY and what else says when something is sent or given up."""
LONGEST_QUEUE = 128
"""How many connections may wait at a socket that listens; more than this is not asked for by default."""


@lru_cache
def seccomp_programs(alone: bool) -> tuple[bytes, ...]:
    """Return the filters of system calls; `alone` where no foreign process, file or socket is in view anyway.

    Raises ImportError, RuntimeError, OSError or KeyError where pyseccomp or libseccomp is missing or too old.
    """
    import pyseccomp as sc  # type: ignore[import-untyped]

    listed, within = sc.SyscallFilter(sc.ERRNO(ENOSYS)), sc.SyscallFilter(sc.ALLOW)
    low = 0xFFFFFFFF

    def number_of(name: str) -> int:
        number: int = sc.resolve_syscall(sc.Arch.NATIVE, name)
        return _NEWER.get(name, number) if number == -1 else number

    def deny(name: str, *arguments: object, answer: int = EPERM) -> None:
        if (number := number_of(name)) >= 0:
            within.add_rule(sc.ERRNO(answer), number, *arguments)

    def deny_each(name: str, position: int, values: Iterable[int], answer: int) -> None:
        for value in values:
            deny(name, sc.Arg(position, sc.MASKED_EQ, low, value), answer=answer)

    def deny_all_but(name: str, position: int, values: Sequence[int], *arguments: object) -> None:
        for value in set(range(max(values))) - {*values}:
            deny(name, *arguments, sc.Arg(position, sc.EQ, value))
        deny(name, *arguments, sc.Arg(position, sc.GT, int(max(values))))

    for number in filter(lambda one: one >= 0, map(number_of, _ALLOWED.split())):
        listed.add_rule(sc.ALLOW, number)
    for name, (position, kinds) in _ALLOWED_IN_PART.items():
        for kind in kinds:
            listed.add_rule(sc.ALLOW, number_of(name), sc.Arg(position, sc.MASKED_EQ, low, kind))
    for flag in (NEW_MOUNTS, NEW_CGROUP, NEW_UTS, NEW_IPC, NEW_USER, NEW_PIDS, NEW_NETWORK):
        deny("clone", sc.Arg(0, sc.MASKED_EQ, flag, flag))
    deny_each("ioctl", 1, _IOCTLS, EPERM)
    deny_each("prctl", 0, (_PR_SET_PDEATHSIG,), 0)
    deny("setrlimit", sc.Arg(0, sc.MASKED_EQ, low, resource.RLIMIT_CORE))
    deny("prlimit64", sc.Arg(1, sc.MASKED_EQ, low, resource.RLIMIT_CORE), sc.Arg(2, sc.NE, 0))
    for name in _FOR_ALL.split():
        deny(name, answer=0)
    for name in _ATTRIBUTES.split():
        deny(name, answer=EOPNOTSUPP)
    deny_each("fcntl", 1, _LOCKS, 0)
    for name in ("preadv2", "pwritev2"):  # RWF_NOWAIT tells which pages of a shared file somebody has read
        deny(name, sc.Arg(5, sc.NE, 0), answer=EOPNOTSUPP)
    deny("mmap", sc.Arg(3, sc.MASKED_EQ, _MAP_HUGETLB, _MAP_HUGETLB), answer=ENOMEM)
    # once written, such memory is held as long as one page of it is mapped, and counted only where it is mapped
    deny("mmap", sc.Arg(3, sc.MASKED_EQ, _MAP_TYPE_OR_ANONYMOUS, _MAP_SHARED_ANONYMOUS), answer=ENODEV)
    for option in (*_BUFFER_SIZES, *_SOCKET_FILTERS):
        answer = 0 if option in _BUFFER_SIZES else EPERM
        level, which = sc.Arg(1, sc.MASKED_EQ, low, socket.SOL_SOCKET), sc.Arg(2, sc.MASKED_EQ, low, option)
        deny("setsockopt", level, which, answer=answer)
    deny("listen", sc.Arg(1, sc.GT, LONGEST_QUEUE))
    for kind in range(16):  # of the others each message that waits has a buffer of its own
        if kind != socket.SOCK_STREAM:
            deny("socket", sc.Arg(1, sc.MASKED_EQ, 0xF, kind))
            deny("socketpair", sc.Arg(1, sc.MASKED_EQ, 0xF, kind))
    if alone:  # where connections lead nowhere else, and are TCP
        deny_all_but("socket", 0, _FAMILIES)
        deny_all_but("socket", 2, (0, socket.IPPROTO_TCP))
        deny_all_but("setsockopt", 1, _SOCKET_LEVELS)
        deny_all_but("setsockopt", 2, _TCP_OPTIONS, sc.Arg(1, sc.EQ, int(socket.IPPROTO_TCP)))
        deny_all_but("setsockopt", 2, (socket.IPV6_V6ONLY,), sc.Arg(1, sc.EQ, int(socket.IPPROTO_IPV6)))
    else:
        for name in _REACHING_OUT.split():
            deny(name)
        deny("prlimit64", sc.Arg(0, sc.NE, 0))
        for name in _CHANGING_FILES_OF_OTHERS.split():  # Landlock does not know these; copying goes on without modes
            deny(name, answer=0)
    return _exported(listed), _exported(within)


def _exported(rules: Any) -> bytes:
    reading, writing = os.pipe()
    with open(reading, "rb") as program:
        with open(writing, "wb") as export:
            rules.export_bpf(export)
        return program.read()


def seccomp(programs: Sequence[bytes]) -> None:
    """Have the kernel filter this process's system calls; the caller has set no_new_privs.

    The first one forbids to set another, so that the others are set before it.
    """
    for program in reversed(programs):
        code = ctypes.create_string_buffer(program, len(program))
        pointer = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code)))
        _prctl(_PR_SET_SECCOMP, 2, "seccomp", ctypes.addressof(pointer))


# --- root becomes a plain user ---------------------------------------------------------------------------------------


def lower(user: int, group: int, readable: Sequence[str]) -> None:
    """Become a plain user in a root that shows `readable` even where its parent directories are root's own.

    /proc and /dev are the old ones: bubblewrap, or what else draws the next border, needs them. A root that may not
    mount anything, as in many containers, becomes that user in the file system as it is.
    """
    shown = views(tuple(readable))

    def fill() -> None:
        os.mkdir("/tmp")
        _mount("tmpfs", "/tmp", "tmpfs", _NOSUID | _NODEV, "mode=1777")
        for source, target in shown:
            _show(f"/old{source}", target)
        _bind("/old/dev", "/dev")
        _bind("/old/proc", "/proc")

    try:
        new_namespaces(NEW_MOUNTS)
    except PermissionError:
        pass
    else:
        _enter_new_root(fill)
    os.setgroups([])
    os.setresgid(group, group, group)
    os.setresuid(user, user, user)


if __name__ == "__main__":
    end = sys.argv.index("--")
    if os.geteuid() == 0:
        lower(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:end])
    os.execvp(sys.argv[end + 1], sys.argv[end + 1 :])
