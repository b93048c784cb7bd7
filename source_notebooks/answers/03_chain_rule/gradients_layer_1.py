# %% frame
def gradients_layer_1(layers, x, target):
    ...

# %% right: jacobians
(W1, b1), (W2, b2) = layers
z1 = W1 @ x + b1
z2 = W2 @ sigmoid(z1) + b2
delta1 = dC_dz(z2, target) @ W2 @ sigmoid_jacobian(z1)
return np.tensordot(delta1, dz_dW(W1, x), axes=1), delta1 @ dz_db(b1)

# %% right: element-wise
(W1, b1), (W2, b2) = layers
a1 = sigmoid(W1 @ x + b1)
a2 = sigmoid(W2 @ a1 + b2)
d2 = mse_der(a2, target) * a2 * (1 - a2)
d1 = W2.T @ d2 * a1 * (1 - a1)
return np.outer(d1, x), d1

# %% right: from-the-right
(W1, b1), (W2, b2) = layers
z1 = W1 @ x + b1
d2 = dC_dz(W2 @ sigmoid(z1) + b2, target)
d1 = (d2 @ W2) * sigmoid_der(z1)
return d1[:, None] * x[None, :], d1

# %% right: all-jacobians-first
changed("right: jacobians", ("delta1 = dC_dz(z2, target) @ W2", "dz2_dz1 = W2"), ("return np", "dz2_dW1 = np"),
        ("delta1, dz_dW", "dz2_dz1, dz_dW"),
        (", delta1 @ dz_db(b1)",
         "\n    d2 = dC_dz(z2, target)\n    return np.tensordot(d2, dz2_dW1, axes=1), d2 @ dz2_dz1"))

# %% right: einsum
changed("right: from-the-right", ("(d2 @ W2) *", 'np.einsum("k,ki,i->i", d2, W2,'),
        ("sigmoid_der(z1)", "sigmoid_der(z1))"),
        ("d1[:, None] * x[None, :]", 'np.einsum("i,j->ij", d1, x)'))

# %% right: loops
(W1, b1), (W2, b2) = layers
z1 = W1 @ x + b1
d2 = dC_dz(W2 @ sigmoid(z1) + b2, target)
d1 = np.zeros(len(b1))
for i in range(len(b1)):
    for k in range(len(b2)):
        d1[i] += d2[k] * W2[k, i]
    d1[i] *= sigmoid_der(z1[i])
return np.outer(x, d1).T, d1

# %% right: read-back-from-the-second-layer
(W1, b1), (W2, b2) = layers
dW2, db2 = gradients_layer_2(layers, x, target)
a1 = feed_forward_one_layer(W1, b1, x)
d1 = db2 @ W2 * (a1 - a1**2)
return np.outer(d1, x), d1

# %% mistake: derivative-left-out-at-the-output
changed("right: jacobians", ("z2 = W2 @ sigmoid(z1)", "a1 = sigmoid(z1)\n    z2 = W2 @ a1"),
        ("delta1 = dC_dz(z2, target) @ W2 @ sigmoid_jacobian",
         "a2 = sigmoid(z2)\n    d2 = mse_der(a2, target)\n    d1 = d2 @ W2 * sigmoid_der"),
        ("tensordot(delta1, dz_dW(W1, x), axes=1), delta1 @ dz_db(b1)", "outer(d1, x), d1"))

# %% mistake: derivative-at-the-activation
changed("right: jacobians", ("z2 = W2 @ sigmoid(z1)", "a1 = sigmoid(z1)\n    z2 = W2 @ a1"),
        ("delta1 = dC_dz(z2, target) @ W2 @ sigmoid_jacobian(z1)",
         "a2 = sigmoid(z2)\n    d2 = mse_der(a2, target) * sigmoid_der(a2)\n    d1 = d2 @ W2 * sigmoid_der(a1)"),
        ("tensordot(delta1, dz_dW(W1, x), axes=1), delta1 @ dz_db(b1)", "outer(d1, x), d1"))

