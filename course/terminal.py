"""What an instructor sees in the terminal: what is being done, then results.

Where there is no terminal, as in CI, results are plain text, and a line on stderr says now and then what is being done.
"""

import time
from collections import Counter
from collections.abc import Callable
from enum import IntEnum
from threading import Event, Thread
from types import TracebackType
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.status import Status
from rich.table import Table
from rich.text import Text

from .problems import printable

if TYPE_CHECKING:
    from .audit import Audit
    from .building.release import Released
    from .demo import Demo
    from .grading.driver.autograding import GradedClass
    from .kept_verdicts import KeptVerdict

MARKS = {
    "built": "[green]✓[/] built and proven",
    "unchanged": "[green]✓[/] unchanged",
    "as built": "[green]✓[/] as a fresh build",
    "failed": "[red]✗[/] failed",
}


MOST_LISTED = 60
"""How many submissions are listed one by one; of more, those that need a look (`--json` has them all)."""

MOST_NAMED = 5
"""How many students or cells are named in a sentence about them."""

STATES = {"graded": "[green]graded[/]", "unchanged": "unchanged", "needs a look": "[yellow]needs a look[/]"}

SECONDS_BETWEEN_LINES = 10.0
"""How often a line says what is being done where there is no terminal."""


def _why(verdict: "KeptVerdict") -> str:
    """Return in a few words why a verdict is not "right": the mistakes by their names, or else what it says."""
    return ", ".join(verdict.labels) or (verdict.headline if verdict.state == "wrong" else verdict.state)


class RateColumn(ProgressColumn):
    """How many are done in a minute."""

    def render(self, task: Task) -> Text:
        """Return the rate since the start."""
        return Text(f"{60 * task.speed:.0f}/min" if task.speed else "", style="progress.data.speed")


class Volume(IntEnum):
    """How much is said of what is being done: nothing, what is done now and then, or every step."""

    QUIET, NORMAL, VERBOSE = -1, 0, 1


