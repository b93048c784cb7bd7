"""Observing for a judge in another process: checks only hand over what they see, on cases that the judge has sent."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from checks.observing.lending import look_from_wire
from checks.observing.looking import Sight
from checks.observing.wire import as_wire

if TYPE_CHECKING:
    from checks.check import Check

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

ELSEWHERE = "CHECKS_JUDGED_ELSEWHERE"
"""The environment variable that is set where graded cells are judged in another process."""

SENTENCE = "This is not shown while a notebook is graded; graded checks are judged outside of it."


class Seal:
    """What the graded check of a cell has seen, and the object that further looks are at.

    `looks` are the first looks of the checks that the cell may call, by the names of their tasks, as the judge has
    sent them.
    """

    def __init__(self, looks: Mapping[str, Any]) -> None:
        self.check = ""
        self.seen: list[Any] | None = None
        self._looks = looks
        self._sight: Sight | None = None
        self._cases: Any = ()

    def hand_over(self, check: Check, subject: Any) -> None:
        """Observe a check's subject; of several checks in a cell the last one counts."""
        if check.name in self._looks:
            self._sight, self.check = Sight(check, subject), check.name
            self.seen = self.look(self._looks[check.name])

    def look(self, sent: Any) -> list[Any]:
        """Return what is seen in a look, ready for JSON.

        Raises:
            LookupError: if there is nothing to look at.
        """
        if self._sight is None:
            raise LookupError("no check was called")
        look = look_from_wire(sent, self._cases)
        self._cases = look.cases
        return [as_wire(observation) for observation in self._sight.at(look)]


SEAL: Seal | None = None
"""The seal of the graded cell that runs; `course autograde` sets it."""


def judged_elsewhere() -> bool:
    """Tell whether verdicts are made in another process."""
    return SEAL is not None or ELSEWHERE in os.environ


def hand_over(check: Check, subject: Any) -> None:
    """Let the judge have what a check of a graded cell sees; another check says that it says nothing here."""
    if SEAL is not None:
        SEAL.hand_over(check, subject)
    else:
        say_so()


def say_so(sentence: str = SENTENCE) -> None:
    """Show the sentence that stands for whatever needs the judging side."""
    from IPython.display import display

    display({"text/plain": sentence, "text/html": f"<p>{sentence}</p>"}, raw=True)


def not_while_graded(function: Callable[Arguments, Result]) -> Callable[Arguments, Result | None]:
    """Have a function that needs the judging side show one sentence, and return None, where there is no such side."""

    @wraps(function)
    def shown(*arguments: Arguments.args, **options: Arguments.kwargs) -> Result | None:
        if judged_elsewhere():
            say_so()
            return None
        return function(*arguments, **options)

    return shown