# %% mistake: activation-for-its-derivative
changed("right: jacobians", ("z2 = W2 @ sigmoid(z1)", "a1 = sigmoid(z1)\n    z2 = W2 @ a1"),
        ("delta1 = dC_dz(z2, target) @ W2 @ sigmoid_jacobian",
         "a2 = sigmoid(z2)\n    d2 = mse_der(a2, target) * sigmoid(z2)\n    d1 = d2 @ W2 * sigmoid"),
        ("tensordot(delta1, dz_dW(W1, x), axes=1), delta1 @ dz_db(b1)", "outer(d1, x), d1"))

# %% mistake: cost-taken-at-z
changed("right: jacobians", ("z2 = W2 @ sigmoid(z1)", "a1 = sigmoid(z1)\n    z2 = W2 @ a1"),
        ("delta1 = dC_dz", "a2 = sigmoid(z2)\n    d2 = mse_der"),
        ("@ W2 @ sigmoid_jacobian", "* sigmoid_der(z2)\n    d1 = d2 @ W2 * sigmoid_der"),
        ("tensordot(delta1, dz_dW(W1, x), axes=1), delta1 @ dz_db(b1)", "outer(d1, x), d1"))

# %% mistake: cost-arguments-swapped
changed("right: jacobians", ("z2 = W2 @ sigmoid(z1)", "a1 = sigmoid(z1)\n    z2 = W2 @ a1"),
        ("delta1 = dC_dz(z2, target) @ W2 @ sigmoid_jacobian",
         "a2 = sigmoid(z2)\n    d2 = mse_der(target, a2) * sigmoid_der(z2)\n    d1 = d2 @ W2 * sigmoid_der"),
        ("tensordot(delta1, dz_dW(W1, x), axes=1), delta1 @ dz_db(b1)", "outer(d1, x), d1"))

# %% mistake: weight-gradient-transposed
changed("right: jacobians", ("z2 = W2 @ sigmoid(z1)", "a1 = sigmoid(z1)\n    z2 = W2 @ a1"),
        ("delta1 = dC_dz(z2, target) @ W2 @ sigmoid_jacobian",
         "a2 = sigmoid(z2)\n    d2 = mse_der(a2, target) * sigmoid_der(z2)\n    d1 = d2 @ W2 * sigmoid_der"),
        ("tensordot(delta1, dz_dW(W1, x), axes=1), delta1 @ dz_db(b1)", "outer(x, d1), d1"))

# %% mistake: own-output-for-input
changed("right: jacobians", ("z2 = W2 @ sigmoid(z1)", "a1 = sigmoid(z1)\n    z2 = W2 @ a1"),
        ("delta1 = dC_dz(z2, target) @ W2 @ sigmoid_jacobian",
         "a2 = sigmoid(z2)\n    d2 = mse_der(a2, target) * sigmoid_der(z2)\n    d1 = d2 @ W2 * sigmoid_der"),
        ("tensordot(delta1, dz_dW(W1, x), axes=1), delta1 @ dz_db(b1)", "outer(d1, a1), d1"))

# %% mistake: weights-for-the-input
changed("right: jacobians", ("z2 = W2 @ sigmoid(z1)", "a1 = sigmoid(z1)\n    z2 = W2 @ a1"),
        ("delta1 = dC_dz(z2, target) @ W2 @ sigmoid_jacobian",
         "a2 = sigmoid(z2)\n    d2 = mse_der(a2, target) * sigmoid_der(z2)\n    d1 = d2 @ W2 * sigmoid_der"),
        ("np.tensordot(delta1, dz_dW(W1, x), axes=1), delta1 @ dz_db(b1)", "d1[:, None] * W1, d1"))

# %% mistake: bias-gradient-times-bias
changed("right: jacobians", ("z2 = W2 @ sigmoid(z1)", "a1 = sigmoid(z1)\n    z2 = W2 @ a1"),
        ("delta1 = dC_dz(z2, target) @ W2 @ sigmoid_jacobian",
         "a2 = sigmoid(z2)\n    d2 = mse_der(a2, target) * sigmoid_der(z2)\n    d1 = d2 @ W2 * sigmoid_der"),
        ("tensordot(delta1, dz_dW(W1, x), axes=1), delta1 @ dz_db(b1)", "outer(d1, x), d1 * b1"))