class Screen:
    """The terminal while a command runs; `volume` is that of all of them."""

    volume = Volume.NORMAL

    def __init__(
        self, console: Console | None = None, *, quiet: bool = False, seconds: float = SECONDS_BETWEEN_LINES
    ) -> None:
        self.console = console or Console(highlight=False, stderr=quiet)
        self._aside = Console(stderr=True, highlight=False)
        self._started = time.monotonic()
        self._status = self.console.status("starting")
        self._drawn: Status | Progress | None = None
        self._now = "starting"
        self._seconds = seconds
        self._over = Event()
        self._lines = Thread(target=self._say_now_and_then, daemon=True)

    def __enter__(self) -> "Screen":
        if self.console.is_terminal:
            self._draw(self._status)
        elif self.volume == Volume.NORMAL:
            self._lines.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._draw(None)
        self._over.set()
        if self._lines.is_alive():
            self._lines.join()

    def say(self, sentence: str) -> None:
        """Print a sentence that stays."""
        self.console.print(sentence, markup=False, soft_wrap=True)

    def step(self, name: str, step: str) -> None:
        """Show what is being done now."""
        self._does(f"{printable(name)}: {step}")
        self._status.update(f"{escape(self._now)} ...")
        self._draw(self._status)

    def counting(self, what: str) -> Callable[[int, int], None]:
        """Return what is to hear how many of how many are done; it shows that, how fast it goes and the time left."""
        columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), RateColumn(), TimeRemainingColumn())
        bar = Progress(*columns, console=self.console, transient=True)
        task = bar.add_task(what)

        def counted(done: int, of: int) -> None:
            self._does(f"{what}: {done} of {of}")
            bar.update(task, completed=done, total=of)
            self._draw(bar)

        return counted

    def _does(self, now: str) -> None:
        if self.volume == Volume.VERBOSE and now != self._now:
            self._line(now)
        self._now = now

    def _line(self, now: str) -> None:
        line = f"{time.monotonic() - self._started:4.0f} s  {now}"
        self._aside.print(line, markup=False, soft_wrap=True)

    def _draw(self, live: Status | Progress | None) -> None:
        """Let this be what moves in the terminal, and nothing else."""
        if self.console.is_terminal and self.volume > Volume.QUIET and live is not self._drawn:
            if self._drawn is not None:
                self._drawn.stop()
            if live is not None:
                live.start()
            self._drawn = live

    def _say_now_and_then(self) -> None:
        while not self._over.wait(self._seconds):
            self._line(self._now)

    def autograded(self, graded: "GradedClass") -> None:
        """Print what became of every submission, what needs a look and why, and how it was graded."""
        table = Table(box=None, padding=(0, 2))
        table.add_column("student", overflow="fold")
        table.add_column("score", justify="right")
        table.add_column("")
        listed = [row for row in graded.rows if len(graded.rows) <= MOST_LISTED or row.state == "needs a look"]
        for row in listed:
            score = "–" if row.score is None else f"{row.score:g} / {row.max_score:g}"
            would_be = "would be " if graded.rehearsed is not None and row.state == "graded" else ""
            table.add_row(escape(printable(row.student)), score, would_be + STATES[row.state])
        if listed:
            self.console.print(table)
        self._summary(graded)

    def _summary(self, graded: "GradedClass") -> None:
        """Print what needs a look and why, and how a class was graded."""
        for row in graded.rows:
            for reason in row.reasons:
                self.console.print(f"! {printable(row.student)}: {reason}", markup=False, soft_wrap=True)
        for note in dict.fromkeys(note for row in graded.rows for note in row.notes):
            self._listed(note, [printable(row.student) for row in graded.rows if note in row.notes])
        for sentence in (*graded.changes(), *graded.sentences()):
            self.say(printable(sentence))
        states = Counter(row.state for row in graded.rows)
        several = {"needs a look": "need a look"}
        would = "would be " if graded.rehearsed is not None else ""
        counts = ", ".join(
            f"{states[state]} {would * (state == 'graded')}{state if states[state] == 1 else several.get(state, state)}"
            for state in STATES
            if states[state]
        )
        pace = f"{graded.seconds:.1f} s" + (f" with {graded.workers} workers" if states["graded"] else "")
        self.console.print(f"{escape(graded.assignment)}: {counts} in {pace}.", soft_wrap=True)
        layers = ", ".join(graded.borders.layers) or "none"
        self.console.print(f"Sandbox: {layers}.", soft_wrap=True)
        for why in graded.borders.missing.values():
            self.console.print(f"  Missing: {why}.", markup=False, soft_wrap=True)
        if graded.unsealed:
            self._listed("Not sealed, since these cells make their scores where students' code runs", graded.unsealed)
        if graded.exposed:
            self._listed("Readable for students' code were the references, which these cells use", graded.exposed)

        if graded.ignored:
            self._listed("Of no use here, and not followed, are these settings of nbgrader's", graded.ignored)

    def _listed(self, what: str, names: list[str]) -> None:
        """Print a sentence about some students or cells, naming the first of them."""
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        self.console.print(f"{what}: {', '.join(names[:MOST_NAMED])}{more}.", markup=False, soft_wrap=True)

    def audited(self, result: "Audit") -> None:
        """Print what the audit found for one exercise."""
        mark = "[red]✗[/]" if result.faults else "[green]✓[/]"
        self.console.print(f"{mark} {escape(result.name)}: {result.counts.total()} trials, {len(result.faults)} faults")
        table = Table("task", "mistakes", "own name", "another name", box=None, padding=(0, 2))
        for task, rows in result.confusion.items():
            right = sum(counts[label] for label, counts in rows.items())
            every = sum(counts.total() for counts in rows.values())
            table.add_row(escape(task), str(len(rows)), str(right), str(every - right))
        self.console.print(table)
        for task, rows in result.confusion.items():
            for label, counts in rows.items():
                others = ", ".join(f"{other} ({number})" for other, number in counts.items() if other != label)
                if others:
                    self.console.print(f"    {task}: {label} → {others}", markup=False)
        for what, counts in (
            ("pairs", result.pairs),
            ("written slips", result.written),
            ("mutants", result.mutants),
            ("trials", result.counts),
        ):
            self.console.print(f"  {what}: " + ", ".join(f"{number} {name}" for name, number in counts.most_common()))
        for fault in result.faults:
            self.console.print(f"  ✗ {fault}", markup=False, soft_wrap=True)

    def released(self, result: "Released") -> None:
        """Print what became of one exercise."""
        took = f" ({result.seconds:.1f} s)" if result.outcome != "unchanged" and result.seconds else ""
        self.console.print(f"{MARKS[result.outcome]}  {escape(result.name)}{took}")
        for problem in result.problems:
            self.console.print(f"    {problem}", markup=False, soft_wrap=True)

    def demonstrated(self, demo: "Demo") -> None:
        """Print who of a demo's class got what and why, how it was graded, and where feedback and report lie."""
        table = Table(box=None, padding=(0, 2))
        table.add_column("student")
        for task, points in demo.tasks.items():
            table.add_column(f"{task}\nof {points:g}", justify="right")
        table.add_column(f"total\nof {sum(demo.tasks.values()):g}", justify="right")
        table.add_column("what went wrong", overflow="fold")
        for student, verdicts in demo.verdicts.items():
            cells = [f"{verdict.earned:g}" for verdict in verdicts]
            total = f"{sum(verdict.earned for verdict in verdicts):g}"
            wrong = "\n".join(f"{verdict.task}: {_why(verdict)}" for verdict in verdicts if verdict.state != "right")
            table.add_row(student, *cells, total, escape(wrong))
        if self.console.is_terminal:
            self.console.print(table)
        else:
            Console(file=self.console.file, width=160, highlight=False).print(table)
        self._summary(demo.graded)
        ours, stock = demo.seconds_each, demo.stock_seconds
        self.say(
            f"Stock nbgrader took {stock:.1f} s for one submission, `course autograde` {ours:.2f} s for each, with its "
            f"start: {stock / ours:.0f} times as fast."
        )
        for line in (*demo.feedback.lines(), *demo.report.lines()):
            self.say(line)
