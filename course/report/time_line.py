"""Divide the time of the attempts into columns: hours, days or weeks, whatever gives a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_HOURS = 36
MOST_DAYS = 45
STRAY = 0.005
"""The share of attempts at either end that may lie off the picture: one clock that is wrong must not squeeze it."""


@dataclass
class Column:
    """What was tried in one stretch of time."""

    start: datetime
    right: int = 0
    wrong: int = 0

    @property
    def total(self) -> int:
        """The number of attempts."""
        return self.right + self.wrong


@dataclass(frozen=True)
class TimeLine:
    """Columns without gaps, each one `unit` long; `stray` attempts lie before or after them."""

    unit: str
    columns: Sequence[Column]
    stray: int = 0

    def written(self, column: Column) -> str:
        """Write when a column begins."""
        return f"{column.start:%d %b %H:00}" if self.unit == "hour" else f"{column.start:%d %b %Y}"


def time_line(hours: Mapping[int, Sequence[int]]) -> TimeLine:
    """Return the columns of attempts counted by the hour in UTC, in the time of this computer."""
    first, last = _ends(hours)
    days = (last - first) / 24
    unit, floor, step = _unit(last - first, days)
    at = floor(datetime.fromtimestamp(first * 3600))
    end = floor(datetime.fromtimestamp(last * 3600))
    columns: dict[datetime, Column] = {}
    while at <= end:
        columns[at] = Column(at)
        at += step
    stray = 0
    for hour, (right, wrong) in hours.items():
        column = columns.get(floor(datetime.fromtimestamp(hour * 3600)))
        if column is None:
            stray += right + wrong
        else:
            column.right += right
            column.wrong += wrong
    return TimeLine(unit, list(columns.values()), stray)


def _ends(hours: Mapping[int, Sequence[int]]) -> tuple[int, int]:
    """Return the first and last hour but for strays."""
    allowed = STRAY * sum(sum(counts) for counts in hours.values())
    return _from(sorted(hours), hours, allowed), _from(sorted(hours, reverse=True), hours, allowed)


def _from(ordered: Sequence[int], hours: Mapping[int, Sequence[int]], allowed: float) -> int:
    passed = 0
    for hour in ordered:
        passed += sum(hours[hour])
        if passed > allowed:
            return hour
    return ordered[-1]


def _unit(hours: float, days: float) -> tuple[str, Callable[[datetime], datetime], timedelta]:
    if hours <= MOST_HOURS:
        return "hour", lambda at: at.replace(minute=0, second=0, microsecond=0), timedelta(hours=1)
    if days <= MOST_DAYS:
        return "day", _midnight, timedelta(days=1)
    return "week", lambda at: _midnight(at) - timedelta(days=at.weekday()), timedelta(weeks=1)


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)
