# %% frame
def gradients_layer_2(layers, x, target):
    ...

# %% right: outer
(W1, b1), (W2, b2) = layers
a1 = sigmoid(W1 @ x + b1)
delta2 = dC_dz(W2 @ a1 + b2, target)
return np.outer(delta2, a1), delta2

# %% right: as-one-layer
W1, b1 = layers[0]
W2, b2 = layers[1]
a1 = feed_forward_one_layer(W1, b1, x)
a2 = feed_forward_one_layer(W2, b2, a1)
d = mse_der(a2, target) * a2 * (1 - a2)
return d[:, None] * a1, d

# %% right: jacobians
(W1, b1), (W2, b2) = layers
a1 = sigmoid(W1 @ x + b1)
z2 = W2 @ a1 + b2
d = mse_der(sigmoid(z2), target) @ sigmoid_jacobian(z2)
return np.tensordot(d, dz_dW(W2, a1), axes=1), d @ dz_db(b2)

# %% right: einsum
changed("right: jacobians", ("@ sigmoid_jacobian", "* sigmoid_der"),
        ("tensordot(d, dz_dW(W2, a1), axes=1), d @ dz_db(b2)", 'einsum("i,j->ij", d, a1), d'))

# %% right: columns
(W1, b1), (W2, b2) = layers
a1 = sigmoid(W1 @ x + b1).reshape(-1, 1)
z2 = (W2 @ a1).ravel() + b2
d = dC_dz(z2, target).reshape(-1, 1)
return d @ a1.T, d.ravel()

# %% right: prediction-from-the-forward-pass
a1 = feed_forward_one_layer(*layers[0], x)
a2 = feed_forward_two_layers(layers, x)
d = mse_der(a2, target) * a2 * (1 - a2)
return np.outer(a1, d).T, d

# %% mistake: derivative-left-out-at-the-output
changed("right: jacobians", ("a1 = sigmoid(W1 @ x + b1)", "z1 = W1 @ x + b1\n    a1 = sigmoid(z1)"),
        ("d = mse_der(sigmoid(z2), target) @ sigmoid_jacobian(z2)", "a2 = sigmoid(z2)\n    d2 = mse_der(a2, target)"),
        ("tensordot(d, dz_dW(W2, a1), axes=1), d @ dz_db(b2)", "outer(d2, a1), d2"))

# %% mistake: derivative-at-the-activation
changed("right: jacobians", ("a1 = sigmoid(W1 @ x + b1)", "z1 = W1 @ x + b1\n    a1 = sigmoid(z1)"),
        ("d = mse_der(sigmoid(z2), target) @ sigmoid_jacobian(z2)",
         "a2 = sigmoid(z2)\n    d2 = mse_der(a2, target) * sigmoid_der(a2)"),
        ("tensordot(d, dz_dW(W2, a1), axes=1), d @ dz_db(b2)", "outer(d2, a1), d2"))

# %% mistake: activation-for-its-derivative
changed("right: einsum", ("a1 = sigmoid(W1 @ x + b1)", "z1 = W1 @ x + b1\n    a1 = sigmoid(z1)"),
        ("d = mse_der(sigmoid(z2), target) * sigmoid_der(z2)", "a2 = sigmoid(z2)\n    d2 = mse_der(a2, target) * a2"),
        ('einsum("i,j->ij", d, a1), d', "outer(d2, a1), d2"))

# %% mistake: cost-taken-at-z
changed("right: einsum", ("a1 = sigmoid(W1 @ x + b1)", "z1 = W1 @ x + b1\n    a1 = sigmoid(z1)"),
        ("d = mse_der(sigmoid(z2), target)", "a2 = sigmoid(z2)\n    d2 = mse_der(z2, target)"),
        ('einsum("i,j->ij", d, a1), d', "outer(d2, a1), d2"))

# %% mistake: cost-arguments-swapped
changed("right: einsum", ("a1 = sigmoid(W1 @ x + b1)", "z1 = W1 @ x + b1\n    a1 = sigmoid(z1)"),
        ("d = mse_der(sigmoid(z2), target)", "a2 = sigmoid(z2)\n    d2 = mse_der(target, a2)"),
        ('einsum("i,j->ij", d, a1), d', "outer(d2, a1), d2"))

# %% mistake: weight-gradient-transposed
changed("right: einsum", ("a1 = sigmoid(W1 @ x + b1)", "z1 = W1 @ x + b1\n    a1 = sigmoid(z1)"),
        ("d = mse_der(sigmoid(z2), target)", "a2 = sigmoid(z2)\n    d2 = mse_der(a2, target)"),
        ('einsum("i,j->ij", d, a1), d', "outer(a1, d2), d2"))

# %% mistake: own-output-for-input
changed("right: einsum", ("a1 = sigmoid(W1 @ x + b1)", "z1 = W1 @ x + b1\n    a1 = sigmoid(z1)"),
        ("d = mse_der(sigmoid(z2), target)", "a2 = sigmoid(z2)\n    d2 = mse_der(a2, target)"),
        ('einsum("i,j->ij", d, a1), d', "outer(d2, a2), d2"))

