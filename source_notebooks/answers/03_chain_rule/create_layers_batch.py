# %% frame
def create_layers_batch(network_input_size, layer_output_sizes):
    ...

# %% right: loop
layers = []
i_size = network_input_size
for layer_output_size in layer_output_sizes:
    W = np.random.randn(i_size, layer_output_size)
    b = np.random.randn(layer_output_size)
    layers.append((W, b))
    i_size = layer_output_size
return layers

# %% right: sizes-in-pairs
sizes = [network_input_size] + list(layer_output_sizes)
return [(rng.normal(size=(i, o)), np.zeros(o)) for i, o in zip(sizes[:-1], sizes[1:])]

# %% right: glorot
layers, n = [], network_input_size
for m in layer_output_sizes:
    limit = np.sqrt(6 / (n + m))
    layers.append([np.random.uniform(-limit, limit, (n, m)), np.zeros((1, m))])
    n = m
return layers

# %% right: seeded
generator = np.random.default_rng(1)
n, layers = network_input_size, []
for m in layer_output_sizes:
    layers.append((generator.standard_normal((n, m)) / np.sqrt(n), 0.1 * generator.standard_normal(m)))
    n = m
return tuple(layers)

# %% right: by-index
sizes = np.concatenate([[network_input_size], layer_output_sizes]).astype(int)
layers = []
for l in range(1, len(sizes)):
    layers.append((np.random.rand(sizes[l - 1], sizes[l]) - 0.5, np.random.rand(sizes[l])))
return layers

# %% mistake: weight-shape-transposed
layers = []
size_in = network_input_size
for size_out in layer_output_sizes:
    layers.append((rng.normal(size=(size_out, size_in)), rng.normal(size=size_out)))
    size_in = size_out
return layers

# %% mistake: network-input-for-every-layer
changed("mistake: weight-shape-transposed", ("size_out, size_in", "size_in, size_out"), ("size_in = size_out", "pass"))

# %% mistake: bias-as-large-as-the-input
changed("mistake: weight-shape-transposed", ("size_out, size_in", "size_in, size_out"),
        ("size=size_out", "size=size_in"))

# %% mistake: bias-as-a-column
changed("mistake: weight-shape-transposed", ("size_out, size_in", "size_in, size_out"),
        ("size=size_out", "size=(size_out, 1)"))

# %% mistake: single-bias
changed("mistake: weight-shape-transposed", ("size_out, size_in", "size_in, size_out"), ("size=size_out", "size=1"))
# %% mistake: weights-all-equal
changed("mistake: weight-shape-transposed", ("rng.normal(size=(size_out, size_in))", "np.zeros((size_in, size_out))"))
# %% mistake: weights-all-equal/ones
changed("mistake: weight-shape-transposed", ("rng.normal(size=(size_out, size_in))", "np.ones((size_in, size_out))"))

# %% mistake: last-layer-missing
changed("mistake: weight-shape-transposed", ("layer_output_sizes:", "layer_output_sizes[:-1]:"),
        ("size_out, size_in", "size_in, size_out"))

# %% mistake: pair-swapped
changed("mistake: weight-shape-transposed", ("(size_out, size_in)", "size_out"),
        (" rng.normal(size=size_out)", " rng.normal(size=(size_in, size_out))"))

# %% mistake: nodes-all-alike
changed("mistake: weight-shape-transposed", ("(rng", "(np.zeros((size_in, size_out)) + rng"),
        ("size_out, size_in", "size_in, 1"))

# %% unnamed: one-node-too-many
changed("mistake: weight-shape-transposed", ("size_out, size_in", "size_in + 1, size_out"))
# %% unnamed: flat-weights
changed("mistake: weight-shape-transposed", ("(size_out, size_in)", "size_out * size_in"))

# %% unnamed: infinite
changed("mistake: weight-shape-transposed",
        ("rng.normal(size=(size_out, size_in))", "np.full((size_in, size_out), np.inf)"))

# %% unnamed: first-layer-missing
layers = []
return layers

# %% unnamed: bias-is-a-number
changed("mistake: weight-shape-transposed",
        ("(size=(size_out, size_in)), rng.normal(size=size_out)", "(size=(size_in, size_out)), 0.0"))

# %% unnamed: an-extra-layer
changed("mistake: weight-shape-transposed", ("size_out, size_in", "size_in, size_out"),
        ("return layers", "return layers + layers[-1:]"))
