"""Notice when a student's code lets torch compute the gradients."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from checks.observing.observation import Trouble
from checks.observing.watch import Halt

SENTENCE = (
    "Your code lets torch compute the gradients (autodiff). Here they are to be computed by hand from the equations; "
    "autodiff is good for comparing with afterwards."
)


@contextlib.contextmanager
def no_autodiff() -> Iterator[None]:
    """Run a block and end it with the problem AUTODIFF if torch's reverse-mode engine ran in it.

    Tensors that merely require gradients are fine: only reading back what torch saved for a backward pass counts.
    """
    import torch

    used = False

    def unpack(saved: Any) -> Any:
        nonlocal used
        used = True
        return saved

    try:
        with torch.autograd.graph.saved_tensors_hooks(lambda tensor: tensor, unpack):
            yield
    except RuntimeError as error:
        if "saved tensor hooks" in str(error):  # torch.func refuses to run under the hooks
            used = True
        if not used:
            raise
    if used:
        raise Halt(Trouble.AUTODIFF, SENTENCE)
