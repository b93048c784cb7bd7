"""Checks that tell a student whether a solution is right and, if not, which mistake it is.

One module for each exercise; the flagship's checks are importable from here. Importing this loads neither torch nor
matplotlib nor ipywidgets.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checks.attempt_log import log_attempts
    from checks.check import CheckFailed
    from checks.libraries import needs
    from checks.neural_network import (
        check_apply_gradients,
        check_backward,
        check_forward,
        check_get_loss,
        check_predictions,
        check_train,
        hint,
        progress,
    )

__all__ = [
    "CheckFailed",
    "check_apply_gradients",
    "check_backward",
    "check_forward",
    "check_get_loss",
    "check_predictions",
    "check_train",
    "hint",
    "log_attempts",
    "needs",
    "progress",
]

_ELSEWHERE = {"CheckFailed": "checks.check", "log_attempts": "checks.attempt_log", "needs": "checks.libraries"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'checks' has no attribute {name!r}")
    return getattr(import_module(_ELSEWHERE.get(name, "checks.neural_network")), name)
