"""A linear layer for batches, for a network that is trained in mini-batches."""

from __future__ import annotations

from typing import Any

from checks.layers_and_losses.lent.layers import RightLinear, accepted, shown_as

ANSWERS = ("BatchLinear",)


@shown_as("BatchLinear")
class RightBatchLinear(RightLinear):
    """A linear layer whose gradients are those of a whole batch."""

    def backward(self, x: Any, grad_output: Any) -> Any:
        """Store both gradients and return that with respect to x."""
        x, g = accepted(self, x, grad_output)
        self.grad_weight = x.T @ g
        self.grad_bias = g.sum(axis=0)
        return g @ self.weight.T
