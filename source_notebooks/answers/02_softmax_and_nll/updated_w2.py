# %% frame
def updated_w2(x, y, W1, b1, W2, b2, learning_rate):
    ...

# %% right: own-functions
a1 = hidden_activations(x, W1, b1)
delta2 = network_output(x, W1, b1, W2, b2) - y
return W2 - learning_rate * a1 @ delta2.T

# %% right: softmax-layer
a1 = hidden_activations(x, W1, b1)
a2 = network_output(x, W1, b1, W2, b2)
return gradient_step(W2, softmax_gradient(a1, a2, y), learning_rate)

# %% right: inline
a1 = np.maximum(W1.T @ x + b1, 0)
z2 = W2.T @ a1 + b2
a2 = np.exp(z2) / np.exp(z2).sum()
return W2 - learning_rate * np.outer(a1, a2 - y)

# %% right: in-place
a1 = hidden_activations(x, W1, b1)
a2 = network_output(x, W1, b1, W2, b2)
W2 -= learning_rate * np.outer(a1, a2 - y)
return W2

# %% right: plus-the-negative
a1 = hidden_activations(x, W1, b1)
error = y - network_output(x, W1, b1, W2, b2)
return W2 + learning_rate * a1 @ error.T

# %% right: full-jacobian
changed("right: own-functions", ("delta2 ", "a2 "), (" - y", "\n    jacobian = np.diag(a2.ravel()) - a2 @ a2.T"),
        ("delta2", "(jacobian @ (-y / a2))"))

# %% mistake: rate-of-the-example
changed("right: own-functions", ("- learning_rate", "- 0.5"))
# %% mistake: step-returned
changed("right: own-functions", ("W2 - learning_rate", "-learning_rate"))
# %% mistake: diagonal-jacobian
changed("right: own-functions", ("delta2.T", "(delta2 * y).T"))
# %% mistake: jacobian-left-out
changed("right: own-functions", ("- learning_rate", "+ learning_rate"), ("delta2.T", "(y / (delta2 + y)).T"))
# %% mistake: ascent
changed("right: own-functions", ("- learning_rate", "+ learning_rate"))
# %% mistake: learning-rate-left-out
changed("right: own-functions", ("learning_rate * a1", "a1"))
# %% mistake: derivative-kept
changed("right: own-functions", ("delta2 ", "a2 "), (" - y", ""), ("delta2", "((a2 - y) * a2 * (1 - a2))"))

# %% mistake: label-left-out
a1 = hidden_activations(x, W1, b1)
return W2 - learning_rate * a1 @ network_output(x, W1, b1, W2, b2).T

# %% mistake: gradient-returned
changed("right: own-functions", ("W2 - learning_rate * a1", "a1"))

# %% mistake: not-updated
changed("right: own-functions", ("return W2 - learning_rate * a1", "gradient_step(W2, a1"),
        ("delta2.T", "delta2.T, learning_rate)\n    return W2"))

# %% mistake: x-for-a1
changed("right: own-functions", ("a1 @ delta2", "x @ delta2"))
# %% mistake: z1-for-a1
changed("right: own-functions", ("a1 @ delta2", "(W1.T @ x + b1) @ delta2"))
# %% mistake: relu-derivative-for-a1
changed("right: own-functions", ("a1 @ delta2", "(a1 > 0) @ delta2"))
# %% mistake: weighted-by-w2
changed("right: own-functions", ("a1 @ delta2", "W2 * delta2"))
# %% mistake: transposed
changed("right: own-functions", ("a1 @ delta2", "delta2 @ a1"))

# %% unnamed: absolute-error
changed("right: own-functions", ("delta2.T", "abs(delta2).T"))
# %% unnamed: mean-of-the-error
changed("right: own-functions", ("delta2.T", "(delta2 - delta2.max()).T"))
# %% unnamed: half-a-step
changed("right: own-functions", ("* a1", "/ 2 * a1"))

# %% unnamed: first-unit-only
changed("right: own-functions", ("return W2 -", "new = W2.copy()\n    new[0] -="),
        ("a1 @ delta2.T", "a1[0] * delta2.ravel()\n    return new"))

# %% unnamed: weight-decay
changed("right: own-functions", ("return W2", "return 0.9 * W2"))

# %% slips
("absolute-error", "output_error: |a2 - y|")
("half-a-step", "new_w2: W2 - 1/2 η ∂L/∂W2")
("weight-decay", "new_w2: W2 - η ∂L/∂W2 + … W2")

# %% equivalent: a column times a row broadcasts to their outer product
changed("solution", ("return W2 - learning_rate * a1 @ delta2.T", "return W2 - learning_rate * a1 * delta2.T"))

# %% written
z1 = hidden_input
a1 = relu
z2 = output_input
a2 = output
delta2 = output_error
gradient = gradient_2
return new_w2

# %% quantities
"η", "learning_rate"
"m", "len(x)"
"h", "len(W2)"
"n", "len(y)"
"δ₁", "delta1"
"δ₂", "delta2"
"∂L/∂W2", "gradient"
