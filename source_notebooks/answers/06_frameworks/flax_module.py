# %% right: plain
class Perceptron(linen.Module):
    features_1: int
    features_2: int

    @linen.compact
    def __call__(self, x):
        o1 = linen.relu(linen.Dense(self.features_1, use_bias=False, name="first")(x))
        o2 = linen.sigmoid(linen.Dense(self.features_2, use_bias=False, name="second")(o1))
        return o1, o2


@partial(jax.jit, static_argnums=0)
def energy_of(model, params, x, t):
    o1, o2 = model.apply(params, x)
    return jnp.sum((t - o2) ** 2) / 2, (o1, o2)


def flax_module(x, t, W1, W2, epsilon, steps):
    model = Perceptron(W1.shape[0], W2.shape[0])
    params = model.init(jax.random.key(0), x)
    params["params"]["first"]["kernel"] = W1.T
    params["params"]["second"]["kernel"] = W2.T
    history = []
    for step in range(steps):
        (E, (o1, o2)), grads = jax.value_and_grad(energy_of, argnums=1, has_aux=True)(model, params, x, t)
        params = jax.tree.map(lambda w, g: w - epsilon * g, params, grads)
        g1, g2 = grads["params"]["first"]["kernel"].T, grads["params"]["second"]["kernel"].T
        new1, new2 = params["params"]["first"]["kernel"].T, params["params"]["second"]["kernel"].T
        history.append(record(o1, o2, E, g1, g2, new1, new2))
    return model, params, history

# %% right: not-compiled
changed("right: plain", ("@partial(jax.jit, static_argnums=0)\n", ""))
# %% right: other-names
changed("right: plain", ('"first"', '"z_hidden"'), ('"second"', '"a_output"'))

# %% right: no-names
changed("right: plain", (', name="first"', ""), (', name="second"', ""), ('"first"', '"Dense_0"'),
        ('"second"', '"Dense_1"'))

# %% right: params-written-down
changed("right: plain",
        ('    params["params"]["first"]["kernel"] = W1.T\n    params["params"]["second"]["kernel"] = W2.T\n',
         '    params = {"params": {"first": {"kernel": W1.T}, "second": {"kernel": W2.T}}}\n'))

# %% right: inner-params-returned
changed("right: plain", ("return model, params, history", 'return model, params["params"], history'))
# %% right: tree-util
changed("right: plain", ("jax.tree.map", "jax.tree_util.tree_map"))

# %% right: loss-in-the-loop
changed("right: plain",
        ("jax.value_and_grad(energy_of, argnums=1, has_aux=True)(model, params, x, t)",
         "jax.value_and_grad(lambda p: energy_of(model, p, x, t), has_aux=True)(params)"))

# %% right: setup
changed("right: plain",
        ("    @linen.compact\n    def __call__",
         "    def setup(self):\n        self.first = linen.Dense(self.features_1, use_bias=False)\n        self.second = linen.Dense(self.features_2, use_bias=False)\n\n    def __call__"),
        ('linen.Dense(self.features_1, use_bias=False, name="first")(x)', "self.first(x)"),
        ('linen.Dense(self.features_2, use_bias=False, name="second")(o1)', "self.second(o1)"))

# %% right: outputs-only
changed("right: plain", ("return o1, o2\n\n\n@partial", "return o2\n\n\n@partial"),
        ("o1, o2 = model.apply(params, x)",
         'o2 = model.apply(params, x)\n    o1 = linen.relu(x @ params["params"]["first"]["kernel"])'))

# %% mistake: relu-left-out
changed("right: plain", ("linen.relu(", "("))
# %% mistake: relu-at-one
changed("right: plain", ("linen.relu(", "jnp.maximum(1, "))
# %% mistake: sigmoid-in-the-hidden-layer
changed("right: plain", ("linen.relu(", "linen.sigmoid("))
# %% mistake: output-activation-left-out
changed("right: plain", ("linen.sigmoid(", "("))
# %% mistake: relu-at-the-output
changed("right: plain", ("linen.sigmoid(", "linen.relu("))
# %% mistake: loss-mean
changed("right: plain", ("jnp.sum((t - o2) ** 2) / 2", "jnp.mean((t - o2) ** 2)"))
# %% mistake: loss-mean-halved
changed("right: plain", ("jnp.sum((t - o2) ** 2) / 2", "jnp.mean((t - o2) ** 2) / 2"))
# %% mistake: loss-mean-over-samples
changed("right: plain", ("** 2) / 2", "** 2) / 2 / len(x)"))
# %% mistake: loss-not-halved
changed("right: plain", ("** 2) / 2", "** 2)"))
# %% mistake: negative-gradient
changed("right: plain", ("record(o1, o2, E, g1, g2", "record(o1, o2, E, -g1, -g2"))
# %% mistake: step-for-gradient
changed("right: plain", ("record(o1, o2, E, g1, g2", "record(o1, o2, E, epsilon * g1, epsilon * g2"))
# %% mistake: ascent
changed("right: plain", ("w - epsilon * g", "w + epsilon * g"))
# %% mistake: learning-rate-left-out
changed("right: plain", ("w - epsilon * g", "w - g"))

