"""Observe a student's steps of learning: the records of every step, and the model or loss function that is returned."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from checks.frameworks.case import (
    AUTODIFF,
    ENERGY,
    ENERGY_GRADIENT,
    FIELDS,
    JAX_ARRAYS,
    MODEL_OUTPUT,
    MODEL_WEIGHTS,
    SEQUENTIAL,
    FrameworkCase,
    quantity,
)
from checks.frameworks.getting_ready import get_ready
from checks.frameworks.running import (
    JAX_SECONDS,
    by_hand_in_jax,
    differentiates_when_compiled,
    in_jax,
    in_torch,
    known_to_differentiate,
)
from checks.frameworks.skipping import JAX
from checks.libraries import installed
from checks.observing.arrays import described as described_in_general
from checks.observing.observation import Note, Observation, Problem, Trouble
from checks.observing.time_limit import SECONDS
from checks.observing.watch import Halt, Record, missing_function, watched

ARGUMENTS = "x, t, W1, W2, epsilon, steps"
"""What every function of the exercise is given."""

JAX_TRACES = (
    "jax.jit and jax.grad run a function with stand-ins that have a shape, but no numbers yet; float(), `if` and NumPy "
    "ask for numbers. Stay with jnp."
)
"""Why JAX refuses to turn something into a number."""

Reader = Callable[[Record, Any, FrameworkCase], None]
"""Reads what a student's function returned."""


def observe_by_layers(function: Any, case: FrameworkCase) -> Observation:
    """Observe the records that `by_layers` returns."""
    return _observed(function, "by_layers", case, in_torch, _read_history)


def observe_sequential(function: Any, case: FrameworkCase) -> Observation:
    """Observe the records that `sequential` returns, and the weights and answers of the model beside them."""
    return _observed(function, "sequential", case, in_torch, _read_sequential)


def observe_jax_numpy(function: Any, case: FrameworkCase) -> Observation:
    """Observe the records that `jax_numpy` returns."""
    return _observed(function, "jax_numpy", case, by_hand_in_jax, _read_history)


def observe_jax_grad(function: Any, case: FrameworkCase) -> Observation:
    """Observe the records that `jax_grad` returns, and the loss function beside them."""
    return _observed(function, "jax_grad", case, in_jax, _read_energy)


def observe_flax_module(function: Any, case: FrameworkCase) -> Observation:
    """Observe the records that `flax_module` returns, and the module and its parameters beside them."""
    return _observed(function, "flax_module", case, in_jax, _read_flax)


Runner = Callable[[Record, Any, FrameworkCase], Any]


def _observed(function: Any, name: str, case: FrameworkCase, runner: Runner, read: Reader) -> Observation:
    if runner is not in_torch and not installed(*JAX):
        return Observation(problems=(Problem(Trouble.NEEDS, "JAX and Flax are not installed where this was checked."),))
    problem = missing_function(function, name, ARGUMENTS)
    if problem:
        return Observation(problems=(problem,))
    seconds = JAX_SECONDS if runner is not in_torch else SECONDS
    get_ready("torch" if runner is in_torch else "jax")

    def run(record: Record) -> None:
        returned = runner(record, function, case)
        if returned is None:
            record.returned(quantity(FIELDS[0], 1), None, name, RETURNED[name])
        else:
            read(record, returned, case)

    observation = _explained(watched(run, function, seconds=seconds))
    if runner is in_torch or not case.published or observation.problems or AUTODIFF in observation.arrays:
        return observation
    should = name in SHOULD_DIFFERENTIATE
    # Where it should not, one earlier sight is no proof: what the function calls may have been mended since.
    differentiates = (should and known_to_differentiate(function)) or differentiates_when_compiled(
        function, case, unless_seen=should
    )
    return replace(observation, arrays={**observation.arrays, AUTODIFF: np.array(float(differentiates))})


def _explained(observation: Observation) -> Observation:
    """Add what an exception of a framework means, where its own words do not help a beginner."""
    raised = observation.has(Trouble.RAISED)
    if raised is None:
        return observation
    notes = [
        Note("exception", said, in_errors[0])
        for in_source, in_errors, said in EXCEPTIONS
        if in_source in raised.source and any(word in f"{raised.exception}: {raised.message}" for word in in_errors)
    ]
    return replace(observation, notes=(*notes[:1], *observation.notes))


