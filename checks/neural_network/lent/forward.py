"""The forward pass by the given layers in order, so that a wrong `forward` spoils neither loss nor gradients."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

from checks.neural_network.network import PASS, NetworkCopy
from checks.observing.arrays import as_array
from checks.observing.observation import Array
from checks.observing.watch import same

ANSWERS = ("forward",)


def _through(layers: Sequence[Any], x: Any) -> Any:
    for layer in layers:
        x = layer.forward(x)
    return x


def given_layers_standing_in(copy: NetworkCopy) -> AbstractContextManager[None]:
    """Let a network's `forward` be its layers in order."""
    return copy.forward_standing_in(partial(_through, copy.layers))


def own_forward_is_right(copy: NetworkCopy, x: Array) -> bool:
    """Tell whether the student's own forward does what the given layers do."""
    own = copy.net.forward(copy.tensor(x))
    remembered = [getattr(layer, name) for layer in copy.layers for name in PASS]
    right = _through(copy.layers, copy.tensor(x))
    expected = [getattr(layer, name) for layer in copy.layers for name in PASS]
    return all(same(as_array(e), r) for r, e in zip([own, *remembered], [right, *expected], strict=True))
