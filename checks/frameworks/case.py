"""The inputs of one probe of a two-layer network without biases, and the quantities that are seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from checks.observing.observation import Array
from checks.observing.quantity import AFTER, Quantity

Shape = tuple[tuple[int, int, int], int, int, bool]
"""Layer sizes, batch size, number of steps, and whether targets are large."""

JAX_SHAPES: tuple[Shape, ...] = (((3, 5, 2), 4, 2, False), ((2, 4, 1), 3, 3, True))
"""The shapes of the cases in JAX, which compiles anew for each of them: there are few."""

PUBLISHED_SHAPE: Shape = ((2, 2, 2), 1, 2, False)
"""The shape of exercise 1, where JAX also runs uncompiled."""

HIDDEN, OUTPUT, LOSS = "o1", "o2", "E"
GRADIENTS, WEIGHTS = ("dE/dW1", "dE/dW2"), ("W1", "W2")

FIELDS = ("o1", "o2", "E", "dE_dW1", "dE_dW2", "W1", "W2")
"""What the record of one step holds, in this order."""

KINDS = dict(zip(FIELDS, (HIDDEN, OUTPUT, LOSS, *GRADIENTS, *WEIGHTS), strict=True))
"""What the fields of a record are, by the symbols of the notebook."""

MODEL_WEIGHTS = tuple(Quantity(kind, aspect="of the model") for kind in WEIGHTS)
"""The weights found in the model that a student's function returns."""

MODEL_OUTPUT = Quantity(OUTPUT, aspect="of the model for new inputs")
"""What the returned model answers to inputs it has not seen."""

ENERGY = Quantity("energy", aspect="at other weights")
"""What the returned loss function gives for weights and data it has not seen."""

ENERGY_GRADIENT = tuple(Quantity("its derivative", aspect=f"for {kind}") for kind in WEIGHTS)
"""What JAX finds when it differentiates the returned loss function there."""

AUTODIFF, OPTIMISERS = Quantity("autodiff"), Quantity("optimisers")
"""How the numbers were made: whether the framework differentiated, and whether a torch.optim optimiser made steps
(1 or 0)."""

JAX_ARRAYS, SEQUENTIAL = Quantity("jax arrays"), Quantity("sequential")
"""Whether the records hold JAX arrays, and whether the model is an nn.Sequential (1 or 0)."""


def quantity(field: str, step: int) -> Quantity:
    """Return what a field of the record of a step is; steps are counted from 1."""
    kind = KINDS[field]
    return Quantity(kind, step=step, aspect=AFTER if kind in WEIGHTS else "")


@dataclass(frozen=True, eq=False)
class FrameworkCase:
    """A 2-layer network without biases and a batch; each case is equal to itself only.

    `x` is (batch, in), `t` (batch, out), `W1` (hidden, in), `W2` (out, hidden); `steps` updates with the learning rate
    `epsilon`. `new_x`, `new_t`, `new_W1` and `new_W2`, of the same shapes, try what was returned.
    """

    x: Array
    t: Array
    W1: Array
    W2: Array
    epsilon: float
    steps: int
    new_x: Array
    new_t: Array
    new_W1: Array
    new_W2: Array
    published: bool = False
    dtype: type[np.floating] = np.float64

    @property
    def sizes(self) -> tuple[int, int, int]:
        """Numbers of inputs, hidden neurons and outputs."""
        return self.W1.shape[1], self.W1.shape[0], self.W2.shape[0]

    @property
    def dimensions(self) -> dict[str, int]:
        """The sizes a mistaken factor may stand for, by their symbols."""
        return {"N": len(self.x), "K": len(self.W2)}

    def __str__(self) -> str:
        if self.published:
            return "the network of exercise 1"
        n_in, n_hidden, n_out = self.sizes
        return f"a {n_in}-{n_hidden}-{n_out} network with {len(self.x)} samples, learning rate {self.epsilon:.2g}"

    def as_float32(self) -> Self:
        """Return the same case for code that only works in single precision."""
        return replace(self, dtype=np.float32)
