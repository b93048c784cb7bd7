"""Notice when a student's code lets torch compute the gradients."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

SENTENCE = (
    "Your code lets torch compute the gradients (autodiff). Here they are to be computed by hand from the equations; "
    "autodiff is good for comparing with afterwards."
)


@contextlib.contextmanager
def autodiff_watched(used: Callable[[], None]) -> Iterator[None]:
    """Run a block and call `used` as soon as torch differentiates in it, in whatever way and thread.

    Tensors that merely require gradients are fine: only asking torch for derivatives counts.
    """
    from unittest.mock import patch  # heavy to import, as torch is

    import torch

    def unpack(saved: Any) -> Any:
        used()
        return saved

    with contextlib.ExitStack() as stack:
        for owner, name in (
            (torch.autograd, "backward"),
            (torch.autograd, "grad"),
            (torch.autograd.forward_ad, "make_dual"),
        ):
            stack.enter_context(patch.object(owner, name, _announced(getattr(owner, name), used)))
        # For functions that the student's code had imported before, and for Tensor.backward's own road.
        stack.enter_context(torch.autograd.graph.saved_tensors_hooks(lambda tensor: tensor, unpack))
        try:
            yield
        except RuntimeError as error:
            if "saved tensor hooks" in str(error):  # torch.func refuses to run under the hooks
                used()
            raise


def _announced(function: Callable[..., Any], used: Callable[[], None]) -> Callable[..., Any]:
    def announced(*arguments: Any, **options: Any) -> Any:
        used()
        return function(*arguments, **options)

    return announced
