"""What a notebook holds: for each task its points and the section that explains it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """A task of a notebook: its points, the heading of its section, and where to practise it, if anywhere."""

    points: float
    section: str
    practice: str = ""


@dataclass(frozen=True)
class Contents:
    """The tasks of a notebook by name, in its order, and the points of written answers, which a person marks."""

    exercise: str
    tasks: dict[str, Item]
    written: float = 0.0
