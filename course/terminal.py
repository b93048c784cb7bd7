"""What an instructor sees in the terminal: a line that says what is being done, then results. Plain text in a pipe."""

from collections import Counter
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
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from .audit import Audit
    from .demo import GradedClass as DemoClass
    from .grading.driver import GradedClass
    from .release import Released

MARKS = {
    "built": "[green]✓[/] built and proven",
    "unchanged": "[green]✓[/] unchanged",
    "as built": "[green]✓[/] as a fresh build",
    "failed": "[red]✗[/] failed",
}


MOST_LISTED = 60
"""How many submissions are listed one by one; of more, those that need a look (`--json` has them all)."""

MOST_NAMED = 5
"""How many cells are named in a sentence about them."""

STATES = {"graded": "[green]graded[/]", "unchanged": "unchanged", "needs a look": "[yellow]needs a look[/]"}


def printable(text: str) -> str:
    """Return a name that a student may have chosen without what would upset a terminal."""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)


class RateColumn(ProgressColumn):
    """How many are done in a minute."""

    def render(self, task: Task) -> Text:
        """Return the rate since the start."""
        return Text(f"{60 * task.speed:.0f}/min" if task.speed else "", style="progress.data.speed")


class Screen:
    """The terminal while a command runs."""

    def __init__(self, console: Console | None = None, *, quiet: bool = False) -> None:
        self.console = console or Console(highlight=False, stderr=quiet)
        self._status = self.console.status("starting")
        self._grading: Progress | None = None
        self._bar = Progress(
            *Progress.get_default_columns(), MofNCompleteColumn(), console=self.console, transient=True
        )

    def __enter__(self) -> "Screen":
        if self.console.is_terminal:
            self._status.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._status.stop()
        self._stop_bar()
        self._stop_grading()

    def step(self, name: str, step: str) -> None:
        """Say what is being done now; in a pipe this says nothing."""
        self._status.update(f"{escape(name)}: {escape(step)} ...")

    def progress(self, done: int, of: int) -> None:
        """Show how far a long run is; in a pipe this says nothing."""
        if not self.console.is_terminal:
            return
        if not self._bar.tasks:
            self._status.stop()
            self._bar.add_task("auditing", total=of)
            self._bar.start()
        self._bar.update(self._bar.tasks[0].id, completed=done)

    def grading(self, done: int, of: int) -> None:
        """Show how far the grading of a class is, how fast it goes and how long it will take; in a pipe nothing."""
        if not self.console.is_terminal:
            return
        if self._grading is None:
            self._status.stop()
            columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), RateColumn(), TimeRemainingColumn())
            self._grading = Progress(*columns, console=self.console, transient=True)
            self._grading.add_task("grading", total=of)
            self._grading.start()
        self._grading.update(self._grading.tasks[0].id, completed=done)

    def autograded(self, graded: "GradedClass") -> None:
        """Print what became of every submission, what needs a look and why, and how it was graded."""
        self._stop_grading()
        table = Table(box=None, padding=(0, 2))
        table.add_column("student", overflow="fold")
        table.add_column("score", justify="right")
        table.add_column("")
        listed = [row for row in graded.rows if len(graded.rows) <= MOST_LISTED or row.state == "needs a look"]
        for row in listed:
            score = "–" if row.score is None else f"{row.score:g} / {row.max_score:g}"
            table.add_row(escape(printable(row.student)), score, STATES[row.state])
        if listed:
            self.console.print(table)
        for row in graded.rows:
            for reason in row.reasons:
                self.console.print(f"! {printable(row.student)}: {reason}", markup=False, soft_wrap=True)
        states = Counter(row.state for row in graded.rows)
        several = {"needs a look": "need a look"}
        counts = ", ".join(
            f"{states[state]} {state if states[state] == 1 else several.get(state, state)}"
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

    def _listed(self, what: str, names: list[str]) -> None:
        """Print a sentence about some things, naming the first of them."""
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        self.console.print(f"{what}: {', '.join(names[:MOST_NAMED])}{more}.", markup=False, soft_wrap=True)

    def _stop_bar(self) -> None:
        if self._bar.tasks:  # one that was never started would print an empty line
            self._bar.stop()

    def _stop_grading(self) -> None:
        if self._grading is not None:
            self._grading.stop()

    def audited(self, result: "Audit") -> None:
        """Print what the audit found for one exercise."""
        self._stop_bar()
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
        for what, counts in (("pairs", result.pairs), ("mutants", result.mutants), ("trials", result.counts)):
            self.console.print(f"  {what}: " + ", ".join(f"{number} {name}" for name, number in counts.most_common()))
        for fault in result.faults:
            self.console.print(f"  ✗ {fault}", markup=False, soft_wrap=True)

    def released(self, result: "Released") -> None:
        """Print what became of one exercise."""
        took = f" ({result.seconds:.1f} s)" if result.outcome != "unchanged" and result.seconds else ""
        self.console.print(f"{MARKS[result.outcome]}  {escape(result.name)}{took}")
        for problem in result.problems:
            self.console.print(f"    {problem}", markup=False, soft_wrap=True)

    def graded(self, graded: "DemoClass") -> None:
        """Print the table of a graded class and where its feedback lies."""
        table = Table(
            title=f"{graded.name}: {len(graded.students)} submissions, graded by nbgrader", title_justify="left"
        )
        table.add_column("student")
        for task, points in graded.tasks.items():
            table.add_column(f"{task}\nof {points:g}", justify="right")
        table.add_column(f"total\nof {sum(graded.tasks.values()):g}", justify="right")
        table.add_column("what went wrong", overflow="fold")
        for student in graded.students:
            cells = [f"{student.earned[task]:g}" for task in graded.tasks]
            mistakes = "\n".join(f"{task}: {mistake}" for task, mistake in student.mistakes)
            table.add_row(student.name, *cells, f"{student.total:g}", escape(mistakes))
        if self.console.is_terminal:
            self.console.print(table)
        else:
            Console(file=self.console.file, width=160, highlight=False).print(table)
        if graded.by_hand:
            self.console.print(f"{graded.by_hand:g} more points are for written answers, which a person grades.")
        self.console.print(f"Feedback: {graded.feedback}", soft_wrap=True)
