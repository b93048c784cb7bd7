# %% frame
def predict(x, W):
    return ...

# %% right: own-softmax
softmax(W.T @ x)
# %% right: dot
softmax(np.dot(W.T, x))
# %% right: row-transposed
softmax((x.T @ W).T)
# %% right: einsum
softmax(np.einsum('mn,mk->nk', W, x))

# %% right: inline
z = W.T @ x
return np.exp(z) / np.sum(np.exp(z))

# %% right: sum-of-rows
z = (x * W).sum(axis=0)[:, None]
return softmax(z)

# %% right: axis-given
softmax(np.matmul(W.transpose(), x))
# %% right: list
softmax(W.T @ x).tolist()
# %% right: tensordot
softmax(np.tensordot(W, x, axes=(0, 0)))

# %% mistake: softmax-left-out
W.T @ x
# %% mistake: sigmoid-instead
sigmoid(W.T @ x)
# %% mistake: weights-not-transposed
softmax(W @ x)
# %% mistake: lying-on-its-side
softmax(W.T @ x).T
# %% mistake: softmax-of-a-row
softmax(x.T @ W)

# %% mistake: class-instead-of-probabilities
a = softmax(W.T @ x)
return (a == a.max()).astype(float)

# %% unnamed: powers-of-two
changed("right: inline", ("z = W.T @ x", "p = 2 ** (W.T @ x)"), ("np.exp(z) / np.sum(np.exp(z))", "p / p.sum()"))
# %% unnamed: class-number
int(np.argmax(W.T @ x))
# %% unnamed: rounded
np.round(softmax(W.T @ x), 2)
# %% unnamed: flat
softmax(W.T @ x).ravel()
# %% unnamed: bias-of-one
softmax(W.T @ x + np.arange(W.shape[1])[:, None])
# %% unnamed: softmax-twice
softmax(softmax(W.T @ x))

# %% slips
("rounded", "probabilities: softmax(z), rounded to 2 decimals")
("softmax-twice", "probabilities: softmax(softmax(z))")

# %% written
z = weighted_input
return probabilities
