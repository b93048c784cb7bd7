"""What a submission sends and says is bounded before it is read, so that nobody waits for it but its own row."""

from __future__ import annotations

import asyncio
import io
import json
import shutil
import socket
import tarfile
import threading
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from course.bounds import (
    HEAVIEST_NOTEBOOK,
    LARGEST_FILES,
    LARGEST_FRAME,
    LARGEST_OUTPUT,
    LONGEST_CELL,
    LONGEST_CODE,
    MOST_ENTRIES,
    MOST_REMARKS,
)
from course.building.build import write_notebook
from course.grading.driver.autograding import GradedClass, autograde
from course.grading.driver.submissions import read_submission
from course.grading.released import ReleasedCell, ReleasedNotebook
from course.grading.sandbox import frames
from course.grading.worker.execution import Client, Ended
from course.grading.worker.untrusted import Unreadable, restored
from course.layout import Layout
from tests.benchmarks.bench_autograde import FLAGSHIP, flagship_class
from tests.course.grading.foreign_course import ASSIGNMENT, ForeignCourse
from tests.course.grading.foreign_notebooks import RIGHT, Student
from tests.course.grading.worker.hostile_cells import EVERY_SOCKET

READY = {"type": "ready", "content": {"language_info": {}}}
REPLY = {"type": "reply", "content": {"status": "ok"}}
TOO_MUCH = "more output than is allowed"
BROKEN = "broke the connection"
MANY_LISTS = "[" + "[]," * 700_000 + "[]]"

# --- a class -----------------------------------------------------------------------------------------------------

