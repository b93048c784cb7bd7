"""How a mistake is written down in this exercise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from checks.judging.reference import Misconception, Override
from checks.softmax_and_nll.reference import FORMULAS


def mistake(
    step: str, label: str, otherwise: Callable[..., Any], says: str, look: str, think: str, equation: str = ""
) -> Misconception:
    """Return the mistake of doing `step` as `otherwise(reference, right, *arguments)`."""
    return Misconception(label, Override(step, otherwise), says, look, think, equation or FORMULAS[step][0])
