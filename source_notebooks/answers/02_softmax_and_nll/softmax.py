# %% frame
def softmax(z):
    return ...

# %% right: keepdims
e = np.exp(z - z.max(axis=0, keepdims=True))
return e / e.sum(axis=0, keepdims=True)

# %% right: without-keepdims
e = np.exp(z - np.max(z, axis=0))
return e / np.sum(e, axis=0)

# %% right: columns-in-a-loop
result = np.zeros(z.shape)
for n in range(z.shape[1]):
    e = np.exp(z[:, n] - z[:, n].max())
    result[:, n] = e / e.sum()
return result

# %% right: transposed
rows = z.T
e = np.exp(rows - rows.max(axis=1, keepdims=True))
return (e / e.sum(axis=1, keepdims=True)).T

# %% right: log-sum-exp
m = z.max(axis=0)
return np.exp(z - (m + np.log(np.exp(z - m).sum(axis=0))))

# %% right: logaddexp
np.exp(z - np.logaddexp.reduce(np.asarray(z, dtype=float), axis=0))

# %% right: ones
e = np.exp(z - z.max(axis=0))
return e / (np.ones((1, len(z))) @ e)

# %% right: differences
z = np.asarray(z, dtype=float)
with np.errstate(over="ignore"):
    return 1 / np.exp(z[None, :, :] - z[:, None, :]).sum(axis=1)

# %% right: comprehension
columns = [np.exp(c - max(c)) for c in z.T]
return np.array([c / c.sum() for c in columns]).T

# %% right: apply-along-axis
def of_one(column):
    e = np.exp(column - column.max())
    return e / e.sum()

return np.apply_along_axis(of_one, 0, z)

# %% right: torch
import torch

return torch.softmax(torch.as_tensor(np.asarray(z, dtype=float)), dim=0)

# %% right: list
e = np.exp(z - z.max(axis=0))
return (e / e.sum(axis=0)).tolist()

# %% right: axis-argument
changed("right: keepdims", ("(z):", "(z, axis=0):"), ("0, keepdims", "axis, keepdims"))
# %% right: float32
changed("right: keepdims", ("(z):", "(z):\n    z = np.asarray(z, dtype=np.float32)"), ("0, keepdims=True", "0"))

# %% mistake: sum-over-everything
changed("right: ones", ("(np.ones((1, len(z))) @ e)", "e.sum()"))
# %% mistake: sum-over-the-samples
changed("right: ones", ("(np.ones((1, len(z))) @ e)", "e.sum(axis=1, keepdims=True)"))
# %% mistake: not-normalised
np.exp(z - z.max(axis=0))
# %% mistake: not-stabilised
np.exp(z) / np.exp(z).sum(axis=0)
# %% mistake: one-maximum-for-all-columns
changed("right: ones", ("axis=0", ""), ("(np.ones((1, len(z))) @ e)", "e.sum(axis=0)"))
# %% mistake: maximum-over-the-samples
changed("right: keepdims", ("max(axis=0, keepdims=True)", "max(axis=1, keepdims=True)"))
# %% mistake: sign-of-the-exponent
changed("right: keepdims", ("z - z.max(axis=0, keepdims=True)", "z.min(axis=0) - z"), ("0, keepdims=True", "0"))
# %% mistake: integers-truncated
changed("right: columns-in-a-loop", ("zeros(z.shape)", "zeros_like(z)"))
# %% mistake: sigmoid-of-each
sigmoid(z)

# %% mistake: log-returned
z = z - z.max(axis=0)
return z - np.log(np.exp(z).sum(axis=0))

# %% unnamed: powers-of-two
changed("right: keepdims", ("np.exp", "2.0 ** "), ("0, keepdims=True", "0"))
# %% unnamed: hard
(z == z.max(axis=0)).astype(float)

# %% unnamed: first-column-for-all
e = np.exp(z[:, :1] - z[:, :1].max())
return np.repeat(e / e.sum(), z.shape[1], axis=1)

# %% unnamed: rounded
changed("right: ones", ("e / (np.ones((1, len(z))) @ e)", "np.round(e / e.sum(axis=0), 2)"))
# %% unnamed: linear
changed("right: keepdims", ("exp(z - z.max(axis=0, keepdims=True))", "abs(z) + 1.0"), ("0, keepdims=True", "0"))
# %% unnamed: clipped-logits
changed("right: keepdims", ("z - z.max(axis=0, keepdims=True)", "np.clip(z, -100, 100)"), ("0, keepdims=True", "0"))

# %% unnamed: temperature
e = np.exp((z - z.max(axis=0)) / 2)
return e / e.sum(axis=0)

# %% slips
("powers-of-two", "exponentials: 2^(z - c)")
("hard", "exponentials: trunc(exp(z - c))")
("rounded", "normalised: e / the sum of each column of e, rounded to 2 decimals")
("temperature", "exponentials: exp(1/2 (z - c))")

# %% equivalent: the sign cancels
changed("solution", ("exponentials = np.exp(z - z.max(axis=0, keepdims=True))",
                     "exponentials = -np.exp(z - z.max(axis=0, keepdims=True))"))

# %% equivalent: the factor cancels
changed("solution", ("exponentials = np.exp(z - z.max(axis=0, keepdims=True))",
                     "exponentials = 2 * np.exp(z - z.max(axis=0, keepdims=True))"))

# %% equivalent: a row of n numbers broadcasts over the columns just as a matrix of one row does
changed("solution", ("exponentials = np.exp(z - z.max(axis=0, keepdims=True))",
                     "exponentials = np.exp(z - z.max(axis=0))"))
changed("solution", ("exponentials = np.exp(z - z.max(axis=0, keepdims=True))",
                     "exponentials = np.exp(z - z.max(axis=0, keepdims=False))"))
changed("solution", ("return exponentials / exponentials.sum(axis=0, keepdims=True)",
                     "return exponentials / exponentials.sum(axis=0)"))
changed("solution", ("return exponentials / exponentials.sum(axis=0, keepdims=True)",
                     "return exponentials / exponentials.sum(axis=0, keepdims=False)"))

# %% written
c = shift
e = exponentials
return normalised
