"""The probes of the network with two layers, made from a seed alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from checks.observing.observation import Array
from checks.softmax_and_nll.case import FunctionCase, Inputs
from checks.softmax_and_nll.cases import column, one_hot, rates, signed

NETWORK: Inputs = {
    "x": column(4, 11),
    "y": column(0, 1),
    "W1": np.array([[1.0, 0.0, -1.0, 0.0], [0.0, 1.0, 0.0, -1.0]]),
    "b1": np.full((4, 1), -1.0),
    "W2": np.array([[1.0, -1.0]] * 4),
    "b2": column(0, 2),
    "learning_rate": 0.5,
}
"""The 2-4-2 network of the notebook."""

NETWORK_SIZES = ((3, 5, 4), (4, 6, 2), (2, 4, 3), (5, 7, 3))
SQUARE_SIZES = ((4, 4, 4), (5, 5, 5))


@lru_cache(maxsize=16)
def network_cases(seed: int) -> tuple[FunctionCase, ...]:
    """Return the probes of a two-layer network: the notebook's, and others with sizes that are pairwise different."""
    known = FunctionCase("the 2-4-2 network of the notebook", (NETWORK,), published=True)
    return (known, *_networks(seed, NETWORK_SIZES))


@lru_cache(maxsize=16)
def square_network_cases(seed: int) -> tuple[FunctionCase, ...]:
    """Return networks with equal sizes in all layers, for code that raises elsewhere."""
    return _networks(seed, SQUARE_SIZES)


@lru_cache(maxsize=16)
def hidden_layer_cases(seed: int) -> tuple[FunctionCase, ...]:
    """Return the probes of the hidden layer: those of the network, one hidden unit only, and large inputs."""
    rng = np.random.default_rng([seed, 9])
    single = tuple(
        {"x": x, "W1": W1, "b1": -(W1.T @ x) + offset}
        for x, W1, offset in (
            (signed(rng, 0.3, 1.0, (3, 1)), signed(rng, 0.3, 1.0, (3, 1)), offset) for offset in (0.7, -0.9)
        )
    )
    known, first, *others = network_cases(seed)
    large = tuple({**inputs, "x": 60 * inputs["x"]} for inputs in first.calls)
    tiny = tuple(
        {**inputs, "b1": _barely_on_or_off(inputs, sign)} for inputs, sign in zip(first.calls, (1, -1), strict=True)
    )
    return (
        known,
        first,
        *others,
        FunctionCase("a 3-5-4 network with weighted inputs close to 0", tiny),
        FunctionCase("a single hidden neuron with 3 inputs", single),
        FunctionCase("a 3-5-4 network with large inputs", large),
    )


def _barely_on_or_off(inputs: Inputs, sign: int) -> Array:
    """Return biases that leave weighted inputs of both signs, from 0.001 to 0.03 in size."""
    size = len(inputs["b1"])
    wanted = np.geomspace(1e-3, 3e-2, size) * sign * (-1.0) ** np.arange(size)
    return np.asarray(wanted[:, np.newaxis] - inputs["W1"].T @ inputs["x"])


def _networks(seed: int, sizes: Sequence[tuple[int, int, int]]) -> tuple[FunctionCase, ...]:
    rng = np.random.default_rng([seed, 10, *sizes[0]])
    return tuple(
        FunctionCase(f"a {m}-{h}-{n} network", tuple(next(_good_networks(rng, m, h, n, rate)) for rate in rates(rng)))
        for m, h, n in sizes
    )


def _good_networks(rng: np.random.Generator, m: int, h: int, n: int, rate: float) -> Iterator[dict[str, Any]]:
    """Yield networks away from kinks whose hidden units are partly active, before and after a step."""
    while True:
        inputs: dict[str, Any] = {
            "x": signed(rng, 0.5, 1.0, (m, 1)),
            "y": one_hot(rng, n),
            "W1": rng.normal(scale=0.8, size=(m, h)),
            "b1": signed(rng, 0.2, 0.6, (h, 1)),
            "W2": rng.normal(scale=0.6, size=(h, n)),
            "b2": signed(rng, 0.2, 0.6, (n, 1)),
            "learning_rate": rate,
        }
        x, W1, b1, W2 = (inputs[name] for name in ("x", "W1", "b1", "W2"))
        reached = W1.T @ x
        b1[0] = -rng.uniform(0.06, 0.12) - reached[0]  # a unit that is only just off
        z1 = reached + b1
        if not 2 <= (z1 > 0).sum() < h or abs(z1).min() <= 0.05 or abs(b1).min() <= 0.05 or (reached <= abs(b1)).all():
            continue  # the last one: so that a wrong bias leaves units active too
        a1 = np.maximum(z1, 0)
        a2 = _exponentials_shared(W2.T @ a1 + inputs["b2"])
        dz2 = a2 - inputs["y"]
        dz1 = (W2 @ dz2) * (z1 > 0)
        z1_after = (W1 - rate * x @ dz1.T).T @ x + b1
        a1_after = np.maximum(z1_after, 0)
        after = _exponentials_shared((W2 - rate * a1 @ dz2.T).T @ a1_after + inputs["b2"])
        if (
            abs(z1_after).min() > 0.05
            and (z1_after > 0).any()
            and ((z1 < 0) & (z1 - rate * (W2 @ dz2) * (x.T @ x) > 0.03)).any()  # a step past the ReLU would show
            and abs(dz2).max() > 0.2
            and abs(dz1).max() > 0.05
            and a2.min() > 0.005
            and after.max() < 0.99
        ):
            yield inputs


def _exponentials_shared(z: Array) -> Array:
    """Return the exponentials of a column of moderate numbers, divided by their sum."""
    return np.asarray(np.exp(z) / np.exp(z).sum())