HOSTILE: dict[str, tuple[str, str]] = {
    "a-comment": ("#" + "checks import " * (LONGEST_CODE // 10), "too long"),
    "a-second-answer": (
        EVERY_SOCKET + 'to_every_socket(frame(b\'{"type": "reply", "content": {"status": "ok"}}\') * 2)\n',
        BROKEN,
    ),
    "long-answers": (
        EVERY_SOCKET + 'body = b\'{"type": "reply", "content": {"status": "%s"}}\' % (b"x" * (33 << 20))\n'
        "to_every_socket(frame(body))\n",
        TOO_MUCH,
    ),
    "many-lists": (
        "from IPython.display import display\n"
        "display({'application/json': [[]] * 700_000, 'text/plain': ''}, raw=True)\n",
        TOO_MUCH,
    ),
    "many-outputs-in-one": (
        "from IPython.display import display\n"
        "for _ in range(500):\n    display({'text/plain': ''}, raw=True, display_id='same')\n"
        "display({'text/plain': 'x' * 100_000}, raw=True, display_id='same')\n",
        TOO_MUCH,
    ),
}
"""What each puts below a right solution, and what its row says."""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> GradedClass:
    course = Layout(flagship_class(tmp_path_factory.mktemp("delay") / "course", 0))
    for student, code in {"ada": "", "zed": "", **{name: code for name, (code, _) in HOSTILE.items()}}.items():
        notebook = nbformat.read(Path("solutions", FLAGSHIP, f"{FLAGSHIP}.ipynb"), as_version=4)
        [cell] = [one for one in notebook.cells if one.metadata.get("nbgrader", {}).get("grade_id") == "train"]
        cell.source += f"\n\n{code}"
        write_notebook(notebook, course.submitted / student / FLAGSHIP / f"{FLAGSHIP}.ipynb")
    return autograde(FLAGSHIP, course_dir=course.root)


@pytest.mark.parametrize("student", ["ada", "zed"])
def test_the_honest_are_graded(student: str, graded: GradedClass) -> None:
    [row] = [row for row in graded.rows if row.student == student]
    assert (row.score, row.state, row.reasons) == (28, "graded", ())


@pytest.mark.parametrize("student", HOSTILE)
def test_the_row_says_why(student: str, graded: GradedClass) -> None:
    [row] = [row for row in graded.rows if row.student == student]
    assert row.state == "needs a look"
    assert HOSTILE[student][1] in " ".join(row.reasons)


# --- frames ------------------------------------------------------------------------------------------------------


def test_many_lists_take_what_their_weight_says() -> None:
    some = MANY_LISTS[: 1 + 3 * 10_000] + "[]]"
    tracemalloc.start()
    read = json.loads(some)
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(read) > 9000
    assert 0.4 < taken / frames.weight(some) < 2
    assert frames.weight(some) > 20 * len(some)


def test_text_weighs_what_it_is_long_and_no_more() -> None:
    text = json.dumps({"image/png": "A" * 100_000, "said": '1, 2, [3], {4: "5"}' * 1000})
    assert frames.weight(text) < 1.01 * len(text)


def test_what_is_too_heavy_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json, "loads", None)
    with pytest.raises(frames.TooLarge, match="MB of memory"):
        frames.parsed(f'{{"a": {MANY_LISTS}}}')


def _ends(frame: Callable[[socket.socket], None], requests: int = 1) -> str:
    """Return how a process ends for the judge that is asked so much and sends a frame, after it is ready."""
    talk, its_talk = socket.socketpair()
    watch, its_watch = socket.socketpair()

    def process() -> None:
        frames.receive(its_talk)
        frames.send(its_talk, READY)
        for _ in range(requests):
            frames.receive(its_talk)
        with suppress(OSError):  # the judge has let go of it
            frame(its_talk)

    async def asked() -> str:
        client = Client(talk, watch, (), lambda: False, 30)
        await client.started()
        try:
            for _ in range(requests):
                await client.execute("1")
            for _ in range(requests + 1):
                await client.shell_channel.get_msg(timeout=10)
        except Ended as why:
            return str(why)
        return ""

    with talk, its_talk, its_watch:
        sending = threading.Thread(target=process)
        sending.start()
        try:
            return asyncio.run(asked())
        finally:
            talk.close()
            sending.join()
            watch.close()


def _sent(*messages: Any) -> Callable[[socket.socket], None]:
    return lambda connection: connection.sendall(b"".join(map(frames.packed, messages)))


@pytest.mark.parametrize(
    ("frame", "why"),
    [
        (_sent(REPLY, REPLY), BROKEN),
        (_sent(READY), BROKEN),
        (lambda connection: connection.sendall(frames.LENGTH.pack(LARGEST_OUTPUT + 1)), TOO_MUCH),
        (lambda connection: connection.sendall(frames.LENGTH.pack(LARGEST_FRAME + 1)), TOO_MUCH),
        (_sent({**REPLY, "more": [[]] * 700_000}), TOO_MUCH),
        (_sent({"type": "stream", "content": {"name": "stdout", "text": "\n" * 700_000}}), TOO_MUCH),
    ],
    ids=["a second reply", "ready again", "a long reply", "a longer one", "many lists", "many lines"],
)
def test_what_nobody_asked_for_and_too_much_end_it(frame: Callable[[socket.socket], None], why: str) -> None:
    assert why in _ends(frame)


def test_an_update_is_written_as_often_as_its_output_is_shown() -> None:
    """What many-outputs-in-one is about: so it is in nbclient."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("")])
    client = NotebookClient(notebook)
    client.clear_before_next_output = False
    content = {"data": {"text/plain": ""}, "metadata": {}, "transient": {"display_id": "same"}}
    message = {"msg_type": "display_data", "header": {"msg_type": "display_data"}, "content": content}
    message["parent_header"] = {"msg_id": "1"}
    for _ in range(50):
        client.process_message(message, notebook.cells[0], 0)
    content["data"] = {"text/plain": "x" * 1000}
    client.process_message({**message, "msg_type": "update_display_data"}, notebook.cells[0], 0)
    assert len(nbformat.v4.writes(notebook)) > 50 * 1000


# --- what is handed in -------------------------------------------------------------------------------------------

RELEASED = ReleasedNotebook("any", None, ())


def _text(**parts: Any) -> str:
    return json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **parts})


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (_text(more=[[]] * (HEAVIEST_NOTEBOOK // 100)), "MB of memory"),
        (_text(more="\ud800", lists=[[]] * (HEAVIEST_NOTEBOOK // 100)), "MB of memory"),
        (_text(cells=[nbformat.v4.new_markdown_cell("x" * (LONGEST_CELL + 1))]), "its cell 1 has 8 MB of text"),
        ("[" * (10 << 20), "not a notebook"),
    ],
    ids=["lists", "half a pair", "a cell", "nested"],
)
def test_a_notebook_that_is_too_heavy_is_refused(text: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        restored(text, RELEASED)


def test_notebooks_that_nobody_asked_for_are_not_read(tmp_path: Path) -> None:
    for number in range(3):
        with open(tmp_path / f"more-{number}.ipynb", "wb") as large:
            large.truncate(40 << 30)
    (tmp_path / "asked.ipynb").write_text("{}")
    (tmp_path / "timestamp.txt").write_text("1 " * 10_000_000)
    read = read_submission("ada", tmp_path, tmp_path.parent, (), 64 << 20, {"asked"})
    assert read.notebooks == {"asked": b"{}"}
    assert read.files == {}
    assert len(read.remarks) == 1


def test_files_that_are_too_much_for_a_frame_are_not_read_but_the_notebook_is(tmp_path: Path) -> None:
    for name, size in {"a": LARGEST_FILES // 2, "b": 200 << 20, "c": 1, "d": 200 << 20}.items():
        with open(tmp_path / name, "wb") as sparse:  # which costs nothing to hand in
            sparse.truncate(size)
    (tmp_path / "z.ipynb").write_text("{}")
    read = read_submission("ada", tmp_path, tmp_path.parent, (), 256 << 20, {"z"})
    assert read.notebooks == {"z": b"{}"}
    assert list(read.files) == ["a"]
    [remark] = read.remarks
    assert "more than 32 MB; “b” and others were left out" in remark
    files = io.BytesIO()
    tarfile.open(fileobj=files, mode="w").close()
    assert len(frames.packed({"files": frames.wrapped(read.with_files(files.getvalue(), ()))})) < LARGEST_FRAME


def test_files_of_the_assignment_are_not_counted_and_a_limit_that_was_set_is_named(tmp_path: Path) -> None:
    for name, size in {"given.csv": 3, "b.bin": 1, "c.bin": 2}.items():
        (tmp_path / name).write_bytes(bytes(size << 20))
    read = read_submission("ada", tmp_path, tmp_path.parent, (), 2 << 20, {"asked"}, {"given.csv"})
    assert [*read.files] == ["b.bin"]
    [remark] = read.remarks
    assert "c.Sandbox.disk" in remark


def test_many_remarks_of_one_kind_do_not_hide_the_others(tmp_path: Path) -> None:
    for number in range(1000):
        (tmp_path / f"link-{number:04}").symlink_to(tmp_path)
    (tmp_path / "z.ipynb").write_text("{}")
    *first, last = read_submission("ada", tmp_path, tmp_path.parent, (), 1, {"z"}).remarks
    assert (len(first), last) == (MOST_REMARKS, f"and {1000 - MOST_REMARKS} more of this kind")
    labels = [{"grade_id": f"{number}", "grade": True} for number in range(1000)]
    unknown = [{"cell_type": "raw", "source": "", "metadata": {"nbgrader": label}} for label in labels]
    asked = ReleasedCell("asked", "code", locked=True, source="", checksum="", grade=True)
    *first, last, missing = restored(_text(cells=unknown), ReleasedNotebook("any", None, (asked,))).remarks
    assert len(first) == MOST_REMARKS
    assert "more of this kind" in last
    assert "the cell asked is missing" in missing


def test_folders_count_as_files_do(tmp_path: Path) -> None:
    for number in range(MOST_ENTRIES + 1):
        (tmp_path / f"folder-{number}").mkdir()
    (tmp_path / "asked.ipynb").write_text("{}")
    read = read_submission("ada", tmp_path, tmp_path.parent, (), 64 << 20, {"asked"})
    assert read.notebooks == {"asked": b"{}"}
    [remark] = read.remarks
    assert f"more than {MOST_ENTRIES}" in remark


# --- several notebooks -------------------------------------------------------------------------------------------

NO_BASE64 = """
get_ipython().kernel.session.send.__globals__["_packed"] = lambda folder: "no base64!"
"""


def test_files_for_the_next_notebook_that_are_no_files_cost_only_what_comes_after(
    handed_in: ForeignCourse, tmp_path: Path
) -> None:
    course = handed_in.copy(tmp_path / "course")
    shutil.rmtree(course.root / course.submitted)
    course.hand_in("ada", Student(RIGHT))
    course.hand_in("sly", Student(RIGHT | {"count": RIGHT["count"] + NO_BASE64}))
    rows = {row["student"]: row for row in course.grade(ASSIGNMENT, expected=1)["submissions"]}
    assert rows["ada"]["state"] == "graded"
    [reason] = rows["sly"]["reasons"]
    assert "essay.ipynb: it did not answer when all its cells had run" in reason
    assert rows["sly"]["score"] == rows["ada"]["score"]
