"""Students x tasks: one row each for a class, one row for all students with the same results for a crowd."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from .markup import Html, plain, tag
from .tables import figure, heading_of_figures, row, table
from .tally import NOTHING, Cell, Key, StudentResults, Tally
from .wording import SYMBOLS, WORDS, count, number, readable

MOST_STUDENTS = 150
MOST_PATTERNS = 50

CLASSES = {"right": "r", "wrong": "w"}

Pattern = tuple[str, ...]


def matrix(tally: Tally, called: Sequence[str]) -> Html:
    """Return the section; `called` are what the students are called, in the order of `tally.ordered()`."""
    drawn = _by_student(tally, called) if tally.size <= MOST_STUDENTS else _by_pattern(tally)
    return tag("section", tag("h2", "Students and tasks"), _signs(tally), *drawn)


def _signs(tally: Tally) -> Html:
    seen = {cell.state for one in tally.rows for cell in one.cells.values()}
    if any(len(one.cells) < len(tally.tasks) for one in tally.rows):
        seen.add(NOTHING.state)
    entries = (
        tag("li", tag("b", symbol, aria_hidden="true"), f" {WORDS[state]}")
        for state, symbol in SYMBOLS.items()
        if state in seen
    )
    return tag("ul", *entries, class_="legend")


def _by_student(tally: Tally, called: Sequence[str]) -> Iterable[Html]:
    keys = list(tally.tasks)
    rows = (
        row(plain(name, 80), figure(number(one.total)), *(_cell(one.cells.get(key, NOTHING)) for key in keys))
        for name, one in zip(called, tally.ordered(), strict=True)
    )
    yield table(
        "Points of each student for each task, the best first.", _header(tally, "student", "total"), rows, "matrix"
    )


def _header(tally: Tally, what: str, total: str) -> list[str | Html]:
    titles = tally.titles
    tasks = (
        tag("th", titles[key], tag("span", f" of {number(task.points)}", class_="soft"), scope="col")
        for key, task in tally.tasks.items()
    )
    return [what, heading_of_figures(total), *tasks]


def _cell(cell: Cell) -> Html:
    mistakes = ", ".join(map(readable, cell.labels))
    return tag(
        "td", *_sign(cell.state), number(cell.earned), class_=CLASSES.get(cell.state, "o"), title=mistakes or None
    )


def _sign(state: str) -> tuple[Html, Html]:
    return tag("i", SYMBOLS[state], aria_hidden="true"), tag("span", f"{WORDS[state]} ", class_="hidden")


def _by_pattern(tally: Tally) -> Iterable[Html]:
    keys = list(tally.tasks)
    patterns = Counter(_pattern(one, keys) for one in tally.rows)
    shown = _shown(patterns)
    sums = _sums(tally.rows, keys, set(shown))
    rows = (_pattern_row(pattern, patterns[pattern], sums[pattern]) for pattern in shown)
    yield table(
        "Students with the same results in one row, the most frequent first. Points are means over the row.",
        _header(tally, "students", "mean total"),
        rows,
        "matrix",
    )
    rarer = len(patterns) - len(shown)
    if rarer:
        students = count(tally.size - sum(patterns[pattern] for pattern in shown), "more student")
        combinations = count(rarer, "rarer combination")
        yield tag("p", f"Not drawn: {students} with {combinations} of results. students.csv has everybody.")


def _shown(patterns: Counter[Pattern]) -> list[Pattern]:
    """Return the results that several students share, the most frequent first; if there are none, some."""
    ordered = sorted(patterns, key=lambda pattern: (-patterns[pattern], pattern))
    shared = [pattern for pattern in ordered if patterns[pattern] > 1]
    return (shared or ordered)[:MOST_PATTERNS]


def _pattern(one: StudentResults, keys: Sequence[Key]) -> Pattern:
    return tuple(one.cells.get(key, NOTHING).state for key in keys)


def _sums(rows: Iterable[StudentResults], keys: Sequence[Key], shown: set[Pattern]) -> dict[Pattern, list[float]]:
    """Return the sums of points, by task, over the students with the same results."""
    sums = {pattern: [0.0] * len(keys) for pattern in shown}
    for one in rows:
        total = sums.get(_pattern(one, keys))
        if total is not None:
            for place, key in enumerate(keys):
                total[place] += one.cells.get(key, NOTHING).earned
    return sums


def _pattern_row(pattern: Pattern, many: int, sums: Sequence[float]) -> Html:
    cells = (
        tag("td", *_sign(state), number(total / many), class_=CLASSES.get(state, "o"))
        for state, total in zip(pattern, sums, strict=True)
    )
    return row(count(many, "student"), figure(number(sum(sums) / many)), *cells)
