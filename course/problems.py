"""What can be wrong: a problem in what someone wrote, or a reason why a command cannot run."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Problem:
    """One thing to put right: where it is, and a sentence that says what was expected, what came, and what to do."""

    path: str
    sentence: str
    line: int | None = None
    cell: str | None = None

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        cell = "" if self.cell is None else f" cell {self.cell}:"
        return f"{place}:{cell} {self.sentence}"


class ProblemsFound(Exception):
    """Everything that is wrong with one exercise, listed at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class CannotRun(Exception):
    """The command could not start, or its surroundings failed it; the message is one sentence for the user."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return `; did you mean "..."?` for the nearest known name, or an empty string."""
    near = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f'; did you mean "{near[0]}"?' if near else ""
