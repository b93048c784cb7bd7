"""Cells that try to read, reach or change what is not theirs, and show whatever they find."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

MARK = re.compile(r"MARK-[a-z]+-[0-9a-f]{16}")
PLACES = ("gradebook", "source", "classmate", "home", "environment")
REACHED = "REACHED"
"""What a cell shows that could talk to somebody outside."""

STARTED = "STARTED-BY-SOMEBODY-ELSE"
"""What a startup file shows if it is run."""

READ = r"""
import gc, glob, os, re, sqlite3, subprocess
MARK = re.compile(rb"MARK-[a-z]+-[0-9a-f]{16}")
tried, found = 0, set()

def attempt(how, *given):
    global tried
    tried += 1
    try:
        data = how(*given)
    except BaseException:
        return
    found.update(MARK.findall(data if isinstance(data, bytes) else repr(data).encode()))

def contents(path):
    with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:  # somebody else's pipe is not waited for
        return file.read(2**24)

def by_link(path):
    os.symlink(path, "link")
    try:
        return contents("link")
    finally:
        os.unlink("link")

def by_hard_link(path):
    os.link(path, "hard")
    try:
        return contents("hard")
    finally:
        os.unlink("hard")

def memory(process):
    data = b""
    with open(f"/proc/{process}/maps") as maps, open(f"/proc/{process}/mem", "rb") as memory:
        for line in maps:
            start, end = (int(number, 16) for number in line.split()[0].split("-"))
            if line.split()[1].startswith("rw") and end - start < 2**26:
                memory.seek(start)
                data += b" ".join(MARK.findall(memory.read(end - start)))
    return data

def everything_under(folder):
    data = b""
    for number, (path, folders, files) in enumerate(os.walk(folder)):
        if number > 100:
            break
        for name in files:
            if name.endswith((".db", ".ipynb", ".txt", ".json", ".py")):
                try:
                    data += b" ".join(MARK.findall(contents(os.path.join(path, name))))
                except OSError:
                    pass
    return data

for path in PATHS:
    for prefix in ("", "/proc/1/root", f"/proc/{os.getppid()}/root", "/proc/self/root", "/oldroot", "/host"):
        attempt(contents, prefix + path)
    attempt(by_link, path)
    attempt(by_hard_link, path)
    attempt(subprocess.check_output, ["/bin/cat", path])
    attempt(lambda: list(sqlite3.connect(f"file:{path}?mode=ro", uri=True).iterdump()))
for up in range(1, 8):
    for path in PATHS:
        attempt(contents, "../" * up + path.lstrip("/"))
        attempt(contents, "../" * up + os.path.basename(path))
for folder in (ROOT, HOME, os.path.expanduser("~"), "/tmp", "..", "../..", "../../.."):
    attempt(everything_under, folder)
attempt(lambda: dict(os.environ))
print(f"tried {tried} ways")
print(b" ".join(sorted(found)).decode())
"""

READ_PROCESSES = r"""
alone = os.getpid() == 1  # where it is not, other people's processes are none of a test's business
for process in [name for name in os.listdir("/proc") if name.isdigit()] if alone else ["self", str(os.getppid())]:
    attempt(contents, f"/proc/{process}/environ")
    attempt(contents, f"/proc/{process}/cmdline")
    attempt(memory, process)
    for descriptor in glob.glob(f"/proc/{process}/fd/*"):
        if os.path.isfile(descriptor):
            attempt(contents, descriptor)
attempt(memory, "self")
for descriptor in range(3, 100):
    attempt(os.pread, descriptor, 2**24, 0)
print(b" ".join(sorted(found)).decode())
"""

REACH = r"""
import socket, time
def attempt(family, kind, address):
    try:
        with socket.socket(family, kind) as reaching:
            reaching.settimeout(0.3)
            reaching.connect(address)
            reaching.send(b"hello")
        return True
    except OSError:
        return False
for address in ADDRESSES:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        if attempt(socket.AF_UNIX if isinstance(address, (str, bytes)) else socket.AF_INET, kind, address):
            if kind == socket.SOCK_STREAM or isinstance(address, (str, bytes)):
                print("REACHED", address)
"""

CHANGE = r"""
import os, shutil, sqlite3
def attempt(how, *given):
    try:
        how(*given)
    except BaseException:
        pass
def written(path):
    with open(path, "a") as file:
        file.write("changed")
def regraded(path):
    with sqlite3.connect(path, timeout=0.1) as grades:
        grades.execute("UPDATE grade SET manual_score = 1000")
for path in PATHS:
    for prefix in ("", "/proc/1/root"):
        for how in (regraded, written, os.remove):
            attempt(how, prefix + path)
attempt(shutil.rmtree, ROOT)
attempt(written, ROOT + "/left-behind")
attempt(written, HOME + "/left-behind")
"""

START = r"""
import os
home = os.path.expanduser("~")
for name in (
    ".ipython/profile_default/startup/00-mine.py", ".ipython/profile_default/ipython_config.py", ".pythonrc.py",
    ".ipython/profile_default/startup/00-mine.ipy", ".jupyter/jupyter_config.py", ".bashrc", ".profile",
    ".local/lib/python3.11/site-packages/usercustomize.py", ".local/lib/python3.11/site-packages/mine.pth",
):
    os.makedirs(os.path.dirname(os.path.join(home, name)), exist_ok=True)
    with open(os.path.join(home, name), "w") as file:
        file.write("import sys; print(*['STARTED-BY-SOMEBODY-ELSE'] * 2, file=sys.stderr)\n")
"""


@dataclass(frozen=True)
class Secrets:
    """What nobody may learn, by the place where it is kept."""

    marks: Mapping[str, str] = field(
        default_factory=lambda: {place: f"MARK-{place}-{secrets.token_hex(8)}" for place in PLACES}
    )

    def __getitem__(self, place: str) -> str:
        return self.marks[place]


def reading(root: Path, home: Path, paths: list[Path]) -> str:
    """Return a cell that looks for secrets in these files, in their folders and in its environment."""
    return f"PATHS = {list(map(str, paths))!r}\nROOT, HOME = {str(root)!r}, {str(home)!r}\n{READ}"


def reaching(addresses: list[object]) -> str:
    """Return a cell that tries to talk to these addresses."""
    return f"ADDRESSES = {addresses!r}\n{REACH}"


def changing(root: Path, home: Path, paths: list[Path]) -> str:
    """Return a cell that tries to change these files and to leave others behind."""
    return f"PATHS = {list(map(str, paths))!r}\nROOT, HOME = {str(root)!r}, {str(home)!r}\n{CHANGE}"
