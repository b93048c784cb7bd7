"""Exercise 06: checks for the network of exercise 01 in torch, JAX and Flax.

Each `check_X` takes the student's function X, shows a report, and raises CheckFailed if X is not right. With `points`
as a cell's last expression it returns the earned points as a float. Where JAX or Flax is missing, the checks about
them say so in one sentence, raise nothing and give no points. `seed` chooses other random cases.
"""

from __future__ import annotations

from typing import Any

from checks.check import Check, made_by
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
from checks.observing.predicting import observe_predictions
from checks.sealing import not_while_graded

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

_JUDGE = "checks.frameworks.tasks:TASKS"

_CASES, _JAX_CASES, _SQUARE = (
    made_by(f"checks.frameworks.cases:{name}") for name in ("cases", "jax_cases", "square_cases")
)

CHECKS: dict[str, Check] = {
    "predictions": Check(
        "predictions",
        observe_predictions,
        made_by("checks.frameworks.predictions:cases"),
        "checks.frameworks.predictions:TASKS",
    ),
    "by_layers": Check("by_layers", observe_by_layers, _CASES, _JUDGE, _SQUARE, needs=("torch",)),
    "sequential": Check("sequential", observe_sequential, _CASES, _JUDGE, _SQUARE, needs=("torch",)),
    **{
        name: Check(name, observe, _JAX_CASES, _JUDGE, _SQUARE, seconds=JAX_SECONDS, needs=JAX)
        for name, observe in (
            ("jax_numpy", observe_jax_numpy),
            ("jax_grad", observe_jax_grad),
            ("flax_module", observe_flax_module),
        )
    },
}
"""Every check of the exercise by the name of its task, in the order of the notebook."""


def check_predictions(predictions: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check the answers to the questions at the beginning, `{"sign": ..., ...}`, a number or a letter for each.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["predictions"](predictions, points, seed)


def check_by_layers(by_layers: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `by_layers(x, t, W1, W2, epsilon, steps)`: the history of two torch layers, equations (1) to (7).

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["by_layers"](by_layers, points, seed)


def check_sequential(sequential: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `sequential(x, t, W1, W2, epsilon, steps)`: the nn.Sequential that was trained, and its history.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["sequential"](sequential, points, seed)


def check_jax_numpy(jax_numpy: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `jax_numpy(x, t, W1, W2, epsilon, steps)`: the history computed by hand from JAX arrays.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["jax_numpy"](jax_numpy, points, seed)


def check_jax_grad(jax_grad: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `jax_grad(x, t, W1, W2, epsilon, steps)`: the pure loss function, and the history that its gradient gives.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["jax_grad"](jax_grad, points, seed)


def check_flax_module(flax_module: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
    """Check `flax_module(x, t, W1, W2, epsilon, steps)`: the module, its trained parameters, and the history.

    Raises:
        CheckFailed: if it is not right; with `points` only if nothing was earned.
    """
    return CHECKS["flax_module"](flax_module, points, seed)


@not_while_graded
def hint(task: str) -> None:
    """Show the next of three hints for a task, such as "sequential": where to look, what to think of, the formula."""
    from checks.explaining.hints import give_hint
    from checks.frameworks.contents import CONTENTS
    from checks.frameworks.predictions import TASKS as PREDICTIONS
    from checks.frameworks.tasks import TASKS

    give_hint(task, PREDICTIONS | TASKS, CONTENTS)


@not_while_graded
def progress() -> None:
    """Show which tasks are right, wrong or not attempted, with points; the table follows later checks by itself."""
    from checks.explaining.progress import show_progress
    from checks.frameworks.contents import CONTENTS

    show_progress(CONTENTS)
