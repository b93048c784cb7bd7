"""How the report writes numbers and names."""

from __future__ import annotations

from collections.abc import Sequence

UNEXPLAINED = "unexplained"
"""The label of what is wrong without a known cause."""

SAID_BETTER = {UNEXPLAINED: "no known mistake", "raised": "stops with an error"}

SYMBOLS = {"right": "✓", "wrong": "✗", "not attempted": "○", "blocked": "◇", "no verdict": "–"}
"""The sign of each state, in the order in which states are told."""

WORDS = {**{state: state for state in SYMBOLS}, "blocked": "waiting for another part"}


def number(value: float) -> str:
    """Write a number with at most two decimals.

    >>> number(12.0), number(4.256), number(1234567.5)
    ('12', '4.26', '1234567.5')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")


def points(value: float) -> str:
    """Write a number of points with its noun."""
    return f"{number(value)} point{'' if number(value) == '1' else 's'}"


def count(many: int, noun: str) -> str:
    """Write a number of things.

    >>> count(1, "student"), count(2000, "student")
    ('1 student', '2000 students')
    """
    return f"{many} {noun}{'' if many == 1 else 's'}"


def percent(part: float, whole: float) -> str:
    """Write a share so that only all is 100 % and only nothing is 0 %.

    >>> percent(1999, 2000), percent(1, 2000), percent(0, 0)
    ('99 %', '1 %', '–')
    """
    if whole <= 0:
        return "–"
    share = 100 * part / whole
    if 0 < share < 100:
        share = min(max(share, 1), 99)
    return f"{share:.0f} %"


def readable(label: str) -> str:
    """Write the label of a mistake in words.

    >>> readable("derivative-left-out-at-the-output")
    'derivative left out at the output'
    """
    return SAID_BETTER.get(label) or label.replace("-", " ").replace("_", " ")


def listed(names: Sequence[str]) -> str:
    """Write several things in a row.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
