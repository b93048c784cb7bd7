# %% frame
def forward_pass(x, W1, W2):
    return ...

# %% right: dot
s1 = np.dot(W1, x)
o1 = np.maximum(s1, 0)
s2 = np.dot(W2, o1)
return s1, o1, s2, 1 / (1 + np.exp(-s2))

# %% right: list-returned
s1 = W1.dot(x)
s2 = W2.dot(relu(s1))
return [s1, relu(s1), s2, sigmoid(s2)]

# %% right: sums
s1 = (W1 * x.T).sum(axis=1, keepdims=True)
o1 = s1 * (s1 > 0)
s2 = np.einsum("kj,jn->kn", W2, o1)
return s1, o1, s2, sigmoid(s2)

# %% right: from-the-left
changed("right: sums", ("(W1 * x.T).sum(axis=1, keepdims=True)", "(x.T @ W1.T).T"), ("s1 * (s1 > 0)", "relu(s1)"),
        ('np.einsum("kj,jn->kn", W2, o1)', "(o1.T @ W2.T).T"))

# %% right: loop
results, o = [], x
for W, activation in [(W1, relu), (W2, sigmoid)]:
    s = W @ o
    o = activation(s)
    results += [s, o]
return tuple(results)

# %% mistake: weighted-inputs-returned-first
s1 = W1 @ x
o1 = relu(s1)
s2 = W2 @ o1
o2 = sigmoid(s2)
return s1, s2, o1, o2

# %% mistake: cut-off-in-place
changed("mistake: weighted-inputs-returned-first", ("relu(s1)", "s1\n    o1[o1 < 0] = 0"), ("s2, o1", "o1, s2"))

# %% mistake: weights-transposed
changed("mistake: weighted-inputs-returned-first", ("W1 @ x", "W1.T @ x"), ("W2 @ o1", "W2.T @ o1"),
        ("s2, o1", "o1, s2"))

# %% mistake: relu-left-out
changed("mistake: weighted-inputs-returned-first", ("relu(s1)", "s1"), ("s2, o1", "o1, s2"))
# %% mistake: sigmoid-in-the-hidden-layer
changed("mistake: weighted-inputs-returned-first", ("relu", "sigmoid"), ("s2, o1", "o1, s2"))
# %% mistake: sigmoid-left-out
changed("mistake: weighted-inputs-returned-first", ("sigmoid(s2)", "s2"), ("s2, o1", "o1, s2"))
# %% mistake: relu-at-the-output
changed("mistake: weighted-inputs-returned-first", ("sigmoid", "relu"), ("s2, o1", "o1, s2"))
# %% mistake: weighted-input-passed-on
changed("mistake: weighted-inputs-returned-first", ("W2 @ o1", "W2 @ s1"), ("s2, o1", "o1, s2"))

# %% unnamed: tanh-at-the-output
changed("mistake: weighted-inputs-returned-first", ("sigmoid", "np.tanh"), ("s2, o1", "o1, s2"))
# %% unnamed: leaky
changed("mistake: weighted-inputs-returned-first", ("relu(s1)", "np.where(s1 > 0, s1, 0.1 * s1)"), ("s2, o1", "o1, s2"))
# %% unnamed: bias-added
changed("mistake: weighted-inputs-returned-first", ("W1 @ x", "W1 @ x + 1"), ("s2, o1", "o1, s2"))
# %% unnamed: flat
changed("mistake: weighted-inputs-returned-first", ("W1 @ x", "(W1 @ x).ravel()"), ("s2, o1", "o1, s2"))
# %% unnamed: rounded-o1
changed("mistake: weighted-inputs-returned-first", ("relu(s1)", "np.round(relu(s1), 1)"), ("s2, o1", "o1, s2"))
# %% unnamed: one-result
sigmoid(W2 @ relu(W1 @ x))
# %% unnamed: published-numbers
[[1], [4]], [[1], [4]], [[0], [0]], [[0.5], [0.5]]

# %% slips
"tanh-at-the-output", "output: tanh(s⁽ˡ⁾)"

# %% written
s, o, W = {}, {0: x}, {1: W1, 2: W2}
for l in (1, 2):
    s[l] = weighted_input
    o[l] = hidden_output if l == 1 else output
return s[1], o[1], s[2], o[2]

# %% quantities
"hidden", "l == 1"
"output", "l == 2"
"s⁽ˡ⁾", "s[l]"
"s⁽ˡ⁻¹⁾", "s[l - 1]"
"o⁽ˡ⁾", "o[l]"
"o⁽ˡ⁻¹⁾", "o[l - 1]"
"W⁽ˡ⁾", "W[l]"
