"""A worker tells a zygote that hangs from one that has something else to do."""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from course.bounds import LARGEST_FRAME
from course.grading.released import packed
from course.grading.sandbox.borders import Borders, Limits
from course.grading.sandbox.scratch import scratch_folder
from course.grading.sandbox.starting import Warmth, ZygoteProcess
from course.grading.worker.execution import Client
from course.grading.worker.zygotes import NothingStarts, Zygote
from tests.course.grading.survivors import command_line, descendants

PATIENCE_SECONDS = 3.0
IMPORT_SECONDS = 3.0  # which the zygote needs twice: it tries an import in a child first


@pytest.fixture
def zygote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Zygote]:
    """A zygote that can import `slow_to_import`, and of which little patience is had."""
    (tmp_path / "slow_to_import.py").write_text(f"import time\n\ntime.sleep({IMPORT_SECONDS})\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    with scratch_folder() as scratch:
        started = Zygote(Warmth("", (), Borders(), Limits(), sealed=False), scratch)
        yield started
        started.close()


@pytest.fixture
def asked(zygote: Zygote, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Whether the zygote has been sent what it is to import."""
    sent = threading.Event()
    send = ZygoteProcess.preload

    def noticed(process: ZygoteProcess, modules: Iterable[str], *, tried: bool) -> None:
        send(process, modules, tried=tried)
        sent.set()

    monkeypatch.setattr(ZygoteProcess, "preload", noticed)
    return sent


def _first_word(zygote: Zygote, folder: str, *files: bytes) -> Any:
    with zygote.forked(folder) as (talk, watch):

        async def started() -> Any:
            busy = lambda: zygote.importing  # noqa: E731
            return await Client(talk, watch, files, busy, PATIENCE_SECONDS).started()

        return asyncio.run(started())


def test_one_that_imports_for_long_is_waited_for(zygote: Zygote, asked: threading.Event) -> None:
    importing = threading.Thread(target=zygote.preload, args=(["slow_to_import"],))
    importing.start()
    assert asked.wait(PATIENCE_SECONDS)  # a fork that it is asked for before the import would not have to wait
    before = time.monotonic()
    assert _first_word(zygote, "ada/slow")["content"]["language_info"]["name"] == "python"
    assert time.monotonic() - before > PATIENCE_SECONDS  # else nobody was patient
    importing.join()
    assert zygote.alive


def _finds_modules_in(process: int, folder: Path) -> bool:
    return str(folder).encode() in Path(f"/proc/{process}/environ").read_bytes()


def test_one_that_hangs_is_closed(zygote: Zygote, tmp_path: Path) -> None:
    zygotes = [one for one in descendants(os.getpid()) if "course.grading.sandbox.zygote" in command_line(one)]
    [process] = [one for one in zygotes if _finds_modules_in(one, tmp_path)]  # other tests' may be running, too
    os.kill(process, signal.SIGSTOP)
    with pytest.raises(NothingStarts, match="does not start any"):
        _first_word(zygote, "ada/hung")
    assert not zygote.alive


def test_files_of_any_size_come_with_it(zygote: Zygote) -> None:
    large = packed({"data.bin": bytes(LARGEST_FRAME + 1)})
    assert _first_word(zygote, "ada/large", large, packed({"one": b"1"}))["content"]["language_info"]
