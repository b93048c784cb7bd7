"""What can be wrong: a problem in what someone wrote, or a reason why a command cannot run."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from checks.libraries import how_to_install


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


def meant(name: str, known: Iterable[str]) -> str:
    """Return the known name that is meant: this one, one that begins with it, or the most similar; "" if none is."""
    there = list(dict.fromkeys(known))
    begun = [one for one in there if name and one.startswith(name)]
    near = begun if len(begun) == 1 else get_close_matches(name, there, n=1, cutoff=0.5)
    return name if name in there else near[0] if near else ""


def printable(text: str) -> str:
    """Return a name that a student may have chosen without what would upset a terminal."""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return `; did you mean "..."?` for the nearest known name, or an empty string."""
    near = meant(name, known)
    return f'; did you mean "{near}"?' if near else ""


def lacking(problem: Exception) -> str:
    """Return a sentence about the library whose import failed and what installs it; "" for any other problem."""
    module = (problem.name or "").partition(".")[0] if isinstance(problem, ModuleNotFoundError) else ""
    if module in ("", "checks", "course"):
        return ""
    if module in sys.stdlib_module_names:
        return f"course: Python has no {module} on this system; this command runs on Linux"
    return f"course: {module} is not installed here; {how_to_install('course')} installs all that this command needs"
