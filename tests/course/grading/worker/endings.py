"""How a submission may end: graded with a score, or left for a person to look at, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.course.grading.plain_course import FULL

LOST = FULL - 3
"""What a student has whose cell for `total` never got as far as its function, everything else being right."""


@dataclass(frozen=True)
class Graded:
    """A grade, with this score."""

    score: float

    def fits(self, row: dict[str, Any]) -> bool:
        return bool(row["state"] == "graded" and row["score"] == self.score)


@dataclass(frozen=True)
class Look:
    """Something for a person to look at, for a reason that has one of these words if there are any; whatever is
    recorded is at most `score`."""

    words: tuple[str, ...] = ()
    score: float = FULL

    def fits(self, row: dict[str, Any]) -> bool:
        said = " ".join(row["reasons"]).lower()
        there = bool(said) and any(word.lower() in said for word in self.words or ("",))
        return bool(row["state"] == "needs a look" and there and (row["score"] or 0) <= self.score)


@dataclass(frozen=True)
class Somehow:
    """Anything with a reason or an honest score: the attack decides what is left of its own grade."""

    def fits(self, row: dict[str, Any]) -> bool:
        return Look().fits(row) or bool(row["state"] == "graded" and 0 <= row["score"] <= FULL)


Ends = tuple[Graded | Look | Somehow, ...]
FULL_MARKS: Ends = (Graded(FULL),)
LOSES_THE_CELL: Ends = (Graded(LOST),)
SOMEHOW: Ends = (Somehow(),)


def look(*words: str, score: float = FULL) -> Ends:
    """Return that a person has to look, for a reason with one of these words, and that no more than `score` counts."""
    return (Look(words, score),)
