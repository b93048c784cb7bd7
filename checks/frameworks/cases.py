"""Make the cases of a two-layer network without biases from a seed alone."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from checks.frameworks.case import JAX_SHAPES, FrameworkCase, Shape
from checks.observing.observation import Array

SHAPES: tuple[Shape, ...] = (
    ((3, 5, 2), 4, 2, False),
    ((2, 4, 1), 3, 3, False),
    ((4, 6, 3), 5, 2, True),
)
"""Sizes and batch are pairwise different, with one output and several."""

SQUARE: Shape = ((4, 4, 4), 4, 2, False)
"""Where every product of matrices fits, so that a transposed one can be recognised by its values."""

LARGEST = 1e8
"""No weight of a case grows larger than this, not even if the last sigmoid is left out."""


def make_case(
    sizes: tuple[int, int, int], batch: int, steps: int, large: bool, seed: int, *, epsilon: float | None = None
) -> FrameworkCase:
    """Make a case that stays away from kinks and saturation in every step; with `large`, gradients are far from 1."""
    for attempt in range(1000):
        rng = np.random.default_rng([seed, attempt, batch, steps, large, *sizes])
        case = _drawn(rng, sizes, batch, steps, large, epsilon)
        if _telling(case) and _bounded(case):
            return case
    raise RuntimeError(f"no telling case of sizes {sizes} for seed {seed}")


def _drawn(
    rng: np.random.Generator,
    sizes: tuple[int, int, int],
    batch: int,
    steps: int,
    large: bool,
    epsilon: float | None,
) -> FrameworkCase:
    n_in, n_hidden, n_out = sizes
    drawn: dict[str, Any] = {}
    for prefix in ("", "new_"):
        x = rng.normal(size=(batch, n_in))
        hidden = _scaled(rng.normal(size=(n_hidden, n_in)), x, 2.0)
        output = _scaled(rng.normal(size=(n_out, n_hidden)), np.maximum(x @ hidden.T, 0), 1.0)
        t = rng.uniform(0.05, 0.95, size=(batch, n_out)) * (100.0 if large else 1.0)
        drawn |= {f"{prefix}x": x, f"{prefix}t": t, f"{prefix}W1": hidden, f"{prefix}W2": output}
    rate = float(rng.uniform(0.002, 0.004) if large else rng.choice([rng.uniform(0.3, 0.6), rng.uniform(1.3, 1.9)]))
    return FrameworkCase(**drawn, epsilon=rate if epsilon is None else epsilon, steps=steps)


def _scaled(W: Array, o: Array, size: float) -> Array:
    """Scale the rows of W so that every neuron's weighted inputs of `o` have this root mean square."""
    rms = np.sqrt(((o @ W.T) ** 2).mean(axis=0))
    return W * (size / np.where(rms > 0, rms, 1.0))[:, None]


def _bounded(case: FrameworkCase) -> bool:
    """Tell whether a weight can be seen beside its step in every step, even where the last sigmoid is left out."""
    W1, W2 = case.W1, case.W2
    for _ in range(case.steps):
        s1 = case.x @ W1.T
        o1 = np.maximum(s1, 0)
        delta2 = o1 @ W2.T - case.t
        delta1 = (delta2 @ W2) * (s1 > 0)
        W1, W2 = W1 - case.epsilon * delta1.T @ case.x, W2 - case.epsilon * delta2.T @ o1
    return float(max(abs(W1).max(), abs(W2).max())) < LARGEST


def _telling(case: FrameworkCase) -> bool:
    """Tell whether in each step weighted inputs have both signs and are not near 0 or 1, and no output is saturated."""
    W1, W2 = case.W1, case.W2
    for _ in range(case.steps + 1):
        s1 = case.x @ W1.T
        o1 = np.maximum(s1, 0)
        o2 = 1 / (1 + np.exp(-o1 @ W2.T))
        delta2 = (o2 - case.t) * o2 * (1 - o2)
        delta1 = (delta2 @ W2) * (s1 > 0)
        gradients = delta1.T @ case.x, delta2.T @ o1
        if min(abs(s1).min(), abs(s1 - 1).min()) < 1e-2 or abs(o2 - 0.5).max() > 0.47 or abs(o2 - 0.5).min() < 1e-2:
            return False
        if not ((s1 > 0).any(axis=0) & (s1 < 0).any(axis=0)).mean() >= 0.5 or not (s1 > 1).any():
            return False
        if any(np.linalg.norm(g) < 1e-2 or (abs(g).max(axis=1) == 0).any() for g in gradients):
            return False
        W1, W2 = W1 - case.epsilon * gradients[0], W2 - case.epsilon * gradients[1]
    return True


@lru_cache(maxsize=1)
def published_case() -> FrameworkCase:
    """Return the network of exercise 1 with its sample, its learning rate 1, and two steps."""
    return FrameworkCase(
        x=np.array([[1.0, 2.0]]),
        t=np.array([[1.0, 0.0]]),
        W1=np.array([[-3.0, 2.0], [2.0, 1.0]]),
        W2=np.array([[4.0, -1.0], [-2.0, 0.5]]),
        epsilon=1.0,
        steps=2,
        new_x=np.array([[0.7, 1.6]]),
        new_t=np.array([[0.3, 0.8]]),
        new_W1=np.array([[0.4, 0.9], [1.1, -0.3]]),
        new_W2=np.array([[0.8, -0.5], [0.3, 1.2]]),
        published=True,
    )


@lru_cache(maxsize=16)
def cases(seed: int) -> tuple[FrameworkCase, ...]:
    """Return the probes of one check: every shape once, and the network of exercise 1."""
    return (*(make_case(*shape, seed) for shape in SHAPES), published_case())


@lru_cache(maxsize=16)
def jax_cases(seed: int) -> tuple[FrameworkCase, ...]:
    """Return the probes of a check in JAX, and the network of exercise 1."""
    return (*(make_case(*shape, seed) for shape in JAX_SHAPES), published_case())


@lru_cache(maxsize=16)
def square_cases(seed: int) -> tuple[FrameworkCase, ...]:
    """Return the probe that is used in addition when a student's code raises, to find out why."""
    return (make_case(*SQUARE, seed),)
