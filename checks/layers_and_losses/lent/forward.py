"""The forward pass of a network, for losses and for a `backward` whose own `forward` may be wrong."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from checks.layers_and_losses.observe import right_forward_standing_in
from checks.observing.standing_in import method_standing_in

ANSWERS = ("TwoLayerNetwork",)


def passed(layers: Any, x: Any) -> list[Any]:
    """Return what each layer gives, one after the other."""
    outputs = []
    for layer in layers:
        x = layer.forward(x)
        outputs.append(x)
    return outputs


@contextlib.contextmanager
def right_layers_standing_in(cls: type) -> Iterator[None]:
    """Let a class have a forward that returns what is right, and remembers what is right where it can.

    While the student's own forward runs, every layer gives its right output whatever it is handed, so that an error in
    forward does not get into what backward reads later.
    """

    def maker(then: Any) -> Any:
        def prompted(net: Any, *arguments: Any, **options: Any) -> Any:
            with _prompting(net.layers, np.array(arguments[0] if arguments else next(iter(options.values())))):
                return then(net, *arguments, **options)

        return prompted

    right = right_forward_standing_in(cls, lambda net, x: passed(net.layers, x)[-1])
    with right, method_standing_in(cls, "forward", maker):
        yield


def _returning(output: Any, _own: Any) -> Any:
    return lambda *_, **__: output.copy()


@contextlib.contextmanager
def _prompting(layers: Any, x: Any) -> Iterator[None]:
    """Let every layer return its right output for the network's input x, whatever it is given."""
    with contextlib.ExitStack() as stack:
        for layer, output in zip(layers, passed(layers, x), strict=True):
            stack.enter_context(method_standing_in(layer, "forward", partial(_returning, output)))
        yield
