"""Frames: length-prefixed JSON objects on a socket, the only thing that crosses the border of the sandbox."""

import base64
import io
import json
import re
import socket
import struct
import tarfile
from collections.abc import Iterator, Sequence
from typing import Any

from ...bounds import DEEPEST_JSON, LARGEST_FRAME

LENGTH = struct.Struct(">I")
HALF_A_PAIR = re.compile(r"\\u[dD][89a-fA-F]")
STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)

PART = 64
"""Bytes that a list, an object or an entry of one takes at least in memory, and so does each line of a text."""


class BrokenFrame(ValueError):
    """What came is no frame: no JSON, or no object."""


class TooLarge(BrokenFrame):
    """What came is larger than it may be; the message says by how much."""


def packed(message: dict[str, Any]) -> bytes:
    """Return a message as the bytes of its frame."""
    return framed(json.dumps(message, separators=(",", ":")).encode())


def framed(body: bytes) -> bytes:
    """Return the frame of a message that is JSON already."""
    return LENGTH.pack(len(body)) + body


def wrapped(data: bytes) -> str:
    """Return bytes as they stand inside a message."""
    return base64.b64encode(data).decode()


def unwrapped(text: str) -> bytes:
    """Return the bytes that `wrapped` made a string of. Raise `BrokenFrame` if it is none."""
    try:
        return base64.b64decode(text, validate=True)
    except (TypeError, ValueError) as error:
        raise BrokenFrame("bytes that are no base64") from error


def send(connection: socket.socket, message: dict[str, Any]) -> None:
    """Send one frame."""
    connection.sendall(packed(message))


def receive(connection: socket.socket) -> dict[str, Any] | None:
    """Return the next frame's message, or None if the other side has closed.

    Raises:
        BrokenFrame: if what comes is no frame.
    """
    head = _exactly(connection, LENGTH.size)
    if head is None:
        return None
    body = _exactly(connection, length(head))
    return None if body is None else message(body)


def length(head: bytes) -> int:
    """Return how many bytes the body has after this head. Raise `TooLarge` if they are too many."""
    size: int = LENGTH.unpack(head)[0]
    if size > LARGEST_FRAME:
        raise TooLarge(f"a frame of {size} bytes")
    return size


def message(body: bytes) -> dict[str, Any]:
    """Return the message of a frame's body. Raise `BrokenFrame` if it is no JSON object that can be written again."""
    return parsed(body.decode("utf-8", "replace"))


def weight(text: str, unless_below: int = 0) -> int:
    """Return about how many bytes JSON takes when it is read, and written by lines: `[[],[],...` 30 times its length.

    It is found without reading it, and is only known to be less where it is below `unless_below`.
    """
    lines = len(text) + PART * text.count(r"\n")
    most = lines + PART * sum(map(text.count, "[{,"))
    if most < max(unless_below, 1.1 * len(text)):
        return most
    return lines + PART * sum(map(STRING.sub("", text).count, "[{,"))


def parsed(text: str, heaviest: int = LARGEST_FRAME, weighed: int | None = None) -> dict[str, Any]:
    """Return a JSON object that somebody else has written, without halves of surrogate pairs, which no file takes.

    It may have been `weighed` already.

    Raises:
        TooLarge: if its weight is more than `heaviest`.
        BrokenFrame: if it is none, or nested too deeply to be copied.
    """
    heavy = weight(text, heaviest) if weighed is None else weighed
    if heavy > heaviest:
        raise TooLarge(f"it takes about {heavy >> 20} MB of memory; expected at most {heaviest >> 20}")
    try:
        read = json.loads(text)
        if HALF_A_PAIR.search(text):
            read = json.loads(json.dumps(read, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise BrokenFrame("no JSON" if isinstance(error, ValueError) else "JSON that is nested too deeply") from error
    if not isinstance(read, dict):
        raise BrokenFrame("no JSON object")
    if _deeper(read, DEEPEST_JSON):
        raise BrokenFrame("JSON that is nested too deeply")
    return read


def _deeper(value: Any, most: int) -> bool:
    """Return whether dicts and lists are nested in each other more than `most` times."""
    level = [value]
    for _ in range(most):
        inside = [child for one in level for child in (one.values() if isinstance(one, dict) else one)]
        level = [child for child in inside if isinstance(child, dict | list)]
        if not level:
            return False
    return True


def send_files(connection: socket.socket, tars: Sequence[bytes]) -> None:
    """Send tars of any size: a frame that says how long they are, and then their bytes."""
    send(connection, {"files": list(map(len, tars))})
    for tar in tars:
        connection.sendall(tar)


def files(connection: socket.socket) -> Iterator[tarfile.TarFile]:
    """Yield the tars that `send_files` has sent, each to be read once, from its begin to its end.

    Raises:
        EOFError: if the other side has closed.
    """
    begin = receive(connection)
    if begin is None:
        raise EOFError
    for size in begin["files"]:
        coming = _Coming(connection, size)
        if size:
            with tarfile.open(fileobj=coming, mode="r|") as tar:
                yield tar
        while coming.read(1 << 20):
            pass


class _Coming(io.RawIOBase):
    """The next `size` bytes of a connection, as a file that can only be read on."""

    def __init__(self, connection: socket.socket, size: int) -> None:
        self._connection, self._left = connection, size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = self._connection.recv_into(buffer, min(len(buffer), self._left)) if self._left else 0
        self._left -= size
        return size


def _exactly(connection: socket.socket, size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        chunk = connection.recv(min(size - len(data), 1 << 20))
        if not chunk:
            return None
        data += chunk
    return bytes(data)
