# %% frame
def softmax_gradient(x, a, y):
    return ...

# %% right: matrix-product
x @ (a - y).T
# %% right: outer
np.outer(x, a - y)
# %% right: outer-transposed
np.outer(a - y, x).T
# %% right: broadcast
x * (a - y).T
# %% right: reshaped
x.reshape(-1, 1) * (a - y).reshape(1, -1)
# %% right: einsum
np.einsum('ik,jk->ij', x, a - y)
# %% right: tensordot
np.tensordot(x, a - y, axes=(1, 1))
# %% right: kron
np.kron(x, (a - y).T)
# %% right: transposed
((a - y) @ x.T).T
# %% right: per-sample
sum(np.outer(x[:, n], (a - y)[:, n]) for n in range(x.shape[1]))

# %% right: loops
gradient = np.zeros((len(x), len(a)))
for i in range(len(x)):
    for j in range(len(a)):
        gradient[i, j] = x[i, 0] * (a[j, 0] - y[j, 0])
return gradient

# %% right: comprehension
[[x_i * delta for delta in (a - y).ravel()] for x_i in x.ravel()]

# %% right: full-jacobian
jacobian = np.diag(a.ravel()) - a @ a.T
delta = jacobian.T @ (-y / a)
return x @ delta.T

# %% right: jacobian-of-z
m, n = len(x), len(a)
delta = (a - y).T
dz_dw = np.kron(x.T, np.eye(n))
return (delta @ dz_dw).reshape(m, n)

# %% right: matrix-type
np.matrix(x) * np.matrix(a - y).T
# %% right: float32
(x @ (a - y).T).astype(np.float32)

# %% mistake: negated
x @ (y - a).T
# %% mistake: transposed
(a - y) @ x.T
# %% mistake: input-left-out
a - y
# %% mistake: entry-by-entry
x * (a - y)
# %% mistake: derivative-kept
x @ ((a - y) * a * (1 - a)).T
# %% mistake: diagonal-jacobian/of-the-true-class
x @ ((a - y) * y).T
# %% mistake: diagonal-jacobian
x @ ((-y / a) * a * (1 - a)).T
# %% mistake: jacobian-left-out
x @ (-y / a).T
# %% mistake: label-left-out
x @ a.T

# %% unnamed: absolute-error
x @ np.abs(a - y).T
# %% unnamed: squared-error
x @ ((a - y) ** 2).T
# %% unnamed: other-classes-only
x @ ((a - y) * (1 - y)).T
# %% unnamed: first-input-for-all
x[0, 0] * np.ones(x.shape) @ (a - y).T
# %% unnamed: normalised
x @ (a - y).T / np.linalg.norm(a - y)
# %% unnamed: rounded
np.round(x @ (a - y).T, 2)

# %% slips
("absolute-error", "error_signal: |a - y|")
("squared-error", "error_signal: (a - y)²")
("other-classes-only", "error_signal: (1 - y) ⊙ (a - y)")
("normalised", "multiple")
("rounded", "layer_gradient: x δᵀ, rounded to 2 decimals")

# %% equivalent: a column times a row broadcasts to their outer product
changed("solution", ("return x @ (a - y).T", "return x * (a - y).T"))

# %% written
delta = error_signal
return layer_gradient

# %% quantities
"δ", "delta"
"m", "len(x)"
"n", "len(a)"
