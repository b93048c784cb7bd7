"""A check whose judge first concludes something from what was seen, before that is compared with anything."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from importlib import import_module

import numpy as np

from checks.check import Check, Probes
from checks.observing.looking import Look
from checks.observing.observation import Observation


@dataclass(frozen=True)
class ConcludingCheck(Check):
    """A check that is observed without the right answers which it takes to say what was seen.

    `concluded_by` is "module:name" of a function that returns a probe with what follows from it; the module is
    imported when everything has been seen.
    """

    concluded_by: str = ""

    def looks(self, seed: int = 0) -> Generator[Look, list[Observation], Probes]:
        """Yield the looks that it takes, and return the probes with what follows from them."""
        seen, more = yield from super().looks(seed)
        module, _, name = self.concluded_by.partition(":")
        concluded = getattr(import_module(module), name)
        with np.errstate(all="ignore"):
            return [concluded(probe) for probe in seen], [concluded(probe) for probe in more]