EXCEPTIONS = (
    (".grad", ("NoneType",), "a .grad is None until E.backward() has filled it, and again after zero_grad()."),
    (
        "backward",
        ("does not require grad",),
        "E does not come from your weights; .item(), .detach() and no_grad cut it off.",
    ),
    ("", ("leaf Variable that requires grad",), "change or copy into weights under `with torch.no_grad():`."),
    (
        "",
        ("cannot assign",),
        "a weight is changed in place, as with weight.copy_(...) or weight -= ..., under no_grad.",
    ),
    ("", ("Concretization", "Tracer"), JAX_TRACES),
    ("", ("rngs",), "flax.nnx layers want rngs; this section is about flax.linen, which does without."),
)
"""What stands in the line that raised, what in the words of a library's exception, and what to say about it."""

SHOULD_DIFFERENTIATE = ("jax_grad", "flax_module")
"""Where JAX is to find the gradients."""

RETURNED = {
    "by_layers": "the history, a list with one record for each step",
    "sequential": "the pair (model, history)",
    "jax_numpy": "the history, a list with one record for each step",
    "jax_grad": "the pair (energy, history)",
    "flax_module": "the three (model, params, history)",
}
"""What every function should return."""


# --- reading ---------------------------------------------------------------------------------------------------


def _read_history(record: Record, history: Any, case: FrameworkCase) -> None:
    """Read the records of all steps; one record in the place of a list of one is fine too."""
    if _fields(history) is not None and case.steps == 1:
        history = [history]
    if not isinstance(history, Sequence) or isinstance(history, str) or _fields(history) is not None:
        raise Halt(
            Trouble.WRONG_TYPE,
            f"The history should be a list with one record for each of the {case.steps} steps, but it is "
            f"{'a single record' if _fields(history) is not None else described(history)}.",
        )
    kinds = []
    for step, entry in enumerate(list(history)[: case.steps], start=1):
        values = _fields(entry)
        if values is None:
            raise Halt(
                Trouble.WRONG_TYPE,
                f"Entry {step - 1} of the history should be a record, made by record({', '.join(FIELDS)}), but it is "
                f"{described(entry)}.",
            )
        for field, value in zip(FIELDS, values, strict=True):
            record.quantity(quantity(field, step), value)
            kinds.append(type(value))
    record.arrays[JAX_ARRAYS] = np.array(float(any(_of_jax(kind) for kind in kinds)))
    if len(history) != case.steps:
        raise Halt(
            Trouble.WRONG_TYPE,
            f"The history holds {len(history)} {'record' if len(history) == 1 else 'records'}, but it should hold "
            f"{case.steps}: one for each of the `steps` "
            "that your function is asked for.",
        )


def described(value: Any) -> str:
    """Describe a value in a few words, also one of JAX."""
    if _of_jax(type(value)) and hasattr(value, "shape"):
        return f"a JAX array of shape {value.shape}"
    return described_in_general(value)


def _of_jax(kind: type) -> bool:
    return kind.__module__.partition(".")[0] in ("jax", "jaxlib")


def _fields(entry: Any) -> Sequence[Any] | None:
    """Return the seven values of a record in their order, or None if it is no record."""
    if isinstance(entry, Mapping):
        return [entry[name] for name in FIELDS] if set(FIELDS) <= set(entry) else None
    if isinstance(entry, list | tuple):
        if len(entry) != len(FIELDS) or any(_fields(inner) is not None for inner in entry):
            return None
        return entry
    return [getattr(entry, name) for name in FIELDS] if all(hasattr(entry, name) for name in FIELDS) else None


def _parts(returned: Any, name: str, count: int) -> Sequence[Any]:
    whole = isinstance(returned, list | tuple) and len(returned) == count and _fields(returned) is None
    if whole and not all(_fields(entry) is not None for entry in returned):
        return list(returned)
    raise Halt(Trouble.WRONG_TYPE, f"{name} returned {described(returned)}; it should return {RETURNED[name]}.")


def _read_sequential(record: Record, returned: Any, case: FrameworkCase) -> None:
    """Read the records, and the model that was trained: its weights and what it answers to new inputs."""
    import torch

    first, second = _parts(returned, "sequential", 2)
    model, history = (second, first) if isinstance(second, torch.nn.Module) else (first, second)
    if not isinstance(model, torch.nn.Module):
        raise Halt(
            Trouble.WRONG_TYPE, f"sequential returned {described(model)} as its model; it should be an nn.Sequential."
        )
    _read_history(record, history, case)
    record.arrays[SEQUENTIAL] = np.array(float(isinstance(model, torch.nn.Sequential)))
    parameters = [parameter for parameter in model.parameters() if parameter.ndim == 2]
    if len(parameters) == 2:
        for name, parameter in zip(MODEL_WEIGHTS, parameters, strict=True):
            record.quantity(name, parameter)
    if len(list(model.parameters())) > len(parameters):
        record.note("biases", "Your model has biases; the network of exercise 1 has none (bias=False).")
    with torch.no_grad():
        record.quantity(MODEL_OUTPUT, model(torch.tensor(case.new_x, dtype=torch.get_default_dtype())))


