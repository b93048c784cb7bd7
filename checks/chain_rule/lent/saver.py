"""The forward pass that remembers, for one sample."""

from __future__ import annotations

from typing import Any

from checks.chain_rule.lent.forward import weighted_input

ANSWERS = ("feed_forward_saver",)


def feed_forward_saver(
    input: Any, layers: list[tuple[Any, Any]], activation_funcs: Any
) -> tuple[list[Any], list[Any], Any]:
    """Return the input and z of every layer, and the prediction, for one sample."""
    layer_inputs, zs, a = [], [], input
    for (W, b), function in zip(layers, activation_funcs, strict=True):
        layer_inputs.append(a)
        zs.append(weighted_input(W, b, a))
        a = function(zs[-1])
    return layer_inputs, zs, a
