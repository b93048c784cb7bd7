"""When the class worked, and how many attempts a task took, from the logs that students chose to keep."""

from __future__ import annotations

from .attempt_logs import Attempts, Check
from .markup import Html, joined, tag
from .tables import figure, heading_of_figures, row, table
from .tally import Tally
from .time_line import Column, TimeLine, time_line
from .wording import count, number, percent


def activity(tally: Tally, attempts: Attempts) -> Html | None:
    """Return the section, or None where nobody kept a log."""
    if not attempts.total:
        return None
    line = time_line(attempts.hours)
    return tag(
        "section",
        tag("h2", "When the class worked"),
        tag(
            "p",
            f"{attempts.logs} of {count(tally.size, 'student')} kept a log: {count(attempts.total, 'attempt')}, of "
            f"which {percent(attempts.right, attempts.total)} were right. The logs come from the students' own "
            "computers: read them as a picture, not as evidence.",
        ),
        _picture(line),
        _numbers(line),
        _until_right(tally, attempts),
    )


def _picture(line: TimeLine) -> Html:
    highest = max(column.total for column in line.columns)
    columns = (_drawn(line, column, highest) for column in line.columns)
    first, last = line.written(line.columns[0]), line.written(line.columns[-1])
    ends = tag("p", tag("span", first), tag("span", last if last != first else ""), class_="ends")
    stray = f" {count(line.stray, 'attempt')} long before or after are not drawn." if line.stray else ""
    return joined(
        tag("p", f"Attempts per {line.unit}; the highest column is {highest}.{stray}"),
        tag("ul", *_legend(), class_="legend"),
        tag("div", *columns, class_="columns", aria_hidden="true"),
        ends,
    )


def _legend() -> tuple[Html, ...]:
    keys = (("right", "right"), ("wrong", "not right yet"))
    return tuple(tag("li", tag("span", class_=f"key f-{name}"), words) for name, words in keys)


def _drawn(line: TimeLine, column: Column, highest: int) -> Html:
    parts = (
        tag("span", class_=f"f-{name}", style=f"height:{100 * many / highest:.1f}%")
        for name, many in (("wrong", column.wrong), ("right", column.right))
        if many
    )
    return tag("div", *parts, title=f"{line.written(column)}: {column.right} of {column.total} right")


def _numbers(line: TimeLine) -> Html:
    rows = (
        row(
            line.written(column),
            figure(str(column.total)),
            figure(str(column.right)),
            figure(percent(column.right, column.total)),
        )
        for column in line.columns
        if column.total
    )
    header = [f"{line.unit} from", *map(heading_of_figures, ("attempts", "right", "share"))]
    return tag(
        "details",
        tag("summary", "The same in numbers"),
        table(f"Attempts per {line.unit}, by this computer's clock.", header, rows, class_=""),
    )


def _until_right(tally: Tally, attempts: Attempts) -> Html:
    checks: dict[Check, str] = {}
    for task in tally.tasks.values():
        checks.setdefault((task.exercise, task.name), task.name)
    rows = (_until(name, check, attempts) for check, name in checks.items() if _tried(check, attempts))
    header = ["task", *map(heading_of_figures, ("attempts until right (median)", "got it right", "not yet"))]
    return table("How many attempts a task took those who kept a log.", header, rows, class_="")


def _tried(check: Check, attempts: Attempts) -> bool:
    return check in attempts.until_right or check in attempts.never


def _until(name: str, check: Check, attempts: Attempts) -> Html:
    median = attempts.median(check)
    return row(
        name,
        figure("–" if median is None else number(median)),
        figure(str(len(attempts.until_right.get(check, ())))),
        figure(str(attempts.never[check])),
    )
