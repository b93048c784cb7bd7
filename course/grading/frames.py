"""Frames: length-prefixed JSON objects on a socket, the only thing that crosses the border of the sandbox."""

import base64
import json
import socket
import struct
from typing import Any

LENGTH = struct.Struct(">I")
LARGEST = 64 << 20
"""The most bytes that one frame may have."""


class BrokenFrame(ValueError):
    """What came is no frame: too long, no JSON, or no object."""


def packed(message: dict[str, Any]) -> bytes:
    """Return a message as the bytes of its frame."""
    body = json.dumps(message, separators=(",", ":")).encode()
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
    """Return how many bytes the body has after this head. Raise `BrokenFrame` if they are too many."""
    size: int = LENGTH.unpack(head)[0]
    if size > LARGEST:
        raise BrokenFrame(f"a frame of {size} bytes")
    return size


def message(body: bytes) -> dict[str, Any]:
    """Return the message of a frame's body. Raise `BrokenFrame` if it is no JSON object."""
    try:
        read = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BrokenFrame("a frame that is no JSON") from error
    if not isinstance(read, dict):
        raise BrokenFrame("a frame that is no JSON object")
    return read


def _exactly(connection: socket.socket, size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        chunk = connection.recv(min(size - len(data), 1 << 20))
        if not chunk:
            return None
        data += chunk
    return bytes(data)
