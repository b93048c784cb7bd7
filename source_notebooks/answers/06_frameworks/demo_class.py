# %% ada

# %% blaise
by_layers = "right: written-out"
sequential = "right: state-dict"
jax_numpy = "right: einsum"
jax_grad = "right: tree-map"

# %% carl
by_layers = "mistake: zero-grad-forgotten"
sequential = "mistake: zero-grad-forgotten"

# %% dorothy
by_layers = "mistake: negative-gradient"
jax_numpy = "mistake: relu-derivative-left-out"

# %% emmy
by_layers = "right: functional"
sequential = "mistake: model-not-trained/records-of-the-section-before"
flax_module = "mistake: biases-learned"

# %% felix
by_layers = "mistake: loss-mean"
sequential = "mistake: learning-rate-left-out"
jax_grad = "mistake: loss-mean"

# %% grace
sequential = "right: zero-grad-of-the-model"
jax_numpy = "right: columns"
flax_module = "mistake: kernel-not-transposed"

# %% hypatia
by_layers = "mistake: ascent"
jax_numpy = "mistake: updated-weights-used"
jax_grad = "mistake: starts-anew"
flax_module = "mistake: gradient-not-transposed"
