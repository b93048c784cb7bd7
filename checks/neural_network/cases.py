"""The cases of the checks, made from a seed alone."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np

from checks.neural_network.case import NetworkCase
from checks.observing.observation import Array

SHAPES: tuple[tuple[tuple[int, ...], int], ...] = (
    ((4, 6, 3, 5, 2), 7),
    ((3, 5, 4, 2), 6),
    ((2, 4, 1), 5),
    ((2, 7, 4, 6, 5, 3), 40),
)
"""Layer sizes and batch size of each probe: pairwise different, four depths, one output and several, few samples
and many."""

SQUARE: tuple[tuple[int, ...], int] = ((4, 4, 4, 4), 4)
"""Where every product of matrices fits, so that a transposed one can be recognised by its values."""


def make_case(
    sizes: tuple[int, ...], batch: int, seed: int, stream: int = 0, *, second: int = 0, large: bool = False
) -> NetworkCase:
    """Make a case whose pre-activations have both signs and a size of about 1, in float64.

    `second` is the size of the second mini-batch, by default one sample more than the first. With `large`, labels and
    gradients are far from 1, so that clipping shows, and training is long, fast or diverges.
    """
    rng = np.random.default_rng([seed, stream, batch, *sizes])

    def inputs(samples: int) -> Array:
        return rng.normal(size=(samples, sizes[0]))

    def labels(samples: int) -> Array:
        return rng.uniform(0.05, 0.95, size=(samples, sizes[-1])) * (100 if large else 1)

    def parameters(scale: float) -> tuple[tuple[Array, Array], ...]:
        return tuple(
            (
                scale * rng.normal(size=(n_in, n_out)) * 1.3 / np.sqrt(n_in),
                scale * rng.uniform(0.3, 0.8, size=n_out) * rng.choice([-1.0, 1.0], size=n_out),
            )
            for n_in, n_out in pairwise(sizes)
        )

    x, layers = inputs(batch), parameters(1.0)
    weights, biases = _standardised(x, *zip(*layers, strict=True))
    rate, epochs = float(rng.uniform(0.15, 0.45)), int(rng.integers(4, 7))
    if large:
        rate, epochs = {2: (2.1, 52), 3: (1.3, 24)}.get(len(sizes) - 1, (0.6, epochs))
    return NetworkCase(
        sizes=sizes,
        weights=weights,
        biases=biases,
        x=x,
        y=labels(batch),
        second_x=inputs(second or batch + 1),
        second_y=labels(second or batch + 1),
        stale_x=inputs(batch),
        steps=(parameters(20.0 if large else 0.5), parameters(0.5)),
        learning_rates=(float(rng.uniform(0.15, 0.45)), float(rng.uniform(1.3, 1.9))),
        train_rate=rate,
        epochs=epochs,
    )


def _standardised(
    x: Array, weights: tuple[Array, ...], offsets: tuple[Array, ...]
) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
    """Scale weights and choose biases so that every neuron's pre-activations of `x` have mean `offset`, deviation 1."""
    scaled, biases, activation = [], [], x
    for matrix, offset in zip(weights, offsets, strict=True):
        deviation = (activation @ matrix).std(axis=0)
        scaled.append(matrix / np.where(deviation > 0, deviation, 1.0))  # a single sample has none
        biases.append(offset - (activation @ scaled[-1]).mean(axis=0))
        activation = np.tanh(activation @ scaled[-1] + biases[-1])
    return tuple(scaled), tuple(biases)


@lru_cache(maxsize=128)
def cases(seed: int) -> tuple[NetworkCase, ...]:
    """Return the probes of one check: every shape twice, once with numbers of about 1 and once with large ones."""
    return tuple(
        make_case(sizes, batch, seed, stream, large=bool(stream)) for stream in range(2) for sizes, batch in SHAPES
    )


@lru_cache(maxsize=128)
def square_cases(seed: int) -> tuple[NetworkCase, ...]:
    """Return the probes that are used in addition when a student's code raises, to find out why."""
    return tuple(make_case(*SQUARE, seed, stream, second=SQUARE[1]) for stream in range(2))
