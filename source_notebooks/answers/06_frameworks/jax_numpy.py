# %% right: plain
def jax_numpy(x, t, W1, W2, epsilon, steps):
    history = []
    for step in range(steps):
        s1 = x @ W1.T
        o1 = jnp.maximum(0, s1)
        s2 = o1 @ W2.T
        o2 = 1 / (1 + jnp.exp(-s2))
        E = jnp.sum((t - o2) ** 2) / 2
        delta2 = (o2 - t) * o2 * (1 - o2)
        delta1 = (delta2 @ W2) * (s1 > 0)
        g1 = delta1.T @ x
        g2 = delta2.T @ o1
        W1 = W1 - epsilon * g1
        W2 = W2 - epsilon * g2
        history.append(record(o1, o2, E, g1, g2, W1, W2))
    return history

# %% right: relu-by-where
changed("right: plain", ("jnp.maximum(0, s1)", "jnp.where(s1 > 0, s1, 0.0)"))
# %% right: library-functions
changed("right: plain", ("jnp.maximum(0, s1)", "jax.nn.relu(s1)"), ("1 / (1 + jnp.exp(-s2))", "jax.nn.sigmoid(s2)"))
# %% right: slope-from-the-exponential
changed("right: plain", ("o2 * (1 - o2)", "jnp.exp(-s2) / (1 + jnp.exp(-s2)) ** 2"))

# %% right: einsum
changed("right: plain", ("delta1.T @ x", "jnp.einsum('nh,ni->hi', delta1, x)"),
        ("delta2.T @ o1", "jnp.einsum('no,nh->oh', delta2, o1)"))

# %% right: outer-products
changed("right: plain", ("delta1.T @ x", "sum(jnp.outer(d, v) for d, v in zip(delta1, x))"),
        ("delta2.T @ o1", "sum(jnp.outer(d, v) for d, v in zip(delta2, o1))"))

# %% right: columns
changed("right: plain", ("x @ W1.T", "(W1 @ x.T).T"), ("(delta2 @ W2)", "(W2.T @ delta2.T).T"))
# %% right: negative-error-signals
changed("right: plain", ("(o2 - t) *", "(t - o2) *"), ("delta1.T @", "-delta1.T @"), ("delta2.T @", "-delta2.T @"))

# %% right: scan
changed("right: plain",
        ("    history = []\n    for step in range(steps):\n", "    def one(weights, _):\n        W1, W2 = weights\n"),
        ("        history.append(record(o1, o2, E, g1, g2, W1, W2))\n    return history",
         "        return (W1, W2), (o1, o2, E, g1, g2, W1, W2)\n\n    _, all_steps = jax.lax.scan(one, (W1, W2), None, length=steps)\n    return [record(*(values[step] for values in all_steps)) for step in range(steps)]"))

# %% right: at-set
changed("right: plain", ("W1 = W1 - epsilon * g1", "W1 = W1.at[:].add(-epsilon * g1)"))
# %% right: sign
changed("right: plain", ("(s1 > 0)", "jnp.sign(o1)"))
# %% right: one-at-zero
changed("right: plain", ("(s1 > 0)", "(s1 >= 0)"))
# %% right: tuples
changed("right: plain", ("record(o1, o2, E, g1, g2, W1, W2)", "(o1, o2, E, g1, g2, W1, W2)"))

# %% mistake: relu-left-out
changed("right: plain", ("jnp.maximum(0, s1)", "s1"))
# %% mistake: relu-at-one
changed("right: plain", ("jnp.maximum(0, s1)", "jnp.maximum(1, s1)"))
# %% mistake: sigmoid-in-the-hidden-layer
changed("right: plain", ("jnp.maximum(0, s1)", "1 / (1 + jnp.exp(-s1))"))
# %% mistake: output-activation-left-out
changed("right: plain", ("1 / (1 + jnp.exp(-s2))", "s2"), ("o2 * (1 - o2)", "jnp.exp(-s2) / (1 + jnp.exp(-s2)) ** 2"))

# %% mistake: relu-at-the-output
changed("right: plain", ("1 / (1 + jnp.exp(-s2))", "jnp.maximum(0, s2)"),
        ("o2 * (1 - o2)", "jnp.exp(-s2) / (1 + jnp.exp(-s2)) ** 2"))

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

# %% mistake: relu-derivative-left-out
changed("right: plain", (" * (s1 > 0)", ""))
# %% mistake: sigmoid-derivative-left-out
changed("right: plain", (" * o2 * (1 - o2)", ""))
# %% mistake: sigmoid-derivative-of-the-output
changed("right: plain", ("* o2 * (1 - o2)", "* jnp.exp(-o2) / (1 + jnp.exp(-o2)) ** 2"))
# %% mistake: constant-slope
changed("right: plain", ("o2 * (1 - o2)", "0.25"))
# %% mistake: error-signal-negated
changed("right: plain", ("(o2 - t)", "(t - o2)"))
# %% mistake: weights-transposed
changed("right: plain", ("delta2 @ W2)", "delta2 @ W2.T)"))

# %% mistake: updated-weights-used
changed("right: plain",
        ("        delta1 =", "        g2 = delta2.T @ o1\n        W2 = W2 - epsilon * g2\n        delta1 ="),
        ("        g1 = delta1.T @ x\n        g2 = delta2.T @ o1\n", "        g1 = delta1.T @ x\n"),
        ("        W1 = W1 - epsilon * g1\n        W2 = W2 - epsilon * g2\n", "        W1 = W1 - epsilon * g1\n"))

# %% unnamed: tanh-for-sigmoid
changed("right: plain", ("1 / (1 + jnp.exp(-s2))", "jnp.tanh(s2)"))
# %% unnamed: leaky-slope
changed("right: plain", ("(s1 > 0)", "jnp.where(s1 > 0, 1, 0.01)"))
# %% unnamed: slope-of-the-wrong-side
changed("right: plain", ("(s1 > 0)", "(s1 < 0)"))
# %% unnamed: absolute-error
changed("right: plain", ("jnp.sum((t - o2) ** 2) / 2", "jnp.sum(jnp.abs(t - o2)) / 2"))
# %% unnamed: gradient-of-one-sample
changed("right: plain", ("delta1.T @ x", "jnp.outer(delta1[0], x[0])"))
# %% unnamed: sigmoid-of-the-opposite
changed("right: plain", ("jnp.exp(-s2)", "jnp.exp(s2)"))
# %% unnamed: clipped
changed("right: plain", ("W1 - epsilon * g1", "W1 - epsilon * jnp.clip(g1, -0.05, 0.05)"))
# %% unnamed: flattened
changed("right: plain", ("g1 = delta1.T @ x", "g1 = jnp.ravel(delta1.T @ x)"))

# %% equivalent: the square of a difference is that of its negative
changed("solution", ("E = jnp.sum((t - o2) ** 2) / 2", "E = jnp.sum((o2 - t) ** 2) / 2"))
# %% equivalent: the larger of two numbers, whichever is named first
changed("solution", ("o1 = jnp.maximum(0, s1)", "o1 = jnp.maximum(s1, 0)"))
# %% equivalent: o1 is positive exactly where s1 is
changed("solution", ("delta1 = delta2 @ W2 * (s1 > 0)", "delta1 = delta2 @ W2 * (o1 > 0)"))
# %% equivalent: at exactly 0 the slope of the ReLU may be 0 or 1
changed("solution", ("delta1 = delta2 @ W2 * (s1 > 0)", "delta1 = delta2 @ W2 * (s1 >= 0)"))
