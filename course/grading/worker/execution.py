"""nbgrader's own `Execute`, with a confined process of the zygote in the place of a kernel.

Longer than 400 lines because the two sides of one conversation stand together: who asks, and what is let in.
"""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import nbformat
from nbclient.client import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbgrader.preprocessors import Execute as NbgraderExecute
from nbgrader.utils import is_grade

from ...bounds import LARGEST_FRAME, LARGEST_OUTPUT, MOST_MESSAGES
from ..sandbox import frames
from ..sandbox.borders import Limits
from ..sandbox.guardian import HELD_UP, INTERRUPT, LOOK, PATIENCE
from .losses import LIMITS, grade_id_of, limit_words
from .widgets import REGISTRY_MODULE, REGISTRY_NAME, OutputWidget
from .zygotes import Interruption, NothingStarts

if TYPE_CHECKING:
    from ..judging.sealed import Hearing

ASK_SECONDS = 30

NOTICE_SECONDS = 10
"""How long a guardian may take to answer."""

ENDING_SECONDS = 300
"""How long it may take, on a busy machine, until all that a process has used is free and its guardian says so."""

LOOK_SECONDS = 300
"""How long a check may take for one further look."""

READ_AT_ONCE = 1 << 18
"""Bytes: the messages of a whole cell mostly come together."""

TOO_MUCH = "it showed more output than is allowed"

ENDED = "NotebookEnded"
"""The type of the error that cells show which were not run, since the process was gone."""

EXPLORE = "explore"
"""The tag of cells that are for playing: they are left out in grading, unless all is to run."""


class Ended(DeadKernelError):  # type: ignore[misc]
    """The process that runs the cells is gone; the message says why."""


