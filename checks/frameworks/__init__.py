"""Exercise 06: checks for the network of exercise 01 in torch, JAX and Flax.

Each `check_X` takes the student's function X, shows a report, and raises CheckFailed if X is not right. With `points`
as a cell's last expression it returns the earned points as a float. Where JAX or Flax is missing, the checks about
them say so in one sentence, raise nothing and give no points. `seed` chooses other random cases.
"""

from __future__ import annotations

from typing import Any

from checks.frameworks.getting_ready import get_ready
from checks.frameworks.observe import (
    observe_by_layers,
    observe_flax_module,
    observe_jax_grad,
    observe_jax_numpy,
    observe_sequential,
)
from checks.frameworks.running import JAX_SECONDS
from checks.frameworks.skipping import JAX, skipped
from checks.registry import Checks

__all__ = [
    "CHECKS",
    "check_by_layers",
    "check_flax_module",
    "check_jax_grad",
    "check_jax_numpy",
    "check_predictions",
    "check_sequential",
    "get_ready",
    "hint",
    "progress",
    "skipped",
]

FORKS_WELL = False
"""JAX does not survive a fork of the process that uses it."""

CHECKS = Checks(__name__)


@CHECKS.of_predictions
def check_predictions(predictions: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the answers to the questions at the beginning, `{"sign": ..., ...}`, a number or a letter for each."""


@CHECKS.of(observe_by_layers, "cases", "square_cases", needs=("torch",))
def check_by_layers(by_layers: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `by_layers(x, t, W1, W2, epsilon, steps)`: the history of two torch layers, equations (1) to (7)."""


@CHECKS.of(observe_sequential, "cases", "square_cases", needs=("torch",))
def check_sequential(sequential: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `sequential(x, t, W1, W2, epsilon, steps)`: the nn.Sequential that was trained, and its history."""


@CHECKS.of(observe_jax_numpy, "jax_cases", "square_cases", seconds=JAX_SECONDS, needs=JAX)
def check_jax_numpy(jax_numpy: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `jax_numpy(x, t, W1, W2, epsilon, steps)`: the history computed by hand from JAX arrays."""


@CHECKS.of(observe_jax_grad, "jax_cases", "square_cases", seconds=JAX_SECONDS, needs=JAX)
def check_jax_grad(jax_grad: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `jax_grad(x, t, W1, W2, epsilon, steps)`: the pure loss function, and the history it leads to."""


@CHECKS.of(observe_flax_module, "jax_cases", "square_cases", seconds=JAX_SECONDS, needs=JAX)
def check_flax_module(flax_module: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `flax_module(x, t, W1, W2, epsilon, steps)`: the module, its trained parameters, and the history."""


hint, progress = CHECKS.hint, CHECKS.progress