# %% mistake: pair-swapped
changed("right: jacobians", ("z2 = W2 @ sigmoid(z1)", "a1 = sigmoid(z1)\n    z2 = W2 @ a1"),
        ("delta1 = dC_dz(z2, target) @ W2 @ sigmoid_jacobian",
         "a2 = sigmoid(z2)\n    d2 = mse_der(a2, target) * sigmoid_der(z2)\n    d1 = d2 @ W2 * sigmoid_der"),
        ("np.tensordot(delta1, dz_dW(W1, x), axes=1), delta1 @ dz_db(b1)", "d1, np.outer(d1, x)"))

# %% mistake: derivative-left-out-in-hidden-layers
changed("right: jacobians", ("z2 = W2 @ sigmoid(z1)", "a1 = sigmoid(z1)\n    z2 = W2 @ a1"),
        ("delta1 = dC_dz(z2, target) @ W2 @ sigmoid_jacobian(z1)",
         "a2 = sigmoid(z2)\n    d2 = mse_der(a2, target) * sigmoid_der(z2)\n    d1 = d2 @ W2"),
        ("tensordot(delta1, dz_dW(W1, x), axes=1), delta1 @ dz_db(b1)", "outer(d1, x), d1"))

# %% mistake: derivative-left-out-everywhere
changed("right: jacobians", ("z2 = W2 @ sigmoid(z1)", "a1 = sigmoid(z1)\n    z2 = W2 @ a1"),
        ("delta1 = dC_dz(z2, target) @ W2 @ sigmoid_jacobian(z1)",
         "a2 = sigmoid(z2)\n    d2 = mse_der(a2, target)\n    d1 = d2 @ W2"),
        ("tensordot(delta1, dz_dW(W1, x), axes=1), delta1 @ dz_db(b1)", "outer(d1, x), d1"))

# %% mistake: weights-transposed
changed("right: jacobians", ("z2 = W2 @ sigmoid(z1)", "a1 = sigmoid(z1)\n    z2 = W2 @ a1"),
        ("delta1 = dC_dz(z2, target) @ W2 @ sigmoid_jacobian",
         "a2 = sigmoid(z2)\n    d2 = mse_der(a2, target) * sigmoid_der(z2)\n    d1 = W2 @ d2 * sigmoid_der"),
        ("tensordot(delta1, dz_dW(W1, x), axes=1), delta1 @ dz_db(b1)", "outer(d1, x), d1"))

# %% mistake: weights-of-the-wrong-layer
changed("right: jacobians", ("z2 = W2 @ sigmoid(z1)", "a1 = sigmoid(z1)\n    z2 = W2 @ a1"),
        ("delta1 = dC_dz(z2, target) @ W2 @ sigmoid_jacobian",
         "a2 = sigmoid(z2)\n    d2 = mse_der(a2, target) * sigmoid_der(z2)\n    d1 = d2 @ W1 * sigmoid_der"),
        ("tensordot(delta1, dz_dW(W1, x), axes=1), delta1 @ dz_db(b1)", "outer(d1, x), d1"))

# %% mistake: sum-of-the-rows-of-the-weights
(W1, b1), (W2, b2) = layers
z1 = W1 @ x + b1
a1 = sigmoid(z1)
z2 = W2 @ a1 + b2
a2 = sigmoid(z2)
d2 = mse_der(a2, target) * sigmoid_der(z2)
d1 = np.sum(d2) * np.sum(W2, axis=0) * sigmoid_der(z1)
return np.outer(d1, x), d1

# %% mistake: weight-gradient-for-weights
changed("mistake: sum-of-the-rows-of-the-weights", ("np.sum(d2) * np.sum(W2, axis=0)", "d2 @ np.outer(d2, a1)"))

