"""What a notebook holds: for each task its points and the section that explains it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """A task of a notebook: its points, the heading of its section, and where to practise it, if anywhere.

    Its derivatives are to be worked out by hand, unless it asks for them to be had `by_autodiff`.
    """

    points: float
    section: str
    practice: str = ""
    by_autodiff: bool = False


@dataclass(frozen=True)
class Contents:
    """The tasks of a notebook by name, in its order, and the points of written answers, which a person marks.

    Libraries that differentiate are a sign, in a task to be done by hand, that it was not. `at_home` are those that the
    notebook itself works with, and `out_of_place` those that are such a sign in this notebook only.
    """

    exercise: str
    tasks: dict[str, Item]
    written: float = 0.0
    at_home: tuple[str, ...] = ()
    out_of_place: tuple[str, ...] = ()
