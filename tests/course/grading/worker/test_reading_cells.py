"""What is read of a student's cells takes time in proportion to their length."""

from __future__ import annotations

import json
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course.grading.imports import normal, tree_of
from course.grading.released import ReleasedNotebook
from course.grading.sandbox.observing_side import shown
from course.grading.worker.differentiating import _names
from course.grading.worker.untrusted import Unreadable, restored

MARKS = "\u0316\u0301"
"""Marks below and above a letter, which Python sorts."""


def _growth(of: Callable[[str], object], text: Callable[[int], str], size: int) -> float:
    """Return how many times as long it takes for four times the text."""

    def took(text: str) -> float:
        began = time.thread_time()
        of(text)
        return time.thread_time() - began

    return min(took(text(4 * size)) for _ in range(5)) / min(took(text(size)) for _ in range(5))


def _marked(size: int) -> str:
    return f"a{MARKS[1] * size}{MARKS[0] * size} = 1"


def _functions(size: int) -> str:
    return "".join(f"def f{n}(): 0\n" for n in range(size))


@pytest.mark.parametrize("of", [normal, lambda text: tree_of(normal(text))])
def test_marks_on_a_letter(of: Callable[[str], object]) -> None:
    assert _growth(of, _marked, 2000) < 9


def test_marks_on_a_letter_are_an_attack() -> None:
    assert _growth(lambda text: unicodedata.normalize("NFKC", text), _marked, 1000) > 9


def test_names_keep_the_marks_that_languages_have() -> None:
    word = f"Vie{MARKS[1]}t"
    assert normal(word) == unicodedata.normalize("NFKC", word)
    assert normal("Überprüfung " * 20) == "Überprüfung " * 20


def test_many_functions() -> None:
    assert _growth(_names, _functions, 1000) < 9


def _notebook(**metadata: object) -> str:
    """Return a notebook of one cell; nbformat's own functions would validate it."""
    cell = {"cell_type": "markdown", "id": "one", "source": "", "metadata": metadata}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]})


def _tagged(size: int) -> str:
    return _notebook(tags=[n if n % 2 else f"{n}" for n in range(size)])  # which cannot be sorted


def _read(text: str) -> Any:
    return restored(text, ReleasedNotebook("asked", None, ())).notebook


def test_many_tags() -> None:
    assert _growth(_read, _tagged, 20_000) < 9


def test_many_tags_are_an_attack_on_who_validates_notebooks() -> None:
    assert _growth(lambda text: nbformat.reads(text, as_version=4), _tagged, 200) > 9


def test_tags_are_texts_and_each_is_there_once() -> None:
    [read] = _read(_notebook(tags=["a", 1, None, "b", "a", ["c"]])).cells
    assert read.metadata.tags == ["a", "b"]


@pytest.mark.parametrize("version", [1, 2, 3, 5, "4", None])
def test_another_version_of_notebooks_is_refused_before_it_costs_anything(version: object) -> None:
    with pytest.raises(Unreadable, match="of the format; expected 4"):
        _read(json.dumps({"nbformat": version, "cells": [], "worksheets": [{"cells": []}], "metadata": {}}))


def test_what_a_package_imports_is_found_however_it_is_written(tmp_path: Path) -> None:
    package = tmp_path / "checks"
    (package / "by_hand").mkdir(parents=True)
    imported = {"relative": "", "above": "", "tried": "", "several": "", "typed": "", "later": "", "judging": ""}
    for name, text in imported.items():
        (package / "by_hand" / f"{name}.py").write_text(text)
    (package / "shared.py").write_text("")
    (package / "__init__.py").write_text("")
    (package / "by_hand" / "__init__.py").write_text(
        "from .relative import x\nfrom ..shared import y\nfrom . import several, nothing\n"
        "try:\n    import checks.by_hand.tried\nexcept ImportError:\n    pass\n"
        "if TYPE_CHECKING:\n    from .typed import z\n\ndef f():\n    from .later import z\n"
        "'''\nfrom checks.by_hand import judging\n'''\n"
    )
    held = {path.stem for path in shown(package)}
    assert held == {"__init__", "shared", "relative", "several", "tried"}
