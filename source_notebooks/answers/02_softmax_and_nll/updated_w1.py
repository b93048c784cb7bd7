# %% frame
def updated_w1(x, y, W1, b1, W2, b2, learning_rate):
    ...

# %% right: own-functions
delta2 = network_output(x, W1, b1, W2, b2) - y
delta1 = (W2 @ delta2) * (hidden_activations(x, W1, b1) > 0)
return W1 - learning_rate * x @ delta1.T

# %% right: sign
a1 = hidden_activations(x, W1, b1)
delta1 = np.sign(a1) * (W2 @ (network_output(x, W1, b1, W2, b2) - y))
return W1 - learning_rate * np.outer(x, delta1)

# %% right: inline
z1 = W1.T @ x + b1
a1 = np.maximum(z1, 0)
z2 = W2.T @ a1 + b2
a2 = np.exp(z2) / np.exp(z2).sum()
relu_prime = np.where(z1 > 0, 1.0, 0.0)
d1 = np.dot(W2, a2 - y) * relu_prime
return W1 - learning_rate * np.dot(x, d1.T)

# %% right: rows
delta2 = (network_output(x, W1, b1, W2, b2) - y).T
delta1 = delta2 @ W2.T
delta1[(W1.T @ x + b1).T < 0] = 0
return W1 - learning_rate * x @ delta1

# %% right: diagonal-jacobian-of-the-relu
z1 = W1.T @ x + b1
d_relu = np.diag(np.heaviside(z1, 0.5).ravel())
delta1 = d_relu @ W2 @ (network_output(x, W1, b1, W2, b2) - y)
return W1 - learning_rate * np.outer(x, delta1)

# %% right: in-place
a1 = hidden_activations(x, W1, b1)
d1 = W2 @ (network_output(x, W1, b1, W2, b2) - y)
W1 -= learning_rate * x @ (d1 * (a1 != 0)).T
return W1

# %% right: gradient-step
active = W1.T @ x + b1 >= 0
delta1 = (W2 @ (network_output(x, W1, b1, W2, b2) - y)) * active
return gradient_step(W1, x * delta1.T, learning_rate)

# %% right: masked-weights
alive = (hidden_activations(x, W1, b1) > 0).ravel()
new = W1.copy()
delta2 = network_output(x, W1, b1, W2, b2) - y
new[:, alive] -= learning_rate * x @ (W2[alive] @ delta2).T
return new

# %% mistake: rate-of-the-example
a1 = hidden_activations(x, W1, b1)
delta2 = network_output(x, W1, b1, W2, b2) - y
return W1 - 0.5 * x @ ((W2 @ delta2) * (a1 > 0)).T

# %% mistake: step-returned
changed("mistake: rate-of-the-example", ("W1 - 0.5", "-learning_rate"))
# %% mistake: diagonal-jacobian
changed("mistake: rate-of-the-example", ("- 0.5", "- learning_rate"), ("W2 @ delta2", "W2 @ (delta2 * y)"))
# %% mistake: jacobian-left-out
changed("mistake: rate-of-the-example", ("- 0.5", "+ learning_rate"), ("W2 @ delta2", "W2 @ (y / (delta2 + y))"))
# %% mistake: ascent
changed("mistake: rate-of-the-example", ("- 0.5", "+ learning_rate"))
# %% mistake: learning-rate-left-out
changed("mistake: rate-of-the-example", ("0.5 * x", "x"))

# %% mistake: derivative-kept
changed("mistake: rate-of-the-example", ("delta2 ", "a2 "), (" - y", "\n    delta2 = (a2 - y) * a2 * (1 - a2)"),
        ("- 0.5", "- learning_rate"))

# %% mistake: label-left-out
changed("mistake: rate-of-the-example", ("delta2", "a2"), (" - y", ""), ("- 0.5", "- learning_rate"))
# %% mistake: gradient-returned
changed("mistake: rate-of-the-example", ("W1 - 0.5 * x", "x"))
# %% mistake: not-updated
changed("mistake: rate-of-the-example", ("return W1 - 0.5 * x", "gradient = x"), ("T", "T\n    return W1"))