class Client:
    """What nbclient takes for a kernel's client and manager: cells go to a confined process, messages come back.

    What comes is counted before it is read, and there is one reply to each request. `busy` says whether the zygote is
    at something else, so that the process has to wait for its start, which may take `start_seconds`. The process finds
    what is in the tars `files`.
    """

    allow_stdin = False
    has_kernel = True

    def __init__(
        self,
        talk: socket.socket,
        watch: socket.socket,
        files: Sequence[bytes],
        busy: Callable[[], bool],
        start_seconds: float,
    ) -> None:
        with suppress(OSError):  # the reader finds out why
            frames.send_files(talk, files)
        talk.setblocking(False)
        self._talk, self._watch, self._busy, self._start_seconds = talk, watch, busy, start_seconds
        self._left = LARGEST_OUTPUT
        self._messages_left = MOST_MESSAGES
        self._replies: asyncio.Queue[Any] = asyncio.Queue()
        self._shown: asyncio.Queue[Any] = asyncio.Queue()
        self._reader: asyncio.Task[None] | None = None
        self._received = bytearray()
        self._said, self._questions = b"", 0
        self._asked = 0
        self._answered = 0
        self.shell_channel = SimpleNamespace(get_msg=self._reply)
        self.iopub_channel = SimpleNamespace(get_msg=self._message)
        self.leave_out = False
        self.looks: dict[str, Any] | None = None
        self.sealed = 0
        self.seen: Any = None
        self.limit: Any = None
        self.changed: dict[str, OutputWidget] = {}

    async def started(self) -> Any:
        """Return what the process says first, for which it has `start_seconds` once the zygote is not busy.

        Raises:
            NothingStarts: if it says nothing.
        """
        while True:
            was_busy = self._busy()
            try:
                return await self._next(self._replies, self._start_seconds)
            except Empty:
                if not was_busy:
                    raise NothingStarts("the process that starts notebooks does not start any") from None

    async def execute(self, source: str, **_: Any) -> str:
        """Have a cell run, or counted as run if it is to be left out; return the id of the request.

        With `looks`, its check hands over what it sees, which is then in `seen`. If an error of the cell's comes from a
        limit, `limit` says from which. Before it, the process hears what output widgets show that have `changed`.
        """
        self.seen = self.limit = None
        await self._tell_widgets()
        looks = {} if self.looks is None else {"looks": self.looks}
        self.sealed += bool(looks and not self.leave_out)
        return await self._ask({"skip": True} if self.leave_out else {"cell": source, **looks})

    async def look(self, look: dict[str, Any], of: int) -> Any:
        """Return what the check of a sealed cell, which are counted from 1, sees in a further look."""
        self.seen = None
        await self._ask({"look": look, "of": of - 1})
        await self._reply(LOOK_SECONDS)
        return self.seen

    async def ask(self, what: str) -> Any:
        """Return the `modules` that the process has imported, or the `folder` that it works in as a tar."""
        self._left += LARGEST_FRAME  # this answer is nothing that the notebook shows
        await self._ask({what: True})
        return (await self._reply(ASK_SECONDS))["content"][what]

    def is_alive(self) -> bool:
        """Return whether the process may still answer; how it ended comes with the next message."""
        return True

    def interrupt_kernel(self) -> None:
        """Interrupt the running cell; nothing happens if its process has ended meanwhile."""
        with suppress(OSError):
            self._watch.send(INTERRUPT)

    async def check_it_is_there(self) -> None:
        """Wait until it is known whether the process is there, if only its guardian knows that it has ended.

        Raises:
            Ended: if it is gone.
        """
        if await self._held_up() is None:
            with suppress(Empty):
                while True:  # what it has said before it ended
                    await self._next(self._replies, ENDING_SECONDS if self._said else NOTICE_SECONDS)

    async def _ask(self, request: dict[str, Any]) -> str:
        self._asked += 1
        await self._send(frames.packed(request))
        return str(self._asked)

    async def _tell_widgets(self) -> None:
        while self.changed:
            _, widget = self.changed.popitem()
            told = frames.packed({"comm": widget.told()})
            try:
                self.count(len(told))  # which is sent with all that it shows already
            except _TooMuch:
                raise Ended(TOO_MUCH) from None
            await self._send(told)

    async def _send(self, frame: bytes) -> None:
        with suppress(OSError):
            await asyncio.get_running_loop().sock_sendall(self._talk, frame)

    async def _reply(self, timeout: float | None = None) -> Any:
        """Return the next reply.

        Raises:
            Empty: if there is none after `timeout` seconds, not counting those in which the process got no processor.
        """
        if timeout is None:
            return await self._next(self._replies)
        asked, until = time.monotonic(), timeout
        while True:
            try:
                return await self._next(self._replies, until - (time.monotonic() - asked))
            except Empty:
                longer = timeout + min(await self._held_up() or 0.0, (PATIENCE - 1) * timeout)
                if longer < until + LOOK and self._replies.empty():  # else it has ended meanwhile
                    raise
                until = longer

    async def _held_up(self) -> float | None:
        """Return for how many seconds the process has had no processor although it could have computed.

        None if it has ended, or is only being started.
        """
        loop, held_up = asyncio.get_running_loop(), None
        self._questions += 1
        try:
            self._watch.setblocking(False)
            async with asyncio.timeout(NOTICE_SECONDS):
                await loop.sock_sendall(self._watch, HELD_UP)
                while self._questions:  # also those that were not answered in time
                    while b"\n" not in self._said and (said := await loop.sock_recv(self._watch, 1 << 16)):
                        self._said += said
                    answer, _, rest = self._said.partition(b"\n")
                    held_up = float(answer)
                    self._said, self._questions = rest, self._questions - 1
        except (OSError, ValueError, TimeoutError):
            return None
        return held_up

    async def _message(self, timeout: float | None = None) -> Any:
        return await self._next(self._shown, timeout)

    async def _next(self, queue: asyncio.Queue[Any], timeout: float | None = None) -> Any:
        if self._reader is None:
            self._reader = asyncio.ensure_future(self._read())
        try:
            async with asyncio.timeout(timeout):
                message = await queue.get()
        except TimeoutError:
            raise Empty from None
        if isinstance(message, Exception):
            queue.put_nowait(message)
            raise message
        return message

    async def _read(self) -> None:
        """Sort what comes into replies and messages until it ends."""
        try:
            while True:
                head = await self._exactly(frames.LENGTH.size)
                size = frames.length(head)
                self.count(size)
                text = (await self._exactly(size)).decode("utf-8", "replace")
                heavy = frames.weight(text)
                self.count(heavy - size)
                self._take(frames.parsed(text, weighed=heavy), size)
        except (OSError, EOFError, frames.BrokenFrame, _TooMuch) as problem:
            self._watch.setblocking(True)
            ended = self._ending(problem)
            for queue in (self._replies, self._shown):
                queue.put_nowait(ended)

    def count(self, size: int) -> None:
        """Count bytes against what a notebook may show. Raise `_TooMuch` if that is all used up."""
        self._left -= size
        if self._left < 0:
            raise _TooMuch

    async def _exactly(self, size: int) -> bytes:
        while len(self._received) < size:
            chunk = await asyncio.get_running_loop().sock_recv(self._talk, READ_AT_ONCE)
            if not chunk:
                raise EOFError
            self._received += chunk
        data = bytes(self._received[:size])
        del self._received[:size]
        return data

    def _take(self, frame: dict[str, Any], size: int) -> None:
        kind, content = frame.get("type"), frame.get("content")
        if not isinstance(kind, str) or not isinstance(content, dict):
            raise frames.BrokenFrame("a frame without type and content")
        message = {"msg_type": kind, "header": {"msg_type": kind}, "content": content, "metadata": {}, "buffers": []}
        if kind in ("ready", "reply"):
            if self._answered > self._asked or (kind == "ready") != (self._answered == 0):
                raise frames.BrokenFrame("an answer that nobody has asked for")
            request = {"msg_id": str(self._answered)}
            self._answered += 1
            self.seen, self.limit = content.pop("seen", None), content.pop("limit", None)
            idle = {**message, "msg_type": "status", "content": {"execution_state": "idle"}}
            self._shown.put_nowait({**idle, "parent_header": request})
            self._replies.put_nowait({**message, "parent_header": request})
            return
        self._messages_left -= 1
        if self._messages_left < 0:
            raise _TooMuch
        buffers = [frames.unwrapped(buffer) for buffer in frame.get("buffers") or ()]
        if not _fit_to_show(kind, content):
            raise frames.BrokenFrame(f"a {kind} that is none")
        parent = {"msg_id": str(self._answered)}
        self._shown.put_nowait({**message, "buffers": buffers, "parent_header": parent, "size": size})

    def _ending(self, problem: Exception) -> Exception:
        """Return why the process is gone, after seeing to it that it is."""
        if not isinstance(problem, EOFError | OSError):
            self._watch.close()
            too_much = isinstance(problem, _TooMuch | frames.TooLarge)
            return Ended(TOO_MUCH if too_much else "it broke the connection to the grader")
        report = ending(self._watch, self._said)
        if report is None:
            return Interruption("the process that starts notebooks was lost")
        return Ended(report) if self._answered else Interruption(f"the sandbox did not start: {report}")


