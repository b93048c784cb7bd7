"""The inputs of the probes: the network of the notebook for typed numbers, random networks for functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from checks.by_hand.case import (
    PUBLISHED,
    BackwardCase,
    ElementwiseCase,
    ErrorCase,
    ForwardCase,
    FunctionCase,
    Problem,
    UpdateCase,
)
from checks.by_hand.lent import sigmoid
from checks.observing.observation import Array

SIZES = ((3, 5, 2), (2, 4, 1), (4, 2, 3), (5, 6, 7))
"""Inputs, hidden neurons and outputs of each probe: pairwise different, one output and several."""

SQUARE = (3, 3, 3)
"""Where every product of matrices fits, so that a transposed one can be recognised by its values."""

SCALES = (1.0, 6.0)
"""The sizes of numbers: of about 1, and larger ones."""


@dataclass(frozen=True, eq=False)
class Draw:
    """Arguments for every function of pass 3, drawn together.

    `values` and `integers` (n, 1) are for the element-wise functions; `x`, `t`, `W1`, `W2` are a network;
    `s1`, `s2`, `o2` a forward pass of another input; `delta` (n_out, 1), `o` (n_hidden, 1) and `epsilon` an update.
    """

    sizes: tuple[int, int, int]
    values: Array
    integers: Array
    x: Array
    t: Array
    W1: Array
    W2: Array
    s1: Array
    s2: Array
    o2: Array
    delta: Array
    o: Array
    epsilon: float


@lru_cache(maxsize=256)
def draw(sizes: tuple[int, int, int], seed: int, scale: float = 1.0) -> Draw:
    """Draw from a seed; `scale` is the size of targets, error signals and weighted inputs.

    Every column of weighted inputs has entries of both signs if it has two, and none of them is close to 0; the
    element-wise functions get two small ones as well, a negative one first.
    """
    rng = np.random.default_rng([seed, int(10 * scale), *sizes])
    n_in, n_hidden, n_out = sizes

    def column(size: int) -> Array:
        signs = np.where((np.arange(size) + rng.integers(2)) % 2 == 0, 1.0, -1.0)
        return (signs * rng.uniform(0.2, 1.8, size=size))[:, None]

    s2 = column(n_out)
    x, w1 = column(n_in), rng.normal(size=(n_hidden, n_in)) * 1.2
    w1 += (column(n_hidden) - w1 @ x) @ x.T / (x.T @ x)  # now W1 x has both signs and no entry close to 0
    o1, wanted = np.maximum(w1 @ x, 0), column(n_out)
    wanted = -np.abs(wanted) if n_out == 1 else wanted  # below 0, ReLU at the output shows
    w2 = rng.normal(size=(n_out, n_hidden)) * 1.2
    w2 += (wanted - w2 @ o1) @ o1.T / (o1.T @ o1)
    integers = np.array([[-3], [2], [1], [-1], [4]])[rng.permutation(5)]
    return Draw(
        sizes=sizes,
        values=np.concatenate([[[-0.03]], column(sum(sizes)) * scale, [[0.03]]]),
        integers=integers,
        x=x,
        t=rng.uniform(0.1, 0.9, size=(n_out, 1)) * (10 * scale if scale > 1 else 1),
        W1=w1,
        W2=w2,
        s1=column(n_hidden),
        s2=s2,
        o2=sigmoid(s2),
        delta=column(n_out) * 3 * scale,
        o=column(n_hidden),
        epsilon=float(rng.choice([0.3, 0.7, 1.7])),
    )


# --- what each function gets of it ---


def elementwise_case(d: Draw) -> ElementwiseCase:
    """Return the arguments of `relu`, `sigmoid` and their derivatives."""
    return ElementwiseCase(sizes=d.sizes, values=d.values, integers=d.integers)


def error_case(d: Draw) -> ErrorCase:
    """Return the arguments of `squared_error`."""
    return ErrorCase(sizes=d.sizes, y=d.o2, t=d.t)


def forward_case(d: Draw) -> ForwardCase:
    """Return the arguments of `forward_pass`."""
    return ForwardCase(sizes=d.sizes, x=d.x, W1=d.W1, W2=d.W2)


def backward_case(d: Draw) -> BackwardCase:
    """Return the arguments of `backward_pass`."""
    return BackwardCase(sizes=d.sizes, t=d.t, s1=d.s1, s2=d.s2, o2=d.o2, W2=d.W2)


def update_case(d: Draw) -> UpdateCase:
    """Return the arguments of `updated`."""
    return UpdateCase(sizes=d.sizes, W=d.W2, delta=d.delta, o=d.o, epsilon=d.epsilon)


Cases = Callable[[int], Sequence[FunctionCase]]


def _probes(case: Callable[[Draw], FunctionCase], sizes: Sequence[tuple[int, int, int]]) -> Cases:
    """Return a function of a seed that makes cases of some sizes, with numbers of about 1 and with larger ones."""

    @lru_cache(maxsize=16)
    def cases(seed: int) -> tuple[FunctionCase, ...]:
        return tuple(case(draw(size, seed, scale)) for scale in SCALES for size in sizes)

    return cases


elementwise, squared_error, forward_pass, backward_pass, updated = (
    _probes(case, SIZES) for case in (elementwise_case, error_case, forward_case, backward_case, update_case)
)
"""The probes of each function by seed."""

elementwise_square, squared_error_square, forward_pass_square, backward_pass_square, updated_square = (
    _probes(case, (SQUARE,)) for case in (elementwise_case, error_case, forward_case, backward_case, update_case)
)
"""The probes that are used in addition when a student's code raises, to find out why."""


def published(seed: int) -> tuple[Problem, ...]:
    """Return the network of the notebook: typed numbers have no second case."""
    return (PUBLISHED,)
