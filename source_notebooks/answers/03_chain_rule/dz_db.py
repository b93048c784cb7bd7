# %% frame
def dz_db(b):
    return ...

# %% right: eye
np.eye(len(b))
# %% right: identity
np.identity(b.shape[0])
# %% right: diag-of-ones
np.diag(np.ones(b.size))
# %% right: integers
np.eye(len(b), dtype=int)
# %% right: nested-list
[[1 if i == j else 0 for j in range(len(b))] for i in range(len(b))]

# %% right: fill-diagonal
result = np.zeros((len(b), len(b)))
result[np.arange(len(b)), np.arange(len(b))] = 1
return result

# %% mistake: ones-vector
np.ones(len(b))
# %% mistake: single-one
1
# %% mistake: ones-everywhere
np.ones((len(b), len(b)))
# %% mistake: bias-on-the-diagonal
np.diag(b)
# %% mistake: zeros
np.zeros((len(b), len(b)))

# %% unnamed: too-large
np.eye(len(b) + 1)
# %% unnamed: three-axes
np.eye(len(b))[:, :, None]
# %% unnamed: lower-triangle
np.tril(np.ones((len(b), len(b)))) + 1
# %% unnamed: diagonal-of-halves
np.eye(len(b)) / 2 + 1
# %% unnamed: b-itself
b

# %% slips
"b-itself", "bias_jacobian: b"
"too-large", "bias_jacobian: I, one row and one column too large"

# %% equivalent: zeros and ones are round
changed("solution", ("return np.eye(len(b))", "return np.eye(len(b)).round()"))