# %% mistake: updated-w2-used
changed("mistake: rate-of-the-example",
        ("return W1 - 0.5", "W2 = W2 - learning_rate * a1 @ delta2.T\n    return W1 - learning_rate"))

# %% mistake: updated-w2-used/own-function
a1 = hidden_activations(x, W1, b1)
delta2 = network_output(x, W1, b1, W2, b2) - y
new_W2 = updated_w2(x, y, W1, b1, W2, b2, learning_rate)
return W1 - learning_rate * x @ ((new_W2 @ delta2) * (a1 > 0)).T

# %% mistake: relu-derivative-left-out
changed("mistake: rate-of-the-example", ("0.5 * x @ ((W2 @ delta2) * (a1 > 0))", "learning_rate * x @ (W2 @ delta2)"))
# %% mistake: relu-for-its-derivative
changed("mistake: rate-of-the-example", ("- 0.5", "- learning_rate"), ("(a1 > 0)", "a1"))
# %% mistake: derivative-at-w2-x
changed("mistake: rate-of-the-example", ("- 0.5", "- learning_rate"), ("a1 > 0", "W2 @ x > 0"))

# %% mistake: derivative-at-what-is-passed-back
changed("right: sign", ("delta1 = np.sign(a1) * (W2 @ (", "delta2 = "), ("- y))", "- y\n    back = W2 @ delta2"),
        ("np.outer(x, delta1)", "x @ (back * (back > 0)).T"))

# %% mistake: a1-for-x
changed("mistake: rate-of-the-example", ("0.5 * x", "learning_rate * a1"))

# %% mistake: w2-left-out
changed("mistake: rate-of-the-example",
        ("0.5 * x @ ((W2 @ delta2) * (a1 > 0))", "learning_rate * x @ (delta2 * (a1 > 0))"))

# %% mistake: w2-transposed
changed("mistake: rate-of-the-example",
        ("0.5 * x @ ((W2 @ delta2) * (a1 > 0))", "learning_rate * x @ ((W2.T @ delta2) * (a1 > 0))"))

# %% mistake: transposed
a1 = hidden_activations(x, W1, b1)
delta2 = network_output(x, W1, b1, W2, b2) - y
return W1 - learning_rate * ((W2 @ delta2) * (a1 > 0)) @ x.T

# %% unnamed: half-a-step
changed("mistake: rate-of-the-example", ("- 0.5", "- learning_rate / 2"))
# %% unnamed: mask-inverted
changed("mistake: rate-of-the-example", ("- 0.5", "- learning_rate"), ("a1 > 0", "a1 == 0"))
# %% unnamed: absolute-error
changed("mistake: rate-of-the-example", ("- 0.5", "- learning_rate"), ("W2 @ delta2", "W2 @ abs(delta2)"))
# %% unnamed: absolute-weights
changed("mistake: transposed", ("((W2 @ delta2) * (a1 > 0))", "x @ ((abs(W2) @ delta2) * (a1 > 0))"), (" @ x", ""))
# %% unnamed: reversed-units
changed("mistake: transposed", ("((W2 @ delta2) * (a1 > 0))", "x @ ((W2[::-1] @ delta2) * (a1 > 0))"), (" @ x", ""))

# %% slips
("half-a-step", "new_w1: W1 - 1/2 η ∂L/∂W1")
("mask-inverted", "relu_derivative: relu'(-z1)")
("absolute-error", "output_error: |a2 - y|")

# %% equivalent: a ReLU's output is never negative
changed("solution", ("is_on = hidden_activations(x, W1, b1) > 0", "is_on = hidden_activations(x, W1, b1) != 0"))
# %% equivalent: a column times a row broadcasts to their outer product
changed("solution", ("return W1 - learning_rate * x @ delta1.T", "return W1 - learning_rate * x * delta1.T"))

# %% written
z1 = hidden_input
a1 = relu
z2 = output_input
a2 = output
delta2 = output_error
slope = relu_derivative
delta1 = hidden_error
gradient = gradient_1
return new_w1

# %% quantities
"η", "learning_rate"
"m", "len(x)"
"h", "len(W2)"
"n", "len(y)"
"δ₁", "delta1"
"δ₂", "delta2"
"relu'(z1)", "slope"
"∂L/∂W1", "gradient"
