# %% frame
def gradient_step(W, gradient, learning_rate):
    return ...

# %% right: formula
W - learning_rate * gradient

# %% right: in-place
W -= learning_rate * gradient
return W

# %% right: negative-added
W + (-learning_rate) * gradient
# %% right: copy
changed("right: in-place", ("W ", "W_new = W.copy()\n    W_new "), ("return W", "return W_new"))

# %% right: loops
new = np.zeros(W.shape)
for i in range(W.shape[0]):
    for j in range(W.shape[1]):
        new[i, j] = W[i, j] - learning_rate * gradient[i, j]
return new

# %% right: subtract
np.subtract(W, np.multiply(learning_rate, gradient))
# %% right: list
(W - learning_rate * gradient).tolist()

# %% mistake: ascent
W + learning_rate * gradient
# %% mistake: learning-rate-left-out
W - gradient
# %% mistake: rate-times-everything
learning_rate * (W - gradient)
# %% mistake: rate-added
W - gradient / learning_rate
# %% mistake: step-returned
-learning_rate * gradient
# %% mistake: rate-of-the-example
W - 0.5 * gradient
# %% mistake: not-updated
changed("right: in-place", ("W -=", "new = W -"))

# %% unnamed: sign-of-the-gradient
W - learning_rate * np.sign(gradient)
# %% unnamed: clipped-gradient
W - learning_rate * np.clip(gradient, -1, 1)
# %% unnamed: weight-decay
0.99 * W - learning_rate * gradient
# %% unnamed: normalised
W - learning_rate * gradient / np.linalg.norm(gradient)
# %% unnamed: first-row-only
changed("right: list", ("return (W -", "new = W.copy()\n    new[0] -="), (").tolist()", "[0]\n    return new"))
# %% unnamed: squared-rate
W - learning_rate**2 * gradient

# %% slips
("sign-of-the-gradient", "stepped: W - η sign(∂L/∂W)")
("weight-decay", "stepped: W - η ∂L/∂W + … W")
("normalised", "stepped: W - η (∂L/∂W / its length)")
("squared-rate", "stepped: W - η (η ∂L/∂W)")

# %% written
return stepped

# %% quantities
"η", "learning_rate"
"∂L/∂W", "gradient"
"m", "W.shape[0]"
"n", "W.shape[1]"
