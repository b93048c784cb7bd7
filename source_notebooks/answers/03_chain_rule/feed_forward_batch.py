# %% frame
def feed_forward_batch(inputs, layers, activation_funcs):
    return ...

# %% right: zip
a = inputs
for (W, b), f in zip(layers, activation_funcs):
    a = f(a @ W + b)
return a

# %% right: index
changed("right: zip",
        ("(W, b), f in zip(layers, activation_funcs):", "l in range(len(layers)):\n        W, b = layers[l]"),
        ("f(a @ W + b)", "activation_funcs[l](np.dot(a, W) + b)"))

# %% right: row-form
for (W, b), f in zip(layers, activation_funcs):
    inputs = f(inputs @ W + b)
return inputs

# %% right: list-of-activations
activations = [inputs]
for layer, f in zip(layers, activation_funcs):
    activations.append(f(activations[-1] @ layer[0] + layer[1]))
return activations[-1]

# %% right: recursive
if len(layers) == 0:
    return inputs
W, b = layers[0]
return feed_forward_batch(activation_funcs[0](inputs @ W + b), layers[1:], activation_funcs[1:])

# %% right: enumerate-einsum
changed("right: zip", ("(W, b), f in zip(layers, activation_funcs)", "i, (W, b) in enumerate(layers)"),
        ("f(a @ W + b)", 'activation_funcs[i](np.einsum("ni,ij->nj", a, W) + b)'))

# %% mistake: bias-left-out
changed("right: zip", ("W + b", "W"))
# %% mistake: activation-left-out
changed("right: zip", ("(W, b), f in zip(layers, activation_funcs)", "W, b in layers"), ("f(a @ W + b)", "a @ W + b"))

# %% mistake: hidden-activation-left-out
a = inputs
for W, b in layers:
    z = a @ W + b
    a = z
return activation_funcs[-1](z)

# %% mistake: output-activation-left-out
changed("right: zip", ("a = f(a @ W + b)", "z = a @ W + b\n        a = f(z)"), ("return a", "return z"))
# %% mistake: weights-transposed
changed("right: zip", ("W + b", "W.T + b"))
# %% mistake: sigmoid-in-every-layer
changed("right: zip", ("(W, b), f in zip(layers, activation_funcs)", "W, b in layers"), ("a = f", "a = sigmoid"))

# %% mistake: first-activation-everywhere
changed("right: zip", ("(W, b), f in zip(layers, activation_funcs)", "W, b in layers"),
        ("a = f", "a = activation_funcs[0]"))

# %% mistake: last-layer-skipped
changed("right: index", ("(layers)", "(layers) - 1"), ("np.dot(a, W)", "a @ W"))
# %% mistake: first-layer-only
changed("right: zip", ("\n    return", "\n        return"))
# %% mistake: cast-to-float
changed("right: zip", ("return a", "return np.array([float(v) for v in a.ravel()]).reshape(a.shape)"))

# %% mistake: assigned-into-an-array
changed("right: zip",
        ("a = f(a @ W + b)", "z = np.zeros((a @ W + b).shape)\n        z[:] = a @ W + b\n        a = f(z)"))

# %% mistake: unknown-to-autograd
changed("right: zip", ("a @ W", "len(W) * np.average(a[:, :, None] * W, axis=1)"))
# %% mistake: biases-as-a-column
changed("right: zip", ("W + b", "W + b.reshape(-1, 1)"))

# %% unnamed: bias-subtracted
changed("right: zip", ("W + b", "W - b"))
# %% unnamed: bias-added-twice
changed("right: zip", ("W + b", "W + 2 * b"))
# %% unnamed: bias-after
changed("right: zip", ("(a @ W + b)", "(a @ W) + b"))
# %% unnamed: rounded
changed("right: zip", ("return a", "return np.round(a, 3)"))
# %% unnamed: zeros
np.zeros(layers[-1][1].shape)
# %% unnamed: clipped
changed("right: zip", ("a @ W + b", "np.clip(a @ W + b, -0.5, 0.5)"))

# %% slips
"bias-added-twice", "weighted_input: A⁽ˡ⁻¹⁾ W⁽ˡ⁾ + b⁽ˡ⁾ + b⁽ˡ⁾"
"bias-subtracted", "weighted_input: A⁽ˡ⁻¹⁾ W⁽ˡ⁾ - b⁽ˡ⁾"
