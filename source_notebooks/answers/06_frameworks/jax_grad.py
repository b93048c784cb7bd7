# %% right: plain
@jax.jit
def energy(weights, x, t):
    W1, W2 = weights
    o1 = jnp.maximum(0, x @ W1.T)
    o2 = jax.nn.sigmoid(o1 @ W2.T)
    return jnp.sum((t - o2) ** 2) / 2


def jax_grad(x, t, W1, W2, epsilon, steps):
    history = []
    for step in range(steps):
        o1 = jnp.maximum(0, x @ W1.T)
        o2 = jax.nn.sigmoid(o1 @ W2.T)
        E, (g1, g2) = jax.value_and_grad(energy)((W1, W2), x, t)
        W1 = W1 - epsilon * g1
        W2 = W2 - epsilon * g2
        history.append(record(o1, o2, E, g1, g2, W1, W2))
    return energy, history

# %% right: not-compiled
changed("right: plain", ("@jax.jit\n", ""))

# %% right: grad-and-value-apart
changed("right: plain",
        ("E, (g1, g2) = jax.value_and_grad(energy)((W1, W2), x, t)",
         "E = energy((W1, W2), x, t)\n        g1, g2 = jax.grad(energy)((W1, W2), x, t)"))

# %% right: compiled-once
changed("right: plain", ("@jax.jit\n", ""),
        ("\n\ndef jax_grad", "\n\nboth = jax.jit(jax.value_and_grad(energy))\n\n\ndef jax_grad"),
        ("jax.value_and_grad(energy)((W1", "both((W1"))

# %% right: defined-inside
changed("right: plain",
        ("    history = []", "    def inner(weights, x, t):\n        return energy(weights, x, t)\n\n    history = []"),
        ("jax.value_and_grad(energy)", "jax.value_and_grad(inner)"),
        ("return energy, history", "return inner, history"))

# %% right: imported
changed("right: plain", ("@jax.jit\n", "from jax import grad, jit, vmap\n\n\n@jit\n"),
        ("E, (g1, g2) = jax.value_and_grad(energy)((W1, W2), x, t)",
         "E = energy((W1, W2), x, t)\n        g1, g2 = grad(energy)((W1, W2), x, t)"))

# %% right: vjp
changed("right: plain",
        ("E, (g1, g2) = jax.value_and_grad(energy)((W1, W2), x, t)",
         "E, back = jax.vjp(lambda w: energy(w, x, t), (W1, W2))\n        ((g1, g2),) = back(jnp.ones_like(E))"))

# %% right: list-of-weights
changed("right: plain", ("W1, W2 = weights", "W1, W2 = list(weights)"))

# %% right: tree-map
changed("right: plain", ("        W1 = W1 - epsilon * g1\n", ""),
        ("W2 = W2 - epsilon * g2", "W1, W2 = jax.tree.map(lambda w, g: w - epsilon * g, (W1, W2), (g1, g2))"))

# %% right: not-returned-itself
changed("right: plain", ("return energy, history", "return (lambda w, x, t: energy(w, x, t)), history"))

# %% right: argnums
changed("right: plain",
        ("jax.value_and_grad(energy)((W1, W2), x, t)",
         "jax.value_and_grad(lambda a, b: energy((a, b), x, t), argnums=(0, 1))(W1, W2)"))

# %% right: pair-swapped
changed("right: plain", ("return energy, history", "return history, energy"))

