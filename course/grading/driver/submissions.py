"""Read what a student handed in, trusting nothing: regular files only, bounded in number and size."""

import fnmatch
import hashlib
import io
import os
import stat
import tarfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import nsmallest
from pathlib import Path, PurePosixPath

from nbgrader.utils import parse_utc

from ...bounds import DEEPEST_FOLDER, LARGEST_FILES, LARGEST_NOTEBOOK, MOST_ENTRIES
from ...kept_verdicts import SUFFIX
from ...quoting import quoted
from ..worker.untrusted import Unreadable, few
from .records import RECORD
from .roster import listed, nearest

TIMESTAMP = "timestamp.txt"
LONGEST_TIME = 200
MOST_COMPARED = 50
"""So many names of strange notebooks are compared with one that is not there."""


@dataclass(frozen=True)
class Submission:
    """A submission as it was read: notebooks and other files by their path in it; `remarks` say what was left out.

    `strange` are the notebooks that the assignment does not have.
    """

    student: str
    notebooks: dict[str, bytes]
    files: dict[str, bytes]
    remarks: tuple[str, ...]
    strange: tuple[str, ...] = ()

    def lacks(self, wanted: Collection[str]) -> Iterator[str]:
        """Yield which of the `wanted` notebooks are not there, and what is there instead."""
        for notebook in wanted:
            if notebook not in self.notebooks:
                name = f"{notebook}.ipynb"
                near = nearest(name, self.strange[:MOST_COMPARED])
                yield f"it has no {name}" + (f"; there is {quoted(near, 80)}, which may be meant" if near else "")

    def what_is_there(self) -> str:
        """Return in words what was handed in."""
        there = [*self.strange, *self.notebooks, *self.files]
        return f"there is {listed(there)}" if there else "its folder is empty"

    @cached_property
    def digest(self) -> str:
        """What tells this submission from a later one."""
        digest = hashlib.sha256()
        notebooks = {f"{name}.ipynb": content for name, content in self.notebooks.items()}
        for name, content in sorted({**notebooks, **self.files}.items()):
            digest.update(f"{name!r} {len(content)}\n".encode(errors="surrogateescape"))
            digest.update(content)
        return digest.hexdigest()

    def fitting(self, released: bytes) -> "Submission":
        """Return the submission without files in whose place the release has a folder, or the other way round."""
        with tarfile.open(fileobj=io.BytesIO(released)) as theirs:
            files = set(theirs.getnames())
        folders = {str(above) for name in files for above in PurePosixPath(name).parents}
        wrong = [
            name
            for name in self.files
            if name in folders or any(str(above) in files for above in PurePosixPath(name).parents)
        ]
        kept = {name: content for name, content in self.files.items() if name not in wrong}
        remarks = few(
            f"{quoted(name, 160)} is in the way of a file of the assignment; it was left out" for name in wrong
        )
        return replace(self, files=kept, remarks=(*self.remarks, *remarks)) if wrong else self

    def with_files(self, released: bytes, kept: Sequence[str]) -> bytes:
        """Return a tar of the submission's files; those that were released too are the released ones but for `kept`."""
        if not self.files and not kept:
            return released
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w") as tar, tarfile.open(fileobj=io.BytesIO(released)) as theirs:
            ours = {member.name: member for member in theirs if member.name not in kept}
            for name, content in self.files.items():
                if name not in ours:
                    member = tarfile.TarInfo(name)
                    member.size, member.mode = len(content), 0o644
                    tar.addfile(member, io.BytesIO(content))
            for member in ours.values():
                tar.addfile(member, theirs.extractfile(member))
        return buffer.getvalue()


