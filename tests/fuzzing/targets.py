"""What reads a stranger's bytes, each with what is fed to it and what may come out."""

from __future__ import annotations

import json
import socket
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import nbformat
import numpy as np
from hypothesis import strategies as st

from checks.attempt_log import FILE
from checks.judging.verdict import Verdict
from checks.observing.looking import Sight
from checks.observing.observation import Note, Observation, Problem, Trouble
from checks.observing.quantity import Quantity
from checks.observing.wire import NotAnObservation, as_wire, from_wire
from checks.softmax_and_nll import CHECKS
from course.grading.driver.run import _text
from course.grading.judging.sealed import Hearing, Unjudged
from course.grading.sandbox import frames
from course.grading.worker import pipeline
from course.grading.worker.execution import ending
from course.grading.worker.untrusted import Unreadable
from course.kept_verdicts import KeptVerdict, UnusableVerdicts, read_verdicts
from course.report.attempt_logs import Attempts
from tests.fuzzing.assignment import NAME, SOURCE, Impostor, assignment, notebook
from tests.fuzzing.given import ANYTHING, WORDS, frame, interrupted, nearly, nearly_text
from tests.fuzzing.pages import CHROMIUM, page_of, unsafe

MOST_MEMORY = 64 << 20
"""Bytes that any of these small inputs may take: far more than they need, and less than a size that one claims."""


@dataclass(frozen=True)
class Target:
    """A reader of bytes: what it is given, and what it does with that, which raises nothing if all is well.

    `found` are inputs that this was not so with.
    """

    given: st.SearchStrategy[Any]
    reads: Callable[[Any], None]
    examples: int
    found: tuple[Any, ...] = ()


