# %% frame
def feed_forward(input, layers, activation_funcs):
    return ...

# %% right: zip
a = input
for (W, b), f in zip(layers, activation_funcs):
    a = f(W @ a + b)
return a

# %% right: index
changed("right: zip",
        ("(W, b), f in zip(layers, activation_funcs):", "l in range(len(layers)):\n        W, b = layers[l]"),
        ("f(W @ a + b)", "activation_funcs[l](np.dot(W, a) + b)"))

# %% right: row-form
for (W, b), f in zip(layers, activation_funcs):
    input = f(input @ W.T + b)
return input

# %% right: list-of-activations
activations = [input]
for layer, f in zip(layers, activation_funcs):
    activations.append(f(layer[0] @ activations[-1] + layer[1]))
return activations[-1]

# %% right: recursive
if len(layers) == 0:
    return input
W, b = layers[0]
return feed_forward(activation_funcs[0](W @ input + b), layers[1:], activation_funcs[1:])

# %% right: enumerate-einsum
changed("right: zip", ("(W, b), f in zip(layers, activation_funcs)", "i, (W, b) in enumerate(layers)"),
        ("f(W @ a + b)", 'activation_funcs[i](np.einsum("ij,j->i", W, a) + b)'))

# %% mistake: bias-left-out
changed("right: zip", ("a + b", "a"))
# %% mistake: activation-left-out
changed("right: zip", ("(W, b), f in zip(layers, activation_funcs)", "W, b in layers"), ("f(W @ a + b)", "W @ a + b"))

# %% mistake: hidden-activation-left-out
a = input
for W, b in layers:
    z = W @ a + b
    a = z
return activation_funcs[-1](z)

# %% mistake: output-activation-left-out
changed("right: zip", ("a = f(W @ a + b)", "z = W @ a + b\n        a = f(z)"), ("return a", "return z"))
# %% mistake: weights-transposed
changed("right: zip", ("W @ a", "W.T @ a"))
# %% mistake: sigmoid-in-every-layer
changed("right: zip", ("(W, b), f in zip(layers, activation_funcs)", "W, b in layers"), ("a = f", "a = sigmoid"))

# %% mistake: first-activation-everywhere
changed("right: zip", ("(W, b), f in zip(layers, activation_funcs)", "W, b in layers"),
        ("a = f", "a = activation_funcs[0]"))

# %% mistake: last-layer-skipped
changed("right: index", ("(layers)", "(layers) - 1"), ("np.dot(W, a)", "W @ a"))
# %% mistake: first-layer-only
changed("right: zip", ("\n    return", "\n        return"))
# %% mistake: cast-to-float
changed("right: zip", ("return a", "return np.array([float(v) for v in a.ravel()]).reshape(a.shape)"))

# %% mistake: assigned-into-an-array
changed("right: zip",
        ("a = f(W @ a + b)", "z = np.zeros((W @ a + b).shape)\n        z[:] = W @ a + b\n        a = f(z)"))

# %% mistake: unknown-to-autograd
changed("right: zip", ("W @ a", "len(a) * np.average(W * a, axis=1)"))

# %% unnamed: bias-subtracted
changed("right: zip", ("a + b", "a - b"))
# %% unnamed: bias-added-twice
changed("right: zip", ("a + b", "a + 2 * b"))
# %% unnamed: bias-after
changed("right: zip", ("(W @ a + b)", "(W @ a) + b"))
# %% unnamed: rounded
changed("right: zip", ("return a", "return np.round(a, 3)"))
# %% unnamed: zeros
np.zeros(layers[-1][1].shape)
# %% unnamed: clipped
changed("right: zip", ("W @ a + b", "np.clip(W @ a + b, -0.5, 0.5)"))

# %% slips
"bias-added-twice", "weighted_input: W⁽ˡ⁾ a⁽ˡ⁻¹⁾ + b⁽ˡ⁾ + b⁽ˡ⁾"
"bias-subtracted", "weighted_input: W⁽ˡ⁾ a⁽ˡ⁻¹⁾ - b⁽ˡ⁾"

# %% equivalent: a vector is its own transpose
changed("solution", ("a = activation_func(W @ a + b)", "a = activation_func(W @ a.T + b)"))