def read_submission(
    student: str,
    folder: Path,
    root: Path,
    ignored: Sequence[str],
    size_limit: int,
    wanted: Collection[str],
    given: Collection[str] = (),
) -> Submission:
    """Return what lies in a submission's folder, which lies in `root` with all others.

    Of notebooks the `wanted` ones are read. Links, devices and too much of anything are left out and remarked; files of
    the names `given` without a word, since the assignment's own take their place.

    Raises:
        Unreadable: if it is no folder, or a notebook is too large or no regular file.
    """
    between = [place for place in (folder, *folder.parents) if place.is_relative_to(root) and place != root]
    if any(place.is_symlink() for place in between):
        raise Unreadable("its folder is a link to another place")
    if not folder.is_dir():
        raise Unreadable("it is no folder")
    notebooks: dict[str, bytes] = {}
    files: dict[str, bytes] = {}
    remarks: list[str] = []
    strange: list[str] = []
    left = limit = min(size_limit, LARGEST_FILES)
    for name, found in _walk(folder, ignored, remarks):
        is_notebook = name.endswith(".ipynb") and name.removesuffix(".ipynb") in wanted
        size = found.stat(follow_symlinks=False).st_size
        if not found.is_file(follow_symlinks=False):
            what = "a link" if found.is_symlink() else "no regular file"
            if is_notebook:
                raise Unreadable(f"{quoted(name, 160)} is {what}")
            remarks.append(f"{quoted(name, 160)} is {what}; it was left out")
        elif is_notebook:
            if size > LARGEST_NOTEBOOK:
                raise Unreadable(
                    f"{quoted(name, 160)} has {size >> 20} MB; at most {LARGEST_NOTEBOOK >> 20} MB are graded"
                )
            notebooks[name.removesuffix(".ipynb")] = _content(found, size)
        elif name.endswith(".ipynb"):
            strange.append(name)
        elif name not in given:
            left -= size
            if left >= 0:
                files[name] = _content(found, size)
            elif left + size >= 0:  # the first that is too much
                said = " (c.Sandbox.disk, without the assignment's own)" if limit == size_limit else ""
                remarks.append(
                    f"its files have more than {limit >> 20} MB{said}; {quoted(name, 160)} and others were left out"
                )
    _check_time(files, remarks)
    return Submission(student, notebooks, files, few(remarks), tuple(strange))


def _walk(folder: Path, ignored: Sequence[str], remarks: list[str]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield everything in a folder that is no folder, by its path from there, in order."""
    waiting, seen = [("", str(folder))], 0
    while waiting:
        prefix, place = waiting.pop()
        with os.scandir(place) as found:
            entries = nsmallest(MOST_ENTRIES + 1 - seen, found, key=lambda entry: entry.name)
        for entry in entries:
            seen += 1
            if seen > MOST_ENTRIES:
                remarks.append(f"it has more than {MOST_ENTRIES} files and folders; the others were left out")
                return
            name = prefix + entry.name
            if _is_ours(name) or any(fnmatch.fnmatch(entry.name, pattern) for pattern in ignored):
                continue
            if not entry.is_dir(follow_symlinks=False):
                yield name, entry
            elif name.count("/") >= DEEPEST_FOLDER:
                remarks.append(f"its folders are more than {DEEPEST_FOLDER} deep; the deepest were left out")
            else:
                waiting.append((f"{name}/", entry.path))


def _is_ours(name: str) -> bool:
    """Tell whether a file has the name of what grading itself puts beside a graded notebook."""
    return name == RECORD or ("/" not in name and name.endswith(SUFFIX))


def _content(found: os.DirEntry[str], size: int) -> bytes:
    descriptor = os.open(found.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Unreadable(f"{quoted(found.name, 160)} is no regular file")
        return file.read(size)


def _check_time(files: dict[str, bytes], remarks: list[str]) -> None:
    """Leave out a timestamp that is none."""
    if TIMESTAMP in files:
        try:
            if len(files[TIMESTAMP]) > LONGEST_TIME:
                raise ValueError("no time is written with so many signs")
            written = files[TIMESTAMP].decode().strip()
            if written:
                parse_utc(written)
        except (ValueError, OverflowError, TypeError):
            del files[TIMESTAMP]
            remarks.append(f"its {TIMESTAMP} holds no time, so nobody knows whether it was late")
