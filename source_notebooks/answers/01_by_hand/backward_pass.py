# %% frame
def backward_pass(t, s1, s2, o2, W2):
    ...

# %% right: output-slope-from-o
delta2 = (t - o2) * o2 * (1 - o2)
return relu_derivative(s1) * (W2.T @ delta2), delta2

# %% right: without-brackets
delta2 = sigmoid_derivative(s2) * (t - o2)
delta1 = relu_derivative(s1) * W2.T @ delta2
return delta1, delta2

# %% right: diagonal-jacobians
do2_ds2 = np.diag(sigmoid_derivative(s2)[:, 0])
do1_ds1 = np.diagflat(relu_derivative(s1))
delta2 = do2_ds2.T @ (t - o2)
delta1 = do1_ds1.T @ W2.T @ delta2
return delta1, delta2

# %% right: rows
delta2 = -(o2 - t) * sigmoid_derivative(s2)
delta1 = (delta2.T @ W2).T * (s1 > 0)
return delta1, delta2

# %% right: sums
delta2 = np.multiply(t - o2, sigmoid_derivative(s2))
delta1 = np.where(s1 > 0, (W2 * delta2).sum(axis=0)[:, None], 0)
return [delta1, delta2]

# %% mistake: positive-gradient
delta2 = (o2 - t) * sigmoid_derivative(s2)
delta1 = (W2.T @ delta2) * relu_derivative(s1)
return delta1, delta2

# %% mistake: output-slope-left-out
changed("mistake: positive-gradient", ("(o2 - t) * sigmoid_derivative(s2)", "t - o2"))
# %% mistake: slope-of-the-output
changed("mistake: positive-gradient", ("o2 - t", "t - o2"), ("(s2)", "(o2)"))
# %% mistake: constant-slope
changed("mistake: positive-gradient", ("(o2 - t) * sigmoid_derivative(s2)", "(t - o2) * 0.25"))
# %% mistake: factor-2-kept
changed("mistake: positive-gradient", ("(o2 - t)", "2 * (t - o2)"))
# %% mistake: hidden-slope-left-out
changed("right: rows", ("-(o2 - t)", "(t - o2)"), ("(delta2.T @ W2).T * (s1 > 0)", "W2.T @ delta2"))
# %% mistake: value-for-hidden-slope
changed("right: rows", ("-(o2 - t)", "(t - o2)"), ("(delta2.T @ W2).T * (s1 > 0)", "relu(s1) * (W2.T @ delta2)"))
# %% mistake: sigmoid-slope-in-the-hidden-layer
changed("mistake: positive-gradient", ("o2 - t", "t - o2"), ("relu_derivative", "sigmoid_derivative"))
# %% mistake: difference-passed-back
changed("mistake: positive-gradient", ("o2 - t", "t - o2"), ("T @ delta2", "T @ (t - o2)"))
# %% mistake: weights-not-transposed
changed("mistake: positive-gradient", ("o2 - t", "t - o2"), ("W2.T", "W2"))
# %% mistake: order-swapped
changed("mistake: positive-gradient", ("o2 - t", "t - o2"), ("delta1, delta2", "delta2, delta1"))

# %% unnamed: delta1-negative
changed("mistake: positive-gradient", ("o2 - t", "t - o2"), ("(W2.T @ delta2)", "-(W2.T @ delta2)"))
# %% unnamed: leaky
changed("mistake: positive-gradient", ("o2 - t", "t - o2"), ("relu_derivative(s1)", "np.where(s1 > 0, 1, 0.1)"))
# %% unnamed: absolute-weights
changed("mistake: positive-gradient", ("o2 - t", "t - o2"), ("W2.T", "abs(W2).T"))
# %% unnamed: slope-squared
changed("mistake: positive-gradient", ("o2 - t", "t - o2"), ("(s2)", "(s2) ** 2"))
# %% unnamed: tanh-slope
changed("mistake: positive-gradient", ("(o2 - t) * sigmoid_derivative(s2)", "(t - o2) * (1 - o2 ** 2)"))
# %% unnamed: delta2-only
changed("mistake: positive-gradient", ("o2 - t", "t - o2"), ("delta1, delta2", "delta2"))

# %% slips
"delta1-negative", "passed_back: -W2ᵀ δ2"
"slope-squared", "output_signal: σ'(s2) ⊙ ((t - o2) ⊙ σ'(s2))"

# %% written
d = difference
slope2 = output_slope
delta2 = output_signal
back = passed_back
slope1 = hidden_slope
delta1 = hidden_signal
return delta1, delta2

# %% quantities
"(t - o2)", "d"
"σ'(s2)", "slope2"
"relu'(s1)", "slope1"
"δ1", "delta1"
"δ2", "delta2"
"K", "len(t)"