def _read_energy(record: Record, returned: Any, case: FrameworkCase) -> None:
    """Read the records, and try the loss function with other weights and data, compiled and differentiated."""
    import jax
    import jax.numpy as jnp

    first, second = _parts(returned, "jax_grad", 2)
    energy, history = (first, second) if callable(first) else (second, first)
    if not callable(energy):
        raise Halt(
            Trouble.WRONG_TYPE,
            f"jax_grad returned {described(first)} in the place of energy; it should be your function of "
            "(weights, x, t).",
        )
    _read_history(record, history, case)
    W1, W2, x, t = (
        jnp.asarray(array.astype(case.dtype)) for array in (case.new_W1, case.new_W2, case.new_x, case.new_t)
    )
    try:
        traced = jax.eval_shape(energy, (W1, W2), x, t)  # as jit and grad trace it
    except TypeError as error:
        if "argument" not in str(error) or "energy" not in str(error):
            raise
        raise Halt(
            Trouble.WRONG_TYPE,
            f"energy should take the arguments (weights, x, t), weights being (W1, W2), but {error}.",
        ) from None
    if getattr(traced, "shape", None) != ():
        came = f"an array of shape {traced.shape}" if hasattr(traced, "shape") else described(traced)
        raise Halt(
            Trouble.WRONG_TYPE,
            f"energy should return the number E alone, for jax.grad to differentiate, but it returned {came}.",
        )
    # Not compiled as a whole: the parts of a compiled energy have been compiled for the history already.
    value, gradients = jax.value_and_grad(energy)((W1, W2), x, t)
    record.quantity(ENERGY, value)
    for name, gradient in zip(ENERGY_GRADIENT, gradients, strict=True):
        record.quantity(name, gradient)


def _read_flax(record: Record, returned: Any, case: FrameworkCase) -> None:
    """Read the records, and the trained module: its kernels, the other way round, and what it answers to new inputs."""
    import jax
    import jax.numpy as jnp
    from flax import linen

    model, params, history = _parts(returned, "flax_module", 3)
    if not isinstance(model, linen.Module):
        other = " This section is about flax.linen, not about flax.nnx." if _is_nnx(model) else ""
        raise Halt(
            Trouble.WRONG_TYPE,
            f"flax_module returned {described(model)} as its model; it should be an object of your linen.Module class."
            f"{other}",
        )
    if not isinstance(params, Mapping):
        raise Halt(
            Trouble.WRONG_TYPE,
            f"flax_module returned {described(params)} as its params; it should be the tree of trained parameters.",
        )
    _read_history(record, history, case)
    variables = params if isinstance(params, Mapping) and "params" in params else {"params": params}
    leaves = jax.tree_util.tree_leaves(variables)
    kernels = _in_order(model, variables, case)
    for name, kernel in zip(MODEL_WEIGHTS, kernels, strict=False):
        record.quantity(name, kernel.T)
    if len(leaves) > len(kernels):
        record.note("biases", "Your module has biases; the network of exercise 1 has none (use_bias=False).")
    output = model.apply(variables, jnp.asarray(case.new_x.astype(case.dtype)))
    record.quantity(MODEL_OUTPUT, output[-1] if isinstance(output, list | tuple) else output)


def _is_nnx(model: Any) -> bool:
    return any(kind.__module__.startswith("flax.nnx") for kind in type(model).__mro__)


def _in_order(model: Any, variables: Mapping[str, Any], case: FrameworkCase) -> list[Any]:
    """Return the kernels in the order of the layers; JAX sorts their names, which may be any."""
    import jax

    def matrices(tree: Any) -> list[Any]:
        return [np.asarray(leaf) for leaf in jax.tree_util.tree_leaves(tree) if np.ndim(leaf) == 2]

    kernels = matrices(variables)
    n_in, n_hidden, n_out = case.sizes
    if len(kernels) != 2 or [kernel.shape for kernel in kernels] == [(n_in, n_hidden), (n_hidden, n_out)]:
        if len(kernels) != 2 or n_in != n_hidden or n_hidden != n_out:
            return kernels
        # All are square, so only the module itself knows: a fresh init makes its layers in their order.
        made = model.init(jax.random.key(0), case.x.astype(case.dtype))["params"]
        return [kernel for name in made for kernel in matrices(variables["params"].get(name, ()))]
    return kernels[::-1]
