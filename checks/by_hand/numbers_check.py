"""The check of typed numbers, which are judged only where they leave something to judge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from checks.check import Check

if TYPE_CHECKING:
    from checks.check import Probes
    from checks.judging.verdict import Verdict


class NumbersCheck(Check):
    """A check of numbers that may follow from the student's own earlier ones."""

    def judged(self, probes: Probes, earlier: Mapping[str, Verdict] | None = None) -> Verdict:
        """Return the verdict on what was seen; earlier numbers that leave nothing to compute have to be right first."""
        from checks.by_hand.following import looked_over

        first, more = probes
        with np.errstate(all="ignore"):
            first = [looked_over(self.name, probe) for probe in first]
        return super().judged((first, more), earlier)
