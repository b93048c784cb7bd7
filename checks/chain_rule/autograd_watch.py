"""Notice when a student's code lets autograd differentiate, and whether autograd can differentiate what they wrote."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

SENTENCE = (
    "Your code lets autograd compute the derivative. Here it is to be computed by hand from the equations; autograd is "
    "good for comparing with afterwards."
)

DIFFERENTIABLE, CAST, ASSIGNED, UNKNOWN, STOPPED = 0.0, 1.0, 2.0, 3.0, 4.0
"""What autograd makes of a function: it differentiates; a cast to float, an assignment into an array, a function whose
derivative it does not know, or something else stops it."""


@contextlib.contextmanager
def autograd_watched() -> Iterator[list[bool]]:
    """Run a block and give a list that is filled as soon as autograd differentiates, unless a stand-in asked for it."""
    import autograd.core as core

    trace = core.trace
    used: list[bool] = []

    def announced(*arguments: Any, **options: Any) -> Any:
        if not _asked_by_a_stand_in(sys._getframe(1)):
            used.append(True)
        return trace(*arguments, **options)

    core.trace = announced
    try:
        yield used
    finally:
        core.trace = trace


def _asked_by_a_stand_in(frame: FrameType | None) -> bool:
    lent = sys.modules.get(f"{__package__}.lent")
    while frame is not None:
        if lent is not None and frame.f_globals is vars(lent):
            return True
        frame = frame.f_back
    return False


def autograd_makes_of(function: Callable[[Any], Any], argument: Any) -> float:
    """Return what autograd makes of `function`, whose value is an array that depends on `argument`."""
    import autograd
    import autograd.numpy as np

    try:
        gradient = autograd.grad(lambda value: np.sum(np.square(function(value))))(argument)
    except NotImplementedError as error:
        if not error.args:  # an unfinished part
            raise
        return UNKNOWN
    except Exception as error:
        chain: list[BaseException] = []
        link: BaseException | None = error
        while link is not None and len(chain) < 10:
            chain.append(link)
            link = link.__cause__ or link.__context__
        messages = " ".join(str(link) for link in chain)
        if "setting an array element" in messages or "does not support item assignment" in messages:
            return ASSIGNED
        if "float() argument" in messages or "real number" in messages or "no attribute 'item'" in messages:
            return CAST
        return STOPPED
    return DIFFERENTIABLE if np.any(gradient) else STOPPED
