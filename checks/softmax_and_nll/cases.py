"""The probes of functions of z and of one layer, made from a seed alone; columns are samples throughout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from checks.observing.observation import Array
from checks.softmax_and_nll.case import IMPOSSIBLE, LARGE, ZERO, FunctionCase, Inputs


def column(*numbers: float) -> Array:
    """Return numbers as a column, (n, 1)."""
    return np.array(numbers, dtype=np.float64).reshape(-1, 1)


def one_hot(rng: np.random.Generator, classes: int, samples: int = 1) -> Array:
    """Draw one-hot columns, (classes, samples)."""
    return np.eye(classes)[:, rng.integers(classes, size=samples)]


def signed(rng: np.random.Generator, low: float, high: float, shape: tuple[int, ...]) -> Array:
    """Draw numbers of both signs whose sizes lie between low and high."""
    return np.asarray(rng.uniform(low, high, size=shape) * rng.choice([-1.0, 1.0], size=shape))


def _probabilities(rng: np.random.Generator, classes: int, samples: int = 1) -> Array:
    """Draw columns of probabilities, none of them below 0.02."""
    raw = rng.uniform(0.1, 1.0, size=(classes, samples))
    return np.asarray(raw / raw.sum(axis=0))


def rates(rng: np.random.Generator) -> tuple[float, float]:
    """Draw a small learning rate and one above 1."""
    return float(rng.uniform(0.15, 0.45)), float(rng.uniform(1.3, 1.9))


# --- functions of z --------------------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def element_wise_cases(seed: int) -> tuple[FunctionCase, ...]:
    """Return arrays of many shapes for a function of each entry, also of integers and of large numbers."""
    rng = np.random.default_rng([seed, 1])
    cases = [
        FunctionCase(f"z of shape {shape}", tuple({"z": signed(rng, 0.2, 3.0, shape)} for _ in range(2)))
        for shape in ((7,), (3, 1), (4, 5), (), (2, 3, 4))
    ]
    integers = tuple({"z": rng.permutation([-5, -4, -3, -2, -1, 1, 2, 3, 4, 6, 0, 5]).reshape(4, 3)} for _ in range(2))
    cases.append(FunctionCase("z of integers, shape (4, 3)", integers))
    large = signed(rng, 1.0, 30.0, (3, 4))
    cases.append(FunctionCase("z from -30 to 30", ({"z": large}, {"z": -large})))
    return tuple(cases)


@lru_cache(maxsize=16)
def sigmoid_cases(seed: int) -> tuple[FunctionCase, ...]:
    """Return the probes of `sigmoid`: many shapes, and numbers up to 1000 in size."""
    rng = np.random.default_rng([seed, 2])
    large = tuple({"z": rng.permutation([-1000.0, 1000.0, -720.0, 720.0, -3.0, 2.0, 0.5, -40.0, 40.0])} for _ in "12")
    return (*element_wise_cases(seed), FunctionCase("z from -1000 to 1000", large, LARGE))


@lru_cache(maxsize=16)
def sigmoid_derivative_cases(seed: int) -> tuple[FunctionCase, ...]:
    """Return the probes of `sigmoid_derivative`, with one look at what happens far out."""
    *others, last = element_wise_cases(seed)
    return (*others, replace(last, beyond=np.array([[-1000.0, 100.0], [-100.0, 1000.0]])))


@lru_cache(maxsize=16)
def softmax_cases(seed: int) -> tuple[FunctionCase, ...]:
    """Return the probes of `softmax`: one column and several, integers, and numbers up to 1000 in size."""
    rng = np.random.default_rng([seed, 3])

    def pair(shape: tuple[int, int]) -> tuple[Inputs, ...]:
        return tuple({"z": rng.normal(scale=1.5, size=shape)} for _ in range(2))

    def spread(classes: int, levels: Sequence[float]) -> Array:
        return rng.permutation(np.array(levels)) + rng.normal(scale=1.2, size=(classes, len(levels)))

    whole = ({"z": np.array([[1], [2], [3]])}, {"z": rng.permutation(np.arange(-7, 8)).reshape(3, 5)})
    far = ({"z": spread(4, [990.0])}, {"z": spread(3, [-990.0])})
    columns = ({"z": spread(3, [990.0, -990.0, 0.0, 400.0, -5.0])}, {"z": spread(4, [-990.0, 3.0, 990.0])})
    across = ({"z": column(-1000, 3, 1000, 999)}, {"z": rng.permutation(column(1000, -1000, 998.5, 0, 999))})
    return (
        FunctionCase("the column z = (0, 1, -1)", ({"z": column(0, 1, -1)}, {"z": column(13, -11)})),
        FunctionCase("one column of 5 classes", pair((5, 1))),
        FunctionCase("4 classes, 6 samples", pair((4, 6))),
        FunctionCase("6 classes, 3 samples", pair((6, 3))),
        FunctionCase("1 class, 4 samples", pair((1, 4))),
        FunctionCase("z of integers", whole),
        FunctionCase("one column near 1000 or -1000", far, LARGE),
        FunctionCase("one column from -1000 to 1000", across, LARGE),
        FunctionCase("columns of very different size", columns, LARGE),
    )


# --- losses and gradients from probabilities -------------------------------------------------------------------


@lru_cache(maxsize=16)
def nllm_cases(seed: int) -> tuple[FunctionCase, ...]:
    """Return the probes of `nllm`: all four forms of a and y, and probabilities that are 0."""
    rng = np.random.default_rng([seed, 4])

    def call(classes: int, samples: int) -> dict[str, Array]:
        return {"a": _probabilities(rng, classes, samples), "y": one_hot(rng, classes, samples)}

    def reshaped(inputs: Inputs, *shape: int) -> dict[str, Array]:
        return {name: value.reshape(shape) for name, value in inputs.items()}

    def zero(inputs: Inputs, *, impossible: bool) -> dict[str, Array]:
        """Put a 0 into the first column, for the true class or for another, and let the rest sum to 1."""
        a, y = inputs["a"].copy(), inputs["y"]
        a[np.flatnonzero((y[:, 0] == 1) == impossible)[0], 0] = 0.0
        return {"a": a / a.sum(axis=0), "y": y}

    known = {"a": column(0.1, 0.4, 0.5), "y": np.array([[1], [0], [0]])}
    return (
        FunctionCase("columns (n, 1) with n = 3", (known, call(3, 1)), sizes={"n": 3, "N": 1}),
        FunctionCase(
            "flat vectors (n,) with n = 5",
            (reshaped(call(5, 1), 5), reshaped(call(5, 1), 5)),
            sizes={"n": 5, "N": 1},
        ),
        FunctionCase(
            "rows (1, n) with n = 4",
            (reshaped(call(4, 1), 1, 4), reshaped(call(4, 1), 1, 4)),
            sizes={"n": 4, "N": 1},
        ),
        FunctionCase("batches (n, N) with n = 4, N = 6", (call(4, 6), call(4, 6)), sizes={"n": 4, "N": 6}),
        FunctionCase("batches (n, N) with n = 5, N = 3", (call(5, 3), call(5, 3)), sizes={"n": 5, "N": 3}),
        FunctionCase(
            "probabilities with a 0 where y is 0",
            (zero(call(3, 1), impossible=False), zero(call(3, 4), impossible=False)),
            ZERO,
            {"n": 3, "N": 1},
        ),
        FunctionCase(
            "probabilities with a 0 where y is 1",
            (zero(call(4, 1), impossible=True), zero(call(3, 5), impossible=True)),
            IMPOSSIBLE,
            {"n": 4, "N": 1},
        ),
    )


@lru_cache(maxsize=16)
def nll_gradient_cases(seed: int) -> tuple[FunctionCase, ...]:
    """Return the probes of `nll_gradient`: one sigmoid unit with 2 to 6 inputs, labels of both kinds."""
    rng = np.random.default_rng([seed, 5])

    def call(inputs: int, label: float, scale: float) -> dict[str, Array]:
        return {
            "x": scale * signed(rng, 0.3, 2.0, (inputs, 1)),
            "a": rng.uniform(0.15, 0.85, size=(1, 1)),
            "y": np.array([[label]]),
        }

    return tuple(
        FunctionCase(
            f"one neuron with {m} inputs" + (" of large size" if scale > 1 else ""),
            (call(m, label, scale), call(m, 1.0 - label, scale)),
            sizes={"m": m},
        )
        for m, label, scale in ((4, 1.0, 1.0), (3, 0.0, 1.0), (6, 1.0, 1.0), (2, 0.0, 50.0))
    )


@lru_cache(maxsize=16)
def softmax_gradient_cases(seed: int) -> tuple[FunctionCase, ...]:
    """Return the probes of `softmax_gradient`: the layer of the notebook and others."""
    known = {"x": column(1, 1), "a": column(0.24472847, 0.66524096, 0.09003057), "y": column(0, 1, 0)}
    example = FunctionCase("the layer of the notebook, 2 inputs and 3 classes", (known,), sizes={"m": 2, "n": 3})
    sizes = ((4, 3, 1.0), (2, 5, 1.0), (5, 2, 1.0), (3, 4, 50.0))
    return (example, *_softmax_gradient_cases(seed, sizes))


@lru_cache(maxsize=16)
def softmax_gradient_square_cases(seed: int) -> tuple[FunctionCase, ...]:
    """Return probes with as many inputs as classes, for code that raises elsewhere."""
    return _softmax_gradient_cases(seed, ((4, 4, 1.0), (3, 3, 1.0)))


def _softmax_gradient_cases(seed: int, sizes: Sequence[tuple[int, int, float]]) -> tuple[FunctionCase, ...]:
    rng = np.random.default_rng([seed, 6, len(sizes)])

    def call(m: int, n: int, scale: float) -> dict[str, Array]:
        x = scale * signed(rng, 0.3, 2.0, (m, 1))
        return {"x": x, "a": _probabilities(rng, n), "y": one_hot(rng, n)}

    return tuple(
        FunctionCase(
            f"a layer with {m} inputs and {n} classes" + (", large inputs" if scale > 1 else ""),
            (call(m, n, scale), call(m, n, scale)),
            sizes={"m": m, "n": n},
        )
        for m, n, scale in sizes
    )


# --- one layer -------------------------------------------------------------------------------------------------

LAYER: Inputs = {
    "x": column(1, 1),
    "y": column(0, 1, 0),
    "W": np.array([[1.0, -1.0, -2.0], [-1.0, 2.0, 1.0]]),
    "learning_rate": 0.5,
}
"""The softmax layer of the notebook."""


@lru_cache(maxsize=16)
def layer_cases(seed: int) -> tuple[FunctionCase, ...]:
    """Return the probes of one softmax layer: the notebook's, and others with other sizes."""
    example = FunctionCase("the layer of the notebook, 2 inputs and 3 classes", (LAYER,), published=True)
    return (example, *_layers(seed, ((4, 3), (3, 5), (5, 2))))


