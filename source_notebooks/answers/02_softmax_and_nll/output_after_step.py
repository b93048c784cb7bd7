# %% frame
def output_after_step(x, y, W1, b1, W2, b2, learning_rate):
    return ...

# %% right: own-functions
new_W1 = updated_w1(x, y, W1, b1, W2, b2, learning_rate)
new_W2 = updated_w2(x, y, W1, b1, W2, b2, learning_rate)
return network_output(x, new_W1, b1, new_W2, b2)

# %% right: one-expression
given = (x, y, W1, b1, W2, b2, learning_rate)
return network_output(x, updated_w1(*given), b1, updated_w2(*given), b2)

# %% right: rebinding-together
W1, W2 = (
    updated_w1(x, y, W1, b1, W2, b2, learning_rate),
    updated_w2(x, y, W1, b1, W2, b2, learning_rate),
)
return network_output(x, W1, b1, W2, b2)

# %% right: inline
z1 = W1.T @ x + b1
a1 = np.maximum(z1, 0)
delta2 = softmax(W2.T @ a1 + b2) - y
delta1 = (W2 @ delta2) * (z1 > 0)
W2 = W2 - learning_rate * a1 @ delta2.T
W1 = W1 - learning_rate * x @ delta1.T
return softmax(W2.T @ np.maximum(W1.T @ x + b1, 0) + b2)

# %% right: named-arguments
parameters = dict(x=x, W1=W1, b1=b1, W2=W2, b2=b2)
step = dict(**parameters, y=y, learning_rate=learning_rate)
parameters |= dict(W1=updated_w1(**step), W2=updated_w2(**step))
return network_output(**parameters)

# %% mistake: rate-of-the-example
given = (x, y, W1, b1, W2, b2, 0.5)
return network_output(x, updated_w1(*given), b1, updated_w2(*given), b2)

# %% mistake: ascent
changed("right: inline", ("W2 = W2 -", "W1, W2 = W1 + learning_rate * x @ delta1.T, W2 +"),
        ("W1 = W1 - learning_rate * x @ delta1.T\n    ", ""))

# %% mistake: learning-rate-left-out
changed("right: inline",
        ("W2 = W2 - learning_rate * a1 @ delta2.T\n    W1 = W1 - learning_rate * x @ delta1",
         "W1, W2 = W1 - x @ delta1.T, W2 - a1 @ delta2"))

# %% mistake: updated-w2-used
changed("right: inline", ("delta1 = (W2 @ delta2) * (z1 > 0)\n    ", ""), ("delta1", "((W2 @ delta2) * (z1 > 0))"))

# %% mistake: relu-derivative-left-out
changed("right: inline",
        ("delta1 = (W2 @ delta2) * (z1 > 0)\n    W2 = W2 - learning_rate * a1 @ delta2.T\n    W1", "W1, W2"),
        ("delta1", "(W2 @ delta2).T, W2 - learning_rate * a1 @ delta2"))

# %% mistake: old-weights-used
updated_w1(x, y, W1, b1, W2, b2, learning_rate)
updated_w2(x, y, W1, b1, W2, b2, learning_rate)
return network_output(x, W1, b1, W2, b2)

# %% mistake: only-w2-updated
W2 = updated_w2(x, y, W1, b1, W2, b2, learning_rate)
return network_output(x, W1, b1, W2, b2)

# %% mistake: only-w1-updated
changed("mistake: only-w2-updated", ("W2 = updated_w2", "W1 = updated_w1"))
# %% mistake: w2-gradient-after-w1
changed("mistake: old-weights-used", ("updated_w1", "W1 = updated_w1"), ("updated_w2", "W2 = updated_w2"))
# %% mistake: w1-gradient-after-w2
changed("mistake: only-w2-updated", ("return", "W1 = updated_w1(x, y, W1, b1, W2, b2, learning_rate)\n    return"))

# %% mistake: biases-updated
changed("right: inline",
        ("W2 = W2", "W1, b1 = W1 - learning_rate * x @ delta1.T, b1 - learning_rate * delta1\n    W2, b2 = W2"),
        ("T\n    W1 = W1", "T, b2"),
        ("b2 - learning_rate * x @ delta1.T", "b2 - learning_rate * delta2"))

# %% mistake: softmax-left-out
changed("right: own-functions", ("network_output", "new_W2.T @ hidden_activations"),
        ("(x, new_W1, b1, new_W2, b2)", "(x, new_W1, b1) + b2"))

# %% unnamed: half-a-step
changed("mistake: rate-of-the-example", ("b2, 0.5", "b2, learning_rate / 2"))

# %% unnamed: two-steps
for _ in range(2):
    given = (x, y, W1, b1, W2, b2, learning_rate)
    W1, W2 = updated_w1(*given), updated_w2(*given)
return network_output(x, W1, b1, W2, b2)

# %% unnamed: no-biases
changed("right: one-expression", ("(*given), b1", "(*given), 0 * b1"), ("(*given), b2", "(*given), 0 * b2"))
# %% unnamed: rounded
changed("right: one-expression", ("return ", "return np.round("), ("), b2)", "), b2), 3)"))
# %% unnamed: label-returned
y

# %% slips
("half-a-step", "new_w2: W2 - 1/2 η ∂L/∂W2, and likewise in new_w1")
("two-steps", "weights_after: two steps")
("rounded", "output: softmax(z2), rounded to 3 decimals, in the last forward pass")
("label-returned", "output: y")
