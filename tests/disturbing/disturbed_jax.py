"""JAX's operations, lowered otherwise: the disturbance is compiled into what XLA runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
from disturbed_numpy import BITS, SEED
from jax import lax
from jax._src.interpreters import mlir

ROUNDED = (
    lax.exp_p, lax.exp2_p, lax.expm1_p, lax.log_p, lax.log1p_p, lax.sin_p, lax.cos_p, lax.tanh_p, lax.logistic_p,
    lax.pow_p, lax.integer_pow_p, lax.add_p, lax.sub_p, lax.reduce_sum_p, lax.dot_general_p,
)  # fmt: skip
"""What is rounded otherwise elsewhere; sums too, since XLA fuses a product into them where the processor can."""


def flip_last_bits(values: jax.Array) -> jax.Array:
    """Do what `disturbed_numpy.flip_last_bits` does, on a new array."""
    unsigned, last, factor, shift = BITS[values.dtype.char]
    bits = lax.bitcast_convert_type(values, unsigned)
    changed = jnp.where((bits & last) != 0, (bits * factor) >> shift, unsigned(0))
    return lax.bitcast_convert_type(bits + changed if SEED % 3 else bits - changed, values.dtype)


def _turned(a: jax.Array, b: jax.Array, axes: Any) -> tuple[jax.Array, jax.Array]:
    return lax.optimization_barrier((lax.rev(a, axes[0]), lax.rev(b, axes[1])))


def _lowered_otherwise(original: Callable[..., Any], primitive: Any) -> Callable[..., Any]:
    def rule(context: Any, *arguments: Any, **settings: Any) -> Any:
        if not all(result.dtype.char in BITS for result in context.avals_out):
            return original(context, *arguments, **settings)
        if primitive is lax.dot_general_p:
            (axes, _) = settings["dimension_numbers"]
            operands = context.replace(primitive=None, avals_out=context.avals_in, tokens_out=None)
            turn = mlir.lower_fun(lambda a, b: _turned(a, b, axes), multiple_results=True)
            arguments = [value for values in turn(operands, *arguments) for value in _flat(values)]
        results = [value for values in original(context, *arguments, **settings) for value in _flat(values)]
        after = context.replace(primitive=None, avals_in=context.avals_out, tokens_out=None)
        return mlir.lower_fun(flip_last_bits, multiple_results=False)(after, *results)

    return rule


def _flat(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def disturb() -> None:
    """Disturb what JAX compiles in this process from now on."""
    for primitive in ROUNDED:
        on_cpu = mlir._platform_specific_lowerings["cpu"]
        entry = on_cpu.get(primitive) or mlir._lowerings[primitive]
        original = getattr(entry, "rule", entry)
        mlir.register_lowering(primitive, _lowered_otherwise(original, primitive), platform="cpu")
