"""What the audit may let pass, each with its reason: the one place where that is reviewed."""

_SQUARE = "the square of a difference is that of its negative"
_SAME_SIZE = "x has as many columns as W1, so it is the same number"
_OVERWRITTEN = "only the names in the tree are used, all its numbers are overwritten"
_ORDER = "the larger of two numbers, whichever is named first"

_LAYER = "hidden = nn.Linear({}.shape[1], W1.shape[0], bias=False)"
_MODEL = (
    "model = nn.Sequential(nn.Linear({}.shape[1], W1.shape[0], bias=False), nn.ReLU(), "
    "nn.Linear(W2.shape[1], W2.shape[0], bias=False), nn.Sigmoid())"
)
_INIT = "params = model.init(jax.random.key({}), {})"
_DELTA = "delta1 = delta2 @ W2 * ({} 0)"

EQUIVALENT: dict[str, dict[str, str]] = {
    "by_layers": {
        "E = squares(o2, t) / 2 → E = squares(t, o2) / 2": _SQUARE,
        f"{_LAYER.format('W1')} → {_LAYER.format('x')}": _SAME_SIZE,
    },
    "sequential": {
        "E = squares(o2, t) / 2 → E = squares(t, o2) / 2": _SQUARE,
        f"{_MODEL.format('W1')} → {_MODEL.format('x')}": _SAME_SIZE,
    },
    "jax_numpy": {
        "E = jnp.sum((t - o2) ** 2) / 2 → E = jnp.sum((o2 - t) ** 2) / 2": _SQUARE,
        "o1 = jnp.maximum(0, s1) → o1 = jnp.maximum(s1, 0)": _ORDER,
        f"{_DELTA.format('s1 >')} → {_DELTA.format('o1 >')}": "o1 is positive exactly where s1 is",
        f"{_DELTA.format('s1 >')} → {_DELTA.format('s1 >=')}": "at exactly 0 the slope of the ReLU may be 0 or 1",
    },
    "jax_grad": {
        "o1 = jnp.maximum(0, x @ W1.T) → o1 = jnp.maximum(x @ W1.T, 0)": _ORDER,
        "return jnp.sum((t - o2) ** 2) / 2 → return jnp.sum((o2 - t) ** 2) / 2": _SQUARE,
    },
    "flax_module": {
        "return (jnp.sum((t - o2) ** 2) / 2, (o1, o2)) → return (jnp.sum((o2 - t) ** 2) / 2, (o1, o2))": _SQUARE,
        **{f"{_INIT.format('0', 'x')} → {_INIT.format(key, 'x')}": _OVERWRITTEN for key in ("1", "-1")},
        **{f"{_INIT.format('0', 'x')} → {_INIT.format('0', name)}": _OVERWRITTEN for name in ("t", "W1", "W2")},
    },
}
"""Mutants of the solutions that deserve full marks: task -> "old line → new line" -> why."""
