# %% frame
def feed_forward_saver(input, layers, activation_funcs):
    ...

# %% right: append
layer_inputs, zs, a = [], [], input
for (W, b), f in zip(layers, activation_funcs):
    layer_inputs.append(a)
    z = W @ a + b
    a = f(z)
    zs.append(z)
return layer_inputs, zs, a

# %% right: index
layer_inputs = [input]
zs = []
for l in range(len(layers)):
    zs.append(layers[l][0] @ layer_inputs[l] + layers[l][1])
    layer_inputs.append(activation_funcs[l](zs[l]))
return layer_inputs[:-1], zs, layer_inputs[-1]

# %% right: filled-lists
n = len(layers)
layer_inputs, zs = [None] * n, [None] * n
a = input
for l, (W, b) in enumerate(layers):
    layer_inputs[l] = a
    zs[l] = np.dot(W, a) + b
    a = activation_funcs[l](zs[l])
return [layer_inputs, zs, a]

# %% right: prediction-from-feed-forward
changed("right: append", (".append(a)\n        z = W @ a + b", " += [a]\n        zs += [W @ a + b]"),
        ("(z)\n        zs.append(z)", "(zs[-1])"),
        ("return layer_inputs, zs, a", "return layer_inputs, zs, feed_forward(input, layers, activation_funcs)"))

# %% right: tuples
changed("right: append", ("layer_inputs, zs, a = [], []", "saved, a = []"),
        ("layer_inputs.append(a)\n        z = W @ a + b", "saved.append((a, W @ a + b))"),
        ("(z)\n        zs.append(z)", "(saved[-1][1])\n    layer_inputs, zs = zip(*saved)"))

# %% mistake: outputs-for-inputs
changed("right: append", ("layer_inputs.append(a)", "pass"), ("a = f", "a_new = f"),
        ("zs.append(z)", "layer_inputs.append(a_new); zs.append(z)\n        a = a_new"))

# %% mistake: prediction-among-the-inputs
changed("right: append", ("a = f", "a_new = f"), ("append(z)", "append(z)\n        a = a_new"),
        ("return layer_inputs", "return layer_inputs + [a]"))

# %% mistake: network-input-missing
changed("right: append", ("a = f", "a_new = f"), ("append(z)", "append(z)\n        a = a_new"),
        ("return layer_inputs", "return layer_inputs[1:]"))

# %% mistake: activations-for-zs
changed("right: append", ("a = f", "a_new = f"), ("append(z)", "append(a_new)\n        a = a_new"))

# %% mistake: pre-activations-for-inputs
changed("right: append", ("a = f", "a_new = f"), ("append(z)", "append(z)\n        a = a_new"),
        ("return layer_inputs", "return [input] + zs[:-1]"))

# %% mistake: last-z-for-the-prediction
changed("right: append", ("a = f", "a_new = f"), ("append(z)", "append(z)\n        a = a_new"),
        ("return layer_inputs, zs, a", "return layer_inputs, zs, zs[-1]"))

# %% mistake: inputs-and-zs-swapped
changed("right: append", ("a = f", "a_new = f"), ("append(z)", "append(z)\n        a = a_new"),
        ("return layer_inputs, zs", "return zs, layer_inputs"))

# %% mistake: bias-left-out
changed("right: append", (" + b\n        a", "\n        a_new"), ("append(z)", "append(z)\n        a = a_new"))

# %% unnamed: bias-subtracted
changed("right: append", ("+ b\n        a", "- b\n        a_new"), ("append(z)", "append(z)\n        a = a_new"))

# %% unnamed: zs-reversed
changed("right: append", ("a = f", "a_new = f"), ("append(z)", "append(z)\n        a = a_new"),
        ("return layer_inputs, zs", "return layer_inputs, zs[::-1]"))

# %% unnamed: inputs-reversed
changed("right: append", ("a = f", "a_new = f"), ("append(z)", "append(z)\n        a = a_new"),
        ("return layer_inputs", "return layer_inputs[::-1]"))

# %% unnamed: rounded
changed("right: append", ("a = f", "a_new = f"), ("append(z)", "append(z)\n        a = a_new"),
        ("return layer_inputs, zs", "return layer_inputs, [np.round(z, 3) for z in zs]"))

# %% unnamed: prediction-doubled
changed("right: append", ("a = f", "a_new = f"), ("append(z)", "append(z)\n        a = a_new"),
        ("return layer_inputs, zs, a", "return layer_inputs, zs, 2 * a"))

# %% unnamed: predict-twice
changed("right: append", ("a = f", "a_new = f"), ("append(z)", "append(z)\n        a = a_new"),
        ("return layer_inputs, zs", "return layer_inputs, zs + [a]"))

# %% slips
"bias-subtracted", "weighted_input: W⁽ˡ⁾ a⁽ˡ⁻¹⁾ - b⁽ˡ⁾"
"inputs-reversed", "inputs_saved: reversed"
"prediction-doubled", "activation: 2 φ(z⁽ˡ⁾), in the last layer"
"zs-reversed", "zs_saved: reversed"

# %% equivalent: a vector is its own transpose
changed("solution", ("z = W @ a + b", "z = W @ a.T + b"))
