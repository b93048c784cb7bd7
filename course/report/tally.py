"""Count a class: per task, per mistake, and of each student only what a table shows of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..kept_verdicts import KeptVerdict
from .folders import Graded
from .markup import plain
from .mistakes import Mistake, labels_of
from .wording import UNEXPLAINED

NO_VERDICT = "no verdict"

Key = tuple[str, str]
"""A graded check: its notebook and grade_id."""


@dataclass(frozen=True)
class Cell:
    """What one student has for one task."""

    state: str
    earned: float = 0.0
    labels: tuple[str, ...] = ()


NOTHING = Cell(NO_VERDICT)


@dataclass
class Task:
    """One graded check over the class."""

    key: Key
    exercise: str
    name: str
    points: float = 0.0
    earned: float = 0.0
    states: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class StudentResults:
    """One student's results by task."""

    student: str
    cells: dict[Key, Cell]

    @property
    def total(self) -> float:
        """The points earned in all."""
        return sum(cell.earned for cell in self.cells.values())


@dataclass
class Tally:
    """A class counted."""

    rows: list[StudentResults] = field(default_factory=list)
    by_label: dict[tuple[str, str], Mistake] = field(default_factory=dict)
    sealed: int = 0
    verdicts: int = 0
    _tasks: dict[Key, Task] = field(default_factory=dict)
    _order: list[Key] = field(default_factory=list)
    _cells: dict[Cell, Cell] = field(default_factory=dict)

    def add(self, graded: Graded) -> None:
        """Count one student's verdicts; they themselves are not kept."""
        cells: dict[Key, Cell] = {}
        made: set[tuple[str, str]] = set()
        before: Key | None = None
        for notebook, verdicts in graded.verdicts.items():
            for verdict in verdicts:
                key = (notebook, verdict.grade_id)
                if key in cells:  # the file names one check twice: the first stands
                    continue
                task = self._task(key, verdict, before)
                before = key
                cells[key] = self._count(task, verdict)
                for label in cells[key].labels:
                    mistake = self.by_label.setdefault((task.name, label), Mistake(task.name, label))
                    mistake.add(verdict, graded.student)
                    made.add((task.name, label))
        for name in made:
            self.by_label[name].students += 1
        self.rows.append(StudentResults(graded.student, cells))

    def _count(self, task: Task, verdict: KeptVerdict) -> Cell:
        task.points = max(task.points, verdict.points)
        task.earned += verdict.earned
        task.states[verdict.state] += 1
        self.verdicts += 1
        self.sealed += verdict.sealed
        cell = Cell(verdict.state, float(verdict.earned), labels_of(verdict))
        return self._cells.setdefault(cell, cell)  # a class has few different ones

    def _task(self, key: Key, verdict: KeptVerdict, before: Key | None) -> Task:
        """Return the task of a check; a new one takes its place after the one that it follows in its notebook."""
        if key not in self._tasks:
            place = len(self._order) if before is None else self._order.index(before) + 1
            self._order.insert(place, key)
            self._tasks[key] = Task(key, verdict.exercise, plain(verdict.task, 60))
        return self._tasks[key]

    @property
    def size(self) -> int:
        """The number of students."""
        return len(self.rows)

    @property
    def tasks(self) -> dict[Key, Task]:
        """The tasks in the order of the notebooks."""
        return {key: self._tasks[key] for key in self._order}

    @property
    def titles(self) -> dict[Key, str]:
        """What the tasks are called, so that no two are called the same."""
        names = Counter(task.name for task in self._tasks.values())
        grade_ids = Counter(grade_id for _, grade_id in self._order)
        titles = {}
        for (notebook, grade_id), task in self.tasks.items():
            place = grade_id if grade_ids[grade_id] == 1 else f"{notebook} {grade_id}"
            title = task.name if names[task.name] == 1 else f"{task.name} ({place})"
            titles[task.key] = plain(title, 120)
        return titles

    @property
    def out_of(self) -> float:
        """The points that can be earned."""
        return sum(task.points for task in self._tasks.values())

    @property
    def mean(self) -> float:
        """The mean of what was earned."""
        return sum(row.total for row in self.rows) / max(self.size, 1)

    def states(self, task: Task) -> Counter[str]:
        """Return how many students a task stands how with; who has no verdict on it counts as such."""
        states = Counter(task.states)
        states[NO_VERDICT] += self.size - states.total()
        return states

    def ordered(self) -> Iterator[StudentResults]:
        """Yield the students by their results alone, the best first, so that the order gives nobody's name away."""
        keys = self._order

        def results(row: StudentResults) -> tuple[object, ...]:
            cells = [row.cells.get(key, NOTHING) for key in keys]
            return (-row.total, [(-cell.earned, cell.state, cell.labels) for cell in cells])

        yield from sorted(self.rows, key=results)

    @property
    def mistakes(self) -> list[Mistake]:
        """The mistakes, the most frequent first."""
        return sorted(self.by_label.values(), key=lambda one: (-one.students, -one.lost, one.task, one.label))

    @property
    def costliest(self) -> list[Mistake]:
        """The mistakes with a name, those first that cost the class most points."""
        named = (one for one in self.by_label.values() if one.label != UNEXPLAINED and one.lost > 0)
        return sorted(named, key=lambda one: (-one.lost, -one.students, one.task, one.label))

    @property
    def lost(self) -> float:
        """The points that the class did not earn."""
        return max(self.size * self.out_of - sum(task.earned for task in self._tasks.values()), 0.0)
