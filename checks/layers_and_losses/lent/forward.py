"""The forward pass of a network, for losses and for a `backward` whose own `forward` may be wrong."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import numpy as np

from checks.layers_and_losses.observe import with_right_forward

ANSWERS = ("TwoLayerNetwork",)


def passed(layers: Any, x: Any) -> list[Any]:
    """Return what each layer gives, one after the other."""
    outputs = []
    for layer in layers:
        x = layer.forward(x)
        outputs.append(x)
    return outputs


def with_right_layers(cls: type) -> Any:
    """Return a class like `cls` whose forward returns what is right, and remembers what is right where it can.

    While the student's own forward runs, every layer gives its right output whatever it is handed, so that an error in
    forward does not get into what backward reads later.
    """
    kind: Any = with_right_forward(cls, lambda net, x: passed(net.layers, x)[-1])
    then = kind.forward

    def prompted(net: Any, *arguments: Any, **options: Any) -> Any:
        with _prompting(net.layers, np.array(arguments[0] if arguments else next(iter(options.values())))):
            return then(net, *arguments, **options)

    kind.forward = prompted
    return kind


@contextlib.contextmanager
def _prompting(layers: Any, x: Any) -> Iterator[None]:
    """Let every layer return its right output for the network's input x, whatever it is given."""
    for layer, output in zip(layers, passed(layers, x), strict=True):
        layer.forward = lambda *_, right=output, **__: right.copy()
    try:
        yield
    finally:
        for layer in layers:
            vars(layer).pop("forward", None)
