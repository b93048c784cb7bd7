"""What every drawing of a network shares: where neurons and arrows are, and how an arrow tells its weight's sign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise, product
from typing import NamedTuple

POSITIVE, NEGATIVE, NEUTRAL = "#0072b2", "#d55e00", "#a8b0b8"
"""Okabe and Ito's blue and orange, which stay apart for colour-blind readers; dashes tell the sign as well."""

Place = tuple[float, float]


class Line(NamedTuple):
    """The line of an arrow from a sender to a receiver, both counted from 0 in their layers."""

    sender: int
    receiver: int
    start: Place
    end: Place

    def at(self, share: float) -> Place:
        """Return the place that a share of the way from start to end leads to."""
        (x0, y0), (x1, y1) = self.start, self.end
        return x0 + share * (x1 - x0), y0 + share * (y1 - y0)


def places(sizes: Sequence[int], columns: Iterable[float], pitch: float, middle: float = 0.0) -> list[list[Place]]:
    """Return where the neurons of each layer are: in its column, neighbours `pitch` apart, around the `middle`."""
    return [
        [(x, middle + (position - (size - 1) / 2) * pitch) for position in range(size)]
        for x, size in zip(columns, sizes, strict=True)
    ]


def lines(neurons: Sequence[Sequence[Place]], reach: float = 0.0) -> list[list[Line]]:
    """Return the lines in each gap between two layers, sender by sender; they keep `reach` from the columns."""
    return [
        [
            Line(sender, receiver, (x0 + reach, y0), (x1 - reach, y1))
            for (sender, (x0, y0)), (receiver, (x1, y1)) in product(enumerate(senders), enumerate(receivers))
        ]
        for senders, receivers in pairwise(neurons)
    ]


def colour_of(weight: float) -> str:
    """Return the colour of a weight's sign."""
    return POSITIVE if weight > 0 else NEGATIVE if weight < 0 else NEUTRAL
