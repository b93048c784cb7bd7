# %% frame
def dC_dz(z, target):
    return ...

# %% right: jacobian
mse_der(sigmoid(z), target) @ sigmoid_jacobian(z)
# %% right: element-wise
mse_der(sigmoid(z), target) * sigmoid_der(z)
# %% right: jacobian-transposed
sigmoid_jacobian(z).T @ mse_der(sigmoid(z), target)

# %% right: written-out
a = sigmoid(z)
return 2 / len(z) * (a - target) * a * (1 - a)

# %% right: einsum
np.einsum("i,ij->j", mse_der(sigmoid(z), target), np.diag(sigmoid_der(z)))
# %% right: summed
np.sum(mse_der(sigmoid(z), target)[:, None] * sigmoid_jacobian(z), axis=0)
# %% right: as-a-list
[float(d) for d in mse_der(sigmoid(z), target) * sigmoid_der(z)]

# %% mistake: derivative-left-out
mse_der(sigmoid(z), target)
# %% mistake: cost-left-out
sigmoid_der(z)
# %% mistake: cost-taken-at-z
mse_der(z, target) * sigmoid_der(z)
# %% mistake: derivative-taken-at-the-activation
changed("right: written-out", ("2 / len(z) * (a - target) * a * (1 - a)", "mse_der(a, target) * sigmoid_der(a)"))
# %% mistake: not-summed
mse_der(sigmoid(z), target) * sigmoid_jacobian(z)
# %% mistake: sign-flipped
mse_der(target, sigmoid(z)) * sigmoid_der(z)
# %% mistake: sigmoid-for-its-derivative
mse_der(sigmoid(z), target) * sigmoid(z)

# %% unnamed: sum-for-product
mse_der(sigmoid(z), target) + sigmoid_der(z)
# %% unnamed: rounded
np.round(mse_der(sigmoid(z), target) * sigmoid_der(z), 3)
# %% unnamed: derivative-squared
mse_der(sigmoid(z), target) * sigmoid_der(z) ** 2
# %% unnamed: absolute
np.abs(mse_der(sigmoid(z), target)) * sigmoid_der(z)
# %% unnamed: zeros
np.zeros(len(z))
# %% unnamed: mean
np.mean(mse_der(sigmoid(z), target)) * sigmoid_der(z) + 0.1

# %% slips
"absolute", "loss_gradient: 2/K |a - t|"
"derivative-squared", "loss_gradient: 2/K (a - t) ⊙ a ⊙ (1 - a)"
"rounded", "error_signal: ∂C/∂a ∂a/∂z, rounded to 3 decimals"
"sum-for-product", "error_signal: ∂C/∂a + σ'(z)"

# %% equivalent: the Jacobian is diagonal, so it is its own transpose, and its product with a vector commutes
changed("solution", ("return mse_der(sigmoid(z), target) @ sigmoid_jacobian(z)",
                     "return mse_der(sigmoid(z), target) @ sigmoid_jacobian(z).T"))

# %% equivalent: a vector is its own transpose
changed("solution", ("return mse_der(sigmoid(z), target) @ sigmoid_jacobian(z)",
                     "return mse_der(sigmoid(z), target).T @ sigmoid_jacobian(z)"))

# %% equivalent: the Jacobian is diagonal, so it is its own transpose, and its product with a vector commutes
changed("solution", ("return mse_der(sigmoid(z), target) @ sigmoid_jacobian(z)",
                     "return sigmoid_jacobian(z) @ mse_der(sigmoid(z), target)"))
