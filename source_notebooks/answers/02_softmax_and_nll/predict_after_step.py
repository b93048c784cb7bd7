# %% frame
def predict_after_step(x, y, W, learning_rate):
    return ...

# %% right: own-functions
gradient = softmax_gradient(x, predict(x, W), y)
return predict(x, gradient_step(W, gradient, learning_rate))

# %% right: inline
def layer(W):
    z = W.T @ x
    return np.exp(z) / np.exp(z).sum()

return layer(W - learning_rate * x @ (layer(W) - y).T)

# %% right: named-arguments
a = predict(x=x, W=W)
g = softmax_gradient(x=x, a=a, y=y)
W_new = gradient_step(W=W, gradient=g, learning_rate=learning_rate)
return predict(x=x, W=W_new)

# %% right: own-softmax
a = softmax(W.T @ x)
new = W - learning_rate * np.outer(x, a - y)
return softmax(new.T @ x)

# %% right: logits-moved
z = W.T @ x
return softmax(z - learning_rate * (x.T @ x) * (softmax(z) - y))

# %% right: rebinding
W = gradient_step(W, softmax_gradient(x, predict(x, W), y), learning_rate)
return predict(x, W)

# %% mistake: rate-of-the-example
predict(x, gradient_step(W, softmax_gradient(x, predict(x, W), y), 0.5))

# %% mistake: rate-of-the-example/global-name
gradient = softmax_gradient(x, predict(x, W), y)
return predict(x, W - globals()["learning_rate"] * gradient)

# %% mistake: diagonal-jacobian
a = predict(x, W)
return predict(x, W - learning_rate * x @ ((a - 1) * y).T)

# %% mistake: jacobian-left-out
predict(x, W - learning_rate * x @ (-y / predict(x, W)).T)
# %% mistake: label-left-out
predict(x, W - learning_rate * x @ predict(x, W).T)
# %% mistake: ascent
changed("right: own-functions", ("gradient_step(W, gradient, learning_rate)", "W + learning_rate * gradient"))
# %% mistake: ascent/sign-of-the-error
predict(x, W - learning_rate * x @ (y - predict(x, W)).T)
# %% mistake: learning-rate-left-out
predict(x, W - softmax_gradient(x, predict(x, W), y))
# %% mistake: old-weights-used
changed("right: rebinding", ("W = gradient_step", "gradient_step"))

# %% mistake: new-weights-returned
gradient = softmax_gradient(x, predict(x, W), y)
return gradient_step(W, gradient, learning_rate)

# %% mistake: two-steps
gradient = softmax_gradient(x, predict(x, W), y)
new = gradient_step(W, gradient, learning_rate)
return predict(x, gradient_step(new, gradient, learning_rate))

# %% mistake: step-taken-for-the-weights
changed("right: own-functions", ("gradient_step(W, gradient, learning_rate)", "learning_rate * gradient"))
# %% mistake: derivative-kept
changed("mistake: diagonal-jacobian", ("(a - 1) * y", "(a - y) * a * (1 - a)"))

# %% unnamed: other-classes-only
changed("right: own-functions", ("(x, predict(x, W), y)", "(x, predict(x, W), y) * (1 - y.T)"))
# %% unnamed: half-a-step
changed("right: own-functions", ("gradient, learning_rate", "gradient, learning_rate / 2"))

# %% unnamed: second-gradient
changed("right: rebinding",
        ("return", "W = gradient_step(W, softmax_gradient(x, predict(x, W), y), learning_rate)\n    return"))

# %% unnamed: average-of-before-and-after
after = predict(x, gradient_step(W, softmax_gradient(x, predict(x, W), y), learning_rate))
return (after + predict(x, W)) / 2

# %% unnamed: signs
predict(x, W - learning_rate * np.sign(softmax_gradient(x, predict(x, W), y)))

# %% slips
("other-classes-only", "error_signal: (1 - y) ⊙ (a - y)")
("half-a-step", "stepped: W - 1/2 η ∂L/∂W")
("second-gradient", "descended: two steps")
("signs", "stepped: W - η sign(∂L/∂W)")

# %% equivalent: the product of both commutes
changed("solution", ("return predict(x, gradient_step(W, gradient, learning_rate))",
                     "return predict(x, gradient_step(W, learning_rate, gradient))"))