def _fit_to_show(kind: str, content: dict[str, Any]) -> bool:
    """Return whether an output can stand in a notebook."""
    match kind:
        case "stream":
            return content.get("name") in ("stdout", "stderr") and isinstance(content.get("text"), str)
        case "error":
            lines = content.get("traceback")
            texts = [content.get("ename"), content.get("evalue"), *(lines if isinstance(lines, list) else [None])]
            return all(isinstance(text, str) for text in texts)
        case "display_data" | "update_display_data" | "execute_result":
            data, metadata = content.get("data"), content.get("metadata", {})
            return (
                isinstance(data, dict)
                and isinstance(metadata, dict)
                and _is_count(content.get("execution_count"))
                and all(isinstance(value, str) or mime.endswith("json") for mime, value in data.items())
            )
        case "execute_input":
            return _is_count(content.get("execution_count"))
    return True


def _is_count(count: Any) -> bool:
    return count is None or (type(count) is int and count >= 0)


class _TooMuch(Exception):
    """More output than is allowed."""


def ending(watch: socket.socket, said: bytes = b"") -> str | None:
    """Return in words how a confined process ended, or None if its guardian was lost before it could say.

    `said` is what the guardian has said so far.
    """
    watch.settimeout(ENDING_SECONDS)
    try:
        while chunk := watch.recv(1 << 16):
            said += chunk
        report = json.loads(said.splitlines()[-1])
    except (OSError, ValueError, IndexError):
        return None
    match report:
        case {"ended": "exit", "status": status}:
            return f"the code ended the process (exit status {status})"
        case {"ended": "signal", "status": status, "why": why}:
            return f"the process crashed ({why or f'signal {status}'})"
        case {"ended": _, "why": why}:
            return str(why)
    return None


@dataclass
class NotebookRun:
    """One run of a notebook's cells: what is wanted, and what came of it.

    With `full`, cells for exploring run too. `hearing` gives what the judge asks of a graded cell's check, by its
    grade_id; None if it calls none. `ask` is all that the process is asked at the end; see `Client.ask`.
    """

    confined: Callable[[], Client]
    limits: Limits
    full: bool = False
    hearing: Callable[[str | None], Hearing | None] = lambda grade_id: None
    ask: Collection[str] = ()

    hearings: dict[str, Hearing] = field(default_factory=dict)
    """Those that were held to their end, by cell."""

    limits_met: dict[str, str] = field(default_factory=dict)
    """The limits that were met, in words and by cell."""

    ended: str | None = None
    """What ended the process before its time."""

    asked: dict[str, Any] = field(default_factory=dict)
    """What it has answered at the end."""