@contextmanager
def bounded_memory() -> Iterator[None]:
    """Fail if what is done takes more memory than `MOST_MEMORY`."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()


# --- frames and the wire ---------------------------------------------------------------------------------------

OBSERVATION = as_wire(
    Observation(
        {Quantity("y", 1, aspect="at 0", neurons=(3,)): np.arange(6.0).reshape(2, 3)},
        (Problem(Trouble.RAISED, "It raises.", line=3),),
        (Note("kind", "A note."),),
    )
)
REPLY = {"type": "reply", "content": {"status": "ok", "seen": {"check": "sigmoid", "seen": [OBSERVATION]}}}


def _message(body: bytes) -> None:
    with bounded_memory(), suppress(frames.BrokenFrame):
        read = frames.message(body)
        assert isinstance(read, dict)
        frames.packed(read)[frames.LENGTH.size :].decode().encode()


def _stream(sent: list[bytes]) -> None:
    ours, theirs = socket.socketpair()
    with ours, bounded_memory(), suppress(frames.BrokenFrame):
        with theirs:
            theirs.sendall(b"".join(sent))
        while frames.receive(ours) is not None:
            pass


def _observation(sent: Any) -> None:
    with bounded_memory(), suppress(NotAnObservation):
        assert isinstance(from_wire(sent), Observation)


def _last_words(said: bytes) -> None:
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            theirs.sendall(said)
        assert isinstance(ending(ours), str | None)


# --- what a check is said to have seen ---------------------------------------------------------------------------


def _right(z: Any) -> Any:
    return 0.5 * (1 + np.tanh(z / 2))


def _wrong(z: Any) -> Any:
    return np.exp(z) / (1 + np.exp(-z))


@cache
def _seen(seed: int) -> list[Any]:
    check = CHECKS["sigmoid"]
    look = check.first_look(seed)
    return [[as_wire(one) for one in Sight(check, subject).at(look)] for subject in (_right, _wrong, None)]


HONEST = _seen(0)


def _hear(sent: list[Any]) -> None:
    hearing = Hearing({"sigmoid": CHECKS["sigmoid"]}, "", personal=False)
    for one in sent:
        if hearing.next_look(one) is None:
            break
    with suppress(Unjudged):
        assert isinstance(hearing.verdict, Verdict)


# --- a whole submission ------------------------------------------------------------------------------------------

READY = {"type": "ready", "content": {"language_info": {"name": "python"}}}
MODEL = {"_model_module": "a", "_model_name": "b"}
SHOWN = [
    {"type": "stream", "content": {"name": "stdout", "text": "printed"}},
    {"type": "execute_result", "content": {"data": {"text/plain": "4.0"}, "metadata": {}, "execution_count": 1}},
    {"type": "display_data", "content": {"data": {"text/html": "<b>a</b>"}, "metadata": {}, "transient": {}}},
    {"type": "error", "content": {"ename": "ValueError", "evalue": "no", "traceback": ["no"]}},
    {"type": "clear_output", "content": {"wait": True}},
    {"type": "comm_open", "content": {"comm_id": "a", "target_name": "jupyter.widget", "data": {"state": MODEL}}},
    {"type": "status", "content": {"execution_state": "idle"}},
]
DONE = {"type": "reply", "content": {"status": "ok", "execution_count": 1}}
UNCOUNTED = {"type": "execute_result", "content": {"data": {}, "metadata": {}, "execution_count": []}}
TALK = [[READY], *([shown, DONE] for shown in SHOWN[:2]), [*SHOWN[2:], REPLY], *[[DONE]] * 4]
"""What an honest process answers, request by request."""

REPORT = {"ended": "exit", "status": 1, "peak": 0, "cpu": 0.0, "why": ""}
GRADED = {"text", "remarks", "ended", "verdicts", "limits_met", "notes", "errors"}


@cache
def _assignment() -> bytes:
    return assignment()


def _grade(text: str, answers: list[bytes], said: bytes) -> str | None:
    """Have a notebook graded whose process answers so; return it, or None where there is a reason why it is not."""
    asked = json.dumps({"student": "eve", "notebooks": {NAME: text}, "scripts": {NAME: text}, "files": ""}).encode()
    with patch.object(pipeline, "zygote_for", lambda *_: Impostor(answers, said)):
        found = json.loads(pipeline.grade(_assignment(), asked, Path()))["notebooks"][NAME]
    if set(found) == {"unreadable"}:
        assert isinstance(found["unreadable"], str)
        return None
    assert set(found) == GRADED
    written = nbformat.reads(found["text"], as_version=4)
    nbformat.v4.writes(written).encode()
    for verdict in found["verdicts"]:
        KeptVerdict.from_data(verdict)
    return str(found["text"])


def _grade_notebook(content: bytes) -> None:
    with suppress(Unreadable):
        _grade(_text(NAME, content), _packed(TALK), json.dumps(REPORT).encode())


def _grade_process(sent: tuple[list[bytes], bytes]) -> None:
    _grade(json.dumps(notebook()), *sent)


def _packed(talk: Any) -> list[bytes]:
    return [
        b"".join(map(frames.packed, answer if isinstance(answer, list) else [answer]))
        for answer in (talk if isinstance(talk, list) else [talk])
    ]


ANSWERS = st.one_of(nearly(TALK).map(_packed), nearly(TALK).map(_packed).flatmap(interrupted))

# --- pages and files ------------------------------------------------------------------------------------------------

SHOWABLE = ("text/html", "text/markdown", "text/latex", "image/svg+xml", "image/png", "text/plain")


def _page(given: tuple[str, dict[str, str], str]) -> None:
    """Make the page of a student who has written and shown anything."""
    written, shown, printed = given
    theirs = notebook()
    theirs.cells[-1].source = written
    settings = (cell.metadata["nbgrader"] for cell in theirs.cells)
    kinds = {one["grade_id"]: {**one, "score": 1.0, "points": 2.0, "comment": printed} for one in settings}
    output = {"type": "display_data", "content": {"data": shown, "metadata": {}, "transient": {}}}
    stream = {"type": "stream", "content": {"name": "stderr", "text": printed}}
    talk = [[READY], [output, stream, DONE], *[[DONE]] * 6]
    graded = _grade(json.dumps(theirs), _packed(talk), b"")
    assert graded is not None
    assert not unsafe(page_of(graded, NAME, (SOURCE,), kinds))


VERDICTS = {
    "version": 1,
    "assignment": NAME,
    "notebook": NAME,
    "verdicts": [asdict(KeptVerdict("check_sigmoid", "softmax_and_nll", "sigmoid", "wrong", 4.0, 2.0, labels=("a",)))],
}
ATTEMPT = {"time": "2025-11-03T09:00:00", "exercise": "softmax_and_nll", "check": "sigmoid", "state": "right"}


@contextmanager
def _file(name: str, content: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(content)
        yield Path(folder)


def _verdicts(content: bytes) -> None:
    with _file("verdicts", content) as folder, bounded_memory(), suppress(UnusableVerdicts):
        assert all(isinstance(one, KeptVerdict) for one in read_verdicts(folder / "verdicts", NAME))


def _log(content: bytes) -> None:
    attempts = Attempts()
    with _file(FILE, content) as folder, bounded_memory():
        attempts.add(folder, {("softmax_and_nll", "sigmoid")}, datetime(2026, 1, 1, tzinfo=UTC))
    assert attempts.logs <= 1


TARGETS: dict[str, Target] = {
    "frame": Target(
        st.one_of(st.binary(), nearly_text(REPLY), ANYTHING.map(json.dumps).map(str.encode)), _message, 400
    ),
    "stream of frames": Target(st.lists(frame(REPLY), max_size=4), _stream, 200),
    "observation": Target(st.one_of(ANYTHING, nearly(OBSERVATION)), _observation, 500),
    "guardian's last words": Target(
        st.one_of(st.binary(), nearly_text(REPORT)), _last_words, 200, found=(b"1", b"[]", b'{"ended": "exit"}')
    ),
    "what a check saw": Target(
        st.lists(st.sampled_from(HONEST).flatmap(lambda seen: nearly({"check": "sigmoid", "seen": seen})), max_size=3),
        _hear,
        150,
    ),
    "notebook": Target(st.one_of(st.binary(), nearly_text(notebook())), _grade_notebook, 100),
    "process": Target(
        st.tuples(ANSWERS, st.one_of(st.binary(), nearly_text(REPORT))),
        _grade_process,
        100,
        found=tuple((_packed(talk), b"") for talk in ([REPLY], [READY, [UNCOUNTED, DONE]])),
    ),
    "file of verdicts": Target(nearly_text(VERDICTS), _verdicts, 200),
    "log of attempts": Target(st.lists(nearly_text(ATTEMPT)).map(b"\n".join), _log, 200),
}
if CHROMIUM:
    shown = st.dictionaries(st.sampled_from(SHOWABLE), WORDS, max_size=3)
    TARGETS["page"] = Target(st.tuples(WORDS, shown, WORDS), _page, 60)