# %% mistake: weights-for-the-input
changed("right: einsum", ("a1 = sigmoid(W1 @ x + b1)", "z1 = W1 @ x + b1\n    a1 = sigmoid(z1)"),
        ("d = mse_der(sigmoid(z2), target)", "a2 = sigmoid(z2)\n    d2 = mse_der(a2, target)"),
        ('np.einsum("i,j->ij", d, a1), d', "d2[:, None] * W2, d2"))

# %% mistake: bias-gradient-times-bias
changed("right: einsum", ("a1 = sigmoid(W1 @ x + b1)", "z1 = W1 @ x + b1\n    a1 = sigmoid(z1)"),
        ("d = mse_der(sigmoid(z2), target)", "a2 = sigmoid(z2)\n    d2 = mse_der(a2, target)"),
        ('einsum("i,j->ij", d, a1), d', "outer(d2, a1), d2 * b2"))

# %% mistake: pair-swapped
changed("right: einsum", ("a1 = sigmoid(W1 @ x + b1)", "z1 = W1 @ x + b1\n    a1 = sigmoid(z1)"),
        ("d = mse_der(sigmoid(z2), target)", "a2 = sigmoid(z2)\n    d2 = mse_der(a2, target)"),
        ('np.einsum("i,j->ij", d, a1), d', "d2, np.outer(d2, a1)"))

# %% mistake: z-for-the-activation
changed("right: einsum", ("a1 = sigmoid(W1 @ x + b1)", "z1 = W1 @ x + b1\n    a1 = sigmoid(z1)"),
        ("d = mse_der(sigmoid(z2), target)", "a2 = sigmoid(z2)\n    d2 = mse_der(a2, target)"),
        ('einsum("i,j->ij", d, a1), d', "outer(d2, z1), d2"))

# %% mistake: network-input-for-the-layers-input
changed("right: einsum", ("a1 = sigmoid(W1 @ x + b1)", "z1 = W1 @ x + b1\n    a1 = sigmoid(z1)"),
        ("d = mse_der(sigmoid(z2), target)", "a2 = sigmoid(z2)\n    d2 = mse_der(a2, target)"),
        ('einsum("i,j->ij", d, a1), d', "outer(d2, x), d2"))

# %% mistake: bias-left-out
(W1, b1), (W2, b2) = layers
z1 = W1 @ x
a1 = sigmoid(z1)
z2 = W2 @ a1
a2 = sigmoid(z2)
d2 = mse_der(a2, target) * sigmoid_der(z2)
return np.outer(d2, a1), d2

# %% mistake: output-handed-on-as-z
changed("mistake: bias-left-out", ("W1 @ x", "W1 @ x + b1"), ("W2 @ a1", "W2 @ a1 + b2"),
        ("mse_der(a2, target) * sigmoid_der(z2)", "dC_dz(a2, target)"))

# %% mistake: hidden-activation-left-out
changed("mistake: bias-left-out", ("W1 @ x", "W1 @ x + b1"), ("sigmoid(z1)", "z1"), ("W2 @ a1", "W2 @ a1 + b2"))

# %% unnamed: rounded
changed("mistake: bias-left-out", ("W1 @ x", "W1 @ x + b1"), ("W2 @ a1", "W2 @ a1 + b2"), ("outer", "round(np.outer"),
        ("(d2, a1), d2", "(d2, a1), 3), d2"))

# %% unnamed: bias-gradient-zero
changed("mistake: bias-left-out", ("W1 @ x", "W1 @ x + b1"), ("W2 @ a1", "W2 @ a1 + b2"),
        ("(d2, a1), d2", "(d2, a1), 0 * d2"))

# %% unnamed: absolute
changed("mistake: bias-left-out", ("W1 @ x", "W1 @ x + b1"), ("W2 @ a1", "W2 @ a1 + b2"), ("mse_der", "np.abs(mse_der"),
        ("(a2, target)", "(a2, target))"))

# %% unnamed: derivative-squared
changed("mistake: bias-left-out", ("W1 @ x", "W1 @ x + b1"), ("W2 @ a1", "W2 @ a1 + b2"),
        ("sigmoid_der(z2)", "sigmoid_der(z2) ** 2"))

# %% unnamed: ones-for-the-input
changed("mistake: bias-left-out", ("W1 @ x", "W1 @ x + b1"), ("W2 @ a1", "W2 @ a1 + b2"),
        ("d2, a1", "d2, np.ones(len(a1))"))

# %% unnamed: weights-only
changed("mistake: bias-left-out", ("W1 @ x", "W1 @ x + b1"), ("W2 @ a1", "W2 @ a1 + b2"), (", d2", ""))

# %% slips
"absolute", "loss_gradient: 2/K |a2 - t|"
"derivative-squared", "loss_gradient: 2/K (a2 - t) ⊙ a2 ⊙ (1 - a2)"
"ones-for-the-input", "weight_gradient: ∂C/∂z2 1ᵀ"
"rounded", "weight_gradient: ∂C/∂z2 a1ᵀ, rounded to 3 decimals"

# %% equivalent: a vector is its own transpose
changed("solution", ("delta2 = dC_dz(W2 @ a1 + b2, target)", "delta2 = dC_dz(W2 @ a1.T + b2, target)"))