@lru_cache(maxsize=16)
def square_layer_cases(seed: int) -> tuple[FunctionCase, ...]:
    """Return layers with as many inputs as classes, for code that raises elsewhere."""
    return _layers(seed, ((4, 4), (3, 3)))


def _layers(seed: int, sizes: Sequence[tuple[int, int]]) -> tuple[FunctionCase, ...]:
    rng = np.random.default_rng([seed, 7, *sizes[0]])

    def call(m: int, n: int, rate: float) -> dict[str, Any]:
        return {
            "x": signed(rng, 0.3, 0.9, (m, 1)),
            "y": one_hot(rng, n),
            "W": rng.normal(scale=0.8, size=(m, n)),
            "learning_rate": rate,
        }

    return tuple(
        FunctionCase(f"a layer with {m} inputs and {n} classes", tuple(call(m, n, rate) for rate in rates(rng)))
        for m, n in sizes
    )


@lru_cache(maxsize=16)
def gradient_step_cases(seed: int) -> tuple[FunctionCase, ...]:
    """Return the probes of `gradient_step`: several shapes, small and large gradients."""
    rng = np.random.default_rng([seed, 8])
    row = np.array([0.24472847, -0.33475904, 0.09003057])
    known = {"W": LAYER["W"], "gradient": np.stack([row, row]), "learning_rate": 0.5}

    def call(shape: tuple[int, int], scale: float, rate: float) -> dict[str, Any]:
        W, gradient = rng.normal(size=shape), signed(rng, 0.2, 2.0, shape) * scale
        return {"W": W, "gradient": gradient, "learning_rate": rate}

    return (
        FunctionCase("the layer of the notebook, W of shape (2, 3)", (known,)),
        *(
            FunctionCase(
                f"W of shape {shape}" + (" and a large gradient" if scale > 1 else ""),
                tuple(call(shape, scale, rate) for rate in rates(rng)),
            )
            for shape, scale in (((4, 3), 1.0), ((3, 5), 1.0), ((5, 1), 1.0), ((2, 4), 40.0))
        ),
    )
