"""Make the cases of every check from a seed alone."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from checks.layers_and_losses.case import (
    CriterionCase,
    ElementCase,
    LinearCase,
    NetworkCase,
    NumericalCase,
    Parameters,
    StepCase,
    TrainCase,
)
from checks.observing.observation import Array


def _away_from_zero(rng: np.random.Generator, shape: tuple[int, ...], low: float, high: float) -> Array:
    """Draw numbers of both signs with magnitudes between `low` and `high`."""
    values = rng.uniform(low, high, size=shape) * rng.choice([-1.0, 1.0], size=shape)
    values.flat[0], values.flat[-1] = abs(values.flat[0]), -abs(values.flat[-1])
    return np.asarray(values)


@lru_cache(maxsize=16)
def element_cases(seed: int) -> tuple[ElementCase, ...]:
    """Return inputs of both signs: several columns and one, moderate, tiny and large ones, and integers."""
    rng = np.random.default_rng([seed, 41])
    cases = []
    kinds = (((4, 3), 0.2, 1.5, 2.0), ((14, 1), 1e-3, 0.01, 2.0), ((3, 7), 0.2, 20.0, 100.0))
    for shape, low, high, size_of_g in kinds:
        x, second_x = (_away_from_zero(rng, s, low, high) for s in (shape, (shape[0] + 1, shape[1])))
        g, second_g = (_away_from_zero(rng, a.shape, 0.3, size_of_g) for a in (x, second_x))
        if high == 20:  # saturated entries beside those that are not
            x[:, ::2] /= 20
            second_x[:, ::2] /= 20
        cases.append(ElementCase(x, g, second_x, second_g))
    x, second_x = _away_from_zero(rng, (6, 1), 0.2, 1.5), _away_from_zero(rng, (7, 1), 0.2, 1.5)
    g, second_g = (_away_from_zero(rng, a.shape, 0.3, 2.0) for a in (x, second_x))
    cases.append(ElementCase(x, g, second_x, second_g))  # else only tiny numbers would stand in a single column
    x = np.array([[2, -1, 3, -2, 1], [-3, 1, -1, 2, -2], [1, 2, -2, -1, 3]])
    g, second_g = (_away_from_zero(rng, x.shape, 0.3, 2.0) for _ in range(2))
    cases.append(ElementCase(x, g, -x, second_g, integer=True))
    return tuple(cases)


@lru_cache(maxsize=16)
def criterion_cases(seed: int, soft: bool = False) -> tuple[CriterionCase, ...]:
    """Return predictions in (0.1, 0.9) with labels 0 and 1; with `soft` also with labels near the predictions."""
    rng = np.random.default_rng([seed, 42])

    def pair(shape: tuple[int, int], near: bool) -> tuple[Array, Array]:
        p = rng.uniform(0.12, 0.88, size=shape)
        if not near:
            y = rng.integers(0, 2, size=shape).astype(float)
            y.flat[0], y.flat[-1] = 1.0, 0.0
            return p, y
        move = _away_from_zero(rng, shape, 0.05, 0.1)
        return p, p + move

    shapes = (((4, 3), False), ((5, 1), False), ((3, 2), soft), ((7, 4), False))
    return tuple(CriterionCase(*pair(shape, near), *pair((shape[0] + 1, shape[1]), near)) for shape, near in shapes)


@lru_cache(maxsize=16)
def abs_cases(seed: int) -> tuple[CriterionCase, ...]:
    """Return the cases of every criterion, the last one with predictions and labels far from each other."""
    rng = np.random.default_rng([seed, 48])
    *moderate, _ = criterion_cases(seed, soft=True)
    p, second_p = (rng.normal(size=shape) * 10 for shape in ((7, 4), (8, 4)))
    apart, second_apart = (_away_from_zero(rng, a.shape, 2.0, 30.0) for a in (p, second_p))
    return (*moderate, CriterionCase(p, p + apart, second_p, second_p + second_apart))


def _parameters(rng: np.random.Generator, sizes: tuple[int, int, int]) -> Parameters:
    n_in, hidden, out = sizes
    return (
        rng.normal(size=(n_in, hidden)) * 1.3 / np.sqrt(n_in),
        rng.uniform(0.3, 0.8, size=hidden) * rng.choice([-1.0, 1.0], size=hidden),
        rng.normal(size=(hidden, out)) * 1.3 / np.sqrt(hidden),
        rng.uniform(0.3, 0.8, size=out) * rng.choice([-1.0, 1.0], size=out),
    )


@lru_cache(maxsize=16)
def network_cases(seed: int) -> tuple[NetworkCase, ...]:
    """Return networks with one output and several, for one sample and for batches, one with another last layer."""
    rng = np.random.default_rng([seed, 43])
    cases = []
    for sizes, batch, output in (
        ((4, 5, 3), 1, "sigmoid"),
        ((3, 6, 1), 4, "sigmoid"),
        ((2, 4, 3), 5, "arctan"),
    ):
        x, second_x = (rng.normal(size=(n, sizes[0])) for n in (batch, batch if batch == 1 else batch + 1))
        g, second_g = (_away_from_zero(rng, (len(a), sizes[2]), 0.3, 2.0) for a in (x, second_x))
        cases.append(NetworkCase(sizes, _parameters(rng, sizes), x, g, second_x, second_g, output))
    return tuple(cases)


@lru_cache(maxsize=16)
def batch_linear_cases(seed: int) -> tuple[LinearCase, ...]:
    """Return layers with one output and several, and gradients of ordinary size and large."""
    rng = np.random.default_rng([seed, 44])
    cases = []
    for n_in, out, batch, size_of_g in ((3, 2, 5, 2.0), (4, 1, 3, 2.0), (2, 5, 7, 100.0)):
        x, second_x = (rng.normal(size=(n, n_in)) + 0.3 for n in (batch, batch + 1))
        g, second_g = (_away_from_zero(rng, (len(a), out), 0.3, size_of_g) for a in (x, second_x))
        cases.append(LinearCase(rng.normal(size=(n_in, out)), rng.normal(size=out), x, g, second_x, second_g))
    return tuple(cases)


@lru_cache(maxsize=16)
def step_cases(seed: int) -> tuple[StepCase, ...]:
    """Return layers with several outputs and one, where the sigmoid is steep, and learning rates other than 1."""
    rng = np.random.default_rng([seed, 49])
    cases = []
    for n_in, out in ((4, 3), (3, 1), (2, 5)):
        weight, bias = rng.normal(size=(n_in, out)) / np.sqrt(n_in), _away_from_zero(rng, (out,), 0.3, 0.8)
        x, second_x = rng.normal(size=(2, 1, n_in))
        y, second_y = rng.uniform(-1.2, 1.2, size=(2, 1, out))
        cases.append(StepCase(weight, bias, x, y, second_x, second_y, float(rng.uniform(0.3, 0.7))))
    return tuple(cases)


@lru_cache(maxsize=16)
def numerical_cases(seed: int) -> tuple[NumericalCase, ...]:
    """Return parameters with one axis and two, an entry of each 0, and networks whose layers are to be checked."""
    rng = np.random.default_rng([seed, 45])
    cases = []
    for shape, network in zip(((3, 4), (5,), (2, 1)), network_cases(seed), strict=True):
        start = rng.uniform(-1.5, 1.5, size=shape)
        start.flat[1] = 0.0
        cases.append(
            NumericalCase(
                start,
                rng.uniform(0.8, 1.4, size=shape),
                rng.uniform(0, 6, size=shape),
                float(rng.uniform(0.35, 0.55)),
                network,
            )
        )
    return tuple(cases)


def _train_case(
    rng: np.random.Generator,
    sizes: tuple[int, int, int],
    samples: int,
    epochs: int,
    size: int,
    single: bool,
    scale: float,
) -> TrainCase:
    parameters = _parameters(rng, sizes)
    x = rng.normal(size=(samples, sizes[0]))
    if scale > 1:  # right from the start, but for the last mini-batch of each epoch
        y = _outputs(parameters, x) + rng.uniform(-0.1, 0.1, size=(samples, sizes[2]))
        y[size * ((samples - 1) // size) :] -= 0.7 if single else 0.3
        rate = (4.5 if single else 3.0) / scale
    else:
        y = rng.uniform(-1.2, 1.2, size=(samples, sizes[2]))
        rate = rng.uniform(0.15, 0.35) / scale
    rate = float(rate if single else rate / np.sqrt(size))
    return TrainCase(sizes, parameters, x, y, rate, epochs, size, single, scale)


def _outputs(parameters: Parameters, x: Array) -> Array:
    """Return what the network of a case answers before it is trained."""
    w1, b1, w2, b2 = parameters
    hidden = 1 / (1 + np.exp(-(x @ w1 + b1)))
    return np.asarray(1 / (1 + np.exp(-(hidden @ w2 + b2))))


@lru_cache(maxsize=16)
def sgd_cases(seed: int) -> tuple[TrainCase, ...]:
    """Return networks with several outputs and one; losses of ordinary size, tiny, and so large that clipping shows.

    The second one is small, since a cause is looked for there first; its learning rate is large. In the third one the
    loss rises, so that stopping then shows.
    """
    rng = np.random.default_rng([seed, 46])
    return tuple(
        _train_case(rng, sizes, samples, epochs, 1, True, scale)
        for sizes, samples, epochs, scale in (
            ((3, 5, 2), 7, 4, 1.0),
            ((2, 4, 1), 5, 2, 0.0003),
            ((4, 6, 1), 13, 4, 40.0),
        )
    )


@lru_cache(maxsize=16)
def minibatch_cases(seed: int) -> tuple[TrainCase, ...]:
    """Return numbers of samples that the batch size divides, or with one or several left over, few and many."""
    rng = np.random.default_rng([seed, 47])
    return tuple(
        _train_case(rng, sizes, samples, epochs, size, False, scale)
        for sizes, samples, epochs, size, scale in (
            ((3, 5, 2), 13, 4, 4, 1.0),
            ((2, 4, 1), 6, 2, 3, 0.0003),
            ((4, 6, 1), 37, 3, 8, 40.0),
        )
    )
