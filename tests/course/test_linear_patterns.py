"""Every regular expression of ours takes time in proportion to the text, whatever a student writes there."""

from __future__ import annotations

import ast
import importlib
import re
import time
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from re import _parser as grammar  # type: ignore[attr-defined]
from typing import Any

import pytest

from course.grading.worker.differentiating import _sought
from tests.conftest import ROOT

LARGEST = 1 << 20  # characters, as many as anybody would type in years
SMALL, LARGER = 1_000, 4_000
MOST_UNITS = 40
SIGNS = "a 1\x1b<\\\"'{.e", " a1\x1b<\\\"'{.e"
SEES_STUDENTS = ("course/grading", "course/feedback", "course/report", "checks/judging", "checks/observing")


def _modules() -> Iterator[Path]:
    for package in ("course", "checks"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if "re.compile(" in path.read_text(encoding="utf-8"):
                yield path.relative_to(ROOT)


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield all patterns that are attributes of modules, alone or among others, and those that are made of words."""
    for path in _modules():
        name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        for attribute, value in vars(importlib.import_module(name)).items():
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, re.Pattern):
                    yield f"{name}.{attribute}", one
    yield "course.grading.worker.differentiating._sought", _sought((), ()).pattern


PATTERNS = dict(_patterns())

KNOWN_TO_BLOW_UP = {
    "imports": r"\bchecks(?:\s*\.\s*\w+)*?(?:\s*\.\s*|\s+import\b[\w\s,(]*\b)(judging|lent)\b",
    "titles of terminals": r"\x1b\][^\x07]*\x07",
    "spaces before an end": r"\s+$",
    "strings of JSON": r'"(?:[^"\\]++|\\.)*+(?:"|\Z)',
}
"""Among them what stood in the place of some of ours once."""


def _pieces(tree: Any, choice: int) -> Iterator[str]:
    """Yield piece by piece a text that a pattern's tree fits; `choice` says which of several branches it takes."""
    for kind, value in tree:
        match str(kind):
            case "LITERAL":
                yield chr(value)
            case "NOT_LITERAL" | "ANY":
                yield "a" if value != ord("a") else "b"
            case "IN":
                yield _one_of(value, choice)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT" if value[0] or choice % 4 < 2:
                yield from _pieces(value[2], choice)
            case "SUBPATTERN":
                yield from _pieces(value[3], choice)
            case "ATOMIC_GROUP":
                yield from _pieces(value, choice)
            case "BRANCH":
                yield from _pieces(value[1][choice % len(value[1])], choice // len(value[1]))


def _words(pieces: Iterator[str]) -> Iterator[str]:
    """Yield the same with letters that make a word together."""
    for letters, together in groupby(pieces, str.isalpha):
        pieces_of_one = list(together)
        yield from ["".join(pieces_of_one)] if letters else pieces_of_one


def _one_of(members: list[Any], choice: int) -> str:
    fits = re.compile(f"[{''.join(_member(*one) for one in members)}]")
    return next(
        (sign for sign in SIGNS[choice % 2] if fits.match(sign)), next(filter(fits.match, map(chr, range(999))))
    )


def _member(kind: Any, value: Any) -> str:
    match str(kind):
        case "NEGATE":
            return "^"
        case "LITERAL":
            return re.escape(chr(value))
        case "RANGE":
            return "-".join(re.escape(chr(end)) for end in value)
    letter = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}[str(value).rpartition("_")[2]]
    return f"\\{letter.upper() if '_NOT_' in str(value) else letter}"


def _units(pattern: re.Pattern[str]) -> list[str]:
    """Return pieces of texts that a pattern fits: repeated, they are what it might begin anew with at every place."""
    units: dict[str, None] = {}
    for choice in range(12):
        pieces = list(_words(_pieces(grammar.parse(pattern.pattern, pattern.flags), choice)))
        units |= dict.fromkeys("".join(pieces[:end]) for end in range(len(pieces), 0, -1))
        units |= dict.fromkeys("".join(pieces[begin : begin + 2]) for begin in range(min(len(pieces), 4)))
    units.pop("", None)
    return list(units)[:MOST_UNITS]


Make = Callable[[int], str]


def _texts(pattern: re.Pattern[str]) -> Iterator[Make]:
    """Yield what makes texts of about a size."""
    for unit in _units(pattern):
        yield lambda size, unit=unit: unit * (size // len(unit))
        yield lambda size, unit=unit: unit + unit[-1] * size
        yield lambda size, unit=unit: unit[0] + unit * (size // len(unit)) + "\0"


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    """Return the processor time of finding all that there is."""
    began = time.thread_time()
    pattern.sub("", text)
    return time.thread_time() - began


def blows_up(pattern: re.Pattern[str]) -> bool:
    """Tell whether there is a text for which the time grows faster than its length."""
    worst, most = None, -1.0
    for make in _texts(pattern):
        short, long = _seconds(pattern, make(SMALL)), _seconds(pattern, make(LARGER))
        if long > 3 * short * LARGER / SMALL and _keeps_growing(pattern, make, 8 * LARGER):
            return True
        worst, most = (make, long) if long > most else (worst, most)
    assert worst is not None
    return _keeps_growing(pattern, worst, LARGEST)


def _keeps_growing(pattern: re.Pattern[str], make: Make, largest: int) -> bool:
    """Tell whether twice the text takes about four times as long three times in a row, which is soon seen."""
    size, grew, before = SMALL, 0, 0.0
    while size <= largest and grew < 3:
        text = make(size)
        took = min(_seconds(pattern, text) for _ in range(2))
        grew = grew + 1 if before and took > 3 * before else 0
        size, before = 2 * size, took
    return grew == 3


@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_of_ours_blows_up(name: str) -> None:
    assert not blows_up(PATTERNS[name])


@pytest.mark.parametrize("name", KNOWN_TO_BLOW_UP)
def test_those_that_do_are_found(name: str) -> None:
    assert blows_up(re.compile(KNOWN_TO_BLOW_UP[name], re.DOTALL))


def test_no_pattern_that_meets_a_students_text_is_written_where_it_is_used() -> None:
    """There the tests above would not find it."""
    hidden = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for folder in SEES_STUDENTS
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func)
        in {f"re.{way}" for way in ("sub", "search", "match", "fullmatch", "findall", "split")}
        and isinstance(node.args[0], ast.Constant)
    ]
    assert hidden == []
