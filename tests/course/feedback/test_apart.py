"""A call that takes too much costs nobody but itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from course.feedback import apart
from course.feedback.apart import Apart, TookTooMuch, side_by_side


def _does(what: str) -> Any:
    match what:
        case "loop":
            while True:
                pass
        case "hoard":
            return len(bytes(1 << 40))
        case "write":
            with open("page", "wb") as page:
                page.write(bytes(1 << 20))
        case "die":
            os._exit(3)
        case "raise":
            raise OSError(28, "No space left on device")
    return os.getpid()


@pytest.fixture
def does(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Iterator[Callable[[str], Any]]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(apart, "PAGE_SECONDS", 0)  # and what is left of the second that has begun
    monkeypatch.setattr(apart, "LARGEST_PAGE", 1000)
    with Apart(lambda: _does) as made:
        yield made


@pytest.mark.parametrize(("what", "why"), [("loop", "processor time"), ("die", "ended")])
def test_it_ends_and_the_next_call_has_another_process(does: Callable[[str], Any], what: str, why: str) -> None:
    first = does("")
    assert first == does("") != os.getpid()
    with pytest.raises(TookTooMuch, match=why):
        does(what)
    assert does("") not in (first, os.getpid())


def test_side_by_side_each_gets_its_own_answer_and_all_processes_end(does: Callable[[str], Any]) -> None:
    whats = ["", "die", "", "raise", "loop", ""]
    calls = ((f"{number} {what}", (what,)) for number, what in enumerate(whats))
    came = {name: (result, type(problem)) for name, result, problem in side_by_side(lambda: _does, calls, 2)}
    assert list(sorted(came)) == [f"{number} {what}" for number, what in enumerate(whats)]
    kinds = {"": type(None), "die": TookTooMuch, "raise": OSError, "loop": TookTooMuch}
    assert all(kind is kinds[name[2:]] for name, (_, kind) in came.items())
    for process in {result for result, _ in came.values() if result}:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


@pytest.mark.parametrize(("what", "problem"), [("hoard", MemoryError), ("write", OSError), ("raise", OSError)])
def test_what_it_raises_is_raised_here(does: Callable[[str], Any], what: str, problem: type[Exception]) -> None:
    with pytest.raises(problem):
        does(what)
    assert does("")