# %% mistake: bias-left-out
changed("mistake: sum-of-the-rows-of-the-weights", ("x + b1", "x"), ("a1 + b2", "a1"),
        ("np.sum(d2) * np.sum(W2, axis=0)", "d2 @ W2"))

# %% mistake: output-handed-on-as-z
changed("mistake: sum-of-the-rows-of-the-weights", ("mse_der(a2, target) * sigmoid_der(z2)", "dC_dz(a2, target)"),
        ("np.sum(d2) * np.sum(W2, axis=0)", "d2 @ W2"))

# %% mistake: hidden-activation-left-out
changed("mistake: sum-of-the-rows-of-the-weights", ("W2 @ a1", "W2 @ z1"),
        ("np.sum(d2) * np.sum(W2, axis=0)", "d2 @ W2"))

# %% mistake: derivative-at-the-activation-in-hidden-layers
changed("mistake: sum-of-the-rows-of-the-weights", ("np.sum(d2) * np.sum(W2, axis=0)", "d2 @ W2"),
        ("sigmoid_der(z1)", "sigmoid_der(a1)"))

# %% unnamed: rounded
changed("mistake: sum-of-the-rows-of-the-weights", ("np.sum(d2) * np.sum(W2, axis=0)", "d2 @ W2"),
        ("outer", "round(np.outer"),
        ("(d1, x), d1", "(d1, x), 3), d1"))

# %% unnamed: derivative-squared
changed("mistake: sum-of-the-rows-of-the-weights", ("np.sum(d2) * np.sum(W2, axis=0)", "d2 @ W2"),
        ("sigmoid_der(z1)", "sigmoid_der(z1) ** 2"))

# %% unnamed: absolute
changed("mistake: sum-of-the-rows-of-the-weights", ("sum(d2) * np.sum(W2, axis=0)", "abs(d2 @ W2)"))

# %% unnamed: bias-gradient-zero
changed("mistake: sum-of-the-rows-of-the-weights", ("np.sum(d2) * np.sum(W2, axis=0)", "d2 @ W2"),
        ("(d1, x), d1", "(d1, x), 0 * d1"))

# %% unnamed: ones-for-the-input
changed("mistake: sum-of-the-rows-of-the-weights", ("np.sum(d2) * np.sum(W2, axis=0)", "d2 @ W2"),
        ("d1, x", "d1, np.ones(len(x))"))

# %% unnamed: mean-of-the-weights
changed("mistake: sum-of-the-rows-of-the-weights",
        ("np.sum(d2) * np.sum(W2, axis=0)", "d2 @ np.full(W2.shape, np.mean(W2))"))

# %% slips
"absolute", "passed_back: |∂C/∂z2 W2|"
"derivative-squared", "derivative_1: σ'(z1)²"
"ones-for-the-input", "weight_gradient: ∂C/∂z1 1ᵀ"
"rounded", "weight_gradient: ∂C/∂z1 xᵀ, rounded to 3 decimals"

# %% equivalent: a vector is its own transpose
changed("solution", ("z1 = W1 @ x + b1", "z1 = W1 @ x.T + b1"))
changed("solution", ("delta2 = dC_dz(W2 @ sigmoid(z1) + b2, target)",
                     "delta2 = dC_dz(W2 @ sigmoid(z1).T + b2, target)"))
changed("solution", ("delta1 = delta2 @ W2 @ sigmoid_jacobian(z1)", "delta1 = delta2.T @ W2 @ sigmoid_jacobian(z1)"))
changed("solution", ("delta1 = delta2 @ W2 @ sigmoid_jacobian(z1)", "delta1 = (delta2 @ W2).T @ sigmoid_jacobian(z1)"))

# %% equivalent: the Jacobian is diagonal, so it is its own transpose, and its product with a vector commutes
changed("solution", ("delta1 = delta2 @ W2 @ sigmoid_jacobian(z1)", "delta1 = delta2 @ W2 @ sigmoid_jacobian(z1).T"))
changed("solution", ("delta1 = delta2 @ W2 @ sigmoid_jacobian(z1)", "delta1 = sigmoid_jacobian(z1) @ (delta2 @ W2)"))