# %% mistake: first-layer-not-updated
changed("right: plain",
        (", params, grads)\n", ', params, grads)\n        params["params"]["first"]["kernel"] = W1.T\n'))

# %% mistake: last-layer-not-updated
changed("right: plain",
        (", params, grads)\n", ', params, grads)\n        params["params"]["second"]["kernel"] = W2.T\n'))

# %% mistake: nothing-updated
changed("right: plain", ("        params = jax.tree.map", "        jax.tree.map"))

# %% mistake: weights-recorded-before-the-update
changed("right: plain", ("        params = jax.tree.map", "        updated = jax.tree.map"),
        ("new1, new2))\n", "new1, new2))\n        params = updated\n"))

# %% mistake: starts-anew
changed("right: plain",
        ("    for step in range(steps):\n",
         "    start = params\n    for step in range(steps):\n        params = start\n"))

# %% mistake: kernel-not-transposed
changed("right: plain", ('["kernel"] = W1.T', '["kernel"] = W1'), ('["kernel"] = W2.T', '["kernel"] = W2'),
        ('["kernel"].T', '["kernel"]'))

# %% mistake: gradient-not-transposed
changed("right: plain", ('grads["params"]["first"]["kernel"].T', 'grads["params"]["first"]["kernel"]'),
        ('grads["params"]["second"]["kernel"].T', 'grads["params"]["second"]["kernel"]'))

# %% mistake: weights-not-transposed
changed("right: plain", ('= params["params"]["first"]["kernel"].T', '= params["params"]["first"]["kernel"]'),
        (', params["params"]["second"]["kernel"].T', ', params["params"]["second"]["kernel"]'))

# %% mistake: biases-learned
changed("right: plain", (", use_bias=False", ""))

# %% mistake: model-not-trained
changed("right: plain", ("    history = []", "    given = params\n    history = []"),
        ("return model, params,", "return model, given,"))

# %% unnamed: random-weights
changed("right: plain",
        ('    params["params"]["first"]["kernel"] = W1.T\n    params["params"]["second"]["kernel"] = W2.T\n', ""))

# %% unnamed: tanh-for-sigmoid
changed("right: plain", ("linen.sigmoid", "linen.tanh"))
# %% unnamed: gelu
changed("right: plain", ("linen.relu", "linen.gelu"))

# %% unnamed: one-layer
changed("right: plain",
        ('o2 = linen.sigmoid(linen.Dense(self.features_2, use_bias=False, name="second")(o1))',
         "o2 = linen.sigmoid(o1)"))

# %% unnamed: weight-decay
changed("right: plain", ("w - epsilon * g", "0.99 * w - epsilon * g"))
# %% unnamed: sign-descent
changed("right: plain", ("w - epsilon * g", "w - epsilon * jnp.sign(g)"))

# %% equivalent: the square of a difference is that of its negative
changed("solution", ("return (jnp.sum((t - o2) ** 2) / 2, (o1, o2))", "return (jnp.sum((o2 - t) ** 2) / 2, (o1, o2))"))

# %% equivalent: only the names in the tree are used, all its numbers are overwritten
changed("solution", ("params = model.init(jax.random.key(0), x)", "params = model.init(jax.random.key(1), x)"))
changed("solution", ("params = model.init(jax.random.key(0), x)", "params = model.init(jax.random.key(-1), x)"))
changed("solution", ("params = model.init(jax.random.key(0), x)", "params = model.init(jax.random.key(0), t)"))
changed("solution", ("params = model.init(jax.random.key(0), x)", "params = model.init(jax.random.key(0), W1)"))
changed("solution", ("params = model.init(jax.random.key(0), x)", "params = model.init(jax.random.key(0), W2)"))
