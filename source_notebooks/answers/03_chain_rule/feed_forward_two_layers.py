# %% frame
def feed_forward_two_layers(layers, x):
    ...

# %% right: one-after-the-other
(W1, b1), (W2, b2) = layers
a1 = sigmoid(W1 @ x + b1)
return sigmoid(W2 @ a1 + b2)

# %% right: with-the-function-for-one-layer
W1, b1 = layers[0]
W2, b2 = layers[1]
return feed_forward_one_layer(W2, b2, feed_forward_one_layer(W1, b1, x))

# %% right: loop
a = x
for W, b in layers:
    a = sigmoid(W @ a + b)
return a

# %% right: star
a1 = feed_forward_one_layer(*layers[0], x)
return feed_forward_one_layer(*layers[1], a1)

# %% right: reduce
from functools import reduce

return reduce(lambda a, layer: sigmoid(np.dot(layer[0], a) + layer[1]), layers, x)

# %% right: row-form
for W, b in layers:
    x = sigmoid(x @ W.T + b)
return x

# %% mistake: bias-left-out
(W1, _), (W2, _) = layers
return sigmoid(W2 @ sigmoid(W1 @ x))

# %% mistake: activation-left-out
(W1, b1), (W2, b2) = layers
return W2 @ (W1 @ x + b1) + b2

# %% mistake: hidden-activation-left-out
(W1, b1), (W2, b2) = layers
return sigmoid(W2 @ (W1 @ x + b1) + b2)

# %% mistake: output-activation-left-out
changed("mistake: activation-left-out", ("(W1 @ x + b1)", "sigmoid(W1 @ x + b1)"))
# %% mistake: weights-transposed
changed("mistake: hidden-activation-left-out", ("W2 @ (W1 @ x + b1)", "W2.T @ sigmoid(W1.T @ x + b1)"))
# %% mistake: first-layer-only
changed("right: row-form", ("x = sigmoid(x @ W.T + b)\n    return x", "a = sigmoid(W @ x + b)\n        return a"))

# %% mistake: cast-to-float
(W1, b1), (W2, b2) = layers
a = sigmoid(W2 @ sigmoid(W1 @ x + b1) + b2)
return np.array(list(map(float, a)))

# %% mistake: assigned-into-an-array
(W1, b1), (W2, b2) = layers
a1, a2 = np.zeros(len(b1)), np.zeros(len(b2))
a1[:] = sigmoid(W1 @ x + b1)
a2[:] = sigmoid(W2 @ a1 + b2)
return a2

# %% mistake: unknown-to-autograd
changed("right: one-after-the-other", ("W2 @ a1", "len(a1) * np.average(W2 * a1, axis=1)"))

# %% unnamed: bias-subtracted
changed("right: row-form", ("x @ W.T + b", "W @ x - b"))
# %% unnamed: tanh
changed("right: row-form", ("sigmoid(x @ W.T + b)", "np.tanh(W @ x + b)"))
# %% unnamed: rounded
changed("right: row-form", ("x @ W.T", "W @ x"), ("return x", "return np.round(x, 2)"))
# %% unnamed: sigmoid-once-more
changed("right: row-form", ("x @ W.T", "W @ x"), ("return x", "return sigmoid(x)"))

# %% unnamed: both-outputs
changed("right: loop", ("a = x", "a = []"), ("a = sigmoid", "x = sigmoid"),
        ("(W @ a + b)", "(W @ x + b)\n        a.append(x)"))

# %% unnamed: relu-in-between
changed("mistake: hidden-activation-left-out", ("(W1 @ x + b1)", "relu(W1 @ x + b1)"))

# %% slips
"bias-subtracted", "z1: W1 x - b1, and likewise in z2"
"relu-in-between", "a1: relu(z1)"
"rounded", "a2: σ(z2), rounded to 2 decimals"
"sigmoid-once-more", "a2: σ(σ(z2))"
"tanh", "a1: tanh(z1), and likewise in a2"
