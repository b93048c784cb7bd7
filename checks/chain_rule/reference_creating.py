"""The shapes of fresh layers, which are no formulas of arrays: Parts 4 and 5."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from checks.chain_rule.case import BIAS_SHAPE, LAYERS, VARIETY, WEIGHT_SHAPE, ChainCase
from checks.judging.reference import Answer, Reference
from checks.observing.quantity import Quantity


class CreateReference(Reference):
    """The shapes of fresh layers, equation (18)."""

    case: ChainCase
    measured = False
    formulas: ClassVar[Mapping[str, tuple[str, str]]] = {
        "weight_shape": ("(18)", "W⁽ˡ⁾ is (n_l, n_(l-1))"),
        "bias_shape": ("(18)", "b⁽ˡ⁾ is (n_l,)"),
    }

    def number_of_layers(self) -> int:
        """Return how many layers there are."""
        return len(self.case.sizes) - 1

    def incoming(self, layer: int) -> int:
        """Return the number of inputs of a layer."""
        return self.case.sizes[layer - 1]

    def weight_shape(self, layer: int) -> tuple[int, ...]:
        """Return the shape of W of a layer."""
        incoming, out = self.incoming(layer), self.case.sizes[layer]
        return (incoming, out) if self.case.many else (out, incoming)

    def bias_shape(self, layer: int) -> tuple[int, ...]:
        """Return the shape of b of a layer."""
        return (self.case.sizes[layer],)

    def variety(self, layer: int) -> float:
        """Return 1 if the nodes of a layer differ from each other."""
        return 1.0

    def pair(self, weight: tuple[int, ...], bias: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the two shapes of a layer in their order."""
        return weight, bias

    def answer(self) -> Answer:
        """Return the number of layers and all shapes, filled up with -1."""
        answer = {LAYERS: np.array(float(self.number_of_layers()))}
        for layer in range(1, self.number_of_layers() + 1):
            shapes = self.pair(self.weight_shape(layer), self.bias_shape(layer))
            for kind, shape in zip((WEIGHT_SHAPE, BIAS_SHAPE), shapes, strict=True):
                answer[Quantity(kind, layer)] = np.array([*shape, *[-1.0] * (3 - len(shape))])
            answer[Quantity(VARIETY, layer)] = np.array(self.variety(layer))
        return answer


class BatchCreateReference(CreateReference):
    """The shapes of fresh layers, equation (23)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = {
        "weight_shape": ("(23)", "W⁽ˡ⁾ is (n_(l-1), n_l)"),
        "bias_shape": ("(23)", "b⁽ˡ⁾ is (n_l,)"),
    }
