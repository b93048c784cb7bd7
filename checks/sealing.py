"""Observing for a judge in another process: while a seal is set, checks hand over what they see, and show nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.observing.wire import as_wire

if TYPE_CHECKING:
    from checks.check import Check


ELSEWHERE = "CHECKS_JUDGED_ELSEWHERE"
"""The environment variable that is set where graded cells are judged in another process."""


class Seal:
    """What checks have seen on the cases of a seed, in the order in which they ended, ready for JSON."""

    def __init__(self, seed: int) -> None:
        self.seen: list[dict[str, Any]] = []
        self._seed = seed

    def hand_over(self, check: Check, subject: Any) -> None:
        """Observe a check's subject and keep what is seen."""
        seen = [[one.kind, one.index, as_wire(one.observation)] for one in check.seen(subject, self._seed)]
        self.seen.append({"check": check.name, "seen": seen})


SEAL: Seal | None = None
"""The seal of this process; `course autograde` sets one for each graded cell."""