class Execute(NbgraderExecute):  # type: ignore[misc]
    """nbgrader's `Execute` on a confined process, as `resources["run"]`, a `NotebookRun`, has it.

    Where the process has ended before its time every code cell from there on shows an error, since nbgrader gives full
    points to one that shows nothing.
    """

    def preprocess(self, nb: Any, resources: Any, km: Any = None) -> tuple[Any, Any]:
        """Run all cells of the notebook."""
        NotebookClient.__init__(self, nb, km)  # as ExecutePreprocessor.preprocess does
        self.widget_registry = {REGISTRY_MODULE: {REGISTRY_NAME: OutputWidget}}
        self.reset_execution_trackers()
        self._check_assign_resources(resources)
        run: NotebookRun = resources["run"]
        run.ended = asyncio.run(self._run_notebook(run))
        return nb, resources

    async def _run_notebook(self, run: NotebookRun) -> str | None:
        self.km = self.kc = client = run.confined()
        ended, explaining = None, list[tuple[Any, dict[str, Any], int]]()
        try:
            match (await client.started())["content"]:
                case {"language_info": {"name": str()} as language}:
                    self.nb.metadata["language_info"] = language
                case _:
                    ended = "it did not begin as a kernel does"
        except Ended as why:
            ended = str(why)
        for index, cell in enumerate(self.nb.cells):
            if ended is None:
                client.leave_out = not run.full and EXPLORE in _tags(cell) and not is_grade(cell)
                grade_id = grade_id_of(cell)
                hearing = run.hearing(grade_id)
                client.looks = hearing.looks if hearing else None
                ended = await self._why_ended(cell, index, client)
                if client.limit in LIMITS:
                    self._met(limit_words(client.limit, run.limits), cell)
                if hearing and ended is None:
                    run.hearings[grade_id] = hearing
                    look, ended = await _looked_further(hearing, client)
                    if look is not None:
                        explaining.append((hearing, look, client.sealed))
            if ended is not None and cell.cell_type == "code":
                _not_run(cell, ended)
        for widget in self.comm_objects.values():
            with suppress(Exception):  # such as a forged one's
                widget.told()
        self.set_widgets_metadata()
        if ended is None:
            try:
                for what in run.ask:
                    asked = await client.ask(what)
                    run.asked[what] = frames.unwrapped(asked) if what == "folder" else asked
            except (Ended, Empty, KeyError, frames.BrokenFrame):
                ended = "it did not answer when all its cells had run"
        if ended is None:
            with suppress(Ended, Empty):  # which costs no more than the explanations
                for hearing, look, of in explaining:
                    hearing.next_look(await client.look(look, of))
        return ended

    def _update_display_id(self, display_id: str, msg: Any) -> None:
        """Let an output take the place of all that have its id, and count it for each: it is written as often."""
        shown = sum(map(len, self._display_id_map.get(display_id, {}).values()))
        try:
            self.kc.count(shown * msg["size"])
        except _TooMuch:
            raise Ended(TOO_MUCH) from None
        super()._update_display_id(display_id, msg)

    async def _async_handle_timeout(self, timeout: int, cell: Any = None) -> Any:
        """Note that a cell's time is up, and do what nbclient does then."""
        self._met(f"the limit of {timeout} seconds for a cell (c.Execute.timeout)", cell)
        return await super()._async_handle_timeout(timeout, cell)

    def _met(self, limit: str, cell: Any) -> None:
        place = next(number for number, one in enumerate(self.nb.cells, start=1) if one is cell)
        self.resources["run"].limits_met[grade_id_of(cell) or str(place)] = limit

    async def _why_ended(self, cell: Any, index: int, client: Client) -> str | None:
        """Run a cell; return None, or what ended the process meanwhile."""
        try:
            try:
                await self.async_execute_cell(cell, index, store_history=True)
            except CellTimeoutError:
                await client.check_it_is_there()
                return "a cell did not stop when its time was up"
        except Ended as why:
            return str(why)
        except (
            LookupError,
            TypeError,
            AttributeError,
            ValueError,
            AssertionError,
        ) as problem:  # a forged message that nbclient takes
            return f"it sent what is no message of a kernel ({type(problem).__name__})"
        return None


async def _looked_further(hearing: Any, client: Client) -> tuple[dict[str, Any] | None, str | None]:
    """Let the judge see all that it judges by; return the look that only explains, and what ended the process."""
    look = hearing.next_look(client.seen)
    try:
        while look is not None and not hearing.judged:
            try:
                look = hearing.next_look(await client.look(look, client.sealed))
            except Empty:
                await client.check_it_is_there()
                return None, "a check did not end"
    except Ended as why:
        return None, str(why)
    return look, None


def _tags(cell: Any) -> list[Any]:
    tags = cell.metadata.get("tags", [])
    return tags if isinstance(tags, list) else []


def _not_run(cell: Any, ended: str) -> None:
    said = f"Not graded: {ended}."
    error = nbformat.v4.new_output("error", ename=ENDED, evalue=said, traceback=[said])
    cell.outputs = [*(cell.outputs or []), error]
