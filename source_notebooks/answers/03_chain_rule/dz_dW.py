# %% frame
def dz_dW(W, x):
    return ...

# %% right: tensordot
np.tensordot(np.eye(len(W)), x, axes=0)

# %% right: loop
result = np.zeros((W.shape[0], W.shape[0], W.shape[1]))
for i in range(W.shape[0]):
    result[i, i, :] = x
return result

# %% right: broadcast
np.eye(W.shape[0])[:, :, None] * x
# %% right: einsum
np.einsum("ij,k->ijk", np.eye(W.shape[0]), x)
# %% right: stacked-rows
np.stack([np.outer(row, x) for row in np.eye(len(W))])
# %% right: kron-reshaped
np.kron(np.eye(len(W)), x).reshape(len(W), len(W), len(x))

# %% right: comprehension
n = len(W)
return [[x if i == j else np.zeros(len(x)) for j in range(n)] for i in range(n)]

# %% right: outer-reshaped
np.outer(np.eye(len(W)), x).reshape(len(W), *W.shape)

# %% mistake: two-axes-only
np.tile(x, (len(W), 1))
# %% mistake: own-row-not-singled-out
np.ones((len(W), len(W), 1)) * x
# %% mistake: axes-out-in-out
np.einsum('ij,k->ikj', np.eye(len(W)), x)
# %% mistake: axes-in-out-out
np.tensordot(x, np.eye(len(W)), axes=0)

# %% mistake: weights-for-the-input
changed("right: loop", ("W.shape[0], W.shape[0], W.shape[1]", "len(W), len(W), len(x)"), ("W.shape[0]", "len(W)"),
        ("[i, i, :] = x", "[i, i] = W[i]"))

# %% mistake: derivative-by-the-input
W
# %% mistake: ones-for-the-input
np.eye(len(W))[:, :, None] * np.ones(len(x))

# %% unnamed: minus
np.tensordot(np.eye(len(W)), -x, axes=0) + 1
# %% unnamed: zeros
np.zeros((len(W), len(W), len(x)))
# %% unnamed: x-squared
np.tensordot(np.eye(len(W)), x**2, axes=0)
# %% unnamed: x-reversed
np.tensordot(np.eye(len(W)), x[::-1], axes=0)
# %% unnamed: x-itself
x
# %% unnamed: four-axes
np.tensordot(np.eye(len(W)), np.eye(len(x)), axes=0)

# %% slips
"four-axes", "weight_jacobian: I ⊗ I"
"x-itself", "weight_jacobian: x"
"x-reversed", "weight_jacobian: I ⊗ x in reverse order"
"x-squared", "weight_jacobian: I ⊗ x²"

# %% equivalent: NumPy takes a negative number of axes for none
changed("solution", ("return np.tensordot(np.eye(len(W)), x, axes=0)",
                     "return np.tensordot(np.eye(len(W)), x, axes=-1)"))
