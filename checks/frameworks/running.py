"""Run a student's function on a case, in torch or in JAX, and see whether the framework differentiates."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from unittest.mock import patch
from weakref import WeakSet

import numpy as np

from checks.frameworks.case import AUTODIFF, OPTIMISERS, WEIGHTS, FrameworkCase
from checks.observing.autodiff import autodiff_watched
from checks.observing.watch import Record, watched

JAX_SECONDS = 30.0
"""How long code may take in JAX, which compiles everything that it meets for the first time."""


def _inputs(case: FrameworkCase) -> Mapping[str, Any]:
    return {"x": case.x, "t": case.t, "W1": case.W1, "W2": case.W2}


def in_torch(record: Record, function: Any, case: FrameworkCase) -> Any:
    """Run a student's function on tensors, and see whether torch differentiates and which optimisers make steps."""
    import torch
    from torch.optim.optimizer import register_optimizer_step_post_hook

    dtype = torch.float32 if case.dtype is np.float32 else torch.float64
    torch.set_default_dtype(dtype)  # the guard puts it back
    torch.manual_seed(0)
    torch.set_grad_enabled(True)
    used: list[str] = []
    optimisers: list[str] = []
    hook = register_optimizer_step_post_hook(lambda optimiser, *_: optimisers.extend(_settings(optimiser)))
    try:
        given = {name: torch.tensor(array, dtype=dtype) for name, array in _inputs(case).items()}
        try:
            with autodiff_watched(lambda: used.append("autodiff")):
                returned = function(*given.values(), case.epsilon, case.steps)
        except RuntimeError as error:
            if "saved tensor hooks" not in str(error):
                raise
            returned = function(*given.values(), case.epsilon, case.steps)  # torch.func cannot be watched
    finally:
        hook.remove()
    record.arrays[AUTODIFF] = np.array(float(bool(used)))
    record.arrays[OPTIMISERS] = np.array(float(bool(optimisers)))
    for made in dict.fromkeys(optimisers):
        if made != SGD:
            equation = "equation (7) is torch.optim.SGD with a learning rate and nothing else."
            record.note("optimiser", f"Your steps are made by {made}; {equation}", made)
    for name, array in _inputs(case).items():
        advice = f"Work on a copy, such as {name}.clone()."
        if name in WEIGHTS:
            advice = f"Copy its numbers into your layer, as with weight.copy_({name})."
        record.unchanged(name, array.astype(case.dtype), given[name], advice)
    return returned


def _settings(optimiser: Any) -> list[str]:
    """Return an optimiser that has made a step in words, such as "SGD with momentum=0.9"; none if its steps are 0."""
    import torch

    groups = optimiser.param_groups
    if not any(float(group.get("lr", 1)) for group in groups):
        return []
    extra = {f"{key}={group[key]}": None for group in groups for key in _MORE_THAN_SGD if group.get(key)}
    name = type(optimiser).__name__ if not isinstance(optimiser, torch.optim.SGD) else SGD
    return [f"{name} with {', '.join(extra)}" if extra else name]


SGD = "SGD"
"""The optimiser that makes the update (7)."""

_MORE_THAN_SGD = ("momentum", "weight_decay", "nesterov")
"""Settings of torch.optim.SGD with which it does not make the update (7)."""


def by_hand_in_jax(record: Record, function: Any, case: FrameworkCase) -> Any:
    """Run a student's function on JAX arrays, and see whether JAX differentiates, or torch in its place."""
    used: list[str] = []
    with autodiff_watched(lambda: used.append("autodiff")):
        returned = in_jax(record, function, case)
    if used:
        record.arrays[AUTODIFF] = np.array(1.0)
    return returned


def in_jax(record: Record, function: Any, case: FrameworkCase) -> Any:
    """Run a student's function on JAX arrays, and see whether JAX differentiates."""
    import jax.numpy as jnp

    used: list[str] = []
    given = {name: jnp.asarray(array.astype(case.dtype)) for name, array in _inputs(case).items()}
    with _differentiation_watched(lambda: used.append("autodiff")):
        returned = function(*given.values(), case.epsilon, case.steps)
    if used:
        record.arrays[AUTODIFF] = np.array(1.0)
        with contextlib.suppress(TypeError):  # some callables can neither be hashed nor watched
            _DIFFERENTIATE.add(function)
    return returned


def known_to_differentiate(function: Any) -> bool:
    """Tell whether JAX was ever seen to differentiate in a function; compiled code is seen only the first time."""
    try:
        return function in _DIFFERENTIATE
    except TypeError:
        return False


_DIFFERENTIATE: WeakSet[Any] = WeakSet()


def differentiates_when_compiled(function: Any, case: FrameworkCase, *, unless_seen: bool) -> bool:
    """Tell whether JAX differentiates in a function whose parts may have been compiled before.

    They are run uncompiled for that, which is slow. Where that fails, or cannot be watched in this version of JAX, the
    answer is `unless_seen`.
    """
    if not any(hasattr(_differentiator(), name) for name in _ROADS):
        return unless_seen
    import jax
    import jax.numpy as jnp

    used: list[str] = []

    def run(record: Record) -> None:
        given = [jnp.asarray(array.astype(case.dtype)) for array in _inputs(case).values()]
        with _differentiation_watched(lambda: used.append("autodiff")), jax.disable_jit():
            function(*given, case.epsilon, case.steps)

    observation = watched(run, function)
    return bool(used) or (bool(observation.problems) and unless_seen)


_ROADS = ("vjp", "linearize", "jvp")


def _differentiator() -> Any:
    """Return JAX's private module that every public road to a derivative leads through, or None where it has gone."""
    try:
        from jax._src.interpreters import ad
    except ImportError:
        return None
    return ad


@contextlib.contextmanager
def _differentiation_watched(used: Callable[[], None]) -> Iterator[None]:
    """Call `used` as soon as JAX differentiates in the block, however its function was imported."""
    ad = _differentiator()

    def announced(inner: Callable[..., Any]) -> Callable[..., Any]:
        def outer(*arguments: Any, **options: Any) -> Any:
            used()
            return inner(*arguments, **options)

        return outer

    with contextlib.ExitStack() as stack:
        for name in _ROADS:
            if hasattr(ad, name):
                stack.enter_context(patch.object(ad, name, announced(getattr(ad, name))))
        yield