# %% mistake: relu-left-out
changed("right: plain", ("jnp.maximum(0, x @ W1.T)", "x @ W1.T"))
# %% mistake: relu-at-one
changed("right: plain", ("jnp.maximum(0, x @ W1.T)", "jnp.maximum(1, x @ W1.T)"))
# %% mistake: sigmoid-in-the-hidden-layer
changed("right: plain", ("jnp.maximum(0, x @ W1.T)", "jax.nn.sigmoid(x @ W1.T)"))
# %% mistake: output-activation-left-out
changed("right: plain", ("jax.nn.sigmoid(o1 @ W2.T)", "o1 @ W2.T"))
# %% mistake: relu-at-the-output
changed("right: plain", ("jax.nn.sigmoid", "jax.nn.relu"))
# %% mistake: loss-mean
changed("right: plain", ("jnp.sum((t - o2) ** 2) / 2", "jnp.mean((t - o2) ** 2)"))
# %% mistake: loss-mean-halved
changed("right: plain", ("jnp.sum((t - o2) ** 2) / 2", "jnp.mean((t - o2) ** 2) / 2"))
# %% mistake: loss-mean-over-samples
changed("right: plain", ("** 2) / 2", "** 2) / (2 * len(x))"))
# %% mistake: loss-not-halved
changed("right: plain", ("** 2) / 2", "** 2)"))
# %% mistake: negative-gradient
changed("right: plain", ("record(o1, o2, E, g1, g2", "record(o1, o2, E, -g1, -g2"))
# %% mistake: step-for-gradient
changed("right: plain", ("record(o1, o2, E, g1, g2", "record(o1, o2, E, epsilon * g1, epsilon * g2"))
# %% mistake: ascent
changed("right: plain", ("W1 - epsilon", "W1 + epsilon"), ("W2 - epsilon", "W2 + epsilon"))
# %% mistake: learning-rate-left-out
changed("right: plain", ("epsilon * g", "g"))
# %% mistake: first-layer-not-updated
changed("right: plain", ("        W1 = W1 - epsilon * g1\n", ""))
# %% mistake: last-layer-not-updated
changed("right: plain", ("        W2 = W2 - epsilon * g2\n", ""))
# %% mistake: nothing-updated
changed("right: plain", ("        W1 = W1 -", "        W1 -"), ("        W2 = W2 -", "        W2 -"))

# %% mistake: weights-recorded-before-the-update
changed("right: plain", ("        W1 = W1 -", "        new1 = W1 -"), ("        W2 = W2 -", "        new2 = W2 -"),
        ("W1, W2))\n", "W1, W2))\n        W1, W2 = new1, new2\n"))

# %% mistake: starts-anew
changed("right: plain", ("        W1 = W1 -", "        new1 = W1 -"), ("        W2 = W2 -", "        new2 = W2 -"),
        ("W1, W2))\n", "new1, new2))\n"))

# %% mistake: energy-ignores-its-weights
changed("right: plain", ("@jax.jit\n", ""),
        ("def energy(weights, x, t):\n    W1, W2 = weights\n", "def energy(weights, x, t, W1=None, W2=None):\n"),
        ("    history = []",
         "    first, second = W1, W2\n    closed = lambda w, x, t: energy(w, x, t, first, second)\n    history = []"),
        ("value_and_grad(energy)", "value_and_grad(closed)"),
        ("return energy", "return closed"))

# %% unnamed: gradient-of-the-inputs
changed("right: plain",
        ("jax.value_and_grad(energy)((W1, W2), x, t)",
         "energy((W1, W2), x, t), (jax.grad(energy, 1)((W1, W2), x, t),) * 2"))

# %% unnamed: another-energy-returned
changed("right: plain", ("return energy, history", "return (lambda *given: 2 * energy(*given)), history"))

# %% unnamed: gradient-of-the-first-step-only
changed("right: plain",
        ("        E, (g1, g2) = jax.value_and_grad(energy)((W1, W2), x, t)\n", "        E = energy((W1, W2), x, t)\n"),
        ("    history = []", "    g1, g2 = jax.grad(energy)((W1, W2), x, t)\n    history = []"))

# %% unnamed: weights-swapped
changed("right: plain", ("W1, W2 = weights", "W2, W1 = weights"), ("energy)((W1, W2)", "energy)((W2, W1)"))
# %% unnamed: stopped-gradient
changed("right: plain", ("x @ W1.T)\n    o2", "x @ jax.lax.stop_gradient(W1).T)\n    o2"))
# %% unnamed: regularised
changed("right: plain", ("** 2) / 2", "** 2) / 2 + 0.1 * jnp.sum(W1**2)"))
# %% unnamed: mean-of-targets
changed("right: plain", ("(t - o2) ** 2", "(t.mean() - o2) ** 2"))
# %% unnamed: per-sample-energy
changed("right: plain", ("    return jnp.sum((t - o2) ** 2) / 2", "    return jnp.sum((t - o2) ** 2, axis=1) / 2"))
# %% unnamed: converted-to-float
changed("right: plain", ("    return jnp.sum((t - o2) ** 2) / 2", "    return float(jnp.sum((t - o2) ** 2)) / 2"))

# %% equivalent: the larger of two numbers, whichever is named first
changed("solution", ("o1 = jnp.maximum(0, x @ W1.T)", "o1 = jnp.maximum(x @ W1.T, 0)"))
# %% equivalent: the square of a difference is that of its negative
changed("solution", ("return jnp.sum((t - o2) ** 2) / 2", "return jnp.sum((o2 - t) ** 2) / 2"))
