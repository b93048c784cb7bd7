# %% frame
def sigmoid_jacobian(z):
    return ...

# %% right: diag
np.diag(sigmoid_der(z))
# %% right: eye-times
np.eye(len(z)) * sigmoid_der(z)

# %% right: own-formula
s = sigmoid(z)
return np.diag(s * (1 - s))

# %% right: loop
jac = np.zeros((len(z), len(z)))
for i in range(len(z)):
    jac[i, i] = sigmoid_der(z[i])
return jac

# %% right: where
np.where(np.eye(len(z)) == 1, sigmoid_der(z)[:, None], 0.0)
# %% right: diagflat
np.diagflat(sigmoid_der(z))
# %% right: matrix-product
np.diag(sigmoid(z)) @ (np.eye(z.size) - np.diag(sigmoid(z)))

# %% mistake: diagonal-only
sigmoid_der(z)
# %% mistake: sigmoid-on-the-diagonal
np.diag(sigmoid(z))
# %% mistake: softmax-jacobian
changed("right: own-formula", ("(s * (1 - s))", "(s) - np.outer(s, s)"))
# %% mistake: outer-product
changed("right: own-formula", ("diag(s * (1 - s))", "outer(s, 1 - s)"))
# %% mistake: every-row-the-derivative
np.array([sigmoid_der(z) for _ in z])
# %% mistake: identity
np.eye(len(z))

# %% unnamed: negative
np.diag(sigmoid_der(z)) + 1
# %% unnamed: rounded
np.round(np.diag(sigmoid_der(z)), 2)
# %% unnamed: anti-diagonal
np.fliplr(np.diag(sigmoid_der(z))) + np.eye(len(z)) * 0.1
# %% unnamed: squared
np.diag(sigmoid_der(z) ** 2)
# %% unnamed: zeros
np.zeros((len(z), len(z)))
# %% unnamed: one-too-large
np.diag(sigmoid_der(np.append(z, 0.0)))

# %% slips
"rounded", "jacobian: diag(σ'(z)), rounded to 2 decimals"
"squared", "jacobian: diag(σ'(z)²)"
