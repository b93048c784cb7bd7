# %% frame
def gradients_one_layer(W, b, x, target):
    ...

# %% right: jacobians
z = W @ x + b
a = sigmoid(z)
dC_da = mse_der(a, target)
da_dz = sigmoid_jacobian(z)
delta = dC_da @ da_dz
dC_dW = np.tensordot(delta, dz_dW(W, x), axes=1)
return dC_dW, delta @ dz_db(b)

# %% right: outer
delta = dC_dz(W @ x + b, target)
return np.outer(delta, x), delta

# %% right: outer-transposed
delta = dC_dz(W @ x + b, target)
return np.outer(x, delta).T, delta

# %% right: reshaped
d = dC_dz(W @ x + b, target)
return d.reshape(-1, 1) @ x.reshape(1, -1), d

# %% right: broadcast
d = dC_dz(W @ x + b, target)
return d[:, None] * x[None, :], d

# %% right: einsum
d = dC_dz(np.dot(W, x) + b, target)
return np.einsum("i,ijk->jk", d, dz_dW(W, x)), np.einsum("i,ij->j", d, dz_db(b))

# %% right: written-out
a = feed_forward_one_layer(W, b, x)
delta = 2 / a.size * (a - target) * a * (1 - a)
return [delta[:, np.newaxis] * x, delta]

# %% right: loop
d = dC_dz(W @ x + b, target)
dW = np.zeros(W.shape)
for i in range(len(d)):
    for j in range(len(x)):
        dW[i, j] = d[i] * x[j]
return dW, d

# %% mistake: derivative-left-out-at-the-output
changed("right: outer",
        ("delta = dC_dz(W @ x + b, target)", "z = W @ x + b\n    a = sigmoid(z)\n    delta = mse_der(a, target)"))

# %% mistake: derivative-at-the-activation
z = W @ x + b
a = sigmoid(z)
delta = mse_der(a, target) * sigmoid_der(a)
return np.outer(delta, x), delta

# %% mistake: activation-for-its-derivative
changed("mistake: derivative-at-the-activation", ("sigmoid_der(a)", "sigmoid(z)"))
# %% mistake: cost-taken-at-z
changed("mistake: derivative-at-the-activation", ("a, target", "z, target"), ("(a)", "(z)"))
# %% mistake: cost-arguments-swapped
changed("mistake: derivative-at-the-activation", ("a, target", "target, a"), ("(a)", "(z)"))
# %% mistake: weight-gradient-transposed
changed("mistake: derivative-at-the-activation", ("(a)", "(z)"), ("delta, x", "x, delta"))
# %% mistake: own-output-for-input
changed("mistake: derivative-at-the-activation", ("(a)", "(z)"), ("delta, x", "delta, a"))
# %% mistake: weights-for-the-input
changed("mistake: derivative-at-the-activation", ("(a)", "(z)"), ("np.outer(delta, x)", "delta[:, None] * W"))
# %% mistake: bias-gradient-times-bias
changed("mistake: derivative-at-the-activation", ("(a)", "(z)"), ("(delta, x), delta", "(delta, x), delta * b"))
# %% mistake: pair-swapped
changed("mistake: derivative-at-the-activation", ("(a)", "(z)"), ("np.outer", "delta, np.outer"), (", delta", ""))
# %% mistake: bias-left-out
changed("right: outer", ("x + b", "x"))
# %% mistake: output-handed-on-as-z
changed("right: outer", ("delta ", "a = feed_forward_one_layer(W, b, x)\n    delta "), ("W @ x + b", "a"))

# %% unnamed: rounded
changed("mistake: derivative-at-the-activation", ("(a)", "(z)"), ("outer", "round(np.outer"),
        ("(delta, x), delta", "(delta, x), 3), delta"))

# %% unnamed: bias-gradient-zero
changed("mistake: derivative-at-the-activation", ("(a)", "(z)"), ("(delta, x), delta", "(delta, x), 0 * delta"))

# %% unnamed: absolute
changed("mistake: derivative-at-the-activation", ("mse_der", "np.abs(mse_der"), ("(a, target)", "(a, target))"),
        ("(a)", "(z)"))

# %% unnamed: ones-for-the-input
changed("mistake: derivative-at-the-activation", ("(a)", "(z)"), ("delta, x", "delta, np.ones(len(x))"))
# %% unnamed: derivative-squared
changed("mistake: derivative-at-the-activation", ("(a)", "(z) ** 2"))
# %% unnamed: weights-only
changed("mistake: derivative-at-the-activation", ("(a)", "(z)"), (", delta", ""))

# %% slips
"absolute", "loss_gradient: 2/K |a - t|"
"derivative-squared", "loss_gradient: 2/K (a - t) ⊙ a ⊙ (1 - a)"
"ones-for-the-input", "weight_gradient: ∂C/∂z 1ᵀ"
"rounded", "weight_gradient: ∂C/∂z xᵀ, rounded to 3 decimals"

# %% equivalent: ∂z/∂b is the identity, of the size that b, target and delta share
changed("solution", ("dC_db = delta @ dz_db(b)", "dC_db = delta"))
changed("solution", ("dC_db = delta @ dz_db(b)", "dC_db = delta @ dz_db(b).T"))

# %% equivalent: a vector is its own transpose
changed("solution", ("dC_db = delta @ dz_db(b)", "dC_db = delta.T @ dz_db(b)"))

# %% equivalent: ∂z/∂b is the identity, of the size that b, target and delta share
changed("solution", ("dC_db = delta @ dz_db(b)", "dC_db = dz_db(b) @ delta"))
changed("solution", ("dC_db = delta @ dz_db(b)", "dC_db = delta @ dz_db(delta)"))
changed("solution", ("dC_db = delta @ dz_db(b)", "dC_db = delta @ dz_db(target)"))

# %% equivalent: a vector is its own transpose
changed("solution", ("delta = dC_dz(W @ x + b, target)", "delta = dC_dz(W @ x.T + b, target)"))
# %% equivalent: ∂z/∂b is the identity, of the size that b, target and delta share
changed("solution", ("return (dC_dW, dC_db)", "return (dC_dW, delta)"))
